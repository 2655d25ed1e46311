"""Findings left on purpose: by `reportlint-ignore.toml`, and by comments in the report itself."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import reportlint as api
from reportlint.comments import comments
from reportlint.document import Position
from reportlint.engine import Linter
from reportlint.errors import ConfigError, words
from reportlint.finding import Suppressed
from reportlint.outputs import OUTPUTS
from reportlint.readers import read
from reportlint.suppress import Run, by_list, load
from reportlint_schemas import load as schema
from support.made import FILE, FINDING, made
from support.process import EXAMPLES, SPOILT, Done, reportlint
from support.shown import shown, written

RULES = Linter().known_rules
PERSONAL = (EXAMPLES / "青川港市柳溪镇人民政府" / "2023.txt").read_bytes()
NUMBER = "13800000000"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a report that has errors in tables and says nothing of fees."""
    (tmp_path / "局").mkdir()
    (tmp_path / "局" / "a.txt").write_bytes(SPOILT)
    return tmp_path


def _list(folder: Path, *entries: str) -> None:
    text = "\n".join(f"[[ignore]]\n{entry}\n" for entry in entries)
    (folder / "reportlint-ignore.toml").write_text(text, encoding="utf-8")


def _rules(done: Done) -> set[str]:
    return {finding["rule"] for finding in done.json["findings"]}


def _left(done: Done) -> set[str]:
    return {left["finding"]["rule"] for left in done.json["suppressed"]}


ENTRY = 'files = "局/*.txt"\nrule = "F001"\nreason = "已核实"\nby = "办公室"\nexpires = 2999-12-31'


# --- what is left -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ('files = "局/a.txt"\nrule = "F001"', {"F001"}),
        ('files = "局"\nrule = ["F001", "row-total"]', {"F001", "A002"}),
        ('files = "*.txt"\nrule = "A"', {"A002", "A003", "A009"}),
        ('files = ["b.txt", "a.txt"]\naddress = "表三 › 1.本机关不掌握相关政府信息 × 总计"', {"A002", "A009"}),
        ('files = "a.txt"\naddress = "表三"\nrule = "A003"', {"A003"}),
        ('files = "a.txt"\nrule = "national"', {"A002", "A003", "A009", "F001"}),
        ('files = "乙/a.txt"\nrule = "F001"', set()),
        ('files = "a.txt"\naddress = "表"', set()),
    ],
)
def test_an_entry_leaves_what_it_names_and_no_more(folder: Path, entry: str, left: set[str]) -> None:
    names = {rule.name: rule.code for rule in RULES}
    entry = entry.replace("row-total", next(name for name, code in names.items() if code == "A002"))
    _list(folder, f'{entry}\nreason = "说明"')

    done = reportlint(folder, "局", "--format", "json")

    assert _left(done) == left
    assert _rules(done) - {"RL040"} == {"A002", "A003", "A009", "F001"} - left


def test_a_fingerprint_is_enough(folder: Path) -> None:
    mark = next(f for f in reportlint(folder, "局", "--format", "json").json["findings"] if f["rule"] == "A003")
    _list(folder, f'fingerprint = "{mark["fingerprint"]}"\nreason = "说明"')

    done = reportlint(folder, "局", "--format", "json")

    assert done.json["suppressed"][0]["finding"] == mark


def test_the_exit_code_is_that_of_what_is_not_left(folder: Path) -> None:
    _list(folder, 'files = "局"\nrule = "ALL"\nreason = "说明"')

    done = reportlint(folder, "局")

    assert done.code == 0
    assert done.text.splitlines()[-1].endswith("；另有 4 个已按名单忽略；没有发现问题")


def test_the_reason_is_shown_to_those_who_ask(folder: Path) -> None:
    _list(folder, ENTRY)

    assert "已核实" not in reportlint(folder, "局").text
    said = reportlint(folder, "局", "--verbose").text
    assert "已忽略" in said
    assert "（已核实；办公室；至 2999-12-31；reportlint-ignore.toml:1）" in said


