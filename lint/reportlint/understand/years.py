"""The year of a report: the one that most independent witnesses agree on. The marks of the form never vote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from reportlint.document import Document
from reportlint.report import Published, Section, Title, Witness
from reportlint.text import Folded, from_numeral, lazily, may_match, sentences
from reportlint.vocabulary import Vocabulary

_TITLE_YEAR = lazily(r"(?<!\d)((?:19|20)\d{2})(?!\d)|(二[〇○零][〇○零一二三四五六七八九]{2})(?=年)")
_PERIOD = lazily(r"(?<!\d)((?:19|20)\d{2})年1月1日?(?:起)?(?:至|到|—+|-+|~)")
_PLAN = lazily(r"将|下一步|下一年|计划|拟|继续|推进|提升|打算|着力|努力|加强|措施|改进")
_FEE = lazily(r"处理费|收费|收取")
_FILE = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


def witnesses(
    document: Document,
    title: Title | None,
    published: Published | None,
    preface: Sequence[Folded],
    sections: Sequence[Section],
    vocabulary: Vocabulary,
) -> tuple[Witness, ...]:
    """Everything that speaks for a year, in the order in which ties are settled."""
    by_key = {section.key: section for section in sections}
    found = [
        _from_title(title),
        _from_period(preface, by_key.get("overall"), vocabulary),
        _from_body(by_key.get("overall")),
        _from_plan(by_key.get("problems")),
        _from_fees(by_key.get("other")),
        _from_date(published),
        _from_name(document),
    ]
    return tuple(witness for witness in found if witness is not None)


def decide(said: Sequence[Witness]) -> int | None:
    """The year that most witnesses agree on; a tie goes to the title; None with fewer than two witnesses."""
    if len(said) < 2:
        return None
    votes = Counter(witness.year for witness in said)
    most = max(votes.values())
    leaders = {year for year, count in votes.items() if count == most}
    if len(leaders) == 1:
        return leaders.pop()
    first = said[0]
    return first.year if first.kind == "title" and first.year in leaders else None


def _from_title(title: Title | None) -> Witness | None:
    if title is None:
        return None
    found = _TITLE_YEAR.search(title.text)
    if found is None:
        return None
    year = int(found[1]) if found[1] else from_numeral(found[2].replace("○", "〇"))
    return Witness("title", year, None if title.from_metadata else title.span, found[0]) if year else None


def _from_period(preface: Sequence[Folded], overall: Section | None, vocabulary: Vocabulary) -> Witness | None:
    words = re.compile(vocabulary.period)
    for line in (*preface, *(overall.paragraphs if overall else ())):
        if not may_match(_PERIOD, line.text) or not _PERIOD.search(line.text):
            continue
        for start, end in sentences(line.text):
            sentence = line.text[start:end]
            found = _PERIOD.search(sentence)
            if found is not None and words.search(sentence):
                at = start + found.start(1)
                return Witness("period", int(found[1]), line.span(at, at + 4), found[0])
    return None


def _from_body(overall: Section | None) -> Witness | None:
    if overall is None:
        return None
    votes: Counter[int] = Counter()
    first: dict[int, tuple[Folded, int, int]] = {}
    for paragraph in overall.paragraphs:
        for year, start, end in paragraph.years:
            votes[year] += 1
            first.setdefault(year, (paragraph, start, end))
    if not votes:
        return None
    (year, most), *others = votes.most_common(2)
    if others and others[0][1] == most:
        return None
    line, start, end = first[year]
    return Witness("body", year, line.span(start, end), str(year))


def _from_plan(problems: Section | None) -> Witness | None:
    """The year for which most is planned, minus one."""
    if problems is None:
        return None
    votes: Counter[int] = Counter()
    first: dict[int, tuple[Folded, int, int]] = {}
    for paragraph in problems.paragraphs:
        text = paragraph.plain
        if "将" not in text or not paragraph.years:
            continue
        for start, end in sentences(text):
            sentence = text[start:end]
            named = paragraph.years_between(start, end)
            if "将" in sentence and len({year for year, _, _ in named}) == 1:
                year, at, stop = named[0]
                votes[year] += 1
                first.setdefault(year, (paragraph, start + at, start + stop))
    if not votes:
        return None
    year = votes.most_common(1)[0][0]
    line, start, end = first[year]
    return Witness("plan", year - 1, line.span(start, end), str(year))


def _from_fees(other: Section | None) -> Witness | None:
    if other is None:
        return None
    for paragraph in other.paragraphs:
        text = paragraph.plain
        if not paragraph.years:
            continue
        for start, end in sentences(text):
            if _FEE.search(text, start, end):
                for year, at, stop in paragraph.years_between(start, end):
                    return Witness("body", year, paragraph.span(start + at, start + stop), str(year))
    return None


def _from_date(published: Published | None) -> Witness | None:
    if published is None:
        return None
    return Witness("published", published.year - 1, published.span, published.iso)


def _from_name(document: Document) -> Witness | None:
    name = document.name.replace("\\", "/").rsplit("/", 1)[-1]
    years = {int(year) for year in _FILE.findall(name)}
    return Witness("file", years.pop(), None, name) if len(years) == 1 else None
