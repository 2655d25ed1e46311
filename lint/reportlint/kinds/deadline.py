"""`deadline = "01-20"`: the last day of publication, in the year after the report's; `from` the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportlint.errors import words
from reportlint.form import Form
from reportlint.report import Report
from reportlint.rule import Problem, Rule

OPTIONS = frozenset({"from"})
VALUES = frozenset({"date", "deadline"})
DEFAULTS: Mapping[str, Any] = {"severity": "warning"}


def check(report: Report, rule: Rule) -> Iterator[Problem]:
    """A problem at the date of publication where it is too late or too early."""
    published, year = report.published, report.year
    if published is None or year is None:
        return
    last = f"{year + 1}-{rule.options['deadline']}"
    first = f"{year + 1}-{rule.options['from']}" if "from" in rule.options else ""
    wanted = last if published.iso > last else first if published.iso < first else ""
    if wanted:
        where = published.span if published.span is not None else report.start
        yield Problem(where, {"date": published.iso, "deadline": wanted})


def implied(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Year and date must be stated."""
    del table
    return {"needs": ["year", "published"]}


def complaints(table: Mapping[str, Any], forms: Iterable[Form]) -> Iterator[Any]:
    """A first day after the last one."""
    del forms
    if table.get("from", "") > table["deadline"]:
        yield ("from",), words("from 晚于 deadline", "from is after deadline"), None
