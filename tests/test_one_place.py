"""A province, and the form of a new year, are one new folder or file and nothing else."""

from __future__ import annotations

import re
import shutil
import sys
from os import pathsep
from pathlib import Path

import pytest

from support.process import ROOT, Done, reportlint, run

PROVINCE = """pack = "kunlun"
prefix = "KL"
title = { zh = "昆仑省（虚构）", en = "Kunlun (made up)" }
extends = "national"
regions = ["昆仑省"]

[headings]
disputes = ["政府信息公开行政复议及行政诉讼情况"]

[rules.KL001]
require = ["政务公开专区"]
sections = ["overall"]
good = [{ in = "section:overall", text = "设立政务公开专区1处。" }]
bad = [{ in = "section:overall", text = "栏目完成改版。", at = "heading:overall" }]
"""
DIGITAL = """
[[sections]]
key = "digital"
number = 7
title = "数字化公开情况"
"""
ON_DIGITAL = """pack = "gd"

[rules.GD001]
forbid = ["纸质"]
sections = ["digital"]
years = "2027-"
good = [{ in = "section:digital", text = "目录以数据集形式公开。", year = 2027 }]
bad = [{ in = "section:digital", text = "仅提供纸质目录。", year = 2027, at = "纸质" }]

[rules.GD002]
range = "requests:new.foreign"
most = 100
years = "2027-"
message = "{cell} {value}"
good = [{ in = "cell:requests:new.foreign", text = "5", year = 2027 }]
bad = [{ in = "cell:requests:new.foreign,new.total", text = "200", year = 2027, at = "cell:requests:new.foreign" }]
"""


class Copy:
    """The packages as they would be with a change, run in processes of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rules = folder / "rules" / "reportlint_rules"
        self.path = pathsep.join(str(folder / name) for name in ("lint", "rules", "schemas"))
        for name in ("lint", "rules", "schemas"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))

    def run(self, *arguments: str) -> Done:
        """A command line."""
        return reportlint(self.folder, *arguments, PYTHONPATH=self.path)

    def specimen(self, year: int, agency: str = "") -> str:
        """The report that examples are tried in."""
        code = f"from reportlint.testing import specimen; print(specimen({year}, {agency!r}))"
        done = run(self.folder, sys.executable, "-c", code, PYTHONPATH=self.path)
        assert done.code == 0, done.said
        return done.text


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_a_province_is_one_new_folder(copy: Copy) -> None:
    (copy.rules / "kunlun").mkdir()
    (copy.rules / "kunlun" / "pack.toml").write_text(PROVINCE, encoding="utf-8")
    text = copy.specimen(2023, "昆仑省林业厅").replace("复议、行政诉讼情况", "复议及行政诉讼情况")
    (copy.folder / "a.txt").write_text(text, encoding="utf-8")
    (copy.folder / "by-region.toml").write_text("packs-by-region = true\n", encoding="utf-8")

    listed = copy.run("pack", "list")
    tried = copy.run("pack", "test", "kunlun")
    explained = copy.run("explain", "KL001")
    plain = copy.run("a.txt", "--format", "json")
    chosen = copy.run("a.txt", "--pack", "kunlun", "--format", "json")
    by_region = copy.run("a.txt", "--config", "by-region.toml", "--format", "json")

    assert re.search(r"^kunlun +未选用 .*昆仑省（虚构）", listed.text, re.MULTILINE)
    assert (tried.code, explained.code) == (0, 0), tried.text + tried.said
    assert [found["rule"] for found in plain.json["findings"]] == ["S004"]
    assert [found["rule"] for found in chosen.json["findings"]] == ["KL001"]
    assert by_region.json["findings"] == chosen.json["findings"]


def test_the_form_of_a_new_year_is_one_new_file(copy: Copy) -> None:
    forms = copy.rules / "national" / "forms"
    text = (forms / "2021.toml").read_text(encoding="utf-8")
    text = text.replace('form = "2021"', 'form = "2027"').replace("first_year = 2021", "first_year = 2027")
    text = text.replace('zh = "2021年格式", en = "2021 form"', 'zh = "2027年格式", en = "2027 form"')
    text = text.replace("\n[tables.", f"{DIGITAL}\n[tables.", 1)
    column = re.search(r'^ *\{ key = "other", +path = \[.*?"其他"\] \},?\n', text, re.MULTILINE)
    assert column is not None
    foreign = column[0].replace('"other"', '"foreign"').replace('"其他"', '"境外组织"')
    text = text.replace(column[0], column[0] + foreign, 1)
    text = re.sub(r'("natural", "business", "research", "welfare", "legal", "other")', r'\1, "foreign"', text)
    (forms / "2027.toml").write_text(text, encoding="utf-8")
    (copy.folder / "gd.toml").write_text(ON_DIGITAL, encoding="utf-8")
    report = copy.specimen(2027)
    assert "七、数字化公开情况" in report
    assert "境外组织" in report
    (copy.folder / "new.txt").write_text(report, encoding="utf-8")
    (copy.folder / "old.txt").write_text(copy.specimen(2026), encoding="utf-8")
    (copy.folder / "lacking.txt").write_text(report.partition("七、")[0], encoding="utf-8")

    checked = copy.run("new.txt", "old.txt", "--reports-only", "--format", "json")
    lacking = copy.run("lacking.txt", "--format", "json")
    extracted = copy.run("extract", "new.txt")
    tried = copy.run("pack", "test", "gd.toml")

    assert {file["path"]: file["form"] for file in checked.json["reports"]} == {"new.txt": "2027", "old.txt": "2021"}
    assert (checked.json["findings"], checked.json["faults"]) == ([], [])
    assert {found["rule"] for found in lacking.json["findings"]} == {"S001"}
    assert "数字化公开情况" in lacking.json["findings"][0]["message"]
    assert extracted.json["tables"]["requests"]["new.foreign"] == 0
    assert [part["key"] for part in extracted.json["sections"]][-1] == "digital"
    assert tried.code == 0, tried.text + tried.said
