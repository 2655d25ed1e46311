"""Markdown: the text view is the source, a line is a paragraph, well-formed pipe tables and HTML tables are tables.

Text that a tool made of a pdf is hard-wrapped and its tables are in shatters; both stay lines, to be understood by
their labels. A pipe table counts only where each row has its cells and each number a header above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from reportlint.document import Block, Cell, Document, Metadata, Paragraph, Prose, Table
from reportlint.errors import ReportlintError, Unreadable, words
from reportlint.readers import _mdinline
from reportlint.readers.encoding import decode

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+|(?=[^\s#]))(.*?)(?:\s+#+)?\s*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{3,})\s*$")
_RULE = re.compile(r" {0,3}([-*_])(?:\s*\1){2,}\s*$")
_COMMENT = re.compile(r"\s*<!--(?:(?!-->).)*-->\s*$")
_LEAD = re.compile(r"\s*(?:>\s?)*(?:[-*+]\s+(?=\S))?")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DELIMITER = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_NUMBER = re.compile(r"[-−+]?[\d,，]+(?:\.\d+)?(?:万?元)?|[/／—–-]+")
_TABLE_START = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_DATE = re.compile(r"date\s*[:：]\s*[\"']?(\d{4})-(\d{1,2})-(\d{1,2})")
_TITLE = re.compile(r"title\s*[:：]\s*[\"']?(.*?)[\"']?\s*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the source by its offsets, its end of line left out."""

    start: int
    end: int
    text: str


def read(name: str, data: bytes) -> Document:
    """The document. Raises Unreadable."""
    source, encoding = decode(data)
    try:
        lines = list(_lines(source))
        first, metadata = _front_matter(lines)
        blocks = tuple(_blocks(source, lines, first))
    except ReportlintError:
        raise
    except Exception as error:
        raise Unreadable("RL001", words("Markdown 无法读取", "the Markdown cannot be read")) from error
    return Document(name, "md", source, blocks, encoding, metadata)


def _lines(source: str) -> Iterator[_Line]:
    at = 0
    for text in source.split("\n"):
        yield _Line(at, at + len(text), text)
        at += len(text) + 1


def _front_matter(lines: list[_Line]) -> tuple[int, Metadata]:
    """The first line after the front matter between lines of `---`, and what that says."""
    if lines[0].text.rstrip() != "---":
        return 0, Metadata()
    title = date = None
    for index, line in enumerate(lines[1:40], 1):
        if line.text.rstrip() in ("---", "..."):
            return index + 1, Metadata(title=title, published=date)
        if match := _TITLE.match(line.text):
            title = match.group(1)
        elif match := _DATE.match(line.text):
            date = "{}-{:0>2}-{:0>2}".format(*match.groups())
    return 0, Metadata()


def _blocks(source: str, lines: list[_Line], index: int) -> Iterator[Block]:
    fence: str | None = None
    while index < len(lines):
        line = lines[index]
        index += 1
        if (match := _FENCE.match(line.text)) and (fence is None or match.group(1).startswith(fence)):
            fence = match.group(1) if fence is None else None
            continue
        if fence is not None:
            yield Paragraph(Prose(line.text, line.start))
        elif _TABLE_START.search(line.text) and (last := _html_end(lines, index - 1)) is not None:
            yield from _html(source, line.start, lines[last].end)
            index = last + 1
        elif "|" in line.text and (rows := _pipe_rows(lines, index - 1)):
            if (table := _table(source, rows)) is not None:
                yield table
                index += len(rows) - 1
            else:
                yield _paragraph(source, line, None)
        else:
            below = lines[index].text if index < len(lines) else ""
            yield _paragraph(source, line, below)


