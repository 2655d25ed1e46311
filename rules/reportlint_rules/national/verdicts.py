"""The diagnosis of a table in words: which figures are probably wrong, what they should be, and what else may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reportlint.errors import Words
from reportlint.form import Equation, TableForm, short_label
from reportlint.kinds.equation import lines_of, sides_of, unsettled
from reportlint.report import Grid
from reportlint.rule import Problem, Related, Rule
from reportlint.text import plain
from reportlint_rules.national.diagnosis import Change, Explanation, Number, Residuals, Sum, System, components
from reportlint_rules.national.mistakes import Diagnosis, Layout, diagnose

LISTED = 5
"""How many explanations are told where several are as good."""
SHOWN = 7
"""How many changes of an explanation are told where it is the only one."""
SHOWN_EACH = 2
"""How many changes of a pattern are told where there are other explanations."""
_MARKS = "①②③④⑤"


class Lines(NamedTuple):
    """The equations of a table as laid out once for all reports: in groups with cells in common."""

    table: TableForm
    parts: tuple[tuple[Layout, tuple[Equation, ...]], ...]


_KNOWN: dict[int, Lines] = {}


def of_grid(grid: Grid, rule: Rule) -> Iterator[Problem]:
    """A problem for each group of equations with cells in common that say together what is wrong."""
    for system, residuals, diagnosis in diagnosed(grid):
        yield _Verdict(grid, rule, system, residuals).problem(diagnosis)


def diagnosed(grid: Grid) -> Iterator[tuple[System, Residuals, Diagnosis]]:
    """The groups of equations that do not hold and can be explained.

    Where a group has several equations, one that fails alone says nothing: others that would have a say are unknown.
    """
    if not any(_fails(grid, equation) for equation in grid.table.equations.values()):
        return
    for layout, equations in _lines(grid).parts:
        values: dict[str, Number] = {}
        known: list[Sum] = []
        for equation, of_form in zip(layout.system.sums, equations, strict=True):
            sides = sides_of(grid, of_form, equation.left, equation.right)
            if sides is not None:
                known.append(equation)
                values.update(zip((*equation.left, *equation.right), (*sides[0], *sides[1]), strict=True))
        here = layout if len(known) == len(equations) else Layout(System(tuple(known)))
        residuals = here.system.residuals(values)
        if not residuals or (len(residuals) == 1 and len(equations) > 1):
            continue
        diagnosis = diagnose(here, values, residuals)
        if diagnosis is not None:
            yield here.system, residuals, diagnosis


def _fails(grid: Grid, equation: Equation) -> bool:
    """Whether the sums of a line of an equation are known to differ."""
    lines = unsettled(grid, equation)
    known = [sides for _, left, right in lines if (sides := sides_of(grid, equation, left, right)) is not None]
    return any(sum(left) != sum(right) for left, right in known)


def _lines(grid: Grid) -> Lines:
    known = _KNOWN.get(id(grid.table))
    if known is None or known.table is not grid.table:
        known = _KNOWN[id(grid.table)] = _laid_out(grid)
    return known


def _laid_out(grid: Grid) -> Lines:
    named = {
        Sum(equation.name, equation.over, label, tuple(left), tuple(right)): equation
        for equation in grid.table.equations.values()
        for label, left, right in lines_of(grid, equation)
    }
    parts = tuple((Layout(System(part)), tuple(named[s] for s in part)) for part in components(list(named)))
    return Lines(grid.table, parts)


class _Verdict(NamedTuple):
    """A diagnosis being put into words."""

    grid: Grid
    rule: Rule
    system: System
    residuals: Residuals

    def problem(self, diagnosis: Diagnosis) -> Problem:
        """The problem at the first figure of the simplest explanation."""
        listed = diagnosis.explanations[:LISTED]
        first = listed[0]
        values: dict[str, object] = {
            "table": self.grid.table.name,
            "count": len(self.residuals),
            "size": len(first.changes),
            "ways": len(diagnosis.explanations),
            "label": next(iter(self.system.sums)).label,
            "first": self._explanation(first, SHOWN),
            "listed": self._listed(listed),
            "rest": self._listed(listed[1:]),
            "others": len(diagnosis.explanations) - 1,
        }
        return Problem(
            self.grid.cells[first.changes[0].cell],
            values,
            variant=self._variant(diagnosis),
            related=tuple(self._related(listed)),
        )

    def _variant(self, diagnosis: Diagnosis) -> str:
        first, *others = diagnosis.explanations
        if others and len(self.system.sums) == 1:
            return "group"
        if others:
            return "likely" if diagnosis.likely else "tie"
        return "pattern" if first.pattern else ""

    def _listed(self, items: Sequence[Explanation]) -> Words:
        texts = [self._explanation(item, SHOWN_EACH if item.pattern else SHOWN) for item in items]
        return Words(
            {
                lang: ("；" if lang == "zh" else "; ").join(
                    f"{_MARKS[at] if len(items) > 1 else ''}{text(lang)}" for at, text in enumerate(texts)
                )
                for lang in ("zh", "en")
            }
        )

    def _explanation(self, item: Explanation, most: int) -> Words:
        """The pattern, if there is one, and the changes, at most so many."""
        shown = [self._change(change, plainly=bool(item.pattern)) for change in item.changes[:most]]
        if len(item.changes) > most:
            shown.append(self._phrase("and-more", more=len(item.changes) - most))
        comma = {"zh": "，", "en": ", "}
        changes = Words({lang: comma[lang].join(text(lang) for text in shown) for lang in comma})
        if not item.pattern:
            return changes
        return self._phrase("pattern", what=self._pattern(item), changes=changes)

    def _pattern(self, item: Explanation) -> Words:
        table = self.grid.table
        labels = [[short_label(line.label) for line in table.cells[cell]] for cell in item.seen]
        values: dict[str, object] = {}
        for name, (row, column) in zip(("first", "second", "last"), labels, strict=False):
            values |= {f"{name}_row": row, f"{name}_column": column}
        change = item.changes[0]
        low, high = sorted((change.due, change.printed))
        values["number"] = plain(high - low)
        return self._phrase(item.pattern, **values)

    def _change(self, change: Change, *, plainly: bool) -> Words:
        cell = self.grid.table.words_of(change.cell)
        printed, due = plain(change.printed), plain(change.due)
        text = self._phrase("change", cell=cell, printed=printed, due=due)
        if plainly or not change.look:
            return text
        seen = self.grid.table.words_of(change.seen) if change.seen else ""
        look = self._phrase(change.look, part=seen)
        return Words({lang: text(lang) + look(lang) for lang in ("zh", "en")})

    def _phrase(self, name: str, **values: object) -> Words:
        """A phrase of the rule's options with values put in; a value may differ by language."""
        phrases: Mapping[str, Mapping[str, str]] = self.rule.options["phrases"]
        return Words(
            {
                lang: text.format_map({k: v(lang) if isinstance(v, Words) else v for k, v in values.items()})
                for lang, text in phrases[name].items()
            }
        )

    def _related(self, listed: Sequence[Explanation]) -> Iterator[Related]:
        """The other figures of the explanations, and the totals at which equations fail."""
        said = {listed[0].changes[0].cell}
        for item in listed:
            for change in item.changes[:SHOWN]:
                if change.cell not in said:
                    said.add(change.cell)
                    yield Related(self.grid.cells[change.cell], self._change(change, plainly=bool(item.pattern)))
        for at in self.residuals:
            equation = self.system.sums[at]
            if equation.right[0] not in said:
                said.add(equation.right[0])
                yield Related(self.grid.cells[equation.right[0]], self._phrase("failing", label=equation.label))
