"""A draft written into the kinds of file that reports come in, one module per kind, each with `write(draft)`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from support.draft import Draft
from support.grid import Grid, lay_out


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: a title, a heading or a line of prose."""

    role: str
    text: str


def items(draft: Draft) -> Iterator[Text | Grid]:
    """What a draft prints, from top to bottom."""
    for title in draft.title:
        yield Text("title", title)
    if draft.published is not None:
        yield Text("line", draft.published)
    for paragraph in draft.preface:
        yield Text("line", paragraph)
    for part in draft.parts:
        if part.heading is not None:
            yield Text("heading", part.heading)
        yield from (Text("line", paragraph) for paragraph in part.before)
        if part.table is not None:
            yield lay_out(part.table)
        yield from (Text("line", paragraph) for paragraph in part.after)
    for line in draft.tail:
        yield Text("line", line)
