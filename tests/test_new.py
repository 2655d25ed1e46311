"""New reports: complete but for what only the agency knows, and right once that is filled in; new repositories."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from reportlint import extras
from reportlint.blank import FILE, WRITERS, blank, write
from reportlint.engine import Linter
from reportlint.errors import UsageError
from reportlint.finding import FileResult
from support.filling import HOLE, Filling, figures_of, filled_docx, filled_text, toml
from support.process import ROOT, reportlint, run

LINTER = Linter()
YEARS = (2019, 2020, 2021, 2026)
AGENCIES = {
    "青渡市林业局": "department",
    "云汀县人民政府": "government",
    "青渡市人民政府": "government",
    "云汀县人民政府办公室": "government-office",
    "云汀县白石镇人民政府": "township",
    "云汀县东湖街道办事处": "sub-district",
}


def _new(suffix: str, year: int, agency: str) -> bytes:
    kind = LINTER.vocabulary.kind_of(agency)
    return write(blank(LINTER.forms, toml(FILE), year, agency, kind), suffix)


def _checked(suffix: str, data: bytes) -> FileResult:
    return LINTER.check_bytes(f"a{suffix}", data)


# --- only what must be filled in ----------------------------------------------------------------------------------


@pytest.mark.parametrize("agency", AGENCIES)
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("suffix", WRITERS)
def test_a_new_report_lacks_nothing_but_what_must_be_filled_in(suffix: str, year: int, agency: str) -> None:
    result = _checked(suffix, _new(suffix, year, agency))

    assert result.faults == ()
    assert (result.year, result.agency, result.agency_kind) == (year, agency, AGENCIES[agency])
    assert {finding.rule for finding in result.findings} == {"X014", "T011"}
    assert sum(finding.rule == "T011" for finding in result.findings) == 3
    assert "not_checked" not in {check.outcome for check in result.checks}


@pytest.mark.parametrize("suffix", WRITERS)
def test_every_hole_is_found(suffix: str) -> None:
    data = _new(suffix, 2026, "云汀县人民政府")
    holes = LINTER.text(f"a{suffix}", data).count(HOLE)

    assert holes > 10
    assert sum(finding.rule == "X014" for finding in _checked(suffix, data).findings) == holes


# --- filled in --------------------------------------------------------------------------------------------------


FILLED: dict[str, Filling] = {".docx": filled_docx, ".md": filled_text, ".html": filled_text}


@pytest.mark.parametrize("agency", AGENCIES)
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("suffix", WRITERS)
def test_a_report_that_was_filled_in_is_clean(suffix: str, year: int, agency: str) -> None:
    data = FILLED[suffix](_new(suffix, year, agency), year, government=AGENCIES[agency] == "government")

    result = _checked(suffix, data)

    assert result.faults == ()
    assert [(finding.rule, finding.message("zh")) for finding in result.findings] == []


# --- the Word file ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2019, 2026])
def test_the_tables_of_a_word_file_are_those_of_the_form(year: int) -> None:
    document = docx.Document(BytesIO(_new(".docx", year, "青渡市林业局")))

    for table, (_, layout, _) in zip(document.tables, figures_of(year), strict=True):
        assert (len(table.rows), len(table.columns)) == (layout.height, layout.width)
        for square in layout.squares:
            corners = (table.cell(square.row, square.column),
                       table.cell(square.row + square.rows - 1, square.column + square.columns - 1))  # fmt: skip
            assert corners[0]._tc is corners[1]._tc
            assert corners[0].text == square.text
        used = sum(square.rows * square.columns for square in layout.squares)
        assert used == layout.height * layout.width


def test_a_word_file_is_set_as_official_documents_are() -> None:
    document = docx.Document(BytesIO(_new(".docx", 2026, "青渡市林业局")))

    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21, 29.7)  # type: ignore[union-attr]
    assert [paragraph.style.name for paragraph in document.paragraphs[:5]] == [  # type: ignore[union-attr]
        "Title", "Normal", "Normal", "Normal", "Heading 1",
    ]  # fmt: skip
    styles: Any = document.styles
    for name, font, size in (
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Normal", "仿宋_GB2312", 16),
    ):
        assert f'w:eastAsia="{font}"' in styles[name].element.xml
        assert styles[name].font.size.pt == size
    assert "Theme" not in styles["Heading 1"].element.xml


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_same_report_is_the_same_bytes(suffix: str) -> None:
    assert _new(suffix, 2026, "青渡市林业局") == _new(suffix, 2026, "青渡市林业局")


def test_what_is_said_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", missing)

    with pytest.raises(UsageError) as caught:
        _new(".docx", 2026, "青渡市林业局")
    for said in caught.value.words.values():
        assert "pip install 'reportlint[review]'" in said


# --- the command --------------------------------------------------------------------------------------------------

NEW = ("new", "--year", "2026", "--agency", "青渡市林业局", "-o")


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_command_writes_it(tmp_path: Path, suffix: str) -> None:
    done = reportlint(tmp_path, *NEW, f"局/2026{suffix}")

    assert (done.code, done.said) == (0, "")
    assert (tmp_path / "局" / f"2026{suffix}").read_bytes() == _new(suffix, 2026, "青渡市林业局")
    assert f"reportlint 局/2026{suffix}" in done.text


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("我的报告", encoding="utf-8")

    refused = reportlint(tmp_path, *NEW, "a.md")

    assert (refused.code, path.read_text(encoding="utf-8")) == (2, "我的报告")
    assert "--force" in refused.said
    assert reportlint(tmp_path, *NEW, "a.md", "--force").code == 0
    assert HOLE in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--year", "2018", "--agency", "某局", "-o", "a.md"), "没有 2018 年度的统一格式"),
        (("--year", "今年", "--agency", "某局", "-o", "a.md"), "四位年份"),
        (("--year", "2026", "--agency", "某局", "-o", "a.doc"), "是不是想写 .docx？"),
        (("--year", "2026", "--agency", "某局", "-o", "a"), ".docx、.md、.html"),
        (("--year", "2026", "-o", "a.md"), "--agency"),
        (("--year", "2026", "--agency", " ", "-o", "a.md"), "--agency"),
        (("--agency", "某局", "-o", "a.md"), "--year"),
        ((), "--year"),
    ],
)
def test_what_it_refuses(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = reportlint(tmp_path, "new", *arguments)

    assert done.code == 2
    assert says in done.said
    assert list(tmp_path.iterdir()) == []


def test_a_pack_of_a_place_may_have_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "gd").mkdir()
    (tmp_path / "gd" / "pack.toml").write_text('pack = "gd"\nextends = "national"\n', encoding="utf-8")
    (tmp_path / "gd" / FILE).write_text('title = "{agency}{year}年政府信息公开工作年度报告"\n[sections]\n', "utf-8")

    assert reportlint(tmp_path, *NEW, "a.md", "--pack", "gd").code == 0
    assert HOLE not in (tmp_path / "a.md").read_text(encoding="utf-8")


# --- repositories ---------------------------------------------------------------------------------------------------


def test_a_new_repository(tmp_path: Path) -> None:
    done = reportlint(tmp_path, "init", "库")

    folder = tmp_path / "库"
    assert done.code == 0
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == [
        ".gitignore", ".pre-commit-config.yaml", "reportlint.toml", "reports/README.md",
    ]  # fmt: skip
    shown = reportlint(folder, "config", "--for", "reports/某局/2026.docx")
    assert shown.code == 0
    assert 'series.reports = "reports/{agency}/{year}.*"' in shown.text


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text('paths = ["年报"]\n', encoding="utf-8")

    done = reportlint(tmp_path, "init")

    assert done.code == 0
    assert "已经有了，没有改动：reportlint.toml" in done.text
    assert (tmp_path / "reportlint.toml").read_text(encoding="utf-8") == 'paths = ["年报"]\n'
    assert reportlint(tmp_path, "init").text.count("已经有了") == 4


def test_the_hooks_of_a_new_repository_are_ours(tmp_path: Path) -> None:
    reportlint(tmp_path, "init")
    ids = re.findall(r"- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    written = (tmp_path / ".pre-commit-config.yaml").read_text(encoding="utf-8")

    assert re.findall(r"- id: (\S+)", written) == ids
    done = run(tmp_path, sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml")
    assert done.code == 0, done.said


def test_last_years_report_is_found_where_the_repository_has_it(tmp_path: Path) -> None:
    reportlint(tmp_path, "init")
    for year in ("2023", "2024"):
        source = ROOT / "examples" / "reports" / "青川港市水务局" / f"{year}.txt"
        target = tmp_path / "reports" / "青川港市水务局" / f"{year}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())

    done = reportlint(tmp_path, "reports/青川港市水务局/2024.txt", "--format", "json")

    (report,) = done.json["reports"]
    assert {check["outcome"] for check in report["checks"] if check["rule"] == "Y001"} <= {"pass", "fail"}
