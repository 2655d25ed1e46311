"""`replace = { "打造一只" = "打造一支" }`: wordings with the better one; fixable."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.errors import words
from reportlint.kinds.scope import paragraphs
from reportlint.report import Report
from reportlint.rule import Edit, Fix, Problem, Rule, Severity
from reportlint.text import fold

DEFAULTS = {
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
    if not pattern.search(report.folded):
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
