"""How many findings each rule has."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from reportlint.errors import Words
from reportlint.finding import Result
from reportlint.outputs.page import unfilled
from reportlint.rule import SEVERITIES, Severity


class Tally(NamedTuple):
    """The findings of a rule that have the same severity."""

    rule: str
    severity: Severity
    findings: int
    files: int
    """In how many files they stand."""
    title: Words


def tallies(result: Result) -> list[Tally]:
    """The findings by rule and severity: the gravest first, of these the most frequent."""
    titles = {rule.code: Words({lang: unfilled(text) for lang, text in rule.title.items()}) for rule in result.rules}
    counts: Counter[tuple[str, Severity]] = Counter((found.rule, found.severity) for found in result.findings)
    places = {(finding.rule, finding.severity, finding.path) for finding in result.findings}
    reports = Counter((rule, severity) for rule, severity, _ in places)
    found = [
        Tally(rule, severity, count, reports[rule, severity], titles.get(rule, Words(zh=rule, en=rule)))
        for (rule, severity), count in counts.items()
    ]
    return sorted(found, key=lambda tally: (SEVERITIES.index(tally.severity), -tally.findings, tally.rule))
