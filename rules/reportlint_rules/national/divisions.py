"""Provinces, prefectures and counties by name, and which lies in which."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import tomli

SUFFIXES = (
    "自治州",
    "自治县",
    "自治旗",
    "自治区",
    "特别行政区",
    "地区",
    "林区",
    "新区",
    "矿区",
    "省",
    "市",
    "州",
    "县",
    "区",
    "盟",
    "旗",
)
"""How names of divisions end, the longest first."""


LONGEST = 16
"""How many characters the longest name has, and one more."""
_FILE = Path(__file__).parent / "places" / "divisions.toml"


class Division(NamedTuple):
    """A province, prefecture or county; `above` are the divisions that it lies in, the highest first."""

    name: str
    above: tuple[str, ...] = ()

    @property
    def line(self) -> tuple[str, ...]:
        """Itself and what it lies in."""
        return (*self.above, self.name)

    @property
    def short(self) -> str:
        """The name as it is said: 昌吉 for 昌吉回族自治州, 平阴 for 平阴县; as it is where nothing would be left."""
        end = next((end for end in SUFFIXES if self.name.endswith(end)), "")
        stem = self.name.removesuffix(end)
        if end in ("自治州", "自治县", "自治旗") or self.name in (
            "新疆维吾尔自治区",
            "宁夏回族自治区",
            "广西壮族自治区",
        ):
            for people in _PEOPLES:
                stem = stem.replace(people, "")
        return stem if len(stem) >= 2 else self.name

    def said_in(self, text: str) -> str:
        """What a text begins with where it begins with this division: 昌吉州, 新疆; empty where it does not."""
        if text.startswith(self.name):
            return self.name
        short = self.short
        if not text.startswith(short):
            return ""
        level = text[len(short) : len(short) + 1]
        return short + level if level and self.name.endswith(level) else short if not self.above else ""


_PEOPLES = (
    *(
        "柯尔克孜",
        "哈萨克",
        "维吾尔",
        "蒙古族",
        "蒙古",
        "回族",
        "藏族",
        "苗族",
        "侗族",
        "壮族",
        "瑶族",
        "彝族",
        "白族",
        "傣族",
        "景颇族",
    ),
    *(
        "哈尼族",
        "土家族",
        "布依族",
        "朝鲜族",
        "满族",
        "羌族",
        "黎族",
        "土族",
        "撒拉族",
        "傈僳族",
        "纳西族",
        "拉祜族",
        "佤族",
        "畲族",
    ),
)


@cache
def named(name: str) -> tuple[Division, ...]:
    """The divisions of that name; several where it is that of several."""
    return tuple(_divisions(name.__eq__))


@cache
def _beginning(characters: str) -> tuple[Division, ...]:
    """The divisions whose names begin with these characters."""
    return tuple(_divisions(lambda name: name.startswith(characters)))


def _divisions(wanted: Callable[[str], bool]) -> Iterator[Division]:
    """The divisions with names that are wanted; the others, which are thousands, are never made."""
    for province in _provinces():
        if wanted(province["name"]):
            yield Division(province["name"])
        for line in province["divisions"].split("\n"):
            prefecture, *counties = line.split() or ["-"]
            above = (province["name"],) if prefecture == "-" else (province["name"], prefecture)
            if prefecture != "-" and wanted(prefecture):
                yield Division(prefecture, above[:1])
            yield from (Division(county, above) for county in counties if wanted(county))


def at(text: str, end: int) -> str:
    """The longest name of a division that ends at a character of a text; empty where none does."""
    if text[end - 2 : end] not in _tails():
        return ""
    names = _names()
    for start in range(max(0, end - LONGEST), end - 1):
        if text[start:end] in names:
            return text[start:end]
    return ""


@cache
def _names() -> frozenset[str]:
    """The names alone, which are all that most reports need."""
    provinces = _provinces()
    listed = " ".join(province["divisions"] for province in provinces).split()
    return frozenset((*listed, *(province["name"] for province in provinces)))


@cache
def _tails() -> frozenset[str]:
    """The last two characters of every name."""
    return frozenset([name[-2:] for name in _names()])


@cache
def _provinces() -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomli.loads(_FILE.read_text(encoding="utf-8"))["provinces"]
    return found


@lru_cache(maxsize=1024)
def own(agency: str) -> tuple[Division, ...]:
    """The lowest divisions that the name of an agency begins with, by whole names or as they are said."""
    chosen: tuple[Division, ...] = ()
    while True:
        said, found = "", list[Division]()
        for division in _beginning(agency[:2]):
            if chosen and not any(higher.name in division.above for higher in chosen):
                continue
            words = division.said_in(agency)
            if len(words) > len(said):
                said, found = words, []
            if words and len(words) == len(said):
                found.append(division)
        if not found:
            return chosen
        chosen, agency = tuple(found), agency[len(said) :]
