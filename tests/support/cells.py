"""What a reader made of the tables of a draft, put beside what the draft prints."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.document import Document, Table
from support.draft import Draft
from support.files import items
from support.grid import Grid

Cell = tuple[int, int, int, int, str]
"""Row, column, spans, and the text without white space."""


def printed(draft: Draft) -> list[list[Cell]]:
    """The cells of each table of the draft."""
    return [sorted(_cells(item)) for item in items(draft) if isinstance(item, Grid)]


def read(document: Document) -> list[list[Cell]]:
    """The cells of each table of a document."""
    return [sorted(_cells(table)) for table in document.tables()]


def squares(document: Document) -> list[list[list[str]]]:
    """The text of each square of each table of a document."""
    return [[[_bare(cell.text) if cell else "" for cell in row] for row in table.grid()] for table in document.tables()]


def _cells(table: Grid | Table) -> Iterator[Cell]:
    for cell in table.cells:
        yield cell.row, cell.column, cell.rows, cell.columns, _bare(cell.text)


def _bare(text: str) -> str:
    return "".join(text.split())
