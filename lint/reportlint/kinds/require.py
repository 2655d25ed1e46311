"""`require = ["政务公开专区"]`: words of which at least one must stand in the prose of the report or of some parts."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.errors import words
from reportlint.kinds.scope import paragraphs
from reportlint.report import Report
from reportlint.rule import Problem, Rule

DEFAULTS = {
    "title": words("缺少应当写明的内容", "something that must be said is missing"),
    "message": words("没有写明“{text}”", "“{text}” is missing"),
    "severity": "warning",
}


def check(report: Report, rule: Rule) -> Iterator[Problem]:
    """A problem on the heading of the part, or on the title, where none of the words stands."""
    pattern = rule.pattern("require") if rule.options.get("regex") else rule.phrases("require")
    if any(pattern.search(paragraph.text) for _, paragraph in paragraphs(report, rule)):
        return
    wanted: str | list[str] = rule.options["require"]
    keys: list[str] = rule.options.get("sections", [])
    section = next((found for key in keys if (found := report.section(key)) is not None), None)
    where = section.heading if section is not None else report.start
    yield Problem(where, {"text": wanted if isinstance(wanted, str) else wanted[0]})
