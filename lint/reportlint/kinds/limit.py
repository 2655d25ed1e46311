"""`limit = "characters"` with `most`, `least`: how much a part, or the report, says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from reportlint.errors import words
from reportlint.form import Form
from reportlint.kinds.numbered import counted
from reportlint.kinds.scope import PREFACE, needs, unknown_section
from reportlint.report import Report
from reportlint.rule import Problem, Rule
from reportlint.text import Folded, sentences

OPTIONS = frozenset({"least", "most", "sections"})
VALUES = frozenset({"count", "least", "most", "heading"})
DEFAULTS: Mapping[str, Any] = {"severity": "warning"}

_COUNTS: dict[str, Callable[[Sequence[Folded]], int]] = {
    "characters": lambda lines: sum(len(line.text) for line in lines),
    "sentences": lambda lines: sum(1 for line in lines for _ in sentences(line.text)),
    "paragraphs": lambda lines: sum(bool(line.text) for line in lines),
    "items": lambda lines: sum(counted(line.text) for line in lines),
}


def check(report: Report, rule: Rule) -> Iterator[Problem]:
    """A problem on the heading of each part, or on the title, where there is too much or too little."""
    count = _COUNTS[rule.options["limit"]]
    least, most = rule.options.get("least"), rule.options.get("most")
    for heading, where, lines in _scopes(report, rule):
        found = count(lines)
        if (least is not None and found < least) or (most is not None and found > most):
            yield Problem(where, {"count": found, "least": least, "most": most, "heading": heading})


def _scopes(report: Report, rule: Rule) -> Iterator[tuple[str, Any, Sequence[Folded]]]:
    keys: list[str] = rule.options.get("sections", [])
    if not keys:
        yield "全文", report.start, [line for _, line in report.prose()]
    for key in keys:
        section = report.section(key)
        if key == PREFACE:
            yield "前言", report.start, report.preface
        elif section is not None:
            yield section.heading.title, section.heading, section.paragraphs


def implied(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part must be there."""
    return {"needs": needs(table)}


def complaints(table: Mapping[str, Any], forms: Iterable[Form]) -> Iterator[Any]:
    """No bound, bounds the wrong way round, and parts that no form has."""
    least, most = table.get("least"), table.get("most")
    if least is None and most is None:
        yield ("limit",), words("要写 least 或 most", "least or most must be given"), None
    if least is not None and most is not None and least > most:
        yield ("least",), words("least 大于 most", "least is greater than most"), None
    for index, key in enumerate(table.get("sections", ())):
        yield from unknown_section(("sections", index), key, forms)
