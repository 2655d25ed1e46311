"""The units of the roster and what each of them handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reportlint.errors import Words, words
from reportlint.finding import FileResult, Finding, Result
from reportlint.report import Member, Roster

_LEAST = 5
"""How many characters a name must have to be known without the places before it."""


@dataclass(frozen=True)
class Unit:
    """An agency with its report for the year under review."""

    name: str
    member: Member | None
    """Its entry in the roster; None for one that handed in a report without being asked."""
    files: tuple[FileResult, ...] = ()
    """Its reports for the year: none where it is missing, several where it is ambiguous."""

    @property
    def file(self) -> FileResult | None:
        """Its report; None where it has none, or more than one."""
        return self.files[0] if len(self.files) == 1 else None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for file in self.files for finding in file.findings)

    @property
    def is_known(self) -> bool:
        """Whether it handed in something and its name is known."""
        return bool(self.files) and (self.member is not None or bool(self.files[0].agency))

    @property
    def published(self) -> str | None:
        """The date of publication that its report states, as YYYY-MM-DD."""
        contents = self.file.contents if self.file is not None else None
        return contents.published if contents is not None else None

    def due(self, year: int) -> str | None:
        """The last day of publication, as YYYY-MM-DD; None where the roster names none."""
        return f"{year + 1}-{self.member.deadline}" if self.member is not None and self.member.deadline else None

    def standing(self, year: int) -> Words:
        """Whether it has reported, and in time."""
        due, published = self.due(year), self.published
        if not self.files:
            return MISSING
        if len(self.files) > 1:
            return SEVERAL
        if self.member is None:
            return UNLISTED
        if due is not None and published is not None and published > due:
            return LATE
        if due is None or published is None:
            return UNDATED
        return IN_TIME

    def must_mend(self, result: Result) -> bool:
        """Whether its report goes back: it could not be checked in full, or a finding reaches `--fail-on`."""
        faulty = any(file.faults for file in self.files)
        return faulty or any(result.fails(finding.severity) for finding in self.findings)


MISSING = words("未报送", "missing")
SEVERAL = words("报送多份", "several reports")
UNLISTED = words("不在名册", "not in the roster")
LATE = words("逾期", "late")
UNDATED = words("已报送（期限或公布日期不明）", "reported (no deadline or no date)")
IN_TIME = words("按期", "in time")


def year_under_review(files: Iterable[FileResult]) -> int | None:
    """The year that most reports are for; of several the latest."""
    counts = Counter(file.year for file in files if file.year is not None)
    return max(counts, key=lambda year: (counts[year], year), default=None)


def units(result: Result, roster: Roster, year: int) -> list[Unit]:
    """The members of the roster in its order, then those who reported without being in it."""
    reports = [file for file in result.files if file.year == year or (file.year is None and file.faults)]
    left = {file.path: file for file in reports}
    found: list[Unit] = []
    for member in roster.members:
        own = tuple(_of(member, roster, reports))
        for file in own:
            left.pop(file.path, None)
        found.append(Unit(member.agency, member, own))
    found += [Unit(file.agency or file.path, None, (file,)) for file in left.values() if _is_report(file, roster)]
    return found


def _is_report(file: FileResult, roster: Roster) -> bool:
    return file.path != roster.document.name


def _of(member: Member, roster: Roster, reports: Sequence[FileResult]) -> Iterator[FileResult]:
    """The reports of a member: under its name, or under it without the places before it, where that is no other's."""
    exact = [file for file in reports if file.agency == member.agency]
    if exact:
        yield from exact
        return
    names = {other.agency for other in roster.members}
    for file in reports:
        if not file.agency or file.agency in names or len(file.agency) < _LEAST:
            continue
        akin = [other for other in names if other.endswith(file.agency) or file.agency.endswith(other)]
        if akin == [member.agency]:
            yield file
