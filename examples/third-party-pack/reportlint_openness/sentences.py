"""Sentences that nobody reads to their end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportlint import Problem, Report, rule


@dataclass(frozen=True)
class Length:
    """How long a sentence may be."""

    most: int = 120


@rule("OP101", options=Length)
def long_sentence(report: Report, options: Length) -> Iterator[Problem]:
    """Sentences of the fifth part with more characters than they should have."""
    section = report.section("problems")
    for paragraph in section.paragraphs if section is not None else ():
        for found in re.finditer(r"[^。!?]+", paragraph.text):
            count = len(found[0])
            if count > options.most:
                yield Problem(paragraph.span(*found.span()), {"count": count, "most": options.most})
