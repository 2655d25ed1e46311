"""What the README shows is what the tool says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.process import ROOT, reportlint


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_output_in_the_readme_is_real(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    shown = re.findall(r"^```console\n\$ reportlint ([^\n]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert shown

    for arguments, output in shown:
        assert reportlint(ROOT / "examples", *arguments.split()).text == output


def test_the_smallest_pack_in_the_readme_works(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    pack = re.search(r"^```toml\n(pack = .*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert pack is not None
    (tmp_path / "gd.toml").write_text(pack[1], encoding="utf-8")
    report = next(ROOT.glob("examples/reports/*数据局/2023.txt")).read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(report.replace("年，", "年，××", 1), encoding="utf-8")

    done = reportlint(tmp_path, "a.txt", "--pack", "gd.toml", "--select", "gd", "--format", "concise")

    assert done.code == 1, done.text + done.said
    assert "GD001" in done.text


def test_the_configuration_in_the_readme_is_accepted(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    config = re.search(r"^```toml\n(paths = .*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert config is not None
    (tmp_path / "reportlint.toml").write_text(config[1], encoding="utf-8")
    (tmp_path / "本市规则.toml").write_text('pack = "own"\n\n[rules.OWN001]\nforbid = ["××"]\n', encoding="utf-8")

    done = reportlint(tmp_path, "config", "--for", "reports/某局/a.pdf")

    assert done.code == 0, done.said
    assert "year = 2023" in done.text


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_list_and_the_comment_in_the_readme_work(tmp_path: Path, name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    listed = re.search(r"^```toml reportlint-ignore.toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    comment = re.search(r"^<!-- reportlint-ignore F001.*-->$", text, re.MULTILINE)
    assert listed is not None
    assert comment is not None
    (tmp_path / "reportlint-ignore.toml").write_text(listed[1].replace("2027", "2999"), encoding="utf-8")
    report = next(ROOT.glob("examples/reports/*水务局/2023.txt")).read_text(encoding="utf-8")
    (tmp_path / "a.md").write_text(report.replace("2023年，本局办理", f"\n{comment[0]}\n2023年，本局办理"), "utf-8")

    done = reportlint(tmp_path, "a.md", "--format", "json")

    assert [left["finding"]["rule"] for left in done.json["suppressed"]] == ["F001"]
    assert [f["rule"] for f in done.json["findings"] if f["rule"].startswith("RL")] == ["RL040"]
