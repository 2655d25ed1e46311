"""`reportlint extract` as a process: the cells of many reports as one table, in CSV and in Excel workbooks."""

from __future__ import annotations

import csv
import json
import sys
from io import BytesIO, StringIO
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft202012Validator
from python_calamine import CalamineWorkbook

import reportlint
from reportlint.cli import sheet
from reportlint.extract import Record
from reportlint_schemas import load as schema
from support import process
from support.clean import clean
from support.draft import Draft
from support.figures import random_tables
from support.files import docx
from support.process import CLEAN, EXAMPLES, Done
from support.writing import write

STATES = {"licence": "251000元", "penalty": "", "coercion": "/", "fees": "12.50"}


def _text(draft: Draft) -> bytes:
    return write(draft, "pipe-rows").text.encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports of three kinds of cell states, of both forms, one without any table, and a file that is none."""
    draft = clean(2023, figures="small").with_cells("disclosure", STATES)
    (tmp_path / "a.docx").write_bytes(docx.write(draft))
    (tmp_path / "b, 乙.txt").write_bytes(_text(clean(2020, figures="large")))
    bare = clean(2022)
    for number in (2, 3, 4):
        bare = bare.with_part(number, table=None)
    (tmp_path / "c.txt").write_bytes(_text(bare))
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.7\n%%EOF")
    return tmp_path


def _extract(folder: Path, *arguments: str) -> Done:
    return process.reportlint(folder, "extract", *arguments)


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_a_row_for_every_cell_of_every_report(folder: Path) -> None:
    done = _extract(folder, "a.docx", "b, 乙.txt", "c.txt", "--format", "csv")

    assert (done.code, done.said) == (0, "")
    assert done.out.startswith(b"\xef\xbb\xbfpath,agency,year,form,table,cell,row,column,state,value,text\r\n")
    rows = _rows(done.out)
    for name in ("a.docx", "b, 乙.txt"):
        read = reportlint.extract(folder / name, name=name)
        mine = [row for row in rows if row["path"] == name]
        expected = [
            (key, cell, *_state(value)) for key, table in read["tables"].items() for cell, value in table.items()
        ]
        assert [(row["table"], row["cell"], row["state"], _number(row["value"])) for row in mine] == expected
        assert {(row["agency"], row["year"], row["form"]) for row in mine} == {
            (read["agency"], str(read["year"]), read["form"])
        }


def _state(value: object) -> tuple[str, float | None]:
    if value is None:
        return "blank", None
    if isinstance(value, dict):
        return str(value["state"]), None
    assert isinstance(value, int | float)
    return "value", float(value)


def _number(text: str) -> float | None:
    return float(text) if text else None


def test_a_cell_is_told_in_words_with_state_value_and_text(folder: Path) -> None:
    rows = {row["cell"]: row for row in _rows(_extract(folder, "a.docx", "--format", "csv").out)}

    shown = {cell: tuple(rows[cell][name] for name in ("state", "value", "text")) for cell in STATES}
    assert shown == {
        "licence": ("value", "251000", "251000元"),
        "penalty": ("blank", "", ""),
        "coercion": ("placeholder", "", "/"),
        "fees": ("value", "12.50", "12.50"),
    }
    assert rows["denied.1.natural"]["row"] == "三、本年度办理结果 › （三）不予公开 › 1.属于国家秘密"
    assert rows["denied.1.welfare"]["column"] == "申请人情况 › 法人或其他组织 › 社会公益组织"
    assert (rows["direct.upheld"]["row"], rows["direct.upheld"]["column"]) == (
        "",
        "行政诉讼 › 未经复议直接起诉 › 结果维持",
    )


def test_a_table_that_is_not_there_has_a_row_that_says_so(folder: Path) -> None:
    rows = _rows(_extract(folder, "c.txt", "--format", "csv").out)

    assert [(row["table"], row["cell"], row["state"], row["value"]) for row in rows] == [
        (table, "", "absent", "") for table in ("disclosure", "requests", "disputes")
    ]


@pytest.mark.parametrize("format", ["json", "csv", "xlsx"])
def test_what_cannot_be_read_is_a_fault_and_the_others_are_written(folder: Path, format: str) -> None:
    whole = _extract(folder, "a.docx", "b, 乙.txt", "--format", format)
    done = _extract(folder, "a.docx", "d.pdf", "没有.txt", "b, 乙.txt", "--format", format)

    assert (whole.code, done.code) == (0, 2)
    assert done.out == whole.out
    assert [line.partition(":")[0].partition("：")[0] for line in done.said.splitlines()] == ["d.pdf", "没有.txt"]


def test_a_folder_gives_all_reports_in_it(folder: Path) -> None:
    done = _extract(folder, ".", "--format", "json")

    assert done.code == 2
    data = json.loads(done.out)
    assert [report["path"] for report in data] == ["a.docx", "b, 乙.txt", "c.txt"]
    Draft202012Validator(schema("report")).validate(data)
    assert _extract(folder, "*.txt").code == 0
    assert _extract(folder, "*.xyz").code == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_holds_the_same_with_numbers_as_numbers(folder: Path, lang: str) -> None:
    done = _extract(folder, "a.docx", "b, 乙.txt", "--format", "xlsx", "--lang", lang, "-o", "全县.xlsx")

    assert (done.code, done.out, done.said) == (0, b"", "")
    data = (folder / "全县.xlsx").read_bytes()
    head, *rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert head == (list(sheet.HEADS.values()) if lang == "zh" else list(sheet.HEADS))
    lines = _rows(_extract(folder, "a.docx", "b, 乙.txt", "--format", "csv").out)
    assert len(rows) == len(lines)
    for row, line in zip(rows, lines, strict=True):
        values = dict(zip(sheet.HEADS, row, strict=True))
        assert values.pop("year") == float(line.pop("year"))
        number = _number(line.pop("value"))
        assert values.pop("value") == ("" if number is None else number)
        assert values == line


def test_the_head_of_a_workbook_is_frozen_and_has_filters(folder: Path) -> None:
    data = _extract(folder, "a.docx", "--format", "xlsx").out
    count = len(_rows(_extract(folder, "a.docx", "--format", "csv").out))

    with ZipFile(BytesIO(data)) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in xml
    assert f'<autoFilter ref="A1:K{count + 1}"/>' in xml


def test_the_same_reports_give_the_same_workbook(folder: Path) -> None:
    records = list(reportlint.Linter().records("a.docx", (folder / "a.docx").read_bytes()))

    assert sheet.xlsx(records, "zh") == sheet.xlsx(records, "zh")


def test_a_workbook_goes_on_on_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "ROWS_A_SHEET", 100)
    records = list(reportlint.Linter().records("a.txt", CLEAN))

    book = CalamineWorkbook.from_filelike(BytesIO(sheet.xlsx(records, "en")))

    pages: list[list[list[Any]]] = [book.get_sheet_by_index(at).to_python() for at in range(len(book.sheet_names))]
    assert [len(page) for page in pages] == [101, len(records) - 99]
    assert [row[5] for page in pages for row in page[1:]] == [record.cell for record in records]


@pytest.mark.parametrize("text", ['=HYPERLINK("http://example.org")', "@SUM(A1)", "+cmd|' /C calc'!A0", "-A1(x)"])
def test_what_a_spreadsheet_would_run_is_marked_as_text_in_csv(text: str) -> None:
    assert _csv_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["+3", "-5", "-", "—", "/", "12,345", '他说"无"', "一\n二", " 空白 ", "-1.5元"])
def test_everything_else_comes_back_from_csv_as_it_was(text: str) -> None:
    assert _csv_text(text) == text


def _csv_text(text: str) -> str:
    record = Record("a.txt", None, None, None, "requests", "new.total", "", "", "unreadable", None, text)
    (row,) = _rows("".join(sheet.csv([record])).encode())
    return row["text"]


@pytest.mark.parametrize("format", ["json", "csv"])
def test_the_result_can_go_to_a_file(folder: Path, format: str) -> None:
    shown = _extract(folder, "a.docx", "--format", format)
    done = _extract(folder, "a.docx", "--format", format, "--output-file", "out")

    assert (done.code, done.out) == (0, b"")
    assert (folder / "out").read_bytes() == shown.out
    assert _extract(folder, "a.docx", "--format", format, "-o", "没有/out").code == 2


def test_csv_is_utf_8_on_every_console(folder: Path) -> None:
    plain = _extract(folder, "b, 乙.txt", "--format", "csv")

    assert (
        process.reportlint(folder, "extract", "b, 乙.txt", "--format", "csv", PYTHONIOENCODING="gbk").out == plain.out
    )


def test_a_county_becomes_one_table() -> None:
    done = process.reportlint(EXAMPLES, "extract", ".", "--format", "csv")

    rows = _rows(done.out)
    assert done.code == 0
    assert len({(row["path"], row["cell"]) for row in rows}) == len(rows)
    assert {row["year"] for row in rows} >= {"2023", "2024"}


def test_only_a_workbook_needs_its_library(folder: Path) -> None:
    (folder / "run.py").write_text(
        "import sys\nfrom reportlint.cli import main\nmain(['extract', 'a.docx', '--format', 'csv', '-o', 'x'])\n"
        "print('xlsxwriter' in sys.modules)\n",
        encoding="utf-8",
    )
    assert process.run(folder, sys.executable, "run.py").text == "False\n"


def test_large_figures_are_not_rounded(tmp_path: Path) -> None:
    tables = random_tables("2021", Random(3))
    draft = clean(2023).with_cells("requests", tables["requests"]).with_cells("disclosure", {"fees": "59237.2449"})
    (tmp_path / "a.txt").write_bytes(_text(draft))

    rows = _rows(_extract(tmp_path, "a.txt", "--format", "csv").out)
    values = {row["cell"]: row["value"] for row in rows}
    assert values["fees"] == "59237.2449"
    assert all(values[cell] == text for cell, text in tables["requests"].items())


@pytest.mark.parametrize("format", ["json", "csv"])
def test_a_refused_table_is_no_success(tmp_path: Path, format: str) -> None:
    (tmp_path / "a.txt").write_bytes(write(clean(2023, figures="small"), "run-together").text.encode())

    done = _extract(tmp_path, "a.txt", "--format", format)
    checked = process.reportlint(tmp_path, "check", "a.txt")

    assert (done.code, checked.code) == (2, 2)
    assert "RL008" in done.said
    assert done.out
