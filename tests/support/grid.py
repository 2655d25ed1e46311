"""The printed grid of a table: its cells with their spans, laid out from the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from support.draft import Table
from support.forms import Block, Line, cell_key

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell by its upper left corner, its spans, its text and the names it has among the places."""

    role: str
    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    names: tuple[Place, ...] = ()
    own: bool = False
    """Whether the text departs from the form on purpose."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table in reading order, with the key of the table."""

    table: str
    cells: tuple[GridCell, ...]
    height: int
    width: int
    stub: int

    def row(self, index: int) -> list[GridCell]:
        """The cells that begin in a row, from left to right."""
        return [cell for cell in self.cells if cell.row == index]

    def covering(self, index: int) -> list[GridCell]:
        """The cells that begin in a row or reach into it from above, from left to right."""
        cells = [cell for cell in self.cells if cell.row <= index < cell.row + cell.rows]
        return sorted(cells, key=lambda cell: cell.column)


@dataclass(frozen=True, slots=True)
class _Span:
    """A label over a run of lines."""

    text: str
    level: int
    levels: int
    start: int
    length: int
    key: str | None


def lay_out(table: Table) -> Grid:
    """The grid of a table as its form prints it, with the departures of the table."""
    form = table.table_form
    width = max(_stub(block) + len(block.columns) for block in form.blocks)
    cells: list[GridCell] = []
    height = 0
    for block in form.blocks:
        new, height = _lay_block(table, block, height, width)
        cells += new
    return Grid(table.key, tuple(_named(table, cells)), height, width, _stub(form.blocks[0]))


def _stub(block: Block) -> int:
    """How many columns the row labels take."""
    return max(len(row.path) for row in block.rows)


def _lay_block(table: Table, block: Block, top: int, width: int) -> tuple[list[GridCell], int]:
    """The cells of a block that begins in row `top`, and the row after it."""
    cells: list[GridCell] = []
    stub = _stub(block)
    if block.caption is not None:
        cells.append(GridCell("caption", block.caption, top, 0, columns=width))
        top += 1
    depth = max(len(column.path) for column in block.columns)
    if block.corner is not None:
        cells.append(GridCell("corner", block.corner, top, 0, rows=depth, columns=stub))
    cells += _headers(table.key, block, top, depth, width)
    top += depth
    rows = tuple(row for row in block.rows if row.key not in table.dropped)
    cells += _stubs(table, rows, top, stub)
    for index, row in enumerate(rows):
        cells += _values(table, block, row, top + index, width)
    return cells, top + len(rows)


def _headers(table: str, block: Block, top: int, depth: int, width: int) -> Iterator[GridCell]:
    """The header cells of a block; the last of each row stretches to the edge of the table."""
    stub, last = _stub(block), len(block.columns)
    for span in _spans(block.columns, depth):
        end = width if span.start + span.length == last else stub + span.start + span.length
        yield GridCell(
            "header",
            span.text,
            top + span.level,
            stub + span.start,
            rows=span.levels,
            columns=end - stub - span.start,
            names=() if span.key is None else (("header", table, _column_name(block, span.key)),),
        )


def _stubs(table: Table, rows: Sequence[Line], top: int, stub: int) -> Iterator[GridCell]:
    """The labels of the rows and the labels over them."""
    for span in _spans(rows, stub):
        text = span.text if span.key is None else table.rows.get(span.key, span.text)
        names: tuple[Place, ...] = (("stub", table.key, span.text),)
        if span.key is not None:
            names = (("row", table.key, span.key), *names)
        yield GridCell(
            "stub",
            text,
            top + span.start,
            span.level,
            rows=span.length,
            columns=span.levels,
            names=names,
            own=text != span.text,
        )


def _values(table: Table, block: Block, row: Line, at: int, width: int) -> Iterator[GridCell]:
    """The data cells of a row; the last stretches to the edge of the table."""
    stub, last = _stub(block), len(block.columns) - 1
    for offset, column in enumerate(block.columns):
        key = cell_key(row.key, column.key)
        reach = width - stub - offset if offset == last else 1
        yield GridCell("value", table.cells[key], at, stub + offset, columns=reach, names=(("cell", table.key, key),))


def _column_name(block: Block, key: str) -> str:
    """The name of a leaf header: the key of the column, or of the first cell under it where the column has none."""
    return key or cell_key(block.rows[0].key, "")


def _spans(lines: Sequence[Line], depth: int) -> Iterator[_Span]:
    """The labels over the lines: parents joined over neighbours, leaves stretched down to the lines."""
    for level in range(depth):
        start = 0
        while start < len(lines):
            path = lines[start].path
            if len(path) <= level:
                start += 1
                continue
            end = start + 1
            leaf = len(path) == level + 1
            while not leaf and end < len(lines) and lines[end].path[: level + 1] == path[: level + 1]:
                end += 1
            yield _Span(path[level], level, depth - level if leaf else 1, start, end - start, _leaf(lines[start], leaf))
            start = end


def _leaf(line: Line, leaf: bool) -> str | None:
    return line.key if leaf else None


def _named(table: Table, cells: Iterable[GridCell]) -> Iterator[GridCell]:
    """The cells in reading order, headers with their replaced texts and with the names of their labels."""
    seen: dict[str, int] = {}
    for at, cell in enumerate(sorted(cells, key=lambda cell: (cell.row, cell.column))):
        names = cell.names
        text = cell.text
        if cell.role != "value":
            names = (*names, ("table", table.key)) if at == 0 else names
        if cell.role in ("header", "corner", "caption"):
            seen[cell.text] = seen.get(cell.text, 0) + 1
            numbered = f"{cell.text}#{seen[cell.text]}"
            names = (*names, ("header", table.key, cell.text), ("header", table.key, numbered))
            text = table.headers.get(numbered, table.headers.get(cell.text, cell.text))
        yield GridCell(
            cell.role, text, cell.row, cell.column, cell.rows, cell.columns, names, cell.own or text != cell.text
        )
