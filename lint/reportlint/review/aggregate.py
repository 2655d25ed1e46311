"""The three tables of a government as the sums of its members', and where its own report says otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from reportlint.contents import Figures
from reportlint.errors import Words, words
from reportlint.finding import FileResult
from reportlint.form import TableForm
from reportlint.report import Roster
from reportlint.review.units import Unit

Number = int | Decimal


class Omitted(NamedTuple):
    """A member that a sum lacks, and why."""

    unit: str
    why: Words


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell of the draft: the sum, how many members are in it, and which are not."""

    value: Number
    counted: int
    omitted: tuple[Omitted, ...]


class Difference(NamedTuple):
    """A cell in which the government's own report is not the sum of its members."""

    table: TableForm
    cell: str
    sum: Sum
    own: Number | None
    """What its report says; None where there is no number."""
    shown: str
    """What is printed there."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The drafted tables of an agency."""

    agency: str
    members: tuple[Unit, ...]
    tables: Mapping[str, TableForm]
    sums: Mapping[str, Mapping[str, Sum]]
    """By table and by cell."""
    own: FileResult | None = None
    """The agency's own report, where it is there."""

    def differences(self) -> Iterator[Difference]:
        """The cells in which the agency's own report says something else; nothing where it has none."""
        if self.own is None or self.own.contents is None:
            return
        for key, table in self.tables.items():
            figures = self.own.contents.tables.get(key)
            if figures is None or figures.table is not table:
                continue
            for cell, total in self.sums[key].items():
                figure = figures.cells.get(cell)
                counts = figure.counts if figure is not None else None
                if counts != total.value:
                    yield Difference(table, cell, total, counts, figure.text if figure is not None else "")

    def compares(self, key: str) -> bool:
        """Whether the agency's own report has that table in the same form."""
        contents = self.own.contents if self.own is not None else None
        return contents is not None and key in contents.tables and contents.tables[key].table is self.tables[key]


def drafts(listed: Sequence[Unit], roster: Roster) -> list[Draft]:
    """A draft for every agency that the roster names as a parent; one of all members where it names none."""
    parents = list(dict.fromkeys(member.parent for member in roster.members if member.parent))
    by_name = {unit.name: unit for unit in listed}
    if not parents:
        members = [unit for unit in listed if unit.member is not None]
        return [draft for draft in [_draft("", members, None)] if draft.tables]
    found: list[Draft] = []
    for parent in parents:
        members = [unit for unit in listed if unit.member is not None and unit.member.parent == parent]
        own = by_name[parent].file if parent in by_name else None
        found.append(_draft(parent, members, own))
    return [draft for draft in found if draft.tables]


def _draft(agency: str, members: Sequence[Unit], own: FileResult | None) -> Draft:
    tables = _forms(members)
    sums = {key: {cell: _sum(members, key, table, cell) for cell in table.cells} for key, table in tables.items()}
    return Draft(agency, tuple(members), tables, sums, own)


def _forms(members: Sequence[Unit]) -> dict[str, TableForm]:
    """The form of each table that most members follow: figures of another form do not add to it."""
    votes: dict[str, list[TableForm]] = {}
    for unit in members:
        contents = unit.file.contents if unit.file is not None else None
        for key, figures in contents.tables.items() if contents is not None else ():
            votes.setdefault(key, []).append(figures.table)
    return {key: max(given, key=lambda form: sum(other is form for other in given)) for key, given in votes.items()}


def _sum(members: Sequence[Unit], key: str, table: TableForm, cell: str) -> Sum:
    value: Number = 0
    counted = 0
    omitted: list[Omitted] = []
    for unit in members:
        number = _counts(unit, key, table, cell)
        if isinstance(number, Words):
            omitted.append(Omitted(unit.name, number))
            continue
        value += number
        counted += 1
    return Sum(value, counted, tuple(omitted))


def _counts(unit: Unit, key: str, table: TableForm, cell: str) -> Number | Words:
    """What a member's cell adds to the sum; in words why it adds nothing."""
    if not unit.files:
        return words("未报送", "missing")
    if unit.file is None:
        return words("报送多份，不知以哪份为准", "several reports")
    figures: Figures | None = unit.file.contents.tables.get(key) if unit.file.contents is not None else None
    if figures is None:
        return words(f"没有{table.name}", f"no table {key}")
    if figures.unreadable is not None:
        return words(f"{table.name}无法辨认", f"table {key} is unreadable")
    if figures.table is not table:
        return words(f"{table.name}是{figures.form}年格式", f"table {key} follows the form of {figures.form}")
    figure = figures.cells.get(cell)
    if figure is None or figure.counts is None:
        printed = f"“{figure.text}”" if figure is not None and figure.text else ""
        return words(f"这一格没有数{printed}", f"no number in the cell {printed}".rstrip())
    return figure.counts
