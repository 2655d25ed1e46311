"""A report written from a form, with prose and figures that a pack gives: what the examples of rules are tried in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportlint.form import Block, Form, Line, TableForm, cell_key, form_for
from reportlint.text import numeral

NAME = "报告.txt"
"""What its file is called; a report of plain text is read again from its text."""
_PROSE = "{year}年的情况见下表。"


def written(forms: Sequence[Form], year: int, data: Mapping[str, Any], agency: str = "") -> str:
    """The report of a year as plain text. Raises ValueError where there is no form for the year."""
    form = form_for(tuple(forms), year)
    if form is None:
        raise ValueError(f"no form for {year}")
    agency = agency or data.get("agency", "某市林业局")
    lines = "\n".join(_lines(form, data))
    return lines.replace("{year}", str(year)).replace("{next}", str(year + 1)).replace("{agency}", agency)


def _lines(form: Form, data: Mapping[str, Any]) -> Iterator[str]:
    yield data.get("title", "{agency}{year}年政府信息公开工作年度报告")
    if "published" in data:
        yield f"发布时间：{data['published']}"
    yield ""
    yield from data.get("preface", ())
    prose: Mapping[str, Sequence[str]] = data.get("sections", {})
    cells: Mapping[str, Mapping[str, str]] = data.get("cells", {})
    for section in form.sections:
        yield f"{numeral(section.number)}、{section.title}"
        yield from prose.get(section.key, () if section.table else (_PROSE,))
        if section.table:
            yield ""
            yield from _table(form.tables[section.table], cells.get(section.table, {}))
            yield ""


def _table(table: TableForm, cells: Mapping[str, str]) -> Iterator[str]:
    """A row a line, its cells parted by tabs; what a cell spans is left blank behind it."""
    for block in table.blocks:
        if block.caption:
            yield block.caption
        stub = max(len(row.path) for row in block.rows)
        depth = max(len(column.path) for column in block.columns)
        for level in range(depth):
            corner = block.corner if level == 0 else ""
            left = [corner, *[""] * (stub - 1)] if stub else []
            yield "\t".join((*left, *_header(block.columns, level)))
        before: tuple[str, ...] = ()
        for row in block.rows:
            yield _row(block, row, before, stub, cells)
            before = row.path


def _header(columns: Sequence[Line], level: int) -> Iterator[str]:
    before: tuple[str, ...] = ()
    for column in columns:
        shown = level < len(column.path) and column.path[: level + 1] != before[: level + 1]
        yield column.path[level] if shown else ""
        before = column.path


def _row(block: Block, row: Line, before: tuple[str, ...], stub: int, cells: Mapping[str, str]) -> str:
    labels = ["" if row.path[: at + 1] == before[: at + 1] and at + 1 < len(row.path) else label
              for at, label in enumerate(row.path)]  # fmt: skip
    labels += [""] * (stub - len(labels))
    keys = (cell_key(row.key, column.key) for column in block.columns)
    return "\t".join((*labels, *(cells.get(key, "0") for key in keys)))
