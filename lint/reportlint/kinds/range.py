"""`range = "disclosure:fees"` with `least`, `most`: bounds for cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportlint.errors import words
from reportlint.form import Form
from reportlint.kinds.scope import matching, phrases, unknown_cell
from reportlint.report import Report
from reportlint.rule import Problem, Rule
from reportlint.text import plain

OPTIONS = frozenset({"least", "most"})
VALUES = frozenset({"cell", "value", "least", "most"})
DEFAULTS: Mapping[str, Any] = {"severity": "warning"}


def check(report: Report, rule: Rule) -> Iterator[Problem]:
    """A problem at each cell whose number is out of bounds; cells without a number are left to other rules."""
    least, most = rule.options.get("least"), rule.options.get("most")
    for name in phrases(rule.options["range"]):
        table, _, pattern = name.partition(":")
        grid = report.grids.get(table)
        if grid is None:
            continue
        for key in matching(pattern, grid.numbers):
            value = grid.numbers[key]
            if (least is not None and value < least) or (most is not None and value > most):
                words_of = grid.table.words_of(key)
                values = {"cell": words_of, "value": plain(value), "least": least, "most": most}
                yield Problem(grid.cells[key], values)


def implied(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The tables must be there."""
    return {"needs": list(dict.fromkeys(f"table:{name.partition(':')[0]}" for name in phrases(table["range"])))}


def complaints(table: Mapping[str, Any], forms: Iterable[Form]) -> Iterator[Any]:
    """No bound, bounds the wrong way round, and cells that no form has."""
    forms = list(forms)
    least, most = table.get("least"), table.get("most")
    if least is None and most is None:
        yield ("range",), words("要写 least 或 most", "least or most must be given"), None
    if least is not None and most is not None and least > most:
        yield ("least",), words("least 大于 most", "least is greater than most"), None
    for name in phrases(table["range"]):
        yield from unknown_cell(("range",), name, forms)
