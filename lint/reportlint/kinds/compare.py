"""`compare = "text:received == requests:new.total"`: two sums of cells, of last year's cells, of numbers in the text.

A term that is not there, or holds no number, leaves the comparison undone: other rules speak of such cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reportlint.document import Span
from reportlint.errors import words
from reportlint.form import Form
from reportlint.kinds.scope import paragraphs, unknown_cell, unknown_section
from reportlint.report import Amount, Report, Series
from reportlint.rule import Problem, Related, Rule
from reportlint.text import NUMBER, fold, number, plain

OPTIONS = frozenset({"text", "sections", "tolerance"})
VALUES = frozenset({"left", "right", "sum", "total", "difference"})
DEFAULTS: Mapping[str, Any] = {"severity": "warning"}

Number = int | Decimal
PREVIOUS, TEXT = "previous_year:", "text:"
_SIGNS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
}
_TERM = re.compile(r"^(?:\d+(?:\.\d+)?|(?:previous_year:)?[a-z][a-z_]*:[a-z0-9_.]+)$")


@dataclass(frozen=True, slots=True)
class Term:
    """What a term of the comparison comes to, and where it stands."""

    name: str
    factor: int
    value: Number
    where: Amount | Span | None = None
    report: Report | None = None
    """The report of last year, for its terms."""


def check(subject: Report | Series, rule: Rule) -> Iterator[Problem]:
    """A problem at the first term of this year's report where the comparison does not hold."""
    report, earlier = _years(subject)
    left_words, sign, right_words = split(rule.options["compare"])
    left = _terms(left_words, report, earlier, rule)
    right = _terms(right_words, report, earlier, rule)
    if left is None or right is None:
        return
    one, other = _sum(left), _sum(right)
    difference = abs(one - other)
    if sign == "==" and difference <= Decimal(str(rule.options.get("tolerance", 0))):
        return
    if _SIGNS[sign](one, other):
        return
    placed = [term for term in (*left, *right) if term.where is not None]
    here = next((term for term in placed if term.report is None), None)
    values = {
        "left": _shown(left),
        "right": _shown(right),
        "sum": plain(one),
        "total": plain(other),
        "difference": plain(difference),
    }
    where = here.where if here is not None and here.where is not None else report.start
    related = tuple(
        Related(term.where, words(term.name, term.name), term.report)
        for term in placed
        if term is not here and term.where is not None
    )
    yield Problem(where, values, related=related, report=report if earlier is not None else None)


def _years(subject: Report | Series) -> tuple[Report, Report | None]:
    if isinstance(subject, Report):
        return subject, None
    earlier, later = next(iter(subject.pairs()))
    return later, earlier


def split(text: str) -> tuple[list[str], str, list[str]]:
    """The words left of the sign, the sign, the words right of it. ValueError where there is not just one sign."""
    parts = text.split()
    at = [index for index, part in enumerate(parts) if part in _SIGNS]
    if len(at) != 1 or not 0 < at[0] < len(parts) - 1:
        raise ValueError(text)
    return parts[: at[0]], parts[at[0]], parts[at[0] + 1 :]


def factors(parts: list[str]) -> Iterator[tuple[str, int]]:
    """The terms of a side with their signs. ValueError where terms and signs do not alternate."""
    factor, ready = 1, True
    for part in parts:
        if part in ("+", "-"):
            if ready:
                raise ValueError(part)
            factor, ready = (1 if part == "+" else -1), True
        elif ready and _TERM.match(part):
            yield part, factor
            ready = False
        else:
            raise ValueError(part)
    if ready:
        raise ValueError(parts[-1])


def _terms(parts: list[str], report: Report, earlier: Report | None, rule: Rule) -> list[Term] | None:
    found: list[Term] = []
    for name, factor in factors(parts):
        if name[0].isdigit():
            found.append(Term(name, factor, Decimal(name)))
            continue
        if name.startswith(TEXT):
            said = _said(report, rule, name.removeprefix(TEXT))
            if said is None:
                return None
            found.append(Term(name, factor, *said))
            continue
        year = earlier if name.startswith(PREVIOUS) else report
        table, _, key = name.removeprefix(PREVIOUS).partition(":")
        grid = year.grids.get(table) if year is not None else None
        value = grid.value(key) if grid is not None else None
        if grid is None or value is None:
            return None
        called = grid.table.words_of(key)
        found.append(Term(called, factor, value, grid.cells[key], year if year is earlier else None))
    return found


def _said(report: Report, rule: Rule, name: str) -> tuple[Number, Span] | None:
    """The number that the text states in a wording, and where."""
    before, _, after = rule.options["text"][name].partition("{number}")
    pattern = re.compile(f"{re.escape(fold(before))}({NUMBER}){re.escape(fold(after))}")
    for _, paragraph in paragraphs(report, rule):
        found = pattern.search(paragraph.text)
        value = number(found[1]) if found is not None else None
        if found is not None and value is not None:
            return value, paragraph.span(*found.span(1))
    return None


def _sum(terms: list[Term]) -> Decimal:
    return sum((Decimal(term.value) * term.factor for term in terms), Decimal(0))


def _shown(terms: list[Term]) -> str:
    text = "".join(f" {'+' if term.factor > 0 else '-'} {plain(term.value)}" for term in terms)
    return text.removeprefix(" + ").strip()


def implied(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The tables must be there; with terms of last year it is a rule over the years."""
    names = str(table["compare"]).split()
    cells = [name.removeprefix(PREVIOUS) for name in names if ":" in name and not name.startswith(TEXT)]
    needed = {"needs": list(dict.fromkeys(f"table:{name.partition(':')[0]}" for name in cells))}
    return {**needed, "on": "series"} if any(name.startswith(PREVIOUS) for name in names) else needed


def complaints(table: Mapping[str, Any], forms: Iterable[Form]) -> Iterator[Any]:
    """A comparison that is none, names of the text that are not explained, cells and parts that no form has."""
    forms = list(forms)
    for index, key in enumerate(table.get("sections", ())):
        yield from unknown_section(("sections", index), key, forms)
    try:
        left, _, right = split(table["compare"])
    except ValueError:
        says = words(
            "两边之间要写且只写一个 ==、!=、<、<=、> 或 >=，前后空格",
            "there must be one of ==, !=, <, <=, >, >= between two sides, with spaces around it",
        )
        yield ("compare",), says, table["compare"]
        return
    try:
        names = [name for side in (left, right) for name, _ in factors(side)]
    except ValueError as error:
        says = words(
            f"这里看不懂：{error}（一项是数字、表:格、previous_year:表:格 或 text:名称，中间用 + 或 -）",
            f"not understood: {error} (a term is a number, TABLE:CELL, previous_year:TABLE:CELL or text:NAME)",
        )
        yield ("compare",), says, str(error)
        return
    stated: Mapping[str, str] = table.get("text", {})
    for name in names:
        if name.startswith(TEXT):
            if name.removeprefix(TEXT) not in stated:
                says = words(f"text 里没有 {name.removeprefix(TEXT)}", f"text has no {name.removeprefix(TEXT)}")
                yield ("compare",), says, name
        elif not name[0].isdigit():
            yield from unknown_cell(("compare",), name.removeprefix(PREVIOUS), forms)
    for name in stated:
        if f"{TEXT}{name}" not in names:
            yield ("text", name), words(f"compare 里没有用到 text:{name}", f"compare does not use text:{name}"), None
