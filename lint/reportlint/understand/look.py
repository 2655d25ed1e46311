"""What tables look like: where their cells stand and what labels they hold, whatever their figures.

The reports of a place are written in one layout, so that what the cells of a table are is worked out once for all
tables that look alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from reportlint.document import Table, maker, spread
from reportlint.report import State
from reportlint.text import fold, fold_label
from reportlint.understand.amounts import state_of

FIGURE = "#"
"""What stands for any number; no label is it, since labels are folded without this sign."""


class Look(NamedTuple):
    """A table by its cells in order: row, column, rows and columns of each, and what `judged` says of its text."""

    cells: tuple[tuple[int, int, int, int, tuple[str, State]], ...]
    height: int
    width: int


@lru_cache(maxsize=8192)
def judged(text: str) -> tuple[str, State]:
    """The text of a cell folded as a label, all numbers being the same, and what it is as an amount."""
    state = state_of(fold(text))
    return FIGURE if state == "value" else fold_label(text), state


def look_of(table: Table) -> Look:
    """What a table looks like."""
    cells = [(row, column, rows, columns, judged(prose.text)) for row, column, prose, rows, columns, _ in table.cells]
    return Look(tuple(cells), table.height, table.width)


class Square(NamedTuple):
    """A cell as it is compared with the forms."""

    number: int
    """Which of the cells of all tables it is, from 0."""
    row: int
    column: int
    rows: int
    columns: int
    text: str
    """Folded as a label; `FIGURE` for a number."""
    state: State


_square = maker(Square)


class Printed:
    """A table of that look: what covers each of its squares, and the distinct cells of its rows."""

    __slots__ = ("labels", "rows", "squares", "width")

    def __init__(self, look: Look, first: int) -> None:
        """`first` is the number of its first cell."""
        self.width = look.width
        squares = [
            _square((number, row, column, rows, columns, text, state))
            for number, (row, column, rows, columns, (text, state)) in enumerate(look.cells, first)
        ]
        self.squares = spread(squares, look.height, look.width)
        self.rows = [_distinct(line) for line in self.squares]
        self.labels = frozenset([square.text for square in squares])
        """Every text there is in it, folded."""


def _distinct(line: Sequence[Square | None]) -> list[Square]:
    """The cells of a row, each once."""
    return [
        square
        for square, before in zip(line, [None, *line], strict=False)
        if square is not before and square is not None
    ]
