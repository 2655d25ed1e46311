"""Bytes to documents: one module per kind of file, each with `read(name, data) -> Document`.

A reader is imported when the first file of its kind is met. What the file is, its content says; see `detect`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from reportlint.document import Document
from reportlint.errors import Unreadable, words
from reportlint.readers.detect import kind_of

Reader = Callable[[str, bytes], Document]

READERS: dict[str, str] = {
    "txt": "reportlint.readers.txt",
    "md": "reportlint.readers.md",
    "html": "reportlint.readers.html",
    "docx": "reportlint.readers.docx",
    "pdf": "reportlint.readers.pdf",
    "xlsx": "reportlint.readers.xlsx",
    "office": "reportlint.readers.office",
}
"""The module of each kind."""

LIMIT = 64 * 1024 * 1024
"""The greatest size of a file in bytes."""


def read(name: str, data: bytes, extra: dict[str, Reader] | None = None) -> Document:
    """The document in these bytes. Raises Unreadable with the reason.

    `extra` are readers of plugins by kind; they come before the built-in ones.
    """
    if len(data) > LIMIT:
        limit = LIMIT >> 20
        raise Unreadable("RL005", words(f"文件超过 {limit} MB", f"the file is larger than {limit} MB"))
    kind = kind_of(name, data)
    reader = (extra or {}).get(kind)
    if reader is None:
        if kind not in READERS:
            raise Unreadable("RL002", words(f"不支持的文件类型：{kind}", f"kind of file not supported: {kind}"))
        reader = cast("Reader", import_module(READERS[kind]).read)
    return reader(name, data)