def test_the_nearest_list_holds_and_it_alone(folder: Path) -> None:
    _list(folder, 'files = "*.txt"\nrule = "F001"\nreason = "上"')
    _list(folder / "局", 'files = "*.txt"\nrule = "A003"\nreason = "下"')

    assert _left(reportlint(folder, "局", "--format", "json")) == {"A003"}


def test_a_configured_list_holds_instead(folder: Path) -> None:
    _list(folder / "局", 'files = "*.txt"\nrule = "A003"\nreason = "下"')
    (folder / "名单.toml").write_text(f"[[ignore]]\n{ENTRY}\n", encoding="utf-8")
    (folder / "reportlint.toml").write_text('ignore-file = "名单.toml"\n', encoding="utf-8")

    assert _left(reportlint(folder, "局", "--format", "json")) == {"F001"}


def test_a_configured_list_that_is_missing(folder: Path) -> None:
    (folder / "reportlint.toml").write_text('ignore-file = "没有.toml"\n', encoding="utf-8")

    assert reportlint(folder, "局").code == 2


def test_what_is_found_between_reports_can_be_left(tmp_path: Path) -> None:
    before = SPOILT.replace(b"2024", b"2023x").replace(b"2023", b"2022").replace(b"2022x", b"2023")
    (tmp_path / "2022.txt").write_bytes(before)
    (tmp_path / "2023.txt").write_bytes(SPOILT)
    found = {f["rule"] for f in reportlint(tmp_path, ".", "--format", "json").json["findings"]}
    between = {rule for rule in found if rule[0] in "YG"}
    assert between
    _list(tmp_path, *(f'files = "*.txt"\nrule = "{rule}"\nreason = "说明"' for rule in sorted(between)))

    done = reportlint(tmp_path, ".", "--format", "json")

    assert _left(done) >= between
    assert not _rules(done) & between


def test_what_is_left_is_not_mended(folder: Path) -> None:
    path = folder / "局" / "a.txt"
    path.write_bytes(SPOILT.replace("六、其他需要报告的事项".encode(), "六、其它需要报告的事项".encode()))
    assert "S004" in reportlint(folder, "局").text
    _list(folder, 'files = "局"\nrule = "S004"\nreason = "说明"')

    reportlint(folder, "局", "--unsafe-fixes")

    assert "六、其它需要" in path.read_text(encoding="utf-8")
    (folder / "reportlint-ignore.toml").unlink()
    reportlint(folder, "局", "--unsafe-fixes")
    assert "六、其他需要" in path.read_text(encoding="utf-8")


# --- faults and mandatory rules -----------------------------------------------------------------------------------


def test_a_fault_cannot_be_left(folder: Path) -> None:
    (folder / "局" / "b.txt").write_bytes(b"")
    _list(folder, 'files = "局"\nrule = "ALL"\nreason = "说明"')

    assert reportlint(folder, "局").code == 2
    _list(folder, 'files = "局"\nrule = "RL001"\nreason = "说明"')
    assert reportlint(folder, "局").code == 2


def test_a_mandatory_rule_cannot_be_left(folder: Path) -> None:
    (folder / "p.toml").write_text(
        'pack = "own"\n[rules.OWN001]\nforbid = ["本局"]\nmandatory = true\n', encoding="utf-8"
    )
    _list(folder, 'files = "局"\nrule = "ALL"\nreason = "说明"', 'files = "局"\naddress = "前言"\nreason = "说明"')
    done = reportlint(folder, "局", "--pack", "p.toml", "--format", "json")
    assert "OWN001" in _rules(done)
    assert "OWN001" not in _left(done)

    _list(folder, 'files = "局"\nrule = "OWN001"\nreason = "说明"')
    refused = reportlint(folder, "局", "--pack", "p.toml")
    assert refused.code == 2
    assert "reportlint-ignore.toml:1" in refused.said
    assert "OWN001" in refused.said

    report = (folder / "局" / "a.txt").read_text(encoding="utf-8")
    (folder / "局" / "a.md").write_text(f"<!-- reportlint-ignore-file OWN001: 说明 -->\n{report}", encoding="utf-8")
    (folder / "reportlint-ignore.toml").unlink()
    assert reportlint(folder, "局/a.md", "--pack", "p.toml").code == 2


