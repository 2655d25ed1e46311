"""Web pages: in the source, where no markup stands between the words; what is put in is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from reportlint.finding import FileEdit
from reportlint.readers.html import declared
from reportlint.writers import Written
from reportlint.writers.text import Source


def write(name: str, data: bytes, edits: Sequence[FileEdit]) -> Written:
    """The page with the edits made. Raises Unreadable where it is no text."""
    del name
    source = Source.of(data, declared(data))
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    made: list[FileEdit] = []
    refused: list[FileEdit] = []
    for edit in edits:
        old = text[edit.start : edit.end]
        if "<" in old or ">" in old:
            refused.append(edit)
        else:
            made.append(edit._replace(text=escape(edit.text, quote=False)))
    return Written(source.spliced(made), tuple(refused))
