"""Misprints in the figures of a table, at random: what a diagnosis must name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from support.figures import Cells, large_tables, random_tables, small_tables
from support.forms import read_form

SIZES = ("small", "large", "random")


@dataclass(frozen=True, slots=True)
class Misprint:
    """A table and what is printed in some of its cells instead."""

    form: str
    table: str
    cells: Mapping[str, int]
    printed: Mapping[str, int]

    @property
    def wrong(self) -> dict[str, int]:
        """The whole table as printed."""
        return {**self.cells, **self.printed}

    @property
    def seen(self) -> bool:
        """Whether it breaks any sum of the form."""
        wrong = self.wrong
        for equation in read_form(self.form).tables[self.table].equations:
            for left, right in _lines(self.form, self.table, equation.over, equation.left, equation.right):
                if sum(wrong[key] for key in left) != sum(wrong[key] for key in right):
                    return True
        return False


def tables(form: str, size: str, rng: Random) -> Mapping[str, Cells]:
    """Tables of a form with figures of a size, every equation true."""
    if size == "small":
        return small_tables(form, rng)
    return large_tables(form, rng) if size == "large" else random_tables(form, rng)


def misprint(form: str, size: str, rng: Random, many: int, table: str = "requests") -> Misprint:
    """A table with as many wrong figures as asked for, in random cells."""
    cells = {key: int(text) for key, text in tables(form, size, rng)[table].items()}
    return Misprint(form, table, cells, {key: wrong(cells[key], rng) for key in rng.sample(sorted(cells), many)})


def wrong(figure: int, rng: Random) -> int:
    """Another number: off by some, or with digits exchanged, changed, doubled or lost."""
    while True:
        digits = list(str(figure))
        at = rng.randrange(len(digits))
        match rng.randrange(5):
            case 0 if len(digits) > 1:
                at = min(at, len(digits) - 2)
                digits[at], digits[at + 1] = digits[at + 1], digits[at]
            case 1:
                digits[at] = str(rng.randrange(10))
            case 2:
                digits.insert(at, digits[at])
            case 3 if len(digits) > 1:
                del digits[at]
            case _:
                digits = list(str(max(0, figure + rng.choice((-1, 1)) * rng.randint(1, max(9, figure)))))
        if int("".join(digits)) != figure:
            return int("".join(digits))


def _lines(
    form: str, table: str, over: str, left: tuple[str, ...], right: tuple[str, ...]
) -> list[tuple[list[str], list[str]]]:
    """Both sides of an equation in every line that it is made in."""
    if over == "cells":
        return [(list(left), list(right))]
    (block,) = read_form(form).tables[table].blocks
    if over == "rows":
        return [([f"{r.key}.{c}" for c in left], [f"{r.key}.{c}" for c in right]) for r in block.rows]
    return [([f"{r}.{c.key}" for r in left], [f"{r}.{c.key}" for r in right]) for c in block.columns]
