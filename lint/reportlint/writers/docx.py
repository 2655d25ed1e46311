"""Word documents: in the runs that hold the words, with their formatting; every other part of the file is copied."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZipFile

from reportlint.errors import UsageError, words
from reportlint.finding import FileEdit
from reportlint.readers.docx import traced
from reportlint.writers import Written
from reportlint.writers._wordtree import Node, Texts, characters, unclosed


def write(name: str, data: bytes, edits: Sequence[FileEdit]) -> Written:
    """The document with the edits made. Raises Unreadable, and UsageError where its source is unusual."""
    _, part, origins = traced(name, data)
    try:
        with ZipFile(BytesIO(data)) as package:
            changes = _Changes(Texts(package.read(part).decode("utf-8"), origins))
    except ValueError as error:
        raise UsageError(
            words(
                f"{name}：文件的写法少见，不能自动改写；请用 Word 或 WPS 另存为 docx 后再试",
                f"{name}: the file is written in an unusual way and cannot be mended; save it as docx again with Word",
            )
        ) from error
    refused = tuple(edit for edit in edits if not changes.make(edit))
    return Written(with_parts(data, {part: changes.xml().encode()}) if len(refused) < len(edits) else data, refused)


class _Changes:
    """What is to be done to the texts of a document."""

    def __init__(self, document: Texts) -> None:
        self._document = document
        self._edits: dict[int, list[tuple[int, int, str]]] = {}
        self._filled: dict[int, str] = {}

    def make(self, edit: FileEdit) -> bool:
        """Note an edit; whether it can be made."""
        gone = [self._document.places.get(offset) for offset in range(edit.start, edit.end)]
        if not gone:
            return self._insert(edit)
        places = [place for place in gone if place is not None]
        if len(places) != len(gone):
            return False
        # What is put in goes where the first of the old characters was.
        text = edit.text
        while places:
            number, start = places[0]
            end = start
            while places and places[0] == (number, end):
                places.pop(0)
                end += 1
            self._edits.setdefault(number, []).append((start, end, text))
            text = ""
        return True

    def _insert(self, edit: FileEdit) -> bool:
        """Put text behind the character before a place, else before the one behind it, else into an empty paragraph."""
        if not edit.text:
            return True
        if (before := self._document.places.get(edit.start - 1)) is not None and edit.start not in self._document.empty:
            number, at = before
            self._edits.setdefault(number, []).append((at + 1, at + 1, edit.text))
        elif (behind := self._document.places.get(edit.start)) is not None:
            number, at = behind
            self._edits.setdefault(number, []).append((at, at, edit.text))
        elif edit.start in self._document.empty:
            self._filled[self._document.empty[edit.start]] = edit.text
        else:
            return False
        return True

    def xml(self) -> str:
        """The part with all that was noted."""
        xml = self._document.xml
        cuts: list[tuple[int, int, str]] = []
        for number, edits in self._edits.items():
            text = self._document.texts[number]
            cuts.append((text.start, text.end, _text(self._content(text, edits), unclosed(xml, text))))
        for number, filling in self._filled.items():
            paragraph = self._document.paragraphs[number]
            run = f"<w:r>{_text(escape(filling))}</w:r>"
            if paragraph.empty:
                cuts.append((paragraph.start, paragraph.end, f"{unclosed(xml, paragraph)}{run}</w:p>"))
            else:
                cuts.append((paragraph.outer, paragraph.outer, run))
        return spliced(xml, cuts)

    def _content(self, text: Node, edits: list[tuple[int, int, str]]) -> str:
        at = [start - text.inner for start in characters(self._document.xml, text)]
        cuts = [(at[start], at[end], escape(new)) for start, end, new in edits]
        return spliced(self._document.xml[text.inner : text.outer], cuts)


def _text(content: str, tag: str = "<w:t>") -> str:
    """A `w:t` with this content, which is escaped already; white space at its ends is kept."""
    if (content[:1].isspace() or content[-1:].isspace()) and "xml:space" not in tag:
        tag = f'{tag[:-1]} xml:space="preserve">'
    return f"{tag}{content}</w:t>"


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
