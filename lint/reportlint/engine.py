"""Bytes to findings: a report is read and understood, every rule runs on it, and what it yields becomes findings.

The public functions are `check`, `extract` and `text`; a `Linter` is made once and used for many files.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlint import isolation
from reportlint.across import Across
from reportlint.config import Required, Settings, shown
from reportlint.document import Document, Span
from reportlint.errors import FAULTS, ConfigError, Unreadable, trace, words
from reportlint.extract import Record, extracted, records
from reportlint.finding import CheckOutcome, Fault, FileResult, Finding, Result
from reportlint.form import Form
from reportlint.globs import absolute
from reportlint.isolation import Ran, failed, ran_here
from reportlint.layers import Ruleset
from reportlint.library import Library
from reportlint.limits import Limit, TimedOut
from reportlint.needs import Reason, lacking, unmet
from reportlint.plugins import Plugins
from reportlint.plugins import load as load_plugins
from reportlint.privacy import masked_spans, masked_text
from reportlint.readers import read
from reportlint.report import Report, Roster
from reportlint.roster import read_roster
from reportlint.rule import Problem, Rule
from reportlint.stamp import Stamp
from reportlint.understand import Known, understand
from reportlint.vocabulary import Vocabulary

if TYPE_CHECKING:
    from reportlint.comments import Comment
    from reportlint.contents import Contents


class Linter:
    """Packs loaded, rules selected, ready to check files. Raises UsageError for unknown rules.

    `extra_packs` are paths, or names of installed packs. `rules`, `packs` and `forms` are those that hold wherever the
    configuration does not add the pack of a report's region.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        plugins: Plugins | None = None,
        extra_packs: Sequence[Path | str] = (),
    ) -> None:
        self.settings = settings or Settings()
        self.plugins = plugins or load_plugins()
        self.library = Library(self.settings, self.plugins, extra_packs)
        self.base = self.library.ruleset()
        self._regional: dict[tuple[str, ...], Ruleset] = {(): self.base}
        if self.settings.packs_by_region:
            self._find_regional()
        self.faults: list[Fault] = [*self.plugins.faults, *self.library.faults]
        for ruleset in self._regional.values():
            self.faults += (fault for fault in ruleset.faults if fault not in self.faults)
        self.faults += _missing(self.settings.required_packs, self.library.names())
        self.packs = self.base.packs
        self.all_rules = self.base.all_rules
        self.rules = self.base.rules
        self.forms: tuple[Form, ...] = self.base.forms
        self.vocabulary: Vocabulary = self.base.vocabulary
        self.roster = self._read_roster()

    # -- packs and rules ----------------------------------------------------------------------------------------

    def _find_regional(self) -> None:
        """The rules of every place that there is a pack for, so that what is wrong with one is said at once."""
        for pack in self.library.all():
            if pack.regions and (pack.name,) not in self._regional:
                self._regional[(pack.name,)] = self.library.ruleset([pack])

    def ruleset(self, report: Report) -> Ruleset:
        """The rules that hold for a report: with the pack of its region, where the configuration says so."""
        if not self.settings.packs_by_region:
            return self.base
        known = self.settings.for_file(report.document.name)
        region = known.region if known is not None and known.region is not None else report.agency
        found = self.library.of_region(region)
        inner = [pack for pack in found if not any(pack.name in other.extends for other in found)]
        key = tuple(pack.name for pack in inner)
        if key not in self._regional:
            self._regional[key] = self.library.ruleset(inner)
        return self._regional[key]

    def _applies(self, rule: Rule, report: Report) -> bool:
        """Whether a rule over several reports holds for one of them."""
        return not self.settings.packs_by_region or rule in self.ruleset(report).rules

    # -- one file -----------------------------------------------------------------------------------------------

    def report(self, name: str, data: bytes) -> Report:
        """The report in these bytes. Raises Unreadable."""
        return self.understood(read(name, data, self.plugins.readers))

    def understood(self, document: Document) -> Report:
        """The report that a document is. Raises Unreadable."""
        override = self.settings.for_file(document.name)
        known = Known(override.year, override.agency, override.agency_kind, override.level) if override else Known()
        if self.roster is not None:
            known = known.over(self.roster.member_at(absolute(document.name)))
        report = understand(document, self.forms, self.vocabulary, known)
        if self.roster is not None and known.kind is None:
            member = self.roster.member(report.agency)
            if member is not None and member.kind not in (None, report.kind):
                known = known.over(member)
                report = understand(document, self.forms, self.vocabulary, known)
        forms = self.ruleset(report).forms
        # Headings that are right in its region are known only once the region is.
        return report if forms == self.forms else understand(document, forms, self.vocabulary, known)

    def _read_roster(self) -> Roster | None:
        """Who must report, where the configuration says; one that cannot be read is a fault."""
        if self.settings.roster is None:
            return None
        try:
            path = self.settings.root_path(self.settings.roster)
            return read_roster(path, shown(str(path)))
        except ConfigError as error:
            self.faults.append(Fault("RL030", None, error.words))
            return None

    def check_bytes(
        self, name: str, data: bytes, across: Across | None = None, *, contents: bool = False
    ) -> FileResult:
        """What is found in one file, with its contents where they are to be shown.

        `across` remembers its report for the rules over several.
        """
        # Thousands of small objects are made and dropped again: to look for cycles among them in between is in vain.
        collecting = gc.isenabled()
        gc.disable()
        try:
            report = self.report(name, data)
            if across is not None:
                across.add(report)
            return self.check_report(report, contents=contents)
        except Unreadable as error:
            return FileResult(name, faults=(Fault(error.code, name, error.words),))
        finally:
            if collecting:
                gc.enable()

    def _hidden(self, report: Report) -> list[tuple[int, int]]:
        """Where personal data stands in a report."""
        return masked_spans(report, self.ruleset(report).masking)

    def hidden(self, report: Report) -> list[tuple[int, int]]:
        """Where personal data stands in a report; all of it, where the rules that find it crash."""
        try:
            with Limit(self.settings.rule_seconds):
                return self._hidden(report)
        except (Exception, SystemExit, TimedOut):
            return [(0, len(report.document.text))]

    def across(self) -> Across:
        """What collects the reports of a run for the rules over several."""
        rules = {rule.code: rule for ruleset in self._regional.values() for rule in ruleset.rules}
        ordered = [rules[code] for code in sorted(rules)]
        foreign = frozenset(code for ruleset in self._regional.values() for code in ruleset.foreign)
        return Across(ordered, self.settings, self.report, self._hidden, self._applies, foreign, self.roster)

    def check_report(self, report: Report, *, contents: bool = False) -> FileResult:
        """What the rules over one report find in it, with its contents where they are to be shown."""
        path = report.document.name
        outcomes: list[CheckOutcome] = []
        # Most rules need one of the same few things.
        reasons: dict[tuple[str, ...], Reason | None] = {}
        faults = list(_report_faults(report))
        problems: list[tuple[Rule, Problem]] = []
        ruleset = self.ruleset(report)
        limit = Limit(self.settings.rule_seconds)
        elsewhere = self._elsewhere(report, ruleset)
        with limit.kept():
            for rule, excluded, passed in ruleset.due(report.year, report.kind):
                if excluded is not None:
                    outcomes.append(excluded)
                    continue
                needs = rule.needs
                if needs not in reasons:
                    reasons[needs] = lacking(rule, report)
                if (reason := reasons[needs]) is not None:
                    outcomes.append(CheckOutcome(rule.code, *reason))
                    continue
                ran = elsewhere.get(rule.code) or ran_here(rule, report, limit)
                if ran.problems:
                    problems += [(rule, problem) for problem in ran.problems]
                    outcomes.append(CheckOutcome(rule.code, "fail"))
                elif (fault := failed(rule, ran, path, self.settings.rule_seconds)) is not None:
                    faults.append(fault)
                    outcomes.append(CheckOutcome(rule.code, "not_checked", FAULTS[fault.code]))
                else:
                    outcomes.append(passed)
        # Personal data is hidden whether or not the rules that find it are selected.
        hidden = [_place(problem) for rule, problem in problems if rule.masks]
        if ruleset.unselected_masking:
            try:
                with limit:
                    hidden += masked_spans(report, ruleset.unselected_masking)
            except (Exception, SystemExit, TimedOut) as error:
                says = words(f"查找个人信息的规则运行出错：{error!r}", f"a rule for personal data crashed: {error!r}")
                faults.append(Fault("RL010", path, says, trace()))
                hidden = [(0, len(report.document.text))]
        stamp = Stamp(report, sorted(hidden))
        findings: list[Finding] = []
        for rule, problem in problems:
            try:
                findings.append(stamp.finding(rule, problem))
            except (Exception, SystemExit) as error:
                says = words(
                    f"规则 {rule.code} 的消息填不出来：{error!r}",
                    f"the message of {rule.code} cannot be made: {error!r}",
                )
                faults.append(Fault("RL010", path, says, trace()))
        findings.sort(key=lambda item: (item.line, item.column, item.rule, item.message["zh"]))
        used = [grid.form.name for grid in report.grids.values()]
        return FileResult(
            path=path,
            agency=report.agency,
            year=report.year,
            form=max(used, key=used.count) if used else None,
            due_form=report.form.name if report.form else None,
            agency_kind=report.kind,
            packs=tuple(pack.name for pack in ruleset.packs),
            encoding=report.document.encoding,
            kind=report.document.kind,
            findings=tuple(findings),
            faults=tuple(faults),
            checks=tuple(outcomes),
            contents=self._contents(report, sorted(hidden)) if contents else None,
            comments=_comments(report.document),
        )

    @property
    def known_rules(self) -> tuple[Rule, ...]:
        """Every rule that may be named, by code: of the packs of regions also."""
        rules = {rule.code: rule for ruleset in self._regional.values() for rule in ruleset.all_rules}
        return tuple(rules[code] for code in sorted(rules))

    def settled(self, files: Sequence[FileResult]) -> list[FileResult]:
        """The files without what their own comments leave."""
        if not any(file.comments for file in files):
            return list(files)
        from reportlint.suppress import by_comments

        return [by_comments(file, self.known_rules) if file.comments else file for file in files]

    def _contents(self, report: Report, hidden: list[tuple[int, int]]) -> Contents:
        from reportlint.contents import contents

        return contents(report, hidden)

    def _elsewhere(self, report: Report, ruleset: Ruleset) -> dict[str, Ran]:
        """What the rules that are somebody else's code make of the report, in a process of their own."""
        if not ruleset.foreign:
            return {}
        foreign = [rule for rule in ruleset.over_one if rule.code in ruleset.foreign and unmet(rule, report) is None]
        return isolation.run(foreign, report, [report], self.settings.rule_seconds) if foreign else {}

    def extract(self, name: str, data: bytes) -> dict[str, Any]:
        """The report as data (`report.schema.json`). Raises Unreadable."""
        return self.extracted(self.report(name, data))

    def extracted(self, report: Report) -> dict[str, Any]:
        """A report that was read, as data."""
        return extracted(report, self._hidden(report))

    def records(self, name: str, data: bytes) -> Iterator[Record]:
        """The cells of the tables of the report. Raises Unreadable."""
        return self.recorded(self.report(name, data))

    def recorded(self, report: Report) -> Iterator[Record]:
        """The cells of the tables of a report that was read."""
        return records(report, self._hidden(report))

    def text(self, name: str, data: bytes) -> str:
        """The text view, personal data masked. Raises Unreadable."""
        report = self.report(name, data)
        return masked_text(report.document.text, 0, self._hidden(report))

    # -- many files ---------------------------------------------------------------------------------------------

    def check_paths(self, paths: Iterable[Path | str]) -> Result:
        """What is found in these files; one that cannot be opened is a fault."""
        files: list[FileResult] = []
        across = self.across()
        for path in dict.fromkeys(Path(path) for path in paths):
            name = path.as_posix()
            try:
                data = path.read_bytes()
            except OSError as error:
                files.append(FileResult(name, faults=(_unopened(name, error),)))
                continue
            files.append(self.check_bytes(name, data, across))
        return self.result(across.results(files))

    def result(self, files: Sequence[FileResult], extra_faults: Sequence[Fault] = ()) -> Result:
        """The result of a run over some files, sorted."""
        ordered = tuple(sorted(self.settled(files), key=lambda file: file.path))
        faults = (*self.faults, *extra_faults, *(fault for file in ordered for fault in file.faults))
        return Result(
            files=ordered,
            findings=tuple(finding for file in ordered for finding in file.findings),
            faults=faults,
            rules=self.rules,
            fail_on=self.settings.fail_on,
            counts=Counter(check.outcome for file in ordered for check in file.checks),
        )


