"""The fifth part: problems, improvement, plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportlint.document import Span
from reportlint.report import Report, Section
from reportlint.rule import Problem, Rule, rule
from reportlint.text import lazily, sentences, years_in
from reportlint_rules.national.wording import POINT


def _start(section: Section) -> Span:
    """Where something that a part lacks is missing: its first paragraph, else its heading."""
    if not section.paragraphs:
        return section.heading.span
    line = section.paragraphs[0]
    return line.whole


@rule("P001")
def problems_missing(report: Report, rule: Rule) -> Iterator[Problem]:
    """No word for a problem in the fifth part."""
    section = report.section("problems")
    if section is not None and section.paragraphs and not rule.pattern("markers").search(section.text):
        yield Problem(_start(section))


@rule("P002")
def improvement_missing(report: Report, rule: Rule) -> Iterator[Problem]:
    """No word for an improvement in the fifth part."""
    section = report.section("problems")
    if section is not None and section.paragraphs and not rule.pattern("markers").search(section.text):
        yield Problem(_start(section))


@rule("P003")
def plan_missing(report: Report, rule: Rule) -> Iterator[Problem]:
    """Neither the next year nor any other word for what is to come."""
    section = report.section("problems")
    if section is None or report.year is None or not section.paragraphs:
        return
    coming = report.year + 1
    text = section.text
    if any(year == coming for line in section.paragraphs for year, _, _ in line.years):
        return
    # In the title of a document, too, it is a word for what is to come.
    if rule.pattern("markers").search(text) or any(year == coming for year, _, _ in years_in(text)):
        return
    if any(True for _ in _wrong_years(section, report.year)):
        return
    heading = rule.pattern("headings")
    if any(len(line.text) <= 16 and heading.search(line.text) for line in section.paragraphs):
        return
    yield Problem(_start(section), {"next_year": coming})


class Wrong(NamedTuple):
    """A plan for another year: the year and its place."""

    year: int
    where: Span


_STRONG = lazily(r"下一步|下步|计划|打算|拟|今后|接下来")
_WILL = lazily(
    r"将(?:会)?(?:进一步|继续|按照|按|加强|强化|围绕|认真|不断|坚持|持续|重点|着力|积极|切实|以|从|在|为|与|根据|针对|严格|努力|"
    r"全面|深入|推进|推动|完善|加大|采取|做好|抓好|组织|开展|对|结合|落实|健全|优化|提升|提高|聚焦|着重|充分|更加|增加|建立|制定|逐步|扎实)"
)
# 将 as 把: what was taken, counted or put somewhere is no plan.
_TAKEN = lazily(
    r"将[^,。;]{1,30}?(?:纳入|列入|列为|作为|写入|融入|贯穿|放在|摆在|摆上|下发|印发|报送|分解|转化为|归入|结合起来|相结合)"
)
_PAST = lazily(r"已经?|了(?!解)|以来|回顾|过去|上年|存在的?(?:主要)?问题|仍存在|还存在|存在.{0,8}不足|完成|整改情况")


def _wrong_years(section: Section, year: int) -> Iterator[Wrong]:
    """Sentences that look ahead and name no year but a wrong one."""
    for line in section.paragraphs:
        text = line.plain
        for start, end in sentences(text) if line.years else ():
            sentence = text[start:end]
            named = line.years_between(start, end)
            if not named or any(said == year + 1 for said, _, _ in named):
                continue
            said, at, stop = named[0]
            rest = sentence[stop:]
            ahead = _WILL.search(rest) is not None and _TAKEN.search(rest) is None
            if said > year + 1:
                ahead = ahead or _STRONG.search(sentence) is not None
            if not ahead or _PAST.search(sentence) or re.match(r"[-—至到、]\s*(?:20\d{2})?", rest[1:2]):
                continue
            if said == year or said > year + 1 or said == year - 1:
                yield Wrong(said, line.span(start + at, start + stop))


@rule("P004")
def plan_wrong_year(report: Report) -> Iterator[Problem]:
    """The fifth part plans for a year that is over, or for the one after the next."""
    section = report.section("problems")
    if section is None or report.year is None:
        return
    seen: set[int] = set()
    for wrong in _wrong_years(section, report.year):
        if wrong.year not in seen:
            seen.add(wrong.year)
            yield Problem(wrong.where, {"found": wrong.year, "next_year": report.year + 1})


@rule("P005")
def too_thin(report: Report, rule: Rule) -> Iterator[Problem]:
    """A fifth part of a sentence or two."""
    section = report.section("problems")
    if section is not None and section.paragraphs and len(section.text) < rule.options["least"]:
        yield Problem(_start(section), {"count": len(section.text)})
    elif section is not None:
        yield from _uneven(section, rule)


def _lists(text: str) -> list[tuple[int, list[str]]]:
    """The lists 一是 … 二是 … of a paragraph: where each begins, and its items."""
    found: list[tuple[int, list[str]]] = []
    points = list(POINT.finditer(text))
    for at, point in enumerate(points):
        if point[1] == "一" or not found:
            found.append((point.start(), []))
        end = points[at + 1].start() if at + 1 < len(points) else len(text)
        found[-1][1].append(text[point.end() : end])
    return found


def _uneven(section: Section, rule: Rule) -> Iterator[Problem]:
    """Far more measures than problems, where both can be counted: problems are often told without numbers."""
    lacks, general = rule.pattern("lacks"), rule.pattern("general")
    problems = measures = 0
    where: Span | None = None
    for line in section.paragraphs:
        text = line.plain
        lists = _lists(text)
        for start, items in lists:
            if sum(lacks.search(item) is not None for item in items) * 2 > len(items):
                problems += len(items)
            else:
                measures += len(items)
                where = where or line.span(start, start + 2)
        head = text[: lists[0][0]] if lists else text
        said = (head[start:end] for start, end in sentences(head))
        problems += sum(lacks.search(sentence) is not None and not general.search(sentence) for sentence in said)
    if where is not None and problems and measures - problems >= rule.options["apart"]:
        yield Problem(where, {"problems": problems, "measures": measures}, "uneven")
