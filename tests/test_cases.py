"""Wordings as data: the wrong ones are found at their words, the right ones are left alone."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

import reportlint
from reportlint.config import Settings
from reportlint.engine import Linter
from reportlint.plant import EXAMPLE_YEAR, planted
from reportlint.report import Report
from reportlint.rule import Example, Rule
from reportlint.selftest import checked
from support.cases import Case, cases, plain, put
from support.draft import Draft
from support.writing import write

NAME = "报告.txt"
DEFECTS = list(cases("defects"))
WORDINGS = list(cases("wordings"))
RULES = {rule.code: rule for rule in Linter().all_rules if rule.pack == "national"}
GOOD = [(rule, example) for rule in RULES.values() for example in rule.good]
BAD = [(rule, example) for rule in RULES.values() for example in rule.bad]


@pytest.mark.parametrize("case", DEFECTS, ids=[case.name for case in DEFECTS])
def test_a_wrong_wording_is_found_at_its_words(case: Case) -> None:
    text, result = _checked(case.draft())

    hits = [found for found in result.findings if found.rule == case.find]
    assert hits, [(found.rule, found.message["zh"]) for found in result.findings]
    assert any(_words(text, found).startswith(case.at) or case.at in _words(text, found) for found in hits)
    assert {str(found.severity) for found in hits} == {case.severity}


@pytest.mark.parametrize("case", WORDINGS, ids=[case.name for case in WORDINGS])
def test_a_right_wording_is_left_alone(case: Case) -> None:
    _, result = _checked(case.draft())

    graver = [(f.rule, f.message["zh"]) for f in result.findings if f.severity in ("error", "warning")]
    assert graver == []
    assert list(result.faults) == []


@pytest.mark.parametrize(("rule", "example"), BAD, ids=[f"{rule.code} {e.text[:16]}" for rule, e in BAD])
def test_the_bad_examples_of_a_rule_are_found(rule: Rule, example: Example) -> None:
    report = _report(example)
    plants = list(planted(report, rule, example))

    assert plants
    for plant in plants:
        result = checked(_linter_for(rule), report, plant)
        text = plant.document(report.document).text
        hits = [found for found in result.findings if found.rule == rule.code]
        assert hits, [(found.rule, found.message["zh"]) for found in result.findings]
        assert any(example.at in _words(text, found) for found in hits), [_words(text, found) for found in hits]


@pytest.mark.parametrize(("rule", "example"), GOOD, ids=[f"{rule.code} {e.text[:16]}" for rule, e in GOOD])
def test_the_good_examples_of_a_rule_are_left_alone(rule: Rule, example: Example) -> None:
    report = _report(example)

    for plant in planted(report, rule, example):
        result = checked(_linter_for(rule), report, plant)
        assert [found.message["zh"] for found in result.findings if found.rule == rule.code] == []


def test_every_rule_has_a_case_in_which_it_speaks() -> None:
    from support.defects import DEFECTS as PLANTED

    spoken = {case.find for case in DEFECTS} | {rule.code for rule, _ in BAD} | {defect.code for defect in PLANTED}
    spoken |= {defect.traceless[0] for defect in PLANTED if defect.traceless is not None}

    # These have tests of their own below.
    spoken |= {"T007", "T008", "T018", "D005"}

    assert {code for code, rule in RULES.items() if rule.on == "report"} - spoken == set()


def test_every_error_has_correct_wordings() -> None:
    errors = {rule.code for rule in RULES.values() if rule.severity == "error" and rule.on == "report"}
    # Rules on parts, rows and cells are tested on clean reports of every year, kind and figure in test_planted.
    structural = {"S001", "S002", "S003", "S005", "T001", "T002", "T006", "T010", "A007"}
    covered = {rule.code for rule, _ in GOOD} | {"C001", "C002", "C003", "C005"}

    assert errors - covered - structural == set()


@cache
def _linter() -> Linter:
    return Linter()


def _linter_for(rule: Rule) -> Linter:
    """The linter with its defaults; for a rule that is off by default, one with that rule."""
    return _linter() if rule.enabled else Linter(Settings(select=(rule.code,)))


def _report(example: Example) -> Report:
    """The report that an example is written for."""
    return _linter().report(NAME, _text(plain(example.year or EXAMPLE_YEAR, example.agency)).encode())


def _checked(draft: Draft) -> tuple[str, reportlint.Result]:
    text = write(draft, "tab-cells").text
    linter = _linter()
    return text, linter.result([linter.check_bytes(NAME, text.encode())])


def _words(text: str, found: reportlint.Finding) -> str:
    """The words that a finding stands on."""
    lines = text.split("\n")
    where = found.location
    if where.line == where.end_line:
        return lines[where.line - 1][where.column - 1 : where.end_column - 1]
    return lines[where.line - 1][where.column - 1 :]


def test_a_row_that_the_form_does_not_have_is_found() -> None:
    text = _text(plain()).replace(
        "\t7.属于行政执法案卷", "\t7.属于工作秘密" + "\n\t0" * 7 + "\n\n\t\n\t7.属于行政执法案卷"
    )

    assert ("T007", "表三出现统一格式以外的行“7.属于工作秘密”") in _said(text)


def test_rows_out_of_order_are_found() -> None:
    first, second = "1.信访举报投诉类申请", "2.重复申请"
    text = _text(plain()).replace(first, "@").replace(second, first).replace("@", second)

    assert [code for code, _ in _said(text)] == ["T008"]


def test_a_number_split_over_two_cells_is_found_where_joining_just_one_pair_makes_the_row_add_up() -> None:
    text = _text(plain())
    row = text.index("一、本年新收")
    split = text[:row] + text[row:].replace("\t12\n", "\t1\n\t2\n", 1)

    assert ("T018", "疑似把一个数字拆成两格：1|2（合并为 12 后横向合计成立）") in _said(split)
    assert "T018" not in [code for code, _ in _said(text)]
    # With 0 and 0 beside them no pair stands out: 1|0|0 is 10 or nothing.
    odd = text[:row] + text[row:].replace("\t12\n", "\t12\n\t7\n", 1)
    assert "T018" not in [code for code, _ in _said(odd)]


def test_a_report_that_names_neither_source_nor_contact_is_found_where_that_is_asked_for() -> None:
    linter = Linter(Settings(select=("D005",)))
    silent = replace(plain(), preface=("本报告由本机关办公室编制。",))
    telling = put(silent, "preface", "本报告电子版可在本机关网站下载，咨询电话：0537-2020123。")

    said = [found.message["zh"] for found in linter.check_bytes(NAME, _text(silent).encode()).findings]
    assert said == ["缺少电子版获取方式、咨询联系方式"]
    assert not linter.check_bytes(NAME, _text(telling).encode()).findings


def _text(draft: Draft) -> str:
    return write(draft, "tab-cells").text


def _said(text: str) -> list[tuple[str, str]]:
    return [(found.rule, found.message["zh"]) for found in _linter().check_bytes(NAME, text.encode()).findings]
