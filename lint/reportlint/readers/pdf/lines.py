"""Glyphs as lines of text, by where they stand; the order of the file says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlint.readers.pdf.ink import Box, Glyph


@dataclass(slots=True)
class Line:
    """A line of text on a page."""

    page: int
    text: str
    box: Box
    size: float
    """The height of its glyphs."""
    parted: bool
    """Whether it has gaps as wide as between columns."""


_SPACES = re.compile(r"[ \t]{2,}")
GAP = "\t"
"""What stands in the text for a gap as wide as between columns."""


def rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs line by line from top to bottom, each line from left to right."""
    found: list[list[Glyph]] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: -(glyph.bottom + glyph.top)):
        height = glyph.top - glyph.bottom
        centre = (glyph.bottom + glyph.top) / 2
        if found and middle - centre < 0.45 * min(size, height):
            found[-1].append(glyph)
        else:
            found.append([glyph])
            middle, size = centre, height
    for row in found:
        row.sort(key=lambda glyph: glyph.left)
    return found


def all_lines(page: int, glyphs: Sequence[Glyph]) -> Iterator[Line]:
    """The lines of these glyphs from top to bottom, those of mere space left out."""
    for row in rows(glyphs):
        if any(glyph.text != " " for glyph in row):
            yield line(page, row)


def line(page: int, row: Sequence[Glyph]) -> Line:
    """A line of glyphs as text."""
    row = _without_outer_spaces(row)
    parts: list[str] = []
    last: Glyph | None = None
    parted = False
    for glyph in row:
        if last is not None:
            gap = glyph.left - last.right
            size = min(glyph.top - glyph.bottom, last.top - last.bottom)
            if gap > 1.8 * size:
                parts.append(GAP)
                parted = True
            elif gap > (0.18 if _is_latin(glyph.text) and _is_latin(last.text) else 0.75) * size:
                parts.append(" ")
        parts.append(glyph.text)
        last = glyph
    text = _SPACES.sub(lambda match: GAP if GAP in match.group() else " ", "".join(parts))
    heights = sorted(glyph.top - glyph.bottom for glyph in row)
    box = (
        min(glyph.left for glyph in row),
        min(glyph.bottom for glyph in row),
        max(glyph.right for glyph in row),
        max(glyph.top for glyph in row),
    )
    return Line(page, text, box, heights[len(heights) // 2], parted)


def _without_outer_spaces(row: Sequence[Glyph]) -> Sequence[Glyph]:
    start, end = 0, len(row)
    while start < end - 1 and row[start].text == " ":
        start += 1
    while end > start + 1 and row[end - 1].text == " ":
        end -= 1
    return row[start:end]


def cell_text(glyphs: Sequence[Glyph]) -> str:
    """The text in a cell: its lines follow one another as if the cell were wide enough."""
    text = ""
    for row in rows(glyphs):
        text = joined(text, line(0, row).text.replace(GAP, " ").strip())
    return text


def joined(before: str, after: str) -> str:
    """Two lines as one: a space only between words in Latin letters."""
    if before and after and before[-1].isascii() and before[-1].isalpha() and after[0].isascii() and after[0].isalpha():
        return f"{before} {after}"
    return before + after


def _is_latin(text: str) -> bool:
    return text < "\u2000"
