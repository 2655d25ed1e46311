"""Word documents: in the runs that hold the words, with their formatting; every other part of the file is copied."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZipFile

from reportlint.finding import FileEdit
from reportlint.readers.docx import Origin, traced
from reportlint.writers import Written
from reportlint.writers._wordxml import Source, Text, run_element, scan, text_element

Place = tuple[int, int]
"""A character of a text: the number of its `w:t`, and which of its characters it is."""


def write(name: str, data: bytes, edits: Sequence[FileEdit]) -> Written:
    """The document with the edits made. Raises Unreadable."""
    _, part, origins = traced(name, data)
    with ZipFile(BytesIO(data)) as package:
        xml = package.read(part).decode("utf-8")
    source = scan(xml)
    changes = _Changes(source, origins)
    refused = tuple(edit for edit in edits if not changes.make(edit))
    return Written(with_parts(data, {part: changes.xml().encode()}) if len(refused) < len(edits) else data, refused)


class _Changes:
    """What is to be done to the texts of a document."""

    def __init__(self, source: Source, origins: Sequence[Origin]) -> None:
        self._source = source
        self._places: dict[int, Place] = {}
        self._empty: dict[int, int] = {}
        """Paragraphs without text, by where they stand in the text view."""
        for origin in origins:
            if not origin.text:
                self._empty.setdefault(origin.start, origin.paragraph)
            elif origin.number is not None:
                for at in range(len(origin.text)):
                    self._places[origin.start + at] = (origin.number, origin.at + at)
        self._edits: dict[int, list[tuple[int, int, str]]] = {}
        self._filled: dict[int, str] = {}

    def make(self, edit: FileEdit) -> bool:
        """Note an edit; whether it can be made."""
        gone = [self._places.get(offset) for offset in range(edit.start, edit.end)]
        places = [place for place in gone if place is not None]
        if len(places) != len(gone):
            return False
        if not places:
            return self._insert(edit)
        first, at = places[0]
        last = at
        while places and places[0] == (first, last):
            places.pop(0)
            last += 1
        self._edits.setdefault(first, []).append((at, last, edit.text))
        while places:
            number, start = places[0]
            end = start
            while places and places[0] == (number, end):
                places.pop(0)
                end += 1
            self._edits.setdefault(number, []).append((start, end, ""))
        return True

    def _insert(self, edit: FileEdit) -> bool:
        """Put text behind the character before a place, else before the one behind it, else into an empty paragraph."""
        if not edit.text:
            return True
        if (before := self._places.get(edit.start - 1)) is not None and edit.start not in self._empty:
            number, at = before
            self._edits.setdefault(number, []).append((at + 1, at + 1, edit.text))
        elif (behind := self._places.get(edit.start)) is not None:
            number, at = behind
            self._edits.setdefault(number, []).append((at, at, edit.text))
        elif edit.start in self._empty:
            self._filled[self._empty[edit.start]] = edit.text
        else:
            return False
        return True

    def xml(self) -> str:
        """The part with all that was noted."""
        source = self._source
        cuts: list[tuple[int, int, str]] = []
        for number, edits in self._edits.items():
            text = source.texts[number]
            cuts.append((text.start, text.end, text_element(self._content(text, edits), _tag(source, text))))
        for number, words in self._filled.items():
            paragraph = source.paragraphs[number]
            if paragraph.empty:
                tag = source.xml[paragraph.start : paragraph.end].rstrip("/>").rstrip()
                cuts.append((paragraph.start, paragraph.end, f"{tag}>{run_element(words)}</w:p>"))
            else:
                cuts.append((paragraph.outer, paragraph.outer, run_element(words)))
        return spliced(source.xml, cuts)

    def _content(self, text: Text, edits: list[tuple[int, int, str]]) -> str:
        characters = self._source.characters(text)
        starts = [start for start, _ in characters] + [text.outer]
        parts: list[str] = []
        at = text.inner
        for start, end, words in sorted(edits, key=lambda edit: edit[:2]):
            parts += (self._source.xml[at : starts[start]], escape(words))
            at = starts[end]
        return "".join([*parts, self._source.xml[at : text.outer]])


def _tag(source: Source, text: Text) -> str:
    tag = source.xml[text.start : text.inner]
    return f"{tag.rstrip('/>').rstrip()}>" if text.empty else tag


def spliced(text: str, cuts: Sequence[tuple[int, int, str]]) -> str:
    """A text with stretches of it replaced."""
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(cuts, key=lambda cut: cut[:2]):
        parts += (text[at:start], new)
        at = end
    return "".join([*parts, text[at:]])


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The package with parts replaced or added; the others, and their order and dates, as they are."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(out, "w") as new:
        names = package.namelist()
        for entry in package.infolist():
            new.writestr(entry, parts.get(entry.filename, package.read(entry.filename)), entry.compress_type)
        for name in (name for name in parts if name not in names):
            like = package.getinfo(names[0])
            entry = type(like)(name, like.date_time)
            new.writestr(entry, parts[name], like.compress_type)
    return out.getvalue()
