"""A table keeps what is printed; its amounts, numbers and blanks say the same whichever of them is asked for first."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint import Grid, Linter
from reportlint.document import Cell, Document, Paragraph, Prose, Span, Table
from reportlint.report import Amount, Cells, Report
from reportlint.understand.amounts import cells_of
from reportlint.understand.fields import stream_of
from reportlint.understand.grids import readings
from reportlint.understand.look import Look, look_of
from support.clean import filled
from support.figures import random_tables
from support.files import docx, html

FORMS = {form.name: form for form in Linter().forms}
PRINTED = (
    "",
    "0",
    "12",
    "007",
    "/",
    "1,234",
    "12,34",
    "无",
    " ",
    "\u3000",
    "\u200b",
    "3.5",
    "-4",
    "5件",
    "٣",
    "甲",
    "6\n252",
)


def _grid(form: str, texts: Mapping[str, str]) -> Grid:
    table = FORMS[form].tables["requests"]
    places = {key: Span(at, at + len(text)) for at, (key, text) in enumerate(texts.items())}
    return Grid(FORMS[form], table, Span(0, 1), cells_of("requests", texts, lambda key: (places[key], None)), {})


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_numbers_blanks_and_amounts_agree(form: str, data: st.DataObject) -> None:
    keys = list(FORMS[form].tables["requests"].cells)
    texts = data.draw(st.dictionaries(st.sampled_from(keys), st.sampled_from(PRINTED)))
    grid = _grid(form, texts)

    amounts = dict(_grid(form, texts).cells)

    assert list(amounts) == list(texts)
    assert grid.numbers == {key: amount.value for key, amount in amounts.items() if amount.state == "value"}
    assert list(grid.blanks) == [key for key, amount in amounts.items() if amount.state == "blank"]
    assert {key for key in keys if grid.is_blank(key)} == set(grid.blanks)
    odd = [key for key, text in texts.items() if key not in grid.blanks and (text != "0" and not _is_plain(text))]
    assert [amount.key for amount in grid.unusual] == odd
    assert all(grid.value(key) == amount.value for key, amount in amounts.items())


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isdigit() and not text.startswith("0")


def test_a_cell_is_made_once_and_none_that_is_not_there() -> None:
    cells = _grid("2021", {"new.total": "12"}).cells

    assert isinstance(cells, Cells)
    assert cells["new.total"] is cells["new.total"]
    assert cells.get("new.natural") is None
    assert "new.natural" not in cells
    with pytest.raises(KeyError):
        cells["new.natural"]


@pytest.mark.parametrize("kind", [html, docx])
def test_packed_cells_are_the_same_cells(kind: ModuleType) -> None:
    name = f"报告.{kind.__name__.rsplit('.', 1)[1]}"
    grids = Linter().report(name, kind.write(filled(2023, random_tables("2021", Random(3))))).grids

    packed = {key: grid.cells.packed() for key, grid in grids.items()}

    assert {key: list(cells.items()) for key, cells in packed.items()} == {
        key: list(grid.cells.items()) for key, grid in grids.items()
    }
    assert {amount.place is None for cells in packed.values() for amount in cells.values()} == {kind is html}


def test_the_block_at_an_offset() -> None:
    # A page shows text between the tags of a table before it, so that blocks need not stand in the order of the view.
    late = Paragraph(Prose("乙", 7))
    table = Table((Cell(0, 0, Prose("丙", 3)), Cell(0, 1, Prose("", 5)), Cell(1, 0, Prose("丁戊", 9))), 2, 2)
    early = Paragraph(Prose("甲", 0))
    document = Document("页.html", "html", "甲..丙...乙.丁戊.", (early, late, table))

    found = {offset: document.block_at(offset) for offset in range(12)}

    assert (found[0], found[1], found[7]) == (early, early, late)
    assert (found[3], found[5], found[9], found[10]) == (table.cells[0], table.cells[1], *[table.cells[2]] * 2)
    assert (found[2], found[6]) == (None, None)


@pytest.mark.parametrize("line", ["12", "12 |", "12|", "\t12", "12\t", "12 \t|", "\t12\t"])
def test_a_number_in_a_line_of_its_own_is_one_field(line: str) -> None:
    fields = stream_of([Prose(line, 5)]).fields

    at = 5 + line.index("12")
    assert [(field.said, field.span, field.wide) for field in fields] == [("12", Span(at, at + 2), False)]


def test_a_number_on_two_lines_is_one_cell() -> None:
    grid = _grid("2021", {"new.natural": "6\n252", "new.total": "6252"})

    assert grid.numbers == {"new.natural": 6252, "new.total": 6252}
    assert [amount.text for amount in grid.unusual] == ["6\n252"]


@pytest.mark.parametrize("kind", [html, docx])
@pytest.mark.parametrize("form", FORMS)
def test_a_table_that_looks_like_one_before_is_read_as_if_it_were_the_first(form: str, kind: ModuleType) -> None:
    year = {"2019": 2020, "2021": 2023}[form]
    drafts = [filled(year, random_tables(form, Random(seed))) for seed in range(3)]
    pages = [kind.write(draft) for draft in drafts]
    linter = Linter()
    name = f"报告.{kind.__name__.rsplit('.', 1)[1]}"

    warm = [_shown(linter.report(name, page)) for page in pages]

    assert readings.cache_info().hits
    for page, shown in zip(pages, warm, strict=True):
        readings.cache_clear()
        assert _shown(linter.report(name, page)) == shown
    whole = {key: list(table.cells) for key, table in FORMS[form].tables.items()}
    assert [{key: list(grid[0]) for key, grid in shown.items()} for shown in warm] == [whole] * len(drafts)


def _shown(report: Report) -> Mapping[str, tuple[Mapping[str, Amount], tuple[object, ...]]]:
    return {
        key: (dict(grid.cells), (grid.span, dict(grid.rows), grid.headers, grid.captions, grid.corner, grid.strays))
        for key, grid in report.grids.items()
    }


def test_a_row_without_a_label_is_where_its_first_cell_is() -> None:
    page = html.write(filled(2023, random_tables("2021", Random(1)))).decode()
    start, end = page.rindex("<tr"), page.rindex("</tr>") + len("</tr>")
    page = page[:end] + page[start:end] + page[end:]

    grid = Linter().report("报告.html", page.encode()).grids["disputes"]

    (row,) = grid.rows.values()
    (again,) = grid.repeated.values()
    assert (row.text, again.text) == ("", "")
    assert row.span == next(iter(grid.cells.values())).span
    assert again.span.start == row.span.start + end - start


def test_only_figures_make_no_difference_to_a_look() -> None:
    def look(*texts: str) -> Look:
        cells = tuple(Cell(0, column, Prose(text, 10 * column)) for column, text in enumerate(texts))
        return look_of(Table(cells, 1, len(cells)))

    assert look("本年新收", "12", "3,400") == look("本年新收 ", "5", "-1.5")
    assert len({look("总计", text) for text in ("12", "", "/", "十二", "总计", "#")}) == 6
