"""What sentences claim in numbers: clauses, quantities and the words around them, ready to be compared with a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, cast

from reportlint.document import Span, maker
from reportlint.report import Report, Section
from reportlint.text import NUMBER, Folded, Year, lazily, number

CASES = "(?:件|份|宗|条|起|封|次|例|项|个)(?:次)?"
"""Units in which requests and cases are counted."""

_UNIT = lazily(rf"(?:余|多)?{CASES}")
_EARLIER = lazily(r"上年(?!度?结转)|上一年(?!度?结转)|去年(?!结转)|往年|历年|以来|同比|比上年|较上年|此前|前年")
_SPANS = "自从截至到起来间期近"
_OF_ONE_YEAR = lazily(rf"(?:^|[;,])[^\d;,{_SPANS}—-]{{0,12}}(?:19|20)\d{{2}}年(?:度|全年)?,?[^\d;,{_SPANS}]{{0,10}}$")
"""What stands before 累计 where it sums up the year that is named, and no years or months up to it."""
_SCOPE = lazily(
    r"全[省市县区州盟旗镇乡系]|本级|各(?:县|区|市|镇|乡|部门|单位|街道)|(?:政府|[市区县州省])办公?[厅室]?|代表.{0,8}政府|部门|下属|局属|镇街|园区|市直|县直|区直|系统"
)


class Sentence(NamedTuple):
    """A sentence of the prose with its part; quotations are blanked out in `text`, places stay the same."""

    section: Section | None
    line: Folded
    start: int
    text: str
    year: int | None
    """The year of the report."""

    def span(self, start: int, end: int) -> Span:
        """Where some characters of the sentence stand."""
        return self.line.span(self.start + start, self.start + end)

    def quantity(self, start: int, end: int) -> Span:
        """Where a number stands, its unit included."""
        unit = _UNIT.match(self.text, end)
        return self.span(start, unit.end() if unit is not None else end)

    def original(self, start: int, end: int) -> str:
        return self.line.original(self.start + start, self.start + end)

    def about_other_year(self, at: int) -> bool:
        """Whether what stands there is told of another year: a comparison, or under another year's name."""
        head = self.text[:at]
        clause = clause_before(self.text, at)
        if _EARLIER.search(clause) or re.search(r"(?:较|比)[^,]{0,6}(?:年|期)", clause):
            return True
        named = self.line.years_between(self.start, self.start + at)
        if "累计" in clause and not _sums_up_a_year(head, named):
            return True
        return bool(named) and self.year is not None and named[-1].year != self.year

    @property
    def scoped(self) -> bool:
        """Whether it tells figures of several circles, such as a whole city and one office in it."""
        return _SCOPE.search(self.text) is not None


def clause_before(text: str, at: int) -> str:
    """The clause before a place: from the last comma on."""
    head = text[:at]
    return head[max(head.rfind(mark) for mark in ",;:") + 1 :]


def _sums_up_a_year(head: str, named: Sequence[Year]) -> bool:
    """Whether 累计 before a number sums up the one year that is named; by itself it sums up all there were."""
    before, _, behind = head.rpartition("累计")
    return len({year.year for year in named}) == 1 and "年" not in behind and _OF_ONE_YEAR.search(before) is not None


def sentences(report: Report) -> Sequence[Sentence]:
    """The sentences of the report's prose, those of the fifth part left out: it looks back and ahead."""
    known = report.memo.get("sentences")
    if known is None:
        known = report.memo["sentences"] = tuple(_sentences(report))
    return cast("Sequence[Sentence]", known)


def counting(report: Report) -> Sequence[Sentence]:
    """The sentences that hold a number of cases."""
    known = report.memo.get("counting")
    if known is None:
        known = report.memo["counting"] = tuple([item for item in sentences(report) if _COUNTED.search(item.text)])
    return cast("Sequence[Sentence]", known)


def _sentences(report: Report) -> Iterator[Sentence]:
    for section, line in report.prose():
        if section is not None and section.key == "problems":
            continue
        text, start = line.plain, 0
        for ended in _ends(text):
            yield _sentence((section, line, start, text[start:ended], report.year))
            start = ended


_sentence = maker(Sentence)


def _ends(text: str) -> Iterator[int]:
    """Where the sentences of a text end."""
    if "!" in text or "?" in text:
        text = text.replace("!", "。").replace("?", "。")
    at = text.find("。")
    while at >= 0:
        yield at + 1
        at = text.find("。", at + 1)
    if text and text[-1] != "。":
        yield len(text)


_NOT_COUNTING = ("每", "第", "何", "某", "哪", "首")
"""Before a number: 每一件, 第一件, 任何一件."""


class Claim(NamedTuple):
    """A number that a sentence claims, the words of the claim, and where the number stands."""

    value: Decimal
    words: str
    where: Span
    start: int
    exact: bool
    """Whether it is no round figure."""


def claim_of(sentence: Sentence, found: re.Match[str]) -> Claim | None:
    """The number in the group `n` of a match in a sentence; None where it counts nothing, or another year."""
    value = number(found["n"])
    if value is None or sentence.about_other_year(found.start("n")):
        return None
    before = sentence.text[max(0, found.start("n") - 2) : found.start("n")]
    if before[-1:] in _NOT_COUNTING:
        return None
    after = sentence.text[found.end("n") : found.end("n") + 1]
    exact = (
        not (before.endswith(("约", "近", "超", "逾", "超过", "达到")) or after in "余多")
        and found["n"][-1] not in "万亿"
    )
    return Claim(
        value,
        sentence.original(*found.span()),
        sentence.quantity(found.start("n"), found.end("n")),
        found.start("n"),
        exact,
    )


def counted(name: str = "n") -> str:
    """A pattern for a number of cases."""
    return rf"(?P<{name}>{NUMBER})(?:余|多)?{CASES}"


_COUNTED = lazily(r"[\d零〇一二两三四五六七八九十百千万亿](?:余|多)?" + CASES)
"""How every number that `counted` finds ends: with a digit, and a unit right behind it."""
