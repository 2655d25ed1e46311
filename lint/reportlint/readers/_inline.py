"""Runs of text between two block tags become prose: white space collapsed as a browser does, offsets kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlint.document import Prose

Piece = tuple[str, int, int | None]
"""A run of text, its offset, and its end only where it is not as long in the source as here (`&amp;`, `<br>`)."""

BREAK = "\n"
"""The text of a piece that is a line break of the author."""

_SPACE = re.compile(r"[ \t\n\f\r\u200b\ufeff\u00ad]+")
_UNEVEN = re.compile(r"[\t\n\f\r\u200b\ufeff\u00ad]|  ")
_INVISIBLE = "\u200b\ufeff\u00ad"


def prose(pieces: Sequence[Piece]) -> Prose | None:
    """The pieces as prose without white space around it; None where nothing is left."""
    text, at, end = pieces[0]
    if len(pieces) == 1 and end is None:
        if text.isalnum():
            # A number or a few words, as in most cells.
            return Prose(text, at)
        # Most text is printable, which is quick to tell; of white space only the common space is.
        if text.isprintable() and text[:1] != " " and text[-1:] != " " and "  " not in text:
            return Prose(text, at) if text else None
        trimmed = text.lstrip()
        at += len(text) - len(trimmed)
        trimmed = trimmed.rstrip()
        if not trimmed:
            return None
        # No-break and ideographic spaces are not printable, but even.
        if (trimmed.isprintable() and "  " not in trimmed) or not _UNEVEN.search(trimmed):
            return Prose(trimmed.replace("\xa0", " "), at)
    line = _Line()
    for piece in pieces:
        line.add(piece)
    return line.prose()


class _Line:
    """Text being put together, with the start and end of each character in the source."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._last = ""
        self._space: tuple[int, bool] | None = None

    def add(self, piece: Piece) -> None:
        """Append a piece."""
        text, at, end = piece
        if end is not None:
            if text not in _INVISIBLE:
                self._emit(text, [at] * len(text), [end] * len(text))
            return
        done = 0
        for match in _SPACE.finditer(text):
            self._plain(text[done : match.start()], at + done)
            run = match.group()
            if self._space is None and run.strip(_INVISIBLE):
                self._space = (at + match.start(), "\n" in run)
            done = match.end()
        self._plain(text[done:], at + done)

    def _plain(self, text: str, at: int) -> None:
        if text:
            end = at + len(text)
            self._emit(text, range(at, end), range(at + 1, end + 1))

    def _emit(self, text: str, starts: Sequence[int], ends: Sequence[int]) -> None:
        if self._space is not None:
            at, line_end = self._space
            self._space = None
            glued = line_end and _is_wide(self._last) and _is_wide(text[0])
            if self._last not in ("", BREAK) and text != BREAK and not glued:
                self._text.append(" ")
                self._starts.append(at)
                self._ends.append(at + 1)
        self._text.append(text.replace("\xa0", " "))
        self._starts += starts
        self._ends += ends
        self._last = text[-1]

    def prose(self) -> Prose | None:
        """What was put together, trimmed."""
        text = "".join(self._text)
        start = len(text) - len(text.lstrip())
        end = len(text.rstrip())
        if start >= end:
            return None
        return Prose(text[start:end], self._starts[start:end], self._ends[start:end])


def _is_wide(char: str) -> bool:
    """Whether a line end of the source next to this character is no space to the reader."""
    return char >= "\u2e80" or char in "“”‘’…—·"
