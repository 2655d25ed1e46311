"""Ruled tables on one page: rules that meet make a lattice, squares with no rule between them make a cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reportlint.readers.pdf.ink import Box, Glyph, Ink, Rule
from reportlint.readers.pdf.lines import cell_text

LOW, NARROW = 9.0, 6.5
"""Rows lower and columns narrower than this hold no text of their own."""
NEAR = 4.0
"""Rules nearer than this are one: the double lines of pages printed from a browser; no row is so low."""


@dataclass(slots=True)
class Square:
    """A cell: its upper left corner in the grid, its spans, its text and where it stands."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    page: int
    box: Box


@dataclass(slots=True)
class Lattice:
    """A table on one page, or stitched over several; `edges` are the left edges of its columns and the last right."""

    page: int
    box: Box
    edges: list[float]
    height: int
    cells: list[Square] = field(default_factory=list[Square])

    @property
    def width(self) -> int:
        return len(self.edges) - 1


def find(ink: Ink) -> tuple[list[Lattice], list[Glyph]]:
    """The tables of a page from top to bottom, and the glyphs outside them."""
    frames = _frames(ink)
    rest: list[Glyph] = []
    inside: list[list[Glyph]] = [[] for _ in frames]
    for glyph in ink.glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
        for frame, glyphs in zip(frames, inside, strict=True):
            left, bottom, right, top = frame.box
            if left <= x <= right and bottom <= y <= top:
                glyphs.append(glyph)
                break
        else:
            rest.append(glyph)
    tables = [frame.filled(glyphs) for frame, glyphs in zip(frames, inside, strict=True)]
    return [table for table in tables if any(cell.text for cell in table.cells)], rest


@dataclass(slots=True)
class _Frame:
    """The rules of one table and the edges that they stand on."""

    page: int
    rules: list[Rule]
    xs: list[float]
    ys: list[float]
    """From the lowest to the highest."""

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def filled(self, glyphs: Sequence[Glyph]) -> Lattice:
        """The table with its cells, each with the glyphs whose middle it holds."""
        height, width = len(self.ys) - 1, len(self.xs) - 1
        owner, cells = self._cells(height, width)
        held: list[list[Glyph]] = [[] for _ in cells]
        for glyph in glyphs:
            column = bisect_right(self.xs, (glyph.left + glyph.right) / 2) - 1
            row = height - bisect_right(self.ys, (glyph.bottom + glyph.top) / 2)
            held[owner[min(max(row, 0), height - 1)][min(max(column, 0), width - 1)]].append(glyph)
        for cell, own in zip(cells, held, strict=True):
            cell.text = cell_text(own)
        lattice = Lattice(self.page, self.box, list(self.xs), height, cells)
        _drop_hairs(lattice, [above - below for below, above in pairwise(self.ys)][::-1])
        return lattice

    def _cells(self, height: int, width: int) -> tuple[list[list[int]], list[Square]]:
        """The number of the cell over each square, and the cells."""
        upright, level = self._walls(height, width)
        owner = [[-1] * width for _ in range(height)]
        cells: list[Square] = []
        for row in range(height):
            for column in range(width):
                if owner[row][column] >= 0:
                    continue
                right = column + 1
                while right < width and owner[row][right] < 0 and not upright[row][right]:
                    right += 1
                down = row + 1
                while (
                    down < height and not any(level[down][column:right]) and not any(upright[down][column + 1 : right])
                ):
                    down += 1
                for line in owner[row:down]:
                    line[column:right] = [len(cells)] * (right - column)
                box = (self.xs[column], self.ys[height - down], self.xs[right], self.ys[height - row])
                cells.append(Square(row, column, down - row, right - column, "", self.page, box))
        return owner, cells

    def _walls(self, height: int, width: int) -> tuple[list[list[bool]], list[list[bool]]]:
        """Whether a rule stands to the left of each square, and above each; rows count from the top."""
        upright = [[False] * (width + 1) for _ in range(height)]
        level = [[False] * width for _ in range(height + 1)]
        for rule in self.rules:
            if rule.upright:
                column = _nearest(self.xs, rule.at)
                for row in range(height):
                    if _covers(rule, self.ys[height - row - 1], self.ys[height - row]):
                        upright[row][column] = True
            else:
                row = height - _nearest(self.ys, rule.at)
                for column in range(width):
                    if _covers(rule, self.xs[column], self.xs[column + 1]):
                        level[row][column] = True
        return upright, level


