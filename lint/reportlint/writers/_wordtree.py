"""A part of a Word document as a tree of elements that know where in the source they stand.

What is changed is cut into the source itself, so that whatever else Word, WPS or LibreOffice put there stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportlint.readers.docx import Origin

_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<(?P<end>/?)(?P<name>[A-Za-z_][\w.:-]*)(?P<more>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(?P<empty>/?)>",
    re.DOTALL,
)
_CHARACTER = re.compile(r"&[^;&]{1,10};|[^&]|&", re.DOTALL)


@dataclass(slots=True, eq=False)
class Node:
    """An element from the beginning of its start tag to the end of its end tag."""

    name: str
    start: int
    inner: int
    parent: Node | None
    outer: int = -1
    """Where its end tag begins; of an empty element, where it ends."""
    end: int = -1
    empty: bool = False
    children: list[Node] = field(default_factory=list["Node"])

    def up(self) -> Iterator[Node]:
        """What it stands in, from the inside out."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def all(self) -> Iterator[Node]:
        """What stands in it, at any depth, as it begins; the element itself first."""
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def child(self, name: str) -> Node | None:
        """The first child of that name."""
        return next((node for node in self.children if node.name == name), None)


def tree(xml: str) -> Node:
    """The root. Raises ValueError where the tags do not match."""
    document = Node("", 0, 0, None)
    here = document
    for found in _TAG.finditer(xml):
        name = found["name"]
        if name is None:
            continue
        if found["end"]:
            if here.name != name or here.parent is None:
                raise ValueError(f"unmatched {name}")
            here.outer, here.end = found.span()
            here = here.parent
            continue
        node = Node(name, found.start(), found.end(), here)
        here.children.append(node)
        if found["empty"]:
            node.empty = True
            node.outer = node.end = found.end()
        else:
            here = node
    if here is not document or len(document.children) != 1:
        raise ValueError("unmatched tags")
    return document.children[0]


def attribute(xml: str, node: Node, name: str) -> str | None:
    """An attribute of an element, as it is written."""
    found = re.search(rf"\s{re.escape(name)}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", xml[node.start : node.inner])
    return None if found is None else found[1] if found[1] is not None else found[2]


def characters(xml: str, text: Node) -> list[int]:
    """Where each character of a text stands in the source, and where the text ends: an entity is one character."""
    return [*(found.start() for found in _CHARACTER.finditer(xml, text.inner, text.outer)), text.outer]


class Texts:
    """The texts and paragraphs of a main part, and where in them the characters of the text view stand."""

    __slots__ = ("empty", "paragraphs", "places", "texts", "xml")

    def __init__(self, xml: str, origins: Sequence[Origin]) -> None:
        """Raises ValueError where the tags do not match, or are not those that the reader saw."""
        nodes = list(tree(xml).all())
        self.xml = xml
        self.texts = [node for node in nodes if node.name == "w:t"]
        self.paragraphs = [node for node in nodes if node.name == "w:p"]
        if any(origin.number is not None and origin.number >= len(self.texts) for origin in origins):
            raise ValueError("not the texts that were read")
        self.places: dict[int, tuple[int, int]] = {}
        """For a character of the text view the number of its text, and which of its characters it is."""
        self.empty: dict[int, int] = {}
        """Paragraphs without text, by where they stand in the text view."""
        for origin in origins:
            if not origin.text:
                self.empty.setdefault(origin.start, origin.paragraph)
            elif origin.number is not None:
                for at in range(len(origin.text)):
                    self.places[origin.start + at] = (origin.number, origin.at + at)


def unclosed(xml: str, node: Node) -> str:
    """The start tag of an element, as one of an element that has content."""
    tag = xml[node.start : node.inner]
    return f"{tag.removesuffix('>').rstrip().removesuffix('/').rstrip()}>" if node.empty else tag
