"""Excel workbooks: the tables of a report on sheets, with or without its prose in rows of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from io import BytesIO
from typing import Any

from reportlint.document import Cell, Document, Place, Prose
from reportlint.errors import ReportlintError, Unreadable, words
from reportlint.readers import _article
from reportlint.readers._package import Package, damaged
from reportlint.readers._view import View

Value = str | int | float | bool | date | object
Merge = tuple[tuple[int, int], tuple[int, int]]

SQUARES = 200_000
_CAPTION = re.compile(r"\s*第二十条")
_NOTE = re.compile(r"\s*[（(]?(?:注|备注|说明|单位)\s*[:：]")
_LONG = 40


@dataclass(frozen=True, slots=True)
class _Square:
    """A cell of a sheet by its row and column from 0, with its spans."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def read(name: str, data: bytes) -> Document:
    """The document; hidden sheets are left out. Raises Unreadable."""
    Package(data).inflate(".xml")
    view = View()
    try:
        for number, (sheet, squares) in enumerate(_sheets(data)):
            if number or _article.is_heading(sheet) or _article.is_title(sheet):
                view.paragraph(sheet if _article.is_heading(sheet) else "", None, Place(sheet=sheet))
            _write(view, sheet, squares)
    except ReportlintError:
        raise
    except Exception as error:
        raise damaged() from error
    if not any(block.span.end > block.span.start for block in view.blocks):
        raise Unreadable("RL006", words("工作簿是空的", "the workbook is empty"))
    return Document(name, "xlsx", view.text, tuple(view.blocks))


def _sheets(data: bytes) -> Iterator[tuple[str, list[_Square]]]:
    """The visible sheets with their cells, row by row; blank cells within the used area are there."""
    try:
        calamine: Any = import_module("python_calamine")
    except ImportError as error:
        raise Unreadable(
            "RL002",
            words(
                "读取 xlsx 需要安装 python-calamine（pip install python-calamine）",
                "to read xlsx, install python-calamine with pip",
            ),
        ) from error
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    except calamine.PasswordError as error:
        raise Unreadable("RL003", words("工作簿设有密码", "the workbook has a password")) from error
    except calamine.CalamineError as error:
        raise damaged() from error
    for about in workbook.sheets_metadata:
        if about.visible != calamine.SheetVisibleEnum.Visible or about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        if sheet.start is None:
            continue
        if sheet.height * sheet.width > SQUARES:
            raise Unreadable("RL005", words(f"工作表 {about.name} 过大", f"sheet {about.name} is too large"))
        yield str(about.name), list(_squares(sheet.to_python(), sheet.start, sheet.merged_cell_ranges or []))


def _squares(rows: list[list[Value]], start: tuple[int, int], merges: list[Merge]) -> Iterator[_Square]:
    """The cells; those that a merged range covers are part of its first."""
    reach = dict(merges)
    covered: set[tuple[int, int]] = set()
    for index, row in enumerate(rows, start[0]):
        for column, value in enumerate(row, start[1]):
            if (index, column) in covered:
                continue
            last = reach.get((index, column), (index, column))
            # A merge of whole columns ends where the used area does.
            last = (min(last[0], start[0] + len(rows) - 1), min(last[1], start[1] + len(row) - 1))
            if last != (index, column):
                covered.update((r, c) for r in range(index, last[0] + 1) for c in range(column, last[1] + 1))
            yield _Square(index, column, last[0] - index + 1, last[1] - column + 1, shown(value))


def shown(value: Value) -> str:
    """A value as Excel shows it without a format: 4 for 4.0, no tail of binary fractions."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value).strip()


def _write(view: View, sheet: str, squares: list[_Square]) -> None:
    """Write a sheet: rows of prose as paragraphs, the runs of rows between them as tables."""
    rows: dict[int, list[_Square]] = {}
    for square in squares:
        rows.setdefault(square.row, []).append(square)
    run: list[_Square] = []
    reaching = -1
    for index in sorted(rows):
        row = rows[index]
        filled = [square for square in row if square.text]
        inside = index <= reaching
        if not inside and (not filled or (len(filled) == 1 and _is_prose(filled[0].text, begins=not run))):
            _write_run(view, sheet, run)
            run = []
            if filled:
                place = Place(sheet=sheet, row=index + 1, column=filled[0].column + 1)
                view.paragraph(filled[0].text, None, place)
            continue
        run += row
        reaching = max([reaching, *(square.row + square.rows - 1 for square in row)])
    _write_run(view, sheet, run)


def _is_prose(text: str, begins: bool) -> bool:
    """Whether the only text of a row is prose; a row of a table may have a caption, or a label and blank cells."""
    if _CAPTION.match(text):
        return False
    return (
        begins or len(text) > _LONG or bool(_NOTE.match(text)) or _article.is_heading(text) or _article.is_title(text)
    )


def _write_run(view: View, sheet: str, run: list[_Square]) -> None:
    if not run:
        return
    top = min(square.row for square in run)
    filled = [square for square in run if square.text]
    left = min(square.column for square in filled)
    right = max(square.column + square.columns for square in filled)
    number = sum(place.table is not None for place in (block.place for block in view.blocks) if place) + 1
    cells = [
        Cell(
            square.row - top,
            square.column - left,
            Prose(square.text, 0),
            square.rows,
            min(square.columns, right - square.column),
            Place(table=number, row=square.row + 1, column=square.column + 1, sheet=sheet),
        )
        for square in run
        if left <= square.column < right
    ]
    height = max(cell.row + cell.rows for cell in cells)
    view.table(cells, height, right - left, Place(table=number, sheet=sheet))
