"""What is drawn on the pages of a PDF: characters with their boxes, and ruled lines. The one border with PDFium.

Coordinates are points of the page, up and to the right, before the page is turned for showing; where its text runs
at a right angle to that, they are turned so that the text is level.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from typing import Any, NamedTuple

from reportlint.errors import Unreadable, words
from reportlint.readers.pdf.folding import fold
from reportlint.readers.pdf.fonts import stand_in

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Matrix = tuple[float, float, float, float, float, float]


class Glyph(NamedTuple):
    """A character and the box that its font gives it; a space only where the file has one."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


class Rule(NamedTuple):
    """A ruled line: level or upright, where it stands on the other axis, and from where to where it runs."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Ink:
    """A page: its glyphs in the order of the file, its rules, and how much of it images cover (0 to 1)."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictured: float
    unmapped: int
    """How many glyphs have no character, because the font does not tell."""
    turn: int = 0
    """How many quarters the page was turned clockwise so that its text is level."""
    corner: tuple[float, float] = (0.0, 0.0)
    """Where the lower left corner of the page lies in the coordinates of the file."""

    def in_file(self, box: Box) -> Box:
        """A box of the page in the coordinates of the file."""
        width, height = self.width, self.height
        left, bottom, right, top = box
        for _ in range(self.turn):
            width, height = height, width
            left, bottom, right, top = width - top, left, width - bottom, right
        x, y = self.corner
        return left + x, bottom + y, right + x, top + y


THICKEST = 3.2
"""A filled shape up to this thick is a rule; thicker ones are backgrounds."""
_SHORTEST = 3.0
_SMALLEST, _GREATEST = 4.0, 40.0
"""Glyphs are rarely lower or higher than this; if they are, their size is looked at."""
_LEVEL = 0.6
_DEEPEST = 12
_MOST_PAGES = 500
_MOST_GLYPHS = 60_000
_MOST_RULES = 20_000


def pages(data: bytes) -> Iterator[Ink]:
    """The pages of a PDF, one after the other. Raises Unreadable where it cannot be opened."""
    try:
        pdfium: Any = import_module("pypdfium2")
        raw: Any = import_module("pypdfium2.raw")
    except ImportError as error:
        raise Unreadable(
            "RL002",
            words("读取 pdf 需要安装 pypdfium2（pip install pypdfium2）", "to read pdf, install pypdfium2 with pip"),
        ) from error
    stand_in(raw)
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        raise _closed(getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD) from error
    try:
        if count > _MOST_PAGES:
            raise Unreadable("RL005", words(f"超过 {_MOST_PAGES} 页", f"more than {_MOST_PAGES} pages"))
        for index in range(count):
            try:
                page = document[index]
                text = page.get_textpage()
            except pdfium.PdfiumError as error:
                raise _closed(False) from error
            try:
                yield _Page(raw, page, text, index + 1).ink()
            finally:
                text.close()
                page.close()
    finally:
        document.close()


def title(data: bytes) -> str | None:
    """The title that the file gives itself, if it is one of a report."""
    pdfium: Any = import_module("pypdfium2")
    document = pdfium.PdfDocument(data)
    try:
        text = str(document.get_metadata_value("Title")).strip()
    finally:
        document.close()
    return text if "报告" in text else None


def _closed(locked: bool) -> Unreadable:
    if locked:
        return Unreadable(
            "RL003",
            words(
                "pdf 设有打开密码；请去掉密码，或用没有加密的文件",
                "the pdf asks for a password to open; remove it, or use a file without",
            ),
        )
    return Unreadable(
        "RL001",
        words(
            "pdf 已损坏或不完整（下载、传输中断？）；请重新获取",
            "the pdf is damaged or cut off (a broken download?); fetch it again",
        ),
    )


