"""`require = ["政务公开专区"]`: words of which one, or with `each` every one, must stand in the prose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportlint.errors import words
from reportlint.form import Form
from reportlint.kinds import patterns
from reportlint.kinds.scope import home, paragraphs, phrases, unknown_section
from reportlint.report import Report
from reportlint.rule import Problem, Rule
from reportlint.text import fold

OPTIONS = frozenset({"each", "regex", "sections"})
VALUES = frozenset({"text"})
DEFAULTS: Mapping[str, Any] = {
    "title": words("缺少应当写明的内容", "something that must be said is missing"),
    "message": words("没有写明“{text}”", "“{text}” is missing"),
    "severity": "warning",
}


def check(report: Report, rule: Rule) -> Iterator[Problem]:
    """A problem on the heading of the part, or on the title, where the words do not stand."""
    wanted = phrases(rule.options["require"])
    text = "\n".join(paragraph.text for _, paragraph in paragraphs(report, rule))
    if rule.options.get("regex"):
        found = [bool(pattern.search(text)) for pattern in rule.patterns("require")]
    else:
        found = [fold(phrase) in text for phrase in wanted]
    if rule.options.get("each"):
        missing = [phrase for phrase, there in zip(wanted, found, strict=True) if not there]
    else:
        missing = [] if any(found) else wanted[:1]
    if missing:
        yield Problem(home(report, rule), {"text": "、".join(missing)})


def implied(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Nothing."""
    del table
    return {}


def complaints(table: Mapping[str, Any], forms: Iterable[Form]) -> Iterator[Any]:
    """Patterns that are none, and parts that no form has."""
    yield from patterns.complaints("require", table)
    for index, key in enumerate(table.get("sections", ())):
        yield from unknown_section(("sections", index), key, forms)
