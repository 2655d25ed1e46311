"""The reports of the page and their findings, numbered; where in its report each finding stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from reportlint.contents import Contents, Figures, Line, Part
from reportlint.document import Span
from reportlint.finding import FileResult, Finding, Location, Result
from reportlint.rule import SEVERITIES, Severity


@dataclass(frozen=True, slots=True)
class Note:
    """A finding with its number: on the page, and in its report."""

    finding: Finding
    mark: str
    number: int


@dataclass(frozen=True, slots=True)
class Home:
    """Where a note is shown: beside a line or a table of a part; at neither where the place is none of these."""

    part: Part | None
    block: Line | Figures | None


@dataclass(frozen=True)
class Entry:
    """A report of the page."""

    number: int
    file: FileResult
    notes: tuple[Note, ...] = ()
    whole: bool = True
    """Whether all of its text is shown, and not only what is wrong."""

    @property
    def mark(self) -> str:
        return f"r{self.number}"

    @property
    def name(self) -> str:
        """The agency and the year; the path where the report does not say."""
        said = [self.file.agency or "", f"{self.file.year}" if self.file.year is not None else ""]
        return " ".join(part for part in said if part) if self.file.agency else self.file.path

    @property
    def worst(self) -> Severity | None:
        return next((level for level in SEVERITIES if self.count(level)), None)

    def count(self, severity: Severity) -> int:
        return sum(note.finding.severity == severity for note in self.notes)

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.file.contents.parts if self.file.contents is not None else ()

    @cached_property
    def homes(self) -> list[tuple[Note, Home]]:
        """Every note with where it is shown."""
        return [(note, self._home(note.finding.location)) for note in self.notes]

    def beside(self, part: Part | None, block: Line | Figures | None) -> list[Note]:
        """The notes that are shown beside something."""
        return [note for note, home in self.homes if home.part is part and home.block is block]

    def _home(self, location: Location) -> Home:
        contents = self.file.contents
        if contents is None or location.path != self.file.path:
            return Home(None, None)
        span = contents.span(location)
        for part in contents.parts:
            if not part.span.start <= span.start < max(part.span.end, part.span.start + 1):
                continue
            return Home(part, _block(part, contents, span))
        return Home(None, None)


def _block(part: Part, contents: Contents, span: Span) -> Line | Figures | None:
    for block in blocks(part, contents):
        if isinstance(block, Figures):
            if block.span.start <= span.start <= block.span.end:
                return block
        elif block.within(span) is not None:
            return block
    return None


def blocks(part: Part, contents: Contents) -> Iterator[Line | Figures]:
    """The heading of a part, its lines and its tables in the order in which they stand."""
    found: list[Line | Figures] = [contents.tables[key] for key in part.tables]
    found += part.lines
    if part.heading is not None:
        found.append(part.heading)
    yield from sorted(found, key=lambda block: _start(block, part))


def _start(block: Line | Figures, part: Part) -> int:
    if isinstance(block, Figures):
        return block.span.start
    return block.offsets[0] if block.offsets else part.span.start


def entries(result: Result, whole: bool) -> list[Entry]:
    """The reports in the order of their paths."""
    found: list[Entry] = []
    count = 0
    for number, file in enumerate(result.files, 1):
        notes = tuple(Note(finding, f"f{count + at}", at) for at, finding in enumerate(file.findings, 1))
        count += len(notes)
        found.append(Entry(number, file, notes, whole))
    return found
