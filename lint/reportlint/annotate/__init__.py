"""Findings noted in a copy of the file itself: comments in Word, marks in a page, highlights in a PDF.

One module per kind of copy, each with `write(name, data, remarks)`: the bytes of the copy. What a copy says beside its
notes is what the file says; notes of an earlier copy are taken out first, so that noting twice is noting once.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePosixPath
from typing import cast

from reportlint.annotate.remarks import Remarks
from reportlint.errors import UsageError, words

Annotate = Callable[[str, bytes, Remarks], bytes]

COPIES: dict[str, tuple[str, str]] = {
    "docx": (".docx", "reportlint.annotate.docx"),
    "pdf": (".pdf", "reportlint.annotate.pdf"),
    "html": (".html", "reportlint.annotate.html"),
    "md": (".html", "reportlint.annotate.text"),
    "txt": (".html", "reportlint.annotate.text"),
}
"""The suffix of the copy of each kind of file, and the module that writes it."""
TEXT = "reportlint.annotate.text"
"""What shows any file that can be read as a page."""


def suffix(kind: str, name: str) -> str:
    """The suffix of the copy of a kind of file. Raises UsageError where it takes no notes."""
    if kind in COPIES:
        return COPIES[kind][0]
    raise UsageError(
        words(
            f"{name}：{kind} 文件不能加批注；请另存为 docx，再对 docx 加批注",
            f"{name}: notes cannot be put into a {kind} file: save it as docx and annotate that",
        )
    )


def annotator(kind: str, name: str, out: str) -> Annotate:
    """What writes a copy of that name: the suffix decides. Raises UsageError where there is no such copy."""
    given = PurePosixPath(out).suffix.lower()
    page = given in (".html", ".htm")
    if page and kind not in COPIES:
        return cast("Annotate", import_module(TEXT).write)
    wanted = suffix(kind, name)
    if page and wanted != ".html":
        return cast("Annotate", import_module(TEXT).write)
    if given != wanted and not page:
        raise UsageError(
            words(
                f"{out}：{kind} 文件加了批注是 {wanted} 文件，请这样命名",
                f"{out}: the annotated copy of a {kind} file is a {wanted} file: name it so",
            )
        )
    return cast("Annotate", import_module(COPIES[kind][1]).write)
