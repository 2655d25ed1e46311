"""The command line as a process: exit codes, what is said where, and every way in which others say green falsely."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from support.process import CLEAN, EXAMPLES, SPOILT, Done, install, reportlint


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a clean report and one with findings."""
    (tmp_path / "好.txt").write_bytes(CLEAN)
    (tmp_path / "差.txt").write_bytes(SPOILT)
    return tmp_path


# --- exit codes -------------------------------------------------------------------------------------------------


def test_a_clean_report_is_one_line_and_exit_code_0(folder: Path) -> None:
    done = reportlint(folder, "好.txt")

    assert (done.code, done.said) == (0, "")
    assert done.text.startswith("已检查 1 份")
    assert len(done.text.splitlines()) == 1


def test_findings_are_exit_code_1(folder: Path) -> None:
    done = reportlint(folder, "差.txt")

    assert (done.code, done.said) == (1, "")
    assert "F001" in done.text
    assert done.text.splitlines()[-1].endswith("（退出码 1）")


def test_check_is_the_command_where_none_is_named(folder: Path) -> None:
    assert reportlint(folder, "差.txt") == reportlint(folder, "check", "差.txt")


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("warning", 1), ("info", 1)])
def test_errors_count_at_every_level(folder: Path, level: str, code: int) -> None:
    assert reportlint(folder, "差.txt", "--fail-on", level).code == code


def test_what_is_below_the_level_does_not_fail(folder: Path) -> None:
    mild = ("差.txt", "--severity", "ALL=info")

    assert reportlint(folder, *mild).code == 0
    assert reportlint(folder, *mild, "--fail-on", "info").code == 1


def test_the_exit_code_of_several_configurations_is_the_worst(tmp_path: Path) -> None:
    for name, level in (("宽", "error"), ("严", "warning")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_bytes(SPOILT)
        config = f'fail-on = "{level}"\n[severity]\nALL = "warning"\n'
        (tmp_path / name / "reportlint.toml").write_text(config, encoding="utf-8")

    assert reportlint(tmp_path, "宽").code == 0
    assert reportlint(tmp_path, "严").code == 1
    assert reportlint(tmp_path, "宽", "严").code == 1


# --- false greens -----------------------------------------------------------------------------------------------


def _refused(done: Done) -> None:
    assert done.code == 2, done.text + done.said
    assert done.text + done.said


@pytest.mark.parametrize("beside", [(), ("好.txt",)])
def test_a_missing_path(folder: Path, beside: tuple[str, ...]) -> None:
    done = reportlint(folder, *beside, "没有.txt", "--format", "json")

    _refused(done)
    assert done.faults == ["RL001"]
    assert "没有.txt" in done.json["faults"][0]["message"]
    assert done.json["summary"]["files"] == len(beside) + 1


def test_a_file_in_the_encoding_of_old_consoles_is_read(folder: Path) -> None:
    (folder / "旧.txt").write_bytes(SPOILT.decode().encode("gbk"))

    done = reportlint(folder, "旧.txt", "--format", "json")

    assert done.code == 1
    assert done.json["reports"][0]["encoding"] == "gb18030"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("坏.txt", CLEAN + b"\xff\xff", "RL001"),
        ("空.txt", b"", "RL001"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "RL002"),
        ("包.zip", b"PK\x03\x04" + bytes(40), "RL002"),
        ("假.docx", bytes(400), "RL001"),
        ("别的.txt", "今天天气不错。\n".encode(), "RL006"),
    ],
)
def test_a_file_that_is_no_readable_report(folder: Path, name: str, content: bytes, code: str) -> None:
    (folder / name).write_bytes(content)

    done = reportlint(folder, "好.txt", name, "--format", "json")

    _refused(done)
    assert done.faults == [code]


def test_a_file_too_large(folder: Path) -> None:
    path = folder / "大.txt"
    path.touch()
    os.truncate(path, 65 * 1024 * 1024)

    done = reportlint(folder, "大.txt", "--format", "json")

    _refused(done)
    assert done.faults == ["RL005"]


@pytest.mark.parametrize("named", ["空", "空/*.txt", "空/**/*.docx"])
def test_nothing_to_check(folder: Path, named: str) -> None:
    (folder / "空").mkdir()
    (folder / "空" / "README.md").write_text("说明\n", encoding="utf-8")

    _refused(reportlint(folder, named))
    _refused(reportlint(folder, "好.txt", named))


