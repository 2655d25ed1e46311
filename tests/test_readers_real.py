"""Real reports, kept beside the repository, read with every figure of their tables."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from reportlint.document import Document, Table
from reportlint.readers import read

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("REPORTLINT_SHARED") or HERE.parents[1] / "shared")
REPORTS: list[dict[str, Any]] = tomllib.loads((HERE / "data" / "real_tables.toml").read_text("utf-8"))["report"]
FILES = [(file, report) for report in REPORTS for file in report["files"]]
WHOLE = [(file, report) for file, report in FILES if not file.endswith(".md")]
TABLES = ("disclosure", "requests", "disputes")


def _document(file: str) -> Document:
    path = SHARED / "reports" / file
    if not path.is_file():
        pytest.skip(f"no {file} in {SHARED / 'reports'}; set REPORTLINT_SHARED to the folder of the real reports")
    return read(file, path.read_bytes())


@pytest.mark.parametrize(("file", "report"), WHOLE, ids=[file for file, _ in WHOLE])
def test_every_figure_of_a_real_report_is_read(file: str, report: dict[str, Any]) -> None:
    tables = list(_document(file).tables())

    assert len(tables) == len(TABLES)
    for key, table in zip(TABLES, tables, strict=True):
        expected = list(report[key].values())
        rows = _rows(key, table)
        assert [row[-len(cells) :] for row, cells in zip(rows, expected, strict=True)] == expected


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
