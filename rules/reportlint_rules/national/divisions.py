"""Provinces, prefectures and counties by name, and which lies in which."""

from __future__ import annotations

from collections.abc import Iterator
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
def by_name() -> dict[str, tuple[Division, ...]]:
    """Every division by its name; several where a name is that of several."""
    data = tomli.loads((Path(__file__).parent / "places" / "divisions.toml").read_text(encoding="utf-8"))
    found: dict[str, list[Division]] = {}
    for division in _divisions(data["provinces"]):
        found.setdefault(division.name, []).append(division)
    return {name: tuple(divisions) for name, divisions in found.items()}


def _divisions(provinces: list[dict[str, str]]) -> Iterator[Division]:
    for province in provinces:
        yield Division(province["name"])
        for line in province["divisions"].split("\n"):
            prefecture, *counties = line.split() or ["-"]
            above: tuple[str, ...] = (province["name"],)
            if prefecture != "-":
                yield Division(prefecture, above)
                above = (*above, prefecture)
            for county in counties:
                yield Division(county, above)


def at(text: str, end: int) -> str:
    """The longest name of a division that ends at a character of a text; empty where none does."""
    names = by_name()
    for length in _lengths().get(text[max(0, end - 2) : end], ()):
        if length <= end and text[end - length : end] in names:
            return text[end - length : end]
    return ""


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the names are that end with two characters, the longest first: few have the same ending."""
    found: dict[str, set[int]] = {}
    for name in by_name():
        found.setdefault(name[-2:], set()).add(len(name))
    return {ending: tuple(sorted(lengths, reverse=True)) for ending, lengths in found.items()}


@cache
def _by_beginning() -> dict[str, tuple[Division, ...]]:
    """Every division by the first two characters of its name."""
    found: dict[str, list[Division]] = {}
    for divisions in by_name().values():
        for division in divisions:
            found.setdefault(division.name[:2], []).append(division)
    return {beginning: tuple(divisions) for beginning, divisions in found.items()}


@lru_cache(maxsize=1024)
def own(agency: str) -> tuple[Division, ...]:
    """The lowest divisions that the name of an agency begins with, by whole names or as they are said."""
    chosen: tuple[Division, ...] = ()
    while True:
        said, found = "", list[Division]()
        for division in _by_beginning().get(agency[:2], ()):
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
