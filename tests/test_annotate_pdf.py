"""Highlights and notes in PDF: on the words, added behind the file as it is, the same when done again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any, NamedTuple

import pytest

from reportlint.annotate import pdf as annotate
from reportlint.document import Span
from reportlint.engine import Linter
from reportlint.errors import UsageError
from reportlint.readers.pdf import read
from reportlint.readers.pdf.ink import pages
from support.annotated import noted, notes_on
from support.clean import clean
from support.conversion import draft_of
from support.draft import Draft
from support.edits import cells, paragraphs
from support.files.pdf import Pages, write
from support.shared import shared_file

pypdf: Any = pytest.importorskip("pypdf")
LINTER = Linter()
LONG = "本机关在本年度推进政府信息公开工作，" * 8 + "其中收到申请十二件。"


class Mark(NamedTuple):
    """A note of a PDF: its page from 1, what kind of mark it is, what it says, and the text under it."""

    page: int
    kind: str
    author: str
    says: str
    on: str


def _marks(data: bytes) -> list[Mark]:
    """The notes as pypdf reads them, and the characters that PDFium finds under them."""
    found: list[Mark] = []
    inks = list(pages(data))
    for number, (page, ink) in enumerate(zip(pypdf.PdfReader(BytesIO(data)).pages, inks, strict=True), 1):
        for reference in page.get("/Annots", ()):
            note = reference.get_object()
            quads = [float(at) for at in note.get("/QuadPoints", ())]
            under = ""
            for at in range(0, len(quads), 8):
                left, top, right, _, _, bottom = quads[at : at + 6]
                for glyph in ink.glyphs:
                    box = ink.in_file((glyph.left, glyph.bottom, glyph.right, glyph.top))
                    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
                    under += glyph.text if left < x < right and bottom < y < top else ""
            kind, author, says = (str(note[key]) for key in ("/Subtype", "/T", "/Contents"))
            found.append(Mark(number, kind[1:], author, says, under.replace(" ", "")))
    return found


def _spoilt() -> Draft:
    draft = cells("requests", new__total="7", carried_in__total="")(clean(2023, figures="small"))
    return paragraphs(6, "2023年，本局的的工作，联系人手机13912345678。")(draft)


def _annotated(data: bytes) -> bytes:
    return annotate.write("报告.pdf", data, noted(LINTER, "报告.pdf", data))


def _on(data: bytes, *wanted: str | Span) -> list[Mark]:
    """The notes on these words, the summary left out."""
    made = annotate.write("报告.pdf", data, notes_on(read("报告.pdf", data), wanted))
    assert made.startswith(data)
    return _marks(made)[1:]


def test_each_finding_has_a_note_and_the_first_page_a_summary() -> None:
    data = write(_spoilt())
    found = LINTER.check_bytes("报告.pdf", data).findings

    marks = _marks(_annotated(data))

    assert (marks[0].page, marks[0].kind) == (1, "Text")
    assert marks[0].says.startswith("reportlint：未通过\r")
    assert {mark.author for mark in marks} == {"reportlint"}
    said = [mark.says.partition("\r")[0][3:] for mark in marks[1:] if "（续）" not in mark.says]
    assert sorted(said) == sorted(f"{finding.rule}  {finding.message('zh')}" for finding in found)
    on = {mark.says[3:7]: mark.on for mark in marks[1:]}
    assert (on["A002"], on["X006"], on["T011"]) == ("7", "的的", "")


def test_personal_data_is_masked_in_notes() -> None:
    says = "".join(mark.says for mark in _marks(_annotated(write(_spoilt()))))

    assert "139****5678" in says
    assert "13912345678" not in says


def test_the_file_is_the_beginning_and_twice_is_once() -> None:
    data = write(_spoilt())
    made = _annotated(data)

    assert made.startswith(data)
    assert read("报告.pdf", made).text == read("报告.pdf", data).text
    assert _annotated(made) == made
    assert _annotated(data) == made


@pytest.mark.parametrize("name", ["2023_淮安市", "2024_淮安市"])
def test_files_of_others(name: str) -> None:
    data = shared_file("reports", name)
    made = _annotated(data)

    marks = _marks(made)
    assert (
        len([mark for mark in marks if "（续）" not in mark.says])
        == len(LINTER.check_bytes("报告.pdf", data).findings) + 1
    )
    assert all(mark.kind == "Highlight" for mark in marks[1:])
    assert _annotated(made) == made


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_reports_of_others(seed: str) -> None:
    data = write(draft_of(LINTER.report("报告.txt", shared_file("seeds", seed))))

    marks = _marks(_annotated(data))

    found = LINTER.check_bytes("报告.pdf", data).findings
    assert len([mark for mark in marks if "（续）" not in mark.says]) == len(found) + 1


def _paragraph(text: str, turns: int = 0) -> bytes:
    sheet = Pages()
    for _ in range(turns):
        sheet.paragraph("line", "甲乙丙丁。")
    sheet.paragraph("line", text)
    return sheet.bytes()


def test_words_over_the_end_of_a_line_have_two_boxes() -> None:
    data = _paragraph(LONG)
    document = read("报告.pdf", data)
    assert document.text == LONG

    (mark,) = _on(data, Span(30, 60))

    assert mark.on == LONG[30:60]


def test_words_over_the_end_of_a_page_are_on_both() -> None:
    data = _paragraph(LONG, turns=29)
    start = read("报告.pdf", data).text.index(LONG)

    first, second = _on(data, Span(start, start + len(LONG)))

    assert (first.page, second.page) == (1, 2)
    assert first.on + second.on == LONG
    assert second.says.startswith("（续）")


def test_what_is_missing_is_noted_beside_it() -> None:
    (mark,) = _on(_paragraph(LONG), Span(len(LONG), len(LONG)))

    assert mark.on == "。"


def test_a_place_that_has_no_box_is_noted_on_the_first_page() -> None:
    data = _paragraph(LONG)
    remarks = notes_on(read("报告.pdf", data), [Span(0, 0)])
    lost = remarks.notes[0]._replace(span=Span(9999, 9999))
    made = annotate.write(
        "报告.pdf", data, type(remarks)(remarks.document, remarks.file, (lost,), Span(0, 0), [], True)
    )

    assert [(mark.kind, mark.page) for mark in _marks(made)] == [("Text", 1), ("Text", 1)]


# --- pages and files of other shapes ----------------------------------------------------------------------------


def _changed(data: bytes, change: Callable[[Any], object], **options: Any) -> bytes:
    writer = pypdf.PdfWriter(BytesIO(data), **options) if options else pypdf.PdfWriter(clone_from=BytesIO(data))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _turned(writer: Any) -> None:
    for page in writer.pages:
        page.rotate(90)


def _lying(writer: Any) -> None:
    """What is written lies on its side and is shown upright."""
    for page in writer.pages:
        page.rotate(90)
        page.transfer_rotation_to_content()


def _cropped(writer: Any) -> None:
    for page in writer.pages:
        page.cropbox.lower_left = (40, 30)
        page.cropbox.upper_right = (580, 820)


def _moved(writer: Any) -> None:
    for page in writer.pages:
        page.add_transformation(pypdf.Transformation().translate(100, -50))
        page.mediabox.lower_left = (100, -50)
        page.mediabox.upper_right = (695, 792)
        page.cropbox = page.mediabox


@pytest.mark.parametrize("change", [_turned, _lying, _cropped, _moved])
def test_pages_turned_cropped_and_moved(change: Callable[[Any], object]) -> None:
    data = _changed(write(_spoilt()), change)

    made = _annotated(data)
    marks = {mark.says[3:7]: mark.on for mark in _marks(made)}

    assert (marks["A002"], marks["X006"]) == ("7", "的的")
    page = pypdf.PdfReader(BytesIO(made)).pages[0]
    left, bottom, right, top = (float(at) for at in page["/Annots"][0].get_object()["/Rect"])
    assert page.cropbox.left < left < right < page.cropbox.right
    assert page.cropbox.bottom < bottom < top < page.cropbox.top


def test_a_file_whose_index_is_a_stream() -> None:
    data = _changed(write(_spoilt()), lambda writer: writer.add_metadata({"/Subject": "x"}), incremental=True)
    assert b"/XRef" in data[-4000:]

    made = _annotated(data)

    assert made.startswith(data)
    assert {mark.on for mark in _marks(made)} >= {"7", "的的"}
    assert _annotated(made) == made


def test_notes_of_others_stay() -> None:
    from pypdf.annotations import FreeText

    note = FreeText(text="请核对", rect=(50, 550, 200, 650))
    data = _changed(write(_spoilt()), lambda writer: writer.add_annotation(0, note))
    made = _annotated(data)

    (page, *_) = pypdf.PdfReader(BytesIO(made)).pages
    assert str(page["/Annots"][0].get_object()["/Contents"]) == "请核对"
    assert _annotated(made) == made


def test_notes_that_another_program_saved_again_are_replaced() -> None:
    made = _changed(_annotated(write(_spoilt())), lambda writer: None)

    again = _annotated(made)

    assert len(pypdf.PdfReader(BytesIO(again)).pages[0]["/Annots"]) == len(
        pypdf.PdfReader(BytesIO(made)).pages[0]["/Annots"]
    )


def test_a_protected_file_is_refused() -> None:
    data = _changed(write(_spoilt()), lambda writer: writer.encrypt("", "geheim", algorithm="RC4-128"))

    with pytest.raises(UsageError, match="保护"):
        _annotated(data)


def test_a_file_with_a_damaged_index_is_refused() -> None:
    data = b"%junk\n" + write(_spoilt())

    with pytest.raises(UsageError, match="目录"):
        _annotated(data)


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)

    with pytest.raises(UsageError, match=r"reportlint\[review\]"):
        _annotated(write(clean(2023)))
