"""What a document says as the report it is: title, year, agency, sections, and tables as grids of amounts."""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple, cast

from reportlint.document import Document, Place, Span
from reportlint.errors import Words
from reportlint.form import Form, SectionForm, TableForm
from reportlint.globs import absolute, matches, rooted
from reportlint.text import Folded, may_match

State = Literal["value", "blank", "placeholder", "unreadable"]
AgencyKind = Literal["government", "government-office", "department", "township", "sub-district", "other"]
Level = Literal["province", "prefecture", "county"]


class Amount(NamedTuple):
    """A cell of a table as it is printed. The four states never turn into one another."""

    key: str
    table: str
    state: State
    text: str
    span: Span
    value: int | Decimal | None = None
    """The number, unrounded; None in every other state."""
    unit: str = ""
    """A unit written behind the number inside the cell, such as 元."""
    place: Place | None = None


class Cells(Mapping[str, Amount]):
    """The cells of a table by key, in the order of its rows; each is made when it is first asked for.

    Most are never asked for: what rules need of nearly all of them is the text.
    """

    __slots__ = ("_made", "_make", "_where", "texts")

    def __init__(
        self,
        texts: Mapping[str, str],
        where: Callable[[str], tuple[Span, Place | None]],
        make: Callable[[str, str, Span, Place | None], Amount],
    ) -> None:
        self.texts = texts
        """What is printed in each."""
        self._where = where
        self._make = make
        self._made: dict[str, Amount] = {}

    def __getitem__(self, key: str) -> Amount:
        made = self._made.get(key)
        if made is None:
            if key not in self.texts:
                raise KeyError(key)
            made = self._made[key] = self._make(key, self.texts[key], *self._where(key))
        return made

    def packed(self) -> Cells:
        """The same cells without the document that they stand in: for reports of which thousands are kept."""
        number = {key: at for at, key in enumerate(self.texts)}
        wheres = [self._where(key) for key in self.texts]
        starts = array("L", [span.start for span, _ in wheres])
        ends = array("L", [span.end for span, _ in wheres])
        places = {key: place for key, (_, place) in zip(self.texts, wheres, strict=True) if place is not None}

        def where(key: str) -> tuple[Span, Place | None]:
            at = number[key]
            return Span(starts[at], ends[at]), places.get(key)

        return Cells(self.texts, where, self._make)

    def __contains__(self, key: object) -> bool:
        return key in self.texts

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


class Label(NamedTuple):
    """A label as it is printed, and where."""

    text: str
    span: Span


class Header(NamedTuple):
    """A header label of the form, and what stands in its place."""

    expected: str
    found: Label | None
    state: Literal["exact", "altered", "foreign", "missing", "truncated"]
    """`foreign` where it is the header of another form."""
    accepted: bool = False
    """Whether it is another wording that the form accepts."""
    column: str = ""
    """The key of the column for the label next to the numbers."""


