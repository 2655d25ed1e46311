"""A document with some of its text replaced: every place moves along, so that it can be understood again.

Plain text and Markdown are best read again from the new text; for other kinds, whose text view is not the file, the
blocks themselves are rewritten.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from reportlint.document import Block, Document, Paragraph, Prose, Span, Table
from reportlint.rule import Edit

PARAGRAPH = "\n\n"
"""What an edit begins with that adds a paragraph behind a place."""


class Moves:
    """Where the characters of a text go when parts of it are replaced. Raises ValueError for edits that overlap."""

    def __init__(self, text: str, edits: Sequence[Edit]) -> None:
        self.edits = sorted(edits)
        parts: list[str] = []
        at = 0
        self._at: list[int] = []
        self._by: list[int] = []
        self.placed: list[int] = []
        """Where the text of each edit begins in the new text."""
        for span, new in self.edits:
            if span.start < at:
                raise ValueError(f"edits overlap at {span.start}")
            parts += (text[at : span.start], new)
            self.placed.append(sum(map(len, parts)) - len(new))
            at = span.end
            self._at.append(span.end)
            self._by.append(self.placed[-1] + len(new) - span.end)
        self.text = "".join(parts) + text[at:]

    def to(self, offset: int) -> int:
        """Where the character at an offset goes; behind what is put in before it."""
        at = bisect_right(self._at, offset)
        return offset + self._by[at - 1] if at else offset

    def inside(self, span: Span) -> list[tuple[Edit, int]]:
        """The edits that touch a stretch of text, each with the place of its new text."""
        return [
            (edit, place)
            for edit, place in zip(self.edits, self.placed, strict=True)
            if span.start <= edit.span.end and edit.span.start <= span.end
        ]


def spliced(document: Document, edits: Sequence[Edit]) -> Document:
    """The document with parts of its text replaced. Raises ValueError for edits that overlap."""
    moves = Moves(document.text, edits)
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Table):
            cells = tuple(cell._replace(prose=_moved(cell.prose, moves)) for cell in block.cells)
            if not _gone(block.span, moves):
                blocks.append(block._replace(cells=cells))
            continue
        if not _gone(block.span, moves):
            blocks.append(block._replace(prose=_moved(block.prose, moves)))
        blocks += _added(block, moves)
    return Document(document.name, document.kind, moves.text, tuple(blocks), document.encoding, document.metadata)


def _gone(span: Span, moves: Moves) -> bool:
    """Whether a block is deleted, with something else around it or between its ends."""
    return any(
        edit.span.start <= span.start < span.end <= edit.span.end and not edit.text for edit, _ in moves.inside(span)
    )


def _added(block: Paragraph, moves: Moves) -> list[Paragraph]:
    """The paragraphs put in behind a block."""
    added: list[Paragraph] = []
    for edit, place in moves.inside(block.span):
        if edit.text.startswith(PARAGRAPH) and block.span.start <= edit.span.start:
            at = place + len(PARAGRAPH)
            for line in edit.text[len(PARAGRAPH) :].split("\n"):
                added.append(Paragraph(Prose(line, at)))
                at += len(line) + 1
    return added


def _moved(prose: Prose, moves: Moves) -> Prose:
    """The text with what is put in and without what is taken out."""
    span = prose.span()
    edits = [(edit, place) for edit, place in moves.inside(span) if not edit.text.startswith(PARAGRAPH)]
    if not edits:
        by = moves.to(span.start) - span.start
        return prose.shifted(by) if by else prose
    text, starts, ends = "", list[int](), list[int]()
    for at, offset in enumerate((*prose.offsets(), span.end)):
        for edit, place in list(edits):
            if edit.span.start <= offset:
                edits.remove((edit, place))
                if edit.span.start >= span.start:
                    text += edit.text
                    starts += range(place, place + len(edit.text))
                    ends += range(place + 1, place + len(edit.text) + 1)
        if at < len(prose.text) and not any(e.span.start <= offset < e.span.end for e, _ in moves.inside(span)):
            text += prose.text[at]
            starts.append(moves.to(offset))
            ends.append(starts[-1] + prose.span(at, at + 1).end - offset)
    return Prose(text, starts, ends) if text else Prose("", moves.to(span.start))
