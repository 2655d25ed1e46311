"""Plain text: a line a paragraph. Tables written as text are recognised later, by their labels."""

from __future__ import annotations

from collections.abc import Callable

from reportlint.document import Document, Paragraph, Prose
from reportlint.readers.encoding import decode


def read(name: str, data: bytes) -> Document:
    """The document; the text view is the decoded file. Raises Unreadable."""
    text, encoding = decode(data)
    blocks: list[Paragraph] = []
    at = 0
    new: Callable[[type[Paragraph], tuple[Prose, None, None]], Paragraph] = tuple.__new__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    for line in text.split("\n"):
        blocks.append(new(Paragraph, (Prose(line, at), None, None)))
        at += len(line) + 1
    return Document(name, "txt", text, tuple(blocks), encoding)
