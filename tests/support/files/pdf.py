"""A report as a PDF: ruled tables that run over pages wherever the page ends, prose set in lines with indents."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from support.draft import Draft
from support.files import items
from support.grid import Grid, GridCell

FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 60.0, 535.0, 770.0, 80.0
SIZE, LEADING = 12.0, 22.0
SMALL = 8.0
STUBS = {"disclosure": (120.0,), "requests": (14.0, 60.0, 121.0), "disputes": ()}

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Pages:
    """Pages being written from top to bottom."""

    def __init__(self, **options: Any) -> None:
        self._out = BytesIO()
        self.canvas: Any = Canvas(self._out, pagesize=(WIDTH, HEIGHT), **options)
        self.y = TOP
        self.number = 1

    def bytes(self) -> bytes:
        self._end_page()
        self.canvas.save()
        return self._out.getvalue()

    def turn(self) -> None:
        """Begin a page."""
        self._end_page()
        self.number += 1
        self.y = TOP

    def _end_page(self) -> None:
        self.canvas.setFont(FONT, 9)
        self.canvas.drawCentredString(WIDTH / 2, 40, f"- {self.number} -")
        self.canvas.showPage()

    def text(self, x: float, y: float, text: str, size: float) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, y, text)

    def paragraph(self, role: str, text: str) -> None:
        """Set a paragraph: titles centred, all others with the first line indented by two characters."""
        if role == "title":
            self._line((WIDTH - SIZE * len(text)) / 2, text)
            return
        x = LEFT + 2 * SIZE
        while text:
            line = self._fitting(text, RIGHT - x)
            self._line(x, line)
            text, x = text[len(line) :], LEFT

    def _line(self, x: float, text: str) -> None:
        if self.y < BOTTOM + LEADING:
            self.turn()
        self.text(x, self.y - SIZE, text, SIZE)
        self.y -= LEADING

    def _fitting(self, text: str, width: float) -> str:
        end = 1
        while end < len(text) and pdfmetrics.stringWidth(text[: end + 1], FONT, SIZE) <= width:
            end += 1
        return text[:end]

    # Tables.

    def table(self, grid: Grid) -> None:
        """Rule a table; a page ends after the last row that fits, through cells and labels that reach over it."""
        edges = _edges(grid)
        heights = [self._height(grid, row, edges) for row in range(grid.height)]
        left = {cell: _broken(cell, edges) for cell in grid.cells}
        row = 0
        while row < grid.height:
            last = row
            y = self.y - heights[row]
            while last + 1 < grid.height and y - heights[last + 1] > BOTTOM:
                last += 1
                y -= heights[last]
            if y <= BOTTOM and self.y < TOP:
                self.turn()
                continue
            self._rows(grid, row, last, edges, heights, left)
            row = last + 1
            if row < grid.height:
                self.turn()
        self.y -= LEADING / 2

    def _rows(
        self,
        grid: Grid,
        first: int,
        last: int,
        edges: list[float],
        heights: list[float],
        left: dict[GridCell, list[str]],
    ) -> None:
        tops = [self.y]
        for height in heights[first : last + 1]:
            tops.append(tops[-1] - height)
        for cell in grid.cells:
            start, end = max(cell.row, first), min(cell.row + cell.rows - 1, last)
            if start > end:
                continue
            top, bottom = tops[start - first], tops[end + 1 - first]
            x0, x1 = edges[cell.column], edges[cell.column + cell.columns]
            self.canvas.rect(x0, bottom, x1 - x0, top - bottom)
            fitting = int((top - bottom - 2) // (SMALL + 2))
            lines, left[cell] = left[cell][:fitting], left[cell][fitting:]
            for number, line in enumerate(lines):
                self.text(x0 + 2, top - 1 - (number + 1) * (SMALL + 2) + 2, line, SMALL)
        self.y = tops[-1]

    def _height(self, grid: Grid, row: int, edges: list[float]) -> float:
        lines = max((len(_broken(cell, edges)) for cell in grid.row(row) if cell.rows == 1), default=1)
        return max(20.0, lines * (SMALL + 2) + 4)


def write(draft: Draft, **options: Any) -> bytes:
    """The report."""
    pages = Pages(**options)
    for item in items(draft):
        if isinstance(item, Grid):
            pages.table(item)
        else:
            pages.paragraph(item.role, item.text)
    return pages.bytes()


def _edges(grid: Grid) -> list[float]:
    stubs = STUBS[grid.table][: grid.stub] or ()
    rest = (RIGHT - LEFT - sum(stubs)) / (grid.width - len(stubs))
    edges = [LEFT]
    for width in (*stubs, *[rest] * (grid.width - len(stubs))):
        edges.append(edges[-1] + width)
    return edges


def _broken(cell: GridCell, edges: list[float]) -> list[str]:
    """The text of a cell in lines as wide as the cell."""
    width = edges[cell.column + cell.columns] - edges[cell.column] - 3
    if cell.text.isascii():
        return [cell.text] if cell.text else []
    length = max(1, int(width // SMALL))
    return [cell.text[at : at + length] for at in range(0, len(cell.text), length)]
