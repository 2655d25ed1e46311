"""Personal data under findings of rules that mask: found once, hidden in everything that is shown or written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlint.document import Prose, Span
from reportlint.report import Report
from reportlint.rule import Rule
from reportlint.text import fold, lazily

Spans = list[tuple[int, int]]

_TAG = lazily(r"<[^>]*>")
_RUN = lazily(r"[0-9０-９]{5,}")
_DIGIT = lazily(r"[0-9０-９XxＸｘ]")


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
    """A number with its middle hidden: 138****1234, 35*************123; of a name all but its first character."""
    if not _DIGIT.search(text):
        return text[:1] + "*" * (len(text) - 1)
    digits = [at for at, char in enumerate(text) if _DIGIT.match(char)]
    head, tail = (3, 4) if len(digits) == 11 else (2, 3) if len(digits) in (15, 18) else (4, 4)
    hidden = set(digits[head : max(head, len(digits) - tail)])
    return "".join("*" if at in hidden else char for at, char in enumerate(text))


class Secrets:
    """Personal data as it is written, to be hidden wherever words of the report are repeated."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        written = {_TAG.sub("", text[start:end]) for start, end in spans}
        self._known = sorted({form for raw in written for form in (raw, fold(raw)) if raw}, key=len, reverse=True)

    def hide(self, text: str) -> str:
        """The text with every such number masked, and what is left of one that was cut off."""
        if not self._known:
            return text
        for raw in self._known:
            text = text.replace(raw, mask(raw))
        return _RUN.sub(self._rest, text)

    def _rest(self, found: re.Match[str]) -> str:
        run = fold(found[0])
        part = any(run in raw for raw in self._known)
        return "*" * (len(run) - 4) + found[0][-4:] if part else found[0]


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
