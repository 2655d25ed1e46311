"""Word documents: what a reader of the printed page sees, whatever the XML keeps besides."""

from __future__ import annotations

from io import BytesIO

import docx as python_docx
import pytest

from reportlint.document import Document
from reportlint.readers import docx
from reportlint.readers._numbering import FORMATS, chinese
from support.files.docx import package, paragraph


def _read(body: str, **parts: str) -> Document:
    return docx.read("报告.docx", package(body, **parts))


def _texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in _read(body, **parts).paragraphs()]


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else paragraph(text)}</w:tc>"


def _table(*rows: str, columns: str = "") -> str:
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def _grid(body: str) -> list[list[str | None]]:
    (table,) = _read(body).tables()
    return [[None if cell is None else cell.text for cell in row] for row in table.grid()]


def test_revisions_are_read_as_accepted() -> None:
    body = (
        f"<w:p>{_run('共')}<w:del>{_run('77')}<w:r><w:delText>77</w:delText></w:r></w:del><w:ins>{_run('88')}</w:ins>"
        f"<w:moveFrom>{_run('移走')}</w:moveFrom><w:moveTo>{_run('移来')}</w:moveTo>{_run('件')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{_run('前半')}</w:p><w:p>{_run('后半')}</w:p>"
    )
    assert _texts(body) == ["共88移来件", "前半后半"]
    deleted = f"<w:trPr><w:del/></w:trPr>{_cell('乙')}{_cell('2')}"
    assert _grid(_table(_cell("甲") + _cell("1"), deleted, _cell("丙") + _cell("3"))) == [["甲", "1"], ["丙", "3"]]


def test_wrappers_are_seen_through_and_twins_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:hyperlink>{_run('链接')}</w:hyperlink><w:smartTag>{_run('标记')}</w:smartTag>"
        f"</w:p></w:sdtContent></w:sdt><w:p>{_run('正文')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert _texts(body) == ["链接标记", "正文", "框内"]


def test_fields_show_their_result_and_hidden_text_nothing() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run("3")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f"{_run('藏', '<w:vanish/>')}{_run('露', '<w:vanish w:val=&quot;0&quot;/>'.replace('&quot;', chr(34)))}"
        '<w:r><w:tab/><w:noBreakHyphen/><w:t>末</w:t><w:br w:type="page"/></w:r><w:r><w:br/><w:t>行</w:t></w:r></w:p>'
    )
    assert _texts(body) == ["3露\t-末", "行"]


def test_merged_cells_follow_their_columns() -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = _table(
        _cell("三", restart) + _cell("甲", '<w:gridSpan w:val="2"/>') + _cell("1"),
        _cell("残", go_on) + _cell("乙") + _cell("丙") + _cell("2"),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + _cell("丁") + _cell("戊") + _cell(""),
    )
    assert _grid(body) == [["三", "甲", "甲", "1"], ["三", "乙", "丙", "2"], [None, "丁", "戊", ""]]


def test_sliver_columns_go_and_thin_columns_of_their_own_stay() -> None:
    def columns(*widths: int) -> str:
        return "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)

    wide = '<w:gridSpan w:val="2"/>'
    rows = (_cell("甲", wide) + _cell("乙"), _cell("1") + _cell("2", wide))
    assert _grid(_table(*rows, columns=columns(900, 1, 900))) == [["甲", "乙"], ["1", "2"]]
    assert _grid(_table(*rows, columns=columns(900, 400, 900))) == [["甲", "甲", "乙"], ["1", "2", "2"]]
    rows = (_cell("甲") + _cell("/") + _cell("乙"), _cell("1") + _cell("") + _cell("2"))
    assert _grid(_table(*rows, columns=columns(900, 20, 900)))[0] == ["甲", "/", "乙"]


