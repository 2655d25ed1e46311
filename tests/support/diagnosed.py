"""What the joint diagnosis says of a table with misprints, and whether it names them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from random import Random

from reportlint.engine import Linter
from reportlint.report import Grid
from reportlint_rules.national.mistakes import Diagnosis
from reportlint_rules.national.verdicts import LISTED, diagnosed
from support.clean import filled
from support.misprints import Misprint, misprint
from support.writing import write

YEARS = {"2019": 2020, "2021": 2023}


@dataclass(slots=True)
class Tally:
    """How often the misprints were named, and how."""

    unseen: int = 0
    """Misprints that break no sum: no check can see them."""
    outcomes: Counter[str] = field(default_factory=Counter[str])
    """sole: named and nothing else; first: named first of several; listed: among those told; else missed, silent."""

    @property
    def total(self) -> int:
        return self.outcomes.total()

    def share(self, *names: str) -> float:
        """The share of some outcomes among misprints that break a sum."""
        return sum(self.outcomes[name] for name in names) / self.total


def tally(form: str, size: str, many: int, number: int, seed: int) -> Tally:
    """The outcomes for so many tables that break a sum, each with so many misprints in 表三."""
    rng = Random(f"{form} {size} {many} {seed}")
    result = Tally()
    while result.total < number:
        planted = misprint(form, size, rng, many)
        if not planted.seen:
            result.unseen += 1
            continue
        result.outcomes[outcome(planted)] += 1
    return result


def outcome(planted: Misprint) -> str:
    """What the diagnosis of a table makes of its misprints: sole, first, listed, missed or silent."""
    found = [diagnosis for _, _, diagnosis in diagnosed(grid(planted))]
    if not found:
        return "silent"
    cells = planted.printed.keys()
    named = [
        explanation.cells == cells and all(c.due == planted.cells[c.cell] for c in explanation.changes)
        for explanation in found[0].explanations[:LISTED]
    ]
    if len(found) > 1 or not any(named):
        return "missed"
    if named[0]:
        return "sole" if len(found[0].explanations) == 1 else "first"
    return "listed" if len(found[0].explanations) <= LISTED else "listed of more"


def grid(planted: Misprint) -> Grid:
    """The table as it is read from a written report."""
    year = YEARS[planted.form]
    draft = filled(year, {planted.table: {key: str(figure) for key, figure in planted.wrong.items()}})
    return _linter().report("报告.txt", write(draft, "tab-rows").text.encode()).grids[planted.table]


def diagnosis(planted: Misprint) -> Diagnosis | None:
    """The one diagnosis of the table; None where it is silent."""
    found = [item for _, _, item in diagnosed(grid(planted))]
    return found[0] if found else None


@cache
def _linter() -> Linter:
    return Linter()
