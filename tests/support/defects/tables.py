"""Defects of headers, rows and cells."""

from __future__ import annotations

from support.edits import cells, header, trial_tables
from support.planting import ZERO, Defect

ARITHMETIC = frozenset({"A001", "A002", "A003", "A009"})

TRIAL_HEADERS = {"本年制发件数": "本年新制作数量", "本年废止件数": "本年新公开数量", "现行有效件数": "对外公开总数量"}

TABLES = (
    Defect(
        "table 3 missing",
        "T001",
        (("part", 3),),
        lambda draft: draft.with_part(3, table=None, before=("有关数据另行公布。",)),
        severity="error",
    ),
    Defect(
        "tables of the trial form",
        "T002",
        (
            ("table", "disclosure"),
            ("header", "disclosure", "本年新制作数量"),
            ("heading", 2),
            ("table", "requests"),
            ("heading", 3),
            ("title", 0),
        ),
        trial_tables,
        base=ZERO,
        severity="error",
    ),
    Defect(
        "header of table 2 cut",
        "T003",
        (("header", "disclosure", "本年废止件数"),),
        header("disclosure", "本年废止件数", "本年废止数"),
    ),
    Defect(
        "header of table 2 with a remark",
        "T003",
        (("header", "disclosure", "现行有效件数"),),
        header("disclosure", "现行有效件数", "现行有效件数（含往年）"),
    ),
    Defect(
        "headers of table 2 from the trial form",
        "T003",
        (("header", "disclosure", "本年制发件数"),),
        lambda draft: draft.with_table("disclosure", headers=TRIAL_HEADERS),
        follow=frozenset({"T003"}),
        severity="warning",
    ),
    Defect(
        "header of table 3 altered",
        "T004",
        (("header", "requests", "商业企业"),),
        header("requests", "商业企业", "事业企业"),
    ),
    Defect(
        "header of table 4 altered",
        "T005",
        (("header", "disputes", "未经复议直接起诉"), ("table", "disputes"), ("heading", 4)),
        header("disputes", "未经复议直接起诉", "未经复议起诉"),
    ),
    Defect(
        "row missing",
        "T006",
        (
            ("row", "requests", "denied.4"),
            ("row", "requests", "denied.6"),
            ("stub", "requests", "（三）不予公开"),
            ("table", "requests"),
            ("heading", 3),
        ),
        lambda draft: draft.with_table("requests", dropped=frozenset({"denied.5"})),
        severity="error",
    ),
    Defect(
        "row label altered",
        "T009",
        (("row", "requests", "denied.1"),),
        lambda draft: draft.with_table("requests", rows={"denied.1": "1.属于国家机密"}),
        severity="info",
    ),
    Defect(
        "cell blank",
        "T011",
        (("cell", "requests", "granted.business"),),
        cells("requests", granted__business=""),
        traceless=("T010", ("row", "requests", "granted")),
    ),
    Defect(
        "last cell blank",
        "T011",
        (("cell", "requests", "carried_out.total"),),
        cells("requests", carried_out__total=""),
        traceless=("T010", ("row", "requests", "carried_out")),
    ),
    Defect(
        "cell with a stroke",
        "T012",
        (("cell", "requests", "granted.business"),),
        cells("requests", granted__business="/"),
        severity="error",
    ),
    Defect(
        "count with a fraction",
        "T013",
        (("cell", "requests", "granted.business"),),
        cells("requests", granted__business="3.5"),
        follow=ARITHMETIC,
        severity="error",
    ),
    Defect(
        "count below zero",
        "T013",
        (("cell", "requests", "granted.business"),),
        cells("requests", granted__business="-1"),
        follow=ARITHMETIC,
        severity="error",
    ),
    Defect(
        "fees in another unit",
        "T014",
        (("header", "disclosure", "fees"),),
        header("disclosure", "本年收费金额（单位：万元）", "本年收费金额（单位：元）"),
        follow=frozenset({"T003"}),
        severity="warning",
    ),
)
