"""Personal data is hidden wherever words of a report are repeated, whatever rule repeats them."""

from __future__ import annotations

import pytest

from reportlint.config import Settings
from reportlint.engine import Linter
from reportlint.outputs import OUTPUTS
from support.cases import plain, put
from support.draft import Draft
from support.shown import shown
from support.writing import write

NUMBER = "13900001111"
FORMATS = tuple(OUTPUTS)


@pytest.mark.parametrize("number", [NUMBER, "１３９００００１１１１"])
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("欢迎来电(联系电话{}）。", "X001"),
        ("本机关安排专人接听来电并且逐条登记，联系人电话{}，", "X010"),
    ],
)
@pytest.mark.parametrize("name", FORMATS)
def test_a_message_that_quotes_the_report_hides_it(name: str, text: str, rule: str, number: str) -> None:
    draft = put(put(plain(), "section:overall", text.format(number)), "section:overall", "随时欢迎群众来电。")

    shown = _shown({"2023.txt": draft}, (rule,), name)

    assert rule in shown
    assert number not in shown
    assert number[3:] not in shown
    assert number[-8:] not in shown


@pytest.mark.parametrize("name", FORMATS)
def test_rules_over_several_reports_hide_it(name: str) -> None:
    words = f"本机关把群众关心的事项列为公开重点，安排专人接听来电并逐条登记，联系人电话{NUMBER}，全年保持畅通。"
    drafts = {f"{year}.txt": plain(year).with_paragraph(1, 0, words) for year in (2022, 2023)}

    shown = _shown(drafts, ("Y004",), name)

    assert "Y004" in shown
    assert NUMBER not in shown


def _shown(drafts: dict[str, Draft], select: tuple[str, ...], name: str) -> str:
    linter = Linter(Settings(select=select))
    across = linter.across()
    files = [
        linter.check_bytes(path, write(draft, "pipe-rows").text.encode(), across) for path, draft in drafts.items()
    ]
    return shown(name, linter.result(across.results(files)))
