"""A small result that is made up: a report with a finding, a file with a fault, a clean run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reportlint.engine import Linter
from reportlint.errors import Words, words
from reportlint.finding import (
    CheckOutcome,
    Fault,
    FileEdit,
    FileResult,
    Finding,
    FixOffer,
    Frame,
    Location,
    Result,
)

RULES = tuple(rule for rule in Linter().all_rules if rule.code in ("A001", "F001", "F002", "T014"))
PATH = "报告/某局/2023.txt"


def located(line: int = 86, address: str = "六、其他需要报告的事项", note: Words | None = None) -> Location:
    return Location(PATH, line, 1, line, 3, address, None, note)


FINDING = Finding(
    rule="F001",
    name="fee-statement-missing",
    severity="error",
    message=words("没有报告收费情况", "no word of fees"),
    location=located(),
    frame=Frame(((84, "六、其他需要报告的事项"), (86, "无。")), 0, 2),
    advice=words("写明收费情况", "state it"),
    basis=words("国办公开办函〔2021〕30号", "notice 30 of 2021"),
    related=(located(12, "一、总体情况", words("这里提到收费", "fees are mentioned here")),),
    fix=FixOffer((FileEdit(10, 12, "没有收取。"),), safe=False),
    fingerprint="0123456789abcdef",
)
FILE = FileResult(
    path=PATH,
    agency="某局",
    year=2023,
    form="2021",
    due_form="2021",
    agency_kind="department",
    encoding="gb18030",
    kind="txt",
    findings=(FINDING,),
    checks=(
        CheckOutcome("F001", "fail"),
        CheckOutcome("F002", "pass"),
        CheckOutcome("A001", "not_checked", words("表格无法辨认", "the table cannot be told apart")),
        CheckOutcome("T014", "not_applicable", words("不适用于2023年度", "does not hold for 2023")),
    ),
)
FAULT = Fault("RL004", "报告/旧件.pdf", words("是扫描件", "it is a scan"), "Traceback: x")


def made(*files: FileResult, faults: tuple[Fault, ...] = ()) -> Result:
    counts: dict[Any, int] = {}
    for file in files:
        for check in file.checks:
            counts[check.outcome] = counts.get(check.outcome, 0) + 1
    found = tuple(finding for file in files for finding in file.findings)
    return Result(files, found, (*faults, *(fault for file in files for fault in file.faults)), RULES, counts=counts)


RESULT = made(FILE)
INCOMPLETE = made(FILE, FileResult("报告/旧件.pdf", faults=(FAULT,)))
CLEAN = made(replace(FILE, findings=(), checks=(CheckOutcome("F001", "pass"),)))
