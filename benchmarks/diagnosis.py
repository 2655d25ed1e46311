"""How well the joint diagnosis (A009) names misprints: `python benchmarks/diagnosis.py [--number 200]`.

Tables of both forms with figures of every size are misprinted in one, two and three random cells: another number,
digits exchanged, changed, doubled or lost. Misprints that break no sum are left out and counted. For each table the
diagnosis names the misprinted cells and what they should be: alone, first of several explanations, among the five at
most that it lists, or not. Times are of processor, for a table alone, and depend on the machine.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from reportlint.report import Grid
from reportlint_rules.national.verdicts import diagnosed
from support.diagnosed import Tally, grid, tally
from support.misprints import SIZES, misprint

FORMS = ("2019", "2021")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How well the joint diagnosis names misprints.")
    parser.add_argument("--number", type=int, default=200, help="misprinted tables of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    print(f"{'misprints':<10}{'form':<6}{'figures':<9}{'named':>8}{'alone':>8}{'unseen':>8}  outcomes")
    for many, form, size, found in tallies(options.number, options.seed):
        _row(many, form, size, found)
    print()
    for many in range(5):
        _times(many, options.number)
    return 0


def tallies(number: int, seed: int) -> Iterator[tuple[int, str, str, Tally]]:
    """For each count of misprints, form and size of figures, what became of so many tables."""
    for many in (1, 2, 3):
        for form in FORMS:
            for size in SIZES:
                yield many, form, size, tally(form, size, many, number, seed)


def _row(many: int, form: str, size: str, found: Tally) -> None:
    outcomes = ", ".join(f"{name} {count}" for name, count in sorted(found.outcomes.items()))
    named = found.share("sole", "first", "listed")
    print(f"{many:<10}{form:<6}{size:<9}{named:8.1%}{found.share('sole'):8.1%}{found.unseen:8}  {outcomes}")


def _times(many: int, number: int) -> None:
    """Milliseconds a table with so many misprints."""
    rng = Random(many)
    tables = [grid(misprint("2021", "large", rng, many)) for _ in range(number)]
    taken = sorted(_taken(table) for table in tables)
    print(f"{many} misprints: median {taken[len(taken) // 2]:.3f} ms, at most {taken[-1]:.3f} ms a table")


def _taken(table: Grid) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        list(diagnosed(table))
        best = min(best, 1000 * (time.process_time() - start))
    return best


if __name__ == "__main__":
    sys.exit(main())
