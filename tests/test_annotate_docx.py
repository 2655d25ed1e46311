"""Review comments in Word documents: on the very words, nothing else changed, the same when done again."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from reportlint.annotate import docx as annotate
from reportlint.document import Span
from reportlint.engine import Linter
from reportlint.errors import UsageError
from reportlint.readers.docx import read
from support.annotated import Comment, noted, notes_on, part, parts, unmarked, word_comments
from support.clean import clean
from support.conversion import by_office, draft_of
from support.draft import Draft
from support.edits import cells, paragraphs
from support.files.docx import package, paragraph, write
from support.shared import shared_file

LINTER = Linter()
MARKUP = frozenset(("word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"))
CHOICE = (
    '<mc:AlternateContent><mc:Choice Requires="wps">{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>'
)


def _spoilt() -> Draft:
    draft = cells("requests", new__total="7", carried_in__total="")(clean(2023, figures="small"))
    return paragraphs(6, "2023年，本局的的工作，联系人手机13912345678。")(draft)


def _annotated(data: bytes) -> bytes:
    return annotate.write("报告.docx", data, noted(LINTER, "报告.docx", data))


def _found(data: bytes) -> list[tuple[str, str, str]]:
    return [(f.rule, f.severity, f.address) for f in LINTER.check_bytes("报告.docx", data).findings]


def _on(body: str, *wanted: str | Span, **more: str) -> list[Comment]:
    """The comments on these words of a document, the summary left out."""
    data = package(body, **more)
    made = annotate.write("报告.docx", data, notes_on(read("报告.docx", data), wanted))
    assert read("报告.docx", made).text == read("报告.docx", data).text
    assert unmarked(part(made)) == unmarked(part(data))
    assert annotate.write("报告.docx", made, notes_on(read("报告.docx", made), wanted)) == made
    return word_comments(made)[1:]


# --- whole reports ----------------------------------------------------------------------------------------------


def test_each_finding_has_a_comment_and_the_title_a_summary() -> None:
    data = write(_spoilt())

    found = LINTER.check_bytes("报告.docx", data).findings
    comments = word_comments(_annotated(data))

    assert len(found) > 4
    assert len(comments) == len(found) + 1
    assert {comment.author for comment in comments} == {"reportlint"}
    assert comments[0].text.startswith("reportlint：未通过")
    assert "政府信息公开工作年度报告" in comments[0].on
    for finding in found:
        (own,) = [c for c in comments if c.text.startswith(f"错误 {finding.rule}  {finding.message('zh')}")
                  or c.text.startswith(f"警告 {finding.rule}  {finding.message('zh')}")
                  or c.text.startswith(f"提示 {finding.rule}  {finding.message('zh')}")]  # fmt: skip
        assert finding.advice is None or f"怎么改：{finding.advice('zh')}" in own.text
        assert finding.basis is None or finding.basis("zh") in own.text
        for place in finding.related:
            assert (place.note or {"zh": place.address})["zh"] in own.text


def test_comments_stand_on_the_words_and_cells() -> None:
    comments = word_comments(_annotated(write(_spoilt())))

    assert [c.on for c in comments if " X006 " in c.text] == ["的的"]
    assert [c.on for c in comments if " A002 " in c.text] == ["7"]
    assert [c.on for c in comments if " T011 " in c.text] == [""]


def test_personal_data_is_masked_in_comments() -> None:
    made = _annotated(write(_spoilt()))

    assert any("139****5678" in comment.text for comment in word_comments(made))
    assert "13912345678" not in part(made, "word/comments.xml")


def test_nothing_else_is_changed() -> None:
    data = write(_spoilt())
    made = _annotated(data)

    before, after = parts(data), parts(made)
    assert set(after) == set(before) | MARKUP
    assert all(after[name] == before[name] for name in before.keys() - MARKUP)
    assert unmarked(part(made)) == unmarked(part(data))
    assert read("报告.docx", made).text == read("报告.docx", data).text
    assert _found(made) == _found(data)


def test_annotating_twice_is_annotating_once() -> None:
    once = _annotated(write(_spoilt()))

    assert _annotated(once) == once


def test_what_is_mended_has_no_comment_any_more() -> None:
    made = _annotated(write(_spoilt()))

    again = annotate.write("报告.docx", made, notes_on(read("报告.docx", made), []))

    assert part(made).count("commentReference") > 4
    assert part(again).count("commentReference") == 1


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_reports_of_others(seed: str) -> None:
    data = write(draft_of(LINTER.report("报告.txt", shared_file("seeds", seed))))

    made = _annotated(data)

    assert len(word_comments(made)) == len(_found(data)) + 1
    assert unmarked(part(made)) == unmarked(part(data))
    assert _found(made) == _found(data)
    assert _annotated(made) == made


@pytest.mark.parametrize("name", ["2023_宿迁市_官方格式.docx", "2024_宿迁市_官方格式.docx", "政务公开年报模版.docx"])
def test_files_that_word_and_wps_made(name: str) -> None:
    data = shared_file("reports", name)

    made = _annotated(data)

    before, after = parts(data), parts(made)
    assert all(after[key] == before[key] for key in before.keys() - MARKUP)
    assert len(word_comments(made)) == len(_found(data)) + 1
    assert unmarked(part(made)) == unmarked(part(data))
    assert _found(made) == _found(data)
    assert _annotated(made) == made


def test_the_places_in_a_real_report() -> None:
    comments = word_comments(_annotated(shared_file("reports", "2024_宿迁市_官方格式.docx")))

    assert [(c.text[:7], c.on) for c in comments if len(c.on) < 10] == [
        ("警告 S013", "一、总体情况"),
        ("警告 X006", "的的"),
        ("错误 C005", "134件"),
        ("错误 C005", "57件"),
        ("提示 F003", "2230元"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["000", "003"])
def test_libreoffice_keeps_the_comments(seed: str) -> None:
    from reportlint.readers.office import office_program

    if office_program() is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    drawn = write(draft_of(LINTER.report("报告.txt", shared_file("seeds", seed))))
    data = by_office("草稿.docx", drawn, ["odt"])["odt"]
    data = by_office("报告.odt", data, ["docx"])["docx"]
    made = _annotated(data)

    again = by_office("批注.docx", made, ["odt"])["odt"]
    again = by_office("批注.odt", again, ["docx"])["docx"]

    def shown(data: bytes) -> list[tuple[str, str]]:
        return sorted((comment.author, comment.text) for comment in word_comments(data))

    assert unmarked(part(made)) == unmarked(part(data))
    assert shown(again) == shown(made)
    assert len(shown(made)) == len(_found(data)) + 1


# --- words in odd places ----------------------------------------------------------------------------------------


def _run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def test_a_run_is_parted_only_where_the_words_are_inside_it() -> None:
    bold = "<w:rPr><w:b/></w:rPr>"

    (comment,) = _on(f"<w:p>{_run('共有 12 件 &amp; 3 份', bold)}</w:p>", "12 件 &")

    assert comment.on == "12 件 &"


def test_white_space_at_a_parting_is_kept() -> None:
    (comment,) = _on("<w:p><w:r><w:t>a bc d</w:t></w:r></w:p>", "bc ")

    assert comment.on == "bc "


def test_several_comments_on_the_same_words() -> None:
    comments = _on(f"<w:p>{_run('一二三四五六')}</w:p>", "三四", "三四", "二三", "四五", "五六", "一")

    assert [comment.on for comment in comments] == ["三四", "三四", "二三", "四五", "五六", "一"]


def test_a_run_with_several_texts_and_breaks() -> None:
    body = "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>甲乙</w:t><w:br/><w:t>丙丁</w:t><w:tab/><w:t>戊</w:t></w:r></w:p>"

    comments = _on(body, "甲乙", "丙丁", "戊", "乙\n丙")

    assert [comment.on for comment in comments] == ["甲乙", "丙丁", "戊", "乙丙"]


def test_words_over_several_runs() -> None:
    (comment,) = _on(paragraph("收到申请一百二十四件，其中"), "一百二十四件")

    assert comment.on == "一百二十四件"


@pytest.mark.parametrize(
    "wrapped",
    [
        '<w:ins w:id="1" w:author="某"><w:r><w:t>甲新乙</w:t></w:r></w:ins>',
        '<w:hyperlink w:anchor="a"><w:r><w:t>甲新乙</w:t></w:r></w:hyperlink>',
        "<w:smartTag><w:r><w:t>甲新乙</w:t></w:r></w:smartTag>",
        "<w:sdt><w:sdtPr><w:richText/></w:sdtPr><w:sdtContent><w:r><w:t>甲新乙</w:t></w:r></w:sdtContent></w:sdt>",
    ],
)
def test_words_in_what_marks_may_stand_in(wrapped: str) -> None:
    (comment,) = _on(
        f'<w:p>{_run("前")}<w:del w:id="2" w:author="某"><w:r><w:delText>旧</w:delText></w:r></w:del>{wrapped}</w:p>',
        "新",
    )

    assert comment.on == "新"


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>甲新乙</w:t></w:r></w:sdtContent></w:sdt>",
        '<w:fldSimple w:instr="DATE"><w:r><w:t>甲新乙</w:t></w:r></w:fldSimple>',
        "<w:r><w:ruby><w:rubyBase><w:r><w:t>甲新乙</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    ],
)
def test_words_in_what_marks_may_not_stand_in_are_marked_with_it(wrapped: str) -> None:
    data = package(f"<w:p>{_run('前')}{wrapped}{_run('后')}</w:p>")

    (comment,) = _on(f"<w:p>{_run('前')}{wrapped}{_run('后')}</w:p>", "新")

    assert comment.on == "甲新乙"
    made = annotate.write("报告.docx", data, notes_on(read("报告.docx", data), ["新"]))
    assert wrapped in part(made)


def test_words_in_a_text_box_are_marked_where_the_box_is_anchored() -> None:
    box = CHOICE.format(f"<w:txbxContent><w:p>{_run('盒里的字')}</w:p><w:p/></w:txbxContent>")
    body = f"<w:p>{_run('盒外')}<w:r>{box}</w:r></w:p><w:p>{_run('下一段')}</w:p>"

    comments = _on(body, "盒里", "盒外", "下一")

    assert "盒里的字" in comments[0].on
    assert [comment.on for comment in comments[1:]] == ["盒外", "下一"]


@pytest.mark.parametrize(
    "empty", ["<w:p/>", "<w:p></w:p>", '<w:p w:rsidR="00A"/>', "<w:p><w:pPr><w:jc/></w:pPr></w:p>"]
)
def test_an_empty_cell(empty: str) -> None:
    cell = f"<w:tc><w:p>{_run('甲')}</w:p></w:tc>"
    body = f"<w:tbl><w:tr>{cell}{cell}</w:tr><w:tr><w:tc>{empty}</w:tc><w:tc>{empty}</w:tc></w:tr></w:tbl>"
    data = package(body)
    text = read("报告.docx", data).text
    assert text == "甲 | 甲\n | "

    comments = _on(body, Span(6, 6), Span(9, 9), Span(6, 6))

    assert [comment.on for comment in comments] == ["", "", ""]
    assert all("位置：某处" in comment.text for comment in comments)
    made = annotate.write("报告.docx", data, notes_on(read("报告.docx", data), [Span(9, 9)]))
    first, last = part(made).split("</w:tr><w:tr>")[1].split("</w:tc><w:tc>")
    assert "comment" not in first
    assert last.count("comment") == 3


def test_a_table_as_a_whole_is_marked_at_its_first_words() -> None:
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p>{_run(text)}</w:p></w:tc>' for text in row)}</w:tr>" for row in ("甲乙", "丙丁")
    )

    (comment,) = _on(f"<w:tbl>{rows}</w:tbl>", Span(0, 9))

    assert comment.on == "甲"


def test_the_number_of_a_list_is_marked_with_its_paragraph() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'

    (comment,) = _on(f"<w:p>{listed}{_run('项目')}</w:p>", Span(0, 2), numbering=numbering)

    assert comment.on == "项目"


def test_a_footnote_is_marked_at_the_paragraph_that_names_it() -> None:
    notes = f'<w:footnote w:id="1"><w:p>{_run("注里的字")}</w:p></w:footnote>'
    body = f'<w:p>{_run("有注")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p><w:p>{_run("末段")}</w:p>'

    (comment,) = _on(body, "注里", footnotes=notes)

    assert comment.on == "有注"


# --- comments that are there already ----------------------------------------------------------------------------


def _with_comment_of_another() -> bytes:
    import docx

    document: Any = docx.Document()
    run = document.add_paragraph("政府信息").add_run("公开报告")
    document.add_comment(run, text="请核对", author="张三", initials="张")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_comments_of_others_stay() -> None:
    data = _with_comment_of_another()
    made = annotate.write("报告.docx", data, notes_on(read("报告.docx", data), ["信息公开"]))

    comments = word_comments(made)

    assert [(c.author, c.on) for c in comments] == [
        ("张三", "公开报告"),
        ("reportlint", comments[1].on),
        ("reportlint", "信息公开"),
    ]
    assert annotate.write("报告.docx", made, notes_on(read("报告.docx", made), ["信息公开"])) == made


def test_what_word_keeps_beside_our_comments_goes_with_them() -> None:
    """Word gives paragraphs of comments names, and keeps replies and times by them in parts of their own."""
    data = package(f"<w:p>{_run('报告')}</w:p>")
    made = annotate.write("报告.docx", data, notes_on(read("报告.docx", data), ["报告"]))
    files = parts(made)
    namespace = 'xmlns:w15="urn:w15" xmlns:w14="urn:w14"'
    reply = (
        '<w:comment w:id="9" w:author="李四"><w:p w14:paraId="0000000B"><w:r><w:t>已改</w:t></w:r></w:p></w:comment>'
    )
    files["word/comments.xml"] = (
        files["word/comments.xml"]
        .replace(b"<w:comments ", f"<w:comments {namespace} ".encode())
        .replace(b"<w:p>", b'<w:p w14:paraId="0000000A">')
        .replace(b"</w:comments>", f"{reply}</w:comments>".encode())
    )
    files["word/commentsExtended.xml"] = (
        f'<w15:commentsEx {namespace}><w15:commentEx w15:paraId="0000000A" w15:done="0"/>'
        '<w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A" w15:done="0"/></w15:commentsEx>'
    ).encode()
    relation = (
        b'<Relationship Id="x" Target="commentsExtended.xml"'
        b' Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended"/>'
    )
    rels = "word/_rels/document.xml.rels"
    files[rels] = files[rels].replace(b"</Relationships>", relation + b"</Relationships>")
    files["word/document.xml"] = files["word/document.xml"].replace(
        b"</w:p>",
        b'<w:commentRangeStart w:id="9"/><w:commentRangeEnd w:id="9"/><w:r><w:commentReference w:id="9"/></w:r></w:p>',
    )
    edited = _zipped(files)

    again = annotate.write("报告.docx", edited, notes_on(read("报告.docx", edited), ["报告"]))

    assert [comment.author for comment in word_comments(again)] == ["李四", "reportlint", "reportlint"]
    assert part(again, "word/commentsExtended.xml").endswith(
        '><w15:commentEx w15:paraId="0000000B" w15:done="0"/></w15:commentsEx>'
    )


def _zipped(files: dict[str, bytes]) -> bytes:
    from zipfile import ZipFile

    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def test_other_prefixes_are_refused_and_not_damaged() -> None:
    files = parts(package(f"<w:p>{_run('报告')}</w:p>"))
    files["word/document.xml"] = files["word/document.xml"].replace(b"w:", b"x:").replace(b"xmlns:x:", b"xmlns:w:")
    files["word/document.xml"] = files["word/document.xml"].replace(b"xmlns:w=", b"xmlns:x=")
    data = _zipped(files)

    with pytest.raises(UsageError):
        annotate.write("报告.docx", data, notes_on(read("报告.docx", data), ["报告"]))
