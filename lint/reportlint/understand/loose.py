"""Tables written as text: labels are recognised by their words among the fields of the lines (`fields`).

The fields behind a row label are its cells. A blank cell is a field of its own where the writing leaves a trace of it;
where it does not, the row has too few fields and none of them is placed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from reportlint.document import Prose, Span, maker
from reportlint.errors import Words, words
from reportlint.form import Block, Form, TableForm
from reportlint.report import Grid, Header, Label
from reportlint.text import distance, fold_label, lazily
from reportlint.understand.amounts import cells_of
from reportlint.understand.fields import Field, Stream, Written, is_rule
from reportlint.understand.labels import Entry, LabelBook, book_of, compare_headers, expected_headers

_SENTENCE = lazily(r"[。；！？]")


_label = maker(Label)


def _no_fields() -> list[Field]:
    # `list[Field]` as a factory takes five times as long.
    return []


@dataclass(slots=True)
class Row:
    """A row label and the fields behind it."""

    entry: Entry | None
    """What row of the form it is; None where no label says so."""
    label: Label
    column: int
    wide: bool
    fields: list[Field] = field(default_factory=_no_fields)
    closed: bool = False


@dataclass(slots=True)
class _Reading:
    """What has been read of a table so far."""

    book: LabelBook
    foreign: Set[str]
    """What only other forms print over the columns."""
    rows_a_line: bool
    """Whether figures stand in lines of whole rows, so that single ones are strays."""
    unlabelled: bool
    """Whether its row has no label."""
    bare: Set[int]
    """Lines of figures alone: whose they are, only the rows around them can tell."""
    rows: list[Row] = field(default_factory=list[Row])
    heads: list[tuple[Block, Label]] = field(default_factory=list["tuple[Block, Label]"])
    unknown: list[Label] = field(default_factory=list[Label])
    captions: list[Label] = field(default_factory=list[Label])
    corner: Label | None = None
    strays: list[Label] = field(default_factory=list[Label])
    run_together: int = 0
    labels: int = 0
    mixed: bool = False
    """Whether its rows stand partly in real tables, partly in lines."""
    first: int = -1
    last: int = -1
    lost: int = 0
    """How many numbers belong to no row that is known."""
    loose_data: list[Field] = field(default_factory=list[Field])
    """Numbers behind the headers of a table whose row has no label."""


def read_loose(
    lines: Sequence[Written], stream: Stream, form: Form, table: TableForm, foreign: Set[str]
) -> tuple[Grid, range] | None:
    """The table in these lines and the numbers of the lines that it takes up; None where there is none.

    `stream` holds the fields of the lines, made once for all forms; `foreign` is what only other forms print over the
    columns.
    """
    reading = _read(stream, book_of(form, table), table, foreign)
    wanted = sum(len(block.rows) for block in table.blocks)
    if reading.labels < max(3, wanted // 3) and not (reading.run_together and reading.labels >= 2):
        return None
    if table.rows.get("") is None and len(reading.rows) + reading.run_together < max(2, wanted // 3):
        return None
    first, last = reading.first, reading.last
    reading.mixed = len(set(map(type, lines[first : last + 1]))) > 1
    before, after = first, last + 1
    while before > 0 and is_rule(lines[before - 1]):
        before -= 1
    while after < len(lines) and is_rule(lines[after]):
        after += 1
    return _grid(reading, form, table, Span(_start(lines[first]), _end(lines[last]))), range(before, after)


def _start(line: Written) -> int:
    return line.span().start if isinstance(line, Prose) else line[0].span().start


def _end(line: Written) -> int:
    return line.span().end if isinstance(line, Prose) else line[-1].span().end


def _read(stream: Stream, book: LabelBook, table: TableForm, foreign: Set[str]) -> _Reading:
    fields, entries = stream.fields, book.entries
    unlabelled = "" in table.rows
    bare = frozenset[int]() if unlabelled else _bare_lines(fields, entries)
    reading = _Reading(book, foreign, _rows_a_line(fields), unlabelled, bare)
    labels = stream.labels
    if not stream.figures.isdisjoint(entries):
        labels = [index for index, item in enumerate(fields) if not item.data or item.text in entries]
    row: Row | None = None
    stray = False
    index = 0
    for label_at in [*labels, len(fields)]:
        if index < label_at:
            first, last = fields[index], fields[label_at - 1]
            whole = first.wide and first.line == last.line and first.line not in bare
            if row is not None and not row.closed and (whole or not (reading.rows_a_line or bare)):
                index = _taken(reading, stream, row, index, label_at)
            if index < label_at:
                row = _sorted_out(reading, stream, row, range(index, label_at), stray)
            index = label_at
        if index > label_at or index == len(fields):
            # A piece of a label that was read with the one before it, or the end.
            continue
        item = fields[index]
        count, entry, label = _match(fields, index, reading)
        if entry is None and (count > 1 or item.text in foreign):
            reading.unknown.append(label)
            _mark(reading, item)
            row = None
            index += count
            continue
        if entry is None and (run := book.segments(item.text)):
            for name, part in run:
                _note(reading, part, Label(name, item.span))
            reading.labels += len(run)
            _mark(reading, item)
            row = None
            index += 1
            continue
        if entry is None and item.text in book.foreign and reading.rows:
            break
        if entry is None:
            known = _unknown(reading, stream, index, row)
            if known == "cell" and row is not None:
                row.fields.append(item)
                row.closed = stream.is_end(index)
            elif known in ("row", "stray"):
                row, stray = (reading.rows[-1], False) if known == "row" else (None, True)
            elif known == "prose" and row is not None:
                row.closed = True
            index += 1
            continue
        reading.labels += 1
        stray = False
        if reading.first < 0:
            reading.first = item.line
        index += count
        reading.last = max(reading.last, fields[index - 1].line)
        if entry.kind == "row":
            row = Row(entry, label, item.column, item.wide, closed=stream.is_end(index - 1))
            reading.rows.append(row)
        else:
            row = None
            if entry.kind != "parent" and reading.rows:
                _without_page_number(reading.rows[-1])
            _note(reading, entry, label)
    return reading


def _without_page_number(row: Row) -> None:
    """Take from a row before a header that stands there again the number of the page that ends with it."""
    last = row.fields[-1] if row.fields else None
    if row.entry is None or last is None or last.wide or not (last.text.isdigit() and len(last.text) <= 3):
        return
    if sum([bool(item.text) for item in row.fields]) == len(row.entry.block.columns) + 1:
        row.fields.pop()


def _taken(reading: _Reading, stream: Stream, row: Row, start: int, stop: int) -> int:
    """Give a row the figures behind it, as far as it goes; the index of the first that is not its own."""
    at = bisect_left(stream.ends, start)
    if at < len(stream.ends) and stream.ends[at] < stop:
        stop = stream.ends[at] + 1
        row.closed = True
    row.fields += stream.fields[start:stop]
    reading.last = max(reading.last, stream.fields[stop - 1].line)
    return stop


def _sorted_out(reading: _Reading, stream: Stream, row: Row | None, figures: range, stray: bool) -> Row | None:
    """Place figures one by one, where they are not simply those of the row before them; the row that is open then."""
    for index in figures:
        item = stream.fields[index]
        if reading.rows_a_line and not item.wide and item.column == 0 and item.text:
            # A page number or the rest of one, between rows that hold a line each.
            reading.lost += reading.first >= 0
            continue
        if row is not None and not row.closed and (item.line not in reading.bare or _goes_on(row, item)):
            row.fields.append(item)
            _mark(reading, item)
            row.closed = stream.is_end(index)
        elif item.line in reading.bare and item.column == 0 and reading.rows:
            row = Row(None, Label("", item.span), 0, True, [item])
            reading.rows.append(row)
            _mark(reading, item)
        elif reading.unlabelled and reading.heads and not stray:
            reading.loose_data.append(item)
            if item.text:
                _mark(reading, item)
        elif item.text and reading.first >= 0 and not stray:
            reading.lost += 1
    return row


def _bare_lines(fields: Sequence[Field], entries: Mapping[str, Entry]) -> Set[int]:
    """Lines of numbers alone: whose they are, only the rows around them can tell."""
    wide = {item.line for item in fields if item.wide and item.text}
    return wide - {item.line for item in fields if not item.data or item.text in entries} if wide else wide


def _goes_on(row: Row, item: Field) -> bool:
    """Whether a number stands in the same line as those of a row without a label."""
    return row.entry is None and bool(row.fields) and row.fields[-1].line == item.line


def _rows_a_line(fields: Sequence[Field]) -> bool:
    """Whether numbers stand in lines of whole rows, and single ones are strays."""
    filled = [item.wide for item in fields if item.data and item.text]
    return len(filled) > 40 and sum(filled) > 0.9 * len(filled)


def _mark(reading: _Reading, item: Field) -> None:
    if reading.first < 0:
        reading.first = item.line
    reading.last = max(reading.last, item.line)


def _note(reading: _Reading, entry: Entry, label: Label) -> None:
    """Remember a label that is none of a row."""
    if entry.kind == "column":
        reading.heads.append((entry.block, label))
        if not any(item.text for item in reading.loose_data):
            # What is blank between headers is none of the cells below them.
            reading.loose_data.clear()
    elif entry.kind == "caption":
        reading.captions.append(label)
    elif entry.kind == "corner":
        reading.corner = reading.corner or label


def _match(fields: Sequence[Field], index: int, reading: _Reading) -> tuple[int, Entry | None, Label]:
    """The label that begins at a field: how many fields it takes, what it is, and itself as printed.

    A header of another form is nothing, but takes its fields.
    """
    book = reading.book
    first = fields[index]
    joined = first.text
    count, entry = 1, book.entries.get(joined)
    for more, item in enumerate(fields[index + 1 : index + 6], 2):
        if item.data or len(joined) > book.longest or (item.wide and first.wide):
            break
        joined += item.text
        longer = book.entries.get(joined)
        if longer is not None or (entry is None and joined in reading.foreign):
            count, entry = more, longer
    if count == 1:
        return 1, entry, _label((first.said, first.span))
    used = fields[index : index + count]
    return count, entry, Label("".join(item.said for item in used), Span(first.span.start, used[-1].span.end))


def _unknown(reading: _Reading, stream: Stream, index: int, row: Row | None) -> str:
    """What a text is that is no label of the form: a cell, an altered row, a stray row, a header, or prose."""
    fields = stream.fields
    item = fields[index]
    book = reading.book
    label = Label(item.said, item.span)
    follows = _data_after(fields, index)
    if row is not None and row.entry and not row.closed and len(row.fields) < len(row.entry.block.columns):
        if item.wide and item.line == fields[index - 1].line and (follows or row.fields):
            return "cell"
        if row.fields and follows and len(item.text) <= 4:
            return "cell"
    if reading.first < 0 and not follows and not _runs(book, item.text):
        return "nothing"
    if _SENTENCE.search(item.said) and len(item.text) > 30:
        return "prose"
    if _runs(book, item.text):
        reading.run_together += 1
        _mark(reading, item)
        return "prose"
    after = row.entry.line if row is not None and row.entry is not None else None
    entry = book.altered_row(item.text, after, stream.texts) if follows else None
    if entry is not None:
        reading.rows.append(Row(entry, label, item.column, item.wide, closed=stream.is_end(index)))
        reading.labels += 1
        _mark(reading, item)
        return "row"
    if follows >= 3 and reading.rows:
        reading.strays.append(label)
        _mark(reading, item)
        return "stray"
    if reading.first >= 0 and len(item.text) <= 30:
        reading.unknown.append(label)
    return "prose"


def _data_after(fields: Sequence[Field], index: int) -> int:
    """How many cells with something in them follow a field before the next text."""
    count = 0
    for item in fields[index + 1 : index + 18]:
        if not item.data:
            break
        count += bool(item.text)
    return count


def _runs(book: LabelBook, text: str) -> bool:
    """Whether a row label runs straight into digits, so that the cells behind it cannot be told apart."""
    if not text[-1:].isdigit():
        return False
    head = book.prefix(text)
    return (
        head is not None and head[1].kind == "row" and text[len(head[0]) :].replace("+", "").replace("-", "").isdigit()
    )


def _grid(reading: _Reading, form: Form, table: TableForm, span: Span) -> Grid:
    """The grid that the reading amounts to."""
    headers = _headers(reading, table)
    stitched = any(row.entry is None for row in reading.rows) or reading.mixed
    unsure = [header for header in headers if header.state not in ("exact", "foreign")]
    if stitched or len(unsure) > 2:
        # The header is in pieces as well: it cannot be told what it said, but where the words are nearly the same.
        pieces = [header for header in unsure if stitched or not _is_reworded(header)]
        headers = tuple(h._replace(state="truncated") if h in pieces else h for h in headers)
    placed = _rows_placed(reading, table)
    refused = _refused(reading, placed, table) or _uneven(placed, table)
    if refused is not None:
        cells = cells_of(table.key, {}, lambda _: (span, None))
        return Grid(form, table, span, cells, {}, headers, captions=tuple(reading.captions), unreadable=refused)
    fields = placed.fields
    return Grid(
        form,
        table,
        span,
        cells_of(table.key, placed.texts, lambda key: (fields[key].span, None)),
        placed.rows,
        headers,
        placed.unplaced,
        strays=tuple(reading.strays),
        repeated=placed.repeated,
        captions=tuple(reading.captions),
        corner=reading.corner,
        stitched=stitched,
    )


class _Placed(NamedTuple):
    """The rows of a table with their cells where they have as many as the form; see `Grid`."""

    texts: dict[str, str]
    fields: dict[str, Field]
    rows: dict[str, Label]
    unplaced: dict[str, tuple[Label, ...]]
    repeated: dict[str, Label]


def _rows_placed(reading: _Reading, table: TableForm) -> _Placed:
    offsets: _Offsets | None = None
    found = _Placed({}, {}, {}, {}, {})
    for row in _with_unlabelled(reading, table):
        line = row.entry.line if row.entry is not None else None
        if row.entry is None or line is None:
            continue
        if line.key in found.rows:
            found.repeated.setdefault(line.key, row.label)
            continue
        found.rows[line.key] = row.label
        keys = table.row_cells[line.key]
        placed: Sequence[Field] | None = row.fields
        if len(row.fields) != len(keys) or "" in [item.text for item in row.fields]:
            if offsets is None:
                offsets = _offsets(reading.rows)
            placed = _placed(row, len(keys), offsets)
        if placed is None:
            found.unplaced[line.key] = tuple(Label(item.said, item.span) for item in row.fields if item.text)
            continue
        found.texts.update(zip(keys, [item.said for item in placed], strict=True))
        found.fields.update(zip(keys, placed, strict=True))
    return found


def _uneven(placed: _Placed, table: TableForm) -> Words | None:
    """Why the cells cannot be told apart where most rows have another number of figures than the form has columns.

    A clerk leaves out a cell or two; where it is most rows, it is the way in which the table is written.
    """
    odd = sum([bool(labels) for labels in placed.unplaced.values()])
    if odd <= 3 or odd * 2 <= len(placed.rows):
        return None
    return words(
        f"{table.name}多数行的数字个数与统一格式不同，分不出单元格；请提供保留表格的文件",
        f"most rows of {table.name} hold another number of figures than the form, its cells cannot be told apart; "
        f"provide a file with the table",
    )


def _is_reworded(header: Header) -> bool:
    """Whether a header says nearly what it should, in words that are no piece of it."""
    if header.state != "altered" or header.found is None:
        return False
    said, wanted = fold_label(header.found.text), fold_label(header.expected)
    return len(said) >= 4 and said not in wanted and distance(said, wanted, 2) <= 2


def _refused(reading: _Reading, placed: _Placed, table: TableForm) -> Words | None:
    """Why the cells of the table cannot be told apart; None where they can."""
    long = [item for item in reading.loose_data if len(item.text) >= 15 and item.text.isdigit()]
    if reading.run_together or ("" in table.rows and long):
        return words(
            f"{table.name}的数字连成一片，分不出单元格；请提供保留表格的文件",
            f"the figures of {table.name} run together, its cells cannot be told apart; provide a file with the table",
        )
    kept, lost = _kept_and_lost(reading, placed, table)
    if lost > 3 * kept:
        return words(
            f"{table.name}的数字分不出属于哪一行；请提供保留表格的文件",
            f"the figures of {table.name} cannot be told to belong to its rows; provide a file with the table",
        )
    return None


def _kept_and_lost(reading: _Reading, placed: _Placed, table: TableForm) -> tuple[int, int]:
    """How many numbers belong to a row, and how many to none, or to one that has more than the form has columns."""
    loose = sum([bool(item.text) for item in reading.loose_data])
    read = sum([bool(item.text) for row in reading.rows for item in row.fields]) + loose
    kept = sum([bool(text) for text in placed.texts.values()])
    kept += sum([min(len(labels), len(table.row_cells[key])) for key, labels in placed.unplaced.items()])
    return kept, max(read - kept, 0) + reading.lost


def _with_unlabelled(reading: _Reading, table: TableForm) -> Iterator[Row]:
    """The rows read; for a table whose row has no label, the numbers behind its headers."""
    if "" not in table.rows:
        yield from _anchored(reading.rows, table)
        return
    block, line = table.rows[""]
    wanted = len(block.columns)
    data = reading.loose_data
    start = next((i for i, item in enumerate(data) if item.text), None)
    if start is None:
        return
    first = data[start]
    if first.wide:
        data = [item for item in data if item.line == first.line]
    elif start > 0:
        # What is blank before the first number and behind the last may be cells or marks: their number must tell.
        end = max(at for at, item in enumerate(data) if item.text) + 1
        cells = _begin(data, start)
        data = data[cells if end - cells == wanted else start : end]
    end = len(data)
    while end > wanted and not data[end - 1].text:
        end -= 1
    row = Row(Entry("row", line, block), Label("", first.span), 0, first.wide, data[:end])
    yield row


def _begin(data: Sequence[Field], start: int) -> int:
    """Where the blank cells begin that stand right before a number, each in a line of its own."""
    while (
        start > 0
        and data[start - 1].line != data[start].line
        and (start < 2 or data[start - 2].line != data[start - 1].line)
    ):
        start -= 1
    return start


def _anchored(rows: Sequence[Row], table: TableForm) -> Iterator[Row]:
    """The rows, those without a label given the one that their neighbours leave them.

    Between two rows that are known, as many unknown rows as the form has rows there can only be these, in order.
    """
    if not any(row.entry is None for row in rows):
        yield from rows
        return
    order = list(table.rows)
    filled = [row for row in rows if any(item.text for item in row.fields)]
    given: dict[int, Row] = {}
    known = -1
    waiting: list[Row] = []
    for row in [*filled, None]:
        if row is not None and row.entry is None:
            waiting.append(row)
            continue
        at = len(order) if row is None else order.index(row.entry.line.key) if row.entry and row.entry.line else known
        between = order[known + 1 : at]
        if waiting and len(waiting) == len(between):
            for unknown, key in zip(waiting, between, strict=True):
                block, line = table.rows[key]
                if sum(bool(item.text) for item in unknown.fields) <= len(block.columns):
                    given[id(unknown)] = replace(unknown, entry=Entry("row", line, block))
        waiting = []
        known = at
    placed = {row.entry.line.key for row in given.values() if row.entry and row.entry.line}
    for row in rows:
        own = row.entry.line.key if row.entry is not None and row.entry.line is not None else None
        if row.entry is None:
            if id(row) in given:
                yield given[id(row)]
        elif own not in placed or row in filled:
            yield row


class _Offsets(NamedTuple):
    """How many empty fields stand between label and numbers, learned from the complete rows of whole lines."""

    by_column: dict[int, set[int]]
    """By the place of the label in its line."""
    by_length: dict[tuple[int, int], set[int]]
    """By that and by how many fields there are."""
    sure: set[int]
    """Places of labels where most rows are complete and tell the same."""
    ends_kept: bool
    """Whether blank fields are kept at the ends of lines, so that rows of one kind are equally long."""


def _offsets(rows: Sequence[Row]) -> _Offsets:
    wide = [row for row in rows if row.wide and row.entry is not None]
    known = _Offsets({}, {}, set(), any(row.fields and not row.fields[-1].text for row in wide))
    complete: Counter[int] = Counter()
    for row in wide:
        wanted = len(row.entry.block.columns) if row.entry is not None else 0
        filled = [at for at, item in enumerate(row.fields) if item.text]
        if _is_whole(filled, wanted):
            complete[row.column] += 1
            known.by_column.setdefault(row.column, set()).add(filled[0])
            known.by_length.setdefault((row.column, len(row.fields)), set()).add(filled[0])
    all_rows = Counter(row.column for row in wide)
    known.sure.update(
        column for column, seen in known.by_column.items() if len(seen) == 1 and complete[column] * 2 > all_rows[column]
    )
    return known


def _is_whole(filled: Sequence[int], wanted: int) -> bool:
    """Whether as many numbers as wanted stand side by side."""
    return 0 < len(filled) == wanted and filled[-1] - filled[0] == wanted - 1


def _placed(row: Row, wanted: int, offsets: _Offsets) -> list[Field] | None:
    """The fields that are the cells of a row; None where the row has not as many as wanted, or it is unsure which."""
    filled = [at for at, item in enumerate(row.fields) if item.text]
    if _is_whole(filled, wanted):
        return row.fields[filled[0] : filled[0] + wanted]
    if len(filled) > wanted:
        return None
    starts: Set[int] = {0}
    if row.wide:
        if filled and _is_loose(row, wanted, offsets):
            return None
        alike = offsets.by_length.get((row.column, len(row.fields))) if offsets.ends_kept else None
        starts = alike or offsets.by_column.get(row.column) or starts
    possible = [start for start in sorted(starts) if all(start <= at < start + wanted for at in filled)]
    if not possible or (filled and len(possible) > 1):
        return None
    chosen = row.fields[possible[0] : possible[0] + wanted]
    return chosen if len(chosen) == wanted else None


def _is_loose(row: Row, wanted: int, offsets: _Offsets) -> bool:
    """Whether the cells of a row between tabs may stand further left or right: a label may take several fields."""
    fields = row.fields
    if fields[0].text or "\t" not in fields[0].prose.text or row.column in offsets.sure:
        return False
    learned = row.column in offsets.by_column
    return not offsets.ends_kept or (not learned and len(fields) > wanted and not fields[-1].text)


def _headers(reading: _Reading, table: TableForm) -> tuple[Header, ...]:
    """The header labels of every block with what stands for them."""
    result: list[Header] = []
    for block in table.blocks:
        found = [label for of, label in reading.heads if of is block or fold_label(label.text) in block.labels]
        found += reading.unknown
        found.sort(key=lambda label: label.span.start)
        labels = _within(block, found, reading)
        folded = [fold_label(label.text) for label in labels]
        matches = compare_headers(expected_headers(block), folded, reading.foreign)
        result += [match.header(None if match.at is None else labels[match.at]) for match in matches]
    return tuple(result)


def _within(block: Block, labels: Sequence[Label], reading: _Reading) -> list[Label]:
    """The labels that stand over the rows of a block: between the last row of another block and its own first row."""
    own = [row.label.span.start for row in reading.rows if row.entry is not None and row.entry.block is block]
    if not own:
        return list(labels)
    first = min(own)
    before = [
        row.label.span.start
        for row in reading.rows
        if row.entry is not None and row.entry.block is not block and row.label.span.start < first
    ]
    start = max(before, default=-1)
    return [label for label in labels if start < label.span.start < first]
