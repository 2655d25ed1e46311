"""Which paragraphs a data rule looks at."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.report import Report, Section
from reportlint.rule import Rule
from reportlint.text import Folded


def paragraphs(report: Report, rule: Rule) -> Iterator[tuple[Section | None, Folded]]:
    """The paragraphs outside tables in the sections that the rule names, or in all; `preface` is one of the names."""
    sections: list[str] = rule.options.get("sections", [])
    for section, paragraph in report.prose():
        if not sections or (section.key if section is not None else "preface") in sections:
            yield section, paragraph
