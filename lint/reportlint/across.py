"""Rules over several reports: an agency's years (`on = "series"`) and all reports of a run (`on = "corpus"`).

What the rules over one report find never depends on this. Companions are the other reports of the run and those that
the configured pattern finds; one that is nowhere is "not checked", with the reason.
"""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from glob import glob
from pathlib import Path
from typing import cast

from reportlint import isolation
from reportlint.config import Settings
from reportlint.document import Document, Prose
from reportlint.errors import Unreadable, Words, trace, words
from reportlint.finding import CheckOutcome, Fault, FileResult, Finding
from reportlint.limits import Limit
from reportlint.needs import unmet
from reportlint.report import Corpus, Report, Roster, Section, Series
from reportlint.rule import Problem, Rule
from reportlint.stamp import Stamp
from reportlint.text import Folded


def slim(report: Report) -> Report:
    """The report without what only the rules over one report need, so that thousands fit into memory."""
    document = report.document
    return replace(
        report,
        document=Document(document.name, document.kind, document.text, (), document.encoding, document.metadata),
        sections=tuple(_slim_section(section) for section in report.sections),
        repeated=(),
        preface=tuple(_slim_line(line) for line in report.preface),
        grids={key: replace(grid, cells=grid.cells.packed()) for key, grid in report.grids.items()},
        memo={},
    )


def _slim_section(section: Section) -> Section:
    return replace(section, paragraphs=tuple(_slim_line(line) for line in section.paragraphs))


def _slim_line(line: Folded) -> Folded:
    """The line with its offsets packed; those of web pages are a list with an entry a character."""
    places = line.prose.offsets()
    return line if isinstance(places, range) else Folded(Prose(line.prose.text, array("L", places)))