def test_no_path_and_none_configured(folder: Path) -> None:
    done = reportlint(folder)

    _refused(done)
    assert "reportlint.toml" in done.said


@pytest.mark.parametrize("option", ["--select", "--ignore", "--severity"])
def test_an_unknown_rule(folder: Path, option: str) -> None:
    value = "F0O1=info" if option == "--severity" else "F0O1"

    done = reportlint(folder, "好.txt", option, value)

    _refused(done)
    assert "F001" in done.said


def test_no_rule_selected(folder: Path) -> None:
    _refused(reportlint(folder, "差.txt", "--select", "F001", "--ignore", "F001"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--frmat", "json"),
        ("--format", "xml"),
        ("--format",),
        ("--fail-on", "eror"),
        ("--quiet=1",),
        ("--severity", "F001=bad"),
        ("--severity", "F001"),
        ("--year", "二零二三"),
        ("--select", ","),
        ("--config", "没有.toml"),
        ("--pack", "没有"),
        ("--output", "json:没有这个文件夹/结果.json"),
    ],
)
def test_a_wrong_option(folder: Path, arguments: tuple[str, ...]) -> None:
    _refused(reportlint(folder, "差.txt", *arguments))


@pytest.mark.parametrize(
    "config",
    [
        'selct = ["F"]',
        'select = ["F0O1"]',
        'ignore = ["F0O1"]',
        'select = "F"',
        'fail-on = "eror"',
        "[options.F001]\nno-such-option = 1",
        "[options]\nF001 = 1",
        '[severity]\nF0O1 = "info"',
        'packs = ["没有.toml"]',
        'required-packs = ["gd"]',
        "paths = [",
    ],
)
def test_a_wrong_configuration(folder: Path, config: str) -> None:
    (folder / "reportlint.toml").write_text(config, encoding="utf-8")

    _refused(reportlint(folder, "好.txt"))


@pytest.mark.parametrize("name", ["-", "--stdin-filename"])
def test_empty_standard_input(folder: Path, name: str) -> None:
    _refused(reportlint(folder, *((name, "报告.txt") if name != "-" else (name,))))


def test_a_report_without_any_table(folder: Path) -> None:
    lines = [line for line in CLEAN.decode().splitlines() if "|" not in line and "\t" not in line]
    (folder / "无表.txt").write_text("\n".join(lines), encoding="utf-8")

    assert reportlint(folder, "无表.txt").code != 0


PACK = """
pack = "bad"
[rules.BAD001]
message = "坏"
"""
RULE = """
from reportlint import rule

@rule("BAD001")
def check(report):
    {body}
"""
PLUGIN = """
from pathlib import Path
from reportlint.hooks import hookimpl

@hookimpl
def reportlint_packs():
    return [Path(__file__).parent]
"""


@pytest.mark.parametrize(
    "body", ["raise ValueError('x')", "yield 42", "yield 'x', {}", "return 7", "import sys; sys.exit(0)"]
)
def test_a_rule_that_raises_or_yields_nonsense(folder: Path, body: str) -> None:
    files = {
        "bad/__init__.py": PLUGIN,
        "bad/pack.toml": 'pack = "bad"\n',
        "bad/topic.toml": PACK,
        "bad/topic.py": RULE.format(body=body),
    }
    site = install(folder / "site", "bad", files)

    done = reportlint(folder, "好.txt", PYTHONPATH=str(site))

    _refused(done)
    assert "BAD001" in done.text + done.said or "bad" in done.text + done.said


@pytest.mark.parametrize(
    "source",
    ["import no_such_module", "import sys; sys.exit(0)", "x = 1", "1 / 0", PLUGIN.replace("_packs", "_pack")],
)
def test_a_plugin_that_fails_to_load(folder: Path, source: str) -> None:
    site = install(folder / "site", "broken", {"broken.py": source})

    done = reportlint(folder, "好.txt", "--format", "json", PYTHONPATH=str(site))

    _refused(done)
    assert done.faults == ["RL021"]
    assert "broken" in done.json["faults"][0]["message"]


def test_a_pack_that_fails_to_load(folder: Path) -> None:
    (folder / "坏.toml").write_text('pack = "bad"\n[rules.BAD001]\nforbidd = ["×"]\n', encoding="utf-8")

    done = reportlint(folder, "好.txt", "--pack", "坏.toml", "--format", "json")

    _refused(done)
    assert done.faults == ["RL020"]


