"""What an author of packs works with: a new pack, the trial of its examples, the list, the schemas, rules in Python."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from reportlint import Linter
from reportlint.cli.schema import NAMES
from reportlint.config import Settings
from reportlint.errors import ConfigError
from reportlint.kinds import KINDS
from reportlint.options import schema_of
from reportlint.pack import load
from reportlint.requirement import unfulfilled
from reportlint.testing import assert_pack, linter, pack_trials, specimen
from support.process import CLEAN, ROOT, SPOILT, install, reportlint, run


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# --- pack new -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("manner", [(), ("--python",)], ids=["data", "python"])
def test_a_new_pack_can_be_tried_and_used_as_it_is(tmp_path: Path, manner: tuple[str, ...]) -> None:
    (tmp_path / "a.txt").write_bytes(CLEAN)

    made = reportlint(tmp_path, "pack", "new", "hubei", "--prefix", "HB", *manner)
    package = "reportlint-hubei/reportlint_hubei"
    tried = reportlint(tmp_path, "pack", "test", package)
    used = reportlint(tmp_path, "a.txt", "--pack", package, "--format", "json", "--select", "hubei")
    tests = run(tmp_path / "reportlint-hubei", sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", ".")

    assert (made.code, made.said) == (0, "")
    assert "reportlint pack test" in made.text
    assert (tried.code, tried.said) == (0, ""), tried.text
    assert "不通过 0 条" in tried.text
    assert used.json["faults"] == []
    assert used.json["summary"]["rules"] == 2
    assert tests.code == 0, tests.text
    files = {path.name for path in (tmp_path / "reportlint-hubei").rglob("*") if path.is_file()}
    assert {"pyproject.toml", "README.md", "pack.toml", "test_pack.py", "pre-commit-example.yaml"} <= files


def test_a_new_pack_overwrites_nothing(tmp_path: Path) -> None:
    _write(tmp_path / "reportlint-hubei" / "mine.txt", "mine")

    done = reportlint(tmp_path, "pack", "new", "hubei")

    assert done.code == 2
    assert "已经存在" in done.said
    assert [path.name for path in (tmp_path / "reportlint-hubei").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("name", ["湖北", "Hubei", "../hubei", "9x"])
def test_a_name_that_no_pack_can_have(tmp_path: Path, name: str) -> None:
    done = reportlint(tmp_path, "pack", "new", name)

    assert (done.code, list(tmp_path.iterdir())) == (2, [])


# --- pack test ------------------------------------------------------------------------------------------------------

GOOD = 'good = [{ in = "section:overall", text = "全年发布信息3条。" }]\n'
BAD = 'bad = [{ in = "section:overall", text = "全年发布信息××条。", at = "××" }]\n'


@pytest.mark.parametrize(
    ("examples", "code", "said"),
    [
        (GOOD + BAD, 0, "不通过 0 条"),
        (BAD, 1, "缺少好例"),
        (GOOD, 1, "缺少错例"),
        (GOOD + BAD.replace(', at = "××"', ""), 1, "缺少写明位置（at）的错例"),
        (GOOD + BAD.replace('at = "××"', 'at = "全年"'), 1, "查出的位置不对：应在“全年”，现在在“××”"),
        (GOOD + BAD.replace('at = "××"', 'at = "heading:overall"'), 1, "查出的位置不对"),
        (GOOD + BAD.replace("××条", "三条"), 1, "错例没有被查出"),
        (GOOD.replace("3条", "待补充"), 1, "好例被指为有问题"),
        (GOOD + BAD.replace("section:overall", "cell:requests:nothing"), 2, "放不进报告"),
    ],
)
def test_the_trial_of_a_pack(tmp_path: Path, examples: str, code: int, said: str) -> None:
    _write(tmp_path / "gd.toml", f'pack = "gd"\n\n[rules.GD001]\nforbid = ["待补充", "××"]\n{examples}')

    done = reportlint(tmp_path, "pack", "test", "gd.toml")

    assert done.code == code, done.text
    assert said in done.text + done.said


def test_a_broken_pack_is_not_tried(tmp_path: Path) -> None:
    _write(tmp_path / "gd.toml", 'pack = "gd"\n\n[rules.GD001]\nforbidd = ["待补充"]\n')

    done = reportlint(tmp_path, "pack", "test", "gd.toml")

    assert (done.code, done.text) == (2, "")
    assert "是不是想写 forbid？" in done.said


@pytest.mark.parametrize("named", ["national", str(ROOT / "rules" / "reportlint_rules" / "national")])
def test_the_national_pack_is_tried_as_any_pack_is(tmp_path: Path, named: str) -> None:
    done = reportlint(tmp_path, "pack", "test", named)

    assert (done.code, done.said) == (0, ""), done.text
    assert re.search(r"national：规则 \d+ 条，例子 \d+ 个；不通过 0 条", done.text)


def test_what_an_assertion_says(tmp_path: Path) -> None:
    path = _write(tmp_path / "gd.toml", f'pack = "gd"\n\n[rules.GD001]\nforbid = ["××"]\n{GOOD}')

    with pytest.raises(AssertionError, match="GD001 bad"):
        assert_pack(path)
    assert [trial.why is None for trial in pack_trials(path)] == [False, True]


def test_the_specimen_is_clean() -> None:
    for year in range(2019, 2026):
        result = Linter().check_bytes("a.txt", specimen(year).encode())
        assert (result.findings, result.faults, result.year) == ((), (), year)
    assert "national" in [pack.name for pack in linter().packs]


# --- pytest ---------------------------------------------------------------------------------------------------------


def test_pytest_collects_the_examples_of_a_pack(tmp_path: Path) -> None:
    text = 'pack = "gd"\n\n[rules.GD001]\nforbid = ["待补充", "××"]\n'
    _write(tmp_path / "gd" / "pack.toml", text + GOOD + BAD.replace('at = "××"', 'at = "全年"'))

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rA", str(tmp_path / "gd")],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert "查出的位置不对" in done.stdout


# --- pack list, schema ----------------------------------------------------------------------------------------------


def test_the_list_of_packs(tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text('packs = ["huaihua"]\n', encoding="utf-8")

    done = reportlint(tmp_path, "pack", "list")
    state = {line.split()[0]: line.split()[1] for line in done.text.splitlines() if "[reportlint]" in line}

    assert done.code == 0
    assert {name for name, word in state.items() if word == "起作用"} == {"national", "hunan", "huaihua"}
    assert state["gansu"] == "未选用"


@pytest.mark.parametrize("name", [*NAMES, *KINDS])
def test_every_schema_is_printed(tmp_path: Path, name: str) -> None:
    done = reportlint(tmp_path, "schema", name)

    assert done.code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(done.out))


def test_a_schema_that_is_not_there(tmp_path: Path) -> None:
    done = reportlint(tmp_path, "schema", "pakc")

    assert (done.code, done.text) == (2, "")
    assert "是不是想写 pack？" in done.said


def test_the_schema_of_packs_judges_as_we_do(tmp_path: Path) -> None:
    schema = json.loads(reportlint(tmp_path, "schema", "pack").out)
    validator = jsonschema.Draft202012Validator(schema)
    rule = {"forbid": ["待补充"]}

    assert validator.is_valid({"pack": "gd", "rules": {"GD001": rule}})
    for wrong in (
        {"rules": {"GD001": rule}},
        {"pack": "gd", "rules": {"GD001": {**rule, "sevrity": "info"}}},
        {"pack": "gd", "rules": {"GD001": {"limit": "characters", "most": 3}}},
        {"pack": "gd", "rules": {"GD001": {"forbid": ["a"], "most": 3}}},
        {"pack": "gd", "rules": {"gd1": rule}},
    ):
        assert not validator.is_valid(wrong), wrong


# --- rules in Python ------------------------------------------------------------------------------------------------

SEVEN = """from reportlint import rule

