"""A font that stands in for Chinese ones that a PDF does not carry and the machine does not have.

PDFium leaves out pieces of text whose font has no picture of them: on a server without Chinese fonts, single characters
of a table, or whole lines of a page that lies on its side, would be lost without a word. Nothing here is ever drawn, so
squares for characters are enough.
"""

from __future__ import annotations

import ctypes
from struct import pack
from typing import Any

_CHINESE, _TAIWANESE, _JAPANESE, _KOREAN = 134, 136, 128, 129
_CHARSETS = frozenset((_CHINESE, _TAIWANESE, _JAPANESE, _KOREAN))
"""How PDFium names the fonts of a language, by the charsets of Windows."""
_EM, _ASCENT, _DESCENT = 1000, 880, -120

_kept: list[object] = []
"""What PDFium calls, which must live as long as the process."""


def stand_in(raw: Any) -> None:
    """Have PDFium (`pypdfium2.raw`) take the square font where the machine has no Chinese one. Once a process."""
    if _kept:
        return
    known: Any = raw.FPDF_GetDefaultSystemFontInfo()
    _kept.append(known)
    if not known:
        return
    info = known.contents
    font = square_font()
    ours = ctypes.cast(ctypes.create_string_buffer(1), ctypes.c_void_p)
    _kept.append(ours)
    handle = ours.value
    # A copy: a pointer read from a structure is a view of it.
    before = raw.FPDF_SYSFONTINFO.from_buffer_copy(info)
    map_font, data_of, delete = before.MapFont, before.GetFontData, before.DeleteFont
    name_of, charset_of = before.GetFaceName, before.GetFontCharset

    def mapped(this: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any) -> Any:
        return map_font(this, weight, italic, charset, pitch, face, exact) or (handle if charset in _CHARSETS else None)

    def data(this: Any, which: int, table: int, buffer: Any, size: int) -> int:
        if which != handle:
            return int(data_of(this, which, table, buffer, size))
        if table:
            return 0
        if buffer and size >= len(font):
            ctypes.memmove(buffer, font, len(font))
        return len(font)

    def name(this: Any, which: int, buffer: Any, size: int) -> int:
        return 0 if which == handle else int(name_of(this, which, buffer, size))

    def charset(this: Any, which: int) -> int:
        return _CHINESE if which == handle else int(charset_of(this, which))

    def deleted(this: Any, which: int) -> None:
        if which != handle:
            delete(this, which)

    for field, function in (
        ("MapFont", mapped),
        ("GetFontData", data),
        ("GetFaceName", name),
        ("GetFontCharset", charset),
        ("DeleteFont", deleted),
    ):
        callback = type(getattr(before, field))(function)
        _kept.append(callback)
        setattr(info, field, callback)
    raw.FPDF_SetSystemFontInfo(known)


def square_font() -> bytes:
    """A TrueType font in which every character is the same square; ASCII is half as wide, as in Chinese ones."""
    glyphs = (_box(_EM), _box(_EM // 2))
    full, half = 1, 2
    ranges = ((0x21, 0x7E, half), (0xA1, 0x10FFFF, full))
    everything = pack(">2H3I", 13, 0, 16 + 12 * len(ranges), 0, len(ranges)) + b"".join(
        pack(">3I", *one) for one in ranges
    )
    starts = [0, 0, *(sum(map(len, glyphs[:count])) // 2 for count in (1, 2))]
    box = (0, _DESCENT, _EM, _ASCENT)
    tables = {
        b"cmap": pack(">4HI", 0, 1, 3, 10, 12) + everything,
        b"glyf": b"".join(glyphs),
        b"head": pack(">4I2H2Q4h2H3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *box, 0, 8, 2, 0, 0),
        b"hhea": pack(">I3hH11hH", 0x10000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, 1, 0, 0, 0, 0, 0, 0, 0, 3),
        b"hmtx": pack(">HhHhHh", _EM, 0, _EM, 0, _EM // 2, 0),
        b"loca": pack(">4H", *starts),
        b"maxp": pack(">I14H", 0x10000, 3, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    directory = pack(">I4H", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    start = len(directory) + 16 * len(tables)
    body = b""
    for tag, table in tables.items():
        directory += tag + pack(">3I", 0, start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return directory + body


def _box(width: int) -> bytes:
    """A glyph of one outline: the four corners, each relative to the one before."""
    across, up = (0, 0, width, 0), (_DESCENT, _ASCENT - _DESCENT, 0, _DESCENT - _ASCENT)
    return pack(">5h2H4B8h", 1, 0, _DESCENT, width, _ASCENT, 3, 0, 1, 1, 1, 1, *across, *up)
