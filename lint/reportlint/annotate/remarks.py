"""What is to be noted in a file, in words: a note for each finding, and a summary of what was checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from reportlint.document import Document, Span
from reportlint.errors import FAULTS
from reportlint.finding import CheckOutcome, FileResult, Finding, Location, Result
from reportlint.outputs.full import KINDS
from reportlint.outputs.places import native
from reportlint.outputs.summary import SEVERITIES
from reportlint.outputs.terminal import plain
from reportlint.privacy import Spans
from reportlint.report import Report
from reportlint.rule import SEVERITIES as ORDER

AUTHOR = "reportlint"
"""In whose name notes are written, and by which they are known again."""


class Note(NamedTuple):
    """A finding with its number, from 1 in the order of the file, and where in the text view it stands."""

    number: int
    finding: Finding
    span: Span


class Said(NamedTuple):
    """A line of a note: what it is about, where that is said, and the words."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Remarks:
    """All that is to be noted in one file."""

    document: Document
    file: FileResult
    notes: tuple[Note, ...]
    title: Span
    """Where the title stands; where there is none, the beginning."""
    hidden: Spans
    """Where personal data stands that may not be repeated."""
    failed: bool
    """Whether a finding reaches the severity on which a check fails."""
    lang: str = "zh"

    def __call__(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh

    def head(self, note: Note) -> str:
        """Severity, code and message of a finding."""
        finding = note.finding
        return f"{SEVERITIES[finding.severity](self.lang)} {finding.rule}  {plain(finding.message(self.lang))}"

    def lines(self, note: Note) -> Iterator[Said]:
        """What else a note says: what to do, the places that have a part in it, the clause."""
        finding = note.finding
        if finding.advice is not None:
            yield Said(self("怎么改", "What to do"), plain(finding.advice(self.lang)))
        # Of places that are called the same it is enough to say how many there are.
        for said, count in Counter(self._place(place, finding) for place in finding.related).items():
            many = self(f"（{count} 处）", f" ({count} places)") if count > 1 else ""
            yield Said(self("另见", "See also"), f"{said}{many}")
        if finding.basis is not None:
            yield Said(self("依据", "Basis"), plain(finding.basis(self.lang)))

    def colon(self, said: Said) -> str:
        """A line of a note as text."""
        return f"{said.label}{self('：', ': ')}{said.text}" if said.label else said.text

    def _place(self, place: Location, finding: Finding) -> str:
        elsewhere = f"{plain(place.path)} " if place.path != finding.path else ""
        note = plain(place.note(self.lang)) if place.note is not None else ""
        address = plain(place.address)
        # A note that names row and column itself needs no address before it.
        if note and address.rpartition(" › ")[2] in note:
            return f"{elsewhere}{note}"
        where = native(place.place, self.lang)
        named = f"{address}{self(f'（{where}）', f' ({where})')}" if where else address
        return f"{elsewhere}{named}{self('：', ': ')}{note}" if note else f"{elsewhere}{named}"

    @property
    def verdict(self) -> str:
        """What came of the check, in a word or two."""
        if self.file.faults:
            return self("未能完整检查", "not checked completely")
        if self.failed:
            return self("未通过", "not passed")
        return self("通过", "passed")

    def summary(self) -> Iterator[Said]:
        """What the summary says below the verdict: counts, what the report was taken for, what was not checked."""
        counts = [sum(note.finding.severity == severity for note in self.notes) for severity in ORDER]
        labels = [SEVERITIES[severity](self.lang) for severity in ORDER]
        yield Said("", self("，", ", ").join(f"{label} {count}" for label, count in zip(labels, counts, strict=True)))
        if facts := self(" · ", " · ").join(self._facts()):
            yield Said(self("检查时看作", "Taken for"), facts)
        for fault in self.file.faults:
            kind = FAULTS[fault.code](self.lang) if fault.code in FAULTS else ""
            says = plain(fault.message(self.lang))
            yield Said(self("未能检查", "Not checked"), f"{says}{self('（', ' (')}{fault.code} {kind}{self('）', ')')}")
        for reason, checks in self._unchecked().items():
            codes = " ".join(check.rule for check in checks)
            yield Said(self("没有检查", "Not checked"), f"{codes}{self(f'（{reason}）', f' ({reason})')}")

    def _facts(self) -> Iterator[str]:
        file = self.file
        if file.agency is not None:
            yield plain(file.agency)
        if file.year is not None:
            yield self(f"{file.year}年度", f"report of {file.year}")
        if file.form is not None:
            yield self(f"{file.form}年格式", f"form of {file.form}")
        if file.due_form is not None and file.due_form != file.form:
            yield self(f"应按{file.due_form}年格式", f"due: form of {file.due_form}")
        if file.agency_kind is not None:
            yield KINDS[file.agency_kind](self.lang) if file.agency_kind in KINDS else file.agency_kind

    def _unchecked(self) -> dict[str, list[CheckOutcome]]:
        reasons: dict[str, list[CheckOutcome]] = {}
        for check in self.file.checks:
            if check.outcome == "not_checked":
                reason = check.reason(self.lang) if check.reason is not None else self("原因不明", "unknown reason")
                reasons.setdefault(plain(reason), []).append(check)
        return reasons


def remarks(report: Report, file: FileResult, result: Result, hidden: Spans, lang: str) -> Remarks:
    """What is to be noted in a report, by the result of the run that it was checked in."""
    document = report.document
    placed = [(_span(document, finding.location), finding) for finding in file.findings]
    placed.sort(key=lambda item: item[0].start)
    return Remarks(
        document,
        file,
        tuple(Note(number, finding, span) for number, (span, finding) in enumerate(placed, 1)),
        _title(report),
        hidden,
        any(result.fails(finding.severity) for finding in file.findings),
        lang,
    )


def _span(document: Document, location: Location) -> Span:
    """The offsets of a place. One that the document does not have, as a rule of others may give, is its beginning."""
    last = document.position(len(document.text)).line
    if location.path != document.name or location.line > last:
        return Span(0, 0)
    start = document.line(location.line).start + location.column - 1
    end = document.line(min(location.end_line, last)).start + location.end_column - 1
    return Span(start, max(start, end))


def _title(report: Report) -> Span:
    if report.title is not None and not report.title.from_metadata:
        return report.title.span
    if report.titles:
        return report.titles[0].whole
    first = next((block.span for block in report.document.blocks if block.span.end > block.span.start), Span(0, 0))
    return Span(first.start, first.start)
