"""Marks and notes in web pages, and the pages of text and Markdown: nothing lost, broken or let through."""

from __future__ import annotations

import re

import pytest

from reportlint.annotate import html as page
from reportlint.annotate import text as text_page
from reportlint.annotate.page import SIGN
from reportlint.document import Span
from reportlint.engine import Linter
from reportlint.errors import UsageError
from reportlint.readers import read
from support.annotated import noted, notes_on
from support.clean import clean
from support.conversion import draft_of
from support.draft import Draft
from support.edits import cells, paragraphs
from support.files import html, md
from support.process import SPOILT
from support.shared import shared_file

LINTER = Linter()
_BOX = re.compile(f"{re.escape(SIGN)}.*?{re.escape(SIGN)}", re.DOTALL)
_NUMBER = re.compile(r'<(a|span) id="rl-mark-\d+"[^>]*>\d+</\1>')
_MARK = re.compile(r'<mark style="[^"]*" title="[^"]*">|</mark>')


def _spoilt() -> Draft:
    draft = cells("requests", new__total="7", carried_in__total="")(clean(2023, figures="small"))
    return paragraphs(6, "2023年，本局的的工作，联系人手机13912345678。")(draft)


def _annotated(name: str, data: bytes) -> str:
    remarks = noted(LINTER, name, data)
    module = page if remarks.document.kind == "html" else text_page
    made: bytes = module.write(name, data, remarks)
    return made.decode()


def _page(body: str, *wanted: str) -> str:
    """The body of a page with marks on these words, without box and styles."""
    data = f"<html><body>{body}</body></html>".encode()
    document = read("a.html", data)
    made = page.write("a.html", data, notes_on(document, wanted)).decode()
    assert _bare(made) == data.decode()
    shown = re.sub(r' (?:style|title|href)="[^"]*"', "", _BOX.sub("", made))
    return shown.removeprefix("<html><body>").removesuffix("</body></html>")


def _bare(made: str) -> str:
    return _MARK.sub("", _NUMBER.sub("", _BOX.sub("", made)))


def _links(made: str) -> None:
    """Every link to a note or a mark leads to one, each note is met once and led back to."""
    notes = re.findall(r'<div id="rl-note-(\d+)"', made)
    assert notes == [str(number) for number in range(1, len(notes) + 1)]
    assert sorted(re.findall(r'id="rl-mark-(\d+)"', made)) == sorted(notes)
    assert sorted(re.findall(r'href="#rl-mark-(\d+)"', made)) == sorted(notes)
    assert set(re.findall(r'href="#rl-note-(\d+)"', made)) <= set(notes)


# --- web pages --------------------------------------------------------------------------------------------------


def _same_markup(name: str, data: bytes) -> None:
    made = page.write(name, data, noted(LINTER, name, data))
    codec = read(name, data).encoding or "utf-8"
    text = made.decode(codec)
    found = LINTER.check_bytes(name, data).findings
    _links(text)
    assert len(re.findall(r'<div id="rl-note-', text)) == len(found)
    assert _bare(text).encode(codec) == data
    # With the marks in it the page still says the same.
    marked = _NUMBER.sub("", _BOX.sub("", text)).encode(codec)
    again = LINTER.check_bytes(name, marked).findings
    assert [(f.rule, f.address) for f in again] == [(f.rule, f.address) for f in found]


@pytest.mark.parametrize("framed", [False, True])
def test_the_source_is_as_it_was_but_for_marks(framed: bool) -> None:
    draft = draft_of(LINTER.report("报告.txt", SPOILT))
    _same_markup("报告.html", html.write(draft, framed=framed))


@pytest.mark.parametrize("name", ["2019_上海市人民政府办公厅.html", "2023_宿迁市_重排.html", "2024_宿迁市_重排.html"])
def test_pages_of_others(name: str) -> None:
    _same_markup("报告.html", shared_file("reports", name))


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_reports_of_others_as_pages(seed: str) -> None:
    _same_markup("报告.html", html.write(draft_of(LINTER.report("报告.txt", shared_file("seeds", seed)))))


def test_line_ends_and_encoding_are_kept() -> None:
    draft = draft_of(LINTER.report("报告.txt", SPOILT))
    source = html.write(draft).decode().replace("\r\n", "\n").replace("\n", "\r\n")
    source = re.sub(r'charset="?[\w-]+"?', 'charset="gb2312"', source)
    data = source.encode("gb18030")
    remarks = noted(LINTER, "报告.html", data)
    assert remarks.document.encoding == "gb18030"

    made = page.write("报告.html", data, remarks)

    assert _bare(made.decode("gb18030")).encode("gb18030") == data


def test_what_the_encoding_lacks_is_written_as_references() -> None:
    body = f"<p>{'報告' * 120}。政府資訊</p>"
    data = f'<html><head><meta charset="big5"></head><body>{body}</body></html>'.encode("big5")
    remarks = notes_on(read("a.html", data), ["政府"])

    made = page.write("a.html", data, remarks)

    assert "&#" in made.decode("big5")
    assert _bare(made.decode("big5")).encode("big5") == data


