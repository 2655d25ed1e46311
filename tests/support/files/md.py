"""A report in Markdown, its tables with bars; Markdown has no spans, so that labels stand once or again and again."""

from __future__ import annotations

from support.draft import Draft
from support.files import items
from support.grid import Grid


def write(draft: Draft, *, repeated: bool = True) -> bytes:
    """The text; `repeated` writes a label into every square that it covers, otherwise the rest stays blank."""
    lines: list[str] = []
    for item in items(draft):
        if isinstance(item, Grid):
            lines += [*table(item, repeated), ""]
        else:
            lines += [{"title": "# ", "heading": "## "}.get(item.role, "") + item.text, ""]
    return "\n".join(lines).encode()


def squares(grid: Grid, repeated: bool) -> list[list[str]]:
    """The text of each square."""
    texts = [[""] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                if repeated or (row, column) == (cell.row, cell.column):
                    texts[row][column] = cell.text
    return texts


def table(grid: Grid, repeated: bool) -> list[str]:
    """The lines of a table."""
    rows = ["| " + " | ".join(row) + " |" for row in squares(grid, repeated)]
    return [rows[0], "|" + " --- |" * grid.width, *rows[1:]]