# --- what is named ----------------------------------------------------------------------------------------------


def _paths(done: Done) -> list[str]:
    return [report["path"] for report in done.json["reports"]]


def test_folders_are_searched_and_readmes_are_no_reports(folder: Path) -> None:
    (folder / "市" / "局").mkdir(parents=True)
    (folder / "市" / "局" / "a.TXT").write_bytes(CLEAN)
    for name in ("README.md", ".b.txt", "~$c.docx", "d.toml"):
        (folder / "市" / name).write_text("x", encoding="utf-8")

    done = reportlint(folder, "市", "--format", "json")

    assert _paths(done) == ["市/局/a.TXT"]
    assert done.code == 0


def test_quoted_globs_are_expanded_and_names_with_brackets_are_names(folder: Path) -> None:
    (folder / "a[1].txt").write_bytes(CLEAN)

    assert _paths(reportlint(folder, "*.txt", "--format", "json")) == sorted(["a[1].txt", "好.txt", "差.txt"])
    assert _paths(reportlint(folder, "a[1].txt", "--format", "json")) == ["a[1].txt"]


def test_a_file_named_twice_is_checked_once(folder: Path) -> None:
    assert _paths(reportlint(folder, "好.txt", "./好.txt", "好.txt", "--format", "json")) == ["好.txt"]


def test_excludes_hold_for_files_that_are_named(folder: Path) -> None:
    done = reportlint(folder, "好.txt", "差.txt", "--exclude", "差.txt")

    assert done.code == 0
    assert "1 个文件按配置不检查" in done.text


def test_only_excluded_files_are_no_failure_but_said(folder: Path) -> None:
    done = reportlint(folder, "差.txt", "--exclude", "差.txt")

    assert done.code == 0
    assert "没有检查任何文件" in done.text


def test_a_folder_with_everything_excluded_is_refused(folder: Path) -> None:
    _refused(reportlint(folder, ".", "--exclude", "*"))


def test_configured_paths_are_relative_to_their_file(folder: Path) -> None:
    (folder / "reportlint.toml").write_text('paths = ["差.txt"]', encoding="utf-8")
    (folder / "下").mkdir()

    done = reportlint(folder / "下", "--format", "json")

    assert done.code == 1
    assert _paths(reportlint(folder, "--format", "json")) == ["差.txt"]


def test_standard_input(folder: Path) -> None:
    done = reportlint(folder, "--stdin-filename", "局/2023.txt", "--format", "json", stdin=SPOILT)

    assert done.code == 1
    assert _paths(done) == ["局/2023.txt"]
    assert reportlint(folder, "-", stdin=CLEAN).code == 0


def test_findings_of_a_report_do_not_depend_on_what_else_is_named(folder: Path) -> None:
    alone = reportlint(folder, "差.txt", "--format", "json").json["findings"]
    beside = reportlint(folder, "好.txt", "差.txt", "没有.txt", "--format", "json").json["findings"]

    assert beside == alone


# --- how it is said ---------------------------------------------------------------------------------------------


def test_output_to_a_file_does_not_change_the_exit_code(folder: Path) -> None:
    done = reportlint(folder, "差.txt", "--output", "json:结果.json")

    assert done == reportlint(folder, "差.txt")
    written = (folder / "结果.json").read_text(encoding="utf-8")
    assert json.loads(written)["summary"]["exit_code"] == 1
    assert written.endswith("}\n")


@pytest.mark.parametrize("wrong", [("--frmat",), ("--select", "F0O1"), ("--config", "没有.toml")])
def test_usage_errors_are_json_where_json_is_asked_for(folder: Path, wrong: tuple[str, ...]) -> None:
    done = reportlint(folder, "好.txt", *wrong, "--format", "json")

    assert done.code == 2
    assert done.faults == ["RL030"]
    assert done.json["summary"]["exit_code"] == 2
    assert done.said


def test_complaints_are_in_the_language_asked_for(folder: Path) -> None:
    assert "没有选项 --frmat，是不是想写 --format？" in reportlint(folder, "--frmat").said
    assert "there is no option --frmat, did you mean --format?" in reportlint(folder, "--frmat", "--lang", "en").said


