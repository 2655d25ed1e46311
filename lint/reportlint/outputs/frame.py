"""The words around a finding with a mark under them, cut to the width of the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.finding import Frame
from reportlint.outputs import View
from reportlint.outputs.terminal import painted, spread

BAR, MARK, CUT = "│", "━", "…"
_MARGIN = 12
"""How many cells of the line are kept before a finding where the line is cut."""


def draw(frame: Frame, style: str, view: View, indent: int = 4) -> Iterator[str]:
    """The lines of the frame, each with its number, and the mark below the last."""
    gutter = max(len(str(frame.lines[-1][0])), 3)
    room = max(view.width - indent - gutter - 3, 20)
    margin = " " * indent
    for number, text in frame.lines[:-1]:
        shown = _Window(text, 0, 0, room)
        yield f"{margin}{number:>{gutter}} {BAR} {shown.before}{shown.inside}{shown.after}".rstrip()
    number, text = frame.lines[-1]
    shown = _Window(text, frame.start, frame.end, room)
    line = shown.before + painted(shown.inside, style, view.color) + shown.after
    yield f"{margin}{number:>{gutter}} {BAR} {line}".rstrip()
    yield f"{margin}{'':>{gutter}} {BAR} {' ' * shown.offset}{painted(MARK * shown.size, style, view.color)}"


class _Window:
    """The part of a line that fits: what stands before, inside and after the finding, and the cells of the mark."""

    def __init__(self, text: str, start: int, end: int, room: int) -> None:
        pieces = spread(text)
        start = min(start, len(pieces))
        end = min(max(end, start), len(pieces))
        first, last = _cut([size for _, size in pieces], start, end, room)
        head = CUT if first > 0 else ""
        tail = CUT if last < len(pieces) else ""
        end = min(end, last)
        self.before = head + "".join(piece for piece, _ in pieces[first:start])
        self.inside = "".join(piece for piece, _ in pieces[start:end])
        self.after = "".join(piece for piece, _ in pieces[end:last]) + tail
        self.offset = len(head) + sum(size for _, size in pieces[first:start])
        self.size = max(sum(size for _, size in pieces[start:end]), 1)


def _cut(sizes: list[int], start: int, end: int, room: int) -> tuple[int, int]:
    """From where to where a line is shown: all of it where it fits, else so that the finding begins inside."""
    if sum(sizes) <= room:
        return 0, len(sizes)
    room -= 2  # for the signs that something is cut off
    first = start
    wanted = max(min(room - sum(sizes[start:end]), room - _MARGIN) * 2 // 3, _MARGIN)
    used = 0
    while first > 0 and used + sizes[first - 1] <= wanted:
        first -= 1
        used += sizes[first]
    last = start
    while last < len(sizes) and used + sizes[last] <= room:
        used += sizes[last]
        last += 1
    while first > 0 and used + sizes[first - 1] <= room:
        first -= 1
        used += sizes[first]
    return first, last
