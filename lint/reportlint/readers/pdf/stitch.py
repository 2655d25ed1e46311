"""Tables cut by the ends of pages, put together again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from reportlint.readers.pdf.lattice import NEAR, Lattice, Square, edges
from reportlint.readers.pdf.lines import joined

_FRESH = re.compile(r"\s*(?:\d{1,2}\s*[.．、]|[（(]\s*[一二三四五六七八九十]+\s*[）)]|[一二三四]\s*、|第二十条)")
"""How labels begin that begin a row of the forms."""

_WHOLE = frozenset(
    ("规章", "规范性文件", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费", "政府集中采购")
) | {"其他对外管理服务事项", "信息内容"}
"""Labels of the forms without an ordinal; they too begin a row."""

_NUMBER = re.compile(r"[-−+]?[\d,，.．\s]+(?:万?元)?|[/／—–-]+|无")


def fits(above: Lattice, below: Lattice) -> bool:
    """Whether one table can be the rest of another: as wide, at the same place."""
    return abs(above.edges[0] - below.edges[0]) < 2 * NEAR and abs(above.edges[-1] - below.edges[-1]) < 2 * NEAR


def stitched(above: Lattice, below: Lattice) -> Lattice:
    """The two as one table: columns brought together by their edges, repeated headers and torn rows healed."""
    columns = edges([*above.edges, *below.edges])
    top, rest = _on(above, columns), _without_repeated_header(above, below, columns)
    stub = _stub([*top, *rest])
    height = above.height
    shift = height
    if rest and (torn := _torn(top, rest, height - 1, stub)):
        top, rest = _healed(top, rest, height - 1, torn)
        shift -= 1
    else:
        top, rest = _with_labels_joined(top, rest, height, stub)
    cells = [*top, *(replace(cell, row=cell.row + shift) for cell in rest)]
    total = max(cell.row + cell.rows for cell in cells)
    return Lattice(above.page, above.box, columns, total, cells)


def _on(table: Lattice, columns: Sequence[float]) -> list[Square]:
    """The cells of a table on other columns."""
    where = [_index(columns, edge) for edge in table.edges]
    return [
        replace(cell, column=where[cell.column], columns=where[cell.column + cell.columns] - where[cell.column])
        for cell in table.cells
    ]


def _index(columns: Sequence[float], edge: float) -> int:
    index = bisect_left(columns, edge)
    near = [i for i in (index - 1, index) if 0 <= i < len(columns)]
    return min(near, key=lambda i: abs(columns[i] - edge))


def _without_repeated_header(above: Lattice, below: Lattice, columns: Sequence[float]) -> list[Square]:
    """The cells of the lower part without the rows that repeat the first rows of the upper."""
    top, rest = _on(above, columns), _on(below, columns)
    repeated = 0
    for count in range(1, min(above.height, below.height)):
        first, again = _rows(top, count), _rows(rest, count)
        if first is None or again is None:
            continue
        if first != again:
            break
        if any(text and not _NUMBER.fullmatch(text) for *_, text in first):
            repeated = count
    return [replace(cell, row=cell.row - repeated) for cell in rest if cell.row >= repeated]


def _rows(cells: Sequence[Square], count: int) -> list[tuple[int, int, int, int, str]] | None:
    """The first rows as comparable values; None where a cell reaches out of them."""
    inside = [cell for cell in cells if cell.row < count]
    if any(cell.row + cell.rows > count for cell in inside):
        return None
    return sorted((cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in inside)


def _stub(cells: Sequence[Square]) -> int:
    """How many columns the labels of the rows take: those left of the first column with a number in it."""
    return min((cell.column for cell in cells if cell.columns == 1 and _NUMBER.fullmatch(cell.text)), default=0)


def _is_part(text: str) -> bool:
    """Whether a label is the end of one that begins above."""
    return not _FRESH.match(text) and text.strip() not in _WHOLE


def _torn(top: Sequence[Square], rest: Sequence[Square], last: int, stub: int) -> bool:
    """Whether the first row of the lower part is the end of the last row of the upper."""
    first_row = [cell for cell in rest if cell.row == 0]
    last_row = [cell for cell in top if cell.row <= last < cell.row + cell.rows]
    if not any(cell.text for cell in first_row):
        return True
    if not stub:
        return False
    labels = [cell for cell in first_row if cell.column < stub]
    numbers = [cell for cell in first_row if cell.column >= stub]
    above = [cell for cell in last_row if cell.column >= stub]
    if not numbers or not above or any(cell.rows > 1 for cell in numbers):
        return False
    if not all(_is_part(cell.text) for cell in labels if cell.text):
        return False
    if not any(cell.text for cell in numbers):
        # Numbers stand in the upper part: they were all printed there, so that only the label goes on.
        return any(cell.text for cell in above)
    return not any(cell.text for cell in above) and _has_label(last_row, stub)


def _has_label(row: Sequence[Square], stub: int) -> bool:
    return any(cell.text and cell.column + cell.columns == stub for cell in row)


def _healed(top: Sequence[Square], rest: Sequence[Square], last: int, torn: bool) -> tuple[list[Square], list[Square]]:
    """The torn row as one: each cell of its lower half goes to the cell above it."""
    by_column = {cell.column: cell for cell in top if cell.row <= last < cell.row + cell.rows}
    kept: list[Square] = []
    grown: dict[int, Square] = {}
    for cell in rest:
        above = by_column.get(cell.column) if cell.row == 0 else None
        if above is None or above.columns != cell.columns:
            if cell.row or cell.text:
                kept.append(cell if cell.row else replace(cell, row=1, rows=max(1, cell.rows - 1)))
            continue
        grown[id(above)] = replace(
            above, text=joined(above.text, cell.text), rows=max(above.rows, last - above.row + cell.rows)
        )
    return [grown.get(id(cell), cell) for cell in top], kept


def _with_labels_joined(
    top: Sequence[Square], rest: Sequence[Square], height: int, stub: int
) -> tuple[list[Square], list[Square]]:
    """Labels over several rows that the page cuts, as one."""
    by_column = {cell.column: cell for cell in top if cell.row + cell.rows == height}
    grown: dict[int, Square] = {}
    kept: list[Square] = []
    for cell in rest:
        above = by_column.get(cell.column) if cell.row == 0 and cell.column + cell.columns < stub else None
        if above is None or above.columns != cell.columns or (cell.text and not _is_part(cell.text)):
            kept.append(cell)
            continue
        grown[id(above)] = replace(above, text=joined(above.text, cell.text), rows=above.rows + cell.rows)
    return [grown.get(id(cell), cell) for cell in top], kept
