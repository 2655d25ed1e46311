"""Annotated copies as a program of somebody else's sees them, and notes on any words of a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

from reportlint.annotate.remarks import Note, Remarks, remarks
from reportlint.document import Document, Span
from reportlint.engine import Linter
from reportlint.errors import words
from reportlint.finding import FileResult, Finding, Location

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMMENT = re.compile(r"<w:r(?: [^>]*)?><w:commentReference [^>]*/></w:r>|<w:commentRange(?:Start|End) [^>]*/>")


class Comment(NamedTuple):
    """A review comment of a Word document and the words it stands on."""

    author: str
    text: str
    on: str


def noted(linter: Linter, name: str, data: bytes) -> Remarks:
    """What is to be noted in a report."""
    report = linter.report(name, data)
    file = linter.check_report(report)
    return remarks(report, file, linter.result([file]), linter.hidden(report), "zh")


def notes_on(document: Document, spans: Sequence[Span | str]) -> Remarks:
    """Notes on any words or stretches of a document, whatever it says."""
    notes: list[Note] = []
    for number, wanted in enumerate(spans, 1):
        if isinstance(wanted, str):
            start = document.text.index(wanted)
            wanted = Span(start, start + len(wanted))
        begin, end = document.position(wanted.start), document.position(wanted.end)
        location = Location(document.name, begin.line, begin.column, end.line, end.column, "某处")
        says = words(f"问题{number}", f"problem {number}")
        notes.append(Note(number, Finding("T000", "test", "error", says, location, None), wanted))
    return Remarks(document, FileResult(document.name), tuple(notes), Span(0, 0), [], True)


def word_comments(data: bytes) -> list[Comment]:
    """The comments in order of their numbers, as python-docx reads them; each begins, ends and is named once."""
    import docx

    on = _anchored(data)
    comments: Any = docx.Document(BytesIO(data)).comments
    found = sorted(comments, key=lambda comment: comment.comment_id)
    assert sorted(on) == [comment.comment_id for comment in found]
    return [Comment(comment.author, comment.text, on[comment.comment_id]) for comment in found]


def _anchored(data: bytes) -> dict[int, str]:
    begun: dict[str, str] = {}
    ended: dict[str, str] = {}
    named: list[str] = []
    for element in ElementTree.fromstring(part(data)).iter():
        number = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            assert number not in begun
            assert number not in ended
            begun[number] = ""
        elif element.tag == f"{W}commentRangeEnd":
            ended[number] = begun.pop(number)
        elif element.tag == f"{W}commentReference":
            assert number in ended
            assert number not in named
            named.append(number)
        elif element.tag == f"{W}t":
            begun = {key: text + (element.text or "") for key, text in begun.items()}
    assert not begun
    assert sorted(named) == sorted(ended)
    return {int(number): text for number, text in ended.items()}


def part(data: bytes, name: str = "word/document.xml") -> str:
    """A part of a Word document."""
    with ZipFile(BytesIO(data)) as package:
        return package.read(name).decode()


def parts(data: bytes) -> dict[str, bytes]:
    """All parts of a Word document by name."""
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def unmarked(xml: str) -> str:
    """A main part without the marks of comments, runs that were parted put together again."""
    root = ElementTree.fromstring(_COMMENT.sub("", xml))
    for text in root.iter(f"{W}t"):
        text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    for holder in root.iter():
        runs = list(holder)
        for before, after in pairwise(runs):
            if before.tag == after.tag == f"{W}r" and _like(before, after):
                # The one behind takes what is before it, so that several are joined one by one.
                _join(before, after)
                holder.remove(before)
    return ElementTree.canonicalize(ElementTree.tostring(root))


def _like(before: ElementTree.Element, after: ElementTree.Element) -> bool:
    looks = [(run.attrib, *(ElementTree.tostring(own) for own in run.findall(f"{W}rPr"))) for run in (before, after)]
    return looks[0] == looks[1]


def _join(before: ElementTree.Element, after: ElementTree.Element) -> None:
    content = [child for child in before if child.tag != f"{W}rPr"]
    at = 1 if after.find(f"{W}rPr") is not None else 0
    if content and len(after) > at and content[-1].tag == after[at].tag == f"{W}t":
        last = content.pop()
        after[at].text = f"{last.text or ''}{after[at].text or ''}"
    for child in reversed(content):
        after.insert(at, child)
