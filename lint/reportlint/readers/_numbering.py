"""The numbers that Word makes itself (一、（一）1.): in no text of the file, computed from its definitions of lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_HOLE = re.compile(r"%([1-9])")


def chinese(number: int, digits: str = _DIGITS, units: tuple[str, ...] = ("", "十", "百", "千")) -> str:
    """A number up to 9999 in Chinese: 十, 十一, 二十, 一百〇二."""
    if not 0 < number < 10_000:
        return str(number)
    text = ""
    gap = False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + units[power]
            gap = False
        else:
            gap = True
    # Ten is 十, but legal numerals and numbers over a hundred spell out the one.
    return text[1:] if 10 <= number < 20 and digits is _DIGITS else text


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        text += letters * (number // value)
        number %= value
    return text


def _from(first: str, last: int) -> Callable[[int], str]:
    """Numerals that are characters in a row, decimal beyond the last."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= last else str(number)


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "koreanCounting": chinese,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "japaneseDigitalTenThousand": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "taiwaneseDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": lambda number: chinese(number, _LEGAL, ("", "拾", "佰", "仟")),
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % 12],
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda number: "",
}
"""A number as each `w:numFmt` writes it; those not named here are written in decimal."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: how it counts and what is printed."""

    start: int
    format: str
    text: str
    space: str
    restarts: bool
    legal: bool


@dataclass(slots=True)
class _List:
    """A list (`w:num`): the definition it counts by, its own levels and its own first numbers."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict[int, Level])
    starts: dict[int, int] = field(default_factory=dict[int, int])


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, root: Element | None, linked: Callable[[str], str | None]) -> None:
        """`linked` gives the list of a style, for definitions that only name a style."""
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._linked = linked
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        for element in root.iter(f"{W}abstractNum"):
            name = element.get(f"{W}abstractNumId", "")
            self._abstract[name] = {_index(level): _level(level) for level in element.iter(f"{W}lvl")}
            link = element.find(f"{W}numStyleLink")
            if link is not None:
                self._links[name] = link.get(VAL, "")
        for element in root.iter(f"{W}num"):
            base = element.find(f"{W}abstractNumId")
            made = _List("" if base is None else base.get(VAL, ""))
            for override in element.iter(f"{W}lvlOverride"):
                index = _index(override)
                start, level = override.find(f"{W}startOverride"), override.find(f"{W}lvl")
                if start is not None:
                    made.starts[index] = _number(start.get(VAL), 1)
                if level is not None:
                    made.levels[index] = _level(level)
            self._lists[element.get(f"{W}numId", "")] = made

    def next(self, name: str, index: int) -> str:
        """The number of the next paragraph of a list at a level (from 0), with what stands between it and the text."""
        made = self._lists.get(name)
        if made is None:
            return ""
        abstract = self._resolved(made.abstract)
        levels = {**self._abstract.get(abstract, {}), **made.levels}
        level = levels.get(index)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if index in made.starts and (name, index) not in self._begun:
            self._begun.add((name, index))
            counts[index] = made.starts[index]
        else:
            counts[index] = counts[index] + 1 if index in counts else level.start
        for deeper in [other for other in counts if other > index and (other not in levels or levels[other].restarts)]:
            del counts[deeper]
        return _written(level, levels, counts)

    def _resolved(self, abstract: str) -> str:
        """The definition itself, where this one only names a style that has it."""
        if (style := self._links.get(abstract)) and (name := self._linked(style)) in self._lists:
            other = self._lists[name].abstract
            return other if other not in self._links else abstract
        return abstract


def _written(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    if level.format == "bullet":
        return ""

    def fill(hole: re.Match[str]) -> str:
        index = int(hole.group(1)) - 1
        other = levels.get(index)
        if other is None:
            return ""
        count = counts.get(index, other.start)
        return str(count) if level.legal else FORMATS.get(other.format, str)(count)

    text = _HOLE.sub(fill, level.text)
    return text + level.space if text else ""


def _level(element: Element) -> Level:
    def value(name: str, default: str) -> str:
        child = element.find(f"{W}{name}")
        return default if child is None else child.get(VAL, default)

    legal = element.find(f"{W}isLgl")
    return Level(
        start=_number(value("start", "0"), 0),
        format=value("numFmt", "decimal"),
        text=value("lvlText", ""),
        # The tab stop after a number is layout; a space is text.
        space=" " if value("suff", "tab") == "space" else "",
        restarts=value("lvlRestart", "1") != "0",
        legal=legal is not None and legal.get(VAL, "1") not in ("0", "false", "off"),
    )


def _index(element: Element) -> int:
    return _number(element.get(f"{W}ilvl"), 0)


def _number(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default
