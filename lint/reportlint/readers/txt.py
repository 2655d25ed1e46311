"""Plain text: a line a paragraph. Tables written as text are recognised later, by their labels."""

from __future__ import annotations

from reportlint.document import Document, Paragraph, Prose, maker
from reportlint.readers.encoding import decode

_paragraph = maker(Paragraph)


def read(name: str, data: bytes) -> Document:
    """The document; the text view is the decoded file. Raises Unreadable."""
    text, encoding = decode(data)
    blocks: list[Paragraph] = []
    at = 0
    for line in text.split("\n"):
        blocks.append(_paragraph((Prose(line, at), None, None)))
        at += len(line) + 1
    return Document(name, "txt", text, tuple(blocks), encoding)
