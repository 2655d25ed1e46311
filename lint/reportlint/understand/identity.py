"""Whose report it is: title, agency, kind of agency, date of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reportlint.document import Document, Prose, Span
from reportlint.report import Published, Title
from reportlint.text import Folded, dates, fold, lazily, widths
from reportlint.vocabulary import Vocabulary

_YEAR_WORDS = lazily(r"(?:19|20)\d{2}年?度?|二[〇○零][〇○零一二三四五六七八九]{2}年?度?")
_STOPS = lazily(r"[。;!?]")
TITLE_LINE = 45
"""The greatest length of a line of a title, folded."""


class Opening(NamedTuple):
    """What the lines before the first part say, and which of them are no prose."""

    title: Title | None
    titles: tuple[Folded, ...]
    published: Published | None
    used: frozenset[int]
    """The lines (by index in the given sequence) that are title or date."""


def opening(lines: Sequence[Folded], document: Document, vocabulary: Vocabulary) -> Opening:
    """Title and date of publication from the lines before the first part, then from the file's own metadata."""
    used: set[int] = set()
    groups = _titles(lines, vocabulary)
    published = None
    for index, line in enumerate(lines):
        if published is None and len(line.text) <= 120:
            published = _published(line, vocabulary)
            if published is not None and len(line.text) <= 60:
                used.add(index)
    title = None
    if groups:
        chosen = max(groups, key=lambda group: _completeness(group, lines, vocabulary))
        title = _title([lines[i] for i in chosen], vocabulary)
        used.update(i for group in groups for i in group)
    elif document.metadata.title and vocabulary.title_pattern.search(document.metadata.title):
        title = _title([Folded(Prose(document.metadata.title, [0] * len(document.metadata.title)))], vocabulary, True)
    if published is None and document.metadata.published:
        year, month, day = map(int, document.metadata.published.split("-"))
        published = Published(year, month, day, None)
    told = tuple(lines[i] for group in groups for i in group if vocabulary.title_pattern.search(lines[i].text))
    return Opening(title, told, published, frozenset(used))


def _titles(lines: Sequence[Folded], vocabulary: Vocabulary) -> list[list[int]]:
    """The groups of lines that are a title each: one line, or up to three lines of one title."""
    groups: list[list[int]] = []
    filled = [i for i, line in enumerate(lines) if line.text]
    at = 0
    while at < len(filled):
        index = filled[at]
        if not _short(lines[index]):
            at += 1
            continue
        taken = next(
            (
                filled[at : at + count]
                for count in (1, 2, 3)
                if all(_short(lines[i]) for i in filled[at : at + count])
                and len(filled[at : at + count]) == count
                and _title_in(lines, filled[at : at + count], vocabulary)
                and (count == 1 or not _title_in(lines, filled[at + 1 : at + count], vocabulary))
            ),
            None,
        )
        if taken is None:
            at += 1
            continue
        before = filled[at - 1] if at else None
        free = before is not None and not any(before in group for group in groups)
        if before is not None and free and _belongs(lines[before], lines[taken[0]], vocabulary):
            taken = [before, *taken]
        groups.append(taken)
        at += len(taken) - (taken[0] == before)
    return groups[:3]


def _title_in(lines: Sequence[Folded], group: Sequence[int], vocabulary: Vocabulary) -> bool:
    return vocabulary.title_pattern.search("".join(lines[i].text for i in group)) is not None


def _short(line: Folded) -> bool:
    return 0 < len(line.text) <= TITLE_LINE and not _STOPS.search(line.text)


def _belongs(before: Folded, first: Folded, vocabulary: Vocabulary) -> bool:
    """Whether a short line above is the agency, or the agency and year, of the title below it."""
    if not _short(before) or "," in before.text or ":" in before.text:
        return False
    if vocabulary.title_pattern.search(before.text):
        return False
    rest = _YEAR_WORDS.sub("", first.text)
    own = vocabulary.title_pattern.sub("", rest)
    if own and vocabulary.organisation_end.search(own):
        return False
    bare = _YEAR_WORDS.sub("", before.text)
    return bool(bare == "" or vocabulary.organisation_end.search(bare) or vocabulary.kind_of(bare))


def _completeness(group: Sequence[int], lines: Sequence[Folded], vocabulary: Vocabulary) -> tuple[int, int]:
    """How much a title says: year and agency; of two that say as much the first is taken."""
    text = "".join(lines[i].text for i in group)
    agency = _agency(text, vocabulary)
    return (bool(_YEAR_WORDS.search(text)) + bool(agency), -group[0])


def _title(lines: Sequence[Folded], vocabulary: Vocabulary, from_metadata: bool = False) -> Title:
    text = "".join(line.text for line in lines)
    span = Span(0, 0) if from_metadata else Span(lines[0].whole.start, lines[-1].whole.end)
    return Title(text, span, tuple(lines), _agency(text, vocabulary), from_metadata)


def _agency(title: str, vocabulary: Vocabulary) -> str:
    """The agency in a folded title; empty where there is none."""
    head = vocabulary.title_pattern.split(title, maxsplit=1)[0]
    head = _YEAR_WORDS.sub("", head)
    head = re.sub(r"^(?:正文|标题|关于|附件\d*:?|索引号.*?)+|[\"“”《》:]|(?:的|关于)$", "", head)
    head = re.sub(r"-.{2,20}网站?$", "", head)
    if vocabulary.organisation_end.search(head) or vocabulary.kind_of(head):
        return head
    return head if re.search(r"[省市县区州盟旗](?:\(.*\))?$", head) else ""


def _published(line: Folded, vocabulary: Vocabulary) -> Published | None:
    """The date behind its label; spaces are kept, they part the date from the time."""
    if vocabulary.published_pattern.search(line.text) is None:
        return None
    text = widths(line.prose.text)
    found = vocabulary.published_pattern.search(text)
    if found is None:
        return None
    end = found.end()
    for date in dates(text[end:]):
        if not text[end : end + date.start].strip(" :"):
            where = line.prose.span(end + date.start, end + date.end)
            return Published(date.year, date.month, date.day, where)
    return None


_SELF = lazily(r"(?:本报告由|现由|请与|请联系|由)([^,。;:(]{3,30}?)(?:按照|根据|依据|编制|联系|办公室联系|政务公开)")


def agency_of(title: Title | None, document: Document, preface: Sequence[Folded], vocabulary: Vocabulary) -> str | None:
    """The agency that reports: from the title, the file's metadata, what the preface says of it, or the path."""
    if title is not None and title.agency:
        return title.agency
    if document.metadata.agency:
        return document.metadata.agency
    for line in preface:
        for found in _SELF.finditer(line.text):
            if vocabulary.organisation_end.search(found[1]):
                return found[1]
    return _agency_in_path(document.name, vocabulary)


def _agency_in_path(path: str, vocabulary: Vocabulary) -> str | None:
    """The agency that a file or the folder around it is named for."""
    folder, _, name = path.replace("\\", "/").rpartition("/")
    for part in (name.rpartition(".")[0] or name, folder.rpartition("/")[2]):
        named = _agency(re.sub(r"^[\d_\-.\s]+|[\d_\-.\s]+$", "", fold(part)), vocabulary).strip("_-")
        if vocabulary.organisation_end.search(named) and len(named) >= 3:
            return named
    return None
