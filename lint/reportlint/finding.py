"""What a run says: findings, faults, the outcome of every rule, and the result that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportlint.document import Place
from reportlint.errors import Words
from reportlint.rule import SEVERITIES, Outcome, Rule, Severity

if TYPE_CHECKING:
    from reportlint.comments import Comment
    from reportlint.contents import Contents


class Location(NamedTuple):
    """A place in a file: lines and columns from 1, in code points of the text view, the end exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    address: str
    """The place in terms of the report: 三、… › 表三 › （一）予以公开 × 自然人."""
    place: Place | None = None
    """The place in terms of the file: page, paragraph, table, row and column."""
    note: Words | None = None
    """What the place has to do with the finding, for related ones."""


class Frame(NamedTuple):
    """The words around a finding, free of markup, personal data masked: what a person is shown.

    `lines` are (line number, text); the finding stands in the last line from `start` to `end` (code points).
    """

    lines: tuple[tuple[int, str], ...]
    start: int
    end: int


class FileEdit(NamedTuple):
    """Text of a file's text view to be replaced: offsets in code points, the end exclusive."""

    start: int
    end: int
    text: str


class FixOffer(NamedTuple):
    """Edits that would mend a finding."""

    edits: tuple[FileEdit, ...]
    safe: bool


class Finding(NamedTuple):
    """A departure of a report from a rule."""

    rule: str
    name: str
    severity: Severity
    message: Words
    location: Location
    frame: Frame | None
    advice: Words | None = None
    basis: Words | None = None
    related: tuple[Location, ...] = ()
    fix: FixOffer | None = None
    fingerprint: str = ""

    @property
    def path(self) -> str:
        return self.location.path

    @property
    def line(self) -> int:
        return self.location.line

    @property
    def column(self) -> int:
        return self.location.column

    @property
    def address(self) -> str:
        return self.location.address


class Suppressed(NamedTuple):
    """A finding that somebody has decided to leave: where that is written, and why."""

    finding: Finding
    means: Literal["entry", "comment", "baseline"]
    """An entry of an ignore list, a comment in the report, or the baseline."""
    origin: str
    """Where it is written: reportlint-ignore.toml:3."""
    reason: Words
    expires: str = ""
    """The last day, as YYYY-MM-DD."""
    by: str = ""


class Fault(NamedTuple):
    """Why a result is incomplete. It cannot be deselected or suppressed; the exit code is 2."""

    code: str
    path: str | None
    message: Words
    detail: str = ""
    """For developers: a traceback, where there is one."""


class CheckOutcome(NamedTuple):
    """What became of a rule on a report; the reason where it did not run."""

    rule: str
    outcome: Outcome
    reason: Words | None = None


@dataclass(frozen=True)
class FileResult:
    """What was found in one file."""

    path: str
    agency: str | None = None
    year: int | None = None
    form: str | None = None
    """The name of the form that the tables follow."""
    due_form: str | None = None
    """The name of the form that a report of this year must follow."""
    agency_kind: str | None = None
    packs: tuple[str, ...] = ()
    """The packs that were applied, by name, each after those that it extends."""
    encoding: str | None = None
    kind: str | None = None
    """The kind of file: txt, docx, pdf …"""
    findings: tuple[Finding, ...] = ()
    faults: tuple[Fault, ...] = ()
    checks: tuple[CheckOutcome, ...] = ()
    contents: Contents | None = None
    """The report itself, where an output asks for it."""
    comments: tuple[Comment, ...] = ()
    """What the file itself asks to be left."""
    suppressed: tuple[Suppressed, ...] = ()
    is_report: bool = True
    """Whether it is a report; an ignore list or a baseline, of which something is to be said, is none."""


@dataclass(frozen=True)
class Result:
    """What a run found, sorted by path and place."""

    files: tuple[FileResult, ...]
    findings: tuple[Finding, ...]
    faults: tuple[Fault, ...]
    rules: tuple[Rule, ...]
    """The rules that were selected, by code."""
    fail_on: Severity = "warning"
    counts: Mapping[Outcome, int] = field(default_factory=dict["Outcome", int])
    """Checks (one rule on one report) by outcome."""

    @property
    def reports(self) -> tuple[FileResult, ...]:
        """The files that are reports, or were asked for as such."""
        return tuple(file for file in self.files if file.is_report)

    @property
    def suppressed(self) -> tuple[Suppressed, ...]:
        """The findings that are left on purpose; none of them counts."""
        return tuple(left for file in self.files for left in file.suppressed)

    def count(self, severity: Severity) -> int:
        """How many findings have that severity."""
        return sum(finding.severity == severity for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """0: complete, and nothing at or above `fail_on`; 1: findings; 2: incomplete."""
        if self.faults:
            return 2
        return int(any(self.fails(finding.severity) for finding in self.findings))

    def fails(self, severity: Severity) -> bool:
        """Whether a finding of that severity reaches `fail_on`."""
        return SEVERITIES.index(severity) <= SEVERITIES.index(self.fail_on)
