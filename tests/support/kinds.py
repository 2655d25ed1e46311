"""The kinds of file that a report is written in, with what each cannot carry, and a second opinion on their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from io import BytesIO
from typing import Any
from unicodedata import normalize

import docx as python_docx
import pypdfium2  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

import reportlint
from reportlint.document import Place
from reportlint.finding import Location
from support.draft import Draft
from support.files import docx, html, md, pdf, xlsx
from support.ways import as_text
from support.writing import READABLE


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it is written, how a place in it is looked up, and what it cannot carry."""

    file: str
    write: Callable[[Draft], bytes]
    look: Callable[[bytes, Place], str] | None = None
    """The words at a place of the file's own kind, by a library that reportlint does not use there."""
    prose: bool = True
    """Whether it holds anything but the tables."""
    cells: bool = True
    """Whether it has real cells; in text a blank one may be told apart only by counting, and then it is not read."""
    lost: Mapping[str, str] = field(default_factory=dict[str, str])
    """The defects, by name, with which the prose comes out differently, and why that is so."""


def _word(data: bytes, place: Place) -> str:
    """The paragraph of that number, or the cell, as python-docx finds it."""
    document: Any = python_docx.Document(BytesIO(data))
    if place.table is None:
        assert place.paragraph is not None
        return str(document.paragraphs[place.paragraph - 1].text)
    assert place.row is not None
    assert place.column is not None
    return str(document.tables[place.table - 1].cell(place.row - 1, place.column - 1).text)


def _page(data: bytes, place: Place) -> str:
    """The words that stand in the box on the page."""
    assert place.page is not None
    assert place.box is not None
    left, bottom, right, top = place.box
    document: Any = pypdfium2.PdfDocument(data)
    try:
        return str(document[place.page - 1].get_textpage().get_text_bounded(left, bottom, right, top))
    finally:
        document.close()


def _square(data: bytes, place: Place) -> str:
    """The text of the cell of the sheet."""
    assert place.row is not None
    assert place.column is not None
    sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(place.sheet or "")
    value: Any = sheet.to_python(skip_empty_area=False)[place.row - 1][place.column - 1]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


KINDS: dict[str, Kind] = {
    **{f"text, {style}": Kind("报告.txt", partial(as_text, style), cells=False) for style in READABLE},
    "md": Kind("报告.md", md.write),
    "md, labels once": Kind("报告.md", partial(md.write, repeated=False)),
    "html": Kind("报告.html", html.write),
    "html, framed": Kind("报告.html", partial(html.write, framed=True)),
    "docx": Kind("报告.docx", docx.write, _word),
    "pdf": Kind("报告.pdf", pdf.write, _page),
    "xlsx": Kind(
        "报告.xlsx",
        xlsx.write,
        _square,
        lost={"heading 5 missing": "a short line right below a table is a row of it for all that a sheet says"},
    ),
    "xlsx, a sheet each": Kind("报告.xlsx", partial(xlsx.write, apart=True), _square, prose=False),
}


TRACELESS = "text, paragraphs"
"""The kind in which a blank cell leaves no trace at all."""


def view(kind: Kind, data: bytes) -> str:
    """The text view of a report: what was decoded, or what its reader wrote, personal data masked."""
    return data.decode() if kind.look is None else reportlint.text(data, name=kind.file)


def words_at(location: Location, text: str) -> str:
    """The words from the one place to the other, bare of markup."""
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: location.line - 1]) + location.column - 1
    end = sum(len(line) + 1 for line in lines[: location.end_line - 1]) + location.end_column - 1
    return bare(unescape(re.sub(r"<[^>]*>", "", text[start:end])))


def bare(text: str) -> str:
    """The text without white space and the bars and dashes of tables, in half width."""
    return re.sub(r"[\s|]|-{3,}", "", normalize("NFKC", text))


def unmasked(text: str) -> str:
    """The text with all digits and asterisks alike, so that masked numbers are equal to what they were."""
    return re.sub(r"[\d*]", "0", text)
