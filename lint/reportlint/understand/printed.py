"""A table with real cells as it is compared with the forms: what is the same for every form is worked out once."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from reportlint.document import Cell, Place, Span, Table, maker
from reportlint.report import Label, State
from reportlint.text import fold, fold_label
from reportlint.understand.amounts import state_of


@lru_cache(maxsize=8192)
def judged(text: str) -> tuple[str, State]:
    """The text of a cell folded as a label, and what it is as an amount."""
    return fold_label(text), state_of(fold(text))


class Square(NamedTuple):
    """A cell as it is compared: its text folded as a label, and what it is as an amount."""

    cell: Cell
    text: str
    state: State

    @property
    def label(self) -> Label:
        """Its words and where they stand."""
        prose = self.cell.prose
        return _label((prose.text.strip(), prose.ink()))

    @property
    def where(self) -> tuple[Span, Place | None]:
        """Where its words stand, and where it stands itself."""
        return self.cell.prose.ink(), self.cell.place


_square = maker(Square)
_label = maker(Label)


class Printed:
    """A table: what covers each of its squares, and the distinct cells of its rows."""

    __slots__ = ("labels", "rows", "squares", "width")

    def __init__(self, table: Table) -> None:
        self.width = table.width
        squares = [_square((cell, *judged(cell.prose.text))) for cell in table.cells]
        self.squares = table.spread(squares)
        self.rows = [_distinct(line) for line in self.squares]
        self.labels = frozenset([square.text for square in squares])
        """Every text there is in it, folded."""


def _distinct(line: list[Square | None]) -> list[Square]:
    """The cells of a row, each once."""
    return [
        square
        for square, before in zip(line, [None, *line], strict=False)
        if square is not before and square is not None
    ]