REPORT = "一、总体情况。" + "本机关推进政府信息公开工作。" * 20


def test_words_over_tags_and_references() -> None:
    made = _page(f"<p>{REPORT}</p><p>甲<b>乙&amp;</b>丙<i>丁</i>戊</p>", "乙&amp;</b>丙")

    assert made.endswith('<p>甲<b><a id="rl-mark-1">1</a><mark>乙&amp;</mark></b><mark>丙</mark><i>丁</i>戊</p>')


def test_notes_that_overlap() -> None:
    made = _page(f"<p>{REPORT}</p><p>甲乙丙丁</p>", "甲乙丙", "乙", "丙丁")

    assert made.endswith(
        '<p><a id="rl-mark-1">1</a><mark>甲</mark><a id="rl-mark-2">2</a><mark>乙</mark>'
        '<a id="rl-mark-3">3</a><mark>丙</mark><mark>丁</mark></p>'
    )


def test_no_link_in_a_link_and_no_mark_between_rows() -> None:
    table = "<table>\n<tr>\n<td>甲</td>\n<td></td>\n</tr>\n</table>"
    made = _page(f"<p>{REPORT}</p><p><a href='x'>链接</a></p>{table}", "链接", "甲</td>\n<td></td>\n</tr>")

    assert '<span id="rl-mark-1">1</span><mark>链接</mark>' in made
    assert table.replace("甲", '<a id="rl-mark-2">2</a><mark>甲</mark>') in made


def test_scripts_styles_and_titles_take_no_marks() -> None:
    script = "<script>var a = '信息';</script><style>p{}</style><textarea>信息</textarea>"
    data = f"<html><head><title>信息</title></head><body>{script}<p>{REPORT}信息</p></body></html>".encode()
    remarks = notes_on(read("a.html", data), [read("a.html", data).blocks[0].span])

    made = page.write("a.html", data, remarks).decode()

    assert script in made
    assert "<title>信息</title>" in made
    assert made.count("<mark ") == 1


def test_an_empty_cell_gets_the_number() -> None:
    made = _annotated("报告.html", html.write(_spoilt()))

    assert re.search(r'<td[^>]*><a id="rl-mark-\d+"[^>]*>\d+</a></td>', made)


def test_personal_data_is_masked_wherever_the_page_has_it() -> None:
    source = html.write(_spoilt()).decode()
    source = source.replace("13912345678", "139<b>1234</b>5678").replace(
        "<body", '<meta name="description" content="电话13912345678"><body', 1
    )

    made = _annotated("报告.html", source.encode())

    assert "13912345678" not in re.sub("<[^>]*>", "", made)
    assert "1234" not in _bare(made).partition("六、")[2]
    assert "139<b>****</b>5678" in _bare(made)
    assert 'content="电话139****5678"' in made


def test_a_page_that_is_annotated_is_refused() -> None:
    made = _annotated("报告.html", html.write(_spoilt()))

    with pytest.raises(UsageError):
        _annotated("报告.html", made.encode())


def test_the_notes_are_escaped_and_run_nothing() -> None:
    data = html.write(paragraphs(6, "详见<img src=x onerror=alert(1)>“的的”。")(clean(2023)))
    made = _annotated("报告.html", data)

    (box,) = _BOX.findall(made)
    assert "<img" not in box
    assert "<script" not in box


# --- text and Markdown ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "data"), [("a.txt", SPOILT), ("a.md", md.write(_spoilt()))])
def test_text_is_shown_with_its_marks(name: str, data: bytes) -> None:
    made = _annotated(name, data)

    _links(made)
    document = read(name, data)
    assert len(re.findall(r'<div id="rl-note-', made)) == len(LINTER.check_bytes(name, data).findings)
    body = re.sub(r"<[^>]*>", "", _NUMBER.sub("", _BOX.sub("", made.partition("<body>")[2])))
    for block in document.paragraphs():
        if "139" not in block.text:
            assert block.text.replace("&", "&amp;") in body
    assert made.count("<table>") == len(list(document.tables()))


def test_text_is_escaped_and_masked() -> None:
    data = md.write(paragraphs(6, "<script>alert(1)</script>的的，手机13912345678。")(clean(2023)))

    made = _annotated("a.md", data)

    assert "<script" not in made
    assert "13912345678" not in made
    assert "139****5678" in made


def test_the_same_page_each_time() -> None:
    assert _annotated("a.txt", SPOILT) == _annotated("a.txt", SPOILT)


def test_no_mark_parts_a_reference() -> None:
    data = f"<html><body><p>{REPORT}</p><p>甲&nbsp;乙</p></body></html>".encode()
    document = read("a.html", data)
    at = document.text.index("&nbsp;")

    made = page.write("a.html", data, notes_on(document, [Span(at + 2, at + 4), Span(at - 1, at + 3)])).decode()

    assert _bare(made) == data.decode()
    _links(made)
    assert "&nbsp;乙" in made
