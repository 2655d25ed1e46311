"""`item = ["人大代表建议"]`: an item that a part must have, what it must mention, and what it comes after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from reportlint.errors import words
from reportlint.form import Form
from reportlint.kinds.numbered import titled
from reportlint.kinds.scope import home, needs, paragraphs, phrases, unknown_section
from reportlint.report import Report
from reportlint.rule import Problem, Related, Rule
from reportlint.text import Folded, fold

OPTIONS = frozenset({"sections", "mentions", "after"})
VALUES = frozenset({"item", "missing", "after"})
DEFAULTS: Mapping[str, Any] = {
    "severity": "warning",
    "variants": {
        "mentions": {"message": words("“{item}”没有写{missing}", "“{item}” says nothing of {missing}")},
        "order": {"message": words("“{item}”应排在“{after}”之后", "“{item}” belongs after “{after}”")},
    },
}
_HEAD = 40
"""How far from its beginning an item says what it is about."""


def check(report: Report, rule: Rule) -> Iterator[Problem]:
    """A problem where the item is missing, does not mention what it must, or comes too early."""
    lines = [line for _, line in paragraphs(report, rule)]
    wordings = phrases(rule.options["item"])
    before = phrases(rule.options.get("after", []))
    at = _index(lines, wordings)
    name, earlier = wordings[0], before[0] if before else ""
    if at is None:
        yield Problem(home(report, rule), {"item": name, "missing": "", "after": earlier})
        return
    text = "".join(line.text for line in lines[at : _end(lines, at)])
    missing = [word for word in rule.options.get("mentions", ()) if fold(word) not in text]
    if missing:
        values = {"item": name, "missing": "、".join(f"“{word}”" for word in missing), "after": earlier}
        yield Problem(_first_words(lines[at]), values, "mentions")
    other = _index(lines, before) if before else None
    if other is not None and other > at:
        values = {"item": name, "missing": "", "after": earlier}
        yield Problem(_first_words(lines[at]), values, "order", related=(Related(lines[other].whole),))


def _index(lines: Sequence[Folded], wordings: Sequence[str]) -> int | None:
    """The first paragraph that begins with one of these wordings: a numbered one if there is any."""
    found = [at for at, line in enumerate(lines) if _begins(line.text, wordings)]
    return next((at for at in found if titled(lines[at].text)[0]), found[0] if found else None)


def _begins(text: str, wordings: Sequence[str]) -> bool:
    number, rest = titled(text)
    head = rest.partition("。")[0][:_HEAD] if number else rest[:_HEAD]
    return any(fold(wording) in head for wording in wordings)


def _end(lines: Sequence[Folded], at: int) -> int:
    """Where the item ends: before the next paragraph with a number of the same manner."""
    number = titled(lines[at].text)[0]
    for index in range(at + 1, len(lines)):
        other = titled(lines[index].text)[0]
        if other and (not number or (other[0] == "(") == (number[0] == "(")):
            return index
    return len(lines)


def _first_words(line: Folded) -> Any:
    head = line.text.partition("。")[0]
    return line.span(0, len(head))


def implied(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part must be there."""
    return {"needs": needs(table)}


def complaints(table: Mapping[str, Any], forms: Iterable[Form]) -> Iterator[Any]:
    """Parts that no form has."""
    for index, key in enumerate(table.get("sections", ())):
        yield from unknown_section(("sections", index), key, forms)