class Across:
    """Collects the reports of a run and checks what holds between them."""

    def __init__(
        self,
        rules: Sequence[Rule],
        settings: Settings,
        read: Callable[[str, bytes], Report],
        hidden: Callable[[Report], Sequence[tuple[int, int]]],
        applies: Callable[[Rule, Report], bool] = lambda rule, report: True,
        foreign: frozenset[str] = frozenset(),
        roster: Roster | None = None,
    ) -> None:
        self._roster = roster
        self._foreign = foreign
        self._applies = applies
        self.rules = [rule for rule in rules if rule.on != "report"]
        self.settings = settings
        self._read = read
        self._hidden = hidden
        self._reports: list[Report] = []
        self._companions: dict[str, Report | None] = {}

    def add(self, report: Report) -> None:
        """Remember a report that was checked."""
        if self.rules:
            self._reports.append(slim(report))

    def results(self, files: Sequence[FileResult]) -> list[FileResult]:
        """The results of the single files with what was found between them, and one for the roster."""
        if not self.rules:
            return list(files)
        found = _Found({file.path: file for file in files}, self._hidden, self.settings.rule_seconds, self._foreign)
        ordered = sorted(self._reports, key=lambda report: report.document.name)
        roster = self._roster
        if roster is not None:
            found.reports[roster.document.name] = _bare(roster.document)
        corpus = Corpus(tuple(ordered), roster)
        for rule in self.rules:
            if rule.on == "series":
                for report in ordered:
                    if self._applies(rule, report):
                        self._series(rule, report, corpus, found)
            else:
                own = tuple(report for report in ordered if self._applies(rule, report))
                self._corpus(rule, corpus if len(own) == len(ordered) else Corpus(own, roster), found)
        return found.results()

    # -- years --------------------------------------------------------------------------------------------------

    def _series(self, rule: Rule, report: Report, corpus: Corpus, found: _Found) -> None:
        path = report.document.name
        reason = unmet(rule, report)
        if reason is not None:
            found.outcome(path, CheckOutcome(rule.code, *reason))
            return
        if path not in found.earlier:
            found.earlier[path] = self._earlier(report, corpus)
        earlier = found.earlier[path]
        if isinstance(earlier, Words):
            found.outcome(path, CheckOutcome(rule.code, "not_checked", earlier))
            return
        # The rule need not hold in the year before; what it needs must be there.
        missing = unmet(replace(rule, first_year=None, last_year=None), earlier)
        if missing is not None:
            found.outcome(path, CheckOutcome(rule.code, "not_checked", words(*_of_last_year(missing[1]))))
            return
        assert report.year is not None
        series = Series({report.year - 1: earlier, report.year: report})
        problems = found.run(rule, series, path)
        if problems is not None:
            found.outcome(path, CheckOutcome(rule.code, "fail" if problems else "pass"))
            for problem in problems:
                found.problem(rule, problem, problem.report or report)

    def _earlier(self, report: Report, corpus: Corpus) -> Report | Words:
        """The report of the year before; in words why there is none."""
        if report.year is None:
            return words("报告年度无法确定", "the year of the report is unsure")
        year = report.year - 1
        if report.agency and (known := corpus.by_agency.get((report.agency, year))) is not None:
            return known
        if report.agency and (alike := _by_short_name(report.agency, year, corpus)) is not None:
            return alike
        for path in self._candidates(report, year):
            companion = self._companion(path)
            if companion is not None and companion.year == year:
                return companion
        if not report.agency and self.settings.series is None:
            return words("机关名称不明，找不到上年的报告", "the agency is unknown, so is last year's report")
        return words(f"没有找到 {year} 年度的报告", f"the report for {year} was not found")

    def _candidates(self, report: Report, year: int) -> list[str]:
        """The files where the configured pattern has the report of a year."""
        pattern = self.settings.series
        if pattern is None or report.year is None:
            return []
        base = os.path.join(self.settings.root, pattern)
        agency = _agency_in(base, report.document.name, report.year) or report.agency
        if "{agency}" in base and not agency:
            return []
        return sorted(glob(base.replace("{agency}", _literal(agency or "")).replace("{year}", str(year))))

    def _companion(self, path: str) -> Report | None:
        if path not in self._companions:
            try:
                data = Path(path).read_bytes()
                shown = os.path.relpath(path).replace(os.sep, "/")
                self._companions[path] = slim(self._read(shown, data))
            except (OSError, Unreadable, ValueError):
                self._companions[path] = None
        return self._companions[path]

    # -- units --------------------------------------------------------------------------------------------------

    def _corpus(self, rule: Rule, corpus: Corpus, found: _Found) -> None:
        if "roster" in rule.needs and corpus.roster is None:
            for report in corpus.reports:
                reason = words("没有名册", "there is no roster")
                found.outcome(report.document.name, CheckOutcome(rule.code, "not_applicable", reason))
            return
        problems = found.run(rule, corpus, corpus.roster.document.name if corpus.roster else None)
        if problems is None:
            return
        failed: set[str] = set()
        for problem in problems:
            place = problem.report
            if place is None and corpus.roster is not None:
                place = found.reports[corpus.roster.document.name]
            if place is not None:
                failed.add(place.document.name)
                found.problem(rule, problem, place)
        names = [report.document.name for report in corpus.reports]
        # What is said of the roster is found in no report.
        for name in (*names, *sorted(failed.difference(names))):
            found.outcome(name, CheckOutcome(rule.code, "fail" if name in failed else "pass"))


