"""The ways in which a report can be written as a file: as text with tables of each readable style, and by kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from support.draft import Draft
from support.files import docx, html, md, pdf, xlsx
from support.writing import READABLE, write

Way = tuple[str, Callable[[Draft], bytes]]
"""A file name of the kind, and what writes it."""


def as_text(style: str, draft: Draft) -> bytes:
    """A report as text, its tables in this style."""
    return write(draft, style).text.encode()


WAYS: dict[str, Way] = {
    **{style: ("报告.txt", partial(as_text, style)) for style in READABLE},
    "md": ("报告.md", md.write),
    "html": ("报告.html", html.write),
    "docx": ("报告.docx", docx.write),
    "pdf": ("报告.pdf", pdf.write),
    "xlsx": ("报告.xlsx", xlsx.write),
}
