"""What the sixth part says of fees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from reportlint.document import Span
from reportlint.report import Report, Section
from reportlint.rule import Edit, Fix, Problem, Related, rule
from reportlint.text import Folded, Year, lazily, number, plain, sentences

_FEE = lazily(
    r"处理费|信息公开(?:的)?(?:收费|费用)|收费(?:情况|通知|金额)|(?:收取|产生|发生)[^,。;]{0,12}?费用"
    r"|(?:未|没有|没|无|不)[^,。;]{0,14}?(?<!事业性)收费"
)
_STATUS = lazily(r"未|没|无|不|零|0|收取|收缴|收费|产生|发出|发生|\d元")
_REACH = 40
"""Within how many characters of the name of the fee its status must stand."""

_NONE = lazily(
    r"(?:未|没有|没|无|并未|不存在|尚未|未曾)(?:发生|产生|出现|涉及|向[^,。;]{0,8})?(?:收取|收到|收)?[^,。;\d]{0,16}?(?:处理费|信息公开费用|收费(?!通知))"
    r"|(?:处理费|收费)(?:情况)?[^,。;\d]{0,12}?(?:为|共计?|合计)?(?:(?<![\d.])0(?:\.0+)?|零)(?:元|万元)"
    r"|(?:处理费|收费)(?:收取)?(?:情况)?[:为]?无(?:$|[,。;])"
)
_AMOUNT = lazily(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)(万?元)")
_COLLECTED = lazily(r"实际收取|实收|收取|收缴|收到|征收|入库")
_ASKED = lazily(r"通知|应收|应缴")
_NO_NOTICE = lazily(
    r"(?:未|没有|没|无)(?:发出|出具|制发|下达)[^,。;]{0,10}收费通知|收费通知(?:书)?0件|发出[^,。;]{0,8}收费通知(?:书)?(?:0|零)件"
)
_NOTICES = lazily(r"收费通知(?:书)?[^,。;\d]{0,6}(\d+)(?:件|份|次|张)|(\d+)(?:件|份|次)[^,。;\d]{0,8}收费通知")
_EARLIER = lazily(r"上年|上一年|去年|往年|历年")


class Claim(NamedTuple):
    """What a clause says of the fee of the year: none, or an amount that was asked for or collected (in 元)."""

    says: Literal["none", "asked", "collected"]
    amount: Decimal
    words: str
    where: Span


def states_fee(paragraphs: tuple[Folded, ...]) -> tuple[Folded, int, int] | None:
    """Where a part says whether a fee was collected: the name of the fee with a status near it."""
    for line in paragraphs:
        text = line.plain
        for found in _FEE.finditer(text):
            around = text[max(0, found.start() - _REACH) : found.start()] + text[found.end() : found.end() + _REACH]
            if _STATUS.search(around) or _STATUS.search(found[0]):
                return line, found.start(), found.end()
    return None


@rule("F001")
def fee_missing(report: Report) -> Iterator[Problem]:
    """The sixth part says nothing of the fee, and no other part does."""
    section = report.section("other")
    if section is None or states_fee(section.paragraphs) is not None or _elsewhere(report) is not None:
        return
    where = section.paragraphs[0].whole if section.paragraphs else section.heading.span
    sentence = f"{report.year}年，本机关未收取政府信息公开信息处理费。"
    edit = Edit(where if section.paragraphs and len(section.text) <= 6 else Span(where.end, where.end), sentence)
    yield Problem(where, {"year": report.year}, fix=Fix((edit,), safe=False))


def _elsewhere(report: Report) -> tuple[Section, Span] | None:
    """Where another part states the fee; only words that cannot mean anything else count there."""
    for section in report.sections:
        if section.key in ("other", None):
            continue
        for line in section.paragraphs:
            text = line.plain
            at = text.find("处理费")
            if at >= 0 and _STATUS.search(text[max(0, at - _REACH) : at + _REACH]):
                return section, line.span(at, at + 3)
    return None


@rule("F002")
def fee_misplaced(report: Report) -> Iterator[Problem]:
    """The fee is stated in another part only."""
    section = report.section("other")
    if section is None or states_fee(section.paragraphs) is not None:
        return
    found = _elsewhere(report)
    if found is not None:
        heading = found[0].heading
        yield Problem(found[1], {"where": f"{heading.numeral}{heading.title}"}, related=(Related(section.heading),))


def claims(section: Section, year: int | None) -> Iterator[Claim]:
    """What the sentences of the sixth part say of the fee of the year; other years are left out."""
    for line in section.paragraphs:
        text = line.plain
        for start, end in sentences(text):
            sentence = text[start:end]
            named = line.years_between(start, end)
            if not _FEE.search(sentence) or _EARLIER.search(sentence) or not _names(named, year):
                continue
            none = _NONE.search(sentence)
            if none is not None and _told_of(named, none.start(), year):
                span = (start + none.start(), start + none.end())
                yield Claim("none", Decimal(0), line.original(*span), line.span(*span))
            for found in _AMOUNT.finditer(sentence):
                amount = (number(found[1]) or Decimal(0)) * (10_000 if found[2] == "万元" else 1)
                before = re.split(r"[,;]", sentence[: found.start()])[-1]
                if not _told_of(named, found.start(), year):
                    continue
                if amount <= 0 or not (_COLLECTED.search(before) or _ASKED.search(before) or "处理费" in before):
                    continue
                says: Literal["asked", "collected"] = (
                    "asked" if _ASKED.search(before) and "实" not in before else "collected"
                )
                if says == "asked" or _COLLECTED.search(before) or "处理费" in before:
                    span = (start + found.start(), start + found.end())
                    yield Claim(says, amount, line.original(*span), line.span(*span))


def _names(named: Sequence[Year], year: int | None) -> bool:
    """Whether the year is among those named, or none is."""
    return not named or any(said == year for said, _, _ in named)


def _told_of(named: Sequence[Year], at: int, year: int | None) -> bool:
    """Whether what stands there is told of the year: the last year named before it is that one, or none is."""
    before = [said for said, start, _ in named if start < at]
    return not before or before[-1] == year


@rule("F003")
def fee_details(report: Report) -> Iterator[Problem]:
    """A fee was collected, but not every figure of it is given."""
    section = report.section("other")
    if section is None:
        return
    said = list(claims(section, report.year))
    collected = [claim for claim in said if claim.says == "collected"]
    if not collected or any(claim.says == "none" for claim in said):
        return
    missing: list[str] = []
    if not _NOTICES.search(section.text):
        missing.append("发出收费通知的件数")
    if not any(claim.says == "asked" for claim in said):
        missing.append("通知收取的金额")
    if missing:
        yield Problem(collected[0].where, {"missing": "、".join(missing)})


@rule("F004")
def fee_contradiction(report: Report) -> Iterator[Problem]:
    """None was collected and some was; or more was collected than was asked for."""
    section = report.section("other")
    if section is None:
        return
    said = list(claims(section, report.year))
    none = next((claim for claim in said if claim.says == "none"), None)
    collected = next((claim for claim in said if claim.says == "collected"), None)
    asked = next((claim for claim in said if claim.says == "asked"), None)
    if none is not None and collected is not None:
        yield Problem(collected.where, {"a": none.words, "b": collected.words}, related=(Related(none.where),))
    elif asked is not None and collected is not None and collected.amount > asked.amount:
        values = {"a": plain(asked.amount), "b": plain(collected.amount)}
        yield Problem(collected.where, values, "more", related=(Related(asked.where),))


@rule("F005")
def unpaid_without_notice(report: Report) -> Iterator[Problem]:
    """Requests dropped for unpaid fees, but no notice was sent."""
    section, grid = report.section("other"), report.grids["requests"]
    unpaid = grid.value("other.2.total")
    if section is None or not unpaid:
        return
    for line in section.paragraphs:
        found = _NO_NOTICE.search(line.text)
        if found is not None:
            cell = grid.cells["other.2.total"]
            yield Problem(line.span(*found.span()), {"count": plain(unpaid)}, related=(Related(cell),))
            return


@rule("F006")
def fee_implausible(report: Report) -> Iterator[Problem]:
    """An amount that neither tariff can give."""
    section = report.section("other")
    if section is None:
        return
    for claim in claims(section, report.year):
        if claim.says == "collected" and claim.amount % 10:
            yield Problem(claim.where, {"amount": plain(claim.amount)})


@rule("F008")
def bare_none(report: Report) -> Iterator[Problem]:
    """The sixth part is a single word for none."""
    section = report.section("other")
    if section is None or not section.paragraphs:
        return
    text = section.text.strip("。.;,")
    if re.fullmatch(r"(?:目前|暂时)?(?:无|暂无|没有|无其他(?:需要报告的)?事项)", text):
        line = section.paragraphs[0]
        yield Problem(line.whole, {"text": text})
