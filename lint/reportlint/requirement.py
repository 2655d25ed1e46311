"""`requires = "reportlint>=0.2"`: whether this version is one that a pack can use."""

from __future__ import annotations

import re
from collections.abc import Callable

from reportlint.errors import Words, words
from reportlint.version import __version__

_PART = re.compile(r"\s*(>=|<=|==|!=|~=|>|<)\s*(\d+(?:\.\d+)*)\s*$")
Version = tuple[int, ...]
_SIGNS: dict[str, Callable[[Version, Version], bool]] = {
    ">=": lambda own, wanted: own >= wanted,
    "<=": lambda own, wanted: own <= wanted,
    "==": lambda own, wanted: own == wanted,
    "!=": lambda own, wanted: own != wanted,
    ">": lambda own, wanted: own > wanted,
    "<": lambda own, wanted: own < wanted,
}


def unfulfilled(requirement: str, version: str = __version__) -> Words | None:
    """Why this version does not do; None where it does."""
    conditions = requirement.strip().removeprefix("reportlint").split(",")
    for condition in conditions:
        found = _PART.match(condition)
        if found is None:
            return words(
                f'看不懂 requires = "{requirement}"，应写成 "reportlint>=0.1"',
                f'requires = "{requirement}" is not understood, write "reportlint>=0.1"',
            )
        if not fits(version, found[1], found[2]):
            return words(
                f'需要 {requirement}，现在的版本是 {version}；请升级：pip install "{requirement}"',
                f'{requirement} is needed, this is {version}; upgrade: pip install "{requirement}"',
            )
    return None


def fits(version: str, sign: str, wanted: str) -> bool:
    """Whether a version is as a sign and another version demand."""
    own, other = _numbers(version), _numbers(wanted)
    if sign == "~=":
        given = wanted.split(".")
        return own >= other and own[: len(given) - 1] == tuple(int(part) for part in given[:-1])
    return _SIGNS[sign](own, other)


def _numbers(version: str) -> Version:
    numbers = [int(part) for part in re.findall(r"\d+", version.partition("+")[0].partition("-")[0])]
    return (*numbers, 0, 0, 0, 0)[:4]
