"""Bytes to findings: a report is read and understood, every rule runs on it, and what it yields becomes findings.

The public functions are `check`, `extract` and `text`; a `Linter` is made once and used for many files.
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlint import pack as packs_module
from reportlint.across import Across
from reportlint.config import Settings
from reportlint.document import Document, Span
from reportlint.errors import ConfigError, ReportlintError, Unreadable, UsageError, words
from reportlint.extract import Record, extracted, records
from reportlint.finding import CheckOutcome, Fault, FileResult, Finding, Result
from reportlint.form import Form
from reportlint.needs import unmet
from reportlint.pack import Pack, did_you_mean
from reportlint.plugins import Plugins
from reportlint.plugins import load as load_plugins
from reportlint.privacy import masked_spans, masked_text
from reportlint.readers import read
from reportlint.report import Report
from reportlint.rule import Problem, Rule
from reportlint.stamp import Stamp
from reportlint.understand import Known, understand
from reportlint.vocabulary import Vocabulary

if TYPE_CHECKING:
    from reportlint.contents import Contents


class Linter:
    """Packs loaded, rules selected, ready to check files. Raises UsageError for unknown rules."""

    def __init__(
        self,
        settings: Settings | None = None,
        plugins: Plugins | None = None,
        extra_packs: Sequence[Path] = (),
    ) -> None:
        self.settings = settings or Settings()
        self.plugins = plugins or load_plugins()
        self.faults: list[Fault] = list(self.plugins.faults)
        self.packs = tuple(self._load_packs(extra_packs))
        self.all_rules = self._configured(tuple(rule for pack in self.packs for rule in pack.rules))
        self.forms: tuple[Form, ...] = tuple(form for pack in self.packs for form in pack.forms)
        self.vocabulary = next((p.vocabulary for p in self.packs if p.vocabulary is not None), Vocabulary())
        self.rules = self._selected()
        self._masking = tuple(rule for rule in self.all_rules if rule.masks)
        selected = {rule.code for rule in self.rules}
        self._unselected_masking = tuple(rule for rule in self._masking if rule.code not in selected)

    # -- packs and rules ----------------------------------------------------------------------------------------

    def _load_packs(self, extra: Sequence[Path]) -> Iterator[Pack]:
        for found in self.plugins.packs:
            try:
                yield packs_module.load(found.path, found.module, checked=found.distribution == __package__)
            except ReportlintError as error:
                self.faults.append(Fault("RL020", None, error.words))
            except (Exception, SystemExit) as error:
                says = words(
                    f"规则包 {found.plugin_name} 加载失败：{error}", f"pack {found.plugin_name} failed to load: {error}"
                )
                self.faults.append(Fault("RL020", None, says, traceback.format_exc()))
        for path in (*(self.settings.root_path(name) for name in self.settings.packs), *extra):
            try:
                yield packs_module.load(path)
            except ConfigError as error:
                self.faults.append(Fault("RL020", path.as_posix(), error.words))

    def _configured(self, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """The rules with the severities and options of the configuration."""
        from dataclasses import replace

        result = {rule.code: rule for rule in rules}
        for code, severity in self.settings.severity.items():
            for rule in self._named(code, rules):
                result[rule.code] = replace(
                    result[rule.code],
                    severity=severity,
                    variants={key: replace(variant, severity=None) for key, variant in rule.variants.items()},
                )
        for code, options in self.settings.options.items():
            for rule in self._named(code, rules):
                unknown = [key for key in options if key not in rule.options]
                if unknown:
                    near = did_you_mean(unknown[0], list(rule.options))
                    hint = (f"，是不是想写 {near}？", f", did you mean {near}?") if near else ("", "")
                    raise UsageError(
                        words(
                            f"规则 {rule.code} 没有选项 {unknown[0]}{hint[0]}",
                            f"rule {rule.code} has no option {unknown[0]}{hint[1]}",
                        )
                    )
                result[rule.code] = replace(
                    result[rule.code], options={**rule.options, **options}, _patterns={}, _lists={}
                )
        return tuple(sorted(result.values(), key=lambda rule: rule.code))

    def _named(self, name: str, rules: Iterable[Rule] | None = None) -> list[Rule]:
        """The rules that a code, prefix, name, pack or tag names. Raises UsageError where there is none."""
        among = list(self.all_rules if rules is None else rules)
        if name.upper() == "ALL":
            return among
        exact = [rule for rule in among if name in (rule.code, rule.name)]
        found = exact or [
            rule
            for rule in among
            if rule.pack == name or name in rule.tags or (name.isupper() and rule.code.startswith(name))
        ]
        if not found:
            known = [word for rule in among for word in (rule.code, rule.name)]
            near = did_you_mean(name, known) or did_you_mean(name.upper(), known)
            hint = (f"，是不是想写 {near}？", f", did you mean {near}?") if near else ("", "")
            raise UsageError(words(f"没有规则“{name}”{hint[0]}", f"no rule “{name}”{hint[1]}"))
        return found

    def _selected(self) -> tuple[Rule, ...]:
        """The rules of the selection: those of `select` or the ones on by default, without those of `ignore`."""
        settings = self.settings
        chosen = {rule.code for rule in self.all_rules if rule.enabled}
        if settings.select:
            chosen = {rule.code for name in settings.select for rule in self._named(name)}
        for name in settings.ignore:
            dropped = {rule.code for rule in self._named(name)}
            kept = {rule.code for rule in self.all_rules if rule.mandatory}
            if locked := sorted(dropped & kept):
                raise UsageError(words(f"规则 {locked[0]} 不能关闭", f"rule {locked[0]} cannot be switched off"))
            chosen -= dropped
        return tuple(rule for rule in self.all_rules if rule.code in chosen)

    # -- one file -----------------------------------------------------------------------------------------------

    def report(self, name: str, data: bytes) -> Report:
        """The report in these bytes. Raises Unreadable."""
        return self.understood(read(name, data, self.plugins.readers))

    def understood(self, document: Document) -> Report:
        """The report that a document is. Raises Unreadable."""
        override = self.settings.for_file(document.name)
        known = Known(override.year, override.agency, override.agency_kind, override.level) if override else None
        return understand(document, self.forms, self.vocabulary, known)

    def check_bytes(
        self, name: str, data: bytes, across: Across | None = None, *, contents: bool = False
    ) -> FileResult:
        """What is found in one file, with its contents where they are to be shown.

        `across` remembers its report for the rules over several.
        """
        try:
            report = self.report(name, data)
        except Unreadable as error:
            return FileResult(name, faults=(Fault(error.code, name, error.words),))
        if across is not None:
            across.add(report)
        return self.check_report(report, contents=contents)

    def _hidden(self, report: Report) -> list[tuple[int, int]]:
        """Where personal data stands in a report."""
        return masked_spans(report, self._masking)

    def across(self) -> Across:
        """What collects the reports of a run for the rules over several."""
        return Across(self.rules, self.settings, self.report, self._hidden)

    def check_report(self, report: Report, *, contents: bool = False) -> FileResult:
        """What the rules over one report find in it, with its contents where they are to be shown."""
        path = report.document.name
        outcomes: list[CheckOutcome] = []
        faults = list(_report_faults(report))
        problems: list[tuple[Rule, Problem]] = []
        for rule in self.rules:
            if rule.on != "report":
                continue
            reason = unmet(rule, report)
            if reason is not None:
                outcomes.append(CheckOutcome(rule.code, *reason))
                continue
            try:
                found = list(rule.run(report))
            except (Exception, SystemExit) as error:
                says = words(f"规则 {rule.code} 运行出错：{error!r}", f"rule {rule.code} crashed: {error!r}")
                faults.append(Fault("RL010", path, says, traceback.format_exc()))
                outcomes.append(CheckOutcome(rule.code, "not_checked", words("规则运行出错", "the rule crashed")))
                continue
            problems += [(rule, problem) for problem in found]
            outcomes.append(CheckOutcome(rule.code, "fail" if found else "pass"))
        # Personal data is hidden whether or not the rules that find it are selected.
        hidden = [_place(problem) for rule, problem in problems if rule.masks]
        try:
            hidden += masked_spans(report, self._unselected_masking)
        except (Exception, SystemExit) as error:
            says = words(f"查找个人信息的规则运行出错：{error!r}", f"a rule for personal data crashed: {error!r}")
            faults.append(Fault("RL010", path, says, traceback.format_exc()))
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
                faults.append(Fault("RL010", path, says, traceback.format_exc()))
        findings.sort(key=lambda item: (item.line, item.column, item.rule, item.message["zh"]))
        used = Counter(grid.form.name for grid in report.grids.values())
        return FileResult(
            path=path,
            agency=report.agency,
            year=report.year,
            form=used.most_common(1)[0][0] if used else None,
            due_form=report.form.name if report.form else None,
            agency_kind=report.kind,
            encoding=report.document.encoding,
            kind=report.document.kind,
            findings=tuple(findings),
            faults=tuple(faults),
            checks=tuple(outcomes),
            contents=self._contents(report, sorted(hidden)) if contents else None,
        )

    def _contents(self, report: Report, hidden: list[tuple[int, int]]) -> Contents:
        from reportlint.contents import contents

        return contents(report, hidden)

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
        ordered = tuple(sorted(files, key=lambda file: file.path))
        faults = (*self.faults, *extra_faults, *(fault for file in ordered for fault in file.faults))
        return Result(
            files=ordered,
            findings=tuple(finding for file in ordered for finding in file.findings),
            faults=faults,
            rules=self.rules,
            fail_on=self.settings.fail_on,
            counts=Counter(check.outcome for file in ordered for check in file.checks),
        )


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
