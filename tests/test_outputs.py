"""The outputs: what each shows, under every console, and that marks stand under what they mark."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from reportlint.document import Place
from reportlint.errors import words
from reportlint.finding import Frame, Result
from reportlint.outputs import OUTPUTS, View
from reportlint.outputs.frame import draw
from reportlint.outputs.terminal import cells, plain
from reportlint_schemas import load as schema
from support.made import CLEAN, FAULT, FILE, FINDING, INCOMPLETE, PATH, RESULT, located, made
from support.process import EXAMPLES, Done, reportlint
from support.shown import shown, written

# --- full -------------------------------------------------------------------------------------------------------


def test_full_shows_all_there_is_to_a_finding() -> None:
    lines = shown("full", RESULT).splitlines()

    assert lines == [
        "报告/某局/2023.txt  2023年度 · 2021年格式 · 部门 · GB18030",
        "",
        "  86:1  错误  F001  没有报告收费情况",
        "     84 │ 六、其他需要报告的事项",
        "     86 │ 无。",
        "        │ ━━━━",
        "     位置  六、其他需要报告的事项",
        "     另见  12:1  一、总体情况：这里提到收费",
        "     依据  国办公开办函〔2021〕30号",
        "     怎么改  写明收费情况",
        "",
        "  未能检查：A001（表格无法辨认）",
        "",
        "已检查 1 份，规则 4 条：通过 1，不符 1，不适用 1，未能检查 1",
        "1 个错误，0 个警告，0 个提示（退出码 1）",
    ]


def test_full_in_english_has_no_chinese_of_its_own() -> None:
    text = shown("full", INCOMPLETE, lang="en", verbose=True)

    assert "error  F001  no word of fees" in text
    assert "Checked 1 of 2 reports against 4 rules: 1 passed, 1 failed, 1 not applicable, 1 not checked" in text
    for own in ("错误", "依据", "位置", "怎么改", "另见", "已检查", "退出码", "："):
        assert own not in text


@pytest.mark.parametrize("name", ["full", "concise"])
def test_what_could_not_be_checked_is_said_first_at_the_end(name: str) -> None:
    last = shown(name, INCOMPLETE).splitlines()[-3:]

    assert last == [
        "未能检查：报告/旧件.pdf：是扫描件（RL004 没有文字层）",
        "已检查 2 份中的 1 份，规则 4 条：通过 1，不符 1，不适用 1，未能检查 1",
        "1 个错误，0 个警告，0 个提示；结果不完整（退出码 2）",
    ]


@pytest.mark.parametrize("name", ["full", "concise"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_clean_run_is_one_line(name: str, lang: str) -> None:
    assert len(shown(name, CLEAN, lang=lang).splitlines()) == 1
    assert shown(name, CLEAN, lang=lang, quiet=True) == ""


def test_nothing_is_lost_without_colour() -> None:
    colored = shown("full", INCOMPLETE, color=True)

    assert "\x1b[1;31m" in colored
    for code in ("0", "1", "2", "1;31", "1;33", "1;36"):
        colored = colored.replace(f"\x1b[{code}m", "")
    assert colored == shown("full", INCOMPLETE)


def test_places_in_files_that_have_no_lines_of_their_own() -> None:
    place = Place(table=2, row=7, column=10)
    finding = FINDING._replace(location=located(address="表三 › 部分公开 × 总计")._replace(place=place))

    text = shown("full", made(replace(FILE, findings=(finding,))))

    assert "  表三 › 部分公开 × 总计（第2个表格第7行第10列）  错误  F001" in text


def test_tracebacks_are_for_those_who_ask() -> None:
    assert "Traceback" not in shown("full", INCOMPLETE)
    assert "Traceback" in shown("full", INCOMPLETE, verbose=True)


def test_a_report_cannot_write_to_the_terminal() -> None:
    nasty = "a\x1b[31mb\x07c\rd\u202ee\n"
    finding = FINDING._replace(message=words(nasty, nasty), frame=Frame(((1, nasty),), 0, 3))

    for name in ("full", "concise"):
        text = shown(name, made(replace(FILE, path=f"x{nasty}.txt", findings=(finding,))))
        assert not set(text) & {"\x1b", "\x07", "\r", "\u202e"}
    assert len(shown("concise", made(replace(FILE, findings=(finding,)))).splitlines()) == 3


# --- concise ----------------------------------------------------------------------------------------------------


def test_concise_is_a_line_a_finding() -> None:
    assert shown("concise", RESULT).splitlines()[0] == f"{PATH}:86:1: F001 error 没有报告收费情况"


# --- JSON -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("result", [RESULT, INCOMPLETE, CLEAN, made(), made(faults=(FAULT,))])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_is_as_its_schema_says(result: Result, lang: str) -> None:
    text = shown("json", result, lang=lang)

    Draft202012Validator(schema("findings")).validate(json.loads(text))
    assert text.endswith("}\n")


def test_json_keeps_chinese_readable() -> None:
    assert "没有报告收费情况" in shown("json", RESULT)


def test_json_of_a_real_run_is_as_its_schema_says(tmp_path: Path) -> None:
    done = reportlint(tmp_path, str(EXAMPLES), "没有.txt", "--format", "json")

    Draft202012Validator(schema("findings")).validate(done.json)
    assert done.json["summary"]["exit_code"] == done.code == 2


def test_extracted_reports_are_as_their_schema_says(tmp_path: Path) -> None:
    done = reportlint(tmp_path, "extract", *map(str, sorted(EXAMPLES.rglob("*.txt"))))

    Draft202012Validator(schema("report")).validate(json.loads(done.out))


# --- consoles ---------------------------------------------------------------------------------------------------


OWN_ENCODING = {"junit", "html", "xlsx"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report that has findings, under a name that no old encoding can write whole."""
    path = tmp_path_factory.mktemp("reports")
    text = (EXAMPLES / "青川港市水务局" / "2023.txt").read_text(encoding="utf-8")
    (path / "局é😀.txt").write_text(text.replace("2023年，本局办理", "2023年，本局😀é办理"), encoding="utf-8")
    return path


