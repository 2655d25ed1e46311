"""The same report in every kind of file: the same cells and sections, the same findings at the same words."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reportlint
from reportlint.finding import Finding
from support.clean import FIGURES, Figures, clean, filled
from support.defects import DEFECTS
from support.draft import Draft
from support.figures import random_tables
from support.forms import FORMS, read_form
from support.kinds import KINDS, TRACELESS, bare, unmasked, view, words_at
from support.planting import Defect

YEARS = {"2019": 2020, "2021": 2023}
REFERENCE = "text, pipe-rows"
WITH_PROSE = [name for name, kind in KINDS.items() if kind.prose]
PLACED = [name for name, kind in KINDS.items() if kind.look is not None and kind.prose]

quick = settings(max_examples=6, deadline=None, derandomize=True, database=None)


# --- the same findings ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WITH_PROSE)
@pytest.mark.parametrize("figures", FIGURES)
@pytest.mark.parametrize("year", range(2019, 2026))
def test_a_clean_report_is_clean_in_every_kind(year: int, figures: Figures, name: str) -> None:
    kind = KINDS[name]

    result = reportlint.check(kind.write(clean(year, figures=figures, seed=year)), name=kind.file)

    assert [(found.rule, found.message) for found in result.findings] == []
    assert (list(result.faults), result.exit_code) == ([], 0)


@pytest.mark.parametrize("name", [name for name in WITH_PROSE if name != REFERENCE])
@pytest.mark.parametrize("defect", DEFECTS, ids=[defect.name for defect in DEFECTS])
def test_a_defect_is_the_same_finding_at_the_same_words(defect: Defect, name: str) -> None:
    if name == TRACELESS and defect.traceless is not None:
        pytest.skip("a blank cell leaves no trace in this way of writing; test_planted.py says what is found then")

    assert _said(defect, name) == _said(defect, REFERENCE)


@pytest.mark.parametrize("name", [name for name in WITH_PROSE if name != REFERENCE])
@pytest.mark.parametrize("defect", DEFECTS, ids=[defect.name for defect in DEFECTS])
def test_a_spoilt_report_has_the_same_sections_and_cells(defect: Defect, name: str) -> None:
    kind = KINDS[name]
    if name == TRACELESS and defect.traceless is not None:
        pytest.skip("a blank cell leaves no trace in this way of writing")
    if defect.name in kind.lost:
        pytest.skip(kind.lost[defect.name])

    assert _extracted(defect, name) == _extracted(defect, REFERENCE)


@cache
def _said(defect: Defect, name: str) -> list[tuple[str, ...]]:
    """The findings: what, where in the report, on which words, and what is said; numbers of lines left out."""
    kind = KINDS[name]
    data = kind.write(defect.spoilt())
    text = view(kind, data)
    return sorted(
        (
            str(found.rule),
            str(found.severity),
            found.address,
            # A whole table is as long as its kind writes it; a masked number is masked in the text view as well.
            unmasked(words_at(found.location, text))[:8],
            re.sub(r"第\d+行", "", bare(found.message["zh"])),
            *(related.address for related in found.related),
        )
        for found in reportlint.check(data, name=kind.file).findings
    )


@cache
def _extracted(defect: Defect, name: str) -> dict[str, Any]:
    kind = KINDS[name]
    read = reportlint.extract(kind.write(defect.spoilt()), name=kind.file)
    return {
        **{key: read[key] for key in ("agency", "year", "form", "published", "tables")},
        "title": bare(read["title"] or ""),
        "sections": [
            (part["key"], part["number"], bare(part["title"]), bare(part["text"])) for part in read["sections"]
        ],
    }


# --- places -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PLACED)
@pytest.mark.parametrize("defect", DEFECTS, ids=[defect.name for defect in DEFECTS])
def test_a_place_of_the_own_kind_is_where_others_find_the_words(defect: Defect, name: str) -> None:
    kind = KINDS[name]
    data = kind.write(defect.spoilt())
    lines = view(kind, data).split("\n")

    for found in reportlint.check(data, name=kind.file).findings:
        for location in (found.location, *found.related):
            assert kind.look is not None
            assert location.place is not None, found
            there = unmasked(bare(kind.look(data, location.place)))
            # The text view has a line for each paragraph and for each row.
            assert there in unmasked(bare(lines[location.line - 1])), found
            words = unmasked(words_at(location, "\n".join(lines)))
            assert location.end_line > location.line or words[:12] in there or _over_pages(found, there), found


def _over_pages(found: Finding, there: str) -> bool:
    """Whether the box holds only the part of a paragraph that stands on its first page."""
    return found.location.place is not None and found.location.place.page is not None and len(there) > 30


@pytest.mark.parametrize("name", [name for name in WITH_PROSE if name not in PLACED])
@pytest.mark.parametrize("defect", DEFECTS, ids=[defect.name for defect in DEFECTS])
def test_where_the_file_is_text_line_and_column_are_all(defect: Defect, name: str) -> None:
    kind = KINDS[name]

    result = reportlint.check(kind.write(defect.spoilt()), name=kind.file)

    assert [found for found in result.findings if found.location.place is not None] == []


# --- the same cells ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("form", FORMS)
@quick
@given(rng=st.randoms(use_true_random=False))
def test_random_tables_come_back_exactly(form: str, name: str, rng: Random) -> None:
    draft = filled(YEARS[form], random_tables(form, rng))

    tables = _tables(draft, name)

    assert {key: _printed(draft, key) for key in tables} == tables
    assert set(tables) == set(read_form(form).tables)


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.cells])
@pytest.mark.parametrize("key", ["disclosure", "requests", "disputes"])
@pytest.mark.parametrize("form", FORMS)
@quick
@given(rng=st.randoms(use_true_random=False), data=st.data())
def test_blank_stays_null_and_a_stroke_a_placeholder(
    form: str, key: str, name: str, rng: Random, data: st.DataObject
) -> None:
    draft, blank, stroke = _with_gaps(form, key, rng, data)

    table = _tables(draft, name)[key]

    assert set(table) == set(read_form(form).tables[key].cells())
    assert (table[blank], table[stroke]) == (None, {"state": "placeholder", "text": "/"})
    assert table == _printed(draft, key)


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if not kind.cells])
@pytest.mark.parametrize("key", ["disclosure", "requests", "disputes"])
@pytest.mark.parametrize("form", FORMS)
@quick
@given(rng=st.randoms(use_true_random=False), data=st.data())
def test_in_text_they_stay_so_or_their_row_is_not_read(
    form: str, key: str, name: str, rng: Random, data: st.DataObject
) -> None:
    draft, blank, stroke = _with_gaps(form, key, rng, data)

    table = _tables(draft, name)[key]

    unread = {"state": "unreadable", "text": ""}
    assert {cell: value for cell, value in table.items() if value != unread} == {
        cell: value for cell, value in _printed(draft, key).items() if table[cell] != unread
    }
    lost = {read_form(form).tables[key].row_of(cell) for cell, value in table.items() if value == unread}
    assert lost <= {read_form(form).tables[key].row_of(cell) for cell in (blank, stroke)}


def _with_gaps(form: str, key: str, rng: Random, data: st.DataObject) -> tuple[Draft, str, str]:
    """A report with a blank cell and a stroke somewhere in a table, and where they stand."""
    keys = read_form(form).tables[key].cells()
    blank, stroke = data.draw(st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True))
    return filled(YEARS[form], random_tables(form, rng)).with_cells(key, {blank: "", stroke: "/"}), blank, stroke


def _tables(draft: Draft, name: str) -> dict[str, dict[str, Any]]:
    kind = KINDS[name]
    tables = reportlint.extract(kind.write(draft), name=kind.file)["tables"]
    return {key: {cell: _exact(value) for cell, value in table.items()} for key, table in tables.items()}


def _exact(value: object) -> object:
    return Decimal(str(value)) if isinstance(value, int | float) else value


def _printed(draft: Draft, key: str) -> dict[str, object]:
    states: dict[str, object] = {"": None, "/": {"state": "placeholder", "text": "/"}}
    return {cell: states[text] if text in states else Decimal(text) for cell, text in draft.table(key).cells.items()}
