"""Trust, measured on one's own report: defects are planted in it one at a time, and it is checked after each."""

from __future__ import annotations

from dataclasses import dataclass

from reportlint.engine import Linter
from reportlint.errors import Words, words
from reportlint.finding import Fault, FileResult, Finding
from reportlint.needs import unmet
from reportlint.plant import Plant, Unplanted, plants
from reportlint.report import Report
from reportlint.rule import Rule

REREAD = ("txt", "md")
"""Kinds of file whose text view is the file: a defect is planted in the file, and it is read again."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A planted defect and what was found of it."""

    plant: Plant
    found: Finding | None
    why: Words | None = None
    """Why it was not found."""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What became of all defects."""

    clean: FileResult
    """What is found in the report as it is."""
    trials: tuple[Trial, ...]
    unplanted: tuple[Unplanted, ...]

    @property
    def missed(self) -> tuple[Trial, ...]:
        return tuple(trial for trial in self.trials if trial.found is None)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What makes the test incomplete."""
        return (*self.clean.faults, *(fault for trial in self.trials for fault in trial.faults))


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
        else:
            trials.append(_tried(linter, report, plant, known))
    return SelfTest(clean, tuple(trials), tuple(sorted(unplanted, key=lambda item: item.rule.code)))


def checked(linter: Linter, report: Report, plant: Plant) -> FileResult:
    """What is found in the report once a defect is planted."""
    document = plant.document(report.document)
    if document.kind in REREAD:
        return linter.check_bytes(document.name, document.text.encode())
    return linter.check_report(linter.understood(document))


def _tried(linter: Linter, report: Report, plant: Plant, known: set[str]) -> Trial:
    result = checked(linter, report, plant)
    code = plant.rule.code
    new = [finding for finding in result.findings if finding.rule == code and finding.fingerprint not in known]
    if new:
        return Trial(plant, new[0], None, _crashes(result))
    reason = next((check.reason for check in result.checks if check.rule == code and check.reason is not None), None)
    if reason is not None:
        says = words(f"植入以后没有检查：{reason('zh')}", f"not checked any more: {reason('en')}")
    elif result.faults:
        says = words(
            f"植入以后读不了：{result.faults[0].message('zh')}", f"unreadable: {result.faults[0].message('en')}"
        )
    elif any(finding.rule == code for finding in result.findings):
        says = words("报告里本来就有这个问题", "the report had this problem before")
    else:
        says = words("检查了，没有发现", "checked, and nothing found")
    return Trial(plant, None, says, _crashes(result))


def _crashes(result: FileResult) -> tuple[Fault, ...]:
    """Faults of the linter, not of the report that was spoilt on purpose."""
    return tuple(fault for fault in result.faults if fault.code == "RL010")
