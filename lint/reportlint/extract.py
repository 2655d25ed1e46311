"""A report as data for other programs: `report.schema.json`. Nothing is corrected, rounded or filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reportlint.privacy import masked_prose
from reportlint.report import Amount, Grid, Report


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
        "tables": {key: _table(grid) for key, grid in report.grids.items()},
    }


def _table(grid: Grid) -> dict[str, Any]:
    """Every cell of the form by its key; one that has no place in the report is unreadable."""
    return {key: _cell(grid.cells.get(key)) for key in grid.table.cells}


def _cell(amount: Amount | None) -> object:
    if amount is None:
        return {"state": "unreadable", "text": ""}
    if amount.state == "blank":
        return None
    if amount.value is None:
        return {"state": amount.state, "text": amount.text}
    if isinstance(amount.value, Decimal):
        return float(amount.value)
    return amount.value
