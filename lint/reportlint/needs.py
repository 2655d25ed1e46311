"""What a rule needs of a report, and why it cannot run where that is not there."""

from __future__ import annotations

from reportlint.errors import Words, words
from reportlint.report import AgencyKind, Report
from reportlint.rule import Outcome, Rule

Reason = tuple[Outcome, Words]


def unmet(rule: Rule, report: Report) -> Reason | None:
    """Why the rule does not run on the report; None where it does."""
    return excluded(rule, report.year, report.kind) or lacking(rule, report)


def excluded(rule: Rule, year: int | None, kind: AgencyKind | None) -> Reason | None:
    """Why the rule does not hold for reports of that year by an agency of that kind; None where it does."""
    if not rule.holds_in(year):
        if year is None:
            return "not_checked", words("报告年度无法确定", "the year of the report is unsure")
        return "not_applicable", words(f"不适用于{year}年度", f"does not hold for {year}")
    if rule.agencies and kind not in rule.agencies:
        if kind is None or kind == "other":
            return "not_checked", words("机关类别无法确定", "the kind of agency is unsure")
        return "not_applicable", words("不适用于这类机关", "does not concern this kind of agency")
    return None


def lacking(rule: Rule, report: Report) -> Reason | None:
    """Why the rule cannot run on the report, for want of something it needs; None where it can."""
    reasons = (_need(need, report) for need in rule.needs)
    return next((reason for reason in reasons if reason is not None), None)


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
