"""A table with real cells as it is compared with the forms: what is the same for every form is worked out once."""

from __future__ import annotations

from functools import lru_cache

from reportlint.document import Cell, Table
from reportlint.report import State
from reportlint.text import fold, fold_label
from reportlint.understand.amounts import state_of


@lru_cache(maxsize=8192)
def judged(text: str) -> tuple[str, State]:
    """The text of a cell folded as a label, and what it is as an amount."""
    return fold_label(text), state_of(fold(text))


class Printed:
    """A table, the distinct cells of its rows, and the folded label and the state of each cell by its identity."""

    __slots__ = ("labels", "rows", "squares", "states", "texts", "width")

    def __init__(self, table: Table) -> None:
        self.width = table.width
        self.squares = table.grid()
        self.rows: list[list[Cell]] = []
        for row in self.squares:
            cells: list[Cell] = []
            last = None
            for cell in row:
                if cell is not None and cell is not last:
                    cells.append(cell)
                last = cell or last
            self.rows.append(cells)
        self.texts: dict[int, str] = {}
        self.states: dict[int, State] = {}
        for cell in table.cells:
            self.texts[id(cell)], self.states[id(cell)] = judged(cell.prose.text)
        self.labels = frozenset(self.texts.values())
        """Every text there is in it, folded."""
