"""What the styles of a Word document say of a paragraph: whether it is a heading, numbered, or hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlint.readers._numbering import VAL, W

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_OFF = ("0", "false", "off")
_MOST_ANCESTORS = 20


@dataclass(frozen=True, slots=True)
class Properties:
    """Properties of a paragraph; None where they are not set."""

    level: int | None = None
    """The level of a heading, from 1; 0 is a paragraph that is none."""
    list_name: str | None = None
    """The list (`w:numId`); "0" is none."""
    list_level: int | None = None
    hidden: bool | None = None

    def over(self, base: Properties) -> Properties:
        """These properties, and those of the base where they are not set."""
        return Properties(
            base.level if self.level is None else self.level,
            base.list_name if self.list_name is None else self.list_name,
            base.list_level if self.list_level is None else self.list_level,
            base.hidden if self.hidden is None else self.hidden,
        )


NOTHING = Properties()


class Styles:
    """The styles of a document by their names."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._resolved: dict[str, Properties] = {}
        self.default: str | None = None
        """The style of paragraphs that name none."""
        for style in () if root is None else root.iter(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._styles[name] = style
            if style.get(f"{W}default") in ("1", "true", "on") and style.get(f"{W}type") == "paragraph":
                self.default = name

    def of(self, name: str | None) -> Properties:
        """The properties that a style gives, its ancestors included."""
        if name is None:
            return NOTHING
        if name not in self._resolved:
            found, next_name = NOTHING, name
            for _ in range(_MOST_ANCESTORS):
                style = self._styles.get(next_name)
                if style is None:
                    break
                found = found.over(_of_style(style))
                base = style.find(f"{W}basedOn")
                if base is None:
                    break
                next_name = base.get(VAL, "")
            self._resolved[name] = found
        return self._resolved[name]

    def list_of(self, name: str) -> str | None:
        """The list that a style is linked to."""
        return self.of(name).list_name


def properties(element: Element | None) -> Properties:
    """The properties that a `w:pPr` sets itself."""
    if element is None:
        return NOTHING
    level = list_name = list_level = None
    for child in element:
        if child.tag == f"{W}outlineLvl":
            level = _level(child.get(VAL))
        elif child.tag == f"{W}numPr":
            for part in child:
                if part.tag == f"{W}numId":
                    list_name = part.get(VAL)
                elif part.tag == f"{W}ilvl":
                    list_level = int(part.get(VAL, "0")) if part.get(VAL, "").isdecimal() else 0
    return Properties(level, list_name, list_level)


def is_on(element: Element | None) -> bool:
    """Whether a switch such as `w:vanish` is there and on."""
    return element is not None and element.get(VAL, "1") not in _OFF


def _of_style(style: Element) -> Properties:
    own = properties(style.find(f"{W}pPr"))
    name = style.find(f"{W}name")
    heading = _HEADING.match("" if name is None else name.get(VAL, ""))
    hidden = style.find(f"{W}rPr/{W}vanish")
    return Properties(
        own.level if own.level is not None else int(heading.group(1)) if heading else None,
        own.list_name,
        own.list_level,
        None if hidden is None else is_on(hidden),
    )


def _level(text: str | None) -> int:
    """A heading level from an outline level, of which 9 is body text."""
    return int(text) + 1 if text and text.isdecimal() and int(text) < 9 else 0
