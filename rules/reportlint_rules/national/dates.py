"""When the report was published, against the dates of the law and of the notice."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.document import Span
from reportlint.errors import words
from reportlint.report import Published, Report
from reportlint.rule import Problem, Rule, rule
from reportlint.text import dates


def _where(report: Report, published: Published) -> Span:
    return published.span if published.span is not None else report.start


@rule("D001")
def department_deadline(report: Report, rule: Rule) -> Iterator[Problem]:
    """Departments, offices and, by reference, townships: the last day of January."""
    published, year = report.published, report.year
    if published is None or year is None:
        return
    deadline = f"{year + 1}-{rule.options['month']:02d}-{rule.options['day']:02d}"
    if published.iso <= deadline:
        return
    variant = (
        "township" if report.kind in ("township", "sub-district") else "signed" if _signed(report, deadline) else ""
    )
    yield Problem(_where(report, published), {"deadline": deadline, "date": published.iso}, variant)


def _signed(report: Report, deadline: str) -> bool:
    """Whether the report ends with a date within the deadline: then the page's own date may be that of a move."""
    if not report.sections:
        return False
    for line in report.sections[-1].paragraphs[-3:]:
        found = list(dates(line.text))
        if len(found) == 1 and found[0].end - found[0].start >= len(line.text) - 2:
            return found[0].iso <= deadline
    return False


@rule("D002")
def government_deadline(report: Report, rule: Rule) -> Iterator[Problem]:
    """Governments: the last day of March; the earlier date of their level, where that is known."""
    published, year = report.published, report.year
    if published is None or year is None:
        return
    deadline = f"{year + 1}-{rule.options['month']:02d}-{rule.options['day']:02d}"
    if published.iso > deadline:
        yield Problem(_where(report, published), {"deadline": deadline, "date": published.iso})
    elif report.level is not None:
        own = f"{year + 1}-{rule.options[report.level]}"
        if published.iso > own:
            yield Problem(_where(report, published), {"deadline": own, "date": published.iso}, "level")


@rule("D003")
def published_too_early(report: Report) -> Iterator[Problem]:
    """A date of publication within the year that is reported on."""
    published, year = report.published, report.year
    if published is not None and year is not None and published.iso < f"{year + 1}-01-01":
        yield Problem(_where(report, published), {"date": published.iso, "year": year})


@rule("D004")
def local_deadline(report: Report, rule: Rule) -> Iterator[Problem]:
    """The date of a local notice, in the year after that of the report."""
    published, year = report.published, report.year
    if published is None or year is None:
        return
    deadline = f"{year + 1}-{rule.options['deadline']}"
    if published.iso > deadline:
        values = {"place": rule.options["place"], "deadline": deadline, "date": published.iso}
        yield Problem(_where(report, published), values)


@rule("D005")
def contact_missing(report: Report, rule: Rule) -> Iterator[Problem]:
    """Where to get the report and whom to ask, in the preface or at the end."""
    named = {"source": words("电子版获取方式", "source"), "contact": words("咨询联系方式", "contact")}
    missing = [words_ for option, words_ in named.items() if not rule.pattern(option).search(report.folded)]
    if missing:
        zh, en = ("、".join(part("zh") for part in missing), ", ".join(part("en") for part in missing))
        yield Problem(report.start, {"missing": words(zh, en)})
