"""The project's own corpus as a measure: planted defects, wrong and right wordings, clean reports, cells of tables."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from reportlint import Finding, Linter
from reportlint.config import Settings
from reportlint.plant import EXAMPLE_YEAR, planted
from reportlint.report import Report
from reportlint.selftest import checked
from support.cases import Case, cases, plain
from support.clean import FIGURES, KINDS, clean
from support.defects import DEFECTS
from support.planting import positions
from support.ways import WAYS
from support.writing import READABLE, write

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

YEARS = range(2019, 2026)
REAL = Path(__file__).parents[1] / "tests" / "data" / "real_tables.toml"


@dataclass(slots=True)
class Row:
    """What is known of a rule: defects planted and found, findings that were right, findings that were wrong."""

    planted: int = 0
    found: int = 0
    right: int = 0
    wrong: int = 0


@dataclass(slots=True)
class Measure:
    """The rows of all rules, and what was counted on the way."""

    linter: Linter = field(default_factory=Linter)
    rows: dict[str, Row] = field(default_factory=dict[str, Row])
    counts: dict[str, int] = field(default_factory=dict[str, int])
    false: list[str] = field(default_factory=list[str])
    """Findings of error or warning where there is nothing wrong, told."""
    missed: list[str] = field(default_factory=list[str])

    def row(self, rule: str) -> Row:
        return self.rows.setdefault(rule, Row())

    def count(self, what: str, by: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + by

    def plant(self, rule: str, name: str, *, found: bool) -> None:
        """Count a planted defect."""
        self.row(rule).planted += 1
        self.row(rule).found += found
        if not found:
            self.missed.append(f"{rule} {name}")

    def judge(self, found: Finding, *, right: bool, name: str) -> None:
        """Count a finding as right or wrong."""
        row = self.row(found.rule)
        row.right += right
        row.wrong += not right
        if not right and found.severity != "info":
            self.false.append(f"{found.rule} {name}")

    def check(self, text: str) -> tuple[Finding, ...]:
        return self.linter.check_bytes("报告.txt", text.encode()).findings


def measured() -> Measure:
    """Everything but the real reports."""
    measure = Measure()
    _defects(measure)
    _wordings(measure)
    _examples(measure)
    _clean(measure)
    return measure


def _defects(measure: Measure) -> None:
    """Defects planted in drafts and written in every style, each to be found at its line."""
    for defect, style in product(DEFECTS, READABLE):
        draft = defect.spoilt()
        written = write(draft, style)
        code, places = defect.expected(style)
        lines = {line for line, _ in positions(places, draft, written)}
        findings = measure.check(written.text)
        measure.count("defects")
        measure.plant(code, f"{defect.name} ({style})", found=any(f.rule == code and f.line in lines for f in findings))
        for finding in findings:
            measure.judge(finding, right=finding.rule in {code} | defect.follow, name=f"{defect.name} ({style})")


def _wordings(measure: Measure) -> None:
    """Wrong wordings, to be found at their words, and right ones, of which nothing may be said."""
    for case in cases("defects"):
        text, findings = _checked(measure, case)
        measure.count("wrong wordings")
        hits = [f for f in findings if f.rule == case.find and case.at in _words(text, f)]
        measure.plant(case.find, case.name, found=bool(hits))
        for finding in hits:
            measure.judge(finding, right=True, name=case.name)
    for case in cases("wordings"):
        measure.count("right wordings")
        for finding in _checked(measure, case)[1]:
            if finding.severity != "info":
                measure.judge(finding, right=False, name=case.name)


def _checked(measure: Measure, case: Case) -> tuple[str, tuple[Finding, ...]]:
    text = write(case.draft(), "tab-cells").text
    return text, measure.check(text)


def _examples(measure: Measure) -> None:
    """The examples of the rules, planted as `reportlint selftest` plants them."""
    for rule in measure.linter.all_rules:
        linter = measure.linter if rule.enabled else Linter(Settings(select=(rule.code,)))
        for example, wrong in (*((e, True) for e in rule.bad), *((e, False) for e in rule.good)):
            text = write(plain(example.year or EXAMPLE_YEAR, example.agency), "tab-cells").text
            report: Report = measure.linter.report("报告.txt", text.encode())
            for plant in planted(report, rule, example):
                findings = [f for f in checked(linter, report, plant).findings if f.rule == rule.code]
                measure.count("wrong examples" if wrong else "right examples")
                if wrong:
                    measure.plant(rule.code, plant.says["zh"], found=bool(findings))
                for finding in findings:
                    measure.judge(finding, right=wrong, name=plant.says["zh"])


def _clean(measure: Measure) -> None:
    """Reports in which there is nothing to find."""
    for year, kind, figures, style in product(YEARS, KINDS, FIGURES, READABLE):
        measure.count("clean reports")
        name = f"clean {year} {kind} {figures} {style}"
        for finding in measure.check(write(clean(year, kind=kind, figures=figures, seed=year), style).text):
            measure.judge(finding, right=False, name=name)


def _words(text: str, found: Finding) -> str:
    """The words that a finding stands on, to the end of the line where they run on."""
    where = found.location
    line = text.split("\n")[where.line - 1]
    return line[where.column - 1 : where.end_column - 1 if where.line == where.end_line else None]


# --- cells ------------------------------------------------------------------------------------------------------


def cells_written(linter: Linter) -> Iterator[tuple[str, int, int]]:
    """For each way of writing a report: cells that are read as they are printed, of how many."""
    for way, (name, made) in WAYS.items():
        right = total = 0
        for year, figures in product((2020, 2023), FIGURES):
            draft = clean(year, figures=figures)
            report = linter.report(name, made(draft))
            for key in ("disclosure", "requests", "disputes"):
                grid = report.grids.get(key)
                for cell, text in draft.table(key).cells.items():
                    amount = grid.cells.get(cell) if grid is not None else None
                    total += 1
                    right += amount is not None and amount.text == text
        yield way, right, total


def cells_real(linter: Linter, shared: Path) -> Iterator[tuple[str, int, int]]:
    """For each real report whose figures were copied out by hand: cells that are read so, of how many."""
    data: dict[str, Any] = tomllib.loads(REAL.read_text(encoding="utf-8"))
    for item in data["report"]:
        for file in item["files"]:
            path = shared / "reports" / file
            if not path.is_file():
                continue
            report = linter.report(file, path.read_bytes())
            pairs = [pair for key in ("disclosure", "requests", "disputes") for pair in _pairs(report, key, item[key])]
            yield file, sum(read == printed for read, printed in pairs), len(pairs)


def _pairs(report: Report, key: str, rows: dict[str, list[str]]) -> Iterator[tuple[str | None, str]]:
    """What is read in each cell of a table, and what is printed there."""
    grid = report.grids.get(key)
    for row, texts in rows.items():
        columns = grid.table.rows[row][0].columns if grid is not None and row in grid.table.rows else ()
        for at, text in enumerate(texts):
            name = ".".join(part for part in (row, columns[at].key) if part) if at < len(columns) else ""
            amount = grid.cells.get(name) if grid is not None else None
            yield None if amount is None else "".join(amount.text.split()), text
