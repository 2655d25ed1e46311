"""Word documents: review comments on the very words and cells, cut into the file as it is.

Where a comment may not stand (text boxes, fields, content controls bound to data), it stands around what holds the
words; where the words are no text of the file (the number of a list, an empty cell), in their paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.annotate import _comments as comments
from reportlint.annotate._marks import Marks
from reportlint.annotate.remarks import AUTHOR, Note, Remarks
from reportlint.errors import UsageError, words
from reportlint.readers.docx import read, traced


def write(name: str, data: bytes, remarks: Remarks) -> bytes:
    """The document with a comment for each note and one for the summary. Raises Unreadable and UsageError."""
    _, main, _ = traced(name, data)
    try:
        made = _annotated(name, comments.without_own(data, main), remarks)
    except (ValueError, KeyError) as error:
        raise _odd(name) from error
    if read(name, made).text != remarks.document.text:
        raise _odd(name)
    return made


def _odd(name: str) -> UsageError:
    return UsageError(
        words(
            f"{name}：文件的写法少见，加不上批注；请用 Word 或 WPS 另存为 docx 后再试",
            f"{name}: the file is written in an unusual way and takes no comments; save it as docx again with Word",
        )
    )


def _annotated(name: str, data: bytes, remarks: Remarks) -> bytes:
    document, main, origins = traced(name, data)
    package = comments.Package.of(data, main)
    marks = Marks(package[main], document, origins)
    first = comments.first_free(package)
    marks.put(first, remarks.title)
    said = {first: [f"{AUTHOR}{remarks('：', ': ')}{remarks.verdict}", *map(remarks.colon, remarks.summary())]}
    for number, note in enumerate(remarks.notes, first + 1):
        exact = marks.put(number, note.span)
        said[number] = [*_lines(note, remarks, exact=exact)]
    package[main] = marks.xml()
    comments.add(package, said)
    return package.bytes()


def _lines(note: Note, remarks: Remarks, *, exact: bool) -> Iterator[str]:
    yield remarks.head(note)
    if not exact:
        yield f"{remarks('位置', 'Where')}{remarks('：', ': ')}{note.finding.address}"
    yield from map(remarks.colon, remarks.lines(note))
