"""Text of a file replaced where a reader found it, and not a byte besides: one module per kind of file.

A writer is `write(name, data, edits)`: the new bytes, and the edits that it could not make (a number that Word counts,
words with markup between). What is changed is made as small as possible before a writer sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple, cast

from reportlint.errors import UsageError, words
from reportlint.finding import FileEdit


class Written(NamedTuple):
    """The new bytes of a file, and the edits that could not be made."""

    data: bytes
    refused: tuple[FileEdit, ...]


Write = Callable[[str, bytes, Sequence[FileEdit]], Written]

WRITERS: dict[str, str] = {
    "txt": "reportlint.writers.text",
    "md": "reportlint.writers.text",
    "html": "reportlint.writers.html",
    "docx": "reportlint.writers.docx",
}
"""The module of each kind of file that can be written back."""


def writer(kind: str | None, name: str) -> Write:
    """What writes a kind of file. Raises UsageError where it cannot be written back."""
    if kind not in WRITERS:
        known = "、".join(WRITERS)
        raise UsageError(
            words(
                f"{name}：{kind} 文件不能自动改写（能改写的有 {known}）；请改原稿",
                f"{name}: a {kind} file cannot be mended here (only {', '.join(WRITERS)}); mend what it was made from",
            )
        )
    return cast("Write", import_module(WRITERS[kind]).write)


def least(text: str, edit: FileEdit) -> FileEdit:
    """The edit without the characters that it leaves as they are at its ends."""
    old, new = text[edit.start : edit.end], edit.text
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[len(old) - 1 - tail] == new[len(new) - 1 - tail]:
        tail += 1
    return FileEdit(edit.start + head, edit.end - tail, new[head : len(new) - tail])
