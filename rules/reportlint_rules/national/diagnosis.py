"""The smallest set of figures whose change makes all sums of a table hold: a search over numbers and equations.

Every change of a figure changes each equation that it stands in by the same amount. Among few figures there is
always one that stands in an equation with none of the others, so that the equation says by how much it is off; what
is left is explained by fewer figures. Nothing here knows of reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

Number = int | Decimal
Values = Mapping[str, Number]

MOST = 4
"""How many figures are changed at most."""
BUDGET = 3_000
"""How many steps a search may take before it gives up."""


class Sum(NamedTuple):
    """An equation: the figures of the left side make as much as those of the right."""

    name: str
    """What all equations of its kind are called; those of a kind share no cell."""
    over: str
    """What it is made in: rows, columns or cells."""
    label: str
    left: tuple[str, ...]
    right: tuple[str, ...]


class Change(NamedTuple):
    """A figure as printed and as it should be, what the mistake looks like, and the figure that this is seen from."""

    cell: str
    printed: Number
    due: Number
    look: str = ""
    seen: str = ""


class Explanation(NamedTuple):
    """Changes that together make all equations hold; `pattern` names the one mistake that they may be."""

    changes: tuple[Change, ...]
    pattern: str = ""
    seen: tuple[str, ...] = ()
    """The cells by which the pattern is told: of the two columns exchanged, of the row left out."""

    @property
    def cells(self) -> frozenset[str]:
        return frozenset(change.cell for change in self.changes)


Changes = Mapping[str, Number]
Residuals = dict[int, Number]


@dataclass(frozen=True)
class System:
    """Equations over the cells of a table."""

    sums: tuple[Sum, ...]

    @cached_property
    def signs(self) -> dict[str, dict[int, int]]:
        """For each cell, those of rows in reading order, the equations it stands in: 1 on the left side, -1 right."""
        signs: dict[str, dict[int, int]] = {}
        for at, equation in sorted(enumerate(self.sums), key=lambda item: item[1].over != "rows"):
            for cells, sign in ((equation.left, 1), (equation.right, -1)):
                for cell in cells:
                    signs.setdefault(cell, {})[at] = sign
        return signs

    @cached_property
    def alone(self) -> dict[frozenset[int], tuple[str, ...]]:
        """The cells that stand in exactly these equations."""
        found: dict[frozenset[int], list[str]] = {}
        for cell, signs in self.signs.items():
            found.setdefault(frozenset(signs), []).append(cell)
        return {equations: tuple(cells) for equations, cells in found.items()}

    def residuals(self, values: Values) -> Residuals:
        """By how much the left side is greater, for each equation that does not hold."""
        found: Residuals = {}
        for at, equation in enumerate(self.sums):
            gap = sum(values[cell] for cell in equation.left) - sum(values[cell] for cell in equation.right)
            if gap:
                found[at] = gap
        return found

    def after(self, residuals: Residuals, deltas: Iterable[tuple[str, Number]]) -> Residuals:
        """What is left of residuals when figures change by some amounts."""
        left = dict(residuals)
        for cell, delta in deltas:
            for at, sign in self.signs[cell].items():
                gap = left.get(at, 0) + sign * delta
                if gap:
                    left[at] = gap
                else:
                    left.pop(at, None)
        return left

    def mends(self, values: Values, residuals: Residuals, due: Changes) -> bool:
        """Whether all equations hold once some figures are what they should be."""
        return not self.after(residuals, [(cell, value - values[cell]) for cell, value in due.items()])


@dataclass
class _Search:
    """A search for the sets of figures that explain residuals."""

    system: System
    values: Values
    found: dict[frozenset[str], dict[str, Number]] = field(default_factory=dict[frozenset[str], dict[str, Number]])
    seen: set[frozenset[tuple[str, Number]]] = field(default_factory=set[frozenset[tuple[str, Number]]])
    steps: int = 0

    def sets(self, residuals: Residuals, size: int, chosen: dict[str, Number]) -> None:
        """Find the sets of `size` more figures."""
        if size == 1:
            self._last(residuals, chosen)
            return
        for at in self._branches(residuals, size):
            equation = self.system.sums[at]
            for cell in (*equation.left, *equation.right):
                delta = -residuals[at] * self.system.signs[cell][at]
                if cell in chosen or self.values[cell] + delta < 0:
                    continue
                more = {**chosen, cell: delta}
                key = frozenset(more.items())
                if key in self.seen:
                    continue
                self.seen.add(key)
                self.steps += 1
                if self.steps > BUDGET:
                    return
                self.sets(self.system.after(residuals, ((cell, delta),)), size - 1, more)

    def _branches(self, residuals: Residuals, size: int) -> Sequence[int]:
        """The equations of which one stands alone with its figure; none where the figures are too few for all."""
        kinds: dict[str, list[int]] = {}
        for at in residuals:
            kinds.setdefault(self.system.sums[at].name, []).append(at)
        tight: Sequence[int] = tuple(residuals)
        for equations in kinds.values():
            if len(equations) > size:
                return ()
            if len(equations) == size:
                tight = equations[:1]
        return tight

    def _last(self, residuals: Residuals, chosen: dict[str, Number]) -> None:
        """Find the figure that explains all that is left."""
        for cell in self.system.alone.get(frozenset(residuals), ()):
            signs = self.system.signs[cell]
            deltas = {-gap * signs[at] for at, gap in residuals.items()}
            delta = deltas.pop()
            if not deltas and cell not in chosen and self.values[cell] + delta >= 0:
                every = {**chosen, cell: delta}
                self.found.setdefault(frozenset(every), {key: self.values[key] + by for key, by in every.items()})


def smallest(system: System, values: Values, residuals: Residuals, size: int) -> Iterator[dict[str, Number]]:
    """The sets of exactly `size` figures that explain the residuals, each with what its figures should be.

    Figures stay numbers from 0 on. Nothing where the search takes too long: half of the ties would mislead.
    """
    search = _Search(system, values)
    search.sets(residuals, size, {})
    if search.steps <= BUDGET:
        yield from search.found.values()


def components(sums: Sequence[Sum]) -> Iterator[tuple[Sum, ...]]:
    """The equations in groups that share no cell, each in the order given."""
    groups: list[tuple[set[str], set[Sum]]] = []
    for equation in sums:
        cells, members = {*equation.left, *equation.right}, {equation}
        for group in [group for group in groups if group[0] & cells]:
            groups.remove(group)
            cells, members = cells | group[0], members | group[1]
        groups.append((cells, members))
    for _, members in groups:
        yield tuple(equation for equation in sums if equation in members)
