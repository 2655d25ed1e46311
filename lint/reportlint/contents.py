"""A report as it may be shown: its parts, prose and figures with their places, personal data masked.

Outputs that show the reports themselves ask for it; what is not asked for is not kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from reportlint.document import Span
from reportlint.errors import Words
from reportlint.extract import Record, records, shown_text
from reportlint.finding import Location
from reportlint.form import TableForm
from reportlint.privacy import Spans, masked_prose
from reportlint.report import Grid, Report, Section, State
from reportlint.text import Folded


class Line(NamedTuple):
    """A paragraph; each of its characters has an offset in the text view."""

    number: int
    text: str
    offsets: Sequence[int]

    def within(self, span: Span) -> tuple[int, int] | None:
        """Which of its characters stand in a stretch of the text view; None where that lies outside."""
        if not self.offsets or span.end < self.offsets[0] or span.start > self.offsets[-1]:
            return None
        start = bisect_left(self.offsets, span.start)
        return start, max(bisect_left(self.offsets, span.end), min(start + 1, len(self.text)))


class Figure(NamedTuple):
    """A cell: what is printed in it, and the number that it holds."""

    state: State
    text: str
    value: int | Decimal | None
    span: Span
    counts: int | Decimal | None
    """What it stands for in a sum: also 0 where the table plainly leaves zeros blank."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of the report with the form it follows."""

    key: str
    form: str
    table: TableForm
    span: Span
    cells: Mapping[str, Figure]
    labels: Mapping[str, Span]
    """Where the label of each row stands, by row key."""
    heads: Mapping[str, Span]
    """Where the labels above the numbers stand, by what the form has there; those that it has once."""
    unreadable: Words | None = None

    def at(self, span: Span) -> str | None:
        """The key of the cell that is exactly this stretch of the text view."""
        return next((key for key, figure in self.cells.items() if figure.span == span), None)

    def head_at(self, span: Span) -> str | None:
        """The label above the numbers that is exactly this stretch of the text view, as the form has it."""
        return next((head for head, label in self.heads.items() if label == span), None)

    def row_at(self, span: Span) -> str | None:
        """The key of the row whose label is exactly this stretch of the text view."""
        return next((key for key, label in self.labels.items() if label == span), None)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report under its heading; the lines before the first part have none."""

    heading: Line | None
    span: Span
    lines: tuple[Line, ...]
    tables: tuple[str, ...] = ()
    """The keys of the tables that stand in it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """All of a report that may be shown."""

    published: str | None
    """The date of publication that it states, as YYYY-MM-DD."""
    parts: tuple[Part, ...]
    tables: Mapping[str, Figures]
    cells: tuple[Record, ...]
    """The cells of the tables as `extract` gives them."""
    starts: Sequence[int]
    """The offset at which each line of the text view begins."""

    def span(self, location: Location) -> Span:
        """The offsets of a place in this report."""
        start = self.starts[location.line - 1] + location.column - 1
        return Span(start, max(start, self.starts[location.end_line - 1] + location.end_column - 1))


def contents(report: Report, hidden: Spans) -> Contents:
    """What of a report may be shown; personal data at `hidden` is masked."""
    text = report.document.text
    starts = [0]
    while found := text.find("\n", starts[-1]) + 1:
        starts.append(found)
    return Contents(
        published=report.published.iso if report.published is not None else None,
        parts=tuple(_parts(report, hidden)),
        tables={key: _figures(key, grid, hidden) for key, grid in report.grids.items()},
        cells=tuple(records(report, hidden)),
        starts=starts,
    )


def _parts(report: Report, hidden: Spans) -> Iterator[Part]:
    sections = sorted((*report.sections, *report.repeated), key=lambda section: section.span.start)
    homes = {key: _home(grid, sections) for key, grid in report.grids.items()}
    first = sections[0].span.start if sections else len(report.document.text)
    front = (*report.titles, *report.preface)
    lines = tuple(_line(report, line, hidden) for line in sorted(front, key=lambda line: line.whole.start))
    loose = tuple(key for key, home in homes.items() if home is None)
    if lines or loose:
        yield Part(None, Span(0, first), tuple(dict.fromkeys(lines)), loose)
    for section in sections:
        tables = tuple(key for key, home in homes.items() if home is section)
        paragraphs = tuple(_line(report, line, hidden) for line in section.paragraphs)
        yield Part(_heading(report, section), section.span, paragraphs, tables)


def _home(grid: Grid, sections: Sequence[Section]) -> Section | None:
    """The part that a table stands in."""
    found = (section for section in sections if section.span.start <= grid.span.start < section.span.end)
    return next(found, None)


def _heading(report: Report, section: Section) -> Line:
    heading = section.heading
    text = f"{heading.numeral}{heading.title}"
    start, end = heading.span
    places = range(start, start + len(text)) if end - start == len(text) else [start] * len(text)
    return Line(report.document.position(start).line, text, places)


def _line(report: Report, line: Folded, hidden: Spans) -> Line:
    prose = line.prose
    return Line(report.document.position(prose.span().start).line, masked_prose(prose, hidden), prose.offsets())


def _figures(key: str, grid: Grid, hidden: Spans) -> Figures:
    return Figures(
        key=key,
        form=grid.form.name,
        table=grid.table,
        span=grid.span,
        cells={
            cell: Figure(amount.state, shown_text(amount, hidden), amount.value, amount.span, grid.count(cell))
            for cell, amount in grid.cells.items()
        },
        labels={row: label.span for row, label in grid.rows.items()},
        heads=_heads(grid),
        unreadable=grid.unreadable,
    )


def _heads(grid: Grid) -> dict[str, Span]:
    counts = Counter(header.expected for header in grid.headers)
    return {
        header.expected: header.found.span
        for header in grid.headers
        if header.found is not None and counts[header.expected] == 1
    }
