"""The sheets of a workbook that show a result: findings, units by rules, figures."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence

from reportlint.errors import FAULTS
from reportlint.extract import Record
from reportlint.finding import Fault, FileResult, Finding, Result
from reportlint.globs import slashed
from reportlint.outputs.places import native
from reportlint.outputs.summary import SEVERITIES
from reportlint.outputs.terminal import plain
from reportlint.outputs.workbook import ROWS_A_SHEET, Column, Link, Shade, Value, Workbook
from reportlint.rule import SEVERITIES as ORDER

FINDINGS = {"zh": "问题", "en": "Findings"}
MATRIX = {"zh": "单位和规则", "en": "Units and rules"}
FIGURES = {"zh": "数字", "en": "Figures"}
_SIGNS = {"pass": "", "fail": "", "not_applicable": "–", "not_checked": "?"}
_RECORD = {
    "path": ("文件", 30),
    "agency": ("机关", 24),
    "year": ("年度", 8),
    "form": ("格式", 8),
    "table": ("表", 12),
    "cell": ("单元格", 20),
    "row": ("行", 44),
    "column": ("列", 32),
    "state": ("状态", 12),
    "value": ("数值", 12),
    "text": ("原文", 12),
}


def file_link(path: str, folder: str) -> Link:
    """A link to a file, relative to the folder of the workbook, so that both may be moved together."""
    return Link(plain(path), slashed(os.path.relpath(path, folder or ".")))


def findings(book: Workbook, result: Result, lang: str, folder: str) -> dict[tuple[str, str], int]:
    """All findings, faults first; gives the row (from 1) of the first finding of each rule in each file."""
    zh = lang == "zh"
    heads = (
        ("序号", "No.", 6), ("级别", "Severity", 9), ("规则", "Rule", 8), ("单位", "Unit", 24), ("年度", "Year", 7),
        ("问题", "Finding", 56), ("位置", "Where", 36), ("行", "Line", 14), ("怎么改", "What to do", 36),
        ("依据", "Basis", 36), ("文件", "File", 34),
    )  # fmt: skip
    columns = [Column(title if zh else english, width) for title, english, width in heads]
    sheet = book.sheet(FINDINGS[lang], columns, frozen=3, wrap=True)
    for fault in result.faults:
        sheet.add(_fault(fault, sheet.row + 1, lang, folder))
    rows: dict[tuple[str, str], int] = {}
    for file in result.files:
        for finding in file.findings:
            if sheet.row >= ROWS_A_SHEET:
                break
            rows.setdefault((file.path, finding.rule), sheet.row + 2)
            sheet.add(_finding(file, finding, sheet.row + 1, lang, folder))
    sheet.done()
    return rows


def _fault(fault: Fault, number: int, lang: str, folder: str) -> list[Value]:
    kind = FAULTS[fault.code](lang) if fault.code in FAULTS else ""
    label = Shade("未能检查" if lang == "zh" else "not checked", "fault")
    said = f"{kind}{'：' if lang == 'zh' else ': '}{plain(fault.message(lang))}"
    link = file_link(fault.path, folder) if fault.path else None
    return [number, label, fault.code, None, None, said, None, None, None, None, link]


def _finding(file: FileResult, finding: Finding, number: int, lang: str, folder: str) -> list[Value]:
    place = native(finding.location.place, lang) or f"{finding.line}:{finding.column}"
    return [
        number,
        Shade(SEVERITIES[finding.severity](lang), finding.severity),
        finding.rule,
        plain(file.agency or ""),
        file.year,
        plain(finding.message(lang)),
        plain(finding.address),
        place,
        plain(finding.advice(lang)) if finding.advice is not None else None,
        plain(finding.basis(lang)) if finding.basis is not None else None,
        file_link(finding.path, folder),
    ]


def matrix(book: Workbook, result: Result, rows: Mapping[tuple[str, str], int], lang: str, folder: str) -> None:
    """Units by rules: how many findings, in the colour of the gravest, with a link to the first."""
    zh = lang == "zh"
    codes = sorted({finding.rule for finding in result.findings})
    fixed = [
        Column("单位" if zh else "Unit", 26),
        Column("年度" if zh else "Year", 7),
        Column("结论" if zh else "Verdict", 12),
        *(Column(SEVERITIES[level](lang), 7) for level in ORDER),
    ]
    last = Column("文件" if zh else "File", 34)
    sheet = book.sheet(MATRIX[lang], [*fixed, *(Column(code, 6) for code in codes), last], frozen=3)
    for file in result.files:
        counts = Counter(finding.severity for finding in file.findings)
        values: list[Value] = [plain(file.agency or file.path), file.year, verdict(file, lang)]
        values += [counts[level] for level in ORDER]
        values += [_square(file, code, rows, lang) for code in codes]
        sheet.add([*values, file_link(file.path, folder)])
    sheet.done()


def verdict(file: FileResult, lang: str) -> Shade | str:
    """What came of a report, in a word."""
    if file.faults:
        return Shade("未能完整检查" if lang == "zh" else "incomplete", "fault")
    worst = next((level for level in ORDER if any(found.severity == level for found in file.findings)), None)
    if worst is None:
        return "通过" if lang == "zh" else "passed"
    return Shade(SEVERITIES[worst](lang), worst)


def _square(file: FileResult, code: str, rows: Mapping[tuple[str, str], int], lang: str) -> Value:
    found = [finding for finding in file.findings if finding.rule == code]
    if not found:
        outcome = next((check.outcome for check in file.checks if check.rule == code), "not_checked")
        return _SIGNS[outcome] or None
    worst = min((finding.severity for finding in found), key=ORDER.index)
    row = rows.get((file.path, code))
    if row is None:
        return Shade(len(found), worst)
    return Shade(Link(len(found), f"'{FINDINGS[lang]}'!A{row}", inside=True), worst)


def figures(book: Workbook, files: Sequence[FileResult], lang: str) -> None:
    """Every cell of every table."""
    columns = [Column(title if lang == "zh" else name, width) for name, (title, width) in _RECORD.items()]
    sheet = book.sheet(FIGURES[lang], columns, frozen=2)
    for record in records(files):
        if sheet.row >= ROWS_A_SHEET:
            break
        sheet.add(record)
    sheet.done()


def records(files: Sequence[FileResult]) -> list[Record]:
    """The cells of the reports that were read."""
    return [cell for file in files if file.contents is not None for cell in file.contents.cells]
