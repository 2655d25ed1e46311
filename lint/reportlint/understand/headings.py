"""The parts of a report: their headings found by meaning and order, never by the numeral alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from reportlint.document import Paragraph, Prose, joined
from reportlint.form import Form, SectionForm
from reportlint.report import Heading
from reportlint.text import Folded, distance, fold, from_numeral, lazily

_NUMERAL = lazily(
    r"^(?P<noise>[|l#*>\-•·]{0,4})(?:"
    r"(?P<chinese>第?(?P<c>[一二三四五六七八九十]{1,3})(?:部分)?[、.．,:：)])"
    r"|(?P<bracketed>\((?P<b>[一二三四五六七八九十]{1,3})\)、?)"
    r"|(?P<arabic>\(?(?P<a>\d{1,2})[、.．)](?!\d)))?"
)
_ORDINAL = lazily(r"^[一二三四五六七八九十]+、")
_ENDS = "。:;,.*#|"
"""What may stand behind a heading."""
_NOISE = lazily("[\"'“”‘’*#|]+")
_FIRST = "一二三四五六七八九十第(（#*|l"
LONGEST = 60
"""The greatest length of a heading, folded."""


@dataclass(slots=True, eq=False)
class Candidate:
    """A line that may be the heading of a part."""

    index: int
    """Its block in the document."""
    last: int
    """The last block that it takes up."""
    form: SectionForm | None
    heading: Heading
    rest: Prose | None = None
    """Prose that follows the heading in the same paragraph."""


class Titles:
    """The titles by which the parts of some forms are known, made once for each set of forms."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self.exact: dict[str, SectionForm] = {}
        self.patterns: list[tuple[re.Pattern[str], SectionForm]] = []
        self.sections: list[SectionForm] = []
        for form in forms:
            for section in form.sections:
                for title in section.folded_titles:
                    self.exact.setdefault(title, section)
                if section.key not in {known.key for known in self.sections}:
                    self.sections.append(section)
                    if section.pattern:
                        self.patterns.append((re.compile(section.pattern), section))
        self.known: dict[str, bool] = {}
        """Short lines that were looked at: whether they may be headings."""
        self._found: dict[str, SectionForm | None] = {}
        self.run_in = tuple(sorted(self.exact, key=len, reverse=True))
        self.rows = tuple(
            {
                row.bare if len(row.path) == 1 else _ORDINAL.sub("", row.folded_path[0])
                for form in forms
                for table in form.tables.values()
                for block in table.blocks
                for row in block.rows
                if row.path
            }
        )
        """Labels of rows, without their numerals: 表三 counts its rows as the report counts its parts."""

    def possible(self, line: str) -> bool:
        """Whether a line may be a heading at all: most are numbers, labels of tables or long prose."""
        known = self.known.get(line)
        if known is not None:
            return known
        bare = line.strip()
        if len(bare) > 2 * LONGEST:
            return bare[0] in _FIRST
        if len(self.known) > 10_000:
            self.known.clear()
        known = self.known[line] = len(bare) >= 4 and not bare.isdigit() and self._is_like_one(bare)
        return known

    def _is_like_one(self, line: str) -> bool:
        folded = fold(line)
        found = _NUMERAL.match(folded)
        title = _clean((folded[found.end() :] if found else folded).rstrip(_ENDS))
        return title in self.exact or (found is not None and found["chinese"] is not None)

    def find(self, title: str, numbered: bool) -> SectionForm | None:
        """The part with that folded title; only a numbered line may depart from the known titles."""
        found = self.exact.get(title)
        if found is not None or not numbered:
            return found
        if title not in self._found:
            if len(self._found) > 10_000:
                self._found.clear()
            self._found[title] = self._like(title)
        return self._found[title]

    def _like(self, title: str) -> SectionForm | None:
        """The part whose title is like this one."""
        for pattern, section in self.patterns:
            if pattern.fullmatch(title):
                return section
        if len(title) >= 6:
            for known, section in self.exact.items():
                if known == section.folded and distance(title, known, 2) <= 2:
                    return section
        return None

    def beginning(self, title: str) -> tuple[str, SectionForm] | None:
        """The title that a line begins with, where prose follows it."""
        if not title.startswith(self.run_in):
            return None
        known = next(known for known in self.run_in if title.startswith(known))
        return known, self.exact[known]


def _clean(title: str) -> str:
    """A title without quotes and marks of emphasis."""
    return title if title.isalnum() else _NOISE.sub("", title)


_TITLES: dict[tuple[int, ...], tuple[Sequence[Form], Titles]] = {}


def titles_of(forms: Sequence[Form]) -> Titles:
    """The titles of the parts of these forms."""
    key = tuple(id(form) for form in forms)
    known = _TITLES.get(key)
    if known is None:
        known = _TITLES[key] = (forms, Titles(forms))
    return known[1]


def candidates(paragraphs: Sequence[tuple[int, Paragraph]], titles: Titles) -> list[Candidate]:
    """Every line that may be the heading of a part, known or unknown."""
    found: list[Candidate] = []
    skip = -1
    known = titles.known
    for at, (index, paragraph) in enumerate(paragraphs):
        text = paragraph.prose.text
        # Most lines of most reports are the same few numbers and labels.
        if len(text) < 4 or not known.get(text, True) or index <= skip or not titles.possible(text):
            continue
        folded = Folded(paragraph.prose)
        candidate = _candidate(index, folded, paragraph, titles)
        if candidate is not None and candidate.form is None and candidate.heading.style == "chinese":
            longer = _over_two_lines(paragraphs, at, titles)
            if longer is not None:
                candidate, skip = longer, longer.last
        if candidate is not None:
            found.append(candidate)
    return found


