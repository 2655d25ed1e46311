"""`replace = { "打造一只" = "打造一支" }`: wordings with the better one; fixable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportlint.errors import words
from reportlint.form import Form
from reportlint.kinds import patterns
from reportlint.kinds.scope import paragraphs, unknown_section
from reportlint.report import Report
from reportlint.rule import Edit, Fix, Problem, Rule, Severity
from reportlint.text import fold

OPTIONS = frozenset({"sections", "unless", "severities"})
VALUES = frozenset({"text", "expected"})
DEFAULTS: Mapping[str, Any] = {
    "title": words("用词有误", "wrong wording"),
    "message": words("“{text}”应为“{expected}”", "“{text}” should be “{expected}”"),
    "severity": "warning",
}


def check(report: Report, rule: Rule) -> Iterator[Problem]:
    """A problem with its fix at every place where a wrong wording stands."""
    listed: dict[str, str] = rule.options["replace"]
    severities: dict[str, Severity] = rule.options.get("severities", {})
    table = {fold(wrong): (wrong, right) for wrong, right in listed.items()}
    pattern = rule.phrases("replace")
    if not report.has(pattern):
        return
    unless = rule.pattern("unless") if rule.options.get("unless") else None
    for _, paragraph in paragraphs(report, rule):
        excused = [found.span() for found in unless.finditer(paragraph.text)] if unless is not None else []
        for found in pattern.finditer(paragraph.text):
            if any(start <= found.start() and found.end() <= end for start, end in excused):
                continue
            wrong, right = table[found[0]]
            where = paragraph.span(*found.span())
            written = paragraph.original(*found.span())
            yield Problem(
                where,
                {"text": written, "expected": right},
                severity=severities.get(wrong),
                fix=Fix((Edit(where, right),), rule.fixable == "safe") if rule.fixable else None,
            )


def implied(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Nothing."""
    del table
    return {}


def complaints(table: Mapping[str, Any], forms: Iterable[Form]) -> Iterator[Any]:
    """A pattern that is none, parts that no form has, severities of wordings that are not listed."""
    yield from patterns.complaints("unless", table, always=True)
    for index, key in enumerate(table.get("sections", ())):
        yield from unknown_section(("sections", index), key, forms)
    for wording in table.get("severities", {}):
        if wording not in table["replace"]:
            yield ("severities", wording), words(f"replace 里没有“{wording}”", f"“{wording}” is not in replace"), None
