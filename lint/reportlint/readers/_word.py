"""The body of a Word document as blocks: what a reader of the printed page sees, revisions taken as accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from reportlint.document import Cell, Place, Prose, Table
from reportlint.errors import Unreadable, words
from reportlint.readers._numbering import VAL, Numbering, W
from reportlint.readers._view import View
from reportlint.readers._wordstyle import Styles, is_on, properties
from reportlint.readers._wordtable import Square, without_slivers

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

P, TBL, TR, TC, R, T = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}r", f"{W}t"
P_PR, R_PR, TC_PR, TR_PR = f"{W}pPr", f"{W}rPr", f"{W}tcPr", f"{W}trPr"
ALTERNATIVE, CHOICE, FALLBACK = f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"
TEXT_BOX = f"{W}txbxContent"

GONE = frozenset(
    (
        *(P_PR, R_PR, TC_PR, TR_PR, FALLBACK),
        *(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "rubyPr")),
        *(f"{W}{name}" for name in ("tblPr", "tblGrid", "tblPrEx", "sectPr", "sdtPr", "sdtEndPr", "softHyphen")),
    )
)
"""What is not shown: deleted, moved away, field codes, properties, the twin of an alternative."""

SIGNS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}

_LONGEST_CELL = 300
_DEEPEST = 60


class Piece(NamedTuple):
    """A run of text, the `w:t` that holds it, and at which of its characters it begins.

    Numbers of lists, tabs and breaks stand in no `w:t`.
    """

    text: str
    element: Element | None = None
    at: int = 0


@dataclass(slots=True)
class _Line:
    """A paragraph: its text and level, and the text boxes anchored in it."""

    pieces: list[Piece]
    level: int | None
    boxes: list[Element]
    notes: list[str]
    goes_on: bool
    """Whether the mark at its end is deleted, so that the next paragraph continues it."""

    @property
    def text(self) -> str:
        return "".join([piece.text for piece in self.pieces])


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a stretch of the text view comes from: its pieces, one behind the other, and the paragraph they are in."""

    start: int
    pieces: tuple[Piece, ...]
    paragraph: Element


