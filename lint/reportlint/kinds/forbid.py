"""`forbid = ["待补充", "××"]`: words that must not stand in the report's prose.

Literal by default; `regex = true` makes them regular expressions over folded text. `unless` is a pattern; a hit inside
a stretch that it matches is none. `sections` limits the rule to parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportlint.errors import words
from reportlint.form import Form
from reportlint.kinds import patterns
from reportlint.kinds.scope import paragraphs, unknown_section
from reportlint.report import Report
from reportlint.rule import Problem, Rule

OPTIONS = frozenset({"regex", "sections", "unless"})
VALUES = frozenset({"text"})
DEFAULTS: Mapping[str, Any] = {
    "title": words("出现不应出现的文字", "words that must not stand here"),
    "message": words("出现“{text}”", "“{text}” must not stand here"),
    "severity": "warning",
}


def check(report: Report, rule: Rule) -> Iterator[Problem]:
    """A problem at every place where one of the words stands."""
    listed = rule.patterns("forbid") if rule.options.get("regex") else (rule.phrases("forbid"),)
    hits = [pattern for pattern in listed if _occurs(pattern, report)]
    if not hits:
        return
    unless = rule.pattern("unless") if rule.options.get("unless") else None
    for _, paragraph in paragraphs(report, rule):
        excused = [found.span() for found in unless.finditer(paragraph.text)] if unless is not None else []
        for pattern in hits:
            for found in pattern.finditer(paragraph.text):
                if found[0] and not any(start <= found.start() and found.end() <= end for start, end in excused):
                    yield Problem(paragraph.span(*found.span()), {"text": paragraph.original(*found.span())})


def _occurs(pattern: re.Pattern[str], report: Report) -> bool:
    """Whether a pattern matches anywhere; one for beginnings is tried only there."""
    if pattern.pattern.startswith("^") and "|" not in pattern.pattern:
        return report.may_match(pattern) and any(map(pattern.match, report.texts))
    return report.has(pattern)


def implied(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Nothing."""
    del table
    return {}


def complaints(table: Mapping[str, Any], forms: Iterable[Form]) -> Iterator[Any]:
    """Patterns that are none, and parts that no form has."""
    yield from patterns.complaints("forbid", table)
    yield from patterns.complaints("unless", table, always=True)
    for index, key in enumerate(table.get("sections", ())):
        yield from unknown_section(("sections", index), key, forms)
