"""Text and Markdown, and whatever else can be read: the text view as a page, with marks, the notes at its top."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from reportlint.annotate.page import Marks, box
from reportlint.annotate.remarks import Note, Remarks
from reportlint.document import Cell, Paragraph, Prose, Table
from reportlint.outputs.html.markup import text
from reportlint.privacy import masked_prose

_STYLE = (
    "body{margin:0 auto;max-width:960px;padding:0 12px 60px;background:#fff;color:#111;"
    "font:17px/1.8 'Songti SC','SimSun','Noto Serif CJK SC','Noto Sans CJK SC',serif}"
    "p,h1,h2,h3,h4,h5,h6{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;min-height:.9em}"
    "h1,h2,h3,h4,h5,h6{font-size:1.15em;margin:.6em 0 .2em}"
    "table{border-collapse:collapse;margin:10px 0;width:100%;font-size:14px;line-height:1.4}"
    "td{border:1px solid #666;padding:3px 5px;text-align:center;white-space:pre-wrap}"
    "@media print{body{max-width:none}tr{break-inside:avoid}}"
)


def write(name: str, data: bytes, remarks: Remarks) -> bytes:
    """The page in UTF-8."""
    del data
    title = text(PurePosixPath(name).name)
    page = "".join(
        [
            f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<style>{_STYLE}</style>\n</head>\n<body>\n{box(remarks)}\n",
            *_body(remarks),
            "</body>\n</html>\n",
        ]
    )
    return page.encode("utf-8", "backslashreplace")


def _body(remarks: Remarks) -> Iterator[str]:
    drawn = _Drawn(remarks)
    for block in remarks.document.blocks:
        if isinstance(block, Table):
            yield f"<table>{''.join(_rows(block, drawn))}</table>\n"
        else:
            tag = f"h{min(block.level, 6)}" if block.level else "p"
            yield f"<{tag}>{drawn.markup(block)}</{tag}>\n"
    # Places that are in no block: nothing is lost.
    yield from (f"<p>{drawn.marks.number(note)}</p>\n" for note in drawn.marks.missed())


def _rows(table: Table, drawn: _Drawn) -> Iterator[str]:
    at = -1
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        while at < cell.row:
            yield "<tr>" if at < 0 else "</tr><tr>"
            at += 1
        down = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        across = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        yield f"<td{down}{across}>{drawn.markup(cell)}</td>"
    yield "</tr>"


class _Drawn:
    """Blocks as markup, with the marks of the notes that stand in them."""

    def __init__(self, remarks: Remarks) -> None:
        self.marks = Marks(remarks)
        self._hidden = remarks.hidden
        self._notes = remarks.notes
        self._homes: dict[int, list[Note]] = {}
        for note in remarks.notes:
            home = remarks.document.block_at(note.span.start)
            if home is not None:
                self._homes.setdefault(id(home.prose), []).append(note)

    def markup(self, block: Paragraph | Cell) -> str:
        """The text of a block, personal data masked."""
        prose = block.prose
        shown = masked_prose(prose, self._hidden)
        parts: list[str] = []
        at = 0
        for start, end, notes in _pieces(prose, self._notes):
            parts += (_lines(shown[at:start]), self.marks.begun(notes), _lines(shown[start:end]), self.marks.ended)
            at = end
        parts.append(_lines(shown[at:]))
        missed = {note.number for note in self.marks.missed()}
        own = [note for note in self._homes.get(id(prose), ()) if note.number in missed]
        return "".join([*parts, *(self.marks.number(note) for note in own)])


def _lines(said: str) -> str:
    return "".join(part if part in ("\n", "\t") else text(part) for part in re.split("([\n\t])", said))


def _pieces(prose: Prose, notes: Iterable[Note]) -> Iterator[tuple[int, int, list[Note]]]:
    """The parts of a prose, by its own characters, that notes cover."""
    places = prose.offsets()
    if not places:
        return
    covered = [
        (low, high, note)
        for note in notes
        if note.span.start <= places[-1] and places[0] < note.span.end
        for low, high in [(bisect_left(places, note.span.start), bisect_left(places, note.span.end))]
        if low < high
    ]
    edges = sorted({edge for low, high, _ in covered for edge in (low, high)})
    for start, end in pairwise(edges):
        over = [note for low, high, note in covered if low <= start and end <= high]
        if over:
            yield start, end, over
