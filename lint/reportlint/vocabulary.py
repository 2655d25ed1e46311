"""The words by which a report is understood, as data of a pack: titles, kinds of agency, dates, page residue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, cast

from reportlint.report import AgencyKind, Level


class KindWords(NamedTuple):
    """A kind of agency, and a pattern at the end of its name."""

    kind: AgencyKind
    pattern: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Patterns apply to folded text."""

    titles: tuple[str, ...] = ()
    """The fixed words of a title, the longest first."""
    published: tuple[str, ...] = ()
    """Labels before a date of publication."""
    period: str = "统计"
    """What is said to have a period of statistics."""
    organisation: str = ""
    """Endings of the names of agencies, as alternatives of a pattern."""
    kinds: tuple[KindWords, ...] = ()
    levels: Mapping[Level, re.Pattern[str]] = field(default_factory=dict["Level", "re.Pattern[str]"])
    residue: tuple[str, ...] = ()
    """Patterns of whole lines that belong to the page around a report."""

    @cached_property
    def title_pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(map(re.escape, self.titles), key=len, reverse=True)) or r"(?!)")

    @cached_property
    def published_pattern(self) -> re.Pattern[str]:
        return re.compile(f"(?:{'|'.join(map(re.escape, self.published)) or '(?!)'})[:为]?")

    @cached_property
    def organisation_end(self) -> re.Pattern[str]:
        return re.compile(f"(?:{self.organisation or '(?!)'})$")

    @cached_property
    def residue_pattern(self) -> re.Pattern[str]:
        return re.compile(f"(?:{'|'.join(self.residue) or '(?!)'})")

    def kind_of(self, agency: str) -> AgencyKind | None:
        """The kind of agency that a name tells; None where it tells none."""
        return next((words.kind for words in self.kinds if words.pattern.search(agency)), None)

    def level_of(self, agency: str) -> Level | None:
        """The level of government that a name tells."""
        return next((level for level, pattern in self.levels.items() if pattern.search(agency)), None)


def parse(data: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary in a parsed TOML file that its schema has accepted."""
    levels = cast("Mapping[Level, str]", data.get("levels", {}))
    return Vocabulary(
        titles=tuple(data.get("titles", ())),
        published=tuple(data.get("published", ())),
        period=data.get("period", "统计"),
        organisation="|".join(data.get("organisation", ())),
        kinds=tuple(KindWords(item["kind"], re.compile(item["pattern"])) for item in data.get("kinds", ())),
        levels={level: re.compile(pattern) for level, pattern in levels.items()},
        residue=tuple(data.get("residue", ())),
    )
