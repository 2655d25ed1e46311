"""`heading = ["主动公开情况", …]`: sub-headings of a part in their order; as a table, the headings of the parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportlint.errors import words
from reportlint.form import Form
from reportlint.kinds.numbered import titled
from reportlint.kinds.scope import home, needs, paragraphs, phrases, unknown_section
from reportlint.report import Report
from reportlint.rule import Problem, Related, Rule
from reportlint.text import Folded, fold_label

OPTIONS = frozenset({"sections", "ordered"})
VALUES = frozenset({"heading", "found", "after"})
DEFAULTS: Mapping[str, Any] = {
    "title": words("缺少规定的标题", "a heading that is prescribed is missing"),
    "message": words("缺少标题“{heading}”", "the heading “{heading}” is missing"),
    "severity": "warning",
    "variants": {
        "order": {
            "message": words("“{heading}”应排在“{after}”之后", "“{heading}” belongs after “{after}”"),
        },
        "wording": {
            "message": words("标题“{found}”应为“{heading}”", "the heading “{found}” should be “{heading}”"),
        },
    },
}


def check(report: Report, rule: Rule) -> Iterator[Problem]:
    """A problem where a heading is missing, out of order, or in other words."""
    wanted: list[str | list[str]] | dict[str, str | list[str]] = rule.options["heading"]
    if isinstance(wanted, dict):
        yield from _parts(report, wanted)
        return
    lines = [line for _, line in paragraphs(report, rule)]
    last: tuple[int, str, Folded] | None = None
    for entry in wanted:
        listed = phrases(entry)
        at = next((at for at, line in enumerate(lines) if _is_heading(line, listed)), None)
        if at is None:
            yield Problem(home(report, rule), {"heading": listed[0], "found": "", "after": ""})
        elif last is not None and at < last[0] and rule.options.get("ordered", True):
            values = {"heading": listed[0], "found": lines[at].prose.text.strip(), "after": last[1]}
            yield Problem(lines[at].whole, values, "order", related=(Related(last[2].whole),))
        else:
            last = (at, listed[0], lines[at])


def _parts(report: Report, wanted: Mapping[str, str | list[str]]) -> Iterator[Problem]:
    for key, entry in wanted.items():
        section = report.section(key)
        listed = phrases(entry)
        if section is not None and fold_label(section.heading.title) not in {fold_label(title) for title in listed}:
            values = {"heading": listed[0], "found": section.heading.title, "after": ""}
            yield Problem(section.heading.title_span, values, "wording")


def _is_heading(line: Folded, listed: list[str]) -> bool:
    """Whether a paragraph is one of these headings, or begins with it and a full stop, whatever its number."""
    _, text = titled(line.text)
    for wording in map(fold_label, listed):
        if text.startswith(wording) and text[len(wording) : len(wording) + 1] in ("", "。", ":", ";", ",", "."):
            return True
    return False


def implied(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part must be there."""
    return {"needs": needs(table)}


def complaints(table: Mapping[str, Any], forms: Iterable[Form]) -> Iterator[Any]:
    """Sub-headings of no part, and parts that no form has."""
    forms = list(forms)
    wanted: list[Any] | dict[str, Any] = table["heading"]
    if isinstance(wanted, dict):
        for key in wanted:
            yield from unknown_section(("heading", key), key, forms)
        if "sections" in table:
            yield (
                ("sections",),
                words("heading 写成表时，部分已经写在表里，不要再写 sections", "heading names the parts itself here"),
                None,
            )
    elif len(table.get("sections", ())) != 1:
        yield (
            ("heading",),
            words('小标题要用 sections 写明在哪一个部分，例如 sections = ["overall"]', "sections must name one part"),
            None,
        )
    for index, key in enumerate(table.get("sections", ())):
        yield from unknown_section(("sections", index), key, forms)
