"""PDF: its text layer by position, ruled tables from their rules, stitched over pages. Scans are refused, not guessed.

`ink` is what is drawn, `lattice` the tables of a page, `stitch` tables over pages, `lines` and `paragraphs` the prose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportlint.document import Cell, Document, Metadata, Place, Prose, Table
from reportlint.errors import ReportlintError, Unreadable, words
from reportlint.readers._view import View
from reportlint.readers.pdf import lattice, lines, paragraphs, stitch
from reportlint.readers.pdf.ink import Ink, pages, title
from reportlint.readers.pdf.lattice import Lattice
from reportlint.readers.pdf.lines import Line

_MOST_UNMAPPED = 0.1
"""How many of the characters may be without a meaning, of all."""
_PICTURE = 0.5
"""How much of a page without text an image must cover to be a scan."""
_LAST_BYTES = 4096


def read(name: str, data: bytes) -> Document:
    """The document. Raises Unreadable."""
    if data.rfind(b"%%EOF", len(data) - _LAST_BYTES if len(data) > _LAST_BYTES else 0) < 0:
        raise Unreadable(
            "RL001",
            words(
                "pdf 不完整，末尾缺失（下载、传输中断？）；请重新获取",
                "the pdf is cut off, its end is missing (a broken download?); fetch it again",
            ),
        )
    try:
        return _read(name, data)
    except ReportlintError:
        raise
    except (RecursionError, MemoryError) as error:
        raise Unreadable("RL005", words("pdf 结构异常", "the pdf is of an abnormal structure")) from error
    except Exception as error:
        raise Unreadable("RL001", words("pdf 已损坏，无法读取", "the pdf is damaged and cannot be read")) from error


def _read(name: str, data: bytes) -> Document:
    inks = list(pages(data))
    _must_have_text(inks)
    view = View()
    for block in _blocks(inks):
        if isinstance(block, Lattice):
            _write_table(view, block)
        else:
            view.paragraph(block.text, None, Place(page=block.page, box=_rounded(block.box)))
    return Document(name, "pdf", view.text, tuple(view.blocks), metadata=Metadata(title=title(data)))


def _must_have_text(inks: Sequence[Ink]) -> None:
    counts = [sum(glyph.text != " " for glyph in ink.glyphs) for ink in inks]
    total = sum(counts)
    scanned = [ink.number for ink, count in zip(inks, counts, strict=True) if not count and ink.pictured > _PICTURE]
    if not total:
        raise Unreadable(
            "RL004",
            words(
                "pdf 没有文字，是扫描件或图片；请用原文件导出 pdf，或先做文字识别（OCR）",
                "the pdf holds no text, only pictures (a scan); export it from the original, or run OCR first",
            ),
        )
    if scanned:
        shown = "、".join(map(str, scanned[:9]))
        raise Unreadable(
            "RL004",
            words(
                f"pdf 第 {shown} 页是图片，没有文字；请用原文件导出 pdf，或先做文字识别（OCR）",
                f"page {scanned[0]} of the pdf is a picture without text; export it from the original, or run OCR",
            ),
        )
    if sum(ink.unmapped for ink in inks) > _MOST_UNMAPPED * total:
        raise Unreadable(
            "RL004",
            words(
                "pdf 的文字无法还原（字体没有编码对照表）；请用原文件重新导出 pdf",
                "the text of the pdf cannot be told (its fonts do not map to characters); export it anew",
            ),
        )


@dataclass(slots=True)
class _Sheet:
    """A page: its tables and lines."""

    ink: Ink
    tables: list[Lattice]
    lines: list[Line] = field(default_factory=list[Line])

    def in_order(self) -> list[Lattice | Line]:
        """Tables and lines from top to bottom."""
        return sorted([*self.tables, *self.lines], key=lambda item: -item.box[3])


def _blocks(inks: Sequence[Ink]) -> Iterator[Lattice | paragraphs.Text]:
    """Paragraphs and tables in reading order, each whole."""
    sheets: list[_Sheet] = []
    for ink in inks:
        tables, rest = lattice.find(ink)
        sheets.append(_Sheet(ink, tables, list(lines.all_lines(ink.number, rest))))
    kept = paragraphs.without_furniture([(sheet.ink.height, sheet.lines) for sheet in sheets])
    for sheet, own in zip(sheets, kept, strict=True):
        sheet.lines = own
    reflow = paragraphs.Reflow(paragraphs.measure([line for sheet in sheets for line in sheet.lines]))
    table: Lattice | None = None
    for sheet in sheets:
        reflow.page(paragraphs.measure(sheet.lines))
        for item in sheet.in_order():
            if isinstance(item, Line):
                if table is not None:
                    yield from _table(table)
                    table = None
                if (done := reflow.line(item)) is not None:
                    yield done
                continue
            if (done := reflow.end()) is not None:
                yield done
            if table is not None and stitch.fits(table, item):
                table = stitch.stitched(table, item)
            else:
                if table is not None:
                    yield from _table(table)
                table = item
    if table is not None:
        yield from _table(table)
    if (done := reflow.end()) is not None:
        yield done


def _table(table: Lattice) -> Iterator[Lattice | paragraphs.Text]:
    """The table, or the texts in it where it is only a frame."""
    if table.width > 1 and table.height > 1:
        yield table
        return
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.text:
            yield paragraphs.Text(cell.text, cell.page, cell.box)


def _write_table(view: View, table: Lattice) -> None:
    number = sum(isinstance(block, Table) for block in view.blocks) + 1
    cells = [
        Cell(
            cell.row,
            cell.column,
            Prose(cell.text, 0),
            cell.rows,
            cell.columns,
            Place(cell.page, _rounded(cell.box), None, number, cell.row + 1, cell.column + 1),
        )
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    ]
    view.table(cells, table.height, table.width, Place(page=table.page, table=number))


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, bottom, right, top = box
    return round(left, 1), round(bottom, 1), round(right, 1), round(top, 1)
