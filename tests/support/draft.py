"""A report to be written: its title, its prose and the cells of its tables, before any style of writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from support.forms import TableForm, read_form

ORDINALS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be written: the form it follows, the text of its cells, and where it leaves the form.

    `rows` replaces the last label of a row, by row key. `headers` replaces a header label, by the label of the
    form, or only its n-th appearance, by `label#n`. Dropped rows are not written at all.
    """

    form: str
    key: str
    cells: Mapping[str, str]
    rows: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()

    @property
    def table_form(self) -> TableForm:
        return read_form(self.form).tables[self.key]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report. Its number is its name in `places`; the heading carries what is printed."""

    number: int
    heading: str | None
    before: tuple[str, ...] = ()
    table: Table | None = None
    after: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs before and after the table, numbered through in `places`."""
        return self.before + self.after


@dataclass(frozen=True, slots=True)
class Draft:
    """A report to be written. Every edit gives a new draft; an edit that changes nothing is an error."""

    year: int
    kind: str
    agency: str
    title: tuple[str, ...]
    published: str | None
    preface: tuple[str, ...]
    parts: tuple[Part, ...]
    tail: tuple[str, ...] = ()

    def part(self, number: int) -> Part:
        """The part of that number."""
        return next(part for part in self.parts if part.number == number)

    def table(self, key: str) -> Table:
        """The table of that key."""
        return next(part.table for part in self.parts if part.table is not None and part.table.key == key)

    def text(self, table: str, cell: str) -> str:
        """What is printed in a cell."""
        return self.table(table).cells[cell]

    def count(self, table: str, cell: str) -> int:
        """The whole number printed in a cell."""
        return int(self.text(table, cell))

    def with_part(self, number: int, **changes: Any) -> Draft:
        """The draft with the fields of one part replaced."""
        self.part(number)
        return replace(self, parts=tuple(replace(p, **changes) if p.number == number else p for p in self.parts))

    def without_part(self, number: int) -> Draft:
        """The draft with a part dropped, heading and all."""
        self.part(number)
        return replace(self, parts=tuple(part for part in self.parts if part.number != number))

    def with_part_after(self, number: int, new: Part) -> Draft:
        """The draft with one more part after the part of that number."""
        at = self.parts.index(self.part(number)) + 1
        return replace(self, parts=(*self.parts[:at], new, *self.parts[at:]))

    def with_table(self, key: str, **changes: Any) -> Draft:
        """The draft with the fields of one table replaced."""
        table = replace(self.table(key), **changes)
        return replace(
            self,
            parts=tuple(replace(p, table=table) if p.table and p.table.key == key else p for p in self.parts),
        )

    def with_cells(self, key: str, cells: Mapping[str, str | int]) -> Draft:
        """The draft with other texts in some cells of a table."""
        old = self.table(key).cells
        if unknown := cells.keys() - old.keys():
            raise KeyError(f"{key} has no cells {sorted(unknown)}")
        return self.with_table(key, cells={**old, **{cell: str(text) for cell, text in cells.items()}})

    def shifted(self, key: str, **cells: int) -> Draft:
        """The draft with numbers added to cells; a dot in a cell key is written as two underscores."""
        named = {cell.replace("__", "."): by for cell, by in cells.items()}
        return self.with_cells(key, {cell: self.count(key, cell) + by for cell, by in named.items()})

    def with_paragraphs(self, section: int, *paragraphs: str) -> Draft:
        """The draft with the paragraphs before the table of a part (0: the preface) replaced."""
        if section == 0:
            return replace(self, preface=paragraphs)
        return self.with_part(section, before=paragraphs)

    def with_paragraph(self, section: int, index: int, *paragraphs: str) -> Draft:
        """The draft with one paragraph before the table replaced by some, or by none."""
        old = self.preface if section == 0 else self.part(section).before
        if not 0 <= index < len(old):
            raise IndexError(f"part {section} has no paragraph {index}")
        return self.with_paragraphs(section, *old[:index], *paragraphs, *old[index + 1 :])

    def with_words(self, section: int, old: str, new: str) -> Draft:
        """The draft with words replaced that stand exactly once in the paragraphs before the table of a part."""
        index = self.index(section, old)
        paragraphs = self.preface if section == 0 else self.part(section).before
        if sum(paragraph.count(old) for paragraph in paragraphs) != 1:
            raise ValueError(f"part {section} says more than once: {old}")
        return self.with_paragraph(section, index, paragraphs[index].replace(old, new))

    def index(self, section: int, words: str) -> int:
        """The index of the first paragraph of a part (0: the preface) with these words."""
        paragraphs = self.preface if section == 0 else self.part(section).paragraphs
        for index, paragraph in enumerate(paragraphs):
            if words in paragraph:
                return index
        raise ValueError(f"part {section} does not say: {words}")
