"""Defects planted in one's own report are noticed in every kind of file; what is not is said with the reason."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from reportlint.document import Span
from reportlint.engine import Linter
from reportlint.rule import Edit
from reportlint.selftest import SelfTest, selftest
from reportlint.splice import PARAGRAPH, spliced
from support.clean import FIGURES, Figures, clean
from support.draft import Draft
from support.process import EXAMPLES, reportlint
from support.ways import WAYS, as_text

CLEAN = EXAMPLES / "青川港市数据局" / "2023.txt"


@pytest.mark.parametrize(
    ("kind", "figures"), [*((kind, "small") for kind in WAYS), *(("tab-cells", figures) for figures in FIGURES)]
)
def test_every_planted_defect_is_noticed(kind: str, figures: Figures) -> None:
    test = _tested(clean(2023, figures=figures), kind)

    assert [(trial.plant.rule.code, trial.plant.says["zh"]) for trial in test.missed] == []
    assert list(test.faults) == []
    assert test.exit_code == 0
    assert len(test.trials) > 60
    # An equation that fails is the matter of its own rule, whoever else may notice.
    sums = [trial for trial in test.trials if trial.plant.rule.code in ("A001", "A002", "A003", "A004", "A005")]
    assert sums
    assert all(trial.found is not None and trial.found.rule == trial.plant.rule.code for trial in sums)


@pytest.mark.parametrize("year", [2019, 2020, 2022, 2025])
def test_examples_are_moved_to_the_year_of_the_report(year: int) -> None:
    test = _tested(clean(year, figures="small"), "tab-rows")

    assert [(trial.plant.rule.code, trial.plant.says["zh"]) for trial in test.missed] == []
    assert any(trial.plant.rule.code == "C013" and str(year - 1) in trial.plant.says["zh"] for trial in test.trials)


def test_a_rule_that_is_blind_is_named_with_the_reason() -> None:
    linter = Linter()
    blind = next(rule for rule in linter.rules if rule.code == "V006")
    object.__setattr__(blind, "check", lambda report: iter(()))

    test = selftest(linter, "报告.txt", as_text("tab-rows", clean(2023)))

    assert [(trial.plant.rule.code, trial.why) for trial in test.missed] == [
        ("V006", {"zh": "检查了，没有发现", "en": "checked, and nothing found"})
    ]
    assert test.exit_code == 1


def test_why_nothing_was_planted_for_a_rule() -> None:
    test = _tested(clean(2023), "tab-rows")

    why = {item.rule.code: item.why["zh"] for item in test.unplanted}

    assert why["Y001"] == "检查的不是单份报告"
    assert why["F008"] == "不适用于2023年度"
    assert why["A006"] == "这条规则没有可以植入的例子"


def test_selftest_as_a_process(tmp_path: Path) -> None:
    before = CLEAN.read_bytes()
    chinese = reportlint(tmp_path, "selftest", str(CLEAN))
    english = reportlint(tmp_path, "selftest", str(CLEAN), "--lang", "en")

    assert (chinese.code, chinese.said) == (english.code, english.said) == (0, "")
    assert "没有查出 0 处" in chinese.text
    assert (
        "  A004  表四 行政复议 · 总计 0 → 1\n        → 74:17 四、政府信息公开行政复议、行政诉讼情况 › 表四"
        in chinese.text
    )
    assert "defects planted, one at a time: " in english.text
    assert ", 0 not\n" in english.text
    assert CLEAN.read_bytes() == before


def test_selftest_where_the_configuration_leaves_a_rule_out(tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text('ignore = ["A004"]\n', encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(CLEAN.read_bytes())

    done = reportlint(tmp_path, "selftest", "a.txt")

    assert done.code == 0
    assert "  A004  " not in done.text


@pytest.mark.parametrize(("name", "code"), [("没有.txt", "RL001"), ("a.zip", "RL002")])
def test_selftest_of_what_cannot_be_read(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x05\x06" + bytes(18))

    done = reportlint(tmp_path, "selftest", name)

    assert (done.code, done.out) == (2, b"")
    assert code in done.said


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx", "pdf"])
def test_every_place_moves_with_the_text_that_is_put_in(kind: str) -> None:
    name, made = WAYS[kind]
    document = Linter().report(name, made(clean(2023, figures="small"))).document
    whole = [block for block in document.paragraphs() if len(block.text) > 10]
    first, second = whole[2].prose, whole[5].prose

    new = spliced(
        document,
        [
            Edit(second.span(2, 4), "改过"),
            Edit(Span(first.span().end, first.span().end), f"{PARAGRAPH}新的一段\n再一段"),
            Edit(whole[7].prose.span(), ""),
        ],
    )

    texts = [block.text for block in new.paragraphs()]
    assert texts[texts.index(first.text) + 1 : texts.index(first.text) + 3] == ["新的一段", "再一段"]
    assert f"{second.text[:2]}改过{second.text[4:]}" in texts
    assert whole[7].text not in texts
    proses = [block.prose for block in new.paragraphs()] + [c.prose for table in new.tables() for c in table.cells]
    for prose in proses:
        for at, offset in enumerate(prose.offsets()):
            if kind != "html":
                assert new.text[offset] == prose.text[at] or prose.text[at].isspace()


def test_edits_that_overlap_are_refused() -> None:
    document = Linter().report("报告.txt", CLEAN.read_bytes()).document

    with pytest.raises(ValueError, match="overlap"):
        spliced(document, [Edit(Span(0, 5), "a"), Edit(Span(3, 8), "b")])


def _tested(draft: Draft, kind: str) -> SelfTest:
    name, made = WAYS[kind]
    return selftest(_linter(), name, made(draft))


@cache
def _linter() -> Linter:
    return Linter()