@rule("GD101", message="主动公开部分没有写明政务公开专区")
def open_area(report):
    section = report.section("disclosure")
    if section and "政务公开专区" not in section.text:
        yield section.heading
"""


def test_seven_lines_are_a_rule(tmp_path: Path) -> None:
    assert len(SEVEN.splitlines()) == 7
    _write(tmp_path / "gd.py", SEVEN)
    (tmp_path / "a.txt").write_bytes(CLEAN)

    done = reportlint(tmp_path, "a.txt", "--rules", "gd.py", "--format", "json")
    configured = _write(tmp_path / "reportlint.toml", 'rules = ["gd.py"]\n')
    again = reportlint(tmp_path, "a.txt", "--format", "json")

    assert [(found["rule"], found["severity"]) for found in done.json["findings"]] == [("GD101", "warning")]
    assert done.json["findings"][0]["address"] == "二、主动公开政府信息情况"
    assert again.json["findings"] == done.json["findings"]
    assert configured.is_file()


OPTIONS = '''from dataclasses import dataclass

from reportlint import Problem, Report, rule

@dataclass(frozen=True)
class Words:
    """What is looked for."""
    wanted: tuple[str, ...] = ("政务公开专区",)
    most: int = 0

@rule("GD101", message="“{word}”出现 {count} 次", options=Words)
def words_wanted(report: Report, options: Words):
    for word in options.wanted:
        count = report.folded.count(word)
        if count > options.most:
            yield Problem(report.start, {"word": word, "count": count})
'''


def test_options_are_a_dataclass_that_a_configuration_fills_in(tmp_path: Path) -> None:
    _write(tmp_path / "gd.py", OPTIONS)
    (tmp_path / "a.txt").write_bytes(CLEAN)

    def said(configuration: str) -> tuple[int, str]:
        _write(
            tmp_path / "reportlint.toml", f'rules = ["gd.py"]\nselect = ["GD101"]\n[options.GD101]\n{configuration}\n'
        )
        done = reportlint(tmp_path, "a.txt", "--format", "concise")
        return done.code, done.text + done.said

    assert said("most = 0")[0] == 0
    assert said('wanted = ["条例"]')[0] == 1
    assert said('wanted = ["条例"]\nmost = 99')[0] == 0
    assert said('most = "3"') == (2, "reportlint：规则 GD101 的选项 most 应为整数，现在是 “3”\n")
    assert "是不是想写 most？" in said("mots = 3")[1]

    (rule,) = load(tmp_path / "gd.py").rules
    assert rule.options_type is not None
    schema = schema_of(rule.options_type)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["wanted"] == {
        "type": "array",
        "items": {"type": "string"},
        "default": ["政务公开专区"],
    }


OVER = """from reportlint import Corpus, Problem, Series, rule