class _Found:
    """The results of single files, growing by what is found between them."""

    def __init__(
        self,
        files: dict[str, FileResult],
        hidden: Callable[[Report], Sequence[tuple[int, int]]],
        seconds: float,
        foreign: frozenset[str],
    ) -> None:
        self.files = files
        self._seconds = seconds
        self._foreign = foreign
        self.faults: list[Fault] = []
        self.reports: dict[str, Report] = {}
        self.earlier: dict[str, Report | Words] = {}
        """The report of the year before, by the path of a report, or why there is none."""
        self._outcomes: dict[str, list[CheckOutcome]] = {}
        self._findings: dict[str, list[Finding]] = {}
        self._faults: dict[str, list[Fault]] = {}
        self._stamps: dict[str, Stamp] = {}
        self._hidden = hidden

    def outcome(self, path: str, outcome: CheckOutcome) -> None:
        """What became of a rule on a report."""
        self._outcomes.setdefault(path, []).append(outcome)

    def run(self, rule: Rule, subject: Series | Corpus, path: str | None) -> list[Problem] | None:
        """The problems of a rule; None, and a fault, where it crashes."""
        if rule.code in self._foreign:
            reports = subject.reports.values() if isinstance(subject, Series) else subject.reports
            ran = isolation.run([rule], subject, list(reports), self._seconds)[rule.code]
        else:
            ran = isolation.ran_here(rule, subject, Limit(self._seconds))
        fault = isolation.failed(rule, ran, path, self._seconds)
        if fault is None:
            return list(ran.problems)
        self._faults.setdefault(path or "", []).append(fault)
        return None

    def problem(self, rule: Rule, problem: Problem, report: Report) -> None:
        """A finding in a report."""
        name = report.document.name
        try:
            stamp = self._stamps.get(name)
            if stamp is None:
                stamp = self._stamps[name] = Stamp(report, self._hidden(report))
            self._findings.setdefault(name, []).append(stamp.finding(rule, problem))
        except (Exception, SystemExit) as error:
            says = words(
                f"规则 {rule.code} 的消息填不出来：{error!r}", f"the message of {rule.code} cannot be made: {error!r}"
            )
            self._faults.setdefault(name, []).append(Fault("RL010", name, says, trace()))

    def results(self) -> list[FileResult]:
        """The results of all files, sorted by path."""
        paths = {*self.files, *self._findings, *self._outcomes, *(path for path in self._faults if path)}
        general = [*self.faults, *self._faults.pop("", [])]
        merged = [self._merged(path) for path in sorted(paths)]
        if general:
            first = merged[0] if merged else FileResult("")
            merged[:1] = [replace(first, faults=(*first.faults, *general))]
        return merged

    def _merged(self, path: str) -> FileResult:
        file = self.files.get(path, FileResult(path))
        findings = [*file.findings, *self._findings.get(path, ())]
        findings.sort(key=lambda item: (item.line, item.column, item.rule, item.message["zh"]))
        checks = [*file.checks, *self._outcomes.get(path, ())]
        return replace(
            file,
            findings=tuple(findings),
            checks=tuple(sorted(checks, key=lambda check: check.rule)),
            faults=(*file.faults, *self._faults.get(path, ())),
        )


def _by_short_name(agency: str, year: int, corpus: Corpus) -> Report | None:
    """The one report of a year whose agency is the same but for the places before its name."""
    found = [
        report
        for name, report in _by_ending(corpus).get((agency[-5:], year), ())
        if name.endswith(agency) or agency.endswith(name)
    ]
    return found[0] if len(found) == 1 and len(agency) >= 5 else None


def _by_ending(corpus: Corpus) -> dict[tuple[str, int], list[tuple[str, Report]]]:
    """The reports by the last five characters of their agency, and by year."""
    known = corpus.memo.get("endings")
    if known is None:
        endings: dict[tuple[str, int], list[tuple[str, Report]]] = {}
        for (name, year), report in corpus.by_agency.items():
            endings.setdefault((name[-5:], year), []).append((name, report))
        known = corpus.memo["endings"] = endings
    return cast("dict[tuple[str, int], list[tuple[str, Report]]]", known)


def _of_last_year(reason: Words) -> tuple[str, str]:
    return f"上年的报告：{reason['zh']}", f"last year's report: {reason('en')}"


def _agency_in(pattern: str, path: str, year: int) -> str | None:
    """What stands for `{agency}` in the path of a report of a year, by the pattern that finds its companions."""
    whole = os.path.abspath(path).replace(os.sep, "/")
    parts: list[str] = []
    for piece in re.split(r"(\{agency\}|\{year\}|\*\*/?|\*|\?)", os.path.abspath(pattern).replace(os.sep, "/")):
        if piece == "{agency}":
            parts.append("(?P<agency>[^/]+)" if "(?P<agency>" not in "".join(parts) else "(?P=agency)")
        elif piece == "{year}":
            parts.append(str(year))
        elif piece.startswith("*"):
            parts.append(".*" if piece.startswith("**") else "[^/]*")
        else:
            parts.append("[^/]" if piece == "?" else re.escape(piece))
    found = re.fullmatch("".join(parts), whole)
    return found["agency"] if found is not None and "agency" in found.groupdict() else None


def _literal(text: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", text)


def _bare(document: Document) -> Report:
    """A report that is nothing but a document: the roster, so that findings can stand in it."""
    return Report(document, (), None, (), None, None, (), None, None, None, None, (), (), (), {})
