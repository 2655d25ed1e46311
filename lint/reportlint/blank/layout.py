"""A table of a form as it is printed: which label stands where and how far it reaches, and where figures go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from reportlint.form import Block, Line, TableForm, cell_key


class Square(NamedTuple):
    """A cell of the table by its upper left corner, and how many rows and columns it takes."""

    row: int
    column: int
    rows: int
    columns: int
    role: Literal["caption", "corner", "header", "stub", "value"]
    text: str
    key: str = ""
    """Of a value: the key of its cell."""


class Layout(NamedTuple):
    """A table by its cells, from left to right and from top to bottom."""

    squares: tuple[Square, ...]
    height: int
    width: int
    stub: int
    """How many columns the labels of the rows take."""
    head: int
    """How many rows the first labels of the columns take, with what stands above them."""

    def rows(self) -> Iterator[list[Square]]:
        """The cells that begin in each row."""
        for row in range(self.height):
            yield [square for square in self.squares if square.row == row]


def laid_out(table: TableForm) -> Layout:
    """The table as its form prints it; the last cell of a row reaches to the edge."""
    width = max(_stub(block) + len(block.columns) for block in table.blocks)
    squares: list[Square] = []
    top = 0
    for block in table.blocks:
        squares += _block(block, top, width)
        top = max(square.row + square.rows for square in squares)
    ordered = tuple(sorted(squares, key=lambda square: square[:2]))
    head = next((square.row for square in ordered if square.role == "value"), top)
    return Layout(ordered, top, width, _stub(table.blocks[0]), head)


def _stub(block: Block) -> int:
    """How many columns the labels of the rows take."""
    return max(len(row.path) for row in block.rows)


def _block(block: Block, top: int, width: int) -> Iterator[Square]:
    stub = _stub(block)
    if block.caption:
        yield Square(top, 0, 1, width, "caption", block.caption)
        top += 1
    depth = max(len(column.path) for column in block.columns)
    if stub:
        yield Square(top, 0, depth, stub, "corner", block.corner)
    for text, level, levels, start, length in _labels(block.columns, depth):
        at = stub + start
        reach = width - at if start + length == len(block.columns) else length
        yield Square(top + level, at, levels, reach, "header", text)
    top += depth
    for text, level, levels, start, length in _labels(block.rows, stub):
        yield Square(top + start, level, length, levels, "stub", text)
    for down, row in enumerate(block.rows):
        for right, column in enumerate(block.columns):
            at = stub + right
            reach = width - at if right == len(block.columns) - 1 else 1
            yield Square(top + down, at, 1, reach, "value", "", cell_key(row.key, column.key))


def _labels(lines: Sequence[Line], depth: int) -> Iterator[tuple[str, int, int, int, int]]:
    """Each label with its level, how many levels it takes, its first line and how many lines it stands over."""
    for level in range(depth):
        start = 0
        while start < len(lines):
            path = lines[start].path
            if len(path) <= level:
                start += 1
                continue
            last = len(path) == level + 1
            end = start + 1
            while not last and end < len(lines) and lines[end].path[: level + 1] == path[: level + 1]:
                end += 1
            yield path[level], level, depth - level if last else 1, start, end - start
            start = end
