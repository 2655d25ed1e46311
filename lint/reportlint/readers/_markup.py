"""HTML source as events: by turbohtml where it is installed, else by the standard library, with the same result.

Offsets are code points of the source, whose line ends are `\\n`.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from typing import Protocol

from reportlint.document import line_starts


class Tag(Protocol):
    """A start tag."""

    def attr(self, name: str, /) -> str | None:
        """The value of an attribute, named in lower case: empty for one without a value, None where it is missing.

        Of two of the same name the first holds.
        """


class Sink(Protocol):
    """What takes the events of a source, in order."""

    def text(self, data: str, at: int) -> None:
        """A run of text that stands in the source as it is."""

    def reference(self, data: str, at: int, end: int) -> None:
        """A character reference and the text that it means."""

    def start(self, tag: str, node: Tag, at: int) -> None:
        """A start tag, its name in lower case."""

    def end(self, tag: str) -> None:
        """An end tag, its name in lower case."""


def parse(source: str, sink: Sink) -> None:
    """Send the events of the source to the sink."""
    try:
        parse_fast(source, sink)
    except ImportError:
        parse_slowly(source, sink)


def parse_fast(source: str, sink: Sink) -> None:
    """The events by turbohtml, which follows the tokenizer of the HTML standard. ImportError where it is missing."""
    from turbohtml import TokenType, tokenize

    starts = _by_number(source)
    text, start, end = sink.text, sink.start, sink.end
    text_type, start_type, end_type = TokenType.TEXT, TokenType.START_TAG, TokenType.END_TAG
    for token in tokenize(source, resolve_references=False):
        kind = token.type
        if kind is start_type:
            start(token.tag or "", token, starts[token.line] + token.col)
        elif kind is end_type:
            end(token.tag or "")
        elif kind is text_type:
            text(token.data or "", starts[token.line] + token.col)
        elif kind is TokenType.CHARACTER_REFERENCE:
            at = starts[token.line] + token.col
            sink.reference(token.data or "", at, at + len(token.source or "&"))


def parse_slowly(source: str, sink: Sink) -> None:
    """The events by the parser of the standard library."""
    parser = _Parser(source, sink)
    parser.feed(source)
    parser.close()


def _by_number(source: str) -> list[int]:
    """The offset of each line by its number from 1."""
    return [0, *line_starts(source)]


class _Tag:
    """A start tag that the standard library has read."""

    def __init__(self, attributes: Sequence[tuple[str, str | None]]) -> None:
        self._values = {name: value or "" for name, value in reversed(attributes)}

    def attr(self, name: str, /) -> str | None:
        return self._values.get(name)


class _Parser(HTMLParser):
    """The parser of the standard library with offsets instead of lines and columns."""

    def __init__(self, source: str, sink: Sink) -> None:
        super().__init__(convert_charrefs=False)
        self._source = source
        self._sink = sink
        self._starts = _by_number(source)
        self._raw: str | None = None

    def _at(self) -> int:
        line, column = self.getpos()
        return self._starts[line] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._sink.start(tag, _Tag(attrs), self._at())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # `<td/>` is `<td>` in HTML.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._sink.end(tag)

    def handle_data(self, data: str) -> None:
        self._sink.text(data, self._at())

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}", html.unescape)

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}", html.unescape)

    def _reference(self, source: str, meaning: Callable[[str], str]) -> None:
        at = self._at()
        end = at + len(source)
        if self._source[end : end + 1] == ";":
            end += 1
            source += ";"
        data = meaning(source)
        if data == source:
            self._sink.text(source, at)
        else:
            self._sink.reference(data, at, end)
