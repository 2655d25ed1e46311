"""A report to be filled in: the form of its year with headings, tables without figures, and what a pack has to say.

The form tells parts and tables, `blank.toml` of a pack the prose around them. A module per kind of file writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

from reportlint.errors import UsageError, words
from reportlint.form import Form, TableForm, form_for
from reportlint.report import AgencyKind
from reportlint.text import numeral

FILE = "blank.toml"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: of a part at level 1, within one at level 2."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Blank:
    """A report without what only its agency knows."""

    title: str
    blocks: tuple[Heading | str | TableForm, ...]
    """Headings, paragraphs and tables in their order."""


Write = Callable[[Blank], bytes]

WRITERS: dict[str, str] = {
    ".docx": "reportlint.blank.docx",
    ".md": "reportlint.blank.markdown",
    ".html": "reportlint.blank.html",
}
"""The module that writes a kind of file, each with `write(blank) -> bytes`."""


def blank(forms: Sequence[Form], data: Mapping[str, Any], year: int, agency: str, kind: AgencyKind | None) -> Blank:
    """The report of a year to be filled in. Raises UsageError where there is no form for the year."""
    form = form_for(tuple(forms), year)
    if form is None:
        first = min((known.first_year for known in forms), default=0)
        raise UsageError(
            words(
                f"没有 {year} 年度的统一格式（最早的是 {first} 年度）",
                f"there is no form for {year} (the first is for {first})",
            )
        )
    values = {"year": year, "next": year + 1, "agency": agency, "notice": form.basis.removesuffix(" 附件")}
    more: Mapping[str, Any] = data.get("kinds", {}).get(kind, {})
    return Blank(_said(data["title"], values), tuple(_blocks(form, data, more, values)))


def write(report: Blank, suffix: str) -> bytes:
    """The report as a file of a kind, one of `WRITERS`. Raises UsageError where a library is not installed."""
    return cast("Write", import_module(WRITERS[suffix]).write)(report)


def _blocks(
    form: Form, data: Mapping[str, Any], more: Mapping[str, Any], values: Mapping[str, object]
) -> Iterator[Heading | str | TableForm]:
    yield from _prose((*data.get("preface", ()), *more.get("preface", ())), values)
    for section in form.sections:
        yield Heading(f"{numeral(section.number)}、{section.title}", 1)
        for said in (data, more):
            yield from _prose(said.get("sections", {}).get(section.key, ()), values)
        if section.table:
            yield form.tables[section.table]


def _prose(items: Sequence[str | Mapping[str, str]], values: Mapping[str, object]) -> Iterator[Heading | str]:
    for item in items:
        yield _said(item, values) if isinstance(item, str) else Heading(_said(item["heading"], values), 2)


def _said(text: str, values: Mapping[str, object]) -> str:
    return text.format_map(values)
