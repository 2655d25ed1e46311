"""What a reader makes of a file: text whose every character knows its place, in paragraphs and tables.

The *text view* of a document is one string. For plain text, Markdown and HTML it is the decoded file itself, so that
line and column are the file's own; for Word, PDF and Excel the reader writes it (a paragraph a line, a table row a
line) and `reportlint text FILE` prints it. All offsets are code points of the text view, from 0; lines and columns
count from 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, count
from operator import add
from typing import Any, NamedTuple, Protocol, TypeVar

_T = TypeVar("_T")


def maker(kind: type[_T]) -> Callable[[tuple[object, ...]], _T]:
    """What makes a named tuple of its values, all of them in order: without the call that names them, twice as fast.

    For the few kinds of which a report makes hundreds.
    """
    new: Any = tuple.__new__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return partial(new, kind)


class Span(NamedTuple):
    """A stretch of the text view: offsets in code points, the end exclusive."""

    start: int
    end: int


class Position(NamedTuple):
    """A line and a column of the text view, both from 1, the column in code points."""

    line: int
    column: int


_span = maker(Span)


class Prose:
    """Readable text, freed of markup, whose every character knows where it stands in the text view.

    `at` is either the offset of the first character, where the text stands in the view as it is, or the offset of
    each character. `ends` gives the end of each character where it is longer than one (`&amp;`).
    """

    __slots__ = ("_at", "_ends", "_places", "text")

    def __init__(self, text: str, at: int | Sequence[int], ends: Sequence[int] | None = None) -> None:
        self.text = text
        if isinstance(at, int):
            self._at = at
            self._places: Sequence[int] | None = None
        elif len(at) == len(text):
            self._at = 0
            self._places = at
        else:
            raise ValueError(f"{len(text)} characters, {len(at)} offsets")
        self._ends = ends

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where the characters from `start` to `end` stand; an empty range is an empty span at its start."""
        places = self._places
        if places is None:
            at = self._at
            return _span((at + start, at + (len(self.text) if end is None else end)))
        end = len(self.text) if end is None else end
        ends = self._ends
        if not places:
            return Span(0, 0)
        if start >= end:
            last = places[start] if start < len(places) else (ends[-1] if ends else places[-1] + 1)
            return Span(last, last)
        return _span((places[start], ends[end - 1] if ends else places[end - 1] + 1))

    def ink(self) -> Span:
        """Where the text stands without the white space around it; an empty span where there is nothing else."""
        if not self.text or not (self.text[0].isspace() or self.text[-1].isspace()):
            return self.span()
        bare = self.text.strip()
        start = len(self.text) - len(self.text.lstrip()) if bare else 0
        return self.span(start, start + len(bare))

    def part(self, start: int, end: int) -> Prose:
        """The characters from `start` to `end`, still knowing their places."""
        places, ends = self._places, self._ends
        if places is None:
            return Prose(self.text[start:end], self._at + start)
        return Prose(self.text[start:end], places[start:end], ends[start:end] if ends else None)

    def shifted(self, by: int) -> Prose:
        """The same text so much further on in the text view."""
        if self._places is None:
            return Prose(self.text, self._at + by)
        ends = [end + by for end in self._ends] if self._ends is not None else None
        return Prose(self.text, [at + by for at in self._places], ends)

    def offsets(self) -> Sequence[int]:
        """The offset of each character."""
        return range(self._at, self._at + len(self.text)) if self._places is None else self._places

    def __repr__(self) -> str:
        return f"Prose({self.text!r}, {self.span()})"


def joined(parts: Sequence[Prose], separator: str = "") -> Prose:
    """Several runs of text as one; a separator stands where the text before it ends."""
    if len(parts) == 1:
        return parts[0]
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for number, part in enumerate(parts):
        if number and separator:
            text.append(separator)
            end = ends[-1] if ends else part.span().start
            starts += [end] * len(separator)
            ends += [end] * len(separator)
        text.append(part.text)
        starts += part.offsets()
        ends += [part.span(i, i + 1).end for i in range(len(part.text))]
    return Prose("".join(text), starts, ends)


class Place(NamedTuple):
    """Where something stands in terms of its own kind of file; every number counts from 1."""

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    """Left, bottom, right, top in points of the page, for PDF."""
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None


class Paragraph(NamedTuple):
    """A paragraph, or a line where the file knows only lines; empty lines are kept as empty paragraphs."""

    prose: Prose
    level: int | None = None
    """The level of a heading, from 1, where the file marks it as one."""
    place: Place | None = None

    @property
    def text(self) -> str:
        return self.prose.text

    @property
    def span(self) -> Span:
        return self.prose.span()


