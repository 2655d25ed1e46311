"""Trust, measured on one's own report: defects are planted in it one at a time, and it is checked after each."""

from __future__ import annotations

from dataclasses import dataclass

from reportlint.engine import Linter
from reportlint.errors import Words, words
from reportlint.finding import Fault, FileResult, Finding
from reportlint.form import form_for
from reportlint.needs import unmet
from reportlint.plant import EXAMPLE_YEAR, Plant, Unplanted, plants
from reportlint.report import Report
from reportlint.rule import Rule

REREAD = ("txt", "md")
"""Kinds of file whose text view is the file: a defect is planted in the file, and it is read again."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A planted defect and what was said of it."""

    plant: Plant
    found: Finding | None = None
    """What the rule found, or in its place another."""
    refused: Fault | None = None
    """Why the whole result was not to be trusted any more: the defect does not pass, but no rule names it."""
    why: Words | None = None
    """Why it was not noticed."""
    crashes: tuple[Fault, ...] = ()

    @property
    def missed(self) -> bool:
        return self.found is None and self.refused is None


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What became of all defects."""

    clean: FileResult
    """What is found in the report as it is."""
    trials: tuple[Trial, ...]
    unplanted: tuple[Unplanted, ...]

    @property
    def missed(self) -> tuple[Trial, ...]:
        return tuple(trial for trial in self.trials if trial.missed)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What makes the test incomplete, each once."""
        found: list[Fault] = []
        for fault in (*self.clean.faults, *(fault for trial in self.trials for fault in trial.crashes)):
            if (fault.code, fault.message) not in [(other.code, other.message) for other in found]:
                found.append(fault)
        return tuple(found)

    @property
    def exit_code(self) -> int:
        """0: every planted defect was noticed; 1: some were not; 2: the test is incomplete."""
        return 2 if self.faults else int(bool(self.missed))


def selftest(linter: Linter, name: str, data: bytes) -> SelfTest:
    """Plant every defect that there are examples of, one at a time. Raises Unreadable."""
    report = linter.report(name, data)
    clean = linter.check_report(report)
    known = {finding.fingerprint for finding in clean.findings}
    trials: list[Trial] = []
    unplanted: list[Unplanted] = []
    able: list[Rule] = []
    for rule in linter.rules:
        reason = words("检查的不是单份报告", "not about a single report") if rule.on != "report" else None
        if reason is None and (left_out := unmet(rule, report)) is not None:
            reason = left_out[1]
        if reason is None:
            able.append(rule)
        else:
            unplanted.append(Unplanted(rule, reason))
    for plant in plants(report, able):
        if isinstance(plant, Unplanted):
            unplanted.append(plant)
            continue
        trial = _tried(linter, report, plant, known)
        if trial.missed and (excuse := _excuse(report, plant, clean)) is not None:
            unplanted.append(Unplanted(plant.rule, excuse))
        else:
            trials.append(trial)
    return SelfTest(clean, tuple(trials), tuple(sorted(unplanted, key=lambda item: item.rule.code)))


def _excuse(report: Report, plant: Plant, clean: FileResult) -> Words | None:
    """Why a defect that was not found proves nothing: it was there before, or would be none in this report."""
    if any(finding.rule == plant.rule.code for finding in clean.findings):
        return words("报告里本来就有这样的问题", "the report has such a problem as it is")
    if plant.example is not None and plant.example.agency not in ("", report.agency):
        return words("例子说的是另一个机关", "the example is of another agency")
    year = (plant.example.year or EXAMPLE_YEAR) if plant.example is not None else report.year
    form = form_for(report.forms, year) if year is not None else None
    if form is not report.form and form is not None:
        return words(f"例子适用于{form.title('zh')}", f"the example is for the {form.title('en')}")
    return None


def checked(linter: Linter, report: Report, plant: Plant) -> FileResult:
    """What is found in the report once a defect is planted."""
    document = plant.document(report.document)
    if document.kind in REREAD:
        return linter.check_bytes(document.name, document.text.encode())
    return linter.check_report(linter.understood(document))


def _tried(linter: Linter, report: Report, plant: Plant, known: set[str]) -> Trial:
    """Plant a defect and see who notices: its rule, else another that warns, else a fault of the whole."""
    result = checked(linter, report, plant)
    crashes = tuple(fault for fault in result.faults if fault.code == "RL010")
    new = [finding for finding in result.findings if finding.fingerprint not in known]
    own = [finding for finding in new if finding.rule == plant.rule.code]
    others = [finding for finding in new if finding.severity != "info"]
    if own or others:
        return Trial(plant, (own or others)[0], crashes=crashes)
    if result.faults:
        return Trial(plant, refused=result.faults[0], crashes=crashes)
    why = words("检查了，没有发现", "checked, and nothing found")
    for check in result.checks:
        if check.rule == plant.rule.code and check.reason is not None:
            why = words(f"植入以后没有检查：{check.reason('zh')}", f"not checked any more: {check.reason('en')}")
    return Trial(plant, why=why, crashes=crashes)
