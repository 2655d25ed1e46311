"""The cells of many reports as one table: CSV as spreadsheets open it, and Excel workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reportlint.extract import Record
from reportlint.outputs.workbook import ROWS_A_SHEET, Column, Workbook

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
    book = Workbook()
    columns = [Column(HEADS[name] if lang == "zh" else name, _WIDTHS.get(name, 10)) for name in Record._fields]
    number = 1
    sheet = book.sheet(f"Sheet{number}", columns)
    for record in records:
        if sheet.row == ROWS_A_SHEET:
            sheet.done()
            number += 1
            sheet = book.sheet(f"Sheet{number}", columns)
        sheet.add(record)
    sheet.done()
    return book.bytes()
