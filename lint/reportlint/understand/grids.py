"""Tables with real cells: rows found by their labels, columns by their headers, over as many tables as the file has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from reportlint.document import Cell, Place, Span, maker
from reportlint.form import Block, Form, Line, TableForm
from reportlint.report import Grid, Label
from reportlint.text import fold_label
from reportlint.understand.amounts import cells_of
from reportlint.understand.labels import (
    Entry,
    LabelBook,
    Match,
    book_of,
    compare_headers,
    expected_headers,
    fit,
    foreign_headers,
    keys_of,
    likely,
    options_of,
)
from reportlint.understand.look import Look, Printed, Square

_label = maker(Label)


class Reading(NamedTuple):
    """What tables of some look hold of a statutory table, by the numbers of their cells, counted over all tables."""

    form: Form
    table: TableForm
    spanned: Sequence[int]
    """Those that it reaches over, its first and last among them."""
    cells: Mapping[str, int]
    """Each cell of the form by key."""
    rows: Mapping[str, int]
    """The row labels by row key."""
    headers: Sequence[tuple[Match, int | None]]
    unplaced: Mapping[str, Sequence[int]]
    strays: Sequence[int]
    repeated: Mapping[str, int]
    captions: Sequence[int]
    corner: int | None
    fit: tuple[int, int]
    """How well the form explains the tables."""

    def grid(self, cells: Sequence[Cell]) -> Grid:
        """The statutory table with the cells of such tables."""

        def label(number: int) -> Label:
            prose = cells[number].prose
            return _label((prose.text.strip(), prose.ink()))

        def rows(found: Mapping[str, int]) -> dict[str, Label]:
            # A row without a label is where its first cell is.
            return {key: label(at) if key else Label("", cells[at].prose.span()) for key, at in found.items()}

        def where(key: str) -> tuple[Span, Place | None]:
            cell = cells[numbers[key]]
            return cell.prose.ink(), cell.place

        numbers = self.cells
        spans = [cells[number].prose.span() for number in self.spanned]
        return Grid(
            form=self.form,
            table=self.table,
            span=Span(min(s.start for s in spans), max(s.end for s in spans)),
            cells=cells_of(self.table.key, {key: cells[at].prose.text for key, at in numbers.items()}, where),
            rows=rows(self.rows),
            headers=tuple([match.header(None if at is None else label(at)) for match, at in self.headers]),
            unplaced={key: tuple(map(label, found)) for key, found in self.unplaced.items()},
            strays=tuple(map(label, self.strays)),
            repeated=rows(self.repeated),
            captions=tuple(map(label, self.captions)),
            corner=None if self.corner is None else label(self.corner),
        )


@lru_cache(maxsize=128)
def readings(forms: tuple[Form, ...], looks: tuple[Look, ...]) -> Mapping[str, Reading]:
    """What tables of these looks hold of each statutory table, by key, each by the form that explains most of it."""
    printed: list[Printed] = []
    first = 0
    for look in looks:
        printed.append(Printed(look, first))
        first += len(look.cells)
    texts = frozenset[str]().union(*(table.labels for table in printed))
    best: dict[str, Reading] = {}
    for key in keys_of(forms):
        options = options_of(key, forms)
        found = [
            reading
            for form, table in likely(texts, options)
            if (reading := _reading(printed, form, table, foreign_headers(table, options))) is not None
        ]
        if found:
            best[key] = max(found, key=lambda reading: reading.fit)
    return best


@dataclass(slots=True)
class _Found:
    """What the tables hold of a statutory table."""

    cells: dict[str, int] = field(default_factory=dict[str, int])
    rows: dict[str, Square] = field(default_factory=dict[str, Square])
    headers: dict[int, list[tuple[Match, int | None]]] = field(
        default_factory=dict[int, "list[tuple[Match, int | None]]"]
    )
    unplaced: dict[str, Sequence[int]] = field(default_factory=dict[str, "Sequence[int]"])
    strays: list[int] = field(default_factory=list[int])
    repeated: dict[str, int] = field(default_factory=dict[str, int])
    captions: list[int] = field(default_factory=list[int])
    corner: int | None = None
    labels: int = 0
    spanned: list[int] = field(default_factory=list[int])
    columns: dict[int, dict[str, int]] = field(default_factory=dict[int, "dict[str, int]"])
    """The grid column of each form column, by block, kept for tables that go on without a header."""
    widths: dict[int, int] = field(default_factory=dict[int, int])


def _reading(tables: Sequence[Printed], form: Form, table: TableForm, foreign: Set[str]) -> Reading | None:
    """The statutory table that these tables hold together; None where they hold nothing of it."""
    found = _Found()
    book = book_of(form, table)
    for printed in tables:
        if not book.is_another(printed.labels):
            _Reader(printed, book, found, foreign).read()
    wanted = sum(len(block.rows) for block in table.blocks)
    if found.labels < max(3, wanted // 3) or not found.rows or not found.spanned:
        return None
    headers = [
        header for number, block in enumerate(table.blocks) for header in found.headers.get(number) or _without(block)
    ]
    texts = {key: square.text if key else "" for key, square in found.rows.items()}
    return Reading(
        form=form,
        table=table,
        spanned=sorted(set(found.spanned)),
        cells=found.cells,
        rows={key: square.number for key, square in found.rows.items()},
        headers=headers,
        unplaced=found.unplaced,
        strays=found.strays,
        repeated=found.repeated,
        captions=found.captions,
        corner=found.corner,
        fit=fit(form, table, [match for match, _ in headers], texts, len(found.strays)),
    )


def _without(block: Block) -> list[tuple[Match, int | None]]:
    """The headers of a block that has none."""
    return [(match, None) for match in compare_headers(expected_headers(block), [])]


class _Reader:
    """Reads one printed table into what was found so far."""

    def __init__(self, printed: Printed, book: LabelBook, found: _Found, foreign: Set[str]) -> None:
        self.squares = printed.squares
        self.rows = printed.rows
        self.width = printed.width
        self.book = book
        self.found = found
        self.foreign = foreign
        """What only other forms print over the columns."""
        self.present = printed.labels
        self.last: Line | None = None
        self.block: Block | None = None

    def read(self) -> None:
        """Walk down the rows: header rows say what the columns are, the others hold amounts."""
        header: list[int] = []
        relevant = False
        for number in range(len(self.squares)):
            if self._is_header(number):
                header.append(number)
                continue
            relevant = self._data_row(number, header) or relevant
            header = []
        if not relevant and header:
            self._note_captions(header)

    # -- rows ---------------------------------------------------------------------------------------------------

    def _is_header(self, number: int) -> bool:
        """Whether a row holds labels over columns and no amounts."""
        known = 0
        entries = self.book.entries
        for square in self.rows[number]:
            if not square.text:
                continue
            entry = entries.get(square.text)
            if entry is not None and entry.kind == "row":
                # A column label may read like a row label without its number; over columns it stands with others.
                return False
            if entry is None and square.state in ("value", "placeholder"):
                return False
            known += entry is not None and entry.kind != "parent"
        return known > 0

    def _data_row(self, number: int, header: Sequence[int]) -> bool:
        """Read a row of amounts; whether it belongs to the table."""
        cells = self.rows[number]
        entry, label, labelled = self._label(cells)
        if entry is None or label is None:
            self._stray(cells, labelled)
            return False
        line = entry.line
        if line is None:
            return False
        self.found.labels += 1
        block = entry.block
        index = self.book.number_of(block)
        if header:
            self.found.labels += sum([square.text in self.book.entries for row in header for square in self.rows[row]])
            self._read_header(index, block, header)
            # The cells stand in order, so that the first begins the table.
            above = (square.number for row in header for square in self.rows[row] if square.row == row)
            self.found.spanned += islice(above, 1)
        self.last, self.block = line, block
        self.found.spanned += (cells[0].number, cells[-1].number)
        if line.key in self.found.rows:
            self.found.repeated.setdefault(line.key, label.number)
            return True
        self.found.rows[line.key] = label
        values = self._values(index, block, cells, labelled, number)
        if not values:
            self.found.unplaced[line.key] = [square.number for square in cells[labelled:] if square.state != "blank"]
            return True
        keys = self.book.table.row_cells[line.key]
        self.found.cells.update(zip(keys, [square.number for square in values], strict=False))
        return True

    def _label(self, cells: Sequence[Square]) -> tuple[Entry | None, Square | None, int]:
        """The row that the cells belong to, what holds its label, and how many of the cells are labels."""
        labelled = 0
        entries = self.book.entries
        for square in cells:
            if (
                square.state == "unreadable"
                or square.text in entries
                or (square.state == "blank" and labelled + 1 < len(cells) and self._is_stub(square))
            ):
                labelled += 1
            else:
                break
        if "" in self.book.table.rows:
            block, line = self.book.table.rows[""]
            data = sum(square.state != "unreadable" for square in cells)
            if data >= max(2, len(block.columns) // 2) and self._under_header(block):
                return Entry("row", line, block), cells[0], 0
            return None, None, labelled
        stub = [square for square in cells[:labelled] if square.text]
        if stub:
            last = stub[-1]
            entry = (
                entries.get(last.text)
                or entries.get("".join([square.text for square in stub]))
                or self._bare(last.text)
                or self.book.altered_row(last.text, self.last, self.present)
            )
            if entry is not None and entry.kind == "row":
                return entry, last, labelled
        return None, None, labelled

    def _under_header(self, block: Block) -> bool:
        """Whether the printed table has the headers of a block; its rows have no labels to go by."""
        labels = {label for column in block.columns for label in column.folded_path}
        return len(labels & self.present) >= min(4, len(labels))

    def _is_stub(self, square: Square) -> bool:
        """Whether an empty cell stands left of the numbers."""
        columns = self.found.columns.get(self.book.number_of(self.block)) if self.block is not None else None
        return columns is not None and square.column + square.columns <= min(columns.values(), default=0)

    def _bare(self, text: str) -> Entry | None:
        """A row whose number a word processor made and lost: the next one with such words."""
        fitting = [(row, block) for row, block in self.book.rows if row.bare == text]
        if not fitting:
            return None
        free = [(row, block) for row, block in fitting if row.key not in self.found.rows]
        return Entry("row", *(free or fitting)[0])

    def _stray(self, cells: Sequence[Square], labelled: int) -> None:
        """Remember a row with a label that the form does not have, inside a table that is being read."""
        numbers = [square for square in cells[labelled:] if square.state == "value"]
        if self.last is None or len(numbers) < 3 or not labelled:
            return
        square = cells[labelled - 1]
        if square.state != "blank" and square.text not in self.book.foreign:
            self.found.strays.append(square.number)

    # -- columns ------------------------------------------------------------------------------------------------

    def _read_header(self, index: int, block: Block, header: Sequence[int]) -> None:
        """Find out from the header rows which grid column holds which column of the block."""
        self._note_captions(header)
        rows = [row for row in header if not self._only_caption(row)]
        corner = self._corner(rows)
        labels = self._header_labels(block, rows, corner)
        matches = compare_headers(expected_headers(block), [square.text for square in labels], self.foreign)
        self.found.headers[index] = [
            (match, None if match.at is None else labels[match.at].number) for match in matches
        ]
        self.found.columns[index] = self._columns(block, rows, corner)
        self.found.widths[index] = self.width

    def _only_caption(self, number: int) -> bool:
        entries = [self.book.entries.get(square.text) for square in self.rows[number] if square.state != "blank"]
        return bool(entries) and all(entry is not None and entry.kind == "caption" for entry in entries)

    def _note_captions(self, header: Sequence[int]) -> None:
        for row in header:
            for square in self.rows[row]:
                entry = self.book.entries.get(square.text)
                if entry is None:
                    continue
                if entry.kind == "caption" and square.row == row:
                    self.found.captions.append(square.number)
                elif entry.kind == "corner" and self.found.corner is None:
                    self.found.corner = square.number

    def _header_labels(self, block: Block, rows: Sequence[int], corner: Square | None) -> list[Square]:
        """The labels over the columns, without captions and corners."""
        named = fold_label(block.corner) if block.corner else None
        return [
            square
            for row in rows
            for square in self.rows[row]
            if square is not corner and square.text and square.text != named and square.row == row
        ]

    def _corner(self, rows: Sequence[int]) -> Square | None:
        """The corner, however it is worded: the first of the header, over the row labels."""
        first = self.squares[rows[0]][0] if rows and self.width else None
        if first is None or first.row != rows[0] or self.book.entries.get(first.text) is not None:
            return None
        return first if first.rows > 1 or len(rows) == 1 else None

    def _columns(self, block: Block, rows: Sequence[int], corner: Square | None) -> dict[str, int]:
        """The grid column of each column of the block, as far as the header says."""
        above = self._paths(rows, corner)
        columns: dict[str, int] = {}
        free = sorted([at for at, path in above.items() if path])
        for column in block.columns:
            accepted, over = column.folded_accepted, column.folded_path[:-1]
            for at in free:
                path = above[at]
                if path[-1] in accepted and (not over or set(over) <= set(path[:-1])):
                    columns[column.key] = at
                    free.remove(at)
                    break
        rest = [column for column in block.columns if column.key not in columns]
        for column in list(rest):
            named = [at for at in free if above[at][-1] in column.folded_accepted]
            same = [other for other in rest if other.folded == column.folded]
            if named and len(named) == len(same):
                at = named[0]
                columns[column.key] = at
                free.remove(at)
                rest.remove(column)
        if rest:
            self._in_order(block, rest, free, columns)
        return columns

    def _in_order(self, block: Block, rest: Sequence[Line], free: list[int], columns: dict[str, int]) -> None:
        """Give altered headers the columns that are left between their neighbours, where that is plain."""
        order = [column.key for column in block.columns]
        stub = min(columns.values(), default=0)
        for column in rest:
            index = order.index(column.key)
            low = max((columns[key] for key in order[:index] if key in columns), default=-1)
            high = min((columns[key] for key in order[index + 1 :] if key in columns), default=self.width)
            waiting = [c for c in rest if c.key not in columns and _between(order, c.key, columns, low, high)]
            between = [at for at in free if low < at < high and (at > stub or low >= 0 or len(order) == 1)]
            if between and len(between) == len(waiting):
                columns[column.key] = between[0]
                free.remove(between[0])

    def _paths(self, rows: Sequence[int], corner: Square | None) -> dict[int, list[str]]:
        """The header labels over each grid column where a leaf begins, the topmost first."""
        paths: dict[int, list[str]] = {}
        corners = self.book.corners
        before: list[str] = []
        lines = [self.squares[row] for row in rows]
        for at in range(self.width):
            path: list[str] = []
            last: Square | None = None
            leaf: Square | None = None
            for line in lines:
                square = line[at]
                if square is None or square is last:
                    continue
                last = square
                if square.text:
                    leaf = square
                    if square is not corner and square.text not in corners:
                        path.append(square.text)
            # Where there are no spans, a label may stand in every column that it covers.
            if leaf is not None and leaf.column == at and path != before:
                paths[at] = path
            before = path
        return paths

    def _values(
        self, index: int, block: Block, cells: Sequence[Square], labelled: int, number: int
    ) -> Sequence[Square]:
        """The cell of each column of a row, by the header; by order where no header says otherwise; none if unsure."""
        columns = self.found.columns.get(index, {})
        if len(columns) == len(block.columns) and self.found.widths.get(index) == self.width:
            squares = self.squares[number]
            chosen = [square for column in block.columns if (square := squares[columns[column.key]]) is not None]
            distinct = {square.number for square in chosen}
            labels = [square.number for square in cells[:labelled] if square.state != "blank"]
            if len(distinct) == len(block.columns) and distinct.isdisjoint(labels):
                return chosen
        # The header does not tell, or its cells do not stand over those of the row: by order, where that is plain.
        places = [columns[column.key] for column in block.columns if column.key in columns]
        data = cells[labelled:]
        return data if len(data) == len(block.columns) and places == sorted(places) else []


def _between(order: Sequence[str], key: str, columns: Mapping[str, int], low: int, high: int) -> bool:
    """Whether a column lies between the same placed neighbours."""
    index = order.index(key)
    before = max((columns[k] for k in order[:index] if k in columns), default=-1)
    after = min((columns[k] for k in order[index + 1 :] if k in columns), default=high)
    return before == low and after == high