def _run(folder: Path, encoding: str, *arguments: str) -> Done:
    return reportlint(folder, "局é😀.txt", *arguments, PYTHONIOENCODING=encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "ascii", "cp1252"])
@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_output_works_on_every_console(folder: Path, name: str, encoding: str, lang: str) -> None:
    done = _run(folder, encoding, "--format", name, "--lang", lang)

    assert (done.code, done.said) == (1, "")
    assert "F001" in (written(done.out) if name in OWN_ENCODING else done.out.decode(encoding))


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
@pytest.mark.parametrize("name", [name for name in OUTPUTS if OUTPUTS[name].json])
def test_json_means_the_same_in_every_encoding(folder: Path, name: str, encoding: str) -> None:
    assert (
        json.loads(_run(folder, encoding, "--format", name).out.decode(encoding))
        == _run(folder, "utf-8", "--format", name).json
    )


@pytest.mark.parametrize("name", sorted(OWN_ENCODING))
def test_what_declares_its_own_encoding_is_the_same_on_every_console(folder: Path, name: str) -> None:
    assert _run(folder, "gbk", "--format", name).out == _run(folder, "utf-8", "--format", name).out


def test_marks_stay_marks_where_lines_cannot_be_drawn(folder: Path) -> None:
    text = _run(folder, "ascii").out.decode("ascii")

    assert "| ^" in text
    assert "\\u2501" not in text


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_complaints_work_on_every_console(folder: Path, encoding: str) -> None:
    done = _run(folder, encoding, "--frmat")

    assert done.code == 2
    assert "--format" in done.err.decode(encoding)


# --- frames -----------------------------------------------------------------------------------------------------


def _drawn(text: str, start: int, end: int, width: int = 100) -> tuple[str, str]:
    line, mark = draw(Frame(((7, text),), start, end), "error", View(width=width))
    return line.partition("│ ")[2], mark.partition("│ ")[2]


@pytest.mark.parametrize(
    ("text", "start", "end", "line", "mark"),
    [
        ("ab无。cd", 2, 4, "ab无。cd", "  ━━━━"),
        ("无ab", 1, 2, "无ab", "  ━"),
        ("a\tb", 2, 3, "a   b", "    ━"),
        ("abcd\te", 5, 6, "abcd    e", "        ━"),
        ("局\t5", 2, 3, "局  5", "    ━"),
        ("e\u0301x", 2, 3, "e\u0301x", " ━"),
        ("abc", 1, 1, "abc", " ━"),
        ("abc", 3, 3, "abc", "   ━"),
        ("ＡＢ", 1, 2, "ＡＢ", "  ━━"),
        ("", 0, 0, "", "━"),
    ],
)
def test_marks_stand_under_what_they_mark(text: str, start: int, end: int, line: str, mark: str) -> None:
    assert _drawn(text, start, end) == (line.rstrip(), mark)


@pytest.mark.parametrize("unit", ["abcdefghij", "政府信息公开工作年度报告"])
@pytest.mark.parametrize("at", [0, 1, 50, 150, 299])
@pytest.mark.parametrize("length", [0, 1, 5, 200])
def test_long_lines_are_cut_around_the_finding(unit: str, at: int, length: int) -> None:
    text = (unit * 30)[:300]
    end = min(at + length, 300)

    line, mark = _drawn(text, at, end, width=60)

    assert cells(line) <= 60 - 10
    assert cells(mark) <= 60 - 9
    before = cells(mark) - cells(mark.lstrip())
    marked = text[at:end][: len(mark.strip())]
    shown = _from_cell(line, before)
    assert shown.startswith(marked[: max(len(mark.strip()) // cells(unit[0]), 1)] if length else text[at : at + 1])


def _from_cell(line: str, at: int) -> str:
    used = 0
    for index, char in enumerate(line):
        if used == at:
            return line[index:]
        used += cells(char)
    return ""


def test_plain_text_is_left_alone() -> None:
    assert plain("表三 › （一）é") == "表三 › （一）é"


# --- privacy ----------------------------------------------------------------------------------------------------

NUMBER = "13800000000"


@pytest.mark.parametrize(
    "arguments", [("--format", name) for name in OUTPUTS] + [("--format", "full", "--select", "S001,V001")]
)
def test_personal_data_is_masked_in_every_output(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    path = EXAMPLES / "青川港市柳溪镇人民政府" / "2023.txt"
    assert NUMBER in path.read_text(encoding="utf-8")

    done = reportlint(tmp_path, str(path), *arguments)

    assert "V001" in written(done.out)
    assert NUMBER not in written(done.out)


def test_personal_data_is_masked_though_its_rule_is_off(tmp_path: Path) -> None:
    path = EXAMPLES / "青川港市柳溪镇人民政府" / "2023.txt"
    pack = tmp_path / "p.toml"
    pack.write_text('pack = "own"\n[rules.OWN001]\nforbid = ["手机"]\n', encoding="utf-8")

    done = reportlint(tmp_path, str(path), "--pack", str(pack), "--select", "OWN001")

    assert "OWN001" in done.text
    assert NUMBER not in done.text
    assert NUMBER not in reportlint(tmp_path, "extract", str(path)).text
