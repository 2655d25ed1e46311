"""Defects of wording, of privacy and of dates."""

from __future__ import annotations

from dataclasses import replace

from support.edits import added, as_top_level, gap_in_numbers, identity_number, published, words
from support.planting import COUNTY, TOWNSHIP, YEAR, Defect

IDENTITY = identity_number("11010119010203001")

WORDING = (
    Defect(
        "brackets of two widths",
        "X001",
        (("words", 1, "(四）"),),
        words(1, "（四）", "(四）"),
        follow=frozenset({"X002"}),
        severity="warning",
    ),
    Defect(
        "comma in half width",
        "X002",
        (("words", 1, f"{YEAR}年,本机关按照"), ("title", 0)),
        words(1, f"{YEAR}年，本机关按照", f"{YEAR}年,本机关按照"),
        severity="info",
    ),
    Defect("number left out", "X003", (("words", 1, "（四）"),), gap_in_numbers, severity="warning"),
    Defect("number of a higher level", "X004", (("words", 5, "一、"),), as_top_level, severity="warning"),
    Defect(
        "number run into words",
        "X005",
        (("words", 5, "2.是"),),
        words(5, "2.少数栏目", "2.是少数栏目"),
        severity="warning",
    ),
    Defect(
        "word twice",
        "X006",
        (("words", 1, "没有没有"),),
        words(1, "没有停更", "没有没有停更"),
        severity="warning",
    ),
    Defect(
        "year without its word",
        "X008",
        (("words", 1, f"{YEAR}共收到"),),
        added(1, "政务新媒体", f"{YEAR}共收到网站留言12条，均已公开回复。"),
        severity="warning",
    ),
    Defect(
        "rest of a web page",
        "X009",
        (("tail", 0),),
        lambda draft: replace(draft, tail=("扫一扫在手机打开当前页",)),
        severity="info",
    ),
    Defect(
        "notice out of force",
        "X011",
        (("words", 0, "〔2019〕60号"),),
        words(
            0,
            "国办公开办函〔2021〕30号文件所附的年度报告格式以及本地关于编制和公布的安排",
            "国办公开办函〔2019〕60号文件所附的年度报告格式",
        ),
        severity="warning",
    ),
    Defect(
        "number not filled in",
        "X014",
        (("words", 1, "××条"),),
        added(1, "机构职能类", "年内公开重点领域信息××条。"),
        severity="error",
    ),
)

PRIVACY = (
    Defect(
        "mobile number",
        "V001",
        (("words", 0, "13900001111"),),
        words(0, "电话0890-2020123", "电话13900001111"),
        severity="error",
    ),
    Defect(
        "identity number",
        "V002",
        (("words", 1, IDENTITY),),
        added(1, "本年度办理结果", f"有一份申请所附的证件号码是{IDENTITY}，已经核对。"),
        severity="error",
    ),
)

DATES = (
    Defect("bureau late", "D001", (("published",),), published(f"{YEAR + 1}-02-20"), severity="error"),
    Defect(
        "township late",
        "D001",
        (("published",),),
        published(f"{YEAR + 1}-02-20"),
        base=TOWNSHIP,
        severity="warning",
    ),
    Defect(
        "county late",
        "D002",
        (("published",),),
        published(f"{YEAR + 1}-04-08"),
        base=COUNTY,
        severity="error",
    ),
    Defect("published too early", "D003", (("published",),), published(f"{YEAR}-12-20"), severity="error"),
)