def _paragraph(source: str, line: _Line, below: str | None) -> Paragraph:
    if match := _HEADING.match(line.text):
        start, end = match.span(2)
        return Paragraph(_mdinline.prose(source, line.start + start, line.start + end), len(match.group(1)))
    if _COMMENT.match(line.text) or _RULE.match(line.text) or (_UNDERLINE.match(line.text) and line.text.strip()):
        return Paragraph(Prose("", line.start))
    match = _LEAD.match(line.text)
    start = line.start + (match.end() if match else 0)
    level = None
    if below and line.text.strip() and "|" not in line.text and (under := _UNDERLINE.match(below)):
        level = 1 if under.group(1).startswith("=") else 2
    return Paragraph(_mdinline.prose(source, start, max(start, line.start + len(line.text.rstrip()))), level)


# Pipe tables.


def _pipe_rows(lines: list[_Line], first: int) -> list[_Line]:
    """The lines of a pipe table that begins here: a header, a row of dashes, and rows; nothing where there is none."""
    if first + 1 >= len(lines) or not _DELIMITER.match(lines[first + 1].text) or "-" not in lines[first + 1].text:
        return []
    last = first + 2
    while last < len(lines) and "|" in lines[last].text and not _is_delimiter_below(lines, last):
        last += 1
    return lines[first:last]


def _is_delimiter_below(lines: list[_Line], index: int) -> bool:
    """Whether a line is the header of another table."""
    return index + 1 < len(lines) and "|" in lines[index + 1].text and bool(_DELIMITER.match(lines[index + 1].text))


def _table(source: str, lines: list[_Line]) -> Table | None:
    """The table of these lines; None where it is not well formed."""
    width = len(_split(lines[0]))
    if width < 2 or len(_split(lines[1])) != width:
        return None
    rows = [[_mdinline.prose(source, *span) for span in _split(line)] for line in (lines[0], *lines[2:])]
    if len(rows) < 2 or any(len(row) != width for row in rows) or not _has_headers(rows):
        return None
    cells = tuple(Cell(index, column, prose) for index, row in enumerate(rows) for column, prose in enumerate(row))
    return Table(cells, len(rows), width)


def _split(line: _Line) -> list[tuple[int, int]]:
    """Where the cells of a row stand, trimmed."""
    bars = [match.start() for match in _BAR.finditer(line.text)]
    edges = [-1, *bars, len(line.text)]
    spans = list(pairwise(edges))
    if not line.text[: bars[0] if bars else 0].strip():
        spans = spans[1:]
    if len(spans) > 1 and not line.text[bars[-1] + 1 :].strip():
        spans = spans[:-1]
    return [_trimmed(line, start + 1, end) for start, end in spans]


def _trimmed(line: _Line, start: int, end: int) -> tuple[int, int]:
    text = line.text[start:end]
    left = start + len(text) - len(text.lstrip())
    return line.start + min(left, end), line.start + max(min(left, end), start + len(text.rstrip()))


def _has_headers(rows: list[list[Prose]]) -> bool:
    """Whether each number stands under words: a shatter of a table has rows without a header, or half a header."""
    named = [False] * len(rows[0])
    for row in rows:
        for column, prose in enumerate(row):
            if _NUMBER.fullmatch(prose.text):
                if not named[column]:
                    return False
            elif prose.text:
                named[column] = True
    return True


# HTML tables.


def _html_end(lines: list[_Line], first: int) -> int | None:
    """The line in which an HTML table that begins in a line ends."""
    depth = 0
    for index in range(first, len(lines)):
        depth += len(_TABLE_START.findall(lines[index].text)) - len(_TABLE_END.findall(lines[index].text))
        if depth <= 0:
            return index
    return None


def _html(source: str, start: int, end: int) -> Iterator[Block]:
    """The blocks of an HTML table and of what stands around it in its first and last line."""
    from reportlint.readers import _article
    from reportlint.readers._markup import parse
    from reportlint.readers._tree import Builder

    # What stands before counts as white space, so that offsets are those of the source.
    stretch = " " * start + source[start:end]
    builder = Builder(stretch)
    parse(stretch, builder)
    yield from _article.everything(builder.page().body)
