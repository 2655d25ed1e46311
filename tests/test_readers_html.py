"""Web pages as they are found: markup of all manners, articles among menus, pages without an article."""

from __future__ import annotations

import pytest

from reportlint.document import Document, Metadata, Table
from reportlint.errors import Unreadable
from reportlint.readers import _markup, html
from reportlint.readers._tree import Builder
from support.clean import clean
from support.files import html as writer

HEADINGS = "<p>一、总体情况</p><p>二、主动公开政府信息情况</p>"


def _read(source: str) -> Document:
    return html.read("报告.html", source.encode())


def _grid(source: str) -> list[list[str | None]]:
    (table,) = _read(HEADINGS + source).tables()
    return [[None if cell is None else cell.text for cell in row] for row in table.grid()]


def _paragraphs(source: str) -> list[str]:
    return [paragraph.text for paragraph in _read(source).paragraphs()]


def test_places_are_those_of_the_source() -> None:
    document = _read("<h1>某局年报</h1>\n" + HEADINGS + "\n<p>收到<b>12</b>件&lt;甲&gt;&nbsp;乙</p>")

    last = list(document.paragraphs())[-1]
    assert last.text == "收到12件<甲> 乙"
    assert document.position(last.prose.span(2, 4).start) == (3, 9)
    assert document.text[slice(*last.prose.span(5, 6))] == "&lt;"
    assert next(document.paragraphs()).level == 1


def test_missing_end_tags_are_supplied() -> None:
    assert _grid("<table><tr><td>甲<td>1<tr><th>乙<td>2</table>") == [["甲", "1"], ["乙", "2"]]


def test_spans_end_at_the_group_and_never_overlap() -> None:
    assert _grid(
        "<table><tbody><tr><td rowspan=0>甲<td>1<tr><td>2</tbody><tbody><tr><td colspan=x>乙<td>3</tbody></table>"
    ) == [["甲", "1"], ["甲", "2"], ["乙", "3"]]
    assert _grid("<table><tr><td rowspan=9>甲<td>1<tr><td colspan=2>2</table>") == [["甲", "1", None], ["甲", "2", "2"]]
    assert _grid("<table><tr><td>甲<td rowspan=2>1<tr><td colspan=2>乙</table>") == [["甲", "1"], ["乙", "1"]]


def test_numbers_and_labels_in_pieces_are_one() -> None:
    source = (
        "<table><tr><td>本年新<br/>制作数量<td>&nbsp;<span>2</span><span>9\n54</span>&nbsp;"
        "<tr><td><p>甲</p><p>乙</p><td></table>"
    )
    assert _grid(source) == [["本年新\n制作数量", "29 54"], ["甲\n乙", ""]]
    assert _grid("<table><tr><td>本<td><span>2</span><span>954</span><tr><td>乙<td>/</table>")[0][1] == "2954"


def test_blank_cells_have_a_place() -> None:
    document = _read(HEADINGS + "<table><tr><td>甲</td><td></td></tr><tr><td>乙</td><td>&nbsp;</td></tr></table>")

    (table,) = document.tables()
    blank = table.cells[1]
    assert blank.text == ""
    assert document.text[blank.span.start :].startswith("</td></tr><tr><td>乙")


def test_tags_in_scripts_and_comments_are_no_tags() -> None:
    source = "<script>var a = '<td>9</td>';</script><!-- <td>8 --><table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    assert _grid(source) == [["甲", "1"], ["乙", "2"]]


@pytest.mark.parametrize(
    "attribute", ['style="display:none"', 'STYLE="color: red; DISPLAY : NONE"', "hidden", 'style="color:red" hidden=""']
)
def test_what_a_browser_hides_is_not_read(attribute: str) -> None:
    row = f"<tr {attribute}><td>乙</td><td>2</td></tr>"
    table = f"<table><tr><td>甲<td>1</tr>{row}<tr><td>丙<td>3</table>"

    assert _grid(f"<div {attribute}>旧的文字。</div>{table}") == [["甲", "1"], ["丙", "3"]]
    assert "旧的文字。" not in _paragraphs(f"{HEADINGS}<div {attribute}>旧的文字。</div>")


def test_tables_that_lay_out_the_page_are_looked_through() -> None:
    inner = "<table><tr><td>甲<td>1</tr><tr><td>乙<td>2</tr></table>"
    source = f"<table><tr><td>菜单</td><td>{HEADINGS}{inner}</td></tr><tr><td>x</td><td>y</td></tr></table>"

    document = _read(source)

    assert [paragraph.text for paragraph in document.paragraphs()][:2] == ["一、总体情况", "二、主动公开政府信息情况"]
    assert [table.height for table in document.tables()] == [2]


