"""Personal data under findings of rules that mask: found once, hidden in everything that is shown or written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlint.document import Prose, Span
from reportlint.report import Report
from reportlint.rule import Rule

Spans = list[tuple[int, int]]

_DIGIT = re.compile(r"[0-9０-９XxＸｘ]")


def masked_spans(report: Report, rules: Sequence[Rule]) -> Spans:
    """Where personal data stands, whether or not the rules that find it are selected.

    A rule that crashes is not passed over: what it would have hidden must not be shown.
    """
    found: Spans = []
    for rule in rules:
        for problem in rule.run(report):
            span = problem.where if isinstance(problem.where, Span) else problem.where.span
            found.append((span.start, span.end))
    return sorted(found)


def mask(text: str) -> str:
    """A number with its middle hidden: 138****1234, 35*************123."""
    digits = [at for at, char in enumerate(text) if _DIGIT.match(char)]
    head, tail = (3, 4) if len(digits) == 11 else (2, 3) if len(digits) in (15, 18) else (4, 4)
    hidden = set(digits[head : max(head, len(digits) - tail)])
    return "".join("*" if at in hidden else char for at, char in enumerate(text))


def masked_text(text: str, start: int, spans: Sequence[tuple[int, int]]) -> str:
    """A stretch of the text view that begins at an offset, with personal data masked."""
    for begin, end in spans:
        low, high = max(begin - start, 0), min(end - start, len(text))
        if low < high:
            text = text[:low] + mask(text[low:high]) + text[high:]
    return text


def masked_prose(prose: Prose, spans: Sequence[tuple[int, int]]) -> str:
    """The text of a prose with personal data masked."""
    whole = prose.span()
    if not any(begin < whole.end and whole.start < end for begin, end in spans):
        return prose.text
    chars = list(prose.text)
    for begin, end in spans:
        inside = [at for at, place in enumerate(prose.offsets()) if begin <= place < end]
        if inside:
            low, high = inside[0], inside[-1] + 1
            chars[low:high] = mask("".join(chars[low:high]))
    return "".join(chars)
