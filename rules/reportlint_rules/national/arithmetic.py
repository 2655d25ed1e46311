"""Bounds between figures, and what the sums that do not hold say together."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.form import cell_key
from reportlint.kinds.equation import lines_of
from reportlint.report import Report
from reportlint.rule import Problem, Related, Rule, rule
from reportlint.text import plain
from reportlint_rules.national import verdicts


@rule("A006")
def documents_bound(report: Report) -> Iterator[Problem]:
    """More documents issued than are valid or were repealed."""
    grid = report.grids["disclosure"]
    for row in ("rules", "docs"):
        keys = [cell_key(row, column) for column in ("issued", "repealed", "valid")]
        if not all(key in grid.cells for key in keys):
            continue
        values = grid.values(*keys)
        if values is not None and values[0] > values[1] + values[2]:
            issued, repealed, valid = map(plain, values)
            yield Problem(
                grid.cells[keys[0]],
                {"row": grid.table.rows[row][1].label, "issued": issued, "repealed": repealed, "valid": valid},
                related=tuple(Related(grid.cells[key]) for key in keys[1:]),
            )


@rule("A007")
def items_below_zero(report: Report) -> Iterator[Problem]:
    """More items dropped in the year than there were the year before."""
    grid = report.grids["disclosure"]
    for row, (_, line) in grid.table.rows.items():
        before, delta = cell_key(row, "prev"), cell_key(row, "delta")
        first, change = grid.value(before), grid.value(delta)
        if first is not None and change is not None and first + change < 0:
            yield Problem(
                grid.cells[delta],
                {"row": line.label, "prev": plain(first), "delta": plain(change)},
                related=(Related(grid.cells[before]),),
            )


@rule("A008")
def one_side_only(report: Report) -> Iterator[Problem]:
    """Rows of 表三 in which only the total, or only the parts, are filled in."""
    grid = report.grids["requests"]
    equation = grid.table.equations.get("row-total")
    if equation is None:
        return
    number = grid.numbers.get
    for label, left, right in lines_of(grid, equation):
        if any(map(number, left)) == any(map(number, right)):
            continue
        parts, total = grid.values(*left), grid.values(*right)
        if parts is None or total is None or any(parts) == any(total):
            continue
        yield Problem(
            grid.cells[right[0]],
            {"label": label, "total": plain(sum(total)), "sum": plain(sum(parts))},
            related=tuple(Related(grid.cells[key]) for key, value in zip(left, parts, strict=True) if value),
        )


@rule("A009")
def joint_diagnosis(report: Report, rule: Rule) -> Iterator[Problem]:
    """The fewest figures whose change makes all sums of a table hold."""
    for grid in report.grids.values():
        if grid.table.equations and grid.unreadable is None:
            yield from verdicts.of_grid(grid, rule)
