"""A statutory form: the sections and tables that reports must have from some year on, read from TOML.

The schema is `form.schema.json`; forms of built-in packs are validated in tests, foreign ones at every load. Labels
are compared by `text.fold_label`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple, cast

from reportlint.errors import Words
from reportlint.text import fold_label


@dataclass(frozen=True)
class Line:
    """A row or a column of a block: its key, and its label with the labels above it, the outermost first."""

    key: str
    path: tuple[str, ...]
    accepted: tuple[str, ...] = ()
    hint: str = ""
    signed: bool = False
    decimal: bool = False
    unit: str = ""

    @property
    def label(self) -> str:
        """The label next to the numbers; empty for a row without one."""
        return self.path[-1] if self.path else ""

    @cached_property
    def folded(self) -> str:
        return fold_label(self.label)

    @cached_property
    def bare(self) -> str:
        """The folded label without its number: word processors may make the number and lose it."""
        return _ORDINAL.sub("", self.folded)

    @cached_property
    def folded_accepted(self) -> frozenset[str]:
        """Every wording that is right."""
        return frozenset({self.folded, *(fold_label(label) for label in self.accepted)})

    @cached_property
    def folded_path(self) -> tuple[str, ...]:
        return tuple(fold_label(label) for label in self.path)


_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、．])")


@dataclass(frozen=True)
class Block:
    """A rectangle of cells with labels of its own; 表二 is a pile of them."""

    columns: tuple[Line, ...]
    rows: tuple[Line, ...]
    caption: str = ""
    corner: str = ""

    @cached_property
    def labels(self) -> frozenset[str]:
        """Every label that may stand over its columns, folded."""
        return frozenset(label for column in self.columns for label in (*column.folded_path, *column.folded_accepted))


class Equation(NamedTuple):
    """Two sums that are equal: in every column (sides are rows), in every row (columns), or once (cells)."""

    name: str
    over: Literal["columns", "rows", "cells"]
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class TableForm:
    """A statutory table."""

    key: str
    name: str
    section: str
    blocks: tuple[Block, ...]
    equations: Mapping[str, Equation] = field(default_factory=dict[str, Equation])

    def lines(self) -> Iterator[tuple[str, Block, Line, Line]]:
        """Every cell in reading order: its key, block, row and column."""
        for block in self.blocks:
            for row in block.rows:
                for column in block.columns:
                    yield cell_key(row.key, column.key), block, row, column

    @cached_property
    def cells(self) -> dict[str, tuple[Line, Line]]:
        """Row and column of every cell, by its key, in reading order."""
        return {key: (row, column) for key, _, row, column in self.lines()}

    @cached_property
    def row_cells(self) -> dict[str, tuple[str, ...]]:
        """The keys of the cells of every row, from left to right, by the key of the row."""
        return {
            row.key: tuple(cell_key(row.key, column.key) for column in block.columns)
            for block in self.blocks
            for row in block.rows
        }

    @cached_property
    def rows(self) -> dict[str, tuple[Block, Line]]:
        """Every row with its block, by its key, in reading order."""
        return {row.key: (block, row) for block in self.blocks for row in block.rows}

    def words_of(self, key: str) -> str:
        """What a cell is called: （一）予以公开 × 自然人."""
        known = self._names.get(key)
        if known is None:
            known = self._names[key] = self._name(key)
        return known

    @cached_property
    def _names(self) -> dict[str, str]:
        return {}

    def _name(self, key: str) -> str:
        row, column = self.cells[key]
        parts = [short_label(row.label)] if row.label else []
        name = column.path if not row.label else column.path[-1:]
        if not row.label or len(self.rows[row.key][0].columns) > 1:
            parts.append(" · ".join(short_label(label) for label in name))
        return " × ".join(parts)


@lru_cache(maxsize=4096)
def short_label(label: str) -> str:
    """A label without the remark in brackets at its end and without its long tail."""
    return re.sub(r"[（(][^（）()]{4,}[）)]$", "", label)


@dataclass(frozen=True)
class SectionForm:
    """A statutory part of the report and the titles by which it is recognised."""

    key: str
    number: int
    title: str
    statutory: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    pattern: str = ""
    table: str = ""
    accepted: tuple[str, ...] = ()
    """Other titles that packs of places declare to be right."""

    @cached_property
    def folded(self) -> str:
        return fold_label(self.title)

    @cached_property
    def folded_accepted(self) -> frozenset[str]:
        return frozenset(fold_label(title) for title in self.accepted)

    @cached_property
    def folded_statutory(self) -> frozenset[str]:
        return frozenset(fold_label(title) for title in self.statutory)

    @cached_property
    def folded_titles(self) -> frozenset[str]:
        """Every title by which the section is known, its own included."""
        return frozenset(fold_label(title) for title in (self.title, *self.statutory, *self.aliases, *self.accepted))


@dataclass(frozen=True, eq=False)
class Form:
    """A statutory form. For a given year the form with the greatest first year not after it applies."""

    name: str
    first_year: int
    title: Words
    basis: str
    sections: tuple[SectionForm, ...]
    tables: Mapping[str, TableForm]
    lenient_years: frozenset[int] = frozenset()

    def section(self, key: str) -> SectionForm | None:
        return next((section for section in self.sections if section.key == key), None)


def cell_key(row: str, column: str) -> str:
    """The key of a cell: row key and column key joined by a dot, an empty one left out."""
    return f"{row}.{column}" if row and column else row or column


def form_for(forms: tuple[Form, ...], year: int) -> Form | None:
    """The form that the report of a year must follow; None before the first."""
    fitting = [form for form in forms if form.first_year <= year]
    return max(fitting, key=lambda form: form.first_year, default=None)


def parse(data: Mapping[str, Any]) -> Form:
    """The form in a parsed TOML file that its schema has accepted."""
    return Form(
        name=data["form"],
        first_year=data["first_year"],
        title=Words(data["title"]),
        basis=data["basis"],
        sections=tuple(_section(item) for item in data["sections"]),
        tables={key: _table(key, table) for key, table in data["tables"].items()},
        lenient_years=frozenset(data.get("lenient_years", ())),
    )


def _section(data: Mapping[str, Any]) -> SectionForm:
    return SectionForm(
        key=data["key"],
        number=data["number"],
        title=data["title"],
        statutory=tuple(data.get("statutory", ())),
        aliases=tuple(data.get("aliases", ())),
        pattern=data.get("pattern", ""),
        table=data.get("table", ""),
    )


def _table(key: str, data: Mapping[str, Any]) -> TableForm:
    return TableForm(
        key=key,
        name=data["name"],
        section=data["section"],
        blocks=tuple(
            Block(
                columns=tuple(_line(item) for item in block["columns"]),
                rows=tuple(_line(item) for item in block["rows"]),
                caption=block.get("caption", ""),
                corner=block.get("corner", ""),
            )
            for block in data["blocks"]
        ),
        equations={
            item["name"]: Equation(item["name"], item["over"], tuple(item["left"]), tuple(item["right"]))
            for item in cast("list[Mapping[str, Any]]", data.get("equations", ()))
        },
    )


def _line(data: Mapping[str, Any]) -> Line:
    return Line(
        key=data["key"],
        path=tuple(data["path"]),
        accepted=tuple(data.get("accepted", ())),
        hint=data.get("hint", ""),
        signed=data.get("signed", False),
        decimal=data.get("decimal", False),
        unit=data.get("unit", ""),
    )
