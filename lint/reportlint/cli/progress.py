"""How far a long run is, on standard error and only where a person watches: a bar that leaves nothing behind."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, TypeVar

from reportlint.outputs.terminal import cells, plain, width

_PATIENCE = 0.5
"""After how many seconds a run is long."""
_PAUSE = 0.1
"""How many seconds the bar stands still, at least: drawing costs time."""
_BAR = 20
T = TypeVar("T", bound=str)


def watched(items: Sequence[T], lang: str, stream: TextIO | None = None) -> Iterable[T]:
    """The items one by one, with a bar where standard error is a terminal."""
    shown = sys.stderr if stream is None else stream
    if len(items) < 2 or not shown.isatty() or os.environ.get("TERM") == "dumb":
        return items
    return _watched(items, lang, shown)


def _watched(items: Sequence[T], lang: str, stream: TextIO) -> Iterator[T]:
    start = drawn = time.monotonic()
    dirty = False
    try:
        for done, item in enumerate(items):
            now = time.monotonic()
            if now - start >= _PATIENCE and now - drawn >= _PAUSE:
                drawn, dirty = now, True
                left = (now - start) / max(done, 1) * (len(items) - done)
                _draw(stream, line(done, len(items), left, item, lang, _columns(stream)))
            yield item
    finally:
        if dirty:
            _draw(stream, "")


def line(done: int, total: int, left: float, item: str, lang: str, columns: int) -> str:
    """What is shown: bar, count, remaining time, and the end of the name of the file, cut to so many cells."""
    filled = _BAR * done // total
    rest = f"{int(left) // 60}:{int(left) % 60:02d}"
    said = f"{done}/{total}  {'还需' if lang == 'zh' else 'left'} {rest}"
    head = f"[{'#' * filled}{'.' * (_BAR - filled)}] {said}"
    if cells(head) >= columns:
        return _cut(said, columns - 1)
    return f"{head}  {_cut(plain(item), columns - cells(head) - 3)}".rstrip()


def _cut(text: str, room: int) -> str:
    """The end of a text that takes no more than so many cells."""
    used, at = 0, len(text)
    while at > 0 and used + width(text[at - 1]) <= room:
        at -= 1
        used += width(text[at])
    return text[at:]


def _draw(stream: TextIO, text: str) -> None:
    """Put a text in the place of the one that was there."""
    try:
        stream.write(f"\r\x1b[2K{text}")
    except UnicodeEncodeError:
        stream.write("\r\x1b[2K" + text.encode("ascii", "replace").decode())
    stream.flush()


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return 80
