"""What a mistake in figures looks like: digits exchanged, a column shifted, a row left out of a total.

`diagnose` joins this with the search of `diagnosis`: the smallest explanations of sums that do not hold, the simplest
first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from reportlint_rules.national.diagnosis import (
    MOST,
    Change,
    Explanation,
    Number,
    Residuals,
    Sum,
    System,
    Values,
    smallest,
)

RANKS = {"": 6, "digit": 4, "lacks": 2, "doubles": 2, "fewer-digits": 2, "more-digits": 2, "transposed": 2}
"""How odd a change of a figure is; the lowest sum is the simplest explanation."""
PATTERN_RANKS = {"moved": 6, "moved-row": 6, "split": 2, "merged": 2, "swapped-table": 3}
"""How odd a pattern is; 1 where it is not named here."""


class Diagnosis(NamedTuple):
    """The smallest explanations, the simplest first."""

    explanations: tuple[Explanation, ...]

    @property
    def likely(self) -> bool:
        """Whether the first is a plain mistake and no other is as simple."""
        ranks = [rank(item) for item in self.explanations[:2]]
        return len(ranks) == 2 and ranks[0] < ranks[1] and ranks[0] <= 2 * len(self.explanations[0].changes)


@dataclass(frozen=True)
class Layout:
    """The rows that equations are made in, as cells with the total last, and the columns of these rows."""

    system: System

    @cached_property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple((*s.left, *s.right) for s in self.system.sums if s.over == "rows" and len(s.right) == 1)

    @cached_property
    def places(self) -> dict[str, tuple[int, int]]:
        """Row and column of each cell."""
        return {cell: (at, column) for at, row in enumerate(self.rows) for column, cell in enumerate(row)}

    @cached_property
    def touched(self) -> tuple[frozenset[int], ...]:
        """The equations that each row has a part in."""
        return tuple(frozenset(at for cell in row for at in self.system.signs[cell]) for row in self.rows)

    @cached_property
    def totals(self) -> dict[str, tuple[Sum, ...]]:
        """The equations made in columns that have one total, by name."""
        found: dict[str, tuple[Sum, ...]] = {}
        for equation in self.system.sums:
            if equation.over == "columns" and len(equation.right) == 1:
                found[equation.name] = (*found.get(equation.name, ()), equation)
        return found


def diagnose(layout: Layout, values: Values, residuals: Residuals) -> Diagnosis | None:
    """The smallest explanations of residuals; None where none of few figures is found."""
    system = layout.system
    for size in range(1, MOST + 1):
        found = {frozenset(due): due for due in smallest(system, values, residuals, size)}
        named: list[Explanation] = []
        if size == 2:
            for pattern, seen, due in _patterns(layout, values, residuals):
                cells = frozenset(cell for cell, value in due.items() if value != values[cell])
                if cells and all(value >= 0 for value in due.values()) and system.mends(values, residuals, due):
                    found.pop(cells, None)
                    if cells not in {item.cells for item in named}:
                        named.append(Explanation(_changes(system, values, due), pattern, seen))
        listed = [*named, *(_explained(layout, values, due) for due in found.values())]
        if listed:
            return Diagnosis(tuple(sorted(listed, key=lambda item: (rank(item), _order(layout, item)))))
    return None


def rank(item: Explanation) -> int:
    """How odd an explanation is."""
    looks = sum(RANKS[change.look] for change in item.changes)
    return min(looks, PATTERN_RANKS.get(item.pattern, 1)) if item.pattern else looks


def _order(layout: Layout, item: Explanation) -> list[int]:
    """Totals before parts, then in reading order."""
    order = list(layout.system.signs)
    totals = {cell for equation in layout.system.sums for cell in equation.right}
    return [sum(cell not in totals for cell in item.cells), *sorted(order.index(cell) for cell in item.cells)]


# --- one figure -------------------------------------------------------------------------------------------------


def _changes(system: System, values: Values, due: Mapping[str, Number]) -> tuple[Change, ...]:
    """The changes in reading order, each with what it looks like."""
    changed = (cell for cell in system.signs if due.get(cell, values[cell]) != values[cell])
    return tuple(_change(system, values, cell, due[cell]) for cell in changed)


def _change(system: System, values: Values, cell: str, due: Number) -> Change:
    printed = values[cell]
    look = digits(printed, due)
    if look in ("", "digit") and (part := _part(system, values, cell, due - printed)) is not None:
        return Change(cell, printed, due, "lacks" if due > printed else "doubles", part)
    return Change(cell, printed, due, look)


def digits(printed: Number, due: Number) -> str:
    """What happened to the digits of a number: transposed, more-digits, fewer-digits, digit, or nothing known."""
    if isinstance(printed, Decimal) or isinstance(due, Decimal) or max(printed, due) < 10:
        return ""
    wrong, right = str(printed), str(due)
    if len(wrong) == len(right):
        apart = [at for at, (one, other) in enumerate(zip(wrong, right, strict=True)) if one != other]
        if len(apart) == 2 and apart[1] == apart[0] + 1 and wrong[apart[0]] == right[apart[1]]:
            exchanged = wrong[apart[1]] == right[apart[0]]
            return "transposed" if exchanged else ""
        return "digit" if len(apart) == 1 else ""
    if wrong in _shorter(right):
        return "fewer-digits"
    return "more-digits" if right in _shorter(wrong) else ""


def _shorter(number: str) -> set[str]:
    """A number with each of its digits left out in turn."""
    return {number[:at] + number[at + 1 :] for at in range(len(number))}


def _part(system: System, values: Values, cell: str, short: Number) -> str | None:
    """The one part by which a total is too small, or too great where it is counted twice; None where none or many."""
    size = short if short > 0 else -short
    for at, sign in system.signs[cell].items():
        equation = system.sums[at]
        if sign < 0 and len(equation.right) == 1:
            parts = [part for part in equation.left if values[part] == size > 1]
            if len(parts) == 1:
                return parts[0]
    return None


def _explained(layout: Layout, values: Values, due: Mapping[str, Number]) -> Explanation:
    """A set of changes with the pattern that two figures of a row or of a column may make."""
    changes = _changes(layout.system, values, due)
    if len(changes) != 2 or not all(change.cell in layout.places for change in changes):
        return Explanation(changes)
    one, other = changes
    (row, column), (other_row, other_column) = (layout.places[change.cell] for change in changes)
    if row != other_row and column != other_column:
        return Explanation(changes)
    suffix = "" if row == other_row else "-row"
    seen = (one.cell, other.cell)
    if one.printed == other.due and other.printed == one.due:
        return Explanation(changes, f"swapped{suffix}", seen)
    last = len(layout.rows[row]) - 1
    if one.due - one.printed == other.printed - other.due and (suffix or last not in (column, other_column)):
        # Seen first is where the cases belong.
        return Explanation(changes, f"moved{suffix}", seen if one.due > one.printed else seen[::-1])
    return Explanation(changes)


# --- whole rows and columns -------------------------------------------------------------------------------------

Candidate = tuple[str, tuple[str, ...], dict[str, Number]]


def _patterns(layout: Layout, values: Values, residuals: Residuals) -> Iterator[Candidate]:
    """Mistakes of whole rows and columns that may be at hand, to be tried."""
    failing = residuals.keys()
    for row, touched in zip(layout.rows, layout.touched, strict=True):
        if failing <= touched:
            printed = [values[cell] for cell in row]
            for pattern, due in _rewritten(printed):
                if sum(due[:-1]) == due[-1]:
                    yield pattern, row[:1], dict(zip(row, due, strict=True))
    yield from _swapped(layout, values, residuals)
    yield from _left_out(layout, values, residuals)


def _rewritten(row: Sequence[Number]) -> Iterator[tuple[str, list[Number]]]:
    """What a row may have been before it was shifted, or before numbers in it were split or merged."""
    if row[0] == 0:
        yield "shifted-right", [*row[1:], sum(row[1:])]
    if row[-1] == 0:
        yield "shifted-left", [row[-2] - sum(row[:-2]), *row[:-1]]
    yield "shifted-right", [*row[1:], row[0]]
    yield "shifted-left", [row[-1], *row[:-1]]
    for at in range(len(row) - 1):
        here, after = row[at], row[at + 1]
        whole = int(f"{here}{after}") if isinstance(here, int) and isinstance(after, int) and here > 0 else None
        if whole is not None:
            yield "split", [*row[:at], whole, 0, *row[at + 2 :]]
            yield "split", [*row[:at], 0, whole, *row[at + 2 :]]
            rest = [*row[:at], whole, *row[at + 2 :]]
            yield "split", [*rest, sum(rest)]
        for left, right in _cuts(here):
            if after == 0:
                yield "merged", [*row[:at], left, right, *row[at + 2 :]]
            if row[-1] == 0:
                yield "merged", [*row[:at], left, right, *row[at + 1 : -1]]


def _cuts(number: Number) -> Iterator[tuple[int, int]]:
    """A number cut in two between digits."""
    text = str(number)
    if not isinstance(number, int) or number < 10:
        return
    for at in range(1, len(text)):
        if text[at] != "0" or at == len(text) - 1:
            yield int(text[:at]), int(text[at:])


def _swapped(layout: Layout, values: Values, residuals: Residuals) -> Iterator[Candidate]:
    """Two columns exchanged over several rows: with the total in the rows that fail, others in a stretch of rows."""
    rows = layout.rows
    if not rows or len({len(row) for row in rows}) != 1:
        return
    wrong = [row for row, own in zip(rows, _own_sums(layout), strict=True) if own in residuals]
    width = len(rows[0])
    if wrong:
        stretches, pairs = [wrong], [[column, width - 1] for column in range(width - 1)]
    else:
        cells = [cell for at in residuals for cell in layout.system.sums[at].left]
        # A row whose total is missing has no place in the rectangle.
        hurt = {layout.places[cell][1] for cell in cells if cell in layout.places}
        if len(hurt) != 2:
            return
        pairs = [sorted(hurt)]
        stretches = [list(rows[at:]) for at in range(1, len(rows) - 1)]
        for sums in layout.totals.values():
            parts, whole = sums[0].left, (*sums[0].left, *sums[0].right)
            stretches += [[row for row in rows if not own.isdisjoint(row)] for own in ({*parts}, {*whole})]
    for first, second in pairs:
        for stretch in stretches:
            due = {row[first]: values[row[second]] for row in stretch}
            due |= {row[second]: values[row[first]] for row in stretch}
            if len(stretch) > 1:
                yield "swapped-table", (stretch[0][first], stretch[0][second], stretch[-1][first]), due


def _own_sums(layout: Layout) -> list[int]:
    """The number of the equation that each row is."""
    return [at for at, s in enumerate(layout.system.sums) if s.over == "rows" and len(s.right) == 1]


def _left_out(layout: Layout, values: Values, residuals: Residuals) -> Iterator[Candidate]:
    """A row left out of all totals below it or counted twice there, or a column in the totals beside it."""
    for equations in layout.totals.values():
        for at in range(len(equations[0].left)):
            for look, sign in (("lacks", 1), ("doubles", -1)):
                due = {s.right[0]: values[s.right[0]] + sign * values[s.left[at]] for s in equations}
                yield f"{look}-row", (equations[0].left[at],), due
    wrong = [row for row, own in zip(layout.rows, _own_sums(layout), strict=True) if own in residuals]
    for column in range(len(wrong[0]) - 1 if len(wrong) > 1 else 0):
        for look, sign in (("lacks", 1), ("doubles", -1)):
            due = {row[-1]: values[row[-1]] + sign * values[row[column]] for row in wrong}
            yield f"{look}-column", (wrong[0][column],), due
