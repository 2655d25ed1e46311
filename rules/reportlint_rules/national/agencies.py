"""Whose report it is, against who speaks in it: words taken over from the report of somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportlint.report import Report
from reportlint.rule import Problem, Rule, rule
from reportlint.text import Folded, lazily
from reportlint_rules.national import divisions

_ORGAN = lazily(
    r"(?:人民)?政府(?:办公[厅室])?|[\u4e00-\u9fff]{1,8}?(?:局|厅|委员会|办公室|委(?!托|派|员|屈)|街道办事处)(?!域|限|面|势|部)"
)
_CLAUSE = lazily(r"[^,。;!?]+")
_OPENING = lazily(r"^(?:20\d{2}年(?:度|来)?|本年度|全年|一年来|今年以来)?")


@rule("C012")
def agency_mismatch(report: Report, rule: Rule) -> Iterator[Problem]:
    """Another agency that speaks of itself, organs of regions that have nothing to do with this one."""
    yield from _other_selves(report, rule)
    if report.agency is not None:
        for line, mention in _mentions(report, report.agency, rule):
            yield Problem(line.span(mention.start, mention.end), {"other": mention.words}, mention.variant)


def _other_selves(report: Report, rule: Rule) -> Iterator[Problem]:
    """Words that an agency of this kind does not call itself by, the first of each."""
    for entry in rule.options["selves"]:
        if report.kind not in entry["agencies"] or not report.agency:
            continue
        if "ending" in entry and not report.agency.endswith(entry["ending"]):
            continue
        said: set[str] = set()
        for line, found in report.matches(rule.compiled(entry["pattern"])):
            if found[0] not in said and not line.plain[found.start() : found.end()].isspace():
                said.add(found[0])
                yield Problem(line.span(*found.span()), {"other": found[0]}, entry["variant"])


class _Mention(NamedTuple):
    """An organ or place elsewhere: its words, where they stand in a paragraph, and how it is spoken of."""

    words: str
    start: int
    end: int
    variant: str


def _mentions(report: Report, agency: str, rule: Rule) -> Iterator[tuple[Folded, _Mention]]:
    """Organs of regions that are neither the report's own nor above or below it, each organ once."""
    generic = frozenset(rule.options["generic"])
    seen: set[str] = set()
    for line, found in report.matches(rule.pattern("foreign")):
        text, end = line.plain, found.end()
        name = divisions.at(text, end)
        if len(name) < 3 or name in generic or divisions.at(text, end + 3) or divisions.at(text, end + 4):
            # Of 四川省成都市… the last name says where.
            continue
        if _related(name, agency):
            continue
        mention = _mention(text, end - len(name), end, rule)
        if mention is not None and mention.words not in seen:
            seen.add(mention.words)
            yield line, mention


def _related(name: str, agency: str) -> bool:
    """Whether a division is that of the agency, above it or below it, or the agency's own is unknown."""
    if name in agency:
        return True
    home = divisions.own(agency)
    if not home or any(name in division.line for division in home):
        return True
    own = {division.name for division in home}
    return any(own.intersection(division.above) for division in divisions.named(name))


def _mention(text: str, start: int, end: int, rule: Rule) -> _Mention | None:
    """How a place elsewhere is spoken of; None where it is a partner, a source, or only a place."""
    organ = _ORGAN.match(text, end)
    if organ is None:
        return None
    sentence = text[text.rfind("。", 0, start) + 1 : text.find("。", end) if "。" in text[end:] else len(text)]
    if rule.pattern("partners").search(sentence):
        return None
    clause = next(found for found in _CLAUSE.finditer(text) if found.start() <= start < found.end())
    opening = _OPENING.match(clause[0])
    speaks = opening is not None and clause.start() + opening.end() == start
    variant = "" if speaks and rule.pattern("verbs").match(text, organ.end()) else "elsewhere"
    return _Mention(text[start : organ.end()], start, organ.end(), variant)
