"""PDF: tables by their rules over the ends of pages, text by where it stands."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence

import pytest

from reportlint.document import Document, Paragraph
from reportlint.readers import pdf
from reportlint.readers.pdf.folding import fold
from reportlint.readers.pdf.ink import Glyph
from reportlint.readers.pdf.lattice import Lattice, Square
from reportlint.readers.pdf.lines import cell_text, line
from reportlint.readers.pdf.stitch import fits, stitched
from support import cells
from support.clean import clean
from support.files.pdf import BOTTOM, LEFT, SIZE, TOP, Pages, write

ROW = 24.0


def _read(pages: Pages) -> Document:
    return pdf.read("报告.pdf", pages.bytes())


def _drawn(draw: Callable[[Pages], None]) -> Document:
    pages = Pages()
    draw(pages)
    return _read(pages)


def _ruled(
    pages: Pages,
    rows: Sequence[Sequence[str]],
    top: float,
    edges: Sequence[float] = (60, 160, 200, 240),
    box: bool = True,
) -> None:
    """Draw a table, every cell a box; an empty column edge merges to the right where a text is None."""
    for index, row in enumerate(rows):
        y = top - (index + 1) * ROW
        for column, text in enumerate(row):
            if box:
                pages.canvas.rect(edges[column], y, edges[column + 1] - edges[column], ROW)
            pages.text(edges[column] + 3, y + 8, text, 9)


def _grid(document: Document) -> list[list[str]]:
    (grid,) = cells.squares(document)
    return grid


HEAD = ["项目", "自然人", "总计"]


def test_a_row_torn_by_the_end_of_a_page_is_one() -> None:
    def draw(pages: Pages) -> None:
        _ruled(pages, [HEAD, ["1.信访", "3", "3"], ["2.重复", "4", "5"]], BOTTOM + 3 * ROW)
        pages.turn()
        _ruled(pages, [["申请", "", ""], ["3.出版物", "6", "6"]], TOP)

    assert _grid(_drawn(draw)) == [HEAD, ["1.信访", "3", "3"], ["2.重复申请", "4", "5"], ["3.出版物", "6", "6"]]


@pytest.mark.parametrize("label", ["3.出版物", "（七）总计", "四、结转", "行政强制"])
def test_a_blank_row_after_the_end_of_a_page_is_a_row(label: str) -> None:
    def draw(pages: Pages) -> None:
        _ruled(pages, [HEAD, ["行政处罚", "4", "5"]], BOTTOM + 2 * ROW)
        pages.turn()
        _ruled(pages, [[label, "", ""]], TOP)

    assert _grid(_drawn(draw)) == [HEAD, ["行政处罚", "4", "5"], [label, "", ""]]


def test_numbers_may_stand_in_the_lower_half_of_a_torn_row() -> None:
    def draw(pages: Pages) -> None:
        _ruled(pages, [HEAD, ["1.信访", "3", "3"], ["2.重复", "", ""]], BOTTOM + 3 * ROW)
        pages.turn()
        _ruled(pages, [["申请", "4", "5"]], TOP)

    assert _grid(_drawn(draw))[2:] == [["2.重复申请", "4", "5"]]


def test_headers_repeated_on_the_next_page_are_dropped() -> None:
    def draw(pages: Pages) -> None:
        _ruled(pages, [HEAD, ["1.信访", "3", "3"]], BOTTOM + 2 * ROW)
        pages.turn()
        _ruled(pages, [HEAD, ["2.重复申请", "4", "5"]], TOP)

    assert _grid(_drawn(draw)) == [HEAD, ["1.信访", "3", "3"], ["2.重复申请", "4", "5"]]


def test_columns_that_vanish_on_the_next_page_come_back() -> None:
    def draw(pages: Pages) -> None:
        _ruled(pages, [["信息内容", "制发", "废止"], ["规章", "1", "2"]], BOTTOM + 2 * ROW)
        pages.turn()
        _ruled(pages, [["行政许可", "550"]], TOP, edges=(60, 160, 240))

    assert _grid(_drawn(draw))[2] == ["行政许可", "550", "550"]


def test_labels_cut_by_a_page_are_joined() -> None:
    def square(row: int, column: int, rows: int, text: str) -> Square:
        return Square(row, column, rows, 1, text, 1, (0, 0, 1, 1))

    upper = Lattice(1, (0, 0, 9, 9), [0, 50, 150, 200], 2, [
        *(square(0, 0, 2, "（四）无"), square(0, 1, 1, "1.不掌握"), square(0, 2, 1, "3")),
        *(square(1, 1, 1, "2.没有现成"), square(1, 2, 1, "4")),
    ])  # fmt: skip
    lower = Lattice(2, (0, 0, 9, 9), [0.5, 50, 150, 200], 2, [
        *(square(0, 0, 1, "法提供"), square(0, 1, 1, "3.补正后"), square(0, 2, 1, "5")),
        *(square(1, 0, 1, "（五）不予处理"), square(1, 1, 1, "1.信访"), square(1, 2, 1, "6")),
    ])  # fmt: skip

    assert fits(upper, lower)
    whole = stitched(upper, lower)
    labels = {cell.text: (cell.row, cell.rows) for cell in whole.cells if cell.column == 0}
    assert labels == {"（四）无法提供": (0, 3), "（五）不予处理": (3, 1)}
    assert [(cell.row, cell.text) for cell in whole.cells if cell.column == 2] == [
        (0, "3"),
        (1, "4"),
        (2, "5"),
        (3, "6"),
    ]


def test_text_between_keeps_tables_apart() -> None:
    def draw(pages: Pages) -> None:
        _ruled(pages, [HEAD, ["甲", "3", "3"]], 500)
        pages.text(LEFT, 420, "四、政府信息公开行政复议、行政诉讼情况", SIZE)
        _ruled(pages, [HEAD, ["乙", "4", "4"]], 400)

    assert len(list(_drawn(draw).tables())) == 2


def test_backgrounds_and_frames_are_no_tables() -> None:
    def draw(pages: Pages) -> None:
        pages.canvas.setFillGray(0.9)
        for index in range(6):
            pages.canvas.rect(LEFT, 700 - index * 22, 475, 22, stroke=0, fill=1)
        pages.canvas.setFillGray(0)
        pages.canvas.rect(40, 60, 515, 720)
        for index in range(6):
            pages.text(LEFT, 706 - index * 22, "本机关按照条例规定推进政府信息公开工作", SIZE)

    document = _drawn(draw)
    assert not list(document.tables())
    assert "推进政府信息公开工作" in document.text


def test_rules_may_be_thin_filled_boxes_and_sides_open() -> None:
    def draw(pages: Pages) -> None:
        _ruled(pages, [HEAD, ["甲", "3", "/"]], 500, box=False)
        for index in range(3):
            pages.canvas.rect(60, 500 - index * ROW - 0.3, 180, 0.6, stroke=0, fill=1)
        for x in (160, 200):
            pages.canvas.rect(x - 0.3, 500 - 2 * ROW, 0.6, 2 * ROW, stroke=0, fill=1)

    assert _grid(_drawn(draw)) == [HEAD, ["甲", "3", "/"]]


def test_two_numbers_in_one_cell_are_never_run_together() -> None:
    def draw(pages: Pages) -> None:
        _ruled(pages, [HEAD, ["甲", "3", "1"]], 500)
        pages.text(217, 500 - 2 * ROW + 8, "2", 9)

    assert [cell.text for cell in next(_drawn(draw).tables()).cells][-1] == "1 2"


def test_upright_labels_read_downwards() -> None:
    glyphs = [Glyph(char, 10, 100 - 10 * index, 20, 110 - 10 * index) for index, char in enumerate("三、结果")]
    assert cell_text(glyphs) == "三、结果"


def test_page_numbers_and_running_heads_are_left_out() -> None:
    def draw(pages: Pages) -> None:
        for index in range(3):
            pages.text(LEFT, 800, f"某局年度报告 第{index + 1}版", 9)
            pages.text(LEFT, 400, f"第{index + 1}段正文。", SIZE)
            if index < 2:
                pages.turn()

    assert _drawn(draw).text == "第1段正文。\n第2段正文。\n第3段正文。"


def test_glyphs_drawn_twice_to_look_bold_are_read_once() -> None:
    def draw(pages: Pages) -> None:
        for shift in (0, 0.3, 0.6):
            pages.text(LEFT + shift, 500, "一、总体情况 11", SIZE)

    assert _drawn(draw).text == "一、总体情况 11"


def test_pages_turned_for_showing_are_read_level() -> None:
    expected = cells.printed(clean(2023))

    def turned(pages: Pages) -> None:
        pages.canvas.setPageRotation(90)
        _ruled(pages, [HEAD, ["甲", "3", "4"]], 500)

    def drawn_turned(pages: Pages) -> None:
        pages.canvas.translate(595, 0)
        pages.canvas.rotate(90)
        _ruled(pages, [HEAD, ["甲", "3", "4"]], 500)

    for draw in (turned, drawn_turned):
        assert _grid(_drawn(draw)) == [HEAD, ["甲", "3", "4"]]
    assert cells.read(pdf.read("a.pdf", write(clean(2023), pageCompression=1))) == expected


def test_watermarks_are_not_read() -> None:
    def draw(pages: Pages) -> None:
        pages.text(LEFT, 500, "正文。", SIZE)
        pages.canvas.saveState()
        pages.canvas.rotate(45)
        pages.text(500, 100, "内部资料", 40)
        pages.canvas.restoreState()

    assert _drawn(draw).text == "正文。"


def test_radicals_are_read_as_characters() -> None:
    assert "".join(map(fold, "⻘⼈⺠⻓⾏政")) == "青人民长行政"


def test_columns_without_rules_are_parted_by_tabs() -> None:
    glyphs = [Glyph("甲", 0, 0, 10, 10), Glyph("1", 60, 0, 65, 10), Glyph("2", 65, 0, 70, 10)]
    assert line(1, glyphs).text == "甲\t12"


def test_paragraphs_go_on_over_pages_and_know_their_places() -> None:
    text = "本机关按照条例规定推进政府信息公开，把群众关心的事项列为公开重点，各项任务按计划完成。" * 3

    def draw(pages: Pages) -> None:
        for _ in range(9):
            pages.paragraph("line", text)

    document = _drawn(draw)
    assert document.text.split("\n") == [text] * 9
    places = [block.place for block in document.blocks if isinstance(block, Paragraph)]
    assert [place.page for place in places if place] == [1] * 8 + [2]
    box = places[0].box if places[0] else None
    assert box is not None
    assert box[0] == pytest.approx(LEFT, abs=1)


# --- fonts that neither the file nor the machine has ---------------------------------------------------------------

WITHOUT_FONTS = """
import sys
import pypdfium2.raw as raw
known = raw.FPDF_GetDefaultSystemFontInfo()
info = known.contents
none = [type(info.MapFont)(lambda *asked: None), type(info.GetFont)(lambda *asked: None)]
info.MapFont, info.GetFont = none
if sys.argv[1] == "as ever":
    raw.FPDF_GetDefaultSystemFontInfo = lambda: known
