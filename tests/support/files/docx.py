"""A report as a Word document, its XML written by hand: merged cells as Word itself writes them."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from support.draft import Draft
from support.files import items
from support.grid import Grid, GridCell

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"

_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="word/document.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
</Relationships>"""
_RULED = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)

_INDENTED = '<w:ind w:firstLineChars="200" w:firstLine="480"/>'
_LAYOUT = {"title": '<w:jc w:val="center"/>', "heading": _INDENTED, "line": _INDENTED}


def write(draft: Draft) -> bytes:
    """The document."""
    return package(
        "".join(
            table(item) if isinstance(item, Grid) else paragraph(item.text, _LAYOUT[item.role]) for item in items(draft)
        )
    )


def package(body: str, **parts: str) -> bytes:
    """A document with this body; other parts of the folder `word` by name (`numbering=…`)."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", _TYPES)
        file.writestr("_rels/.rels", _RELATIONS)
        file.writestr("word/document.xml", _root("document", f"<w:body>{body}</w:body>"))
        for name, content in parts.items():
            file.writestr(f"word/{name}.xml", _root(name, content))
    return out.getvalue()


def _root(name: str, content: str) -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<w:{name} xmlns:w="{W}" xmlns:mc="{MC}">'
    return f"{head}{content}</w:{name}>"


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph, its text in runs of three characters as Word leaves it after editing."""
    runs = "".join(
        f'<w:r><w:rPr><w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">{escape(text[at : at + 3])}</w:t></w:r>'
        for at in range(0, len(text), 3)
    )
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def table(grid: Grid) -> str:
    """A table; what a cell covers below is a cell that continues it."""
    columns = f'<w:gridCol w:w="{9000 // grid.width}"/>' * grid.width
    rows = ""
    for index in range(grid.height):
        rows += "<w:tr>" + "".join(_cell(cell, index) for cell in grid.covering(index)) + "</w:tr>"
    return f"<w:tbl><w:tblPr>{_RULED}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _cell(cell: GridCell, row: int) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    begins = cell.row == row
    merge = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{paragraph(cell.text) if begins else '<w:p/>'}</w:tc>"
