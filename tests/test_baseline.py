"""The baseline: what is known is left, what is new is shown, and what is mended is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from reportlint_schemas import load as schema
from support.process import EXAMPLES, SPOILT, reportlint

FILE = "reportlint-baseline.json"
FEE = "\n2023年，本局未收取政府信息公开信息处理费。\n"
PERSONAL = (EXAMPLES / "青川港市柳溪镇人民政府" / "2023.txt").read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a report with four findings and its baseline."""
    (tmp_path / "a.txt").write_bytes(SPOILT)
    assert reportlint(tmp_path, "baseline", "write", "a.txt").code == 0
    return tmp_path


def _marks(folder: Path) -> dict[str, dict[str, list[str]]]:
    data = json.loads((folder / FILE).read_text(encoding="utf-8"))
    Draft202012Validator(schema("baseline")).validate(data)
    documents: dict[str, dict[str, list[str]]] = data["documents"]
    return documents


def _mend(folder: Path) -> None:
    text = SPOILT.decode()
    (folder / "a.txt").write_text(text.rstrip("\n") + FEE, encoding="utf-8")


def test_what_is_known_is_left_and_counted(folder: Path) -> None:
    done = reportlint(folder, "a.txt", "--baseline", FILE)

    assert done.code == 0
    assert "另有 4 个是基线里已有的；没有发现问题" in done.text
    assert set(_marks(folder)["a.txt"]) == {"A002", "A003", "A009", "F001"}


def test_a_configuration_names_it(folder: Path) -> None:
    (folder / "reportlint.toml").write_text(f'paths = ["."]\nbaseline = "{FILE}"\n', encoding="utf-8")

    assert reportlint(folder).code == 0
    assert reportlint(folder, "baseline", "check").code == 0


def test_lines_may_shift(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"\n\n\n" + SPOILT)

    assert reportlint(folder, "a.txt", "--baseline", FILE).code == 0


def test_what_is_new_is_shown(folder: Path) -> None:
    (folder / "a.txt").write_bytes(SPOILT.replace("（一）主动公开".encode(), "公开××条。\n（一）主动公开".encode(), 1))

    done = reportlint(folder, "a.txt", "--baseline", FILE, "--format", "json")

    assert {finding["rule"] for finding in done.json["findings"]} == {"X014"}
    assert done.code == 1
    assert reportlint(folder, "baseline", "check", "a.txt").code == 1


def test_what_is_mended_is_told_and_can_be_removed(folder: Path) -> None:
    _mend(folder)
    done = reportlint(folder, "a.txt", "--baseline", FILE)
    assert done.code == 0
    assert "RL042" in done.text
    assert reportlint(folder, "baseline", "check", "a.txt").code == 1

    assert reportlint(folder, "baseline", "prune", "a.txt").code == 0

    assert set(_marks(folder)["a.txt"]) == {"A002", "A003", "A009"}
    assert "RL042" not in reportlint(folder, "a.txt", "--baseline", FILE).text
    assert reportlint(folder, "baseline", "check", "a.txt").code == 0


def test_prune_takes_up_nothing_new(folder: Path) -> None:
    before = _marks(folder)
    (folder / "b.txt").write_bytes(SPOILT)

    reportlint(folder, "baseline", "prune", "a.txt", "b.txt")

    assert _marks(folder) == before


@pytest.mark.parametrize("arguments", [["--select", "A002"], ["--ignore", "F001"]])
def test_what_was_not_checked_is_not_stale(folder: Path, arguments: list[str]) -> None:
    _mend(folder)

    assert "RL042" not in reportlint(folder, "a.txt", "--baseline", FILE, *arguments).text


def test_reports_that_were_not_checked_remain(folder: Path) -> None:
    (folder / "b.txt").write_bytes(SPOILT)
    assert reportlint(folder, "baseline", "write", "b.txt").code == 0

    assert set(_marks(folder)) == {"a.txt", "b.txt"}
    assert "RL042" not in reportlint(folder, "b.txt", "--baseline", FILE).text

    (folder / "a.txt").unlink()
    assert "RL042" in reportlint(folder, "b.txt", "--baseline", FILE).text
    assert reportlint(folder, "baseline", "prune", "b.txt").code == 0
    assert set(_marks(folder)) == {"b.txt"}


@pytest.mark.parametrize("action", ["write", "prune", "check"])
def test_nothing_is_written_where_the_result_is_incomplete(folder: Path, action: str) -> None:
    before = (folder / FILE).read_bytes()
    (folder / "b.txt").write_bytes(b"")

    done = reportlint(folder, "baseline", action, "a.txt", "b.txt")

    assert done.code == 2
    assert "RL001" in done.said
    assert (folder / FILE).read_bytes() == before


def test_no_first_baseline_either(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"")

    assert reportlint(tmp_path, "baseline", "write", "b.txt").code == 2
    assert not (tmp_path / FILE).exists()


def test_what_is_listed_or_mandatory_does_not_get_into_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(SPOILT)
    (tmp_path / "reportlint-ignore.toml").write_text(
        '[[ignore]]\nfiles = "a.txt"\nrule = "F001"\nreason = "说明"\n', encoding="utf-8"
    )
    (tmp_path / "p.toml").write_text(
        'pack = "own"\n[rules.OWN001]\nforbid = ["本局"]\nmandatory = true\n', encoding="utf-8"
    )

    assert reportlint(tmp_path, "baseline", "write", "a.txt", "--pack", "p.toml").code == 0

    assert set(_marks(tmp_path)["a.txt"]) == {"A002", "A003", "A009"}
    done = reportlint(tmp_path, "a.txt", "--pack", "p.toml", "--baseline", FILE)
    assert done.code == 1
    assert "OWN001" in done.text


def test_nothing_of_the_text_gets_into_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(PERSONAL)
    assert reportlint(tmp_path, "baseline", "write", "a.txt").code == 0

    assert "V001" in _marks(tmp_path)["a.txt"]
    assert "13800000000" not in (tmp_path / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "JSON"),
        ("[]", "表"),
        ('{"version": 2, "documents": {}}', "version"),
        ('{"version": 1, "documents": {}, "document": {}}', "是不是想写 documents？"),
        ('{"version": 1, "documents": {"a.txt": {"F001": ["甲"]}}}', "F001"),
    ],
)
def test_a_wrong_baseline_is_refused(folder: Path, text: str, says: str) -> None:
    (folder / FILE).write_text(text, encoding="utf-8")

    done = reportlint(folder, "a.txt", "--baseline", FILE)

    assert done.code == 2
    assert says in done.said


def test_a_missing_baseline_is_refused(folder: Path) -> None:
    done = reportlint(folder, "a.txt", "--baseline", "没有.json")

    assert done.code == 2
    assert "reportlint baseline write" in done.said


def test_it_is_refused_where_paths_are_other_paths(folder: Path) -> None:
    assert reportlint(folder, str(folder / "a.txt"), "--baseline", FILE).code == 2
    (folder / "下").mkdir()
    assert reportlint(folder / "下", "../a.txt", "--baseline", f"../{FILE}").code == 2


@pytest.mark.parametrize(("operands", "says"), [(["wirte", "a.txt"], "write"), ([], "baseline")])
def test_what_it_takes(folder: Path, operands: list[str], says: str) -> None:
    done = reportlint(folder, "baseline", *operands)

    assert done.code == 2
    assert says in done.said
