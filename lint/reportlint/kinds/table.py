"""`table = { columns = […], rows = […] }`: a table that a place demands besides those of the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportlint.document import Paragraph, Span
from reportlint.errors import words
from reportlint.form import Form
from reportlint.kinds.scope import PREFACE, home, needs, unknown_section
from reportlint.report import Report, Section
from reportlint.rule import Problem, Rule
from reportlint.text import fold_label

OPTIONS = frozenset({"sections"})
VALUES = frozenset({"table", "label"})
DEFAULTS: Mapping[str, Any] = {"severity": "warning"}


def check(report: Report, rule: Rule) -> Iterator[Problem]:
    """A problem on the heading of the part where no label stands, else one for each label, at the first that does."""
    wanted: dict[str, Any] = rule.options["table"]
    labels: list[str] = [*wanted.get("columns", ()), *wanted.get("rows", ())]
    name: str = wanted.get("name", "表格")
    there: dict[str, Span] = {}
    for key in rule.options["sections"]:
        section = report.section(key)
        if section is not None:
            there = {**_labels(report, section), **there}
    missing = [label for label in labels if fold_label(label) not in there]
    if len(missing) == len(labels):
        yield Problem(home(report, rule), {"table": name, "label": "、".join(labels)})
        return
    first = min(there[fold_label(label)] for label in labels if label not in missing)
    for label in missing:
        yield Problem(first, {"table": name, "label": label})


def _labels(report: Report, section: Section) -> dict[str, Span]:
    """The texts of cells in a part, and of lines as loose tables have them, outside the tables of the form."""
    found: dict[str, Span] = {}
    statutory = [grid.span for grid in report.grids.values()]
    for block in report.document.blocks:
        span = block.span
        if not section.span.start <= span.start < section.span.end:
            continue
        if any(other.start <= span.start < other.end for other in statutory):
            continue
        if isinstance(block, Paragraph):
            at = 0
            for part in block.prose.text.split("\t"):
                if part.strip():
                    found.setdefault(fold_label(part), block.prose.part(at, at + len(part)).ink())
                at += len(part) + 1
        else:
            for cell in block.cells:
                found.setdefault(fold_label(cell.prose.text), cell.prose.ink())
    return found


def implied(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part must be there."""
    return {"needs": needs(table)}


def complaints(table: Mapping[str, Any], forms: Iterable[Form]) -> Iterator[Any]:
    """A table without labels, and parts that no form has."""
    if not {"rows", "columns"} & table["table"].keys():
        yield ("table",), words("至少要写 rows 或 columns", "rows or columns must be given"), None
    for index, key in enumerate(table["sections"]):
        if key == PREFACE:
            yield ("sections", index), words("前言里没有表格", "the preface has no tables"), key
        else:
            yield from unknown_section(("sections", index), key, forms)
