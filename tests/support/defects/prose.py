"""Defects of prose that contradicts the tables, the year or itself."""

from __future__ import annotations

from support.edits import added, period_of, raised, said_to_have_none
from support.planting import YEAR, Defect

CONSISTENCY = (
    Defect(
        "new requests differ in prose",
        "C001",
        (("words", 1, "新收政府信息公开申请"),),
        raised(1, "新收政府信息公开申请", 40),
        severity="error",
    ),
    Defect(
        "no requests in prose",
        "C002",
        (("words", 1, "未收到政府信息公开申请"),),
        said_to_have_none,
        severity="error",
    ),
    Defect(
        "carried in differs in prose",
        "C003",
        (("words", 1, "上年结转"),),
        raised(1, "上年结转", 40),
        follow=frozenset({"C001"}),
        severity="error",
    ),
    Defect(
        "reviews differ in prose",
        "C005",
        (("words", 1, "申请行政复议"),),
        raised(1, "申请行政复议", 4),
        severity="error",
    ),
    Defect(
        "valid documents differ in prose",
        "C006",
        (("words", 1, "现行有效"),),
        raised(1, "现行有效的行政规范性文件", 40),
        severity="warning",
    ),
    Defect(
        "items exceed their total",
        "C008",
        (("words", 1, "机构职能类"),),
        raised(1, "机构职能类", 50),
        severity="error",
    ),
    Defect(
        "all settled but some carried out",
        "C010",
        (("words", 1, "全部办结"),),
        added(1, "本年度办理结果", "收到的申请已经全部办结。"),
        severity="warning",
    ),
    Defect(
        "year of long ago",
        "C011",
        (("words", 1, f"{YEAR - 2}年度"),),
        added(1, "（一）主动公开情况", f"{YEAR - 2}年度，本机关对公开栏目作了清点。"),
        severity="warning",
    ),
    Defect(
        "period of another year",
        "C013",
        (("words", 0, "统计期限"),),
        period_of(YEAR - 1),
        severity="error",
    ),
)
