"""The reports of all agencies of a run against each other and against the roster."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from glob import glob

from reportlint.errors import words
from reportlint.report import Corpus, Grid, Member, Report, Roster
from reportlint.rule import Problem, Related, Rule, rule
from reportlint.text import plain
from reportlint_rules.national.copies import Copy, find_copies

Number = int | Decimal


def _groups(corpus: Corpus) -> Iterator[tuple[Report, list[Report], bool]]:
    """Each report of an aggregating agency with those of its members of the year, and whether all are there."""
    roster = corpus.roster
    if roster is None:
        return
    parents = {member.parent for member in roster.members if member.parent}
    for report in corpus.reports:
        if report.agency not in parents or report.year is None:
            continue
        members = roster.children(report.agency)
        found = [corpus.by_agency.get((member.agency, report.year)) for member in members]
        there = [child for child in found if child is not None and child is not report]
        yield report, there, len(there) == len(members)


def _sums(parent: Grid, children: Sequence[Report]) -> Iterator[tuple[str, Number, Number, int]]:
    """Every cell of an aggregate with its number, the sum over the members, and how many of them have it.

    A member whose cell holds no number, or that follows another form, leaves the cell out.
    """
    key = parent.table.key
    grids = [child.grids.get(key) for child in children]
    if any(grid is None or grid.form.name != parent.form.name for grid in grids):
        return
    for cell, value in parent.numbers.items():
        values = [grid.numbers.get(cell) for grid in grids if grid is not None]
        if values and all(number is not None for number in values):
            total: Number = sum(number for number in values if number is not None)
            yield cell, value, total, len(values)


@rule("G001")
def aggregate(corpus: Corpus, rule: Rule) -> Iterator[Problem]:
    """An aggregate, cell by cell, against the sum of its members, where all of them are there."""
    for parent, children, complete in _groups(corpus):
        if complete and children:
            yield from _differences(parent, children, rule, only_above=False)


@rule("G006")
def partial(corpus: Corpus, rule: Rule) -> Iterator[Problem]:
    """An aggregate below the sum of the members at hand, where some are missing."""
    for parent, children, complete in _groups(corpus):
        if not complete and children:
            yield from _differences(parent, children, rule, only_above=True)


def _differences(parent: Report, children: Sequence[Report], rule: Rule, *, only_above: bool) -> Iterator[Problem]:
    for grid in parent.grids.values():
        wrong = [
            (cell, value, total, count)
            for cell, value, total, count in _sums(grid, children)
            if (total > value if only_above else total != value)
        ]
        most: int = rule.options["most"]
        for cell, value, total, count in wrong[:most]:
            values: dict[str, object] = {
                "parent": parent.agency,
                "table": grid.table.name,
                "cell": grid.table.words_of(cell),
                "value": plain(value),
                "sum": plain(total),
                "count": count,
                "difference": plain(abs(Decimal(total) - Decimal(value))),
            }
            yield Problem(grid.cells[cell], values, report=parent)
        if len(wrong) > most and "more" in rule.variants:
            values = {"parent": parent.agency, "table": grid.table.name, "count": len(wrong) - most}
            yield Problem(grid.cells[wrong[most][0]], values, "more", report=parent)


@rule("G002")
def missing(corpus: Corpus) -> Iterator[Problem]:
    """Agencies of the roster without a report for a year that others have one for, and late ones."""
    roster = corpus.roster
    if roster is None:
        return
    for year in corpus.years:
        for member in roster.members:
            report = corpus.by_agency.get((member.agency, year))
            if report is None:
                if not _has_file(roster, member, year):
                    yield Problem(member.span, {"agency": member.agency, "year": year})
                continue
            late = _late(member, report)
            if late is not None:
                where = (report.published.span if report.published is not None else None) or report.start
                yield Problem(where, {"agency": member.agency, "year": year, **late}, "late", report=report)


def _has_file(roster: Roster, member: Member, year: int) -> bool:
    """Whether the file that the roster names is there, though it was not among those checked."""
    if not member.report:
        return False
    folder = os.path.dirname(roster.document.name)
    return bool(glob(os.path.join(folder, member.report.replace("{year}", str(year)))))


def _late(member: Member, report: Report) -> dict[str, object] | None:
    if not member.deadline or report.published is None or report.year is None:
        return None
    due = f"{report.year + 1}-{member.deadline}"
    return {"deadline": due, "date": report.published.iso} if report.published.iso > due else None


@rule("G003")
def duplicates(corpus: Corpus, rule: Rule) -> Iterator[Problem]:
    """Reports of one year that share most of the sentences that not everybody shares."""
    for year in corpus.years:
        reports = [report for report in corpus.reports if report.year == year]
        for copy in find_copies(reports, rule.options["ratio"], rule.options["least"], rule.options["shared"]):
            yield _copied(copy)


def _copied(copy: Copy) -> Problem:
    overall = copy.report.section("overall")
    return Problem(
        overall.heading if overall is not None else copy.report.start,
        {
            "other": copy.other.agency or copy.other.document.name,
            "count": copy.own,
            "same": copy.same,
            "ratio": copy.same * 100 // copy.own,
        },
        related=(Related(copy.other.start, words("雷同的报告", "the other report"), copy.other),),
        report=copy.report,
    )


@rule("G004")
def exceeds(corpus: Corpus) -> Iterator[Problem]:
    """Members with more in a cell than the agency that aggregates them."""
    for parent, children, _ in _groups(corpus):
        for child in children:
            for key, grid in child.grids.items():
                whole = parent.grids.get(key)
                if whole is None or whole.form.name != grid.form.name:
                    continue
                above = [
                    (cell, value, whole.numbers[cell])
                    for cell, value in grid.numbers.items()
                    if cell in whole.numbers and value > whole.numbers[cell]
                ]
                for cell, value, total in above[:3]:
                    yield Problem(
                        grid.cells[cell],
                        {
                            "agency": child.agency,
                            "table": grid.table.name,
                            "cell": grid.table.words_of(cell),
                            "value": plain(value),
                            "parent": parent.agency,
                            "total": plain(total),
                        },
                        related=(Related(whole.cells[cell], words("汇总数", "the aggregate"), parent),),
                        report=child,
                    )


@rule("G005")
def scope(report: Report, rule: Rule) -> Iterator[Problem]:
    """A government's report whose preface does not say whose figures it holds."""
    overall = report.section("overall")
    lines = [*report.preface, *(overall.paragraphs[:3] if overall is not None else ())]
    if not re.search(rule.options["markers"], "".join(line.text for line in lines)):
        yield Problem(report.start)


@rule("G007")
def drift(corpus: Corpus, rule: Rule) -> Iterator[Problem]:
    """Reports whose tables are of another form than those of most reports of the year."""
    for year in corpus.years:
        reports = [report for report in corpus.reports if report.year == year]
        forms = [(report, grid) for report in reports if (grid := report.grids.get("requests")) is not None]
        votes = Counter(grid.form.name for _, grid in forms)
        if len(forms) < rule.options["least"] or len(votes) < 2:
            continue
        most = votes.most_common(1)[0][0]
        title = next(grid.form.title for _, grid in forms if grid.form.name == most)
        for report, grid in forms:
            if grid.form.name != most:
                values = {"year": year, "count": len(forms), "form": title, "own": grid.form.title}
                yield Problem(grid, values, report=report)
