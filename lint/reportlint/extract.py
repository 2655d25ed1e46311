"""A report as data for other programs: whole (`report.schema.json`), or the cells of its tables as records.

Nothing is corrected, rounded or filled in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from reportlint.privacy import mask, masked_prose
from reportlint.report import Amount, Grid, Report

LEVELS = " › "
"""What stands between a label and the labels above it."""


class Record(NamedTuple):
    """A cell of a table of a report, named so that the cells of many reports make one table."""

    path: str
    agency: str | None
    year: int | None
    form: str | None
    """The form that the table follows."""
    table: str
    """disclosure (表二), requests (表三) or disputes (表四)."""
    cell: str | None
    """The key of the cell; None in the only record of a table that the report lacks."""
    row: str
    """The label of the row with those above it, as the form has them."""
    column: str
    """The label of the column with those above it, as the form has them."""
    state: str
    """value, blank, placeholder or unreadable, as in `report.schema.json`; absent for a table that is not there."""
    value: int | Decimal | None
    text: str
    """What is printed in the cell."""


def extracted(report: Report, hidden: Sequence[tuple[int, int]] = ()) -> dict[str, Any]:
    """The report as a dictionary ready for JSON; personal data at `hidden` is masked."""
    document = report.document
    forms = Counter(grid.form.name for grid in report.grids.values())
    return {
        "path": document.name,
        "agency": report.agency,
        "title": report.title.text if report.title else None,
        "year": report.year,
        "form": forms.most_common(1)[0][0] if forms else None,
        "encoding": document.encoding,
        "published": report.published.iso if report.published else None,
        "sections": [
            {
                "key": section.key,
                "number": section.form.number if section.form else None,
                "title": section.heading.title or section.heading.numeral,
                "line": document.position(section.heading.span.start).line,
                "text": "\n".join(masked_prose(line.prose, hidden).strip() for line in section.paragraphs),
            }
            for section in report.sections
        ],
        "tables": {key: _table(grid, hidden) for key, grid in report.grids.items()},
    }


def records(report: Report, hidden: Sequence[tuple[int, int]] = ()) -> Iterator[Record]:
    """The cells of the tables in the order of the form; personal data at `hidden` is masked."""
    name, agency, year = report.document.name, report.agency, report.year
    due = report.form or max(report.forms, key=lambda form: form.first_year, default=None)
    for key in dict.fromkeys((*(due.tables if due is not None else ()), *report.grids)):
        grid = report.grids.get(key)
        if grid is None:
            yield Record(name, agency, year, None, key, None, "", "", "absent", None, "")
            continue
        for cell, (row, column) in grid.table.cells.items():
            amount = grid.cells.get(cell)
            yield Record(
                path=name,
                agency=agency,
                year=year,
                form=grid.form.name,
                table=key,
                cell=cell,
                row=LEVELS.join(row.path),
                column=LEVELS.join(column.path),
                state=amount.state if amount is not None else "unreadable",
                value=amount.value if amount is not None else None,
                text=shown_text(amount, hidden) if amount is not None else "",
            )


def _table(grid: Grid, hidden: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Every cell of the form by its key; one that has no place in the report is unreadable."""
    return {key: _cell(grid.cells.get(key), hidden) for key in grid.table.cells}


def _cell(amount: Amount | None, hidden: Sequence[tuple[int, int]]) -> object:
    if amount is None:
        return {"state": "unreadable", "text": ""}
    if amount.state == "blank":
        return None
    if amount.value is None:
        return {"state": amount.state, "text": shown_text(amount, hidden)}
    if isinstance(amount.value, Decimal):
        return float(amount.value)
    return amount.value


def shown_text(amount: Amount, hidden: Sequence[tuple[int, int]]) -> str:
    """What is printed in a cell; personal data in a cell that holds no number is masked."""
    if amount.value is None and any(start < amount.span.end and amount.span.start < end for start, end in hidden):
        return mask(amount.text)
    return amount.text
