"""Lines of pages as paragraphs: what every page repeats is left out, lines that go on are put together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportlint.readers.pdf.ink import Box
from reportlint.readers.pdf.lines import Line, joined

_PAGE_NUMBER = re.compile(
    r"[-—–―~·.\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[,，/／]?\s*(?:共\s*)?\d{1,3}\s*页?)?[-—–―~·.\s]*"
)
_DIGITS = re.compile(r"\d+")
_HEADING = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}\s*、|[（(][一二三四五六七八九十]{1,3}[）)])")
_PIECE = r"[（(“‘《〈【「\[]*(?:[!-~]+|.)[，。、；：！？）)”’》〉】」\]%]*"
_UNIT = re.compile(rf"{_PIECE}(?:(?:(?=[“‘])|(?<=[”’])){_PIECE})*")
"""What is never parted by the end of a line: a word or a character with the punctuation that clings to it."""
_SHORTEST = 15
"""Fewer characters than this are no full line."""
_MARGIN = 0.12
"""How much of a page its upper and lower margin take at most."""


@dataclass(slots=True)
class Text:
    """A paragraph and the page and box of its first part."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Measure:
    """The left and the right edge of the text of a page, and the usual distance of its lines."""

    left: float
    right: float
    pitch: float


def without_furniture(pages: Sequence[tuple[float, list[Line]]]) -> list[list[Line]]:
    """The lines of each page, given with its height, without page numbers, running heads and feet."""
    seen: Counter[tuple[str, int]] = Counter()
    for height, lines in pages:
        seen.update({_trace(line, height) for line in lines if _is_marginal(line, height)})
    often = max(2, (len(pages) + 1) // 2)

    def is_furniture(line: Line, height: float) -> bool:
        if not _is_marginal(line, height):
            return False
        return bool(_PAGE_NUMBER.fullmatch(line.text)) or (len(pages) > 2 and seen[_trace(line, height)] >= often)

    return [[line for line in lines if not is_furniture(line, height)] for height, lines in pages]


def _is_marginal(line: Line, height: float) -> bool:
    return line.box[3] < height * _MARGIN or line.box[1] > height * (1 - _MARGIN)


def _trace(line: Line, height: float) -> tuple[str, int]:
    """What a running head has in common on all pages: its words but for numbers, and how high it stands."""
    return _DIGITS.sub("#", line.text.strip()), round(line.box[1] / 6)


def measure(lines: Sequence[Line]) -> Measure | None:
    """How the text of a page is set; None where it has too little of it to tell."""
    if not lines:
        return None
    widest = max(line.box[2] - line.box[0] for line in lines)
    wide = [line for line in lines if line.box[2] - line.box[0] > 0.8 * widest]
    if len(wide) < 2 or widest < _SHORTEST * wide[0].size:
        return None
    rights = sorted(line.box[2] for line in wide)
    # Full-width punctuation may hang over the edge: the middle of the long lines is the edge.
    steps = sorted(above.box[1] - below.box[1] for above, below in pairwise(wide) if above.page == below.page)
    pitch = steps[len(steps) // 2] if steps else 2 * wide[0].size
    return Measure(min(line.box[0] for line in wide), rights[len(rights) // 2], pitch)


class Reflow:
    """Lines put together as paragraphs, over the ends of pages."""

    def __init__(self, usual: Measure | None) -> None:
        self._usual = usual
        self._measure = usual
        self._parts: list[Text] = []
        self._last: tuple[Line, Measure | None] | None = None

    def page(self, own: Measure | None) -> None:
        """Begin a page with its own edges, unless they are only those of a few short or indented lines."""
        usual = self._usual
        if own and usual and own.right - own.left < 0.97 * (usual.right - usual.left):
            own = None
        self._measure = own or usual

    def line(self, line: Line) -> Text | None:
        """Take a line; the paragraph that it ends, if any."""
        done = None
        if self._parts and self._last and self._goes_on(line, *self._last):
            part = self._parts[-1]
            part.text = joined(part.text, line.text)
            if part.page == line.page:
                part.box = _around(part.box, line.box)
        else:
            done = self.end()
            self._parts.append(Text(line.text, line.page, line.box))
        self._last = (line, self._measure)
        return done

    def end(self) -> Text | None:
        """End the paragraph that is open."""
        self._last = None
        return self._parts.pop() if self._parts else None

    def _goes_on(self, line: Line, last: Line, before: Measure | None) -> bool:
        """Whether a line continues the paragraph of the line before it."""
        here = self._measure
        if before is None or here is None or line.parted or last.parted:
            return False
        size = min(line.size, last.size)
        is_full = last.box[2] + max(1.5, _unit(line.text) + 0.6) * size > before.right
        is_flush = line.box[0] < here.left + 0.9 * size
        if not is_full or not is_flush or not 0.72 < line.size / last.size < 1.4:
            return False
        if line.page == last.page and last.box[1] - line.box[1] > 1.4 * max(here.pitch, size):
            return False
        # Where paragraphs are not indented, headings still begin one.
        return not (_HEADING.match(line.text) and last.text.rstrip()[-1:] in "。！？：")


def _unit(text: str) -> float:
    """How wide the beginning of a line is that could not have stood on the line before, in heights of a character."""
    match = _UNIT.match(text)
    return sum(0.55 if char.isascii() else 1.0 for char in match.group()) if match else 1.0


def _around(box: Box, other: Box) -> Box:
    return min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])
