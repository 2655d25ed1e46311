"""The blank report as a Word document, set as official documents are (GB/T 9704): A4, 小标宋 title, 仿宋 text.

The fonts are those that offices in China have; each names others of the same make for where it is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reportlint.blank import Blank, Heading
from reportlint.blank.layout import Layout, Square, laid_out
from reportlint.errors import words
from reportlint.extras import extra
from reportlint.form import TableForm

TITLE, HEADING, SUBHEADING, TEXT, CELL = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"
INSTEAD = {
    TITLE: "华文中宋,STZhongsong,宋体,SimSun",
    HEADING: "SimHei,Noto Sans CJK SC",
    SUBHEADING: "楷体,KaiTi,KaiTi_GB2312",
    TEXT: "仿宋,FangSong,FangSong_GB2312",
    CELL: "SimSun,Noto Serif CJK SC",
}
"""What stands in for a font that is missing."""
LATIN = "Times New Roman"
SIZES = {TITLE: 22, HEADING: 16, SUBHEADING: 16, TEXT: 16}
"""In points: 二号 for the title, 三号 for all else."""
LINE = 28.0
"""From line to line, in points."""
MARGINS = {"top": 3.7, "bottom": 3.5, "left": 2.8, "right": 2.6}
"""In centimetres; with A4 they leave 15.6 by 22.5."""
ROOM = 15.6
HEIGHT = 0.62
"""Of the row of a table, at least."""
ROWS = 20
"""Of a table of more rows that goes on on the next page, the labels stand there again."""


def write(report: Blank) -> bytes:
    """The document. Raises UsageError where python-docx is not installed."""
    page = _Page(_library())
    page.paragraph(report.title, "Title")
    for block, below in zip(report.blocks, (*report.blocks[1:], ""), strict=True):
        if isinstance(block, Heading):
            page.paragraph(block.text, f"Heading {block.level}", room=6 if isinstance(below, TableForm) else 0)
        elif isinstance(block, str):
            page.paragraph(block, "Normal")
        else:
            page.table(block)
    return page.saved(report.title)


def _library() -> Any:
    return extra(
        "docx",
        words(
            "写 Word 文件需要安装 python-docx：pip install 'reportlint[review]'；.md 和 .html 不需要",
            "a Word file needs python-docx: pip install 'reportlint[review]'; .md and .html need nothing",
        ),
    )


class _Page:
    """A Word document being written."""

    def __init__(self, docx: Any) -> None:
        self._document = docx.Document()
        self._shared = import_module("docx.shared")
        self._oxml = import_module("docx.oxml")
        self._qn = import_module("docx.oxml.ns").qn
        section = self._document.sections[0]
        section.page_width, section.page_height = self._shared.Cm(21), self._shared.Cm(29.7)
        for side, centimetres in MARGINS.items():
            setattr(section, f"{side}_margin", self._shared.Cm(centimetres))
        section.footer_distance = self._shared.Cm(2.5)
        self._style("Normal", TEXT, indent=2)
        self._style("Title", TITLE, centred=True, after=LINE)
        self._style("Heading 1", HEADING, indent=2)
        self._style("Heading 2", SUBHEADING, indent=2)
        for language in self._document.styles.element.iter(self._qn("w:lang")):
            # Without it punctuation is set as in other places where Chinese is written.
            language.set(self._qn("w:eastAsia"), "zh-CN")
        self._number_pages(section.footer.paragraphs[0])

    def paragraph(self, text: str, style: str, *, room: float = 0) -> None:
        """A paragraph of a style, with room below it in points."""
        paragraph = self._document.add_paragraph(text, style=style)
        if room:
            paragraph.paragraph_format.space_after = self._shared.Pt(room)

    def table(self, form: TableForm) -> None:
        """A table with its labels; a small paragraph keeps what follows away from it."""
        layout = laid_out(form)
        table = self._document.add_table(rows=layout.height, cols=layout.width)
        table.style, table.alignment, table.autofit = "Table Grid", 1, False
        widths = _widths(layout)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = self._shared.Cm(width)
        grid = [list(row.cells) for row in table.rows]
        style = self._cell_style(8 if layout.width > 12 else 9 if layout.width > 6 else 10.5)
        for square in layout.squares:
            cell = grid[square.row][square.column]
            last = grid[square.row + square.rows - 1][square.column + square.columns - 1]
            if last is not cell:
                cell = cell.merge(last)
            cell.width = self._shared.Cm(sum(widths[square.column : square.column + square.columns]))
            self._fill(cell, square, style, nested=layout.stub > 1)
        for number, row in enumerate(table.rows):
            row.height = self._shared.Cm(HEIGHT)
            self._keep_whole(row, repeated=layout.height > ROWS and number < layout.head)
            if number < layout.height - 1:
                for cell in row.cells:
                    cell.paragraphs[0].paragraph_format.keep_with_next = True
        self._narrow_cells(table)
        self._document.add_paragraph().paragraph_format.line_spacing = self._shared.Pt(10)

    def saved(self, title: str) -> bytes:
        """The package, the same bytes for the same report."""
        core = self._document.core_properties
        core.title, core.author, core.comments = title, "", ""
        out = BytesIO()
        self._document.save(out)
        return _timeless(out.getvalue())

    # -- parts ---------------------------------------------------------------------------------------------------

    def _style(self, name: str, font: str, *, indent: int = 0, centred: bool = False, after: float = 0) -> None:
        style = self._document.styles[name]
        size = SIZES[font]
        style.font.size, style.font.bold, style.font.italic = self._shared.Pt(size), False, False
        style.font.color.rgb = self._shared.RGBColor(0, 0, 0)
        properties = style.element.get_or_add_rPr()
        self._set_fonts(properties, font)
        border = f"{self._qn('w:pPr')}/{self._qn('w:pBdr')}"
        for unwanted in (*properties.findall(self._qn("w:spacing")), *style.element.findall(border)):
            unwanted.getparent().remove(unwanted)
        manner = style.paragraph_format
        manner.alignment = 1 if centred else 3 if name == "Normal" else 0
        manner.line_spacing = self._shared.Pt(LINE + 6 if centred else LINE)
        manner.space_before, manner.space_after = self._shared.Pt(0), self._shared.Pt(after)
        manner.first_line_indent = self._shared.Pt(size * indent)
        manner.keep_with_next = name.startswith("Heading")

    def _set_fonts(self, properties: Any, font: str) -> None:
        old = properties.find(self._qn("w:rFonts"))
        if old is not None:
            properties.remove(old)
        for language in properties.findall(self._qn("w:lang")):
            properties.remove(language)
        fonts = self._oxml.OxmlElement("w:rFonts")
        for kind, name in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", font), ("cs", LATIN)):
            fonts.set(self._qn(f"w:{kind}"), name)
        properties.insert(0, fonts)

    def _fill(self, cell: Any, square: Square, style: Any, *, nested: bool) -> None:
        """The label of a cell, or the room for its figure."""
        cell.vertical_alignment = 1
        paragraph = cell.paragraphs[0]
        paragraph.style = style
        paragraph.add_run(square.text)
        if square.role == "stub" and square.rows == 1 and nested:
            paragraph.alignment = 0

    def _cell_style(self, size: float) -> Any:
        """The style of what stands in cells of a table, and of what is written into them later."""
        name = f"Table {size:g}"
        styles = self._document.styles
        if name not in [style.name for style in styles]:
            style = styles.add_style(name, 1)
            style.base_style = styles["Normal"]
            style.font.size = self._shared.Pt(size)
            self._set_fonts(style.element.get_or_add_rPr(), CELL)
            manner = style.paragraph_format
            manner.alignment, manner.first_line_indent = 1, self._shared.Pt(0)
            manner.line_spacing = self._shared.Pt(round(size * 1.4))
        return styles[name]

    def _keep_whole(self, row: Any, *, repeated: bool) -> None:
        """A row is not parted by the end of a page; those of labels stand at the head of the next one again."""
        properties = row._tr.get_or_add_trPr()
        properties.insert(0, self._oxml.OxmlElement("w:cantSplit"))
        if repeated:
            properties.append(self._oxml.OxmlElement("w:tblHeader"))

    def _narrow_cells(self, table: Any) -> None:
        """Little room beside the text of a cell: fifteen columns have to go into a page."""
        margins = self._oxml.OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            margin = self._oxml.OxmlElement(f"w:{side}")
            margin.set(self._qn("w:w"), "40")
            margin.set(self._qn("w:type"), "dxa")
            margins.append(margin)
        properties = table._tbl.tblPr
        look = properties.find(self._qn("w:tblLook"))
        if look is None:
            properties.append(margins)
        else:
            look.addprevious(margins)

    def _number_pages(self, paragraph: Any) -> None:
        """— 1 — in the middle of the foot."""
        paragraph.alignment = 1
        paragraph.paragraph_format.first_line_indent = self._shared.Pt(0)
        for kind, text in (("", "— "), ("begin", ""), ("code", "PAGE"), ("end", ""), ("", " —")):
            run = paragraph.add_run(text if not kind else "")
            run.font.size = self._shared.Pt(14)
            self._set_fonts(run._r.get_or_add_rPr(), CELL)
            if kind in ("begin", "end"):
                mark = self._oxml.OxmlElement("w:fldChar")
                mark.set(self._qn("w:fldCharType"), kind)
                run._r.append(mark)
            elif kind == "code":
                code = self._oxml.OxmlElement("w:instrText")
                code.text = text
                run._r.append(code)


def _widths(layout: Layout) -> list[float]:
    """The columns in centimetres: those of labels as wide as these need, the others alike."""
    stub = layout.stub
    if not stub:
        return [ROOM / layout.width] * layout.width
    outer = [1.3] * (stub - 1)
    rest = layout.width - stub
    each = 1.15 if rest > 5 else (ROOM - 4.5) / rest
    return [*outer, ROOM - sum(outer) - each * rest, *[each] * rest]


def _timeless(data: bytes) -> bytes:
    """The package without the time at which it was written, and with what stands in for missing fonts."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(out, "w", ZIP_DEFLATED) as again:
        for name in package.namelist():
            part = package.read(name)
            if name == "word/fontTable.xml":
                part = part.replace(b"</w:fonts>", "".join(_fonts()).encode() + b"</w:fonts>")
            again.writestr(ZipInfo(name, (2000, 1, 1, 0, 0, 0)), part, ZIP_DEFLATED)
    return out.getvalue()


def _fonts() -> Iterator[str]:
    for name, instead in INSTEAD.items():
        yield f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