# --- lists that are wrong -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('[[ignore]]\nfiles = "a"\nrule = "F001"\n', 1, "缺少 reason"),
        ('[[ignore]]\nfiles = "a"\nrule = "F001"\nreason = " "\n', 4, "reason"),
        ('[[ignore]]\nrule = "F001"\nreason = "x"\n', 1, "缺少 files"),
        ('[[ignore]]\nfiles = "a"\nreason = "x"\n', 1, "rule、address 或 fingerprint"),
        ('[[ignore]]\nfiles = "a"\nrules = "F001"\nrule = "F001"\nreason = "x"\n', 3, "是不是想写 rule？"),
        ('\n[[ignore]]\nfiles = "a"\nrule = "F0O1"\nreason = "x"\n', 2, "是不是想写 F001？"),
        ('[[ignore]]\nfiles = "a"\nrule = "F001"\nreason = "x"\nexpires = "明年"\n', 5, "expires"),
        ('[[ignore]]\nfiles = "a"\nrule = "F001"\nreason = "x"\nexpires = "2026-02-30"\n', 1, "没有 2026-02-30 这一天"),
        ('[[ignores]]\nfiles = "a"\n', 1, "是不是想写 ignore？"),
        ("ignore = 3\n", 1, "ignore"),
        ("[[ignore]\n", 1, "TOML"),
    ],
)
def test_a_wrong_list_is_refused_with_its_place(folder: Path, text: str, line: int, says: str) -> None:
    (folder / "reportlint-ignore.toml").write_text(text, encoding="utf-8")

    done = reportlint(folder, "局")

    assert (done.code, done.out) == (2, b"")
    assert f"reportlint-ignore.toml:{line}：" in done.said
    assert says in done.said


def test_the_schema_says_the_same(tmp_path: Path) -> None:
    validator = Draft202012Validator(schema("ignore"))

    assert validator.is_valid({"ignore": [{"files": "a", "rule": "F001", "reason": "x", "expires": "2026-01-01"}]})
    assert validator.is_valid({"ignore": [{"fingerprint": "0123456789", "reason": "x"}]})
    assert not validator.is_valid({"ignore": [{"rule": "F001", "reason": "x"}]})
    assert not validator.is_valid({"ignore": [{"files": "a", "reason": "x"}]})


# --- what is said of lists ----------------------------------------------------------------------------------------


def test_an_expired_entry_holds_no_longer_and_is_told(folder: Path) -> None:
    _list(folder, ENTRY.replace("2999", "2020"))

    done = reportlint(folder, "局", "--format", "json")

    assert "F001" in _rules(done)
    (told,) = (finding for finding in done.json["findings"] if finding["rule"] == "RL041")
    assert (told["severity"], told["path"], told["line"]) == ("warning", "reportlint-ignore.toml", 1)
    assert done.json["summary"]["files"] == 1


def test_an_entry_holds_to_the_end_of_its_last_day(folder: Path) -> None:
    _list(folder, ENTRY.replace("2999-12-31", "2026-05-01"))
    listed = load(str(folder / "reportlint-ignore.toml"), RULES)
    file = replace(FILE, path=(folder / "局" / "a.txt").as_posix())

    def left(day: date) -> int:
        run = Run(RULES, lambda: day, lambda glob: ())
        return sum(len(settled.suppressed) for settled in by_list(listed, [file], run))

    assert (left(date(2026, 5, 1)), left(date(2026, 5, 2))) == (1, 0)


def test_a_list_without_days_asks_for_no_day(folder: Path) -> None:
    _list(folder, 'files = "局"\nrule = "F001"\nreason = "说明"')
    listed = load(str(folder / "reportlint-ignore.toml"), RULES)

    def refuse() -> date:
        raise AssertionError

    by_list(listed, [FILE], Run(RULES, refuse, lambda glob: ()))


