"""`equation = "balance"` with `table = "requests"`: sums of the form that must hold, by the name the form gives them.

Values for the message: label (of the row or column), table, left and right (the terms in plain digits), sum, total,
difference. A line in which a cell holds no number is left out: other rules speak of such cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, cast

from reportlint.errors import words
from reportlint.form import Equation, Form, TableForm, cell_key, short_label
from reportlint.kinds.scope import phrases, unknown_table
from reportlint.report import Amount, Grid, Report
from reportlint.rule import Problem, Related, Rule
from reportlint.text import plain

OPTIONS = frozenset({"table", "unless_parts_zero"})
VALUES = frozenset({"label", "table", "left", "right", "sum", "total", "difference"})
DEFAULTS: Mapping[str, Any] = {"severity": "error"}


def check(report: Report, rule: Rule) -> Iterator[Problem]:
    """A problem at the total of each line whose sums differ, with all its terms as related places."""
    grid = report.grids.get(rule.options["table"])
    if grid is None:
        return
    names: str | list[str] = rule.options["equation"]
    for name in [names] if isinstance(names, str) else names:
        equation = grid.table.equations.get(name)
        if equation is not None:
            yield from _failures(grid, equation, rule)


Number = int | Decimal
Figures = Mapping[str, Number]


class Sides(NamedTuple):
    """A line in which an equation must hold: what it is called, and the cells of both sides."""

    label: str
    left: list[str]
    right: list[str]


_LINES: dict[tuple[int, str], tuple[TableForm, tuple[Sides, ...]]] = {}


def lines_of(grid: Grid, equation: Equation) -> tuple[Sides, ...]:
    """Every line in which the equation must hold."""
    key = (id(grid.table), equation.name)
    known = _LINES.get(key)
    if known is None or known[0] is not grid.table:
        known = _LINES[key] = (grid.table, tuple(_lines_of(grid, equation)))
    return known[1]


def _lines_of(grid: Grid, equation: Equation) -> Iterator[Sides]:
    if equation.over == "cells":
        parts = grid.table.cells[equation.right[0]][1].path[:-1]
        yield Sides("".join(parts), list(equation.left), list(equation.right))
        return
    for block in grid.table.blocks:
        rows = {row.key for row in block.rows}
        columns = {column.key for column in block.columns}
        if equation.over == "columns" and set(equation.left) <= rows:
            for column in block.columns:
                yield Sides(
                    short_label(column.label),
                    [cell_key(key, column.key) for key in equation.left],
                    [cell_key(key, column.key) for key in equation.right],
                )
        elif equation.over == "rows" and set(equation.left) <= columns:
            for row in block.rows:
                yield Sides(
                    short_label(row.label),
                    [cell_key(row.key, key) for key in equation.left],
                    [cell_key(row.key, key) for key in equation.right],
                )


def holds(grid: Grid, figures: Figures) -> bool:
    """Whether every equation of the table holds in these figures by cell, and none that it needs is missing."""
    equations = grid.table.equations.values()
    return not any(_unsettled(lines_of(grid, equation), figures) for equation in equations)


def unsettled(grid: Grid, equation: Equation) -> Sequence[Sides]:
    """The lines in which the figures of the table do not make the sums equal, or one is missing."""
    key = f"unsettled {equation.name}"
    known = grid.memo.get(key)
    if known is None:
        known = grid.memo[key] = _unsettled(lines_of(grid, equation), grid.figures)
    return cast("Sequence[Sides]", known)


def _unsettled(lines: Sequence[Sides], figures: Figures) -> Sequence[Sides]:
    number = figures.__getitem__
    found: list[Sides] = []
    for line in lines:
        _, left, right = line
        try:
            if sum(map(number, left)) == sum(map(number, right)):
                continue
        except KeyError:
            # A cell without a number: whether it stands for one is another matter.
            pass
        found.append(line)
    return found


def _failures(grid: Grid, equation: Equation, rule: Rule) -> Iterator[Problem]:
    for label, left, right in unsettled(grid, equation):
        sides = sides_of(grid, equation, left, right)
        if sides is None:
            continue
        values_left, values_right = sides
        total_left, total_right = _sum(values_left), _sum(values_right)
        if total_left == total_right:
            continue
        if rule.options.get("unless_parts_zero") and _one_sided(values_left, values_right):
            continue
        where = grid.cells[right[0]]
        yield Problem(
            where,
            {
                "table": grid.table.name,
                "label": label,
                "left": _terms(values_left),
                "right": _terms(values_right),
                "sum": plain(total_left),
                "total": plain(total_right),
                "difference": plain(_gap(total_left, total_right)),
            },
            related=tuple(_related(grid, [*left, *right], where, values_left, values_right)),
        )


def sides_of(
    grid: Grid, equation: Equation, left: Sequence[str], right: Sequence[str]
) -> tuple[list[Number], list[Number]] | None:
    """The numbers on both sides of a line; None where one of them is unknown."""
    values_right = _counts(grid, right) if equation.name == "balance" else grid.values(*right)
    if values_right is None or right[0] not in grid.cells:
        return None
    values_left = _counts(grid, left)
    return None if values_left is None else (values_left, values_right)


def _gap(left: Number, right: Number) -> Number:
    return left - right if left > right else right - left


def _sum(values: Sequence[Number]) -> Number:
    return sum(values)


def _counts(grid: Grid, keys: Sequence[str]) -> list[Number] | None:
    """The numbers of the terms, blanks as 0 where the table leaves zeros blank; None where one is unknown."""
    found = grid.counts(*keys)
    if found is None or (not any(found) and all(map(grid.is_blank, keys))):
        return None
    return found


def _one_sided(parts: Sequence[Number], total: Sequence[Number]) -> bool:
    """Whether all parts are zero and the total is not, or the other way round: another rule says that better."""
    return (not any(parts)) != (not any(total))


def _terms(values: Sequence[Number]) -> str:
    """The terms of a side: zeros are left out where others are there."""
    filled = [value for value in values if value] or values[:1]
    return " + ".join(plain(value) for value in filled)


def _related(
    grid: Grid, keys: Sequence[str], where: Amount, left: Sequence[Number], right: Sequence[Number]
) -> Iterator[Related]:
    """The terms that are not zero, as related places."""
    for key, value in zip(keys, [*left, *right], strict=True):
        cell = grid.cells[key]
        if cell is not where and value:
            yield Related(
                cell, words(f"{grid.table.words_of(key)}：{cell.text}", f"{grid.table.words_of(key)}: {cell.text}")
            )


def implied(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table must be there."""
    return {"needs": [f"table:{table['table']}"]}


def complaints(table: Mapping[str, Any], forms: Iterable[Form]) -> Iterator[Any]:
    """A table or an equation that no form has."""
    forms = list(forms)
    key: str = table["table"]
    yield from unknown_table(("table",), key, forms)
    known = sorted({name for form in forms if key in form.tables for name in form.tables[key].equations})
    for name in phrases(table["equation"]):
        if known and name not in known:
            says = words(
                f"表 {key} 没有名为 {name} 的关系（有 {'、'.join(known)}）",
                f"the table {key} has no equation {name} (there are {', '.join(known)})",
            )
            yield ("equation",), says, name
