"""The examples of rules, tried: each is put into a report in which there is nothing to find, and that is checked.

A good example must leave its rule silent. A bad one must make it speak, at the place that the example asserts: `at` is
words that the finding stands on, or a place written as in `in` (`heading:overall`, `cell:requests:new.total`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from reportlint.config import Settings
from reportlint.document import Span
from reportlint.engine import Linter
from reportlint.errors import ConfigError, Words, words
from reportlint.finding import FileResult, Finding
from reportlint.manuscript import Manuscript
from reportlint.pack import Pack
from reportlint.plant import EXAMPLE_YEAR, Impossible, planted
from reportlint.plugins import Plugins
from reportlint.report import Report
from reportlint.rule import Example, Rule, example
from reportlint.specimen import NAME, written

PREVIOUS, ROSTER = "上年.txt", "名册.csv"
CASES, SPECIMEN = "cases.toml", "specimen.toml"


@dataclass(frozen=True, slots=True)
class Trial:
    """An example and what came of it; `why` says what is wrong, and is None where nothing is."""

    rule: Rule
    manner: Literal["good", "bad"]
    example: Example | None
    """None where the complaint is that there is none."""
    why: Words | None = None


class Workshop:
    """Where the examples of packs are tried. Raises ConfigError where a pack cannot be used."""

    def __init__(self, plugins: Plugins | None = None, packs: Sequence[Path | str] = ()) -> None:
        self._packs = packs
        self.linter = Linter(Settings(select=("ALL",)), plugins, packs)
        if self.linter.faults:
            zh, en = ("\n".join(fault.message(lang) for fault in self.linter.faults) for lang in ("zh", "en"))
            raise ConfigError(words(zh, en))
        self._data = self._specimen()

    def _specimen(self) -> Mapping[str, Any]:
        """The prose and figures of the uppermost pack that has some."""
        for pack in reversed(self.linter.packs):
            file = pack.path / SPECIMEN
            if file.is_file():
                return Manuscript(file).data
        return {}

    def trials(self, pack: Pack) -> Iterator[Trial]:
        """Every example of a pack, rule by rule; a rule without a good and a bad one is told so."""
        more = _cases(pack)
        for own in pack.rules:
            rule = next((rule for rule in self.linter.all_rules if rule.code == own.code), own)
            listed = more.get(rule.code, {})
            good = (*rule.good, *map(example, listed.get("good", ())))
            bad = (*rule.bad, *map(example, listed.get("bad", ())))
            if not good:
                yield Trial(rule, "good", None, words("缺少好例（good）", "a good example is missing"))
            if not any(item.at for item in bad):
                yield Trial(
                    rule,
                    "bad",
                    None,
                    words(
                        "缺少写明位置（at）的错例（bad）" if bad else "缺少错例（bad）",
                        "a bad example that asserts the place (at) is missing" if bad else "a bad example is missing",
                    ),
                )
            yield from (Trial(rule, "good", item, self._spoken(rule, item)) for item in good)
            yield from (Trial(rule, "bad", item, self._silent(rule, item)) for item in bad)

    def text(self, year: int = EXAMPLE_YEAR, agency: str = "") -> str:
        """The report that examples are put into. ValueError where there is no form for the year."""
        return written(self.linter.forms, year, self._data, agency)

    # -- one example ---------------------------------------------------------------------------------------------

    def _spoken(self, rule: Rule, item: Example) -> Words | None:
        """What a rule says of a good example."""
        for _, result in self._results(rule, item):
            if (wrong := _broken(rule, result)) is not None:
                return wrong
            for found in result.findings:
                if found.rule == rule.code:
                    said = found.message("zh"), found.message("en")
                    return words(
                        f"好例被指为有问题：第 {found.line} 行 {said[0]}", f"found in line {found.line}: {said[1]}"
                    )
        return None

    def _silent(self, rule: Rule, item: Example) -> Words | None:
        """Why a bad example is not found where it says."""
        nothing = True
        for report, result in self._results(rule, item):
            nothing = False
            if (wrong := _broken(rule, result)) is not None:
                return wrong
            hits = [found for found in result.findings if found.rule == rule.code]
            if not hits:
                left = next((check for check in result.checks if check.rule == rule.code), None)
                why = left.reason if left is not None and left.reason is not None else None
                zh, en = (f"（{why('zh')}）", f" ({why('en')})") if why is not None else ("", "")
                return words(f"错例没有被查出{zh}", f"not found{en}")
            if item.at and not any(_at(report, found, item.at) for found in hits):
                there = "、".join(f"“{_words(report, found)[:30]}”（{found.address}）" for found in hits)
                return words(
                    f"查出的位置不对：应在“{item.at}”，现在在{there}",
                    f"found at the wrong place: not on “{item.at}” but on {there}",
                )
        return words("例子放不进报告", "the example has no place in the report") if nothing else None

    def _results(self, rule: Rule, item: Example) -> Iterator[tuple[Report, FileResult]]:
        """What is found once an example is put in; one without a part stands in each part in turn."""
        year = item.year or EXAMPLE_YEAR
        try:
            texts = list(self._texts(rule, item, year))
            for text in texts:
                yield self._checked(rule, item, text, year)
        except Impossible as error:
            raise ConfigError(
                words(
                    f"规则 {rule.code} 的例子“{item.text[:20]}”放不进报告：{error.words['zh']}",
                    f"the example “{item.text[:20]}” of {rule.code} cannot be put in: {error.words['en']}",
                )
            ) from error

    def _texts(self, rule: Rule, item: Example, year: int) -> Iterator[str]:
        """The report with an example in it, and with what else it says."""
        base = self.text(year, item.agency)
        if item.swap or item.where == "file":
            base = _swapped(base, item.swap, rule)
            yield self._with(rule, item.also, base, year)
            return
        report = self.linter.report(NAME, base.encode())
        for plant in planted(report, rule, item._replace(year=year)):
            yield self._with(rule, item.also, plant.document(report.document).text, year)

    def _with(self, rule: Rule, items: Sequence[Example], text: str, year: int) -> str:
        """A report with some wordings more."""
        for item in items:
            if item.swap:
                text = _swapped(text, item.swap, rule)
                continue
            report = self.linter.report(NAME, text.encode())
            plant = next(iter(planted(report, rule, item._replace(year=year))))
            text = plant.document(report.document).text
        return text

    def _checked(self, rule: Rule, item: Example, text: str, year: int) -> tuple[Report, FileResult]:
        name = f"{item.text}.txt" if item.where == "file" else NAME
        report = self.linter.report(name, text.encode())
        if rule.on == "report":
            return report, self.linter.check_report(report)
        if rule.on == "series":
            earlier = self._with(rule, item.previous, self.text(year - 1, item.agency), year - 1)
            return report, self._between(self.linter, report, [(PREVIOUS, earlier)])
        others: list[tuple[str, str]] = []
        for number, other in enumerate(item.others, 1):
            own = self.text(other.year or year, other.agency)
            edits = (other, *other.also) if other.where or other.swap else other.also
            others.append((f"其他{number}.txt", self._with(rule, edits, own, other.year or year)))
        if not item.roster:
            return report, self._between(self.linter, report, others)
        with tempfile.TemporaryDirectory() as folder:
            roster = Path(folder, ROSTER)
            roster.write_text(item.roster, encoding="utf-8")
            settings = Settings(select=("ALL",), roster=str(roster))
            linter = Linter(settings, self.linter.plugins, self._packs)
            return report, self._between(linter, report, others)

    @staticmethod
    def _between(linter: Linter, report: Report, others: Sequence[tuple[str, str]]) -> FileResult:
        """What is found in a report and, of rules over all reports, in the roster."""
        across = linter.across()
        results = [linter.check_bytes(name, text.encode(), across) for name, text in others]
        across.add(report)
        all_results = across.results([*results, linter.check_report(report)])
        own = next(result for result in all_results if result.path == report.document.name)
        known = {result.path for result in results}
        extra = [
            found
            for result in all_results
            if result.path not in known and result is not own
            for found in result.findings
        ]
        return replace(own, findings=(*own.findings, *extra))


def _swapped(text: str, swap: Mapping[str, str], rule: Rule) -> str:
    """The text with words in the place of others. Raises ConfigError for words that are not in it."""
    for old, new in swap.items():
        if old not in text:
            raise ConfigError(
                words(
                    f"规则 {rule.code} 的例子要换掉的“{old[:30]}”不在报告里",
                    f"what an example of {rule.code} swaps is not in the report: “{old[:30]}”",
                )
            )
        text = text.replace(old, new)
    return text


def _cases(pack: Pack) -> Mapping[str, Mapping[str, Any]]:
    """The examples beside the rules, by code. Raises ConfigError."""
    file = pack.path / CASES
    if not file.is_file():
        return {}
    manuscript = Manuscript(file)
    data = manuscript.checked("cases")
    known = {rule.code for rule in pack.rules}
    error = manuscript.refused(
        ((code,), words(f"规则包里没有规则 {code}", f"the pack has no rule {code}"), None)
        for code in data
        if code not in known
    )
    if error is not None:
        raise error
    return data


def _broken(rule: Rule, result: FileResult) -> Words | None:
    for fault in result.faults:
        if fault.code in ("RL010", "RL011") and rule.code in fault.message("zh"):
            return fault.message
    return None


def _words(report: Report, found: Finding) -> str:
    """The words that a finding stands on."""
    document, where = report.document, found.location
    if where.path != document.name:
        return ""
    start = document.line(where.line).start + where.column - 1
    return document.text[start : document.line(where.end_line).start + where.end_column - 1]


def _at(report: Report, found: Finding, at: str) -> bool:
    """Whether a finding stands where an example asserts."""
    if at == "roster":
        return found.path.endswith(ROSTER)
    place = _place(report, at)
    if place is None:
        return at in _words(report, found)
    document = report.document
    start = document.line(found.line).start + found.column - 1
    return found.path == document.name and place.start <= start <= place.end


def _place(report: Report, at: str) -> Span | None:
    """The place that is written as in `in`; None for words."""
    kind, _, rest = at.partition(":")
    if at == "title":
        return report.start
    if kind in ("heading", "section"):
        section = report.section(rest)
        if section is not None:
            return section.heading.span if kind == "heading" else section.span
    if kind in ("cell", "row"):
        table, _, key = rest.partition(":")
        grid = report.grids.get(table)
        if grid is not None and kind == "cell" and key in grid.cells:
            return grid.cells[key].span
        if grid is not None and kind == "row" and key in grid.rows:
            return grid.rows[key].span
    return None
