"""The text of a line of Markdown without its marks, every character still knowing its place."""

from __future__ import annotations

import html
import re

from reportlint.document import Prose

_MARKS = re.compile(r"[*_`\[<&\\~]")

_PAIRS = (
    re.compile(r"(`+)(?P<kept>.+?)\1"),
    re.compile(r"!?\[(?P<kept>[^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+[\"'][^\"']*[\"'])?\)"),
    re.compile(r"(\*\*\*|\*\*|__)(?=\S)(?P<kept>.+?)(?<=\S)\1"),
    re.compile(r"(?<![*\d\\])\*(?=[^\s*])(?P<kept>[^*]+?)(?<=[^\s*])\*(?![*\d])"),
    re.compile(r"~~(?=\S)(?P<kept>.+?)(?<=\S)~~"),
    re.compile(r"<(?P<kept>(?:https?://|mailto:)[^\s<>]+)>"),
)
"""Marks around text that is kept."""

_TAG = re.compile(
    r"</?(?:u|b|i|s|strong|em|span|font|sup|sub|center|p|div|a|mark|small|big)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def prose(source: str, start: int, end: int) -> Prose:
    """The readable text of a stretch of the source."""
    text = source[start:end]
    if not _MARKS.search(text):
        return Prose(text, start)
    gone = bytearray(len(text))
    for pattern in _PAIRS:
        for match in pattern.finditer(text):
            first, last = match.span("kept")
            _drop(gone, match.start(), first)
            _drop(gone, last, match.end())
    for pattern in (_TAG, _ESCAPE):
        for match in pattern.finditer(text):
            _drop(gone, *match.span())
    said: dict[int, tuple[str, int]] = {match.start(): ("\n", match.end()) for match in _BREAK.finditer(text)}
    for match in _ENTITY.finditer(text):
        meaning = html.unescape(match.group())
        if meaning != match.group():
            said[match.start()] = (meaning.replace("\xa0", " "), match.end())
    return _kept(text, start, gone, said)


def _kept(text: str, start: int, gone: bytearray, said: dict[int, tuple[str, int]]) -> Prose:
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    index = 0
    while index < len(text):
        meaning, after = said.get(index, (text[index], index + 1))
        if index in said or not gone[index]:
            chars.append(meaning)
            starts += [start + index] * len(meaning)
            ends += [start + after] * len(meaning)
        index = after
    if not chars:
        return Prose("", start)
    return Prose("".join(chars), starts, ends)


def _drop(gone: bytearray, start: int, end: int) -> None:
    gone[start:end] = b"\1" * (end - start)
