"""What is printed in a table is what is read, in every style; what cannot be told apart is not read at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reportlint
from support.clean import FIGURES, Figures, clean, filled
from support.defects.tables import TRIAL_HEADERS
from support.draft import Draft
from support.figures import random_tables
from support.forms import FORMS, read_form
from support.writing import FURTHER, LOST, READABLE, write

NAME = "报告.txt"
YEARS = {"2019": 2020, "2021": 2023}
WRITTEN = (*READABLE, *FURTHER)
LOSING = ("paragraphs", "split-labels")
"""Ways that leave no trace of a blank cell."""

quick = settings(max_examples=8, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize("style", WRITTEN)
@pytest.mark.parametrize("form", FORMS)
@quick
@given(rng=st.randoms(use_true_random=False))
def test_every_cell_is_read_as_it_is_printed(form: str, style: str, rng: Random) -> None:
    draft = filled(YEARS[form], random_tables(form, rng))

    read = _extract(draft, style)

    assert read["year"] == YEARS[form]
    assert read["form"] == form
    assert [section["number"] for section in read["sections"]] == [1, 2, 3, 4, 5, 6]
    for key, table in read_form(form).tables.items():
        assert set(read["tables"][key]) == set(table.cells())
        assert _misread(draft, read, key) == {}


@pytest.mark.parametrize("style", WRITTEN)
@pytest.mark.parametrize("form", FORMS)
@quick
@given(rng=st.randoms(use_true_random=False), data=st.data())
def test_a_missing_row_moves_no_other(form: str, style: str, rng: Random, data: st.DataObject) -> None:
    table = read_form(form).tables["requests"]
    dropped = data.draw(st.sampled_from([row.key for row in table.blocks[0].rows]))
    draft = filled(YEARS[form], random_tables(form, rng)).with_table("requests", dropped=frozenset({dropped}))

    read = _extract(draft, style)

    lost = {cell for cell in table.cells() if table.row_of(cell) == dropped}
    assert not [cell for cell in lost if _is_number(read["tables"]["requests"].get(cell))]
    assert _misread(draft, read, "requests", but=lost) == {}


@pytest.mark.parametrize("style", WRITTEN)
@pytest.mark.parametrize("form", FORMS)
@quick
@given(rng=st.randoms(use_true_random=False), data=st.data())
def test_a_blank_cell_never_becomes_a_number(form: str, style: str, rng: Random, data: st.DataObject) -> None:
    table = read_form(form).tables["requests"]
    blank = data.draw(st.sampled_from(table.cells()))
    full = filled(YEARS[form], random_tables(form, rng))
    draft = full.with_cells("requests", {blank: ""})

    read = _extract(draft, style)

    row = {cell for cell in table.cells() if table.row_of(cell) == table.row_of(blank)}
    seen = {cell: read["tables"]["requests"].get(cell) for cell in row}
    assert not _is_number(seen[blank])
    wrong = {cell for cell in row - {blank} if _is_number(seen[cell]) and not _same(seen[cell], full, cell)}
    assert wrong == set()
    assert _misread(draft, read, "requests", but=row) == {}


@pytest.mark.parametrize("style", [style for style in FURTHER if style not in LOSING])
@pytest.mark.parametrize("form", FORMS)
@quick
@given(rng=st.randoms(use_true_random=False))
def test_zeros_left_blank_move_no_cell_of_a_row_without_a_label(form: str, style: str, rng: Random) -> None:
    table = read_form(form).tables["disputes"]
    parts = [cell for cell in table.cells() if not cell.endswith("total")]
    blanks = {cell: "" for cell in parts if rng.random() < 0.8}
    draft = filled(YEARS[form], random_tables(form, rng)).with_cells("disputes", blanks)

    read = _extract(draft, style)

    assert _misread(draft, read, "disputes", but=set(blanks)) == {}
    assert not [cell for cell in blanks if _is_number(read["tables"]["disputes"].get(cell))]


@pytest.mark.parametrize("style", LOSING)
def test_many_rows_without_figures_are_told_once(style: str) -> None:
    draft = clean(2023, figures="small")
    form = read_form("2021").tables["requests"]
    rows = [row.key for block in form.blocks for row in block.rows][3:12]
    draft = draft.with_cells("requests", {cell: "" for cell in form.cells() if form.row_of(cell) in rows})
    written = write(draft, style)

    findings = reportlint.check(written.text.encode(), name=NAME).findings

    told = [found for found in findings if found.rule == "T010"]
    assert [(found.line, found.severity, len(found.related)) for found in told] == [
        (written.line(("row", "requests", rows[0])), "warning", len(rows) - 1)
    ]
    assert "有 9 行没有数据" in told[0].message["zh"]


def test_a_blank_cell_too_many_between_figures_is_told_as_that() -> None:
    draft = clean(2023, figures="small")
    lines = write(draft, "barred-rows").text.split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("一、本年新收"))
    label, *cells = lines[at].split(" | ")
    lines[at] = " | ".join([label, *cells[:3], "", *cells[3:]])

    result = reportlint.check("\n".join(lines).encode(), name=NAME)

    (found,) = [found for found in result.findings if found.rule == "T010"]
    assert found.line == at + 1
    assert "之间多出空单元格" in found.message["zh"]
    assert not [found.rule for found in result.findings if str(found.rule)[0] == "A"]


@pytest.mark.parametrize("style", WRITTEN)
@pytest.mark.parametrize("year", YEARS.values())
def test_tables_left_blank_are_told_once_each(year: int, style: str) -> None:
    draft = clean(year)
    for part in draft.parts:
        if part.table is not None:
            draft = draft.with_cells(part.table.key, dict.fromkeys(part.table.cells, ""))

    findings = reportlint.check(write(draft, style).text.encode(), name=NAME).findings

    assert [found.address.split(" › ")[1] for found in findings] == ["表二", "表三", "表四"]
    assert {found.rule for found in findings} <= {"T011", "T006"}
    assert {found.message["zh"][2:] for found in findings} <= {"全部为空", "没有数据"}


@pytest.mark.parametrize("style", WRITTEN)
def test_headers_of_another_form_are_told_one_by_one(style: str) -> None:
    draft = clean(2023, figures="small").with_table("disclosure", headers=TRIAL_HEADERS)
    written = write(draft, style)

    findings = reportlint.check(written.text.encode(), name=NAME).findings

    places = [written.places["header", "disclosure", label] for label in TRIAL_HEADERS]
    assert [(found.rule, (found.line, found.column)) for found in findings] == [("T003", place) for place in places]
    assert all(old in found.message["zh"] for old, found in zip(TRIAL_HEADERS.values(), findings, strict=True))
    # What the figures below them count, no edit can tell.
    assert [found.fix for found in findings] == [None] * 3


@pytest.mark.parametrize("style", WRITTEN)
def test_headers_in_other_words_are_not_called_cut_off(style: str) -> None:
    headers = {"本年制发件数": "本年度制发数", "本年废止件数": "本年废止数", "现行有效件数": "现行有效数"}
    written = write(clean(2023, figures="small").with_table("disclosure", headers=headers), style)

    findings = reportlint.check(written.text.encode(), name=NAME).findings

    places = [written.places["header", "disclosure", label] for label in headers]
    assert [(found.rule, (found.line, found.column)) for found in findings] == [("T003", place) for place in places]
    assert all(f"“{said}”与" in found.message["zh"] for said, found in zip(headers.values(), findings, strict=True))


@pytest.mark.parametrize("style", ["pipe-cells", "paragraphs", "opened-cells", "single-bars", "split-labels"])
def test_a_page_number_before_a_repeated_header_is_no_cell(style: str) -> None:
    draft = clean(2023, figures="small")
    written = write(draft, style)
    lines = written.text.split("\n")
    head = written.line(("table", "requests")) - 1
    first, again = (written.line(("row", "requests", key)) - 1 for key in ("new", "denied.3"))
    opening = style == "opened-cells"
    lines[again - opening : again - opening] = ["", "3", "", *lines[head - opening : first - opening]]

    read: dict[str, Any] = reportlint.extract("\n".join(lines).encode(), name=NAME)

    assert _misread(draft, read, "requests") == {}


@pytest.mark.parametrize("mark", ["-", "—", "|", " |", "| - ", ",1", "1|", "0 ", "\u3000", "\t"])
def test_a_line_without_end_is_read_in_one_go(mark: str) -> None:
    # What looks at each of its beginnings would take minutes for it.
    text = write(clean(2023), "pipe-rows").text.replace("申请情况\n", f"申请情况\n{mark * 500_000}x\n", 1)

    read: dict[str, Any] = reportlint.extract(text.encode(), name=NAME)

    assert read["year"] == 2023
    assert set(read["tables"]) >= {"disclosure", "disputes"}


@pytest.mark.parametrize("form", FORMS)
@quick
@given(rng=st.randoms(use_true_random=False))
def test_rows_that_a_bar_opens_are_read_without_their_indents(form: str, rng: Random) -> None:
    draft = filled(YEARS[form], random_tables(form, rng))
    lines = write(draft, "opened-cells").text.split("\n")

    read = reportlint.extract("\n".join(line.lstrip() for line in lines).encode(), name=NAME)

    assert [_misread(draft, read, key) for key in read_form(form).tables] == [{}, {}, {}]


AROUND: dict[str, Callable[[str], str]] = {
    "links above": lambda text: f"首页 | 政务公开 | 年报\n{text}",
    "links below": lambda text: f"{text}\n版权所有 | 联系我们 |\n| 网站地图 |",
    "a bar in the prose": lambda text: text.replace("公开政府信息情况\n", "公开政府信息情况\n渠道：网站|公报。\n", 1),
    "a line with a bar above a table": lambda text: text.replace("申请情况\n", "申请情况\n单位：件 |\n", 1),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "spaces behind": lambda text: text.replace("\n", "  \n"),
    "bars of a frame": lambda text: text.replace("|", "│"),
    "wide bars": lambda text: text.replace("|", "｜"),
    "wide spaces before": lambda text: "\n".join(f"\u3000{line}" if "|" in line else line for line in text.split("\n")),
    "a line of dashes below a table": lambda text: text.replace("\n三、收到", "\n-----\n三、收到", 1),
    "a dash below a table": lambda text: text.replace("\n五、存在", "\n———————\n五、存在", 1),
    "a bar below a table": lambda text: text.replace("\n五、存在", "\n|\n五、存在", 1),
    "an empty line behind each": lambda text: text.replace("\n", "\n\n"),
    "spaces before": lambda text: "\n".join(f" {line}" if line.strip() else line for line in text.split("\n")),
}


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("style", WRITTEN)
def test_what_stands_around_a_table_changes_no_cell(style: str, around: str) -> None:
    draft = clean(2023, figures="small")
    text = AROUND[around](write(draft, style).text).encode()

    read: dict[str, Any] = reportlint.extract(text, name=NAME)

    assert [_misread(draft, read, key) for key in read_form("2021").tables] == [{}, {}, {}]
    result = reportlint.check(text, name=NAME)
    assert not result.faults
    assert [found.rule for found in result.findings if found.rule[0] in "TA"] == []


BESIDE: dict[str, Callable[[str], str]] = {
    "a bar below": lambda text: text.replace("\n五、存在", "\n|\n五、存在", 1),
    "bars below": lambda text: text.replace("\n五、存在", "\n| |\n五、存在", 1),
    "a tab below": lambda text: text.replace("\n五、存在", "\n\t\n五、存在", 1),
    "dashes below": lambda text: text.replace("\n五、存在", "\n---\n五、存在", 1),
    "a bar above": lambda text: text.replace("申请情况\n", "申请情况\n|\n", 1),
    "a bar for the corner": lambda text: re.sub(r"(?m)^.*勾稽.*$", "|", text),
}
BLANKS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("disputes", "review.upheld"),),
    (("disputes", "after_review.total"),),
    (("requests", "new.research"), ("requests", "new.welfare")),
    (("requests", "new.research"), ("requests", "carried_in.natural")),
    tuple(("requests", f"{row}.total") for row in ("new", "carried_in", "carried_out", "processed", "other.3")),
)


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("style", WRITTEN)
def test_blanks_beside_marks_move_no_cell(style: str, beside: str, blank: tuple[tuple[str, str], ...]) -> None:
    draft = clean(2023, figures="small")
    for table, cell in blank:
        draft = draft.with_cells(table, {cell: ""})
    text = BESIDE[beside](write(draft, style).text).encode()

    read: dict[str, Any] = reportlint.extract(text, name=NAME)

    for key in ("disclosure", "requests", "disputes"):
        numbers = {cell: value for cell, value in read["tables"].get(key, {}).items() if _is_number(value)}
        printed = draft.table(key).cells
        moved = {cell for cell, value in numbers.items() if not printed[cell] or not _same(value, draft, cell, key)}
        assert moved == set()
    assert not [found.rule for found in reportlint.check(text, name=NAME).findings if found.rule[0] in "AC"]


@pytest.mark.parametrize("seed", range(150))
def test_no_number_goes_astray(seed: int) -> None:
    rng = Random(seed)
    form = rng.choice(FORMS)
    draft = filled(YEARS[form], random_tables(form, rng))
    share = rng.choice((0.01, 0.03, 0.3))
    for key, table in read_form(form).tables.items():
        draft = draft.with_cells(key, {cell: "" for cell in table.cells() if rng.random() < share})
    text = write(draft, rng.choice(WRITTEN)).text
    noise = {**AROUND, **BESIDE}
    for name in rng.sample(sorted(noise), rng.choice((0, 1, 2))):
        text = noise[name](text)
    name = rng.choice((NAME, "报告.md"))

    read: dict[str, Any] = reportlint.extract(text.encode(), name=name)

    for key in read_form(form).tables:
        numbers = {cell: value for cell, value in read["tables"].get(key, {}).items() if _is_number(value)}
        printed = draft.table(key).cells
        assert {
            cell for cell, value in numbers.items() if not printed[cell] or not _same(value, draft, cell, key)
        } == set()
    if share < 0.3:
        findings = reportlint.check(text.encode(), name=name).findings
        assert [found.rule for found in findings if str(found.rule)[0] == "A"] == []


@pytest.mark.parametrize("style", FURTHER)
@pytest.mark.parametrize("figures", FIGURES)
@pytest.mark.parametrize("year", YEARS.values())
def test_a_clean_report_is_clean_in_further_ways(year: int, figures: Figures, style: str) -> None:
    text = write(clean(year, figures=figures), style).text.encode()

    result = reportlint.check(text, name=NAME)

    assert [(found.rule, found.line) for found in result.findings] == []
    assert not list(result.faults)


@pytest.mark.parametrize("style", LOST)
@pytest.mark.parametrize("figures", FIGURES[1:])
@pytest.mark.parametrize("year", YEARS.values())
def test_cells_that_cannot_be_told_apart_are_refused(year: int, figures: Figures, style: str) -> None:
    draft = clean(year, figures=figures)
    text = write(draft, style).text.encode()

    result = reportlint.check(text, name=NAME)
    read = reportlint.extract(text, name=NAME)

    assert list(result.faults)
    assert result.exit_code == 2
    assert not [found.rule for found in result.findings if str(found.rule)[0] in "AT"]
    for key in ("requests", "disputes"):
        cells = {cell: value for cell, value in read["tables"].get(key, {}).items() if _is_number(value)}
        # Only a table without row labels may be readable all the same.
        assert {
            cell for cell, value in cells.items() if key == "requests" or not _same(value, draft, cell, key)
        } == set()


def _extract(draft: Draft, style: str) -> dict[str, Any]:
    read: dict[str, Any] = reportlint.extract(write(draft, style).text.encode(), name=NAME)
    return read


def _misread(draft: Draft, read: dict[str, Any], table: str, but: set[str] | None = None) -> dict[str, Any]:
    """The cells read otherwise than printed: what was read, and what is printed."""
    printed = draft.table(table).cells
    seen = read["tables"][table]
    return {
        cell: (seen.get(cell), text)
        for cell, text in printed.items()
        if cell not in (but or ()) and not (_is_number(seen.get(cell)) and Decimal(str(seen[cell])) == Decimal(text))
    }


def _same(value: object, draft: Draft, cell: str, table: str = "requests") -> bool:
    return Decimal(str(value)) == Decimal(draft.text(table, cell))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
