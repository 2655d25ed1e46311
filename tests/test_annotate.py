"""`reportlint annotate` as a process: what is written where, what is refused, and the exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint.cli.files import find
from reportlint.config import Settings
from reportlint.engine import Linter
from support.annotated import word_comments
from support.cases import plain
from support.clean import clean
from support.conversion import draft_of
from support.files import docx, html, xlsx
from support.process import SPOILT, reportlint

CRASH = """from reportlint import rule

@rule("GD100", message="出错")
def crash(report):
    raise ValueError
    yield
"""
_SPOILT = draft_of(Linter().report("报告.txt", SPOILT))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a report that has findings and one that has none."""
    (tmp_path / "差.docx").write_bytes(docx.write(_SPOILT))
    (tmp_path / "好.docx").write_bytes(docx.write(clean(2023)))
    return tmp_path


def test_a_copy_is_written_beside_the_file(folder: Path) -> None:
    before = (folder / "差.docx").read_bytes()

    done = reportlint(folder, "annotate", "差.docx")

    assert (done.code, done.text) == (0, "")
    count = len(word_comments((folder / "差.批注.docx").read_bytes())) - 1
    assert count > 1
    assert done.said == f"写入 差.批注.docx：批注 {count} 条，总述 1 条\n"
    assert (folder / "差.docx").read_bytes() == before


def test_in_english(folder: Path) -> None:
    done = reportlint(folder, "annotate", "好.docx", "--lang", "en")

    assert (done.code, done.said) == (0, "written 好.annotated.docx: 0 notes and a summary\n")
    (summary,) = word_comments((folder / "好.annotated.docx").read_bytes())
    assert summary.text.startswith("reportlint: passed\nerror 0, warning 0, info 0")


def test_the_copy_of_a_copy_is_the_copy(folder: Path) -> None:
    reportlint(folder, "annotate", "差.docx", "-o", "甲.docx")
    reportlint(folder, "annotate", "甲.docx", "-o", "乙.docx")

    assert (folder / "甲.docx").read_bytes() == (folder / "乙.docx").read_bytes()


def test_several_files_go_to_a_folder_and_copies_in_it_are_no_reports(folder: Path) -> None:
    for _ in range(2):
        done = reportlint(folder, "annotate", ".", "-o", ".", "-q")

        assert (done.code, done.said) == (0, "")
    assert sorted(path.name for path in folder.iterdir()) == ["好.docx", "好.批注.docx", "差.docx", "差.批注.docx"]
    assert reportlint(folder, "annotate", "差.docx", "好.docx", "-o", "外/里").code == 0
    assert sorted(path.name for path in (folder / "外/里").iterdir()) == ["好.批注.docx", "差.批注.docx"]


@pytest.mark.parametrize("out", ["差.docx", "./差.docx", "好.docx"])
def test_no_report_is_overwritten(folder: Path, out: str) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}

    done = reportlint(folder, "annotate", "差.docx", "-o", out)

    if out == "好.docx":
        # It was not named as a report.
        assert done.code == 0
        return
    assert done.code == 2
    assert "不能覆盖" in done.said
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_two_copies_do_not_take_one_name(folder: Path) -> None:
    (folder / "里").mkdir()
    (folder / "里" / "差.docx").write_bytes(docx.write(_SPOILT))

    done = reportlint(folder, "annotate", "差.docx", "里/差.docx", "-o", "外")

    assert done.code == 2
    assert not (folder / "外").exists()


def test_findings_fail_only_where_that_is_asked_for(folder: Path) -> None:
    assert reportlint(folder, "annotate", "差.docx").code == 0
    assert reportlint(folder, "annotate", "差.docx", "--fail-on", "warning").code == 1
    assert reportlint(folder, "annotate", "好.docx", "--fail-on", "info").code == 0


def test_only_selected_rules_are_noted(folder: Path) -> None:
    done = reportlint(folder, "annotate", "差.docx", "--select", "F001")

    assert done.code == 0
    comments = word_comments((folder / "差.批注.docx").read_bytes())
    assert [comment.text[:7] for comment in comments[1:]] == ["错误 F001"]


def test_what_cannot_be_checked_completely_is_annotated_all_the_same(folder: Path) -> None:
    (folder / "gd.py").write_text(CRASH, encoding="utf-8")

    done = reportlint(folder, "annotate", "差.docx", "--rules", "gd.py")

    assert done.code == 2
    assert "RL010" in done.said
    summary = word_comments((folder / "差.批注.docx").read_bytes())[0]
    assert summary.text.startswith("reportlint：未能完整检查")
    assert "RL010" in summary.text


def test_other_kinds_are_refused_with_what_to_do(folder: Path) -> None:
    (folder / "表.xlsx").write_bytes(xlsx.write(clean(2023)))

    done = reportlint(folder, "annotate", "表.xlsx")

    assert done.code == 2
    assert "另存为 docx" in done.said
    assert not list(folder.glob("表.批注*"))


@pytest.mark.parametrize("arguments", [("没有.docx",), ("-",), (".", "-o"), ("空",)])
def test_what_is_not_there_is_refused(folder: Path, arguments: tuple[str, ...]) -> None:
    (folder / "空").mkdir()

    done = reportlint(folder, "annotate", *arguments)

    assert done.code == 2
    assert done.said


def test_a_damaged_file_is_not_annotated(folder: Path) -> None:
    (folder / "坏.docx").write_bytes((folder / "差.docx").read_bytes()[:500])

    done = reportlint(folder, "annotate", "坏.docx", "好.docx", "-o", "外")

    assert done.code == 2
    assert "RL001" in done.said
    assert [path.name for path in (folder / "外").iterdir()] == ["好.批注.docx"]


def test_a_copy_has_the_suffix_of_its_kind(folder: Path) -> None:
    done = reportlint(folder, "annotate", "差.docx", "-o", "差.pdf")

    assert done.code == 2
    assert ".docx" in done.said


def test_text_becomes_a_page(folder: Path) -> None:
    (folder / "差.txt").write_bytes(SPOILT)

    done = reportlint(folder, "annotate", "差.txt")

    assert done.code == 0
    assert (folder / "差.批注.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_any_report_becomes_a_page_where_that_is_asked_for(folder: Path) -> None:
    (folder / "表.xlsx").write_bytes(xlsx.write(clean(2023)))

    for name in ("差.docx", "表.xlsx"):
        assert reportlint(folder, "annotate", name, "-o", f"{name}.html").code == 0
        assert "<table>" in (folder / f"{name}.html").read_text(encoding="utf-8")


def test_a_copy_beside_its_report_is_not_checked_with_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(html.write(plain()))
    (tmp_path / "a.批注.html").write_bytes(html.write(plain()))
    (tmp_path / "a.annotated.html").write_bytes(html.write(plain()))

    assert find([str(tmp_path)], lambda path: Settings()).files == ((tmp_path / "a.html").as_posix(),)
    assert find([str(tmp_path / "a.批注.html")], lambda path: Settings()).files != ()
