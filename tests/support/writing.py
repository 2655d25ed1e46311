"""A draft written out in one of the styles that reports are found in, with the place of everything in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from support.draft import Draft, Part
from support.grid import Place, lay_out
from support.page import Page, Piece
from support.styles import FURTHER, LOST, READABLE, STYLES, Style

__all__ = ["FURTHER", "LOST", "READABLE", "STYLES", "Written", "write"]


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a report and, for each named thing, the line and column at which it begins.

    The names: ("title", n), ("published",), ("para", section, n) with section 0 for the preface, ("heading", part),
    ("table", table), ("header", table, label or column key or label#n), ("row", table, row key),
    ("stub", table, label), ("cell", table, cell key), ("tail", n) and ("end",), the last line.
    """

    text: str
    places: Mapping[Place, tuple[int, int]]

    def line(self, place: Place) -> int:
        """The line that a thing begins in."""
        return self.places[place][0]


def write(draft: Draft, style: str) -> Written:
    """The draft in the style of that name."""
    manner = STYLES[style]
    page = Page()
    page.blank(manner.top)
    for index, title in enumerate(draft.title):
        _paragraph(page, manner, title, ("title", index))
    if draft.published is not None:
        page.line(Piece(draft.published, (("published",),)))
    if draft.title or draft.published is not None:
        page.blank(manner.after_title)
    for index, paragraph in enumerate(draft.preface):
        _paragraph(page, manner, paragraph, ("para", 0, index))
    for part in draft.parts:
        _part(page, manner, part)
    for index, line in enumerate(draft.tail):
        _paragraph(page, manner, line, ("tail", index))
    text = page.text
    return Written(text, {**page.places, ("end",): (text.count("\n") + 1, 1)})


def _part(page: Page, manner: Style, part: Part) -> None:
    if part.heading is not None:
        _paragraph(page, manner, part.heading, ("heading", part.number))
    for index, paragraph in enumerate(part.before):
        _paragraph(page, manner, paragraph, ("para", part.number, index))
    if part.table is not None:
        manner.table(page, lay_out(part.table))
        page.blank(manner.after_table)
    for index, paragraph in enumerate(part.after, start=len(part.before)):
        _paragraph(page, manner, paragraph, ("para", part.number, index))


def _paragraph(page: Page, manner: Style, text: str, name: Place) -> None:
    if manner.spaced:
        page.gap()
    page.line(Piece(text, (name,)))
