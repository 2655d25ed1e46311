"""Characters, numbering, wording and citations: the rules that need more than a list of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from reportlint.document import Span
from reportlint.report import Report, Section
from reportlint.rule import Edit, Fix, Problem, Related, Rule, rule
from reportlint.text import Folded, from_numeral, lazily, numeral

_MIXED = lazily(r"[(][^()（）\n]{1,40}）|（[^()（）\n]{1,40}[)]")
# The mark comes first and what stands before it is looked at afterwards: far faster to search for.
_HALF = lazily(r"[,;:?!(](?:(?<=[\u4e00-\u9fff”》）][,;:?!])(?!//)|(?<=[(])(?=[\u4e00-\u9fff]))")
_CLOSED = lazily(r"[(][^()（）\n]*[)]")
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}


@rule("X001")
def mixed_brackets(report: Report) -> Iterator[Problem]:
    """A bracket of one width closed by one of the other."""
    for _, line in report.prose():
        text = line.prose.text
        if "(" not in text and ")" not in text:
            continue
        for found in _MIXED.finditer(text):
            start, end = found.span()
            edits = (Edit(line.prose.span(start, start + 1), "（"), Edit(line.prose.span(end - 1, end), "）"))
            yield Problem(line.prose.span(start, end), {"text": found[0]}, fix=Fix(edits))


@rule("X002")
def half_width(report: Report) -> Iterator[Problem]:
    """Half-width punctuation after Chinese characters, once a file."""
    first: Span | None = None
    shown = ""
    count = commas = full = 0
    edits: list[Edit] = []
    for _, line in report.prose():
        text = line.prose.text
        full += text.count("，")
        mixed: list[tuple[int, int]] | None = None
        for found in _HALF.finditer(text):
            if found[0] == "(":
                mixed = [other.span() for other in _MIXED.finditer(text)] if mixed is None else mixed
                if any(start <= found.start() < end for start, end in mixed):
                    continue
            if text[found.end() : found.end() + 2].isdigit() and found[0] == ":":
                continue
            count += 1
            commas += found[0] == ","
            where = line.prose.span(*found.span())
            edits.append(Edit(where, _FULL[found[0]]))
            if found[0] == "(":
                # With its other half, or there would be a bracket of either width.
                closing = _CLOSED.match(text, found.start())
                if closing is not None:
                    edits.append(Edit(line.prose.span(closing.end() - 1, closing.end()), "）"))
            if first is None:
                first, shown = where, found[0]
    if first is not None:
        uniform = commas > 20 and full == 0
        values = {"text": shown, "count": commas if uniform else count}
        yield Problem(first, values, "uniform" if uniform else "", fix=Fix(tuple(edits)))


class Marker(NamedTuple):
    """A number at the beginning of a paragraph: its level (1 一、 2（一）3 1. 4（1）), its value, and itself."""

    level: int
    value: int
    line: Folded
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]

    @property
    def span(self) -> Span:
        return self.line.span(self.start, self.end)


_MARKERS = (
    (1, re.compile(r"^([一二三四五六七八九十]{1,3})、")),
    (2, re.compile(r"^\(([一二三四五六七八九十]{1,3})\)、?")),
    (3, re.compile(r"^(\d{1,2})[.、．](?!\d(?!\d{3}年))")),
    (4, re.compile(r"^\((\d{1,2})\)")),
)


_BEGINNINGS = {
    **dict.fromkeys("一二三四五六七八九十", _MARKERS[:1]),
    "(": (_MARKERS[1], _MARKERS[3]),
    **dict.fromkeys("0123456789", _MARKERS[2:3]),
}
"""Which of them a number may be, by its first character."""


@lru_cache(maxsize=16)
def markers(section: Section) -> Sequence[Marker]:
    """The numbers at the beginnings of the paragraphs of a part, in order; two rules ask for them."""
    return tuple(_markers(section))


def _markers(section: Section) -> Iterator[Marker]:
    for line in section.paragraphs:
        for level, pattern in _BEGINNINGS.get(line.text[0], ()):
            found = pattern.match(line.text)
            if found is not None:
                value = int(found[1]) if found[1].isdigit() else from_numeral(found[1])
                if value:
                    yield Marker(level, value, line, *found.span())
                break


_SAMPLES = {1: "{}、", 2: "（{}）", 3: "{}.", 4: "（{}）"}


def _marker(level: int, value: int) -> str:
    return _SAMPLES[level].format(numeral(value) if level <= 2 else value)


POINT = lazily(r"([一二三四五六七八九十])(?<![^。;:,、].)是(?!否)")
"""An item of a list in running text: 一是, 二是."""


def _may_count(text: str) -> bool:
    """Whether a paragraph may hold such items."""
    at = text.find("是")
    while at >= 0:
        if text[at - 1 : at] in _NUMERALS:
            return True
        at = text.find("是", at + 1)
    return False


_NUMERALS = frozenset("一二三四五六七八九十")


@rule("X003")
def numbering_gap(report: Report) -> Iterator[Problem]:
    """Numbers that do not count on: by level and parent, and 一是 … 二是 in running text."""
    for section in report.sections:
        last: dict[int, Marker] = {}
        for marker in markers(section):
            before = last.get(marker.level)
            for deeper in range(marker.level, len(_MARKERS) + 1):
                last.pop(deeper, None)
            last[marker.level] = marker
            if before is None:
                continue
            if marker.value > before.value + 1:
                values = {
                    "prev": before.text,
                    "next": marker.text,
                    "missing": _marker(marker.level, before.value + 1),
                }
                yield Problem(marker, values, related=(Related(before),))
            elif marker.value == before.value:
                yield Problem(
                    marker, {"prev": before.text, "next": marker.text}, "repeated", related=(Related(before),)
                )
        yield from _points(section)


def _points(section: Section) -> Iterator[Problem]:
    value = 0
    before = ""
    for line in section.paragraphs:
        # Cheaper than a search of every paragraph.
        for found in POINT.finditer(line.text) if _may_count(line.text) else ():
            next_value = from_numeral(found[1]) or 0
            start, end = found.start(1), found.end()
            if next_value > value + 1 and value:
                values = {"prev": before, "next": line.text[start:end], "missing": f"{numeral(value + 1)}是"}
                yield Problem(line.span(start, end), values)
            value, before = next_value, line.text[start:end]


@rule("X004")
def numbering_level(report: Report) -> Iterator[Problem]:
    """The numbers of the six parts used below them."""
    for section in report.sections:
        parent = f"{section.heading.numeral}{section.heading.title}"
        for marker in markers(section):
            if marker.level == 1:
                yield Problem(
                    marker, {"parent": parent, "child": marker.text}, fix=Fix((Edit(marker.span, f"{marker.value}."),))
                )
            elif marker.level == 2:
                parent = marker.text


@rule("X007")
def lexicon(report: Report, rule: Rule) -> Iterator[Problem]:
    """Slips that are known by their surroundings; each entry marks the wrong words with its first group.

    What is right may repeat other groups of the pattern, as `\\2`.
    """
    for entry in rule.options["entries"]:
        for line, found in report.matches(rule.compiled(entry["pattern"])):
            span = found.span(1)
            yield Problem(
                line.span(*span),
                {"text": line.original(*span), "expected": _expanded(entry["right"], found)},
                severity=entry.get("severity"),
            )


_AGAIN = lazily(r"\\([1-9])")


def _expanded(right: str, found: re.Match[str]) -> str:
    """The words that are right, with what the groups that they name have matched."""
    return _AGAIN.sub(lambda name: found[int(name[1])] if int(name[1]) <= found.re.groups else name[0], right)


@rule("X008")
def year_suffix(report: Report, rule: Rule) -> Iterator[Problem]:
    """A year that runs straight into what was done in it."""
    pattern = rule.compiled(rf"20(?<![\d\-/.:号〔]..)\d{{2}}(?={rule.options['after']})")
    for line, found in report.matches(pattern):
        where = line.span(*found.span())
        yield Problem(where, {"text": found[0]}, fix=Fix((Edit(Span(where.end, where.end), "年"),)))


@rule("X009")
def page_chrome(report: Report) -> Iterator[Problem]:
    """Lines of the page around the report."""
    for line in report.residue:
        where = line.whole
        yield Problem(where, {"text": line.prose.text.strip()}, fix=Fix((Edit(where, ""),)))


@rule("X010")
def broken_paragraph(report: Report) -> Iterator[Problem]:
    """A paragraph that ends in a comma, with the rest of its sentence in the next."""
    for section in report.sections:
        for before, line in zip(section.paragraphs, section.paragraphs[1:], strict=False):
            if (
                len(before.text) > 20
                and before.text[-1] in ",、"
                and not any(pattern.match(line.text) for _, pattern in _MARKERS)
                and not re.match(r"[一二三四五六七八九十]是", line.text)
            ):
                end = len(before.text)
                yield Problem(before.span(end - 1, end), {"text": before.prose.text.strip()[-8:]})


_GONE = lazily(r"替代|废止|代替|原|此前|不再|失效|修订前|取代")


@rule("X011")
def outdated_document(report: Report, rule: Rule) -> Iterator[Problem]:
    """Documents cited as a basis though another has replaced them; telling of the change is no citation."""
    year = report.year
    if year is None:
        return
    for document in rule.options["documents"]:
        if year < document["first_year"]:
            continue
        for line, found in report.matches(rule.compiled(document["pattern"])):
            sentence = line.text[
                max(line.text.rfind("。", 0, found.start()), 0) : line.text.find("。", found.end()) + 1 or None
            ]
            if not _GONE.search(sentence):
                values = {"text": line.original(*found.span()), "expected": document["now"]}
                yield Problem(line.span(*found.span()), values)


_SIX = str.maketrans("[]()（）【】", "〔〕〔〕〔〕〔〕")


@rule("X012")
def citation(report: Report, rule: Rule) -> Iterator[Problem]:
    """Titles and numbers of the documents that every report cites, wrongly written."""
    for entry in rule.options["citations"]:
        for line, found in report.matches(rule.compiled(entry["pattern"])):
            where = line.span(*found.span())
            written = line.original(*found.span())
            right = written.translate(_SIX) if entry.get("brackets") else entry["right"]
            fix = Fix((Edit(where, right),))
            yield Problem(where, {"text": written, "expected": entry["right"]}, severity=entry.get("severity"), fix=fix)


_DEFINED = lazily(r"(?:简称|下称)[:\"“]?《([^》]{1,10})》")
_SHORT = lazily(r"《(办法|通知|意见|规定|指南|方案|要点|细则)》")


@rule("X013")
def abbreviation(report: Report) -> Iterator[Problem]:
    """Short titles that no 以下简称 has introduced; 《条例》 everybody knows."""
    short = list(report.matches(_SHORT))
    defined = {found[1] for _, found in report.matches(_DEFINED)} if short else set[str]()
    said: set[str] = set()
    for line, found in short:
        if found[1] not in defined and found[1] not in said:
            said.add(found[1])
            yield Problem(line.span(*found.span()), {"text": found[0]})


@rule("X015")
def generic(report: Report, rule: Rule) -> Iterator[Problem]:
    """A department that writes of departments and regions in general."""
    overall = report.section("overall")
    for line in overall.paragraphs if overall is not None else ():
        counted = rule.pattern("business").search(line.text)
        if counted is not None and len(line.text) >= 20 and not rule.pattern("open").search(line.text):
            yield Problem(line.whole, {"text": line.prose.text.strip()[:12]}, "business")
    hits = list(report.matches(rule.pattern("words")))
    if len(hits) >= rule.options["least"]:
        line, found = hits[0]
        yield Problem(line.span(*found.span()), {"text": found[0], "count": len(hits)})


_MEETING = lazily(
    r"(?P<congress>十九|二十[一二]?)大(?!数据)|(?P<term>十九|二十[一二]?)届(?P<plenums>(?:[一二三四五六七八]中(?:、|和|及|与|以及|,)?)+)全会"
)


@rule("X016")
def stale_meetings(report: Report, rule: Rule) -> Iterator[Problem]:
    """The latest meeting that the report names, against the latest held by the end of its year."""
    names: list[str] = [meeting["name"] for meeting in rule.options["meetings"]]
    due = [meeting["name"] for meeting in rule.options["meetings"] if meeting["ended"] <= f"{report.year}-12"]
    latest: tuple[int, Folded, int, int] | None = None
    for line, found in report.matches(_MEETING):
        named, start = found[0], found.start()
        if found["plenums"]:
            last = found["plenums"].rstrip("、和及与以,")[-2:]
            named, start = f"{found['term']}届{last}全会", found.start("plenums") + found["plenums"].rindex(last)
        if named in names and (latest is None or names.index(named) > latest[0]):
            latest = (names.index(named), line, start, found.end())
    if latest is not None and due and latest[0] < names.index(due[-1]):
        _, line, start, end = latest
        values = {"text": names[latest[0]], "year": report.year, "expected": due[-1]}
        yield Problem(line.span(start, end), values)
