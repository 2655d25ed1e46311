"""Cells on the grid of a Word table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SLIVER = 60
"""Columns thinner than this (in twentieths of a point, about 1 mm) are left over from converting, not meant."""


@dataclass(slots=True)
class Square:
    """A cell by its upper left corner, its spans and what it holds."""

    row: int
    column: int
    rows: int
    columns: int
    content: list[Element]


def without_slivers(squares: list[Square], widths: Sequence[int]) -> tuple[list[Square], int]:
    """The cells without the columns that are too thin to be meant, and the width of the grid.

    LibreOffice adds such a column for edges of two rows that are a hair apart. It goes only where every cell over
    it also covers another column.
    """
    width = max((square.column + square.columns for square in squares), default=0)
    for column in range(min(width, len(widths)) - 1, -1, -1):
        if widths[column] >= SLIVER:
            continue
        over = [square for square in squares if square.column <= column < square.column + square.columns]
        if any(square.columns == 1 for square in over):
            continue
        for square in over:
            square.columns -= 1
        for square in squares:
            if square.column > column:
                square.column -= 1
        width -= 1
    return squares, width
