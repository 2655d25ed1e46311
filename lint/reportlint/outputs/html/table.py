"""A table of the report drawn as the form has it: its labels, the figures as printed, and marks on what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportlint.contents import Figures
from reportlint.form import Block, Line, cell_key, short_label
from reportlint.outputs.html.entries import Entry, Note
from reportlint.outputs.html.markup import CLASSES, Speech, text


@dataclass(frozen=True, slots=True)
class Marks:
    """The notes that stand on a cell, and those that only have to do with it, by cell key; and those on labels."""

    on: Mapping[str, Sequence[Note]]
    about: Mapping[str, Sequence[Note]]
    rows: Mapping[str, Sequence[Note]]
    """By row key."""
    heads: Mapping[str, Sequence[Note]]
    """By label, as the form has it."""


def marks(entry: Entry, figures: Figures) -> Marks:
    """Which cells of a table are wrong, and which have a part in it: the other side of an equation."""
    on: dict[str, list[Note]] = {}
    about: dict[str, list[Note]] = {}
    rows: dict[str, list[Note]] = {}
    heads: dict[str, list[Note]] = {}
    contents = entry.file.contents
    if contents is None:
        return Marks(on, about, rows, heads)
    for note in entry.notes:
        places = [(on, note.finding.location), *((about, place) for place in note.finding.related)]
        for found, location in places:
            if location.path != entry.file.path:
                continue
            span = contents.span(location)
            if (key := figures.at(span)) is not None:
                if note not in found.setdefault(key, []):
                    found[key].append(note)
            elif found is on and (row := figures.row_at(span)) is not None:
                rows.setdefault(row, []).append(note)
            elif found is on and (head := figures.head_at(span)) is not None:
                heads.setdefault(head, []).append(note)
    return Marks(on, about, rows, heads)


def drawn(entry: Entry, figures: Figures, marked: Marks, say: Speech) -> Iterator[str]:
    """The table, with anchors on the cells that are marked."""
    blocks = figures.table.blocks
    wide = max(len(block.columns) for block in blocks)
    stub = max((len(row.path) for block in blocks for row in block.rows), default=0)
    name = text(figures.table.name)
    form = say(f"{figures.form}年格式", f"form of {figures.form}")
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{name}"><table class="form">'
    yield f"<caption>{name} <small>{text(form)}</small></caption>"
    for block in blocks:
        yield from _head(block, marked, stub, wide)
        yield "<tbody>"
        yield from _body(entry, block, figures, marked, stub, wide)
        yield "</tbody>"
    yield "</table></div>\n"


def _head(block: Block, marked: Marks, stub: int, wide: int) -> Iterator[str]:
    """The labels above the numbers, those of several columns drawn once."""
    share = wide // len(block.columns)
    depth = max(len(column.path) for column in block.columns)
    yield "<thead>"
    if block.caption:
        yield f'<tr><th colspan="{stub + wide}" scope="colgroup" class="cap">{text(block.caption)}'
    for level in range(depth):
        yield "<tr>"
        if level == 0 and stub:
            corner = text(block.corner) if len(block.corner) < 20 else ""
            yield f'<td{_spans(depth, stub)} class="corner">{corner}'
        for at, column in enumerate(block.columns):
            if level >= len(column.path) or (at and _shared(block.columns[at - 1], column, level)):
                continue
            last = at
            while last + 1 < len(block.columns) and _shared(column, block.columns[last + 1], level):
                last += 1
            down = depth - level if level == len(column.path) - 1 else 1
            scope = "colgroup" if last > at else "col"
            label = column.path[level]
            notes = marked.heads.get(label, ())
            spans = _spans(down, (last - at + 1) * share)
            yield f"<th{_kind(notes)}{spans} scope={scope}>{text(label)}{_links(notes)}"
    yield "</thead>"


def _body(entry: Entry, block: Block, figures: Figures, marked: Marks, stub: int, wide: int) -> Iterator[str]:
    share = wide // len(block.columns)
    before: Line | None = None
    for at, row in enumerate(block.rows):
        yield "<tr>"
        for level, label in enumerate(row.path):
            if before is not None and _shared(before, row, level):
                continue
            down = 1
            while at + down < len(block.rows) and _shared(row, block.rows[at + down], level):
                down += 1
            last = level == len(row.path) - 1
            notes = marked.rows.get(row.key, ()) if last else ()
            right = stub - level if last else 1
            yield f"<th{_kind(notes)}{_spans(down, right)}>{text(short_label(label))}{_links(notes)}"
        for column in block.columns:
            yield _cell(entry, figures, cell_key(row.key, column.key), marked, share)
        before = row


def _cell(entry: Entry, figures: Figures, key: str, marked: Marks, share: int) -> str:
    figure = figures.cells.get(key)
    shown = "?" if figure is None or figure.state == "unreadable" else text(figure.text)
    on, about = marked.on.get(key, ()), marked.about.get(key, ())
    spans = _spans(1, share)
    if not on and not about:
        # End tags may be left out; in hundreds of reports with two hundred cells each they would be most of the page.
        return f"<td{spans}>{shown}"
    worst = CLASSES[on[0].finding.severity] if on else "part"
    listed = [*on, *(note for note in about if note not in on)]
    numbers = " ".join(note.mark for note in listed)
    return (
        f'<td{spans} id="{cell_mark(entry, figures, key)}" class="{worst}" data-f="{numbers}">{shown}{_links(listed)}'
    )


def cell_mark(entry: Entry, figures: Figures, key: str) -> str:
    """The anchor of a marked cell."""
    return f"{entry.mark}-{figures.key}-{key}"


def _kind(notes: Sequence[Note]) -> str:
    """How a label is marked that is wrong."""
    if not notes:
        return ""
    marks = " ".join(note.mark for note in notes)
    return f' class="{CLASSES[notes[0].finding.severity]}" data-f="{marks}"'


def _links(notes: Sequence[Note]) -> str:
    """The numbers of the findings that a cell or a label has a part in."""
    return "".join(f'<a class="n" href="#{note.mark}">{note.number}</a>' for note in notes)


def _shared(one: Line, other: Line, level: int) -> bool:
    """Whether two rows or columns have a label in common at a level that is not the last."""
    deep = level < len(one.path) - 1 and level < len(other.path) - 1
    return deep and one.path[: level + 1] == other.path[: level + 1]


def _spans(rows: int, columns: int) -> str:
    return (f" rowspan={rows}" if rows > 1 else "") + (f" colspan={columns}" if columns > 1 else "")
