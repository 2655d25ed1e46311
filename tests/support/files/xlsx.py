"""A report as an Excel workbook: prose and tables below one another, or each table on a sheet of its own."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from support.draft import Draft
from support.files import items
from support.grid import Grid


def write(draft: Draft, *, apart: bool = False) -> bytes:
    """The workbook; `apart` leaves the prose out and gives each table a sheet."""
    out = BytesIO()
    book: Any = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet: Any = None
    row = 0
    for item in items(draft):
        if isinstance(item, Grid):
            if apart or sheet is None:
                sheet, row = book.add_worksheet(item.table), 0
            _table(sheet, item, row)
            row += item.height
        elif not apart:
            if sheet is None:
                sheet = book.add_worksheet("年度报告")
            sheet.write_string(row, 0, item.text)
            row += 1
    book.close()
    return out.getvalue()


def _table(sheet: Any, grid: Grid, top: int) -> None:
    for cell in grid.cells:
        first, last = (top + cell.row, cell.column), (top + cell.row + cell.rows - 1, cell.column + cell.columns - 1)
        if first != last:
            sheet.merge_range(*first, *last, "")
        if cell.text.isdecimal():
            sheet.write_number(*first, int(cell.text))
        elif cell.text:
            sheet.write_string(*first, cell.text)
