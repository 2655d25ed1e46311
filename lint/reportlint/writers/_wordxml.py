"""The main part of a Word document as it is written: where its paragraphs, runs and texts begin and end.

What is changed is cut into the bytes themselves, so that whatever else Word, WPS or LibreOffice put there stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

_TAG = re.compile(r"<(?P<end>/?)(?P<name>w:(?:p|r|t|rPr|pPr))(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(?P<empty>/?)>")
_CHARACTER = re.compile(r"&[^;&]{1,10};|[^&]|&", re.DOTALL)


@dataclass(slots=True)
class Element:
    """A stretch of the source from the beginning of a start tag to the end of the end tag, with its content inside."""

    start: int
    inner: int
    outer: int = -1
    """Where its end tag begins; where it is an empty element, the same as `inner`."""
    end: int = -1
    empty: bool = False


@dataclass(slots=True)
class Run(Element):
    """A `w:r`, and where its properties stand."""

    properties: tuple[int, int] | None = None
    texts: list[Element] = field(default_factory=list[Element])


@dataclass(slots=True)
class Text(Element):
    """A `w:t` and the run around it."""

    run: Run | None = None
    paragraph: int = -1


@dataclass(slots=True)
class Source:
    """The paragraphs and texts of a part, each in the order in which they begin."""

    xml: str
    paragraphs: list[Element]
    texts: list[Text]

    def characters(self, text: Text) -> list[tuple[int, int]]:
        """Where each character of a text stands in the source: an entity is one character."""
        return [found.span() for found in _CHARACTER.finditer(self.xml, text.inner, text.outer)]


def scan(xml: str) -> Source:
    """Find the elements. Raises ValueError where the tags do not match."""
    paragraphs: list[Element] = []
    texts: list[Text] = []
    open_paragraphs: list[int] = []
    runs: list[Run] = []
    open_text: Text | None = None
    properties: list[int] = []
    for found in _TAG.finditer(xml):
        name, ends, empty = found["name"], bool(found["end"]), bool(found["empty"])
        if name == "w:p":
            if ends:
                element = paragraphs[open_paragraphs.pop()]
                element.outer, element.end = found.span()
            else:
                paragraphs.append(Element(found.start(), found.end(), empty=empty))
                if empty:
                    paragraphs[-1].outer = paragraphs[-1].end = found.end()
                else:
                    open_paragraphs.append(len(paragraphs) - 1)
        elif name == "w:r" and not empty:
            if ends:
                run = runs.pop()
                run.outer, run.end = found.span()
            else:
                runs.append(Run(found.start(), found.end()))
        elif name == "w:rPr":
            if empty and runs and runs[-1].properties is None and found.start() == runs[-1].inner:
                runs[-1].properties = found.span()
            elif ends:
                start = properties.pop()
                if runs and start == runs[-1].inner:
                    runs[-1].properties = (start, found.end())
            elif not empty:
                properties.append(found.start())
        elif name == "w:t":
            if ends:
                if open_text is None:
                    raise ValueError("unmatched w:t")
                open_text.outer, open_text.end = found.span()
                open_text = None
                continue
            around = runs[-1] if runs else None
            inside = open_paragraphs[-1] if open_paragraphs else -1
            text = Text(found.start(), found.end(), run=around, paragraph=inside)
            texts.append(text)
            if around is not None:
                around.texts.append(text)
            if empty:
                text.empty = True
                text.outer = text.end = found.end()
            else:
                open_text = text
    if open_paragraphs or runs or open_text is not None:
        raise ValueError("unmatched tags")
    return Source(xml, paragraphs, texts)


def text_element(content: str, tag: str = "<w:t>") -> str:
    """A `w:t` with this content, which is escaped already; white space at its ends is kept."""
    if content[:1].isspace() or content[-1:].isspace():
        tag = tag if "xml:space" in tag else f'{tag[:-1]} xml:space="preserve">'
    return f"{tag}{content}</w:t>"


def run_element(text: str, properties: str = "") -> str:
    """A run with a text."""
    return f"<w:r>{properties}{text_element(escape(text))}</w:r>"
