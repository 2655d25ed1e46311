"""The number that a paragraph, a heading or a clause begins with."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"^(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十\d]{1,3}[、.)](?!\d)|第[一二三四五六七八九十]{1,3}[,、]?|[一二三四五六七八九十]+是)"
)
_CLAUSE = re.compile(
    r"(?:^|(?<=[。;:,]))(?:\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.](?!\d)|[一二三四五六七八九十]+是|[一二三四五六七八九十]{1,3}、)"
)


def titled(text: str) -> tuple[str, str]:
    """Folded text as its number and what follows."""
    found = _NUMBER.match(text)
    return ("", text) if found is None else (found[0], text[found.end() :])


def counted(text: str) -> int:
    """How many numbered items begin in folded text."""
    return len(_CLAUSE.findall(text))
