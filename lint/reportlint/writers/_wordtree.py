"""A part of a Word document as a tree of elements that know where in the source they stand.

Where `_wordxml` finds texts and runs, this finds what is around them: a mark may stand in a paragraph, not in a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

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
