"""Plants defects in a report that is understood: each by edits of its text, with the rule that should find it.

What is planted comes from the rules' own wrong examples and from the equations of the form: nothing here knows what a
ministry demands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlint.document import Document, Span
from reportlint.errors import Words, words
from reportlint.form import Equation
from reportlint.kinds.equation import lines_of
from reportlint.report import Grid, Report, Section
from reportlint.rule import Edit, Example, Rule
from reportlint.splice import PARAGRAPH, spliced
from reportlint.text import fold_label, plain

EXAMPLE_YEAR = 2023
"""The year of the report that an example is written for where it says none."""
_YEAR = re.compile(r"(?<![〔\d])20\d\d(?![\d〕])")
_WHOLE_PARTS = ("problems", "other")
"""Parts that an example replaces; elsewhere it is one more paragraph."""


@dataclass(frozen=True, slots=True)
class Plant:
    """A defect to be planted: the rule that should find it, what is done, and the edits that do it."""

    rule: Rule
    says: Words
    edits: tuple[Edit, ...]
    example: Example | None = None
    untitled: bool = False
    """Whether the title goes that the file states outside its text as well."""

    def document(self, document: Document) -> Document:
        """The document with the defect, as it would be read; plain text is to be read again instead."""
        if self.untitled:
            document = replace(document, metadata=document.metadata._replace(title=None))
        return spliced(document, self.edits)


class Impossible(Exception):  # noqa: N818 - no failure: a report may lack the place for a defect
    """Why an example cannot be planted in a report."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.words = words(zh, en)


@dataclass(frozen=True, slots=True)
class Unplanted:
    """A rule whose example has no place in the report, or that has no example to plant."""

    rule: Rule
    why: Words


def plants(report: Report, rules: Sequence[Rule]) -> Iterator[Plant | Unplanted]:
    """Every defect that the examples of the rules and the equations of the form allow in a report."""
    broken = list(_equations(report, rules))
    for rule in rules:
        own = [plant for plant in broken if plant.rule is rule]
        yield from own
        failed: list[Words] = []
        done = bool(own)
        for example in rule.bad:
            try:
                yield from planted(report, rule, example)
                done = True
            except Impossible as error:
                failed.append(error.words)
        if not done:
            none = words("这条规则没有可以植入的例子", "the rule has no example that could be planted")
            yield Unplanted(rule, failed[0] if failed else none)


def planted(report: Report, rule: Rule, example: Example) -> Iterator[Plant]:
    """An example planted; one without a part, in each part of the report. Raises Impossible."""
    if example.swap:
        raise Impossible("这个例子要改整份文件", "the example changes the whole file")
    text = _in_year(example.text, report, example)
    kind, _, rest = example.where.partition(":")
    if kind == "heading" and not text:
        sections = [section for section in report.sections if section.form is not None]
        if not sections:
            raise Impossible("报告里没有认出各部分", "no part of the report was recognised")
        for section in sections:
            name = section.heading.title
            says = words(f"删去“{name}”部分", f"the part “{name}” is taken out")
            yield Plant(rule, says, (Edit(section.span, ""),), example)
        return
    if example.whole:
        says, edits = _instead(report, kind, rest, text)
    else:
        says, edits = _edits(report, kind or "section", rest if example.where else "overall", text)
    yield Plant(rule, says, tuple(edits), example, untitled=kind == "title" and not text)


def _in_year(text: str, report: Report, example: Example) -> str:
    """The example with its years moved as far as the report's year is from the year it is written for."""
    if report.year is None:
        return text
    by = report.year - (example.year or EXAMPLE_YEAR)
    return _YEAR.sub(lambda found: str(int(found[0]) + by), text)


