"""Packs that are wrong: said clearly, with the place; exit code 2; and everything else is found as without them."""

from __future__ import annotations

import re
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from support.process import SPOILT, Done, reportlint

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "broken_packs.toml").read_text(encoding="utf-8")
)["case"]
each = pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What is found without any pack."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / "报告.txt").write_bytes(SPOILT)
    found: list[dict[str, Any]] = reportlint(folder, "报告.txt", "--format", "json").json["findings"]
    assert found
    return found


def _checked(folder: Path, case: dict[str, Any], *more: str) -> Done:
    (folder / "报告.txt").write_bytes(SPOILT)
    (folder / "reportlint.toml").write_text("rule-seconds = 1\n", encoding="utf-8")
    for name, text in case["files"].items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b64decode(case["binary"]) if "binary" in case else text.encode())
    named = case.get("pack", next(iter(case["files"]), ""))
    packs = [named] if isinstance(named, str) else named
    options = [word for pack in packs for word in ("--rules" if pack.endswith(".py") else "--pack", pack)]
    return reportlint(folder, "报告.txt", *options, *more)


@each
def test_it_is_said_what_is_wrong_and_where_and_nothing_else_is_lost(
    tmp_path: Path, case: dict[str, Any], alone: list[dict[str, Any]]
) -> None:
    done = _checked(tmp_path, case, "--format", "json")

    assert (done.code, done.said) == (2, "")
    faults = done.json["faults"]
    assert {fault["code"] for fault in faults} == {case.get("code", "RL020")}
    for words in case["says"]:
        assert any(words in fault["message"] for fault in faults), faults
    assert done.json["findings"] == alone


def test_what_a_configuration_says_of_a_pack_that_is_missing_hides_nothing(
    tmp_path: Path, alone: list[dict[str, Any]]
) -> None:
    (tmp_path / "报告.txt").write_bytes(SPOILT)
    (tmp_path / "gd.toml").write_text('pack = "gd"\n[rules.GD001]\nforbidd = ["甲"]\n', encoding="utf-8")
    (tmp_path / "reportlint.toml").write_text(
        'packs = ["gd.toml"]\nignore = ["GD002"]\n[severity]\nGD001 = "error"\n', encoding="utf-8"
    )

    done = reportlint(tmp_path, "报告.txt", "--format", "json")

    assert (done.code, done.faults) == (2, ["RL020"])
    assert done.json["findings"] == alone


@each
def test_a_person_reads_it_without_a_traceback(tmp_path: Path, case: dict[str, Any]) -> None:
    done = _checked(tmp_path, case, "--lang", "en", "--format", "concise")

    assert done.code == 2
    assert case["en"] in done.text
    assert "Traceback" not in done.text + done.said
    assert 'File "' not in done.text + done.said
    # Where a complaint points to a line, the line stands there as it was written, with a mark below it.
    for line in re.findall(r"^ +\d+ │ (.*)$", done.text, re.MULTILINE):
        assert any(line in text for text in case["files"].values())
    if any(case["files"].values()):
        pointed = len(re.findall(r" line \d+, column", done.text))
        assert len(re.findall(r"^ +│ +\^+$", done.text, re.MULTILINE)) == pointed