def _missing(required: Iterable[str | Required], there: Sequence[str]) -> Iterator[Fault]:
    """The packs that the configuration requires and that are not there, with the lines that bring them."""
    for item in required:
        entry = item if isinstance(item, Required) else Required(item)
        if entry.pack in there:
            continue
        package = entry.package or f"reportlint-{entry.pack}"
        guess = (
            ("", "")
            if entry.package
            else (
                f'（软件包的名称是猜的；写成 {{ pack = "{entry.pack}", package = "…" }} 就能给出准确的一行）',
                f' (the name of the package is a guess; with {{ pack = "{entry.pack}", package = "…" }} it is exact)',
            )
        )
        yield Fault(
            "RL020",
            None,
            words(
                f"缺少配置要求的规则包 {entry.pack}{guess[0]}\n"
                f'    安装：pip install "{package}"\n'
                f'    用 pre-commit 时，在钩子下面加上：additional_dependencies: ["{package}"]',
                f"the configuration requires the pack {entry.pack}, which is not installed{guess[1]}\n"
                f'    install it: pip install "{package}"\n'
                f'    with pre-commit, add below the hook: additional_dependencies: ["{package}"]',
            ),
        )


def _comments(document: Document) -> tuple[Comment, ...]:
    """What the file itself asks to be left."""
    if document.kind not in ("md", "html") or "reportlint-ignore" not in document.text:
        return ()
    from reportlint.comments import comments

    return comments(document)


