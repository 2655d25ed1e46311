"""Excel workbooks: values as they are shown, prose apart from tables, places by sheet."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from reportlint.document import Document
from reportlint.errors import Unreadable
from reportlint.readers import xlsx


def _read(*rows: tuple[object, ...], merges: tuple[str, ...] = (), hidden: bool = False) -> Document:
    out = BytesIO()
    book: Any = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("表")
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(index, column, value)
    for merge in merges:
        sheet.merge_range(merge, None)
    if hidden:
        book.add_worksheet("备用").write(0, 0, "不看")
        book.worksheets()[1].hide()
    book.close()
    return xlsx.read("报告.xlsx", out.getvalue())


@pytest.mark.parametrize(
    ("value", "text"),
    [(4.0, "4"), (59237.2449, "59237.2449"), (0.1 + 0.2, "0.3"), (" 12 ", "12"), (True, "TRUE"), ("/", "/"), (0, "0")],
)
def test_values_are_shown_without_traces_of_floats(value: object, text: str) -> None:
    assert xlsx.shown(value) == text


def test_prose_and_tables_are_told_apart() -> None:
    document = _read(
        ("某局2023年政府信息公开工作年度报告",),
        ("二、主动公开政府信息情况",),
        ("第二十条第（一）项", None, None),
        ("信息内容", "本年制发件数", "本年废止件数"),
        ("规章", None, None),
        ("规范性文件", 2, 0),
        ("三、收到和处理政府信息公开申请情况",),
        ("本机关没有收到申请，所以表三没有列出，特此说明，并请各位读者参阅上一年度报告中的相应表格和说明。",),
        merges=("A3:C3",),
    )

    assert [block.text[:4] for block in document.paragraphs()] == ["某局20", "二、主动", "三、收到", "本机关没"]
    (table,) = document.tables()
    assert [[cell and cell.text for cell in row] for row in table.grid()] == [
        ["第二十条第（一）项"] * 3,
        ["信息内容", "本年制发件数", "本年废止件数"],
        ["规章", "", ""],
        ["规范性文件", "2", "0"],
    ]
    place = table.cells[-1].place
    assert place is not None
    assert (place.sheet, place.row, place.column, place.table) == ("表", 6, 3, 1)


def test_hidden_sheets_are_not_read() -> None:
    assert "不看" not in _read(("甲", 1), ("乙", 2), hidden=True).text


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        _read()
    assert caught.value.code == "RL006"
