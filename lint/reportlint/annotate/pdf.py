"""PDF: highlights on the words and cells, each with its note, and the summary as a note on the first page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reportlint.annotate._increment import NAME, Update, without_own
from reportlint.annotate.remarks import AUTHOR, Note, Remarks
from reportlint.document import Cell, Paragraph, Place
from reportlint.errors import UsageError, words
from reportlint.readers.pdf import read
from reportlint.readers.pdf.ink import Box, Glyph, Ink, pages
from reportlint.readers.pdf.lines import rows
from reportlint.rule import Severity

_COLORS: dict[Severity, tuple[float, float, float]] = {
    "error": (1.0, 0.72, 0.68),
    "warning": (1.0, 0.86, 0.5),
    "info": (0.72, 0.85, 1.0),
}
_SHOWN = 4
"""A note is printed with the page; it may be moved and zoomed."""
_FIXED = _SHOWN | 8 | 16
"""Printed, neither zoomed nor turned with the page."""
_ICON = 20.0
_Row = list[Glyph]


def write(name: str, data: bytes, remarks: Remarks) -> bytes:
    """The file with a highlight for each note and the summary. Raises Unreadable and UsageError."""
    data = without_own(data)
    update = Update.of(name, data)
    inks, corner = list(pages(data)), update.corner()
    spots = _Spots(inks, remarks)
    notes: dict[int, list[tuple[bytes, bytes | None]]] = defaultdict(list)
    lines = [f"{AUTHOR}{remarks('：', ': ')}{remarks.verdict}", *map(remarks.colon, remarks.summary())]
    notes[0].append((_icon(f"{NAME}0", lines, corner, 0), None))
    loose = 0
    for note in remarks.notes:
        own = [remarks.head(note), *map(remarks.colon, remarks.lines(note))]
        color = _COLORS[note.finding.severity]
        places = spots.of(note)
        if not places:
            loose += 1
            own.insert(1, f"{remarks('位置', 'Where')}{remarks('：', ': ')}{note.finding.address}")
            notes[0].append((_icon(f"{NAME}{note.number}", own, corner, loose), None))
        for part, (number, boxes) in enumerate(places.items()):
            # A note that goes on over the page is said once; its other parts are only coloured.
            label = f"{NAME}{note.number}" + (f"-{part}" if part else "")
            said = own if not part else [remarks("（续）", "(continued)") + own[0]]
            placed = [inks[number].in_file(box) for box in boxes]
            notes[number].append((_highlight(label, said, placed, color), _drawing(placed, color)))
    made = update.written(notes)
    if read(name, made).text != remarks.document.text:
        raise UsageError(
            words(
                f"{name}：pdf 的写法少见，加不上附注",
                f"{name}: the pdf is written in an unusual way and takes no notes",
            )
        )
    return made


class _Spots:
    """Where on the pages notes stand."""

    def __init__(self, inks: Sequence[Ink], remarks: Remarks) -> None:
        self._inks = inks
        self._document = remarks.document
        self._rows: dict[int, list[_Row]] = {}

    def of(self, note: Note) -> dict[int, list[Box]]:
        """The boxes of a note by page, counted from 0: of a cell the whole, of prose the words line by line."""
        blocks = map(self._document.block_at, range(note.span.start, max(note.span) + 1))
        # A stretch may begin between two cells.
        block = next((block for block in blocks if block is not None and block.place is not None), None)
        place = block.place if block is not None else None
        if block is None or place is None or place.page is None or place.box is None:
            return {}
        if isinstance(block, Cell):
            return {place.page - 1: [_shrunk(place.box)]}
        return self._words(block, place, note) or {place.page - 1: [place.box]}

    def _words(self, block: Paragraph, place: Place, note: Note) -> dict[int, list[Box]]:
        places = block.prose.offsets()
        start, end = note.span
        wanted = [at for at, offset in enumerate(places) if start <= offset < max(end, start + 1)]
        if not wanted and places:
            wanted = [len(places) - 1]
        inside = set(wanted)
        found: dict[int, list[Box]] = defaultdict(list)
        at = 0
        for page, row in self._lines(block, place):
            chosen: list[Glyph] = []
            for glyph in row:
                while at < len(block.text) and block.text[at].isspace():
                    at += 1
                if any(number in inside for number in range(at, at + len(glyph.text))):
                    chosen.append(glyph)
                at += len(glyph.text)
            if chosen:
                found[page].append(_around(chosen))
        return found

    def _lines(self, block: Paragraph, place: Place) -> Iterator[tuple[int, _Row]]:
        """The rows of glyphs that a paragraph is made of, over the end of its page as well."""
        rest = "".join(block.text.split())
        first = (place.page or 1) - 1
        for page in range(first, min(first + 3, len(self._inks))):
            begun = False
            for row in self._page(page, place.box if page == first else None):
                said = "".join(glyph.text for glyph in row)
                if rest.startswith(said):
                    begun = True
                    rest = rest[len(said) :]
                    yield page, row
                elif begun or page == first:
                    return
                if not rest:
                    return

    def _page(self, number: int, box: Box | None) -> list[_Row]:
        """The rows of a page, or of a box on it, without spaces."""
        if box is None and number in self._rows:
            return self._rows[number]
        glyphs = [glyph for glyph in self._inks[number].glyphs if not glyph.text.isspace() and _is_in(glyph, box)]
        found = rows(glyphs)
        if box is None:
            self._rows[number] = found
        return found


def _is_in(glyph: Glyph, box: Box | None) -> bool:
    if box is None:
        return True
    x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _around(glyphs: Sequence[Glyph]) -> Box:
    return (
        min(glyph.left for glyph in glyphs),
        min(glyph.bottom for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(glyph.top for glyph in glyphs),
    )


def _shrunk(box: Box) -> Box:
    """A cell without its rules."""
    left, bottom, right, top = box
    return (left + 1, bottom + 1, right - 1, top - 1) if right - left > 4 and top - bottom > 4 else box


# --- objects of the file ----------------------------------------------------------------------------------------


def _highlight(label: str, lines: Sequence[str], boxes: Sequence[Box], color: tuple[float, float, float]) -> bytes:
    corners = [at for left, bottom, right, top in boxes for at in (left, top, right, top, left, bottom, right, bottom)]
    return b"/Type /Annot /Subtype /Highlight /Rect [%b] /QuadPoints [%b] /C [%b] /F %d %b" % (
        _numbers(_outline(boxes)),
        _numbers(corners),
        _numbers(color),
        _SHOWN,
        _said(label, lines),
    )


def _drawing(boxes: Sequence[Box], color: tuple[float, float, float]) -> bytes:
    """What draws a highlight, for programs that do not themselves: colour under the words."""
    filled = b" ".join(
        b"%b re" % _numbers((left, bottom, right - left, top - bottom)) for left, bottom, right, top in boxes
    )
    content = b"/G gs %b rg %b f" % (_numbers(color), filled)
    return (
        b"<< /Type /XObject /Subtype /Form /BBox [%b] /Group << /S /Transparency >> "
        b"/Resources << /ExtGState << /G << /Type /ExtGState /BM /Multiply >> >> >> /Length %d >>\n"
        b"stream\n%b\nendstream" % (_numbers(_outline(boxes)), len(content), content)
    )


def _icon(label: str, lines: Sequence[str], corner: tuple[float, float], number: int) -> bytes:
    """A note in the upper left corner of the first page, below those before it."""
    left, top = corner[0] + 12, corner[1] - 12 - number * (_ICON + 4)
    box = (left, top - _ICON, left + _ICON, top)
    return b"/Type /Annot /Subtype /Text /Name /Comment /Rect [%b] /C [1 .8 .2] /F %d %b" % (
        _numbers(box),
        _FIXED,
        _said(label, lines),
    )


def _said(label: str, lines: Sequence[str]) -> bytes:
    return b"/T (%b) /NM (%b) /Contents %b" % (AUTHOR.encode(), label.encode(), _text("\r".join(lines)))


def _text(said: str) -> bytes:
    return b"<%b>" % (b"\xfe\xff" + said.encode("utf-16-be", "replace")).hex().upper().encode()


def _outline(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _numbers(values: Sequence[float]) -> bytes:
    return " ".join(f"{value:.2f}".rstrip("0").rstrip(".") for value in values).encode()