def _over_two_lines(paragraphs: Sequence[tuple[int, Paragraph]], at: int, titles: Titles) -> Candidate | None:
    """The heading that a line makes with the next one that is not empty."""
    index, paragraph = paragraphs[at]
    for next_index, following in paragraphs[at + 1 : at + 4]:
        if following.text.strip():
            whole = Paragraph(joined([paragraph.prose, following.prose]), paragraph.level)
            candidate = _candidate(index, Folded(whole.prose), whole, titles)
            if candidate is None or candidate.form is None or candidate.rest is not None:
                return None
            return Candidate(index, next_index, candidate.form, candidate.heading)
    return None


def _candidate(index: int, folded: Folded, paragraph: Paragraph, titles: Titles) -> Candidate | None:
    text = folded.text
    found = _NUMERAL.match(text)
    if found is None:
        return None
    style: Literal["chinese", "bracketed", "arabic", "none"]
    if found["chinese"]:
        style, value = "chinese", from_numeral(found["c"])
    elif found["bracketed"]:
        style, value = "bracketed", from_numeral(found["b"])
    elif found["arabic"]:
        style, value = "arabic", int(found["a"])
    else:
        style, value = "none", None
    start = found.end()
    stop = max(start, len(text.rstrip(_ENDS)))
    title = text[start:stop]
    clean = _clean(title)
    if not clean:
        return None
    section = titles.find(clean, style == "chinese") if len(text) <= LONGEST else None
    rest: Prose | None = None
    if section is None and style == "chinese":
        begun = titles.beginning(clean)
        if begun is not None and len(clean) - len(begun[0]) >= 6 and not _NUMERAL_WORD.match(clean[len(begun[0]) :]):
            section = begun[1]
            stop = start + len(begun[0])
            body = folded.span(stop, len(text))
            at = _character_at(folded.prose, body.start)
            rest = folded.prose.part(at, len(folded.prose.text))
    if section is None and (style != "chinese" or len(text) > 34 or clean.startswith(titles.rows) or "|" in text):
        return None
    numeral_start = len(found["noise"] or "")
    heading = Heading(
        numeral=text[numeral_start:start],
        value=value,
        title=folded.original(start, stop).strip() if start < stop else "",
        span=folded.span(numeral_start, stop),
        numeral_span=folded.span(numeral_start, start),
        title_span=folded.span(start, stop),
        style=style,
        level=paragraph.level,
    )
    return Candidate(index, index, section, heading, rest)


_NUMERAL_WORD = lazily(r"^(?:表|统计|如下)")


def _character_at(prose: Prose, offset: int) -> int:
    """The character of a prose that stands at an offset of the text view."""
    for at, place in enumerate(prose.offsets()):
        if place >= offset:
            return at
    return len(prose.text)


def choose(found: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """The headings of the parts and the headings that stand there once more, each in the order of the file.

    Unknown parts are among the first where their numeral goes on counting the parts.
    """
    known = _outside_contents([item for item in found if item.form is not None])
    by_key: dict[str, list[Candidate]] = {}
    for style in ("chinese", "none"):
        for item in known:
            if item.form is not None and item.heading.style == style:
                kept = by_key.setdefault(item.form.key, [])
                if not kept or kept[0].heading.style == style:
                    kept.append(item)
    for other in ("bracketed", "arabic"):
        styled = [item for item in known if item.heading.style == other]
        missing = {item.form.key for item in styled if item.form is not None} - by_key.keys()
        if len(missing) >= 3:
            for item in styled:
                if item.form is not None and item.form.key in missing:
                    by_key.setdefault(item.form.key, []).append(item)
    first: list[Candidate] = []
    again: list[Candidate] = []
    for items in by_key.values():
        best = next(
            (item for item in items if item.form is not None and item.heading.value == item.form.number), items[0]
        )
        best = items[0] if items[0].heading.style != best.heading.style else best
        first.append(best)
        again += [item for item in items if item is not best and item.heading.style != "none"]
    first.sort(key=lambda item: item.index)
    again.sort(key=lambda item: item.index)
    unknown = [item for item in found if item.form is None]
    return sorted([*first, *_going_on(first, unknown)], key=lambda item: item.index), again


def _outside_contents(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those of a table of contents: four or more close together that all come again."""
    kept = list(found)
    start = 0
    while start < len(kept):
        end = start
        while end + 1 < len(kept) and kept[end + 1].index - kept[end].index <= 2 and kept[end].rest is None:
            end += 1
        run = kept[start : end + 1]
        later = {item.form.key for item in kept[end + 1 :] if item.form is not None}
        keys = {item.form.key for item in run if item.form is not None}
        if len(keys) >= 4 and len(keys & later) >= len(keys) - 1:
            del kept[start : end + 1]
        else:
            start = end + 1
    return kept


def _going_on(first: Sequence[Candidate], unknown: Iterable[Candidate]) -> list[Candidate]:
    """Unknown headings that count on from the part before them; a list inside a part begins again at one."""
    accepted: list[Candidate] = []
    nested_in: Candidate | None = None
    for item in unknown:
        before = [*(head for head in first if head.index < item.index), *(a for a in accepted if a.index < item.index)]
        if not before:
            continue
        last = max(before, key=lambda head: head.index)
        value, held = item.heading.value, last.heading.value or (last.form.number if last.form else 0)
        if value == 1 or (nested_in is last and value is not None and value <= held):
            nested_in = last
            continue
        if nested_in is last or value != held + 1 or _sentence_like(item.heading.title):
            continue
        accepted.append(item)
    return accepted


def _sentence_like(title: str) -> bool:
    return any(mark in title for mark in "，,；;。")
