"""Excel workbooks: sheets with frozen headings and filters, links, and the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from reportlint.errors import UsageError, words
from reportlint.rule import Severity

ROWS_A_SHEET = 1_000_000
"""Excel has room for a few more."""
_FILLS: dict[str, str] = {"error": "#FBDAD7", "warning": "#FDEBC3", "info": "#DCEBFA", "fault": "#E8DDF5"}


class Column(NamedTuple):
    """A column of a sheet: its heading and how many characters wide it is."""

    title: str
    width: float = 10


class Link(NamedTuple):
    """A cell that leads somewhere: `target` is a path relative to the workbook, or a cell as `'sheet'!A1`."""

    text: str | int
    target: str
    inside: bool = False


class Shade(NamedTuple):
    """A cell in the colour of a severity, or of what could not be checked."""

    value: str | int | Decimal | Link
    tone: Severity | str


Value = str | int | float | Decimal | Link | Shade | None


class Workbook:
    """A workbook that is being written, sheet by sheet and row by row. Raises UsageError without xlsxwriter."""

    def __init__(self) -> None:
        try:
            writer: Any = import_module("xlsxwriter")
        except ImportError as error:
            says = words(
                "写 xlsx 需要安装 xlsxwriter（pip install xlsxwriter）", "to write xlsx, install xlsxwriter with pip"
            )
            raise UsageError(says) from error
        self._out = BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book: Any = writer.Workbook(self._out, options)
        # The same reports give the same bytes: no clock.
        self._book.set_properties({"created": datetime(2000, 1, 1)})
        plain: dict[str, Any] = {"valign": "top"}
        self.formats: dict[str, Any] = {
            "head": self._book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "wrap": self._book.add_format({**plain, "text_wrap": True}),
            "link": self._book.add_format({**plain, "font_color": "#0B57A4", "underline": 1, "text_wrap": True}),
            **{tone: self._book.add_format({**plain, "bg_color": color}) for tone, color in _FILLS.items()},
        }

    def sheet(self, name: str, columns: Sequence[Column], *, frozen: int = 0, wrap: bool = False) -> Sheet:
        """A new sheet; so many columns at its left stay in view."""
        made: Any = self._book.add_worksheet(name)
        made.freeze_panes(1, frozen)
        made.set_landscape()
        made.set_paper(9)  # A4
        made.fit_to_pages(1, 0)
        made.repeat_rows(0)
        for at, column in enumerate(columns):
            made.set_column(at, at, column.width)
            made.write_string(0, at, column.title, self.formats["head"])
        return Sheet(made, self.formats, len(columns), wrap)

    def bytes(self) -> bytes:
        """The file."""
        self._book.close()
        return _portable(self._out.getvalue())


class Sheet:
    """A sheet that is being written from the top."""

    def __init__(self, sheet: Any, formats: dict[str, Any], width: int, wrap: bool) -> None:
        self._sheet, self._formats, self._width = sheet, formats, width
        self._plain = formats["wrap"] if wrap else None
        self.row = 0
        """The row written last, from 0; the headings are row 0."""

    def add(self, values: Sequence[Value]) -> None:
        """Write the next row."""
        self.row += 1
        for column, value in enumerate(values):
            self._write(column, value, self._plain)

    def done(self) -> None:
        """Put filters on the columns that were written."""
        self._sheet.autofilter(0, 0, max(self.row, 1), self._width - 1)

    def _write(self, column: int, value: Value, form: Any) -> None:
        if isinstance(value, Shade):
            self._write(column, value.value, self._formats[value.tone])
        elif isinstance(value, Link):
            target = f"internal:{value.target}" if value.inside else f"external:{value.target}"
            kept = form if form is not None and form is not self._plain else self._formats["link"]
            # -2 and below: too long, or more links than Excel takes. The words are worth more than the link.
            if self._sheet.write_url(self.row, column, target, kept, str(value.text)) < -1:
                self._write(column, value.text, form)
        elif isinstance(value, str):
            self._sheet.write_string(self.row, column, value, form) if value else None
        elif value is not None:
            self._sheet.write_number(self.row, column, value, form)


def _portable(data: bytes) -> bytes:
    """The package with forward slashes in its links to files: the backslashes of xlsxwriter work on Windows only."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(out, "w", ZIP_DEFLATED) as again:
        for entry in package.infolist():
            part = package.read(entry)
            again.writestr(entry, part.replace(b"\\", b"/") if entry.filename.endswith(".rels") else part, ZIP_DEFLATED)
    return out.getvalue()
