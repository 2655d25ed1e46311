"""A page being written line by line, which remembers where each named thing begins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from support.grid import Place


class Piece(NamedTuple):
    """A run of text with the names of what begins there."""

    text: str
    names: tuple[Place, ...] = ()


class Page:
    """Physical lines, and the line and column (from 1, in code points) at which each name first begins."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.places: dict[Place, tuple[int, int]] = {}

    def line(self, *pieces: Piece | str) -> None:
        """Write one line made of these pieces."""
        text = ""
        for piece in pieces:
            if isinstance(piece, Piece):
                for name in piece.names:
                    self.places.setdefault(name, (len(self._lines) + 1, len(text) + 1))
                text += piece.text
            else:
                text += piece
        self._lines.append(text)

    def joined(self, between: str, pieces: Iterable[Piece]) -> None:
        """Write one line of pieces with a separator between them."""
        line: list[Piece | str] = []
        for piece in pieces:
            line += [between, piece] if line else [piece]
        self.line(*line)

    def blank(self, count: int = 1) -> None:
        """Leave lines empty."""
        self._lines += [""] * count

    def gap(self) -> None:
        """Leave one line empty, unless the page is empty or the last line already is."""
        if self._lines and self._lines[-1]:
            self.blank()

    @property
    def text(self) -> str:
        """The page, without a line end after its last line."""
        return "\n".join(self._lines)