@rule("GD201", message="比上年多 {more} 件", on=Series)
def more_requests(series):
    for before, now in series.pairs():
        more = now.grids["requests"].value("new.total") - before.grids["requests"].value("new.total")
        if more > 0:
            yield Problem(now.grids["requests"].cells["new.total"], {"more": more}, report=now)

@rule("GD202", message="共 {count} 份报告", on=Corpus)
def how_many(corpus):
    first = corpus.reports[0]
    yield Problem(first.start, {"count": len(corpus.reports)}, report=first)
"""


def test_rules_over_years_and_over_all_reports(tmp_path: Path) -> None:
    _write(tmp_path / "gd.py", OVER)
    _write(tmp_path / "2022.txt", specimen(2022))
    _write(
        tmp_path / "2023.txt",
        specimen(2023).replace("申请数量\t\t\t12\t0\t0\t0\t0\t0\t12", "申请数量\t\t\t15\t0\t0\t0\t0\t0\t15"),
    )

    done = reportlint(
        tmp_path, "2022.txt", "2023.txt", "--rules", "gd.py", "--select", "GD201,GD202", "--format", "json"
    )

    assert done.json["faults"] == []
    assert {(found["rule"], found["path"], found["message"]) for found in done.json["findings"]} == {
        ("GD201", "2023.txt", "比上年多 3 件"),
        ("GD202", "2022.txt", "共 2 份报告"),
    }


def test_what_a_rule_prints_is_not_in_the_result(tmp_path: Path) -> None:
    _write(tmp_path / "gd.py", SEVEN.replace("    section =", '    print("调试")\n    section ='))
    (tmp_path / "a.txt").write_bytes(CLEAN)

    done = reportlint(tmp_path, "a.txt", "--rules", "gd.py", "--format", "json")

    assert [found["rule"] for found in done.json["findings"]] == ["GD101"]
    assert "调试" in done.said


def test_a_rule_that_ends_its_process_is_a_fault_and_the_next_one_runs(tmp_path: Path) -> None:
    _write(
        tmp_path / "gd.py",
        SEVEN
        + '\n@rule("GD100", message="出错")\ndef leave(report):\n'
        + "    import os\n    os._exit(0)\n    yield report.start\n",
    )
    (tmp_path / "a.txt").write_bytes(CLEAN)

    done = reportlint(tmp_path, "a.txt", "--rules", "gd.py", "--format", "json")

    assert (done.code, done.faults) == (2, ["RL010"])
    assert [found["rule"] for found in done.json["findings"]] == ["GD101"]


def test_rules_end_in_other_threads_too(tmp_path: Path) -> None:
    from threading import Thread

    path = _write(tmp_path / "gd.py", SEVEN.replace("    section =", "    while True:\n        pass\n    section ="))
    codes: list[str] = []

    def check() -> None:
        made = Linter(Settings(rules=(str(path),), rule_seconds=0.5))
        codes.extend(fault.code for fault in made.check_bytes("a.txt", SPOILT).faults)

    thread = Thread(target=check)
    thread.start()
    thread.join(30)

    assert codes == ["RL011"]


# --- plugins --------------------------------------------------------------------------------------------------------


def test_a_module_of_rules_and_a_folder_of_data_need_no_hook(tmp_path: Path) -> None:
    site = install(tmp_path / "site", "gd_code", {"gd_code.py": SEVEN})
    pack = 'pack = "hb"\n\n[rules.HB001]\nforbid = ["动态调整目录"]\n'
    install(site, "hb_data", {"hb_data/__init__.py": "", "hb_data/pack.toml": pack})
    (tmp_path / "a.txt").write_bytes(CLEAN)

    done = reportlint(tmp_path, "rules", "--format", "json", PYTHONPATH=str(site))

    assert {(item["rule"], item["pack"]) for item in done.json if item["rule"] in ("GD101", "HB001")} == {  # type: ignore[index]
        ("GD101", "gd-code"),
        ("HB001", "hb"),
    }


def test_what_a_plugin_requires_is_looked_at_before_its_code_runs(tmp_path: Path) -> None:
    site = install(
        tmp_path / "site",
        "late",
        {
            "late/__init__.py": "raise RuntimeError('run too early')",
            "late/pack.toml": 'pack = "late"\nrequires = "reportlint>=99"\n',
        },
    )
    (tmp_path / "a.txt").write_bytes(CLEAN)

    done = reportlint(tmp_path, "a.txt", "--format", "json", PYTHONPATH=str(site))

    assert (done.code, done.faults) == (2, ["RL021"])
    assert "需要 reportlint>=99" in done.json["faults"][0]["message"]
    assert done.json["findings"] == []


@pytest.mark.parametrize(
    ("requirement", "version", "fits"),
    [
        ("reportlint>=0.1", "0.1.0", True),
        ("reportlint>=0.2", "0.1.9", False),
        ("reportlint>=0.1,<0.3", "0.2.5", True),
        ("reportlint>=0.1,<0.3", "0.3.0", False),
        ("reportlint~=1.2", "1.9", True),
        ("reportlint~=1.2", "2.0", False),
        ("reportlint==1.0", "1.0.0", True),
        ("reportlint!=1.0", "1.0.0", False),
        ("reportlint nonsense", "1.0", False),
    ],
)
def test_requirements(requirement: str, version: str, fits: bool) -> None:
    assert (unfulfilled(requirement, version) is None) is fits


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ('"gd"', 'additional_dependencies: ["reportlint-gd"]'),
        ('{ pack = "gd", package = "gd-rules>=1.2" }', 'additional_dependencies: ["gd-rules>=1.2"]'),
    ],
)
def test_the_line_to_paste(tmp_path: Path, entry: str, line: str) -> None:
    (tmp_path / "a.txt").write_bytes(CLEAN)
    _write(tmp_path / "reportlint.toml", f"required-packs = [{entry}]\n")

    missing = reportlint(tmp_path, "a.txt")
    _write(tmp_path / "gd.toml", 'pack = "gd"\n')
    there = reportlint(tmp_path, "a.txt", "--pack", "gd.toml")

    assert missing.code == 2
    assert line in missing.text
    assert there.code == 0


def test_a_pack_that_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        load(tmp_path)
    assert ROOT.is_dir()