@dataclass(slots=True)
class Body:
    """A walk over the body: what was written, and how far paragraphs and tables were counted."""

    styles: Styles
    numbering: Numbering
    view: View = field(default_factory=View)
    notes: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    """The footnotes met, each with the number of the paragraph that names it."""
    traces: list[Trace] | None = None
    """Where to keep the origin of what is written, for those who write back."""
    _paragraphs: int = 0
    _tables: int = 0
    _carried: list[Piece] = field(default_factory=list["Piece"])

    def write(self, container: Element, depth: int = 0) -> None:
        """Write the blocks of a container."""
        if depth > _DEEPEST:
            raise Unreadable("RL005", words("文档结构嵌套过深", "the document is nested too deep"))
        for element in _inside(container, (P, TBL)):
            if element.tag == P:
                self._paragraph(element, depth)
            else:
                self._table(element, depth)

    def write_notes(self, root: Element | None, tag: str) -> None:
        """Write the footnotes that were met, at the end."""
        if root is None or not self.notes:
            return
        found = {note.get(f"{W}id", ""): note for note in root.iter(f"{W}{tag}")}
        for name, paragraph in self.notes:
            if (note := found.get(name)) is not None:
                for element in _inside(note, (P,)):
                    self.view.paragraph(self._line(element).text, None, Place(paragraph=paragraph))

    def _paragraph(self, element: Element, depth: int) -> None:
        self._paragraphs += 1
        line = self._line(element)
        self.notes += [(name, self._paragraphs) for name in line.notes]
        pieces = [*self._carried, *line.pieces]
        self._carried = pieces if line.goes_on else []
        if not line.goes_on:
            if self.traces is not None:
                self.traces.append(Trace(self.view.length, tuple(pieces), element))
            text = "".join([piece.text for piece in pieces])
            self.view.paragraph(text, line.level, Place(paragraph=self._paragraphs))
        for box in line.boxes:
            self.write(box, depth + 1)

    def _line(self, element: Element) -> _Line:
        own = element.find(P_PR)
        style = None if own is None else own.find(f"{W}pStyle")
        inherited = self.styles.of(self.styles.default if style is None else style.get(VAL))
        set_here = properties(own).over(inherited)
        line = _Line([], set_here.level or None, [], [], False)
        self._runs(element, line.pieces, line, bool(set_here.hidden))
        if set_here.list_name not in (None, "0") and (line.text.strip() or line.boxes):
            line.pieces.insert(0, Piece(self.numbering.next(set_here.list_name or "", set_here.list_level or 0)))
        mark = None if own is None else own.find(R_PR)
        line.goes_on = mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)
        return line

    def _runs(self, element: Element, parts: list[Piece], line: _Line, hidden: bool, depth: int = 0) -> None:
        """Collect the text under an element."""
        if depth > _DEEPEST:
            raise Unreadable("RL005", words("文档结构嵌套过深", "the document is nested too deep"))
        if element.tag == R and (own := element.find(R_PR)) is not None:
            vanish = own.find(f"{W}vanish")
            hidden = hidden if vanish is None else is_on(vanish)
        for child in _shown(element):
            tag = child.tag
            if tag == T or tag == f"{M}t":
                if not hidden:
                    parts.append(Piece(child.text or "", child if tag == T else None))
            elif tag in SIGNS:
                if not hidden and child.get(f"{W}type", "textWrapping") == "textWrapping":
                    parts.append(Piece(SIGNS[tag]))
            elif tag == TEXT_BOX:
                line.boxes.append(child)
            elif tag == f"{W}sym":
                parts.append(Piece(_symbol(child)))
            elif tag == f"{W}footnoteReference":
                line.notes.append(child.get(f"{W}id", ""))
            elif len(child):
                self._runs(child, parts, line, hidden, depth + 1)

    # Tables.

    def _table(self, element: Element, depth: int) -> None:
        rows = [row for row in _inside(element, (TR,)) if not _is_deleted(row)]
        contents = [[(cell, list(_inside(cell, (P, TBL)))) for cell in _cells(row)] for row in rows]
        if self._is_frame(contents):
            for row in contents:
                for cell, _ in row:
                    self.write(cell, depth + 1)
            return
        self._tables += 1
        squares = _spread(rows, contents)
        widths = [_width(column) for column in element.iterfind(f"{W}tblGrid/{W}gridCol")]
        squares, width = without_slivers(squares, widths)
        contents_of = [self._cell_pieces(square.content) for square in squares]
        cells = [
            Cell(
                square.row,
                square.column,
                Prose("".join([piece.text for piece in pieces]).strip(), 0),
                square.rows,
                square.columns,
                Place(table=self._tables, row=square.row + 1, column=square.column + 1),
            )
            for square, pieces in zip(squares, contents_of, strict=True)
        ]
        self.view.table(cells, len(rows), width, Place(table=self._tables))
        if self.traces is not None:
            self._trace(self.traces, squares, contents_of)

    def _trace(self, traces: list[Trace], squares: list[Square], contents: list[list[Piece]]) -> None:
        """Remember the origin of the cells of the table that was just written."""
        table = self.view.blocks[-1]
        starts = {(cell.row, cell.column): cell.span.start for cell in table.cells} if isinstance(table, Table) else {}
        for square, pieces in zip(squares, contents, strict=True):
            paragraph = next((block for block in reversed(square.content) if block.tag == P), None)
            start = starts.get((square.row, square.column))
            if paragraph is not None and start is not None:
                traces.append(Trace(start, tuple(_trimmed(pieces)), paragraph))

    def _is_frame(self, rows: list[list[tuple[Element, list[Element]]]]) -> bool:
        """Whether a table only frames text: a single row or column, a table inside, a long text in a cell."""
        if len(rows) < 2 or max(len(row) for row in rows) < 2:
            return True
        for row in rows:
            for _, blocks in row:
                if any(block.tag == TBL for block in blocks):
                    return True
                if len(blocks) > 1 and sum(len(text.text or "") for b in blocks for text in b.iter(T)) > _LONGEST_CELL:
                    return True
        return False

    def _cell_pieces(self, blocks: list[Element]) -> list[Piece]:
        """The pieces of a cell: its paragraphs that hold something, line ends between them."""
        found: list[Piece] = []
        for block in blocks:
            line = self._line(block)
            for each in (line, *(self._line(element) for box in line.boxes for element in _inside(box, (P,)))):
                if each.text.strip():
                    found += [Piece("\n"), *each.pieces] if found else each.pieces
        return found


