"""The outputs for code hosts and CI servers, held to what these accept.

SARIF is held to the schema that OASIS publishes. Of JUnit XML there is no standard and of GitLab's JSON no schema: for
these the tests state what the tools that read them document.

- JUnit (the schema of the Jenkins xUnit plugin, junit-10.xsd): `testsuites` holds `testsuite`s with name, tests,
  failures and errors; these hold `testcase`s with a name, each with at most one of failure, error and skipped, which
  have message and type and text; and nothing else but system-out.
- GitLab Code Quality: an array of objects with description, check_name, fingerprint (unique), severity (info, minor,
  major, critical or blocker), location.path and location.lines.begin.
- GitHub: `::error file=…,line=…::message` with `%`, CR, LF escaped, and `:` and `,` too in properties; ten per kind.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from jsonschema import Draft4Validator

from reportlint.document import Place
from reportlint.errors import words
from reportlint.finding import FileResult, Result
from reportlint.outputs import OUTPUTS
from support.made import CLEAN, FAULT, FILE, FINDING, INCOMPLETE, PATH, RESULT, made
from support.process import CLEAN as CLEAN_REPORT
from support.process import EXAMPLES, ROOT, SPOILT, reportlint
from support.shown import shown, written

SCHEMA = Draft4Validator(json.loads((ROOT / "tests" / "data" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")))
NASTY = 'a%b:c,d]]>"<&\n`|*\x00\ud800\uffffe'
CELL = FINDING._replace(location=FINDING.location._replace(place=Place(table=2, row=7, column=10)))
RESULTS = {
    "findings": RESULT,
    "incomplete": INCOMPLETE,
    "clean": CLEAN,
    "nothing": made(),
    "fault of no file": made(faults=(FAULT._replace(path=None, code="RL020"),)),
    "nasty": made(replace(FILE, findings=(FINDING._replace(message=words(NASTY, NASTY)),))),
    "nasty fault": made(FILE, faults=(FAULT._replace(message=words(NASTY, NASTY)),)),
    "word": made(replace(FILE, kind="docx", findings=(CELL,))),
}
EVERY = pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


# --- SARIF ------------------------------------------------------------------------------------------------------


def _run(result: Result, lang: str = "zh") -> dict[str, Any]:
    log = json.loads(shown("sarif", result, lang=lang))
    SCHEMA.validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


@EVERY
@LANGUAGES
def test_sarif_is_as_its_schema_says(result: Result, lang: str) -> None:
    run = _run(result, lang)

    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(result.findings)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is not bool(result.faults)
    assert invocation["exitCode"] == result.exit_code
    said = [notification["descriptor"]["id"] for notification in invocation["toolExecutionNotifications"]]
    assert said == [fault.code for fault in result.faults]


def test_sarif_of_a_real_run(tmp_path: Path) -> None:
    done = reportlint(tmp_path, str(EXAMPLES), "没有.txt", "--format", "sarif")

    SCHEMA.validate(done.json)
    (run,) = done.json["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert done.code == run["invocations"][0]["exitCode"] == 2
    assert all(rules[found["ruleIndex"]]["id"] == found["ruleId"] for found in run["results"])
    assert all(rule["help"]["text"] and rule["help"]["markdown"].startswith(f"# {rule['id']}") for rule in rules)
    assert all(rule["properties"]["basis"] for rule in rules)
    marks = Counter(found["partialFingerprints"]["reportlint/v1"] for found in run["results"])
    assert set(marks.values()) == {1}


def test_sarif_says_all_there_is_to_a_finding() -> None:
    (found,) = _run(RESULT)["results"]

    (location,) = found["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 86, "startColumn": 1, "endLine": 86, "endColumn": 3}
    assert location["logicalLocations"] == [{"fullyQualifiedName": "六、其他需要报告的事项"}]
    assert found["relatedLocations"][0]["message"] == {"text": "这里提到收费"}
    assert found["properties"] == {"basis": "国办公开办函〔2021〕30号", "advice": "写明收费情况"}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("报告/a b.txt", "报告/a b.txt"),
        ("a:b.txt", "a:b.txt"),
        ("100%.txt", "100%.txt"),
        (str(Path.cwd() / "报告" / "a.txt"), "报告/a.txt"),
    ],
)
def test_sarif_uris_are_relative_and_escaped(path: str, uri: str) -> None:
    located = FINDING._replace(location=FINDING.location._replace(path=path))
    (found,) = _run(made(replace(FILE, path=path, findings=(located,))))["results"]

    written = found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9%/._-]+", written)
    assert unquote(written) == uri


def test_sarif_names_no_line_of_a_file_that_has_none() -> None:
    (found,) = _run(RESULTS["word"])["results"]

    assert "region" not in found["locations"][0]["physicalLocation"]
    assert "第2个表格第7行第10列" in found["locations"][0]["logicalLocations"][0]["decoratedName"]


# --- GitHub -----------------------------------------------------------------------------------------------------

COMMAND = re.compile(r"::(error|warning|notice) ([a-zA-Z]+=[^:,\r\n]*(?:,[a-zA-Z]+=[^:,\r\n]*)*)::([^\r\n]*)")


@EVERY
@LANGUAGES
def test_github_commands_are_well_formed(result: Result, lang: str) -> None:
    lines = shown("github", result, lang=lang).splitlines()

    commands = [line for line in lines if line.startswith("::")]
    assert all(COMMAND.fullmatch(line) for line in commands)
    assert len(commands) == len(result.findings) + len(result.faults)
    assert sum(line.startswith("::error ") for line in commands) >= len(result.faults)


def test_github_annotates_the_place() -> None:
    first = shown("github", RESULT).splitlines()[0]

    assert first == (
        f"::error file={PATH},line=86,endLine=86,col=1,endColumn=3,title=F001 fee-statement-missing"
        "::没有报告收费情况%0A写明收费情况"
    )
    assert ",line=" not in shown("github", RESULTS["word"])


def test_github_gets_ten_of_a_kind_the_gravest_first_and_a_last_line_with_the_rest() -> None:
    mild = [FINDING._replace(severity="info", fingerprint=f"i{n}") for n in range(13)]
    grave = [FINDING._replace(fingerprint=f"e{n}") for n in range(12)]

    lines = shown("github", made(replace(FILE, findings=(*mild, *grave)), faults=(FAULT,))).splitlines()

    commands = [line.partition(" ")[0] for line in lines if line.startswith("::")]
    assert commands == ["::error"] * 10 + ["::notice"] * 10
    assert "RL004" in lines[0]
    assert lines[-1] == "GitHub 每类只显示 10 条，另有 6 条没有列在这里"


# --- GitLab -----------------------------------------------------------------------------------------------------


@EVERY
@LANGUAGES
def test_gitlab_issues_have_all_that_gitlab_reads(result: Result, lang: str) -> None:
    issues: list[dict[str, Any]] = json.loads(shown("gitlab", result, lang=lang))

    assert len(issues) == len(result.findings) + len(result.faults)
    for issue in issues:
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert all(isinstance(issue[key], str) and issue[key] for key in ("description", "check_name", "fingerprint"))
        assert issue["location"]["path"]
        assert issue["location"]["lines"]["begin"] >= 1
    assert sum(issue["severity"] == "blocker" for issue in issues) == len(result.faults)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_gitlab_fingerprints_are_unique_even_where_findings_are_alike() -> None:
    issues = json.loads(shown("gitlab", made(replace(FILE, findings=(FINDING, FINDING)))))

    assert len({issue["fingerprint"] for issue in issues}) == 2


# --- JUnit ------------------------------------------------------------------------------------------------------

CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "error", "skipped", "system-out"},
    "failure": set[str](),
    "error": set[str](),
    "skipped": set[str](),
    "system-out": set[str](),
}
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"name", "classname"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"message"},
    "system-out": set[str](),
}


def _suites(result: Result, lang: str = "zh") -> ElementTree.Element:
    root = ElementTree.fromstring(shown("junit", result, lang=lang).encode())
    assert root.tag == "testsuites"
    for element in root.iter():
        assert {child.tag for child in element} <= CHILDREN[element.tag]
        assert set(element.attrib) == ATTRIBUTES[element.tag]
    for case in root.iter("testcase"):
        assert len(case) <= 1
    for name, counted in (("failures", "failure"), ("errors", "error"), ("tests", "testcase")):
        assert int(root.attrib[name]) == len(list(root.iter(counted)))
        for suite in root:
            assert int(suite.attrib[name]) == len(list(suite.iter(counted)))
    return root


@EVERY
@LANGUAGES
def test_junit_is_well_formed_and_counts_right(result: Result, lang: str) -> None:
    root = _suites(result, lang)

    assert len(list(root.iter("error"))) == len(result.faults)
    assert bool(list(root.iter("failure"))) == any(result.fails(finding.severity) for finding in result.findings)


def test_junit_has_a_test_for_every_rule() -> None:
    (suite,) = _suites(RESULT)

    assert suite.attrib["name"] == PATH
    outcomes = {case.attrib["name"][:4]: [child.tag for child in case] for case in suite}
    assert outcomes == {"F001": ["failure"], "F002": [], "A001": ["skipped"], "T014": ["skipped"]}
    assert "国办公开办函〔2021〕30号" in "".join(suite.itertext())


def test_junit_fails_where_the_exit_code_does() -> None:
    (suite,) = _suites(replace(made(replace(FILE, findings=(FINDING._replace(severity="info"),)))))

    assert suite.attrib["failures"] == "0"
    assert "没有报告收费情况" in "".join(suite.itertext())


# --- Markdown ---------------------------------------------------------------------------------------------------


@LANGUAGES
def test_markdown_says_the_verdict_first_and_faults_before_findings(lang: str) -> None:
    text = shown("markdown", INCOMPLETE, lang=lang)

    assert text.startswith("## ⛔")
    assert text.index("RL004") < text.index("F001")
    assert "| F001 |" in text
    assert shown("markdown", RESULT, lang=lang).startswith("## ❌")
    assert shown("markdown", CLEAN, lang=lang).startswith("## ✅")


def test_markdown_cannot_be_written_by_a_report() -> None:
    nasty = "<img src=x> [a](b) | **c** `d` @everyone\n# e"
    text = shown("markdown", made(replace(FILE, findings=(FINDING._replace(message=words(nasty, nasty)),))))

    assert "<img" not in text
    assert "[a](b)" not in text
    assert "@everyone" not in text
    assert "\n# e" not in text


def test_markdown_stays_within_what_hosts_show_and_counts_the_rest() -> None:
    files = [FileResult(f"{n}.txt", findings=(FINDING,) * 20) for n in range(100)]

    text = shown("markdown", made(*files))

    assert len(text) < 65_536
    left = re.search(r"另有 (\d+) 个问题没有列在这里", text)
    assert left is not None
    assert text.count("\n- 🔴") + int(left[1]) == 2000


# --- several in one run -----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "好.txt").write_bytes(CLEAN_REPORT)
    (tmp_path / "差.txt").write_bytes(SPOILT)
    return tmp_path


@pytest.mark.parametrize(("name", "code"), [("好.txt", 0), ("差.txt", 1), ("没有.txt", 2)])
def test_many_outputs_in_one_run_and_the_same_exit_code(folder: Path, name: str, code: int) -> None:
    several = [word for output in OUTPUTS for word in ("--output", f"{output}:结果.{output}")]

    done = reportlint(folder, name, *several)

    assert done == reportlint(folder, name)
    assert done.code == code
    for output in OUTPUTS:
        alone = reportlint(folder, name, "--format", output)
        assert alone.code == code
        assert (folder / f"结果.{output}").read_bytes() == alone.out


def test_an_output_may_go_to_standard_output(folder: Path) -> None:
    assert reportlint(folder, "差.txt", "--output", "concise:-") == reportlint(folder, "差.txt", "--format", "concise")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--output", "sarif"), "格式:文件"),
        (("--output", "sarif:"), "格式:文件"),
        (("--output", "sarf:a"), "是不是想写 sarif"),
        (("--output", "json:-", "--format", "concise"), "只能显示一种格式"),
        (("--output", "json:a", "--output", "sarif:./a"), "要写两次"),
        (("--statistics", "--format", "json"), "--statistics"),
    ],
)
def test_outputs_that_cannot_be(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    done = reportlint(folder, "好.txt", *arguments)

    assert done.code == 2
    assert said in done.said


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_refused_run_leaves_no_old_result_behind(folder: Path, name: str) -> None:
    (folder / "结果").write_text("旧的", encoding="utf-8")

    done = reportlint(folder, "好.txt", "--select", "F0O1", "--output", f"{name}:结果")

    assert done.code == 2
    left = written((folder / "结果").read_bytes())
    assert "F0O1" in left
    assert "旧的" not in left


def test_statistics_count_the_findings_of_each_rule_the_worst_first(folder: Path) -> None:
    done = reportlint(folder, "差.txt", "--statistics")

    assert done.code == 1
    *counts, checked, found = done.text.splitlines()
    severities = [line.split()[1] for line in counts]
    assert severities == sorted(severities, key=["错误", "警告", "提示"].index)
    assert any(line.split()[:3] == ["1", "错误", "F001"] for line in counts)
    assert sum(int(line.split()[0]) for line in counts) == sum(map(int, re.findall(r"(\d+) 个", found)))
    assert checked.startswith("已检查 1 份")