def _place(problem: Problem) -> tuple[int, int]:
    span = problem.where if isinstance(problem.where, Span) else problem.where.span
    return span.start, span.end


def _report_faults(report: Report) -> Iterator[Fault]:
    """Why the result for a report is incomplete although it could be read."""
    path = report.document.name
    if report.year is None:
        said = "、".join(f"{witness.text}" for witness in report.witnesses) or "无"
        yield Fault(
            "RL007",
            path,
            words(
                f"报告年度无法确定（依据：{said}），与年度有关的规则没有检查；请在配置中写明 year",
                "the year of the report is unsure, rules that depend on it were not checked; state `year` in the "
                "configuration",
            ),
        )
    yield from refused_tables(report)


def refused_tables(report: Report) -> Iterator[Fault]:
    """The tables of a report whose cells cannot be told apart: whatever was asked of them has no answer."""
    for grid in report.grids.values():
        if grid.unreadable is not None:
            yield Fault("RL008", report.document.name, grid.unreadable)


def _unopened(name: str, error: OSError) -> Fault:
    if isinstance(error, FileNotFoundError):
        return Fault("RL001", name, words(f"{name}：没有这个文件", f"{name}: no such file"))
    return Fault(
        "RL001", name, words(f"{name}：打不开：{error.strerror}", f"{name}: cannot be opened: {error.strerror}")
    )


