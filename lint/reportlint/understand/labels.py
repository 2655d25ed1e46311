"""The labels of a statutory table, and how a printed label is recognised as one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from reportlint.document import maker
from reportlint.form import Block, Form, Line, TableForm
from reportlint.report import Header, Label
from reportlint.text import distance, fold_label, lazily

_ORDINAL = lazily(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、])")

LabelKind = Literal["row", "parent", "column", "caption", "corner"]


class Entry(NamedTuple):
    """What a label of the form is: a row, a label over rows, a column label, a caption or a corner."""

    kind: LabelKind
    line: Line | None
    block: Block


@dataclass(frozen=True, eq=False)
class LabelBook:
    """The labels of a table by their folded text."""

    table: TableForm
    others: tuple[TableForm, ...] = ()
    """The other tables of the form."""

    @cached_property
    def foreign(self) -> frozenset[str]:
        """Labels that only the other tables have: where they begin, the table is over."""
        labels = (label for table in self.others for label in LabelBook(table).entries)
        return frozenset(labels) - self.entries.keys()

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every label as printed; where a header and a row share one, the row wins."""
        found: dict[str, Entry] = {}
        for block in self.table.blocks:
            if block.caption:
                found.setdefault(fold_label(block.caption), Entry("caption", None, block))
            if block.corner:
                found.setdefault(fold_label(block.corner), Entry("corner", None, block))
            for column in block.columns:
                for label in column.folded_path:
                    found.setdefault(label, Entry("column", None, block))
                for label in column.folded_accepted:
                    found.setdefault(label, Entry("column", column, block))
        for block in self.table.blocks:
            for row in block.rows:
                for label in row.folded_path[:-1]:
                    found.setdefault(label, Entry("parent", None, block))
        for block in self.table.blocks:
            for row in block.rows:
                for label in row.folded_accepted:
                    if label:
                        found[label] = Entry("row", row, block)
        return found

    @cached_property
    def corners(self) -> frozenset[str]:
        """What the form prints in the corners of its headers."""
        return frozenset(fold_label(block.corner) for block in self.table.blocks if block.corner)

    def number_of(self, block: Block) -> int:
        """Which block of the table it is, from 0."""
        return self._numbers[id(block)]

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {id(block): number for number, block in enumerate(self.table.blocks)}

    @cached_property
    def own(self) -> frozenset[str]:
        """Labels that only this table has."""
        return frozenset(self.entries).difference(*(LabelBook(table).entries for table in self.others))

    def is_another(self, labels: Set[str]) -> bool:
        """Whether a table with these labels is plainly another one: several labels of others, none of its own."""
        return self.own.isdisjoint(labels) and len(self.foreign & labels) >= 3

    @cached_property
    def longest(self) -> int:
        """How many characters the longest label has."""
        return max((len(label) for label in self.entries), default=0)

    @cached_property
    def rows(self) -> tuple[tuple[Line, Block], ...]:
        return tuple((row, block) for block in self.table.blocks for row in block.rows if row.label)

    @cached_property
    def bare_rows(self) -> dict[str, tuple[Line, Block]]:
        """Rows by their label without its number, where that is still unique among the rows."""
        count = Counter(row.bare for row, _ in self.rows)
        return {row.bare: (row, block) for row, block in self.rows if count[row.bare] == 1}

    def altered_row(self, folded: str, after: Line | None = None, present: Set[str] = frozenset()) -> Entry | None:
        """The row that an altered, shortened or wrongly numbered label must mean; None where it could be several.

        `after` is the row before it, `present` are the labels that the table has: a label with the number of the row
        that comes next is that row, where the row stands nowhere else.
        """
        bare = self.bare_rows.get(folded)
        if bare is not None:
            return Entry("row", *bare)
        if not 2 <= len(folded) <= 60:
            return None
        hinted = [(row, block) for row, block in self.rows if row.hint and fold_label(row.hint) in folded]
        if len(hinted) == 1:
            return Entry("row", *hinted[0])
        if len(folded) >= 4:
            started = [(row, block) for row, block in self.rows if row.folded.startswith(folded)]
            if len(started) == 1:
                return Entry("row", *started[0])
            most = min(3, len(folded) // 3)
            near = [(distance(folded, row.folded, most), row, block) for row, block in self.rows]
            best = min((d for d, _, _ in near), default=most + 1)
            closest = [(row, block) for d, row, block in near if d == best]
            if best <= most and len(closest) == 1:
                return Entry("row", *closest[0])
        return self._next_row(folded, after, present)

    def _next_row(self, folded: str, after: Line | None, present: Set[str]) -> Entry | None:
        number = _ORDINAL.match(folded)
        if after is None or number is None:
            return None
        order = [row for row, _ in self.rows]
        at = next((i for i, row in enumerate(order) if row is after), len(order)) + 1
        if at >= len(order) or order[at].path[:-1] != after.path[:-1]:
            return None
        row, block = self.rows[at]
        return Entry("row", row, block) if row.folded.startswith(number[0]) and row.folded not in present else None

    def segments(self, folded: str) -> list[tuple[str, Entry]]:
        """The labels over columns that a text consists of, where two or more run together; else nothing."""
        found: list[tuple[str, Entry]] = []
        rest = folded
        while rest:
            most = min(len(rest), self.longest)
            head = next((rest[:end] for end in range(most, 1, -1) if self._is_column(rest[:end])), None)
            if head is None:
                return []
            found.append((head, self.entries[head]))
            rest = rest[len(head) :]
        return found if len(found) > 1 else []

    def _is_column(self, folded: str) -> bool:
        entry = self.entries.get(folded)
        return entry is not None and entry.kind in ("column", "corner")

    def prefix(self, folded: str) -> tuple[str, Entry] | None:
        """The longest label that a text begins with."""
        for end in range(min(len(folded), self.longest), 1, -1):
            entry = self.entries.get(folded[:end])
            if entry is not None:
                return folded[:end], entry
        return None


@lru_cache(maxsize=64)
def book_of(form: Form, table: TableForm) -> LabelBook:
    """The label book of a table of a form, made once."""
    return LabelBook(table, tuple(other for other in form.tables.values() if other is not table))


_header = maker(Header)


class Expected(NamedTuple):
    """A header label that a block prints: its words, folded, and the column for the label next to the numbers."""

    label: str
    folded: str
    line: Line | None
    column: str
    """Its key; empty where it is none."""

    @property
    def accepted(self) -> Set[str]:
        return self.line.folded_accepted if self.line is not None else frozenset((self.folded,))


_EXPECTED: dict[int, tuple[Block, tuple[Expected, ...]]] = {}


def expected_headers(block: Block) -> tuple[Expected, ...]:
    """The header labels that a block prints, each as often as it prints it, in reading order by level."""
    known = _EXPECTED.get(id(block))
    if known is None or known[0] is not block:
        known = _EXPECTED[id(block)] = (block, tuple(_expected(block)))
    return known[1]


def _expected(block: Block) -> Iterator[Expected]:
    depth = max(len(column.path) for column in block.columns)
    for level in range(depth):
        before: tuple[str, ...] | None = None
        for column in block.columns:
            if len(column.path) <= level:
                continue
            head = column.path[: level + 1]
            leaf = len(column.path) == level + 1
            if leaf or head != before:
                label = column.path[level]
                yield Expected(label, fold_label(label), column if leaf else None, column.key if leaf else "")
            before = head


class Match(NamedTuple):
    """A header label that a block prints, and what stands for it."""

    expected: str
    at: int | None
    """Which of the labels found; None where it is missing."""
    state: Literal["exact", "altered", "foreign", "missing", "truncated"]
    accepted: bool
    """Whether it is another wording that the form accepts."""
    column: str

    def header(self, found: Label | None) -> Header:
        """It, with the label found."""
        return _header((self.expected, found, self.state, self.accepted, self.column))


def compare_headers(expected: Sequence[Expected], found: Sequence[str], foreign: Set[str] = frozenset()) -> list[Match]:
    """Each expected header label with what stands for it: itself, other words, the beginning of it, or nothing.

    `found` are the labels over the columns, folded, in order; `foreign` is what only other forms print there.
    """
    if found == [each.folded for each in expected]:
        return [Match(each.label, at, "exact", False, each.column) for at, each in enumerate(expected)]
    used = [False] * len(found)
    result: list[Match | None] = [None] * len(expected)
    for index, each in enumerate(expected):
        accepted = each.accepted
        for at, text in enumerate(found):
            if not used[at] and text in accepted:
                used[at] = True
                result[index] = Match(each.label, at, "exact", text != each.folded, each.column)
                break
    missing = [index for index, match in enumerate(result) if match is None]
    rest = [at for at, taken in enumerate(used) if not taken]
    of_others = [at for at in rest if found[at] in foreign]
    if len(of_others) == len(missing):
        # Headers of another form stand for those of this one, in order.
        for index, at in zip(missing, of_others, strict=True):
            result[index] = Match(expected[index].label, at, "foreign", False, expected[index].column)
        missing = []
    for index in missing:
        each = expected[index]
        near = _nearest(each.folded, [at for at in rest if not used[at]], found)
        if near is None:
            result[index] = Match(each.label, None, "missing", False, each.column)
            continue
        used[near] = True
        cut = len(found[near]) >= 2 and each.folded.startswith(found[near])
        result[index] = Match(each.label, near, "truncated" if cut else "altered", False, each.column)
    return [match for match in result if match is not None]


def _nearest(want: str, rest: Sequence[int], folded: Sequence[str]) -> int | None:
    """Which of the unexplained labels stands for the wanted one: the first cut-off one, else the most similar."""
    for at in rest:
        if len(folded[at]) >= 2 and want.startswith(folded[at]):
            return at
    best, best_at = 0.0, None
    for at in rest:
        text = folded[at]
        common = len(set(want) & set(text)) / max(len(set(want) | set(text)), 1)
        if common > best:
            best, best_at = common, at
    return best_at if best >= 0.34 else None


def fit(
    form: Form, table: TableForm, headers: Iterable[Match | Header], rows: Mapping[str, str], strays: int
) -> tuple[int, int]:
    """How well a form explains a table: labels as the form prints them, less those that it lacks.

    `rows` are the row labels found, folded, by row key; `strays` is how many there are that the form does not have.
    """
    exact = sum(header.state == "exact" and not header.accepted for header in headers)
    same = sum(rows[key] == line.folded for key, (_, line) in table.rows.items() if key in rows)
    return exact + same - len(table.rows.keys() - rows.keys()) - strays, form.first_year


Option = tuple[Form, TableForm]
"""A form, and its table that is looked for."""


def keys_of(forms: Sequence[Form]) -> Sequence[str]:
    """The keys of the statutory tables that any of the forms has, in order."""
    return list(dict.fromkeys(key for form in forms for key in form.tables))


def options_of(key: str, forms: Sequence[Form]) -> tuple[Option, ...]:
    """The table of that key of every form that has one."""
    return tuple([(form, form.tables[key]) for form in forms if key in form.tables])


def likely(texts: Set[str], options: tuple[Option, ...]) -> Sequence[Option]:
    """The form that alone has labels of its own among these texts; every form where that does not decide."""
    if len(options) < 2:
        return options
    labels, only = _labels_of(options)
    own = [len(mine & texts) for mine in only]
    if sorted(own)[-2] == 0 and max(own) >= 3:
        return [options[own.index(max(own))]]
    if not any(own):
        # Nothing that only one form has: it is the form that has most of what is there and asks for nothing else, the
        # newest of those alike.
        ranks = [(len(mine & texts), -len(mine)) for mine in labels]
        return [option for option, rank in zip(options, ranks, strict=True) if rank == max(ranks)][-1:]
    return options


@lru_cache(maxsize=64)
def _labels_of(options: tuple[Option, ...]) -> tuple[Sequence[frozenset[str]], Sequence[frozenset[str]]]:
    """The labels of each table, and those that none of the others has."""
    labels = [frozenset(book_of(form, table).entries) for form, table in options]
    only = [mine.difference(*(other for other in labels if other is not mine)) for mine in labels]
    return labels, only


@lru_cache(maxsize=64)
def foreign_headers(table: TableForm, options: tuple[Option, ...]) -> frozenset[str]:
    """What only other forms print over the columns of a table: in it they are plainly the wrong words."""
    others = frozenset[str]().union(*(_headers(other) for _, other in options if other is not table))
    return others - _headers(table)


def _headers(table: TableForm) -> frozenset[str]:
    return frozenset[str]().union(*(block.labels for block in table.blocks))
