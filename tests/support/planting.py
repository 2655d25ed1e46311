"""A single defect to plant in a clean report: what it does, what must be found and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from support.clean import Figures, Kind, clean
from support.draft import Draft
from support.grid import Place
from support.writing import Written

YEAR = 2023


@dataclass(frozen=True, slots=True)
class Base:
    """The clean report that a defect is planted in."""

    year: int = YEAR
    kind: Kind = "bureau"
    figures: Figures = "small"


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing wrong in a report.

    `places` are the places that a finding may name, the best first. Besides the names of `Written` they may be
    ("words", section, words), the paragraph with these words, and ("part", number), a heading and its paragraphs.
    `follow` are codes that may be found as well. `traceless` stands in for code and places in the style in which a
    blank cell leaves no trace.
    """

    name: str
    code: str
    places: tuple[Place, ...]
    plant: Callable[[Draft], Draft]
    base: Base = Base()
    follow: frozenset[str] = frozenset()
    severity: str | None = None
    traceless: tuple[str, Place] | None = None

    def clean(self) -> Draft:
        """The report before."""
        return _clean(self.base)

    def spoilt(self) -> Draft:
        """The report after."""
        draft = self.plant(self.clean())
        if draft == self.clean():
            raise ValueError(f"{self.name} changes nothing")
        return draft

    def expected(self, style: str) -> tuple[str, tuple[Place, ...]]:
        """The code to be found in a style of writing, and the places it may name."""
        if style == "paragraphs" and self.traceless is not None:
            code, place = self.traceless
            return code, (place,)
        return self.code, self.places


ZERO = Base(figures="zero")
COUNTY = Base(kind="county")
TOWNSHIP = Base(kind="township")
TRIAL = Base(year=2020)


def positions(places: Iterable[Place], draft: Draft, written: Written) -> list[tuple[int, int]]:
    """The lines and columns at which these places begin in the written draft."""
    return [written.places[name] for place in places for name in _names(place, draft) if name in written.places]


@cache
def _clean(base: Base) -> Draft:
    return clean(base.year, kind=base.kind, figures=base.figures)


def _names(place: Place, draft: Draft) -> Iterator[Place]:
    match place:
        case ("words", int(section), str(words)):
            yield ("para", section, draft.index(section, words))
        case ("part", int(number)):
            yield ("heading", number)
            for index in range(len(draft.part(number).paragraphs)):
                yield ("para", number, index)
        case _:
            yield place
