"""Real reports, kept beside the repository, read with every figure of their tables."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import reportlint
from reportlint.document import Document, Table
from reportlint.readers import read
from support.forms import read_form
from support.shared import shared_file

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
REPORTS: list[dict[str, Any]] = tomllib.loads((HERE / "data" / "real_tables.toml").read_text("utf-8"))["report"]
FILES = [(file, report) for report in REPORTS for file in report["files"]]
WHOLE = [(file, report) for file, report in FILES if not file.endswith(".md")]
TABLES = ("disclosure", "requests", "disputes")


def _document(file: str) -> Document:
    return read(file, shared_file("reports", file))


@pytest.mark.parametrize(("file", "report"), WHOLE, ids=[file for file, _ in WHOLE])
def test_every_figure_of_a_real_report_is_read(file: str, report: dict[str, Any]) -> None:
    tables = list(_document(file).tables())

    assert len(tables) == len(TABLES)
    for key, table in zip(TABLES, tables, strict=True):
        expected = list(report[key].values())
        rows = _rows(key, table)
        assert [row[-len(cells) :] for row, cells in zip(rows, expected, strict=True)] == expected


@pytest.mark.parametrize(("file", "report"), FILES, ids=[file for file, _ in FILES])
def test_every_figure_of_a_real_report_stands_at_its_key(file: str, report: dict[str, Any]) -> None:
    read = reportlint.extract(shared_file("reports", file), name=file)

    assert set(read["tables"]) == set(TABLES)
    for key in TABLES:
        form = read_form(report["form"] if key == "disclosure" else _form_of(report)).tables[key]
        expected: dict[str, object] = dict.fromkeys(form.cells(), UNREAD)
        for row, texts in report[key].items():
            cells = [cell for cell, line, _ in form.lines() if line.key == row]
            expected |= {cell: _amount(text) for cell, text in zip(cells, texts, strict=True)}
        got = {cell: Decimal(str(v)) if isinstance(v, int | float) else v for cell, v in read["tables"][key].items()}
        assert got == expected


UNREAD = {"state": "unreadable", "text": ""}
"""What is said of the cells of a row that a report does not print."""


def _form_of(report: dict[str, Any]) -> str:
    """The form that 表三 follows, which may be an older one than that of 表二."""
    return "2019" if "other" in report["requests"] else "2021"


def _amount(text: str) -> object:
    return Decimal(text.removesuffix("元").replace(",", "")) if text else None


def test_the_cells_of_the_official_form_are_blank() -> None:
    name = "政务公开年报模版.docx"

    tables = reportlint.extract(shared_file("reports", name), name=name)["tables"]

    assert {value for table in tables.values() for value in table.values()} == {None}


def test_the_official_form_has_its_blank_cells() -> None:
    tables = list(_document("政务公开年报模版.docx").tables())

    assert [(table.height, table.width) for table in tables] == [(14, 4), (28, 10), (4, 15)]
    assert all(cell.text == "" for cell in tables[1].cells if cell.row > 2 and cell.column > 2)


def test_a_report_from_pdf_in_shatters_stays_lines_but_for_its_whole_table() -> None:
    document = _document("2024_上海市科学技术委员会_pdf抽取.md")

    (table,) = document.tables()
    assert _rows("disclosure", table) == [["规章", "0", "0", "0"], ["规范性文件", "13", "0", "55"]]
    assert any(paragraph.text.startswith("| 一、本年新收") for paragraph in document.paragraphs())


@pytest.mark.parametrize("file", [file for file, _ in FILES if file.endswith(".pdf")])
def test_the_prose_of_a_real_pdf_is_whole(file: str) -> None:
    paragraphs = [paragraph.text for paragraph in _document(file).paragraphs()]

    headings = [
        text for text in paragraphs if text[:2] in ("一、", "二、", "三、", "四、", "五、", "六、") and len(text) < 30
    ]
    assert [text[0] for text in headings] == list("一二三四五六")
    assert all(text[-1] in "。）" or len(text) < 30 for text in paragraphs)
    assert not any(text.strip("- ").isdecimal() for text in paragraphs)


def _rows(key: str, table: Table) -> list[list[str]]:
    """The rows below the headers, each cell once from left to right."""
    rows: list[list[str]] = []
    for row in table.grid():
        cells = [
            cell for index, cell in enumerate(row) if cell is not None and (not index or row[index - 1] is not cell)
        ]
        rows.append(["".join(cell.text.split()) for cell in cells])
    if key == "disclosure":
        return [row for row in rows if row[0] != "信息内容" and not row[0].startswith("第二十条")]
    return rows[3:]
