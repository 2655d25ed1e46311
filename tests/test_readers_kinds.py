"""The same report in every kind of file: each cell at its square with its span, each paragraph, every place right."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.document import Document, Paragraph
from reportlint.readers import read
from support import cells
from support.clean import clean, filled
from support.draft import Draft
from support.figures import random_tables
from support.files import Text, docx, html, items, md, pdf, xlsx
from support.forms import FORMS, read_form
from support.grid import Grid

YEARS = {"2019": 2020, "2021": 2023}
Writer = Callable[[Draft], bytes]

SPANNED: dict[str, tuple[str, Writer]] = {
    "html": ("报告.html", html.write),
    "framed html": ("报告.html", lambda draft: html.write(draft, framed=True)),
    "docx": ("报告.docx", docx.write),
    "pdf": ("报告.pdf", pdf.write),
    "xlsx": ("报告.xlsx", xlsx.write),
}
"""The kinds in which cells have spans."""

quick = settings(max_examples=6, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize("kind", SPANNED)
@pytest.mark.parametrize("form", FORMS)
@quick
@given(rng=st.randoms(use_true_random=False))
def test_every_cell_comes_back_at_its_square(form: str, kind: str, rng: Random) -> None:
    draft = filled(YEARS[form], random_tables(form, rng))
    name, write = SPANNED[kind]

    assert cells.read(read(name, write(draft))) == cells.printed(draft)


@pytest.mark.parametrize("kind", SPANNED)
@pytest.mark.parametrize("form", FORMS)
@quick
@given(rng=st.randoms(use_true_random=False), data=st.data())
def test_blank_and_placeholder_cells_stay_what_they_are(form: str, kind: str, rng: Random, data: st.DataObject) -> None:
    keys = read_form(form).tables["requests"].cells()
    blank, placeholder = data.draw(st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True))
    draft = filled(YEARS[form], random_tables(form, rng)).with_cells("requests", {blank: "", placeholder: "/"})
    name, write = SPANNED[kind]

    assert cells.read(read(name, write(draft))) == cells.printed(draft)


@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("form", FORMS)
@quick
@given(rng=st.randoms(use_true_random=False))
def test_pipe_tables_come_back_square_by_square(form: str, repeated: bool, rng: Random) -> None:
    draft = filled(YEARS[form], random_tables(form, rng))

    document = read("报告.md", md.write(draft, repeated=repeated))

    grids = [md.squares(item, repeated) for item in items(draft) if isinstance(item, Grid)]
    assert cells.squares(document) == [[["".join(text.split()) for text in row] for row in grid] for grid in grids]


@pytest.mark.parametrize("kind", [*SPANNED, "md"])
@pytest.mark.parametrize("year", YEARS.values())
def test_every_paragraph_comes_back_in_order(year: int, kind: str) -> None:
    draft = clean(year)
    name, write = {**SPANNED, "md": ("报告.md", md.write)}[kind]

    document = read(name, write(draft))

    expected = [item.text for item in items(draft) if isinstance(item, Text)]
    assert [_bare(paragraph.text) for paragraph in document.paragraphs() if paragraph.text] == list(
        map(_bare, expected)
    )


@pytest.mark.parametrize("kind", [*SPANNED, "md"])
def test_every_character_knows_its_place(kind: str) -> None:
    draft = clean(2023, figures="large")
    name, write = {**SPANNED, "md": ("报告.md", md.write)}[kind]

    document = read(name, write(draft))

    for block in document.blocks:
        for part in [block] if isinstance(block, Paragraph) else block.cells:
            span = part.span
            shown = document.text[span.start : span.end]
            assert _bare(shown) == _bare(part.text) or kind in ("html", "framed html")
            for index, char in enumerate(part.text):
                at = part.prose.span(index, index + 1)
                assert document.text[at.start : at.end] in (char, "\n", " ", "&amp;", "&lt;", "&gt;", "&quot;")


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx"])
def test_the_text_view_is_a_line_for_a_paragraph_and_a_row(kind: str) -> None:
    name, write = SPANNED[kind]

    document = read(name, write(clean(2023)))

    lines = sum(1 if isinstance(block, Paragraph) else block.height for block in document.blocks)
    assert document.text.count("\n") + 1 == lines
    assert all(_has_place(document, block) for block in document.blocks if isinstance(block, Paragraph))


def test_each_table_may_have_a_sheet_of_its_own() -> None:
    draft = clean(2023, figures="large")

    document = read("报告.xlsx", xlsx.write(draft, apart=True))

    assert cells.read(document) == cells.printed(draft)
    assert [table.place and table.place.sheet for table in document.tables()] == ["disclosure", "requests", "disputes"]


def _has_place(document: Document, paragraph: Paragraph) -> bool:
    place = paragraph.place
    assert place is not None
    return bool({"docx": place.paragraph, "pdf": place.page and place.box, "xlsx": place.sheet}[document.kind])


def _bare(text: str) -> str:
    return "".join(text.split())
