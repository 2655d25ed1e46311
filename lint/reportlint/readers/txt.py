"""Plain text: a line a paragraph. Tables written as text are recognised later, by their labels."""

from __future__ import annotations

from reportlint.document import Document, Paragraph, Prose, line_starts, maker
from reportlint.readers.encoding import decode

_paragraph = maker(Paragraph)


def read(name: str, data: bytes) -> Document:
    """The document; the text view is the decoded file. Raises Unreadable."""
    text, encoding = decode(data)
    starts = line_starts(text)
    lines = zip(text.split("\n"), starts, strict=True)
    blocks = tuple([_paragraph((Prose(line, at), None, None)) for line, at in lines])
    return Document(name, "txt", text, blocks, encoding, starts=starts)