class Cell(NamedTuple):
    """A cell by its upper left corner in the grid of its table (from 0) and by how far it reaches."""

    row: int
    column: int
    prose: Prose
    rows: int = 1
    columns: int = 1
    place: Place | None = None

    @property
    def text(self) -> str:
        return self.prose.text

    @property
    def span(self) -> Span:
        return self.prose.span()


class Table(NamedTuple):
    """A table with real cells, in the order in which they stand in the text view.

    Each square of the grid is covered by at most one cell; a square may be uncovered.
    """

    cells: tuple[Cell, ...]
    height: int
    width: int
    place: Place | None = None

    def grid(self) -> list[list[Cell | None]]:
        """The cell that covers each square, by row and column."""
        return spread(self.cells, self.height, self.width)

    @property
    def span(self) -> Span:
        spans = [cell.span for cell in self.cells]
        return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else Span(0, 0)


class _Covering(Protocol):
    """A cell by its upper left corner and by how far it reaches."""

    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def rows(self) -> int: ...
    @property
    def columns(self) -> int: ...


_C = TypeVar("_C", bound=_Covering)


def spread(cells: Iterable[_C], height: int, width: int) -> list[list[_C | None]]:
    """The cell that covers each square of a grid, by row and column."""
    squares: list[list[_C | None]] = [[None] * width for _ in range(height)]
    for cell in cells:
        row, column, rows, columns = cell.row, cell.column, cell.rows, cell.columns
        if rows == columns == 1:
            squares[row][column] = cell
            continue
        for line in squares[row : row + rows]:
            line[column : column + columns] = [cell] * len(line[column : column + columns])
    return squares


Block = Paragraph | Table


class Metadata(NamedTuple):
    """What a file says of itself outside its text, such as the head of a web page; rules trust the text first."""

    title: str | None = None
    agency: str | None = None
    published: str | None = None
    """A date as YYYY-MM-DD."""


_NOTHING_SAID = Metadata()


def line_starts(text: str) -> list[int]:
    """The offset of each line of a text."""
    return [0, *map(add, accumulate(map(len, text.split("\n")[:-1])), count(1))]


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: its text view and its blocks in reading order."""

    name: str
    """The path as it was named, with forward slashes."""
    kind: str
    """txt, md, html, docx, pdf, xlsx …"""
    text: str
    blocks: tuple[Block, ...]
    encoding: str | None = None
    metadata: Metadata = _NOTHING_SAID
    starts: list[int] = field(default_factory=list[int], repr=False, compare=False)
    """The offset of each line; found when it is first asked for, where the reader has not."""
    _lines: list[Paragraph] = field(default_factory=list[Paragraph], repr=False, compare=False)
    """The paragraphs by where they stand: a page may show text of a table before it."""

    def position(self, offset: int) -> Position:
        """The line and column of an offset."""
        starts = self.starts or self._line_starts()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line(self, number: int) -> Span:
        """A line of the text view (from 1) without its end of line."""
        starts = self._line_starts()
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return Span(starts[number - 1], end)

    def _line_starts(self) -> list[int]:
        if not self.starts:
            self.starts.extend(line_starts(self.text))
        return self.starts

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs outside tables."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        """The tables with real cells."""
        return (block for block in self.blocks if isinstance(block, Table))

    def block_at(self, offset: int) -> Paragraph | Cell | None:
        """The paragraph or cell that an offset stands in; where it only ends one, the first that it ends."""
        if not self._lines:
            self._lines.extend(sorted(self.paragraphs(), key=_start))
        line = _at(self._lines, offset)
        if line is not None and offset < line.prose.span().end:
            return line
        for table in self.tables():
            cells = table.cells
            if cells and _start(cells[0]) <= offset <= cells[-1].prose.span().end:
                cell = _at(cells, offset)
                if cell is not None:
                    return cell
        return line


def _start(part: Paragraph | Cell) -> int:
    return part.prose.span().start


_Part = TypeVar("_Part", Paragraph, Cell)


def _at(parts: Sequence[_Part], offset: int) -> _Part | None:
    """Of parts in order the one that an offset stands in, one that it begins before one that it ends."""
    at = bisect_right(parts, offset, key=_start) - 1
    found: _Part | None = None
    while at >= 0 and (end := parts[at].prose.span().end) >= offset:
        found = parts[at]
        if end > offset:
            break
        at -= 1
    return found
