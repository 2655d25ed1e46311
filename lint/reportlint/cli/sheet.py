"""The cells of many reports as one table: CSV as spreadsheets open it, and Excel workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from reportlint.errors import UsageError, words
from reportlint.extract import Record

BOM = "\ufeff"
HEADS = {
    "path": "文件",
    "agency": "机关",
    "year": "年度",
    "form": "格式",
    "table": "表",
    "cell": "单元格",
    "row": "行",
    "column": "列",
    "state": "状态",
    "value": "数值",
    "text": "原文",
}
"""What the columns of a workbook are called in Chinese; in CSV and in English they are called as in `Record`."""

_WIDTHS = {"path": 30, "agency": 24, "cell": 20, "row": 44, "column": 32, "state": 12, "value": 12}
_FORMULA = re.compile(r"[=@\t\r]|[+\-](?=.*[^\W\d_].*[(!|])")
ROWS_A_SHEET = 1_000_000
"""Excel has room for a few more."""


def csv(records: Iterable[Record]) -> Iterator[str]:
    """The lines of a table, the first with the names of the columns; the byte order mark is for Excel."""
    yield BOM + ",".join(Record._fields) + "\r\n"
    for record in records:
        yield ",".join(_quoted("" if item is None else str(item)) for item in record) + "\r\n"


def _quoted(text: str) -> str:
    """A field; what Excel would run as a formula is marked as text, as Excel itself does it."""
    if _FORMULA.match(text):
        text = f"'{text}"
    if any(char in text for char in ',"\r\n') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def xlsx(records: Iterable[Record], lang: str) -> bytes:
    """A workbook with the names of the columns frozen and filters on them. Raises UsageError without xlsxwriter."""
    from datetime import datetime
    from io import BytesIO

    try:
        writer: Any = import_module("xlsxwriter")
    except ImportError as error:
        says = words(
            "写 xlsx 需要安装 xlsxwriter（pip install xlsxwriter）；或者用 --format csv",
            "to write xlsx, install xlsxwriter with pip; or use --format csv",
        )
        raise UsageError(says) from error
    out = BytesIO()
    book = writer.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # The same reports give the same bytes: no clock.
    book.set_properties({"created": datetime(2000, 1, 1)})
    bold = book.add_format({"bold": True})
    sheet, row = _sheet(book, bold, lang), 0
    for record in records:
        if row == ROWS_A_SHEET:
            sheet.autofilter(0, 0, row, len(record) - 1)
            sheet, row = _sheet(book, bold, lang), 0
        row += 1
        for column, item in enumerate(record):
            if isinstance(item, str):
                sheet.write_string(row, column, item) if item else None
            elif item is not None:
                sheet.write_number(row, column, item)
    sheet.autofilter(0, 0, row, len(Record._fields) - 1)
    book.close()
    return out.getvalue()


def _sheet(book: Any, bold: Any, lang: str) -> Any:
    """A sheet with its head."""
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(Record._fields):
        sheet.set_column(column, column, _WIDTHS.get(name, 10))
        sheet.write_string(0, column, HEADS[name] if lang == "zh" else name, bold)
    return sheet
