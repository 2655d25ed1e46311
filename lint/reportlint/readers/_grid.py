"""Rows of cells with spans as a grid, in the way of HTML: each cell goes to the first free square of its row."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.document import Cell, Prose, Table, maker
from reportlint.errors import Unreadable, words

SQUARES = 200_000
"""The greatest number of squares of a table; the longest table of the forms has under 300."""


Spanned = tuple[Prose, int, int]
"""A cell and how many rows and columns it wants to reach over; 0 rows reach to the end of its group."""

_cell = maker(Cell)


def table(rows: Sequence[tuple[int, Sequence[Spanned]]]) -> Table:
    """The table of these rows, each with the number of its row group. Cells never overlap: the later one is cut."""
    cells: list[Cell] = []
    taken: list[set[int]] = [set() for _ in rows]
    width = 0
    ends = {group: index for index, (group, _) in enumerate(rows)}
    for index, (group, row) in enumerate(rows):
        column = 0
        last = ends[group]
        free = taken[index]
        for prose, down, across in row:
            if down == across == 1 and not free:
                # Nearly every cell.
                cells.append(_cell((index, column, prose, 1, 1, None)))
                column += 1
                continue
            while column in free:
                column += 1
            reach = 1
            while reach < across and column + reach not in free:
                reach += 1
            if down != 1:
                down = last - index + 1 if down == 0 else min(down, last - index + 1)
                for below in range(index + 1, index + down):
                    taken[below].update(range(column, column + reach))
            cells.append(_cell((index, column, prose, down, reach, None)))
            column += reach
        width = max(width, column)
        if width * len(rows) > SQUARES:
            raise Unreadable("RL005", words("表格过大", "a table is too large"))
    return Table(tuple(cells), len(rows), width)