class _Page:
    """A page that is being read."""

    def __init__(self, raw: Any, page: Any, text: Any, number: int) -> None:
        self._raw = raw
        self._page = page
        self._text = text
        self._number = number
        self._rules: list[Rule] = []
        self._pictured = 0.0

    def ink(self) -> Ink:
        """All that is drawn."""
        left, bottom, right, top = (float(value) for value in self._page.get_mediabox())
        width, height = right - left, top - bottom
        glyphs, turn, unmapped = self._glyphs()
        self._area = max(1.0, width * height)
        self._objects(self._page, self._raw.FPDFPage_CountObjects, self._raw.FPDFPage_GetObject, IDENTITY, 0)
        rules = self._rules
        # The lower left corner of the page becomes 0, 0.
        glyphs = [Glyph(g.text, g.left - left, g.bottom - bottom, g.right - left, g.top - bottom) for g in glyphs]
        rules = [_shifted(rule, left, bottom) for rule in rules]
        for _ in range(turn):
            glyphs = [Glyph(g.text, g.bottom, width - g.right, g.top, width - g.left) for g in glyphs]
            rules = [_turned(rule, width) for rule in rules]
            width, height = height, width
        return Ink(
            self._number,
            width,
            height,
            tuple(_once(glyphs)),
            tuple(rules),
            self._pictured / self._area,
            unmapped,
            turn,
            (left, bottom),
        )

    def _glyphs(self) -> tuple[list[Glyph], int, int]:
        """The glyphs, how many quarters to turn them clockwise, and how many have no character."""
        raw, handle = self._raw, self._text.raw
        count = min(raw.FPDFText_CountChars(handle), _MOST_GLYPHS + 1)
        if count > _MOST_GLYPHS:
            raise Unreadable("RL005", words("一页上的字符异常地多", "abnormally many characters on a page"))
        box = raw.FS_RECTF()
        reference = ctypes.byref(box)
        unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
        angle_of, is_made = raw.FPDFText_GetCharAngle, raw.FPDFText_IsGenerated
        found: list[Glyph] = []
        turns: dict[int, int] = {}
        unmapped = 0
        high = 0
        for index in range(count):
            code = unicode_of(handle, index)
            if code in (32, 0xA0, 0x3000):
                if is_made(handle, index) == 1:
                    continue
                code = 32
            elif code < 32 or is_made(handle, index) == 1:
                unmapped += code == 0
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            if code in (0xFFFD, 0xFFFE) or 0xE000 <= code < 0xF900:
                unmapped += 1
            if not box_of(handle, index, reference):
                continue
            quarters = angle_of(handle, index) / (math.pi / 2)
            quarter = round(quarters)
            if abs(quarters - quarter) > 0.06:
                continue  # A watermark.
            turns[-quarter % 4] = turns.get(-quarter % 4, 0) + 1
            glyph = Glyph(fold(chr(code)), box.left, box.bottom, box.right, box.top)
            if not _SMALLEST < box.top - box.bottom < _GREATEST:
                glyph = self._measured(glyph, index)
            found.append(glyph)
        turn = max(turns, key=lambda quarter: turns[quarter]) if turns else 0
        return found, turn, unmapped

    def _measured(self, glyph: Glyph, index: int) -> Glyph:
        """A glyph with the box of its size, where its own is absurd: PDFium does not scale those of upright fonts."""
        raw, handle = self._raw, self._text.raw
        matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix))
        raw.FPDFText_GetCharOrigin(handle, index, ctypes.byref(x), ctypes.byref(y))
        size = raw.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d)
        if size <= 0 or 0.4 < (glyph.top - glyph.bottom) / size < 2.5:
            return glyph
        return Glyph(glyph.text, x.value, y.value - 0.14 * size, x.value + size, y.value + 0.86 * size)

    def _objects(self, parent: Any, count_of: Any, get: Any, matrix: Matrix, depth: int) -> None:
        raw = self._raw
        for index in range(count_of(parent)):
            item = get(parent, index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._image(item)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = _times(self._matrix(item), matrix)
                self._objects(item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1)

    def _image(self, item: Any) -> None:
        edges = [ctypes.c_float() for _ in range(4)]
        if self._raw.FPDFPageObj_GetBounds(item, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            self._pictured += abs(right - left) * abs(top - bottom)

    def _matrix(self, item: Any) -> Matrix:
        matrix = self._raw.FS_MATRIX()
        if not self._raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
            return IDENTITY
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _path(self, item: Any, outer: Matrix) -> None:
        """The rules that a path draws: its level and upright strokes, or a filled shape that is thin."""
        raw = self._raw
        if len(self._rules) > _MOST_RULES:
            raise Unreadable("RL005", words("一页上的线条异常地多", "abnormally many lines on a page"))
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        if not fill.value and not stroke.value:
            return
        for points in self._outlines(item, _times(self._matrix(item), outer)):
            if stroke.value:
                for (x0, y0), (x1, y1) in pairwise(points):
                    self._line(x0, y0, x1, y1)
            elif len(points) >= 3:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                self._bar(min(xs), min(ys), max(xs), max(ys))

    def _outlines(self, item: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        """The points of each outline of a path; curves are followed from end to end."""
        raw = self._raw
        x, y = ctypes.c_float(), ctypes.c_float()
        a, b, c, d, e, f = matrix
        points: list[tuple[float, float]] = []
        for index in range(raw.FPDFPath_CountSegments(item)):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points
                points = []
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if raw.FPDFPathSegment_GetClose(segment) and len(points) > 1:
                points.append(points[0])
        if len(points) > 1:
            yield points

    def _line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if abs(y0 - y1) <= _LEVEL and abs(x0 - x1) >= _SHORTEST:
            self._rules.append(Rule(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) <= _LEVEL and abs(y0 - y1) >= _SHORTEST:
            self._rules.append(Rule(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def _bar(self, left: float, bottom: float, right: float, top: float) -> None:
        if top - bottom <= THICKEST and right - left >= max(_SHORTEST, top - bottom):
            self._rules.append(Rule(False, (bottom + top) / 2, left, right))
        elif right - left <= THICKEST and top - bottom >= _SHORTEST:
            self._rules.append(Rule(True, (left + right) / 2, bottom, top))


IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _shifted(rule: Rule, left: float, bottom: float) -> Rule:
    across, along = (left, bottom) if rule.upright else (bottom, left)
    return Rule(rule.upright, rule.at - across, rule.start - along, rule.end - along)


def _turned(rule: Rule, width: float) -> Rule:
    """A rule after a quarter turn clockwise: x becomes y, and y becomes the width less x."""
    if rule.upright:
        return Rule(False, width - rule.at, rule.start, rule.end)
    return Rule(True, rule.at, width - rule.end, width - rule.start)


def _once(glyphs: list[Glyph]) -> Iterator[Glyph]:
    """The glyphs without those drawn again a hair apart to look bold."""
    seen: dict[tuple[str, int, int], Glyph] = {}
    for glyph in glyphs:
        near = min(2.0, max(0.6, 0.12 * (glyph.top - glyph.bottom)))
        x, y = int(glyph.left // 2), int(glyph.bottom // 2)
        twins = (seen.get((glyph.text, x + i, y + j)) for i in (0, -1, 1) for j in (0, -1, 1))
        if any(t and abs(glyph.left - t.left) < near and abs(glyph.bottom - t.bottom) < near for t in twins):
            continue
        seen[glyph.text, x, y] = glyph
        yield glyph
