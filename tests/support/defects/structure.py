"""Defects of sections, headings and title."""

from __future__ import annotations

from support.draft import Part
from support.edits import (
    heading,
    paragraphs,
    swapped,
    title,
    unmanaged,
    without_accountability,
    without_heading,
    without_part,
    words,
)
from support.planting import COUNTY, YEAR, Defect

STRUCTURE = (
    *(
        Defect(
            f"section {number} missing",
            "S001",
            (("heading", number + 1),),
            without_part(number),
            follow=frozenset({"S014", "T001"}),
            severity="error",
        )
        for number in (1, 2, 3, 4, 5)
    ),
    Defect(
        "section 6 missing",
        "S001",
        (("end",), ("part", 5)),
        without_part(6),
        follow=frozenset({"S014", "F001"}),
    ),
    Defect(
        "heading 3 missing",
        "S001",
        (("heading", 4), ("table", "requests")),
        without_heading(3),
        follow=frozenset({"S014", "T001"}),
    ),
    Defect("heading 5 missing", "S001", (("heading", 6),), without_heading(5), follow=frozenset({"S014"})),
    Defect("sections 4 and 5 swapped", "S002", (("heading", 4), ("heading", 5)), swapped(4, 5), severity="error"),
    Defect(
        "ordinal of section 4 wrong",
        "S003",
        (("heading", 4),),
        heading(4, "五、政府信息公开行政复议、行政诉讼情况"),
        severity="error",
    ),
    Defect(
        "heading 4 in other words",
        "S004",
        (("heading", 4),),
        heading(4, "四、政府信息公开行政复议和行政诉讼情况"),
        severity="warning",
    ),
    Defect(
        "section 1 empty",
        "S005",
        (("heading", 1),),
        paragraphs(1),
        follow=frozenset({"S012"}),
        severity="error",
    ),
    Defect(
        "section 6 empty",
        "S005",
        (("heading", 6),),
        paragraphs(6),
        follow=frozenset({"F001"}),
        severity="error",
    ),
    Defect(
        "section 6 twice",
        "S006",
        (("heading", 16),),
        lambda draft: draft.with_part_after(6, Part(16, "六、其他需要报告的事项", ("本机关没有需要补充的情况。",))),
        severity="warning",
    ),
    Defect(
        "a seventh section",
        "S007",
        (("heading", 7),),
        lambda draft: draft.with_part_after(6, Part(7, "七、附件", ("公开目录可以在政府网站查阅。",))),
        severity="warning",
    ),
    Defect(
        "title missing",
        "S008",
        (("published",), ("para", 0, 0), ("heading", 1)),
        title(),
        severity="warning",
    ),
    Defect(
        "title without agency",
        "S009",
        (("title", 0),),
        title(f"{YEAR}年政府信息公开工作年度报告"),
        severity="warning",
    ),
    Defect(
        "title of another year",
        "S010",
        (("title", 0),),
        title(f"青渡市林业局{YEAR - 1}年政府信息公开工作年度报告"),
        severity="error",
    ),
    Defect(
        "title without year",
        "S010",
        (("title", 0),),
        title("青渡市林业局政府信息公开工作年度报告"),
        severity="warning",
    ),
    Defect(
        "title twice, once without year",
        "S011",
        (("title", 0), ("title", 1)),
        title(f"青渡市林业局{YEAR}年政府信息公开工作年度报告", "青渡市林业局政府信息公开工作年度报告"),
        severity="info",
    ),
    Defect("aspect missing", "S012", (("part", 1),), unmanaged, severity="warning"),
    Defect("accountability missing", "S013", (("part", 1), ("title", 0)), without_accountability, base=COUNTY),
    Defect(
        "preface counts five parts",
        "S014",
        (("words", 0, "五个部分"),),
        words(0, "六个部分", "五个部分"),
        severity="info",
    ),
)