@dataclass(frozen=True, eq=False)
class Grid:
    """A statutory table as it stands in the report, read by its labels."""

    form: Form
    """The form that the table follows, recognised by its labels; not always the one it should follow."""
    table: TableForm
    span: Span
    cells: Cells
    """The cells that have a place, by cell key. A cell that could not be placed is absent."""
    rows: Mapping[str, Label]
    """The row labels found, by row key, in the order in which they stand."""
    headers: tuple[Header, ...] = ()
    unplaced: Mapping[str, tuple[Label, ...]] = field(default_factory=dict[str, "tuple[Label, ...]"])
    """The cells with something in them of each row that has not as many as the form, so that none has a place."""
    strays: tuple[Label, ...] = ()
    """Labels of rows that the form does not have."""
    repeated: Mapping[str, Label] = field(default_factory=dict[str, Label])
    """Row labels that stand there a second time, by row key."""
    captions: tuple[Label, ...] = ()
    corner: Label | None = None
    stitched: bool = False
    """Whether it was put together from pieces: then the order of its rows and the look of its header say nothing."""
    unreadable: Words | None = None
    """Why the cells cannot be told apart; then there are none."""

    def value(self, key: str) -> int | Decimal | None:
        """The number in a cell; None where there is none, whatever the reason."""
        return self.numbers.get(key)

    @cached_property
    def memo(self) -> dict[str, object]:
        """Where rules keep what several of them work out from the table."""
        return {}

    @cached_property
    def numbers(self) -> dict[str, int | Decimal]:
        """The cells that hold numbers, and nothing of the others."""
        texts = self.cells.texts
        if not self.blanks and not self.unusual:
            return dict(zip(texts, map(int, texts.values()), strict=True))
        odd = {amount.key: amount.value for amount in self.unusual if amount.value is not None}
        without = self._blank.union([amount.key for amount in self.unusual if amount.value is None])
        return {key: odd[key] if key in odd else int(text) for key, text in texts.items() if key not in without}

    @cached_property
    def figures(self) -> dict[str, int | Decimal]:
        """What the cells stand for in a sum: their numbers, and 0 for the blanks of a table that leaves zeros blank."""
        if not self.leaves_zero_blank:
            return self.numbers
        known = {**dict.fromkeys(self.blanks, 0), **self.numbers}
        return {key: known[key] for key in self.cells.texts if key in known}

    @property
    def blanks(self) -> Sequence[str]:
        """The keys of the cells that hold nothing."""
        return self._odd[0]

    def is_blank(self, key: str) -> bool:
        """Whether a cell holds nothing."""
        return key in self._blank

    @cached_property
    def _blank(self) -> frozenset[str]:
        return frozenset(self.blanks)

    @property
    def unusual(self) -> Sequence[Amount]:
        """The cells that hold something but bare digits: words, signs, fractions, separators, units."""
        return self._odd[1]

    @cached_property
    def _odd(self) -> tuple[Sequence[str], Sequence[Amount]]:
        texts = self.cells.texts
        blanks: list[str] = []
        unusual: list[Amount] = []
        lines = "\n".join(texts.values())
        if not texts or (_PLAIN.fullmatch(lines) and lines.count("\n") == len(texts) - 1):
            return blanks, unusual
        for key, text in texts.items():
            if not text:
                blanks.append(key)
            elif not (text.isdigit() and text.isascii()) or (text[0] == "0" and text != "0"):
                # What looks like something may be white space of an odd kind.
                amount = self.cells[key]
                if amount.state == "blank":
                    blanks.append(key)
                else:
                    unusual.append(amount)
        return blanks, unusual

    @cached_property
    def leaves_zero_blank(self) -> bool:
        """Whether the table plainly leaves zeros blank: many blanks, some numbers, and not one 0 among them."""
        numbers = self.numbers.values()
        if not numbers or 0 in numbers:
            return False
        return len(self.blanks) * 2 >= len(self.cells)

    def count(self, key: str) -> int | Decimal | None:
        """The number that a cell stands for in a sum: 0 for a blank of a table that leaves zeros blank."""
        return self.figures.get(key)

    def row_total(self, row: str) -> int | Decimal | None:
        """The total of a row of 表三; where such a table leaves it blank, the sum of the row."""
        total = self.value(f"{row}.total")
        if total is not None or not self.leaves_zero_blank:
            return total
        if row not in self._row_sums:
            self._row_sums[row] = self._row_sum(row)
        return self._row_sums[row]

    @cached_property
    def _row_sums(self) -> dict[str, int | Decimal | None]:
        return {}

    def _row_sum(self, row: str) -> int | Decimal | None:
        total = f"{row}.total"
        parts = self.counts(*[key for key in self.table.row_cells[row] if key != total])
        return None if parts is None else sum(parts)

    def values(self, *keys: str) -> list[int | Decimal] | None:
        """The numbers in some cells; None where one of them holds none."""
        return _each(self.numbers, keys)

    def counts(self, *keys: str) -> list[int | Decimal] | None:
        """The numbers that some cells stand for in a sum; None where one of them stands for none."""
        return _each(self.figures, keys)


def _each(figures: Mapping[str, int | Decimal], keys: Sequence[str]) -> list[int | Decimal] | None:
    found = [figures.get(key) for key in keys]
    return None if None in found else cast("list[int | Decimal]", found)


_PLAIN = re.compile(r"(?:0|[1-9][0-9]*)(?:\n(?:0|[1-9][0-9]*))*")
"""Cells in bare digits, one a line."""


class Heading(NamedTuple):
    """The heading of a part: its numeral as printed (with its punctuation) and the title after it."""

    numeral: str
    value: int | None
    title: str
    span: Span
    numeral_span: Span
    title_span: Span
    style: Literal["chinese", "bracketed", "arabic", "none"]
    level: int | None = None


@dataclass(frozen=True, eq=False)
class Section:
    """A part of the report under its heading; `form` is None for a part that the form does not know."""

    form: SectionForm | None
    heading: Heading
    paragraphs: tuple[Folded, ...]
    """The prose under the heading without the tables, empty paragraphs left out."""
    span: Span
    has_table: bool = False

    @property
    def key(self) -> str | None:
        return None if self.form is None else self.form.key

    @cached_property
    def text(self) -> str:
        """The folded prose in one string."""
        return "".join(paragraph.text for paragraph in self.paragraphs)


class Title(NamedTuple):
    """The title, its lines joined: the whole, the agency in it and where."""

    text: str
    span: Span
    lines: tuple[Folded, ...]
    agency: str = ""
    """What is left without the year and the fixed words."""
    from_metadata: bool = False


class Witness(NamedTuple):
    """Something that speaks for a year of the report."""

    kind: Literal["title", "period", "body", "plan", "published", "file"]
    year: int
    """The year of the report that it speaks for."""
    span: Span | None
    text: str