def test_white_space_is_that_of_a_browser() -> None:
    spaced = HEADINGS + "<p>  本机关\n  按照 条例\t推进。<br>\n  2023 年 </p>"
    assert _paragraphs(spaced)[2:] == ["本机关按照 条例 推进。", "2023 年"]
    invisible = HEADINGS + "<p>零\u200b宽&#8203;字<o:p>&nbsp;</o:p></p><pre>甲\n乙</pre>"
    assert _paragraphs(invisible)[2:] == ["零宽字", "甲", "乙"]


def test_menus_and_footers_are_left_out() -> None:
    draft = clean(2023)

    bare, framed = (html.read("a.html", writer.write(draft, framed=framed)) for framed in (False, True))

    assert [p.text for p in framed.paragraphs()] == [p.text for p in bare.paragraphs()]


def test_a_title_outside_the_article_is_kept() -> None:
    source = (
        "<div><ul><li><a href=/>首页</a></ul></div><div><h1>某局2023年政府信息公开工作年度报告</h1>"
        f"<div>发布日期：2024-01-18</div><div>{HEADINGS}<p>正文。</p></div></div><div><p>版权所有</p></div>"
    )
    assert _paragraphs(source) == [
        "某局2023年政府信息公开工作年度报告",
        "发布日期：2024-01-18",
        "一、总体情况",
        "二、主动公开政府信息情况",
        "正文。",
    ]


def test_the_head_of_the_page_says_whose_report_it_is() -> None:
    head = (
        "<title>某局2023年政府信息公开工作年度报告_某县人民政府</title>"
        '<meta name="ContentSource" content="某县林业局"><meta name="PubDate" content="2024-01-18 09:30">'
    )
    assert _read(f"<head>{head}</head>{HEADINGS}").metadata == Metadata(
        "某局2023年政府信息公开工作年度报告", "某县林业局", "2024-01-18"
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>2023年年报</p><a href='P0.pdf'>附件：年度报告.pdf</a>", "附件"),
        ("<ul><li><a href=1.html>2022年年度报告</a><li><a href=2.html>2023年年度报告</a></ul>", "目录"),
        ("<div id=app></div><script src=app.js></script>", "脚本"),
        ("<p>页面不存在</p>", "没有年报正文"),
    ],
)
def test_a_page_without_a_report_says_why(source: str, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        _read(f"<html><body>{source}</body></html>")
    assert caught.value.code == "RL006"
    assert words in caught.value.words["zh"]


def test_the_charset_may_be_declared_wrongly() -> None:
    source = f"<html><head><meta charset=gb2312></head>{HEADINGS * 3}<p>朱镕</p></html>"

    assert html.read("a.html", source.encode("gb18030")).encoding == "gb18030"
    assert html.read("a.html", source.encode()).encoding == "utf-8"


def test_a_word_document_saved_as_web_archive_is_read() -> None:
    archive = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
        f"<html>{HEADINGS}</html>\r\n--x--\r\n"
    )
    assert len(list(html.read("a.doc", archive.encode()).paragraphs())) == 2


def test_a_page_with_an_empty_title_is_read() -> None:
    assert _paragraphs("<title></title>" + HEADINGS)[0] == "一、总体情况"


def test_depth_is_limited() -> None:
    assert _paragraphs("<div>" * 5000 + HEADINGS)[0] == "一、总体情况"
    with pytest.raises(Unreadable) as caught:
        _read("<table><tr><td>" * 300 + HEADINGS)
    assert caught.value.code == "RL005"


SAMPLES = [
    HEADINGS + "<TABLE><TR><TD ColSpan=2>a&amp;b &nbsp c<td/>d</TR></TABLE>",
    "<p>&#x4e00;&#19968;&unknown; &lt</p><style>p{}</style><textarea><p></textarea>" + HEADINGS,
    "<!doctype html><!--[if gte mso 9]><xml><td></xml><![endif]--><p class='a>b'>甲\n乙</p>" + HEADINGS,
    writer.write(clean(2023), framed=True).decode(),
]


@pytest.mark.parametrize("source", SAMPLES)
def test_both_tokenizers_say_the_same(source: str) -> None:
    pytest.importorskip("turbohtml")
    trees = []
    for parse in (_markup.parse_fast, _markup.parse_slowly):
        builder = Builder(source)
        parse(source, builder)
        trees.append(_outline(html.document_of("a.html", source, "utf-8", builder.page())))

    assert trees[0] == trees[1]


def test_without_turbohtml_pages_are_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(source: str, sink: object) -> None:
        raise ImportError("turbohtml")

    monkeypatch.setattr(_markup, "parse_fast", missing)
    assert _paragraphs(HEADINGS)[0] == "一、总体情况"


def _outline(document: Document) -> list[object]:
    found: list[object] = []
    for block in document.blocks:
        cells = block.cells if isinstance(block, Table) else [block]
        found += [(cell.text, cell.span) for cell in cells]
    return found


def test_importing_the_readers_imports_no_library() -> None:
    import subprocess
    import sys

    code = (
        "import sys, reportlint.readers; "
        "print([m for m in ('turbohtml', 'pypdfium2', 'zipfile', 'python_calamine') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
