"""Word documents: their XML, walked by hand, because no library shows what a reader of the printed page sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from reportlint.document import Document, Metadata
from reportlint.errors import ReportlintError, Unreadable, words
from reportlint.readers._numbering import Numbering, W
from reportlint.readers._package import Package, damaged
from reportlint.readers._word import Body, P, Piece, T, Trace
from reportlint.readers._wordstyle import Styles

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FORMATTING = re.compile(
    rb"<w:(?:rFonts|szCs|sz|lang|kern|color|shd|b|bCs|i|iCs|u|jc|spacing|ind|widowControl|suppressLineNumbers|keepNext"
    rb"|keepLines|snapToGrid|adjustRightInd|autoSpaceD[EN]|top|left|bottom|right|insideH|insideV|start|end|tcW|tblW|vAlign"
    rb"|trHeight|tblLayout|noWrap|tblStyle|tblInd)(?: [^>]*)?/>"
)
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def read(name: str, data: bytes) -> Document:
    """The document; `text` is the view that this reader writes. Raises Unreadable."""
    return read_as(name, data, "docx")


def read_as(name: str, data: bytes, kind: str) -> Document:
    """The document under the name of the kind that it was converted from."""
    try:
        return _read(name, data, kind)
    except ReportlintError:
        raise
    except (RecursionError, MemoryError) as error:
        raise Unreadable("RL005", words("文档结构异常", "the document is of an abnormal structure")) from error
    except Exception as error:
        raise damaged() from error


class Origin(NamedTuple):
    """Where a stretch of the text view stands in the main part: `w:t` and `w:p` are numbered from 0 as they begin.

    `number` is None for characters that stand in no `w:t`; a trace without text is a paragraph that can take some.
    """

    start: int
    text: str
    number: int | None
    at: int
    """The character of the `w:t` that the stretch begins with."""
    paragraph: int


def traced(name: str, data: bytes) -> tuple[Document, str, list[Origin]]:
    """The document, its main part, and where in it the text view comes from. Raises Unreadable."""
    origins: list[Origin] = []
    document = _read(name, data, "docx", origins)
    return document, _main_part(Package(data)), origins


def _read(name: str, data: bytes, kind: str, origins: list[Origin] | None = None) -> Document:
    package = Package(data)
    main = _main_part(package)
    root = package.xml(main, _FORMATTING)
    body = None if root is None else root.find(f"{W}body")
    if root is None or body is None:
        raise Unreadable("RL001", words("不是 Word 文档，或缺少正文", "not a Word document, or it has no body"))
    folder = main.rpartition("/")[0] + "/"
    styles = Styles(package.xml(f"{folder}styles.xml"))
    numbering = Numbering(package.xml(f"{folder}numbering.xml"), styles.list_of)
    walk = Body(styles, numbering, traces=None if origins is None else [])
    walk.write(body)
    if walk.notes:
        walk.write_notes(package.xml(f"{folder}footnotes.xml"), "footnote")
    if origins is not None:
        origins += _origins(root, walk.traces or [])
    return Document(name, kind, walk.view.text, tuple(walk.view.blocks), metadata=_metadata(package))


def _origins(root: Element, traces: list[Trace]) -> Iterator[Origin]:
    texts = {id(element): number for number, element in enumerate(root.iter(T))}
    paragraphs = {id(element): number for number, element in enumerate(root.iter(P))}
    for trace in traces:
        paragraph = paragraphs[id(trace.paragraph)]
        at = trace.start
        for piece in trace.pieces or (Piece(""),):
            number = None if piece.element is None else texts[id(piece.element)]
            yield Origin(at, piece.text, number, piece.at, paragraph)
            at += len(piece.text)


def _main_part(package: Package) -> str:
    if "word/document.xml" in package:
        return "word/document.xml"
    relations = package.xml("_rels/.rels")
    for relation in () if relations is None else relations.iter(f"{_PACKAGE}Relationship"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def _metadata(package: Package) -> Metadata:
    """The title, where it is one of a report: templates and converters leave anything there."""
    core = package.xml("docProps/core.xml")
    title = None if core is None else core.find(f"{_DUBLIN_CORE}title")
    text = "" if title is None else (title.text or "").strip()
    return Metadata(title=text if "报告" in text else None)