def test_quiet_shows_findings_only(folder: Path) -> None:
    assert reportlint(folder, "好.txt", "--quiet").text == ""
    assert "已检查" not in reportlint(folder, "差.txt", "-q", "--format", "concise").text


def test_colour_only_where_it_is_wanted(folder: Path) -> None:
    assert b"\x1b[" not in reportlint(folder, "差.txt").out
    assert b"\x1b[" in reportlint(folder, "差.txt", "--color", "always").out
    assert b"\x1b[" not in reportlint(folder, "差.txt", "--output", "full:a").out
    assert reportlint(folder, "差.txt", "--color", "always", "--output", "full:a").code == 1
    assert b"\x1b[" not in (folder / "a").read_bytes()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "command", ["", "check", "explain", "rules", "text", "extract", "review", "selftest", "config"]
)
def test_help(tmp_path: Path, command: str, lang: str) -> None:
    done = reportlint(tmp_path, *([command] if command else []), "--help", "--lang", lang)

    assert (done.code, done.said) == (0, "")
    assert ("用法" if lang == "zh" else "Usage") in done.text
    if lang == "en":
        assert done.text.isascii()


# --- the other commands -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["F001", "f001", "fee-statement-missing"])
def test_explain(tmp_path: Path, name: str) -> None:
    done = reportlint(tmp_path, "explain", name)

    assert done.code == 0
    for wanted in ("F001", "2021年度起", "依据", "〔2021〕30号", "为什么要紧", "错误的写法", "正确的写法", "ignore"):
        assert wanted in done.text


def test_explain_an_unknown_rule(tmp_path: Path) -> None:
    done = reportlint(tmp_path, "explain", "F01")

    assert (done.code, done.out) == (2, b"")
    assert "F001" in done.said


def test_rules(tmp_path: Path) -> None:
    listed = reportlint(tmp_path, "rules").text.splitlines()
    data = json.loads(reportlint(tmp_path, "rules", "--format", "json").out)

    assert [line.split()[0] for line in listed[: len(data)]] == [rule["rule"] for rule in data]
    assert "F001" in {rule["rule"] for rule in data}


def test_text_masks_personal_data(tmp_path: Path) -> None:
    path = EXAMPLES / "青川港市柳溪镇人民政府" / "2023.txt"

    done = reportlint(tmp_path, "text", str(path))

    assert done.code == 0
    assert "13800000000" in path.read_text(encoding="utf-8")
    assert "13800000000" not in done.text
    assert len(done.text.splitlines()) == len(path.read_text(encoding="utf-8").splitlines())


def test_extract_gives_an_object_or_an_array(folder: Path) -> None:
    one = json.loads(reportlint(folder, "extract", "好.txt").out)
    two = json.loads(reportlint(folder, "extract", "好.txt", "差.txt", "--format", "json").out)

    assert one["path"] == "好.txt"
    assert [report["path"] for report in two] == ["好.txt", "差.txt"]
    assert two[0] == one


@pytest.mark.parametrize("command", ["text", "extract"])
def test_what_cannot_be_read_is_said_on_standard_error(folder: Path, command: str) -> None:
    done = reportlint(folder, command, "没有.txt")

    assert (done.code, done.out) == (2, b"")
    assert "RL001" in done.said


def test_config_shows_every_value_and_its_origin(folder: Path) -> None:
    (folder / "局").mkdir()
    (folder / "上级.toml").write_text('ignore = ["X002"]\nexclude = ["草稿"]\n', encoding="utf-8")
    (folder / "局" / "reportlint.toml").write_text(
        'extends = "../上级.toml"\nfail-on = "error"\n\n[[overrides]]\nfiles = "a.txt"\nyear = 2022\n', encoding="utf-8"
    )

    done = reportlint(folder, "config", "--for", "局/a.txt")

    assert done.code == 0
    lines = {line.partition(" ")[0]: line for line in done.text.splitlines()}
    assert lines["fail-on"].endswith("局/reportlint.toml:2")
    assert lines["ignore"].endswith("上级.toml:1")
    assert lines["exclude"].endswith("上级.toml:2")
    assert "year = 2022" in done.text.splitlines()[-1]


def test_config_refuses_what_check_refuses(folder: Path) -> None:
    (folder / "reportlint.toml").write_text('ignore = ["F0O1"]\n', encoding="utf-8")

    assert reportlint(folder, "config").code == 2