@pytest.mark.parametrize(
    ("entry", "arguments", "told"),
    [
        ('files = "局/a.txt"\nrule = "S001"', ["局"], True),
        ('files = "局"\nrule = "S001"', ["局"], True),
        ('files = "没有.txt"\nrule = "S001"', ["局"], True),
        ('files = "局/a.txt"\naddress = "表二"', ["局"], True),
        ('fingerprint = "0123456789"', ["局"], True),
        # What this run did not look at it cannot call needless.
        ('files = "局/*.txt"\nrule = "S001"', ["局/a.txt"], False),
        ('files = "局/a.txt"\nrule = "S001"', ["局", "--select", "F001"], False),
        ('files = "局/a.txt"\naddress = "表二"', ["局", "--select", "F001"], False),
        ('files = "局/a.txt"\nrule = "Y001"', ["局", "--reports-only"], False),
        ('files = "局/a.txt"\nrule = "Y001"', ["局"], False),
        ('fingerprint = "0123456789"', ["局/a.txt"], False),
    ],
)
def test_an_entry_that_nothing_needs_is_told(folder: Path, entry: str, arguments: list[str], told: bool) -> None:
    (folder / "局" / "b.txt").write_bytes(SPOILT)
    if "address" in entry or "fingerprint" in entry:
        # Rules over years are not checked without last year's report: what has no rule may be one of theirs.
        (folder / "reportlint.toml").write_text('ignore = ["Y"]\n', encoding="utf-8")
    _list(folder, f'{entry}\nreason = "说明"')

    done = reportlint(folder, *arguments, "--format", "json")

    assert ("RL040" in _rules(done)) is told
    if told:
        assert {f["severity"] for f in done.json["findings"] if f["rule"] == "RL040"} == {"info"}


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_output_tells_it(folder: Path, name: str) -> None:
    _list(folder, ENTRY.replace("2999", "2020"), 'files = "没有.txt"\nrule = "S001"\nreason = "说明"')

    text = written(reportlint(folder, "局", "--format", name).out)

    assert "RL041" in text
    assert "RL040" in text


# --- outputs ----------------------------------------------------------------------------------------------------

LEFT = made(
    replace(
        FILE,
        findings=(FINDING._replace(rule="F002", fingerprint="fedcba98"),),
        suppressed=(
            Suppressed(FINDING, "entry", "reportlint-ignore.toml:3", words("已核实", "已核实"), "2026-12-31", "办公室"),
            Suppressed(FINDING, "comment", "a.md:3", words("甲", "甲")),
            Suppressed(FINDING, "baseline", "reportlint-baseline.json", words("基线里已有", "known")),
        ),
    )
)


def test_sarif_has_them_as_suppressions() -> None:
    log = json.loads(shown("sarif", LEFT))
    folder = Path(__file__).parent / "data"
    Draft202012Validator(json.loads((folder / "sarif-schema-2.1.0.json").read_text("utf-8"))).validate(log)

    results = log["runs"][0]["results"]

    assert [[item["kind"] for item in result["suppressions"]] for result in results] == [
        [], ["external"], ["inSource"], ["external"],
    ]  # fmt: skip
    assert results[1]["suppressions"][0]["justification"] == "已核实"
    assert results[1]["suppressions"][0]["properties"]["by"] == "办公室"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_has_them_apart(lang: str) -> None:
    data = json.loads(shown("json", LEFT, lang=lang))
    Draft202012Validator(schema("findings")).validate(data)

    assert [left["means"] for left in data["suppressed"]] == ["entry", "comment", "baseline"]
    assert (data["summary"]["findings"], data["summary"]["suppressed"]) == (1, 3)


@pytest.mark.parametrize("name", ["full", "concise", "github", "markdown", "html"])
def test_people_are_told_how_many(name: str) -> None:
    text = shown(name, LEFT)

    assert "另有 2 个已按名单忽略" in text
    assert "另有 1 个是基线里已有的" in text


