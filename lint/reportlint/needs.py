"""What a rule needs of a report, and why it cannot run where that is not there."""

from __future__ import annotations

from typing import cast

from reportlint.errors import Words, words
from reportlint.report import Report
from reportlint.rule import Outcome, Rule

Reason = tuple[Outcome, Words]


def unmet(rule: Rule, report: Report) -> Reason | None:
    """Why the rule does not run on the report; None where it does."""
    dated = rule.dated
    if not (rule.needs or rule.agencies or dated):
        return None
    if dated and not rule.holds_in(report.year):
        if report.year is None:
            return "not_checked", words("报告年度无法确定", "the year of the report is unsure")
        return "not_applicable", words(f"不适用于{report.year}年度", f"does not hold for {report.year}")
    if rule.agencies and report.kind not in rule.agencies:
        if report.kind is None or report.kind == "other":
            return "not_checked", words("机关类别无法确定", "the kind of agency is unsure")
        return "not_applicable", words("不适用于这类机关", "does not concern this kind of agency")
    if not rule.needs:
        return None
    # Most rules need one of the same few things.
    known = cast("dict[str, Reason | None]", report.memo.setdefault("needs", {}))
    for need in rule.needs:
        if need not in known:
            known[need] = _need(need, report)
        if (reason := known[need]) is not None:
            return reason
    return None


def _need(need: str, report: Report) -> Reason | None:
    name, _, key = need.partition(":")
    if name == "section" and report.section(key) is None:
        title = next((known.title for form in report.forms if (known := form.section(key)) is not None), key)
        return "not_checked", words(f"缺少“{title}”部分", f"the part “{title}” is missing")
    if name == "table":
        grid = report.grids.get(key)
        if grid is None:
            return "not_checked", words("缺少相应的表格", "the table is missing")
        if grid.unreadable is not None:
            return "not_checked", words("表格无法辨认", "the table cannot be told apart")
    if name == "title" and report.title is None:
        return "not_checked", words("没有标题", "there is no title")
    if name == "year" and report.year is None:
        return "not_checked", words("报告年度无法确定", "the year of the report is unsure")
    if name == "kind" and report.kind in (None, "other"):
        return "not_checked", words("机关类别无法确定", "the kind of agency is unsure")
    if name == "published" and report.published is None:
        return "not_applicable", words("没有写明公布日期", "no date of publication is stated")
    return None
