"""Which part of a report a data rule looks at, and what its data may name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportlint.document import Span
from reportlint.errors import Words, words
from reportlint.form import Form
from reportlint.report import Heading, Report, Section
from reportlint.rule import Rule
from reportlint.text import Folded
from reportlint.violations import nearest

PREFACE = "preface"
"""What stands before the first part, as a part."""


def paragraphs(report: Report, rule: Rule) -> Iterator[tuple[Section | None, Folded]]:
    """The paragraphs outside tables in the sections that the rule names, or in all; `preface` is one of the names."""
    sections: list[str] = rule.options.get("sections", [])
    for section, paragraph in report.prose():
        if not sections or (section.key if section is not None else PREFACE) in sections:
            yield section, paragraph


def home(report: Report, rule: Rule) -> Heading | Span:
    """Where something is missed: the heading of the first part that the rule names, else the title."""
    keys: list[str] = rule.options.get("sections", [])
    section = next((found for key in keys if (found := report.section(key)) is not None), None)
    return section.heading if section is not None else report.start


def needs(table: Mapping[str, Any]) -> list[str]:
    """The part without which a rule over one part has nothing to look at."""
    sections: list[str] = table.get("sections", [])
    return [f"section:{sections[0]}"] if len(sections) == 1 and sections[0] != PREFACE else []


def phrases(value: str | list[str]) -> list[str]:
    """A wording or several, as a list."""
    return [value] if isinstance(value, str) else list(value)


def unknown_section(place: tuple[str | int, ...], key: str, forms: Iterable[Form]) -> Iterator[Any]:
    """A complaint about a part that no form has."""
    known = [PREFACE, *dict.fromkeys(section.key for form in forms for section in form.sections)]
    if key not in known:
        yield place, _not_among("没有这个部分", "there is no part", key, known), key


def unknown_table(place: tuple[str | int, ...], key: str, forms: Iterable[Form]) -> Iterator[Any]:
    """A complaint about a table that no form has."""
    known = list(dict.fromkeys(name for form in forms for name in form.tables))
    if key not in known:
        yield place, _not_among("没有这张表", "there is no table", key, known), key


def unknown_cell(place: tuple[str | int, ...], cell: str, forms: Iterable[Form]) -> Iterator[Any]:
    """A complaint about a cell TABLE:CELL that no form has; `*` stands for any characters."""
    table, _, key = cell.partition(":")
    forms = list(forms)
    tables = [form.tables[table] for form in forms if table in form.tables]
    if not tables:
        for _, says, _ in unknown_table(place, table, forms):
            yield place, says, cell
        return
    known = list(dict.fromkeys(name for found in tables for name in found.cells))
    if not matching(key, known):
        near = nearest(key, known)
        yield place, _not_among("没有这个格", "there is no cell", cell, [f"{table}:{near}"] if near else []), cell


def matching(pattern: str, keys: Iterable[str]) -> list[str]:
    """The keys of cells that a pattern names."""
    if "*" not in pattern:
        return [key for key in keys if key == pattern]
    from fnmatch import fnmatchcase

    return [key for key in keys if fnmatchcase(key, pattern)]


def _not_among(zh: str, en: str, word: str, known: list[str]) -> Words:
    near = nearest(word, known)
    hint_zh, hint_en = (f"，是不是想写 {near}？", f", did you mean {near}?") if near else ("", "")
    listed = (f"（有 {'、'.join(known)}）", f" (there are {', '.join(known)})") if len(known) > 1 else ("", "")
    return words(f"{zh}：{word}{hint_zh}{listed[0]}", f"{en} {word}{hint_en}{listed[1]}")
