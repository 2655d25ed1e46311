"""Defects of what sections five and six must say."""

from __future__ import annotations

from support.edits import paragraphs, plan_for
from support.planting import TRIAL, YEAR, Defect

MEASURES = (
    f"1.{YEAR + 1}年，本机关将为每一件重要政策配发图表解读，并在办事大厅摆放纸质说明，方便群众理解和查阅。",
    f"2.{YEAR + 1}年，本机关将与业务科室约定固定的报送日期，按月核对栏目更新记录，对迟报的科室予以提醒。",
)
TROUBLES = (
    "1.政策解读的形式比较单一，图表和视频材料偏少，群众反映不便理解，这是当前的主要问题。",
    "2.少数栏目的更新不够及时，业务科室报送材料的时间不固定，有的材料在办结后一个月才送达。",
)
DONE = (
    "1.本机关已经为重要政策配发图表解读，并在办事大厅摆放了纸质说明。",
    "2.本机关已经与业务科室约定固定的报送日期，按月核对栏目更新记录。",
)

STATEMENTS = (
    Defect("no fee statement", "F001", (("part", 6),), paragraphs(6, "无。"), severity="error"),
    Defect(
        "fees contradict each other",
        "F004",
        (("part", 6),),
        paragraphs(6, f"{YEAR}年，本机关未收取信息处理费。", f"{YEAR}年，本机关实际收取信息处理费400元。"),
        follow=frozenset({"F003", "F006"}),
        severity="error",
    ),
    Defect(
        "fee by another name",
        "F007",
        (("words", 6, "处理费"),),
        paragraphs(6, f"{YEAR}年，本机关未收取信息公开处理费。"),
        severity="info",
    ),
    Defect("nothing else in a trial year", "F008", (("part", 6),), paragraphs(6, "无。"), base=TRIAL, severity="info"),
    Defect(
        "no problems",
        "P001",
        (("part", 5),),
        paragraphs(5, *MEASURES),
        follow=frozenset({"P005"}),
        severity="error",
    ),
    Defect(
        "no measures",
        "P002",
        (("part", 5),),
        paragraphs(5, *TROUBLES),
        follow=frozenset({"P003", "P005"}),
        severity="error",
    ),
    Defect(
        "no plan",
        "P003",
        (("part", 5),),
        paragraphs(5, "（一）存在的主要问题", *TROUBLES, "（二）改进情况", *DONE),
        follow=frozenset({"P005"}),
        severity="warning",
    ),
    Defect(
        "plan for the year reported on",
        "P004",
        (("part", 5),),
        plan_for(YEAR),
        follow=frozenset({"P003"}),
        severity="error",
    ),
    Defect(
        "plan for the year after next",
        "P004",
        (("part", 5),),
        plan_for(YEAR + 2),
        follow=frozenset({"C011", "P003"}),
        severity="error",
    ),
)