class Published(NamedTuple):
    """The date of publication that the report states."""

    year: int
    month: int
    day: int
    span: Span | None

    @property
    def iso(self) -> str:
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, eq=False)
class Report:
    """One agency's report for one year, as understood."""

    document: Document
    forms: tuple[Form, ...]
    year: int | None
    """The year of the figures; None where fewer than two witnesses agree and the configuration does not say."""
    witnesses: tuple[Witness, ...]
    form: Form | None
    """The form that a report of this year must follow."""
    title: Title | None
    titles: tuple[Folded, ...]
    """Every line before the first section that reads like a title."""
    agency: str | None
    kind: AgencyKind | None
    level: Level | None
    published: Published | None
    preface: tuple[Folded, ...]
    sections: tuple[Section, ...]
    """The parts in the order in which they stand; a part of the form at most once."""
    repeated: tuple[Section, ...]
    """Parts of the form that stand there once more."""
    grids: Mapping[str, Grid]
    residue: tuple[Folded, ...] = ()
    """Lines of a web page around the report."""
    memo: dict[str, object] = field(default_factory=dict[str, object], compare=False, repr=False)
    """Where rules keep what several of them work out from the report."""

    def section(self, key: str) -> Section | None:
        """The part of the form with that key, such as `overall`."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, Section]:
        return {section.form.key: section for section in reversed(self.sections) if section.form is not None}

    def prose(self) -> Iterator[tuple[Section | None, Folded]]:
        """Every paragraph outside the tables with its section; the preface has none."""
        return iter(self._prose)

    @cached_property
    def _prose(self) -> tuple[tuple[Section | None, Folded], ...]:
        parts = (*self.sections, *self.repeated)
        return (
            *((None, paragraph) for paragraph in self.preface),
            *((section, paragraph) for section in parts for paragraph in section.paragraphs),
        )

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[Folded, re.Match[str]]]:
        """Where a pattern matches in the prose, with the paragraph; for patterns that `^` and `$` do not anchor.

        A pattern that matches nowhere, as most do, costs one search at most.
        """
        if not self.has(pattern):
            return iter(())
        return ((line, found) for _, line in self._prose for found in pattern.finditer(line.text))

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern matches anywhere in the prose."""
        return self.may_match(pattern) and pattern.search(self.folded) is not None

    def may_match(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern may match anywhere in the prose, by the literals that its matches hold."""
        return may_match(pattern, self.folded)

    @cached_property
    def folded(self) -> str:
        """All prose in folded form, a paragraph a line: to see at once whether a pattern matches anywhere."""
        return "\n".join(self.texts)

    @cached_property
    def texts(self) -> Sequence[str]:
        """The paragraphs outside the tables in folded form."""
        return [line.text for _, line in self._prose]

    @property
    def start(self) -> Span:
        """Where a finding about the whole report stands: its title, or the first words of the file."""
        if self.title is not None and not self.title.from_metadata:
            return self.title.span
        if self.sections:
            return self.sections[0].heading.span
        for paragraph in self.preface:
            return paragraph.whole
        return Span(0, 0)

    def section_at(self, offset: int) -> Section | None:
        """The part that an offset of the text view stands in."""
        for section in (*self.sections, *self.repeated):
            if section.span.start <= offset < max(section.span.end, section.span.start + 1):
                return section
        return None


class Member(NamedTuple):
    """An agency that the roster says must report."""

    agency: str
    span: Span
    """Where the roster names it."""
    kind: AgencyKind | None = None
    level: Level | None = None
    parent: str = ""
    """The agency whose report aggregates its figures."""
    report: str = ""
    """A pattern of paths with `{year}` where its reports are."""
    deadline: str = ""
    """The last day of publication, as MM-DD of the year after."""


class Roster(NamedTuple):
    """Who must report, from a .toml, .csv or .xlsx file."""

    document: Document
    members: tuple[Member, ...]

    def member(self, agency: str | None) -> Member | None:
        """The member of that name."""
        return next((member for member in self.members if member.agency == agency), None)

    def member_at(self, path: str) -> Member | None:
        """The member whose reports the roster says are at an absolute path."""
        folder = os.path.dirname(absolute(self.document.name))
        for member in self.members:
            if member.report and matches(rooted(member.report.replace("{year}", "[0-9][0-9][0-9][0-9]"), folder), path):
                return member
        return None

    def children(self, agency: str) -> tuple[Member, ...]:
        """The members whose figures an agency aggregates."""
        return tuple(member for member in self.members if member.parent == agency)


@dataclass(frozen=True, eq=False)
class Corpus:
    """All reports of a run, with the roster where there is one."""

    reports: tuple[Report, ...]
    roster: Roster | None = None
    memo: dict[str, object] = field(default_factory=dict[str, object], compare=False, repr=False)
    """Where rules keep what several of them work out."""

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that are reported on."""
        return tuple(sorted({report.year for report in self.reports if report.year is not None}))

    @cached_property
    def by_agency(self) -> Mapping[tuple[str, int], Report]:
        """The reports by agency and year; of two of the same the first by path."""
        found: dict[tuple[str, int], Report] = {}
        for report in self.reports:
            if report.agency and report.year is not None:
                found.setdefault((report.agency, report.year), report)
        return found


@dataclass(frozen=True, eq=False)
class Series:
    """The reports of one agency over the years, by year."""

    reports: Mapping[int, Report]

    def pairs(self) -> Iterator[tuple[Report, Report]]:
        """Each report with the one of the year before, as (earlier, later)."""
        for year, report in sorted(self.reports.items()):
            if (earlier := self.reports.get(year - 1)) is not None:
                yield earlier, report