@pytest.mark.parametrize("name", OUTPUTS)
def test_personal_data_is_masked_also_where_it_is_left(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_bytes(PERSONAL)
    _list(tmp_path, 'files = "a.txt"\nrule = "V"\nreason = "已脱敏"')

    text = written(reportlint(tmp_path, "a.txt", "--verbose", "--format", name).out)

    assert NUMBER not in text


# --- comments ---------------------------------------------------------------------------------------------------

REPORT = SPOILT.decode().split("\n")


def _md(comment: str, above: str) -> str:
    at = next(number for number, line in enumerate(REPORT) if line.startswith(above))
    return "\n".join([*REPORT[:at], *([""] if comment else []), comment, *REPORT[at:]])


def _checked(name: str, text: str) -> api.Result:
    return api.check(text.encode(), name=name)


def test_a_comment_holds_for_the_block_below_it() -> None:
    text = _md("<!-- reportlint-ignore F001: 已核实 -->", "2023年，本局办理")

    result = _checked("a.md", text)

    assert [(left.finding.rule, left.means, left.reason("zh")) for left in result.suppressed] == [
        ("F001", "comment", "已核实")
    ]
    assert "F001" not in {finding.rule for finding in result.findings}


def test_a_comment_elsewhere_is_told() -> None:
    result = _checked("a.md", _md("<!-- reportlint-ignore F001: 已核实 -->", "一、总体情况"))

    assert {"F001", "RL040"} <= {finding.rule for finding in result.findings}


def test_a_comment_for_the_file() -> None:
    result = _checked("a.md", _md("<!-- reportlint-ignore-file F001，A：\n已核实 -->", "一、总体情况"))

    assert {left.finding.rule for left in result.suppressed} == {"F001", "A002", "A003", "A009"}
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("comment", "says"),
    [
        ("<!-- reportlint-ignore F001 -->", "没有写原因"),
        ("<!-- reportlint-ignore F001: -->", "没有写原因"),
        ("<!-- reportlint-ignore : 已核实 -->", "应写作"),
        ("<!-- reportlint-ignore -->", "应写作"),
        ("<!-- reportlint-ignore F0O1: 已核实 -->", "是不是想写 F001？"),
        ("<!-- reportlint-ignore-next F001: 已核实 -->", "没有 reportlint-ignore-next"),
    ],
)
def test_a_wrong_comment_is_a_fault_with_its_place(comment: str, says: str) -> None:
    text = _md(comment, "2023年，本局办理")
    line = text.split("\n").index(comment) + 1

    result = _checked("a.md", text)

    assert result.exit_code == 2
    (fault,) = result.faults
    assert fault.code == "RL030"
    assert fault.message("zh").startswith(f"a.md:{line}：")
    assert says in fault.message("zh")


def test_a_comment_is_no_text_of_the_report() -> None:
    plain = _checked("a.md", "\n".join(REPORT))
    other = _checked("a.md", _md("<!-- 待填写 -->", "2023年，本局办理"))

    assert [finding.fingerprint for finding in other.findings] == [finding.fingerprint for finding in plain.findings]


def test_other_kinds_of_file_have_no_comments() -> None:
    result = _checked("a.txt", _md("<!-- reportlint-ignore F001: 已核实 -->", "2023年，本局办理"))

    assert not result.suppressed


def test_blocks_of_a_page() -> None:
    page = (
        "<html><body><h1>某局2023年政府信息公开工作年度报告</h1>"
        "<!-- reportlint-ignore S001: 甲 --><p>一、总体情况</p><p>正文。</p>"
        "<!-- reportlint-ignore T: 乙 -->\n<table><tr><td>规章</td><td><!-- reportlint-ignore T011: 丙 -->5</td>"
        "<td>6</td></tr><tr><td>行政许可</td><td>0</td><td>7</td></tr></table></body></html>"
    )
    document = read("a.html", page.replace("正文。", "正文。" * 60).encode())
    first, second, third = comments(document)
    text = document.text

    def covered(start: Position | None, end: Position | None) -> str:
        assert start is not None
        assert end is not None
        lines = [line + "\n" for line in text.split("\n")]
        offsets = [sum(map(len, lines[: at.line - 1])) + at.column - 1 for at in (start, end)]
        return text[offsets[0] : offsets[1]]

    assert covered(first.start, first.end) == "一、总体情况"
    assert covered(second.start, second.end).startswith("规章")
    assert covered(second.start, second.end).endswith("7")
    assert covered(third.start, third.end) == "5"


def test_a_list_must_be_readable(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="UTF-8"):
        load(str(tmp_path / "a.toml"), RULES)