# --- the public functions ---------------------------------------------------------------------------------------


def check(source: str | Path | bytes, *, name: str | None = None, settings: Settings | None = None) -> Result:
    """Check one report, given as a path or as bytes with the name they would have.

    Raises UsageError or ConfigError for settings that cannot be used; what is wrong with the report itself, even that
    it cannot be read, is in the result.
    """
    linter = _linter(settings)
    if isinstance(source, bytes):
        across = linter.across()
        return linter.result(across.results([linter.check_bytes(name or "<bytes>", source, across)]))
    return linter.check_paths([source])


def extract(source: str | Path | bytes, *, name: str | None = None, settings: Settings | None = None) -> dict[str, Any]:
    """One report as data (`report.schema.json`). Raises Unreadable, or OSError where there is no such file."""
    return _linter(settings).extract(*_named_bytes(source, name))


def text(source: str | Path | bytes, *, name: str | None = None, settings: Settings | None = None) -> str:
    """The text view of one report. Raises Unreadable, or OSError where there is no such file."""
    return _linter(settings).text(*_named_bytes(source, name))


@lru_cache(maxsize=1)
def _default() -> Linter:
    return Linter()


def _linter(settings: Settings | None) -> Linter:
    """A linter for these settings; the one without any is made once."""
    return _default() if settings is None else Linter(settings)


def _named_bytes(source: str | Path | bytes, name: str | None) -> tuple[str, bytes]:
    if isinstance(source, bytes):
        return name or "<bytes>", source
    path = Path(source)
    return name or path.as_posix(), path.read_bytes()


__all__ = ["Linter", "check", "extract", "text"]