def _trimmed(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces without the white space before the first character."""
    begun = False
    for piece in pieces:
        text = piece.text if begun else piece.text.lstrip()
        if text:
            begun = True
            yield Piece(text, piece.element, piece.at + len(piece.text) - len(text))


def _shown(element: Element) -> Iterator[Element]:
    """The children that are shown; of alternatives the first choice."""
    for child in element:
        tag = child.tag
        if tag in GONE:
            continue
        if tag == ALTERNATIVE:
            choice = child.find(CHOICE)
            if choice is None:
                choice = child.find(FALLBACK)
            if choice is not None:
                yield choice
        else:
            yield child


def _inside(container: Element, tags: tuple[str, ...]) -> Iterator[Element]:
    """The nearest elements of these kinds, through content controls, revisions and other wrappers."""
    for child in _shown(container):
        if child.tag in tags:
            yield child
        elif len(child) and child.tag not in (P, TBL, TR, TC):
            yield from _inside(child, tags)


def _cells(row: Element) -> Iterator[Element]:
    for cell in _inside(row, (TC,)):
        if cell.find(f"{TC_PR}/{W}cellDel") is None:
            yield cell


def _is_deleted(row: Element) -> bool:
    return row.find(f"{TR_PR}/{W}del") is not None


def _spread(rows: list[Element], contents: list[list[tuple[Element, list[Element]]]]) -> list[Square]:
    """The cells on their grid: spans, columns skipped before a row, and cells merged downwards."""
    squares: list[Square] = []
    open_above: dict[int, Square] = {}
    for index, (row, cells) in enumerate(zip(rows, contents, strict=True)):
        column = _count(row.find(f"{TR_PR}/{W}gridBefore"), 0)
        still_open: dict[int, Square] = {}
        for cell, blocks in cells:
            own = cell.find(TC_PR)
            span = _count(None if own is None else own.find(f"{W}gridSpan"), 1)
            merge = None if own is None else own.find(f"{W}vMerge")
            beside = None if own is None else own.find(f"{W}hMerge")
            above = open_above.get(column)
            if beside is not None and beside.get(VAL) != "restart" and squares and squares[-1].row == index:
                squares[-1].columns += span
            elif merge is not None and merge.get(VAL, "continue") != "restart" and above is not None:
                above.rows = index - above.row + 1
                still_open[column] = above
            else:
                square = Square(index, column, 1, max(1, span), blocks)
                squares.append(square)
                if merge is not None:
                    still_open[column] = square
            column += max(1, span)
        open_above = still_open
    return squares


def _count(element: Element | None, default: int) -> int:
    text = "" if element is None else element.get(VAL, "")
    return min(int(text), 500) if text.isdecimal() and text.isascii() else default


def _width(column: Element) -> int:
    text = column.get(f"{W}w", "")
    return int(text) if text.isdecimal() and text.isascii() else 1000


def _symbol(element: Element) -> str:
    try:
        return chr(int(element.get(f"{W}char", ""), 16))
    except (ValueError, OverflowError):
        return ""