def test_frames_are_looked_through() -> None:
    inner = _table(_cell("甲") + _cell("1"), _cell("乙") + _cell("2"))
    document = _read(_table(_cell(paragraph("一、总体情况") + inner + paragraph("完"))))

    assert [block.text for block in document.paragraphs()] == ["一、总体情况", "完"]
    assert [table.height for table in document.tables()] == [2]


def test_places_are_those_of_word() -> None:
    document = _read(paragraph("") + paragraph("甲") + _table(_cell("乙") + _cell("1"), _cell("丙") + _cell("2")))

    assert [block.place and block.place.paragraph for block in document.paragraphs()] == [1, 2]
    (table,) = document.tables()
    assert [(c.place.table, c.place.row, c.place.column) for c in table.cells if c.place][-1] == (1, 2, 2)
    assert document.text == "\n甲\n乙 | 1\n丙 | 2"


NUMBERING = """
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/><w:suff w:val="space"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>
<w:pStyle w:val="H"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
"""
STYLES = """
<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/>
<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H3"><w:name w:val="x"/><w:basedOn w:val="H"/></w:style>
"""


def _numbered(text: str, name: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>')


def test_numbers_that_word_makes_are_in_the_text() -> None:
    body = (
        _numbered("总体情况", 1)
        + _numbered("主动公开", 1, 1)
        + _numbered("目录", 1, 2)
        + _numbered("依申请公开", 1, 1)
        + _numbered("指南", 1, 2)
        + _numbered("公开情况", 1)
        + _numbered("平台", 1, 1)
        + _numbered("重来", 2)
        + paragraph("无号", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert _texts(body, numbering=NUMBERING) == [
        *("一、总体情况", "（一）主动公开", "1. 目录", "（二）依申请公开", "1. 指南", "二、公开情况", "（一）平台"),
        *("一、重来", "无号"),
    ]


def test_styles_give_headings_and_numbers() -> None:
    body = paragraph("甲", '<w:pStyle w:val="H"/>') + paragraph("乙", '<w:pStyle w:val="H3"/>')
    blocks = list(_read(body, numbering=NUMBERING, styles=STYLES).paragraphs())

    assert [(block.text, block.level) for block in blocks] == [("3.甲", 2), ("4.乙", 2)]
    assert _read(paragraph("丙", '<w:outlineLvl w:val="0"/>')).blocks[0].level == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (105, "一百〇五"), (110, "一百一十")],
)
def test_chinese_numerals(number: int, text: str) -> None:
    assert chinese(number) == text


def test_other_numerals() -> None:
    shown = {
        name: FORMATS[name](3) for name in ("ideographTraditional", "japaneseCounting", "upperRoman", "lowerLetter")
    }
    assert shown == {"ideographTraditional": "丙", "japaneseCounting": "三", "upperRoman": "III", "lowerLetter": "c"}
    assert FORMATS["decimalEnclosedCircle"](2) == "②"


def test_footnotes_stand_at_the_end() -> None:
    body = f'<w:p>{_run("正文")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + paragraph("末段")
    notes = f'<w:footnote w:id="2">{paragraph("注文")}</w:footnote>'

    document = _read(body, footnotes=notes)

    assert [block.text for block in document.paragraphs()] == ["正文", "末段", "注文"]
    place = document.blocks[-1].place
    assert place is not None
    assert place.paragraph == 1


def test_a_document_by_another_hand_is_read() -> None:
    made = python_docx.Document()
    made.add_heading("一、总体情况", 1)
    table = made.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "第二十条第（一）项"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "规章"
    table.cell(2, 2).text = "5"
    out = BytesIO()
    made.save(out)

    document = docx.read("a.docx", out.getvalue())

    (found,) = document.tables()
    assert [(c.row, c.column, c.rows, c.columns, c.text) for c in found.cells if c.text] == [
        (0, 0, 1, 3, "第二十条第（一）项"),
        (1, 0, 2, 1, "规章"),
        (2, 2, 1, 1, "5"),
    ]
    assert next(document.paragraphs()).level == 1
