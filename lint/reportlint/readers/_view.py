"""The text view that a reader writes where the file itself is no text: a paragraph a line, a table row a line."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.document import Block, Cell, Paragraph, Place, Prose, Table

BETWEEN = " | "
"""What stands between two cells of a row."""

_ONE_LINE = str.maketrans("\n\r\v\f\x85\u2028\u2029", " " * 7)


class View:
    """The text view being written, and the blocks that stand in it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []

    @property
    def length(self) -> int:
        """How many characters were written."""
        return self._length

    @property
    def text(self) -> str:
        """What was written, without a line end after the last line."""
        return "".join(self._parts)[:-1]

    def paragraph(self, text: str, level: int | None = None, place: Place | None = None) -> None:
        """Write a paragraph; each line of it becomes one of its own."""
        for line in text.split("\n"):
            at = self._write(line.translate(_ONE_LINE))
            self._write("\n")
            self.blocks.append(Paragraph(Prose(line, at), level, place))

    def table(self, cells: Sequence[Cell], height: int, width: int, place: Place | None = None) -> None:
        """Write a table; the prose of the cells stands elsewhere until now, their line ends are spaces in the view."""
        rows: list[list[Cell]] = [[] for _ in range(height)]
        for cell in cells:
            rows[cell.row].append(cell)
        reaching: list[tuple[int, int]] = []
        written: list[Cell] = []
        for index, row in enumerate(rows):
            line: list[tuple[int, Cell | None]] = [(cell.column, cell) for cell in row]
            line += [(column, None) for column, last in reaching if last >= index]
            line.sort(key=lambda item: item[0])
            for number, (column, found) in enumerate(line):
                if number:
                    self._write(BETWEEN)
                if found is not None:
                    prose = Prose(found.text, self._write(found.text.translate(_ONE_LINE)))
                    written.append(Cell(index, column, prose, found.rows, found.columns, found.place))
                    if found.rows > 1:
                        reaching.append((column, index + found.rows - 1))
            self._write("\n")
        self.blocks.append(Table(tuple(written), height, width, place))

    def _write(self, text: str) -> int:
        at = self._length
        if text:
            self._parts.append(text)
            self._length += len(text)
        return at
