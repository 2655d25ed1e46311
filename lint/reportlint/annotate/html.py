"""Web pages: the page itself with marks in its text and the notes at its top; its own markup stays as it is.

Marks go around text and nothing else, so that no tag is parted from its end. Where there is no text to mark, the number
of the note stands in the cell or before the words that follow.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from reportlint.annotate.page import SIGN, Marks, box, pieces
from reportlint.annotate.remarks import Remarks
from reportlint.errors import UsageError, words
from reportlint.finding import FileEdit
from reportlint.privacy import mask
from reportlint.readers._markup import Tag, parse
from reportlint.readers._tree import SKIPPED
from reportlint.readers.html import declared
from reportlint.writers.text import Source

_SILENT = frozenset((*SKIPPED, "title", "option", "audio", "video", "object", "noframes", "xmp"))
"""Elements whose text takes no marks."""
_HEAD = frozenset(("html", "head", "meta", "title", "link", "base", *SKIPPED))
_HOLDING = frozenset(("td", "th", "p", "div", "li", "span", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6"))
_TAG_END = re.compile(r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


def write(name: str, data: bytes, remarks: Remarks) -> bytes:
    """The page with marks and notes. Raises Unreadable, and UsageError for a page that has them already."""
    source = Source.of(data, declared(data))
    text = remarks.document.text
    if source.text.replace("\r\n", "\n").replace("\r", "\n") != text:
        # A page that was packed in an archive.
        source = Source(b"", remarks.document.encoding or "utf-8", text)
    if SIGN in text:
        raise UsageError(
            words(
                f"{name}：这个网页已经加过批注，请对原来的网页加批注",
                f"{name}: this page is an annotated copy; annotate the page that it was made from",
            )
        )
    found = _Texts(text)
    parse(text, found)
    put: dict[int, str] = defaultdict(str)
    _mark(found, remarks, put)
    put[found.top()] = box(remarks) + put[found.top()]
    edits = [FileEdit(at, at, _fitting(new, source.codec)) for at, new in put.items()]
    return source.spliced([*edits, *_masked(found, remarks)])


def _fitting(markup: str, codec: str) -> str:
    """Markup in which what the encoding of the page lacks is written as references."""
    return markup.encode(codec, "xmlcharrefreplace").decode(codec)


def _mark(found: _Texts, remarks: Remarks, put: dict[int, str]) -> None:
    marks = Marks(remarks)
    for start, end, in_link in found.stretches():
        for low, high, notes in pieces(start, end, remarks.notes):
            low, high = found.outside(low), found.outside(high)
            if low == high:
                continue
            put[low] += marks.begun(notes, linked=not in_link)
            put[high] = marks.ended + put[high]
    for note in marks.missed():
        at = found.beside(note.span.start)
        if at is not None:
            put[at[0]] += marks.number(note, linked=not at[1])


def _masked(found: _Texts, remarks: Remarks) -> Iterator[FileEdit]:
    """Personal data masked, in the text and wherever else the page repeats the same digits."""
    text = remarks.document.text
    hidden: dict[int, FileEdit] = {}
    for start, end in remarks.hidden:
        chars = [(low, high) for low, high in found.characters() if start <= low < end]
        raw = "".join(text[low:high] if high == low + 1 else " " for low, high in chars)
        for (low, high), old, new in zip(chars, raw, mask(raw), strict=True):
            if old != new:
                hidden[low] = FileEdit(low, high, new)
        if raw.isascii() and sum(char.isdecimal() for char in raw) > 6:
            for other in re.finditer(re.escape(raw), text):
                for at, (old, new) in enumerate(zip(raw, mask(raw), strict=True), other.start()):
                    if old != new:
                        hidden[at] = FileEdit(at, at + 1, new)
    yield from hidden.values()


class _Texts:
    """The text of a page: where it stands, and where in it marks may."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[tuple[int, int, bool]] = []
        """Text and references: start, end, whether inside of a link."""
        self._atoms: dict[int, int] = {}
        """Where references begin and end."""
        self._inside: dict[int, int] = {}
        """Places within references, with where these begin."""
        self._openings: dict[int, str] = {}
        """Behind which offsets start tags end."""
        self._silent: str | None = None
        self._linked = False
        self._top: int | None = None
        self._body = False

    def text(self, data: str, at: int) -> None:
        if self._silent is None:
            if data.strip() and self._top is None:
                self._top = at
            self._parts.append((at, at + len(data), self._linked))

    def reference(self, data: str, at: int, end: int) -> None:
        if self._silent is None:
            self._atoms[at] = end
            self._inside |= dict.fromkeys(range(at + 1, end), at)
            self._parts.append((at, end, self._linked))

    def start(self, tag: str, node: Tag, at: int) -> None:
        if self._silent is not None:
            return
        found = _TAG_END.match(self._source, at)
        end = found.end() if found else len(self._source)
        if tag == "body" and not self._body:
            self._body, self._top = True, end
        elif tag not in _HEAD and self._top is None:
            self._top = at
        if tag in _SILENT and re.compile(f"</{re.escape(tag)}", re.IGNORECASE).search(self._source, end):
            self._silent = tag
        self._linked = self._linked or tag == "a"
        self._openings[end] = tag

    def end(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = None
        elif tag == "a":
            self._linked = False

    def top(self) -> int:
        """Where the body begins."""
        return len(self._source) if self._top is None else self._top

    def stretches(self) -> Iterator[tuple[int, int, bool]]:
        """Runs of text between tags, those of mere white space left out: between rows they may hold no marks."""
        run: tuple[int, int, bool] | None = None
        for start, end, linked in self._parts:
            if run is not None and run[1] == start:
                run = (run[0], end, run[2])
                continue
            if run is not None and self._source[run[0] : run[1]].strip():
                yield run
            run = (start, end, linked)
        if run is not None and self._source[run[0] : run[1]].strip():
            yield run

    def characters(self) -> Iterator[tuple[int, int]]:
        """Where each character of the text stands."""
        for start, end, _ in self._parts:
            if start in self._atoms:
                yield start, end
            else:
                yield from ((at, at + 1) for at in range(start, end))

    def outside(self, offset: int) -> int:
        """The offset; where it lies in a reference, where that begins."""
        return self._inside.get(offset, offset)

    def beside(self, offset: int) -> tuple[int, bool] | None:
        """Where a number may stand that is nearest to an offset, and whether that is inside of a link."""
        if self._openings.get(offset) in _HOLDING:
            return offset, False
        runs = list(self.stretches())
        at = bisect_left(runs, offset, key=lambda run: run[1])
        if at < len(runs):
            start, _, linked = runs[at]
            return self.outside(max(offset, start)), linked
        return (runs[-1][1], runs[-1][2]) if runs else None