def _drop_hairs(lattice: Lattice, heights: Sequence[float]) -> None:
    """Take out rows and columns too thin for any text that nothing stands in: gaps between boxes around the cells."""
    for row in range(lattice.height - 1, -1, -1):
        own = [cell for cell in lattice.cells if cell.row == row and cell.rows == 1]
        if heights[row] < LOW and lattice.height > 1 and not any(cell.text for cell in own):
            lattice.cells = [cell for cell in lattice.cells if cell.row != row or cell.rows > 1]
            for cell in lattice.cells:
                if cell.row <= row < cell.row + cell.rows:
                    cell.rows -= 1
                elif cell.row > row:
                    cell.row -= 1
            lattice.height -= 1
    for column in range(lattice.width - 1, -1, -1):
        own = [cell for cell in lattice.cells if cell.column == column and cell.columns == 1]
        thin = lattice.edges[column + 1] - lattice.edges[column] < NARROW
        if thin and lattice.width > 1 and not any(cell.text for cell in own):
            lattice.cells = [cell for cell in lattice.cells if cell.column != column or cell.columns > 1]
            for cell in lattice.cells:
                if cell.column <= column < cell.column + cell.columns:
                    cell.columns -= 1
                elif cell.column > column:
                    cell.column -= 1
            del lattice.edges[column + 1 if column + 2 < len(lattice.edges) else column]


def _covers(rule: Rule, start: float, end: float) -> bool:
    """Whether a rule runs along more than half of a stretch."""
    return min(rule.end, end) - max(rule.start, start) > (end - start) / 2


def _nearest(edges: Sequence[float], at: float) -> int:
    index = bisect_right(edges, at)
    if index == 0:
        return 0
    if index == len(edges):
        return index - 1
    return index if edges[index] - at < at - edges[index - 1] else index - 1


def _frames(ink: Ink) -> list[_Frame]:
    """The tables as rules that meet; boxes and single columns are no tables yet, but may be part of one."""
    rules = _merged(ink.rules)
    frames: list[_Frame] = []
    for group in _meeting(rules):
        upright = [rule for rule in group if rule.upright]
        level = [rule for rule in group if not rule.upright]
        if len(upright) < 2 or not level:
            continue
        # A table may be open at its sides, and is where a page cuts it: there its rules end.
        xs = edges([*(rule.at for rule in upright), *_ends(level)])
        ys = edges([*(rule.at for rule in level), *_ends(upright)])
        if len(xs) >= 2 and len(ys) >= 2:
            frames.append(_Frame(ink.number, group, xs, ys))
    frames.sort(key=lambda frame: -frame.ys[-1])
    return [frame for frame in frames if not any(_is_inside(frame.box, other.box) for other in frames)]


def _ends(rules: Sequence[Rule]) -> tuple[float, float]:
    return min(rule.start for rule in rules), max(rule.end for rule in rules)


def edges(places: Sequence[float]) -> list[float]:
    """Places as edges: those near one another become one, in the middle."""
    found: list[list[float]] = []
    for place in sorted(places):
        if found and place - found[-1][-1] < NEAR:
            found[-1].append(place)
        else:
            found.append([place])
    return [(group[0] + group[-1]) / 2 for group in found]


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules that lie on one another or follow one another as one."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (rule.upright, round(rule.at / 1.5), rule.start)):
        last = merged[-1] if merged else None
        if last and last.upright == rule.upright and abs(last.at - rule.at) < 1.5 and rule.start <= last.end + NEAR:
            merged[-1] = Rule(last.upright, last.at, last.start, max(last.end, rule.end))
        else:
            merged.append(rule)
    return merged


def _meeting(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Groups of rules that meet one another."""
    group = list(range(len(rules)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    uprights = [(index, rule) for index, rule in enumerate(rules) if rule.upright]
    for index, rule in enumerate(rules):
        if rule.upright:
            continue
        for other, upright in uprights:
            if (
                upright.start - NEAR <= rule.at <= upright.end + NEAR
                and rule.start - NEAR <= upright.at <= rule.end + NEAR
            ):
                group[root(other)] = root(index)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(root(index), []).append(rule)
    return iter(groups.values())


def _is_inside(box: Box, other: Box) -> bool:
    return (
        other[0] - NEAR <= box[0]
        and other[1] - NEAR <= box[1]
        and box[2] <= other[2] + NEAR
        and box[3] <= other[3] + NEAR
        and (box[2] - box[0]) * (box[3] - box[1]) < 0.9 * (other[2] - other[0]) * (other[3] - other[1])
    )