else:
    raw.FPDF_SetSystemFontInfo(known)
    raw.FPDF_GetDefaultSystemFontInfo = lambda: None
from reportlint.errors import Unreadable
from reportlint.readers.pdf import read
try:
    sys.stdout.buffer.write(read("报告.pdf", sys.stdin.buffer.read()).text.encode())
except Unreadable as error:
    print(error.code)
"""


def _without_fonts(data: bytes, how: str = "as ever") -> str:
    done = subprocess.run((sys.executable, "-c", WITHOUT_FONTS, how), input=data, capture_output=True, check=True)
    return done.stdout.decode()


def _upright(pages: Pages) -> None:
    _ruled(pages, [HEAD, ["甲", "3", "4"]], 500)
    pages.text(LEFT, 350, "一、总体情况", SIZE)


def _lying(pages: Pages) -> None:
    pages.canvas.translate(595, 0)
    pages.canvas.rotate(90)
    _upright(pages)


@pytest.mark.parametrize("draw", [_upright, _lying])
def test_characters_that_no_font_of_the_machine_has_are_read_all_the_same(draw: Callable[[Pages], None]) -> None:
    pages = Pages()
    draw(pages)
    data = pages.bytes()

    for text in (_without_fonts(data), pdf.read("报告.pdf", data).text):
        assert text.splitlines()[:3] == ["项目 | 自然人 | 总计", "甲 | 3 | 4", "一、总体情况"]
    assert "甲" not in _without_fonts(data, "PDFium alone")
