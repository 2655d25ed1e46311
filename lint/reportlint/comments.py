"""What a report in Markdown or HTML asks to be left: `<!-- reportlint-ignore F001: why -->` above a block.

A comment holds for the block that follows it: a paragraph, a heading, a table, or, within a table, a cell. With
`reportlint-ignore-file` it holds for the whole file. The reason is required.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportlint.document import Document, Paragraph, Position, Table
from reportlint.errors import Words, words

MARK = "reportlint-ignore"
_COMMENT = re.compile(rf"<!--\s*{MARK}([\w-]*)(.*?)-->", re.DOTALL)
_FILE = "-file"
_NAME = re.compile(r"[\w.-]+")


class Comment(NamedTuple):
    """A comment that asks for something to be left."""

    line: int
    rules: tuple[str, ...]
    """Rules by code, prefix, name, pack or tag."""
    reason: str
    start: Position | None = None
    """Where the block that it holds for begins; None for the whole file."""
    end: Position | None = None
    problem: Words | None = None
    """Why it cannot be used."""

    def covers(self, line: int, column: int) -> bool:
        """Whether it holds for a place."""
        return self.start is None or self.end is None or self.start <= (line, column) <= self.end


def comments(document: Document) -> tuple[Comment, ...]:
    """The comments of a report in Markdown or HTML, in their order."""
    return tuple(_read(document, found) for found in _COMMENT.finditer(document.text))


def _read(document: Document, found: re.Match[str]) -> Comment:
    line = document.position(found.start()).line
    manner, said = found[1], found[2].strip()
    if manner not in ("", _FILE):
        return _refused(line, f"没有 {MARK}{manner}，只有 {MARK} 和 {MARK}{_FILE}",
                        f"there is no {MARK}{manner}, only {MARK} and {MARK}{_FILE}")  # fmt: skip
    named, _, reason = said.replace("：", ":").partition(":")
    rules = tuple(name for name in re.split(r"[,，、\s]+", named) if name)
    if not rules or not all(_NAME.fullmatch(name) for name in rules):
        return _refused(line, f"应写作 <!-- {MARK} 规则: 原因 -->", f"it is written <!-- {MARK} RULE: reason -->")
    if not reason.strip():
        return _refused(line, f"{MARK} 没有写原因：<!-- {MARK} {named.strip()}: 原因 -->",
                        f"{MARK} gives no reason: <!-- {MARK} {named.strip()}: reason -->")  # fmt: skip
    if manner == _FILE:
        return Comment(line, rules, reason.strip())
    block = next(_after(document, found.end()), None)
    if block is None:
        return _refused(line, f"{MARK} 后面没有内容", f"nothing follows {MARK}")
    return Comment(line, rules, reason.strip(), document.position(block[0]), document.position(block[1]))


def _refused(line: int, zh: str, en: str) -> Comment:
    return Comment(line, (), "", problem=words(zh, en))


def _after(document: Document, offset: int) -> Iterator[tuple[int, int]]:
    """The first block behind a place: where it begins and ends."""
    start: int | None = None
    end = offset
    for block in document.blocks:
        span = block.span
        if isinstance(block, Table) and span.start < offset <= span.end:
            yield from (cell.span for cell in block.cells if cell.span.start >= offset)
        if span.start < offset:
            continue
        if start is None and (isinstance(block, Table) or block.text.strip()):
            start, end = span
            if isinstance(block, Table) or block.level is not None or document.kind != "md":
                break
        elif start is not None:
            # In Markdown a block goes on until a line is empty.
            if not isinstance(block, Paragraph) or block.level is not None or not block.text.strip():
                break
            end = span.end
    if start is not None:
        yield start, end
