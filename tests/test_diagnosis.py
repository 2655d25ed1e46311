"""The joint diagnosis: misprints of every sort are named with what the figures should be, ties are said, or silence."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reportlint
from reportlint_rules.national.mistakes import digits
from support.cases import plain, put
from support.clean import clean
from support.diagnosed import tally
from support.draft import Draft
from support.files import html
from support.forms import FORMS, read_form
from support.misprints import SIZES
from support.writing import write

COLUMNS = ("natural", "business", "research", "welfare", "legal", "other", "total")
LARGE = clean(2023, figures="large", seed=5)
FIGURES = {key: int(text) for key, text in LARGE.table("requests").cells.items()}
ROWS = tuple(row.key for row in LARGE.table("requests").table_form.blocks[0].rows)
PAIR = (("business", "research"), ("research", "business"))
GRANTED = [FIGURES[f"granted.{column}"] for column in COLUMNS]


def said(draft: Draft, lang: str = "zh") -> list[str]:
    """What A009 says of a report."""
    result = reportlint.check(write(draft, "tab-rows").text.encode(), name="报告.txt")
    assert list(result.faults) == []
    return [found.message[lang] for found in result.findings if found.rule == "A009"]


def large(cells: Mapping[str, int]) -> Draft:
    """The large report with other figures in some cells of 表三."""
    return LARGE.with_cells("requests", cells)


def granted(*figures: int) -> Draft:
    """The large report with another row （一）."""
    return large({f"granted.{column}": figure for column, figure in zip(COLUMNS, figures, strict=True)})


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("size", SIZES)
def test_a_misprint_is_named_and_nothing_else(form: str, size: str) -> None:
    assert tally(form, size, 1, 20, seed=7).share("sole") == 1


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("size", SIZES)
def test_two_misprints_are_named(form: str, size: str) -> None:
    assert tally(form, size, 2, 20, seed=7).share("sole", "first", "listed") >= 0.95


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (put(plain(), "cell:requests:granted.natural", "15"), "改 1 个数就全部相符：（一）予以公开 × 自然人 15 应为 5"),
        (large({"granted.natural": FIGURES["granted.natural"] + 1}), f"应为 {FIGURES['granted.natural']}"),
        (large({"partial.total": int(f"{FIGURES['partial.total']}0")}), "（多写一位数字）"),
        (large({"partial.total": FIGURES["partial.total"] // 10}), "（少写一位数字）"),
        (
            large({"processed.legal": FIGURES["processed.legal"] - FIGURES["denied.1.legal"]}),
            "（合计少加了“1.属于国家秘密 × 法律服务机构”）",
        ),
        (
            plain().shifted("requests", granted__natural=-1, granted__other=1),
            "“（一）予以公开”行有 1 件归错列，应归自然人，误归其他：",
        ),
        (granted(*GRANTED[:1], GRANTED[2], GRANTED[1], *GRANTED[3:]), "“（一）予以公开”行的商业企业与科研机构互换："),
        (granted(0, *GRANTED[:-1]), "“（一）予以公开”行的数整体右移了一列："),
        (granted(*GRANTED[1:], 0), "“（一）予以公开”行的数整体左移了一列："),
        (granted(*GRANTED[:2], int(f"{GRANTED[2]}{GRANTED[3]}"), *GRANTED[4:], 0), "有两个数并进了一格："),
        (granted(*GRANTED[:2], GRANTED[2] // 10, GRANTED[2] % 10, *GRANTED[3:-1]), "有一个数被拆进了两格："),
        (
            large({f"processed.{c}": FIGURES[f"processed.{c}"] - FIGURES[f"granted.{c}"] for c in COLUMNS}),
            "合计行各列都少加了“（一）予以公开”一行：",
        ),
        (
            large({f"{row}.total": FIGURES[f"{row}.total"] - FIGURES[f"{row}.other"] for row in ROWS}),
            "总计列少加了其他一列：",
        ),
        (
            large({f"{row}.{one}": FIGURES[f"{row}.{two}"] for row in ROWS[8:] for one, two in PAIR}),
            "从“5.属于三类内部事务信息”行到“四、结转下年度继续办理”行，商业企业列与科研机构列互换：",
        ),
    ],
    ids=lambda value: value[:16] if isinstance(value, str) else "",
)
def test_what_happened_is_recognised(draft: Draft, words: str) -> None:
    (message,) = said(draft)

    assert words in message


def test_figures_exchanged_are_named_before_other_changes_of_that_size() -> None:
    draft = granted(*GRANTED[:1], GRANTED[2], GRANTED[1], *GRANTED[3:])

    (message,) = said(draft)

    assert re.search("最像是：“（一）予以公开”行的商业企业与科研机构互换：.*另外还有 [0-9]+ 种同样大小的改法", message)


def test_changes_that_explain_as_much_are_told_as_a_tie() -> None:
    draft = large(
        {"granted.natural": FIGURES["granted.natural"] + 1, "partial.business": FIGURES["partial.business"] + 1}
    )

    (message,) = said(draft)

    assert "有 2 种同样大小的改法，单凭数字分不出是哪一种：①" in message
    assert "；②" in message


def test_of_a_sum_of_its_own_every_figure_may_be_wrong() -> None:
    messages = said(put(plain(), "cell:disputes:direct.total", "+2"))
    english = said(put(plain(), "cell:disputes:direct.total", "+2"), "en")

    assert messages == [
        "表四“行政诉讼未经复议直接起诉”合计不符，单凭数字分不出错的是哪一个，可能是："
        "①行政诉讼 · 未经复议直接起诉 · 总计 3 应为 1；"
        "②行政诉讼 · 未经复议直接起诉 · 结果维持 1 应为 3；"
        "③行政诉讼 · 未经复议直接起诉 · 结果纠正 0 应为 2；"
        "④行政诉讼 · 未经复议直接起诉 · 其他结果 0 应为 2；"
        "⑤行政诉讼 · 未经复议直接起诉 · 尚未审结 0 应为 2"
    ]
    assert "the figures do not tell which" in english[0]


def test_the_failing_sums_and_the_figures_are_related_places() -> None:
    draft = plain().shifted("requests", granted__natural=-1, granted__other=1)
    result = reportlint.check(write(draft, "tab-rows").text.encode(), name="报告.txt")

    (found,) = [found for found in result.findings if found.rule == "A009"]

    assert found.severity == "info"
    assert found.address.endswith("（一）予以公开 × 自然人")
    assert [place.address.rpartition(" › ")[2] for place in found.related] == [
        "（一）予以公开 × 其他",
        "（七）总计 × 自然人",
        "（七）总计 × 其他",
    ]


@pytest.mark.parametrize("text", ["/", "", "若干"])
def test_nothing_is_guessed_where_the_sums_cannot_be_made(text: str) -> None:
    assert said(put(plain(), "cell:requests:granted.natural", text)) == []


def test_nothing_is_said_where_too_many_figures_are_wrong() -> None:
    cells = [f"{row}.{column}" for row, column in zip(ROWS, COLUMNS * 4, strict=False)]
    wrong = {cell: 7_000 + 13 * at for at, cell in enumerate(cells)}

    assert said(large(wrong)) == []


@pytest.mark.parametrize(
    ("printed", "due", "look"),
    [
        (12, 21, "transposed"),
        (1203, 1023, "transposed"),
        (123, 1234, "fewer-digits"),
        (1234, 134, "more-digits"),
        (1234, 1334, "digit"),
        (12, 34, ""),
        (1, 2, ""),
        (0, 10, "fewer-digits"),
        (321, 123, ""),
    ],
)
def test_what_became_of_the_digits_of_a_number(printed: int, due: int, look: str) -> None:
    assert digits(printed, due) == look


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_no_table_makes_it_crash(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(sorted(FORMS)))
    draft = clean({"2019": 2020, "2021": 2023}[form], figures="small")
    for key, table in read_form(form).tables.items():
        texts = st.sampled_from(["", "0", "1", "4", "21", "21000", "/", "3.5"])
        draft = draft.with_cells(key, data.draw(st.dictionaries(st.sampled_from(table.cells()), texts, max_size=6)))

    # In a page blank cells keep their places, so that rows without a total are there as well.
    result = reportlint.check(html.write(draft), name="报告.html")

    assert list(result.faults) == []


def test_a_row_without_its_total_is_no_row_of_the_rectangle() -> None:
    figures = {"new.research": "", "new.welfare": "4", "new.legal": "0", "new.other": "21", "new.total": ""}
    draft = clean(2023, figures="small").with_cells("requests", figures)

    assert list(reportlint.check(html.write(draft), name="报告.html").faults) == []