def _instead(report: Report, kind: str, rest: str, text: str) -> tuple[Words, list[Edit]]:
    """The edits that leave nothing of the preface or of a part but the text. Raises Impossible."""
    section = report.section(rest) if kind == "section" else None
    lines = section.paragraphs if section is not None else report.preface if kind == "preface" else ()
    spans = [line.prose.span() for line in lines]
    if not spans:
        raise Impossible("报告里没有可以换掉的段落", "the report has no paragraphs to replace")
    name = section.heading.title if section is not None else "前言"
    edits = [Edit(spans[0], text), *(Edit(span, "") for span in spans[1:])]
    return words(f"“{name}”只写“{text}”", f"“{name}” says “{text}” and nothing else"), edits


def _edits(report: Report, kind: str, rest: str, text: str) -> tuple[Words, list[Edit]]:
    """What is done for an example at a place, and the edits that do it. Raises Impossible."""
    if kind == "title":
        return _replaced("标题", "title", text), _in_title(report, text)
    if kind == "published":
        if report.published is None or report.published.span is None:
            raise Impossible("报告没有写公布日期", "the report states no date of publication")
        return _replaced("公布日期", "date", text), [Edit(report.published.span, text)]
    if kind == "preface":
        return _said("前言", "preface", text), [_paragraph(_end_of_preface(report), text)]
    if kind in ("section", "heading"):
        section = report.section(rest)
        if section is None:
            raise Impossible("报告里没有相应的部分", "the part is missing from the report")
        if kind == "heading":
            return _replaced("标题", "heading", text), [Edit(section.heading.span, text)]
        return _in_section(section, text)
    table, _, name = rest.partition(":")
    grid = report.grids.get(table)
    if grid is None or grid.unreadable is not None:
        raise Impossible("报告里没有相应的表格", "the table is missing from the report")
    if kind == "cell":
        return _in_cells(grid, name.split(","), text)
    labels = _repeated(report.document, _label(grid, kind, name))
    return _replaced(f"{grid.table.name}“{name}”", f"label {name}", text), [Edit(label, text) for label in labels]


def _replaced(zh: str, en: str, text: str) -> Words:
    return words(f"{zh}改为“{text}”", f"{en} replaced by “{text}”") if text else words(f"删去{zh}", f"{en} taken out")


def _said(zh: str, en: str, text: str) -> Words:
    text = text.replace("\n", "⏎")
    return words(f"{zh}加入“{text}”", f"“{text}” added to {en}")


def _in_title(report: Report, text: str) -> list[Edit]:
    """Another title; without any, every line that reads like one goes."""
    if report.title is None or report.title.from_metadata:
        raise Impossible("报告里没有标题", "the report has no title")
    spans = {line.prose.span() for line in report.title.lines}
    if not text:
        spans |= {line.prose.span() for line in report.titles}
    first, *rest = sorted(spans)
    return [Edit(first, text), *(Edit(span, "") for span in rest)]


def _paragraph(at: int, text: str) -> Edit:
    return Edit(Span(at, at), PARAGRAPH + text)


def _end_of_preface(report: Report) -> int:
    if report.preface:
        return report.preface[-1].prose.span().end
    if report.title is None or report.title.from_metadata:
        raise Impossible("报告没有前言和标题", "the report has neither preface nor title")
    return report.title.span.end


def _in_section(section: Section, text: str) -> tuple[Words, list[Edit]]:
    """A paragraph more in a part, or the text instead of all its paragraphs."""
    name = section.heading.title
    spans = [paragraph.prose.span() for paragraph in section.paragraphs]
    if section.key in _WHOLE_PARTS and spans:
        shown = text.replace("\n", "⏎")
        says = words(f"“{name}”只写“{shown}”", f"“{name}” says “{shown}” and nothing else")
        if not text:
            says = words(f"“{name}”空着", f"“{name}” is empty")
        first, *more = text.split("\n")
        added = [_paragraph(spans[0].end, "\n".join(more))] if more else []
        return says, [Edit(spans[0], first), *added, *(Edit(span, "") for span in spans[1:])]
    return _said(f"“{name}”", f"“{name}”", text), [
        _paragraph(spans[-1].end if spans else section.heading.span.end, text)
    ]


