"""Text as it lies in the cells of a terminal: widths, tab stops, control characters, colour."""

from __future__ import annotations

from unicodedata import category, combining, east_asian_width

TAB = 4
_COLORS = {"error": "1;31", "warning": "1;33", "info": "1;36", "path": "1", "dim": "2"}


def width(char: str) -> int:
    """How many cells a character takes: 2 for wide ones, 0 for combining and invisible ones."""
    if char < "\x7f":
        return 1
    if combining(char) or category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def cells(text: str) -> int:
    """How many cells a text without tabs takes."""
    return len(text) if text.isascii() else sum(width(char) for char in text)


def plain(text: str) -> str:
    """A text that is safe on one line of a terminal: control characters and bidirectional marks become blanks."""
    if text.isprintable():
        return text
    return "".join(" " if _is_control(char) else char for char in text)


def _is_control(char: str) -> bool:
    return category(char) in ("Cc", "Cs", "Zl", "Zp") or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"


def spread(text: str) -> list[tuple[str, int]]:
    """What is printed for each character, with its cells: tabs become blanks up to the next stop."""
    pieces: list[tuple[str, int]] = []
    at = 0
    for char in text:
        if char == "\t":
            size = TAB - at % TAB
            pieces.append((" " * size, size))
        else:
            char = plain(char)
            size = width(char)
            pieces.append((char, size))
        at += pieces[-1][1]
    return pieces


def painted(text: str, style: str, color: bool) -> str:
    """The text in the colour of a severity, where colour is wanted."""
    return f"\x1b[{_COLORS[style]}m{text}\x1b[0m" if color and text else text
