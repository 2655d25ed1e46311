"""Whose report it is, and who speaks in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import tomli

from reportlint.config import Settings
from reportlint.engine import Linter
from reportlint_rules.national import divisions
from support.cases import plain
from support.writing import write


@pytest.mark.parametrize(
    ("agency", "home"),
    [
        ("平阴县水务局", {"山东省济南市平阴县"}),
        ("济南市平阴县水务局", {"山东省济南市平阴县"}),
        ("昌吉州科学技术局", {"新疆维吾尔自治区昌吉回族自治州"}),
        ("四川凉山州财政局", {"四川省凉山彝族自治州"}),
        ("内蒙古呼伦贝尔市教育局", {"内蒙古自治区呼伦贝尔市"}),
        ("朝阳区教育局", {"北京市朝阳区", "吉林省长春市朝阳区"}),
        ("济源市水利局", {"河南省济源市"}),
        ("青川港市水务局", set()),
        ("市水务局", set()),
    ],
)
def test_the_region_of_an_agency_is_what_its_name_begins_with(agency: str, home: set[str]) -> None:
    assert {"".join(division.line) for division in divisions.own(agency)} == home


def test_the_list_of_divisions_holds_every_province_and_its_counties() -> None:
    data = tomli.loads((Path(divisions.__file__).parent / "places" / "divisions.toml").read_text(encoding="utf-8"))
    listed = [name for province in data["provinces"] for name in province["divisions"].split() if name != "-"]

    assert len(data["provinces"]) == 34
    assert sum(name.endswith("县") for name in listed) > 1300
    assert max(map(len, listed)) < divisions.LONGEST
    assert len([division for division in divisions.named("鼓楼区") if len(division.above) == 2]) == 4
    assert [division.line for division in divisions.named("平阴县")] == [("山东省", "济南市", "平阴县")]
    assert divisions.named("青渡市") == ()


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("reports/青川港市水务局/2023.txt", "青川港市水务局"),
        ("青川港市水务局2023年政府信息公开工作年度报告.txt", "青川港市水务局"),
        ("2023_青川港市水务局.txt", "青川港市水务局"),
        ("2023.txt", None),
        ("年报/2023.txt", None),
    ],
)
def test_a_report_that_does_not_name_its_agency_is_that_of_its_file_or_folder(name: str, agency: str | None) -> None:
    draft = replace(plain(), title=("2023年政府信息公开工作年度报告",), preface=("现公布2023年度报告。",))
    report = Linter().report(name, write(draft, "tab-cells").text.encode())

    assert report.agency == agency
    # What the file is called mends nothing in the report.
    assert "S009" in {found.rule for found in Linter().check_report(report).findings}


def test_a_file_with_two_reports_is_said_to_have_two() -> None:
    one = write(plain(), "tab-cells").text
    found = [f for f in Linter().check_bytes("报告.txt", f"{one}\n{one}".encode()).findings if f.rule == "S015"]

    assert [(f.severity, f.line) for f in found] == [("error", one.count("\n") + 2 + _line(one, "一、总体情况") - 1)]


def test_characters_that_nobody_sees_are_counted_once_and_can_be_taken_out() -> None:
    draft = plain()
    text = write(draft, "tab-cells").text.replace("本机关", "本\u200b机关")
    found = [f for f in Linter().check_bytes("报告.txt", text.encode()).findings if f.rule == "S015"]

    assert [f.severity for f in found] == ["info"]
    assert found[0].fix is not None
    assert {(edit.end - edit.start, edit.text) for edit in found[0].fix.edits} == {(1, "")}
    assert len(found[0].fix.edits) == text.count("\u200b")


def _line(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if line.startswith(words))


def test_parts_of_its_own_behind_the_first_tell_of_the_aspects_too() -> None:
    text = write(plain(), "tab-cells").text
    start, end = text.index("（一）主动公开情况"), text.index("二、主动公开政府信息情况")
    own = "二、主动公开工作情况\n本机关把群众关心的事项列为公开重点。\n三、监督保障情况\n本机关把公开列入考核。\n"
    found = Linter().check_bytes("报告.txt", (text[:start] + own + text[end:]).encode()).findings
    codes = [f.rule for f in found]
    said = [f.message["zh"] for f in found if f.rule == "S012"]

    assert "S007" in codes
    assert said
    assert not any("主动公开" in words or "监督保障" in words for words in said)


def test_the_roster_tells_whose_report_it_is_and_of_what_kind(tmp_path: Path) -> None:
    (tmp_path / "名册.csv").write_text(
        "机关,类别,年报\n青川港市园林中心,部门,报告/园林/{year}.txt\n青川港市大数据集团,其他,\n", encoding="utf-8"
    )
    linter = Linter(Settings(root=str(tmp_path), roster="名册.csv"))
    nameless = replace(plain(), title=("2023年政府信息公开工作年度报告",), preface=("现公布2023年度报告。",))
    text = write(nameless, "tab-cells").text.encode()

    by_path = linter.report(str(tmp_path / "报告" / "园林" / "2023.txt"), text)
    elsewhere = linter.report(str(tmp_path / "报告" / "别处" / "2023.txt"), text)

    assert (by_path.agency, by_path.kind) == ("青川港市园林中心", "department")
    assert elsewhere.agency is None


def test_a_roster_that_cannot_be_read_is_a_fault_of_every_run(tmp_path: Path) -> None:
    (tmp_path / "名册.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")

    assert [fault.code for fault in Linter(Settings(root=str(tmp_path), roster="名册.csv")).faults] == ["RL030"]


@pytest.mark.parametrize(
    ("agency", "kind"),
    [
        ("青渡市", "government"),
        ("云汀县", "government"),
        ("青渡市云汀区", "government"),
        ("青渡经济技术开发区", "other"),
        ("青渡高新区", "other"),
        ("云汀新区", "other"),
        ("云汀县柳溪镇", "township"),
    ],
)
def test_a_title_that_names_only_a_place_is_that_of_its_government(agency: str, kind: str) -> None:
    text = write(replace(plain(), title=(f"{agency}2023年政府信息公开工作年度报告",)), "tab-cells").text

    assert Linter().report("报告.txt", text.encode()).kind == kind
