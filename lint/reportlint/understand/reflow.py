"""Lines that were wrapped at a fixed width, put together to paragraphs again; offsets stay with the characters."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.document import Prose, joined
from reportlint.text import lazily

_STOP = lazily(r"[。！？；：;:!?.][”’\"）)]?\s*$")
_BEGINS = lazily(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．](?!\d)|第[一二三四五六七八九十]+|[-•●·]\s)"
)


def wrapped_at(lines: Sequence[Prose]) -> int | None:
    """The width in terminal cells at which lines were wrapped; None where paragraphs stand in one line each."""
    widths = sorted(width for line in lines if len(line.text) > 12 and (width := _width(line.text.strip())) > 24)
    if len(widths) < 6:
        return None
    limit = widths[int(len(widths) * 0.9)]
    if limit > 130 or widths[-1] > limit + 12:
        return None
    full = [line for line in lines if limit - 6 <= _width(line.text.strip()) <= limit + 12]
    broken = [line for line in full if not _STOP.search(line.text)]
    return limit if len(broken) >= max(4, len(widths) * 0.3) else None


def reflow(lines: Sequence[Prose], limit: int) -> list[Prose]:
    """The paragraphs that these lines make, given the width at which they were wrapped."""
    result: list[Prose] = []
    group: list[Prose] = []
    for line in lines:
        text = line.text.strip()
        if not text or _BEGINS.match(line.text) or line.text[:2] in ("　　", "  "):
            _flush(group, result)
        if text:
            group.append(_trimmed(line))
            if _width(text) < limit - 6:
                _flush(group, result)
        elif not text:
            _flush(group, result)
    _flush(group, result)
    return result


def _flush(group: list[Prose], result: list[Prose]) -> None:
    if group:
        result.append(joined(list(group)))
        group.clear()


def _trimmed(line: Prose) -> Prose:
    text = line.text
    return line.part(len(text) - len(text.lstrip()), len(text.rstrip()))


def _width(text: str) -> int:
    """About as many terminal cells as the text takes: GBK counts them in bytes, and fast."""
    return len(text) if text.isascii() else len(text.encode("gbk", "replace"))
