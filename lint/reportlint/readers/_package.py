"""Office files since 2007: zip archives of XML parts, opened with care."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from reportlint.errors import Unreadable, words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST_PART = 32 * 1024 * 1024
"""The greatest size of a part in bytes; the text of a long report takes under one million."""
LARGEST = 512 * 1024 * 1024
MOST_PARTS = 10_000

_FAULTS = (BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, NotImplementedError)
_DECLARATIONS = tuple(
    word.encode(codec) for word in ("<!DOCTYPE", "<!ENTITY") for codec in ("ascii", "utf-16-le", "utf-16-be")
)
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = tuple(
    (_STRICT + kind + b"/main", b"http://schemas.openxmlformats.org/" + kind + b"/2006/main")
    for kind in (b"wordprocessingml", b"drawingml")
)


class Package:
    """An opened file. Everything in it that is not as it should be is raised as Unreadable."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
            entries = self._zip.infolist()
        except _FAULTS as error:
            raise damaged() from error
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST:
            raise _too_large()
        self._sizes = {entry.filename: entry.file_size for entry in entries}
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable("RL003", words("文件设有密码；请去掉密码后再检查", "the file has a password; remove it"))

    def __contains__(self, part: str) -> bool:
        return part in self._sizes

    def inflate(self, suffix: str) -> None:
        """Unpack all parts of that kind once, so that what reads the file after us meets no bomb in them."""
        for part in self._sizes:
            if part.lower().endswith(suffix):
                self.read(part)

    def read(self, part: str) -> bytes | None:
        """The bytes of a part; None where there is no such part."""
        size = self._sizes.get(part)
        if size is None:
            return None
        if size > LARGEST_PART:
            raise _too_large()
        try:
            with self._zip.open(part) as file:
                data = file.read(LARGEST_PART + 1)
        except _FAULTS as error:
            raise damaged() from error
        if len(data) > LARGEST_PART:
            raise _too_large()
        return data

    def xml(self, part: str, without: re.Pattern[bytes] | None = None) -> Element | None:
        """The root of a part. Parts with declarations of their own are refused: they may hold bombs or name files.

        `without` are empty elements that do not matter; to leave them out saves half of the time to parse.
        """
        data = self.read(part)
        if data is None:
            return None
        if any(word in data for word in _DECLARATIONS):
            raise Unreadable("RL005", words("文件内含实体声明，拒绝读取", "the file declares entities and is refused"))
        if _STRICT in data:
            for strict, transitional in _TRANSITIONAL:
                data = data.replace(strict, transitional)
        if without is not None:
            try:
                return ElementTree.fromstring(without.sub(b"", data))
            except (ElementTree.ParseError, ValueError, LookupError):
                pass  # A `>` in an attribute, or damage: the whole part tells which.
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise damaged() from error


def damaged() -> Unreadable:
    """The fault of a file that is cut off or broken."""
    return Unreadable(
        "RL001",
        words(
            "文件已损坏或不完整（下载、传输中断？）；请重新获取",
            "the file is damaged or cut off (a broken download?); fetch it again",
        ),
    )


def _too_large() -> Unreadable:
    return Unreadable(
        "RL005", words("文件解压后异常庞大，拒绝读取", "the file is abnormally large when unpacked and is refused")
    )
