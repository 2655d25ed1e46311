"""Files that cannot be checked, given to the command line: exit code 2, a message of their own, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportlint.engine import Linter
from support.files.refused import REFUSED, Refused
from support.process import CLEAN, reportlint

each = pytest.mark.parametrize("refused", REFUSED, ids=[refused.title for refused in REFUSED])


@each
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_reason_is_said_in_words_that_help(tmp_path: Path, refused: Refused, lang: str) -> None:
    (tmp_path / refused.name).write_bytes(refused.data)

    done = reportlint(tmp_path, refused.name, "--lang", lang)

    assert done.code == 2
    assert refused.code in done.text
    assert (refused.zh if lang == "zh" else refused.en) in done.text
    assert "Traceback" not in done.text + done.said


@each
def test_programs_see_the_fault_and_what_was_checked_beside_it(tmp_path: Path, refused: Refused) -> None:
    (tmp_path / refused.name).write_bytes(refused.data)
    (tmp_path / "好.txt").write_bytes(CLEAN)

    done = reportlint(tmp_path, refused.name, "好.txt", "--format", "json")

    assert (done.code, done.said) == (2, "")
    (fault,) = done.json["faults"]
    assert (fault["code"], fault["path"]) == (refused.code, refused.name)
    assert refused.zh in fault["message"]
    status = {report["path"]: report["status"] for report in done.json["reports"]}
    assert status == {refused.name: "fault", "好.txt": "checked"}
    assert done.json["summary"]["exit_code"] == 2


@each
@pytest.mark.parametrize("command", ["text", "extract"])
def test_no_command_makes_something_of_it(tmp_path: Path, refused: Refused, command: str) -> None:
    (tmp_path / refused.name).write_bytes(refused.data)

    done = reportlint(tmp_path, command, refused.name)

    assert (done.code, done.out) == (2, b"")
    assert refused.code in done.said
    assert refused.zh in done.said
    assert "Traceback" not in done.said


def test_a_fault_cannot_be_selected_away(tmp_path: Path) -> None:
    refused = REFUSED[0]
    (tmp_path / refused.name).write_bytes(refused.data)

    for arguments in (("--ignore", "ALL"), ("--select", "F001"), ("--fail-on", "error"), ("--severity", "ALL=info")):
        assert reportlint(tmp_path, refused.name, *arguments).code == 2


def test_every_cause_has_a_message_of_its_own() -> None:
    linter = Linter()
    said = {refused.title: linter.check_bytes(refused.name, refused.data).faults[0].message for refused in REFUSED}

    texts = [json.dumps(message, ensure_ascii=False) for title, message in said.items() if title != "truncated xlsx"]
    assert len(set(texts)) == len(texts)
    assert all(message["zh"] != message["en"] for message in said.values())
