"""`meta = { title = "{agency}{year}年政府信息公开工作年度报告" }`: how file name, title and agency are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from reportlint.errors import words
from reportlint.form import Form
from reportlint.report import Report
from reportlint.rule import Problem, Rule
from reportlint.text import fold_label

OPTIONS: frozenset[str] = frozenset()
VALUES = frozenset({"found", "expected", "what"})
DEFAULTS: Mapping[str, Any] = {"severity": "warning"}

_NAMES = {
    "file": words("文件名", "the file name"),
    "title": words("标题", "the title"),
    "agency": words("机关名称", "the name of the agency"),
}
_PART = re.compile(r"(\*|\{year\}|\{agency\})")
_ANY_HOLE = re.compile(r"\{[^{}]*\}")


def check(report: Report, rule: Rule) -> Iterator[Problem]:
    """A problem on the title for each that is written otherwise; what the report does not say is passed over."""
    known: dict[str, str | None] = {
        "file": PurePosixPath(report.document.name).stem,
        "title": report.title.text if report.title is not None else None,
        "agency": report.agency,
    }
    wanted: dict[str, str] = rule.options["meta"]
    for key, wording in wanted.items():
        found = known[key]
        if found is None or _pattern(wording, report).fullmatch(fold_label(found)):
            continue
        expected = wording.replace("{year}", str(report.year or "××××")).replace("{agency}", report.agency or "××")
        yield Problem(report.start, {"found": found, "expected": expected, "what": _NAMES[key]})


def _pattern(wording: str, report: Report) -> re.Pattern[str]:
    """The wording as a pattern over folded text; what is not known of the report may be anything."""
    parts: list[str] = []
    for part in _PART.split(wording):
        if part == "*":
            parts.append(".*")
        elif part == "{year}":
            parts.append(str(report.year) if report.year is not None else r"\d{4}")
        elif part == "{agency}":
            parts.append(re.escape(fold_label(report.agency)) if report.agency else ".+")
        else:
            parts.append(re.escape(fold_label(part)))
    return re.compile("".join(parts))


def implied(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Nothing."""
    del table
    return {}


def complaints(table: Mapping[str, Any], forms: Iterable[Form]) -> Iterator[Any]:
    """Holes that nothing fills."""
    del forms
    for key, wording in table["meta"].items():
        for hole in _ANY_HOLE.findall(wording):
            if hole not in ("{year}", "{agency}"):
                says = words(f"只能写 {{year}} 和 {{agency}}，没有 {hole}", f"only {{year}} and {{agency}}, not {hole}")
                yield ("meta", key), says, hole