def _in_cells(grid: Grid, keys: Sequence[str], text: str) -> tuple[Words, list[Edit]]:
    """Other texts in cells, or a number added to those that are there."""
    edits: list[Edit] = []
    done: list[str] = []
    if len(keys) == 1 and text.lstrip("+").isdecimal():
        keys = [_in_row(grid, keys[0], empty=not text.startswith("+"))]
    for key in keys:
        amount = grid.cells.get(key)
        if amount is None:
            raise Impossible("表里没有相应的格", "the table lacks the cell")
        if text.startswith("+") and amount.value is None:
            raise Impossible("相应的格里没有数", "the cell holds no number")
        new = plain(amount.value + int(text)) if text.startswith("+") and amount.value is not None else text
        edits.append(Edit(amount.span, new))
        done.append(f"{grid.table.words_of(key)} {amount.text or '∅'} → {new or '∅'}")
    says = f"{grid.table.name} {'，'.join(done)}"
    return words(says, says), edits


def _in_row(grid: Grid, key: str, *, empty: bool) -> str:
    """The total of a row of zeros, or of one with figures, as the example has it; another cell as it is."""
    rows = [
        (right[0], [*left, *right])
        for equation in grid.table.equations.values()
        if equation.over == "rows"
        for _, left, right in lines_of(grid, equation)
    ]
    if key not in {total for total, _ in rows}:
        return key
    values = {total: grid.values(*terms) for total, terms in rows}
    fitting = [total for total, terms in values.items() if terms is not None and any(terms) is not empty]
    if not fitting:
        raise Impossible("表里没有合适的行", "the table has no such row")
    return key if key in fitting else fitting[0]


def _label(grid: Grid, kind: str, name: str) -> Span:
    """Where a header label or the label of a row stands."""
    if kind == "header":
        found = [header.found for header in grid.headers if header.expected == name and header.found is not None]
        found += [caption for caption in grid.captions if fold_label(caption.text) == fold_label(name)]
    elif kind == "row":
        found = [grid.rows[name]] if name in grid.rows else []
    else:
        raise Impossible(f"不认识的位置 {kind}", f"no such place: {kind}")
    if not found or not found[0].text:
        raise Impossible("表里没有相应的表头或行名", "the table lacks the label")
    return found[0].span


def _repeated(document: Document, label: Span) -> list[Span]:
    """A label with those like it in its line: Markdown writes one into every square that it covers."""
    if document.kind != "md":
        return [label]
    line = document.line(document.position(label.start).line)
    printed = document.text[label.start : label.end]
    found = re.finditer(rf"(?<=\|)\s*({re.escape(printed)})\s*(?=\|)", document.text[line.start : line.end])
    return [Span(line.start + each.start(1), line.start + each.end(1)) for each in found] or [label]


def _equations(report: Report, rules: Sequence[Rule]) -> Iterator[Plant]:
    """A total made too great by one in each equation of the form that a rule claims."""
    for rule in rules:
        grid = report.grids.get(str(rule.options.get("table", "")))
        claimed: str | list[str] = rule.options.get("equation", [])
        if grid is None or grid.unreadable is not None:
            continue
        for name in [claimed] if isinstance(claimed, str) else claimed:
            equation = grid.table.equations.get(name)
            key = _total(grid, equation) if equation is not None else None
            if key is not None:
                says, edits = _in_cells(grid, [key], "+1")
                yield Plant(rule, says, tuple(edits))


def _total(grid: Grid, equation: Equation) -> str | None:
    """The first total of an equation whose terms are all there, and some of them not 0."""
    for _, left, right in lines_of(grid, equation):
        terms = grid.values(*left, *right)
        if terms is not None and any(terms[: len(left)]):
            return right[0]
    return None
