"""The marks of comments in the main part of a Word document: where in its source each may begin, end and be named."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from reportlint.document import Document, Span
from reportlint.readers.docx import Origin
from reportlint.writers._wordtree import Node, Texts, characters, unclosed
from reportlint.writers.docx import spliced

_OPEN = frozenset(
    f"w:{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "bdo", "dir")
)
"""What a comment may begin or end in, between a run and its paragraph."""
_BOUND = frozenset(
    (
        "w:text",
        "w:dataBinding",
        "w:date",
        "w:dropDownList",
        "w:comboBox",
        "w:picture",
        "w14:checkbox",
        "w15:dataBinding",
    )
)
"""Kinds of content controls whose content is made anew from elsewhere, or may be nothing but text."""


class Marks:
    """The marks of comments in the main part, by where in its source they go."""

    def __init__(self, xml: str, document: Document, origins: Sequence[Origin]) -> None:
        self._xml = xml
        self._document = document
        main = Texts(xml, origins)
        self._texts, self._paragraphs = main.texts, main.paragraphs
        self._places, self._empty = main.places, main.empty
        if not self._paragraphs:
            raise ValueError("no paragraphs")
        self._origins = sorted(origins, key=lambda origin: origin.start)
        self._splits: dict[int, set[int]] = defaultdict(set)
        """At which characters texts are parted, by the number of the text."""
        self._between: dict[int, Node] = {}
        """Runs that are parted between their texts, by where."""
        self._starts: dict[int, list[int]] = defaultdict(list)
        self._ends: dict[int, list[int]] = defaultdict(list)
        self._references: dict[int, list[int]] = defaultdict(list)
        self._points: dict[int, list[int]] = defaultdict(list)

    def put(self, number: int, span: Span) -> bool:
        """Put a comment on a stretch of the text view; whether it stands on these very words."""
        places = self._words(span)
        if not places:
            self._around(number, self._paragraph(span.start))
            return False
        (first, start), (last, end) = places[0], places[-1]
        before, after = self._held(first), self._held(last)
        if before is None or after is None:
            outer = self._outermost(first)
            self._starts[outer.start].append(number)
            self._ends[outer.end].append(number)
            self._references[outer.end].append(number)
            return False
        self._starts[self._left(first, start)].append(number)
        at = self._right(last, end)
        self._ends[at].append(number)
        self._references[at if after.name == "w:r" else after.end].append(number)
        return True

    # Where the words stand.

    def _words(self, span: Span) -> list[tuple[int, int]]:
        """The characters of a stretch that are text of the file, as far as they stand in one paragraph."""
        if span.end <= span.start:
            if span.start in self._empty:
                return []
            # What is missing is missing behind or before a character.
            span = (
                Span(span.start - 1, span.start) if span.start - 1 in self._places else Span(span.start, span.start + 1)
            )
        found = [self._places[offset] for offset in range(*span) if offset in self._places]
        if not found:
            return []
        home = _paragraph(self._texts[found[0][0]])
        return [place for place in found if _paragraph(self._texts[place[0]]) is home]

    def _paragraph(self, offset: int) -> Node:
        """The paragraph of the main part that is nearest to a place."""
        if offset in self._empty:
            return self._paragraphs[self._empty[offset]]
        at = bisect_right(self._origins, offset, key=lambda origin: origin.start) - 1
        near = self._origins[max(at, 0)] if self._origins else None
        if near is None or offset > near.start + len(near.text):
            near = self._naming(offset) or near
        return self._paragraphs[near.paragraph if near is not None else 0]

    def _naming(self, offset: int) -> Origin | None:
        """The beginning of the paragraph that names the footnote in which a place stands."""
        block = self._document.block_at(offset)
        if block is None or block.place is None:
            return None
        starts = {origin.start: origin for origin in reversed(self._origins)}
        for other in self._document.paragraphs():
            if (
                other.place is not None
                and other.place.paragraph == block.place.paragraph
                and other.span.start in starts
            ):
                return starts[other.span.start]
        return None

    # Where marks may stand.

    def _held(self, text: int) -> Node | None:
        """What of its paragraph holds a text, where a mark may stand beside its run; else None."""
        run = self._texts[text].parent
        if run is None or run.name != "w:r":
            return None
        top = run
        for node in run.up():
            if node.name == "w:p":
                return None if any(outer.name == "w:p" for outer in node.up()) else top
            if node.name not in _OPEN or _is_bound(node):
                return None
            top = node
        return None

    def _outermost(self, text: int) -> Node:
        """What holds a text in the outermost paragraph around it."""
        chain = [self._texts[text], *self._texts[text].up()]
        last = max(at for at, node in enumerate(chain) if node.name == "w:p")
        return chain[last - 1]

    def _around(self, number: int, paragraph: Node) -> None:
        """Put a comment around all of a paragraph; around what holds it, where that is a text box."""
        outer = [node for node in paragraph.up() if node.name == "w:p"]
        if outer:
            chain = [paragraph, *paragraph.up()]
            holder = chain[chain.index(outer[-1]) - 1]
            start, end = holder.start, holder.end
        elif paragraph.empty:
            self._points[paragraph.start].append(number)
            return
        else:
            properties = paragraph.child("w:pPr")
            start, end = properties.end if properties is not None else paragraph.inner, paragraph.outer
        if start == end:
            self._points[start].append(number)
            return
        self._starts[start].append(number)
        self._ends[end].append(number)
        self._references[end].append(number)

    def _left(self, text: int, at: int) -> int:
        """Where in the source a mark before a character goes."""
        node = self._texts[text]
        run = node.parent
        assert run is not None
        if at > 0:
            return self._split(text, at)
        if next(child for child in run.children if child.name != "w:rPr") is node:
            return run.start
        self._between[node.start] = run
        return node.start

    def _right(self, text: int, at: int) -> int:
        """Where in the source a mark behind a character goes."""
        node = self._texts[text]
        run = node.parent
        assert run is not None
        if at + 1 < len(characters(self._xml, node)) - 1:
            return self._split(text, at + 1)
        if run.children[-1] is node:
            return run.end
        self._between[node.end] = run
        return node.end

    def _split(self, text: int, at: int) -> int:
        self._splits[text].add(at)
        return characters(self._xml, self._texts[text])[at]

    # The source with the marks.

    def xml(self) -> str:
        """The part with all the marks that were put."""
        cuts: dict[int, tuple[int, str]] = {}
        spots = {*self._starts, *self._ends, *self._references, *self._points}
        empty = {node.start: node for node in self._paragraphs if node.empty}
        for at in spots:
            cuts[at] = (at, self._marks(at))
            if at in empty and at in self._points:
                node = empty[at]
                cuts[at] = (node.end, f"{unclosed(self._xml, node)}{self._marks(at)}</w:p>")
            elif (run := self._between.get(at)) is not None:
                cuts[at] = (at, f"</w:r>{self._marks(at)}{self._reopened(run)}")
        for text, splits in self._splits.items():
            self._parted(text, sorted(splits), cuts)
        return spliced(self._xml, [(start, end, new) for start, (end, new) in cuts.items()])

    def _marks(self, at: int) -> str:
        ended = "".join(f'<w:commentRangeEnd w:id="{number}"/>' for number in self._ends[at])
        named = "".join(map(_reference, self._references[at]))
        points = "".join(
            f'<w:commentRangeStart w:id="{number}"/><w:commentRangeEnd w:id="{number}"/>{_reference(number)}'
            for number in self._points[at]
        )
        begun = "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in self._starts[at])
        return f"{ended}{named}{points}{begun}"

    def _reopened(self, run: Node) -> str:
        properties = run.child("w:rPr")
        own = self._xml[properties.start : properties.end] if properties is not None else ""
        return f"{self._xml[run.start : run.inner]}{own}"

    def _parted(self, text: int, splits: list[int], cuts: dict[int, tuple[int, str]]) -> None:
        """Part a text and its run; a part that begins or ends with white space because of it keeps that."""
        node = self._texts[text]
        run = node.parent
        assert run is not None
        at = characters(self._xml, node)
        edges = [0, *splits, len(at) - 1]
        tag = self._xml[node.start : node.inner]
        tags: list[str] = []
        for number in range(len(edges) - 1):
            begins = number > 0 and self._xml[at[edges[number]]].isspace()
            ends = number + 2 < len(edges) and self._xml[at[edges[number + 1] - 1]].isspace()
            kept = (begins or ends) and "xml:space" not in tag
            tags.append(f'{tag[:-1].rstrip()} xml:space="preserve">' if kept else tag)
        if tags[0] != tag:
            # What may stand before the text is put before its tag.
            end, before = cuts.get(node.start, (node.start, ""))
            cuts[node.start] = (max(end, node.inner), before + tags[0])
        for number, split in enumerate(splits, 1):
            cuts[at[split]] = (at[split], f"</w:t></w:r>{self._marks(at[split])}{self._reopened(run)}{tags[number]}")


def _reference(number: int) -> str:
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


def _paragraph(text: Node) -> Node | None:
    return next((node for node in text.up() if node.name == "w:p"), None)


def _is_bound(node: Node) -> bool:
    """Whether a content control holds nothing that marks may stand in."""
    properties = node.child("w:sdtPr") if node.name == "w:sdt" else None
    return properties is not None and any(child.name in _BOUND for child in properties.children)
