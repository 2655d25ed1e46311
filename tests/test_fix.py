"""Mends: only the defect changes, nothing new is found, and doing it again changes nothing, in every kind of file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from reportlint.engine import Linter
from reportlint.errors import UsageError
from reportlint.finding import FileEdit
from reportlint.fix import fixed
from reportlint.writers import least
from reportlint.writers.text import Source
from support.cases import plain, put
from support.defects import DEFECTS
from support.files import docx, pdf
from support.planting import Defect
from support.ways import WAYS
from support.writing import write

SAFE = frozenset(
    ("S003", "S004", "S011", "T003", "T004", "T005", "T009", "T014", "F007", "X001", "X002", "X004", "X008", "X009")
)
NOT_MENDED = ("headers of table 2 from the trial form",)
"""What no edit can mend: the figures may be wrong as well."""
FIXABLE = [defect for defect in DEFECTS if defect.code in SAFE and defect.name not in NOT_MENDED]
KINDS = {name: way for name, way in WAYS.items() if way[0].endswith((".txt", ".md", ".html", ".docx"))}
"""The kinds that can be mended."""
NOT_THERE = {
    # A page has a title of its own and no rest of another page around the article; Word has no such lines either.
    ("X009", "html"),
}


@cache
def _linter() -> Linter:
    return Linter()


def _lines(linter: Linter, name: str, data: bytes) -> list[str]:
    return [line for line in linter.text(name, data).split("\n") if line.strip()]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("defect", FIXABLE, ids=[f"{defect.code} {defect.name}" for defect in FIXABLE])
def test_a_defect_is_mended_and_nothing_else_changes(defect: Defect, kind: str) -> None:
    name, made = KINDS[kind]
    spoilt, clean = made(defect.spoilt()), made(defect.clean())
    before = _linter().check_bytes(name, spoilt)
    if (defect.code, kind) in NOT_THERE or defect.code not in {f.rule for f in before.findings if f.fix is not None}:
        pytest.skip("this kind of file has no such defect, or no place to mend it")

    found = fixed(_linter(), name, spoilt)

    assert defect.code in {finding.rule for finding in found.mended}
    assert [f.rule for f in found.result.findings if f.fix is not None and f.fix.safe and f.fix.edits] == []
    assert {f.rule for f in found.result.findings} <= {f.rule for f in before.findings}
    was, now, right = (_lines(_linter(), name, data) for data in (spoilt, found.data, clean))
    touched = set(was) - set(right)
    assert [line for line in was if line not in touched] == [line for line in now if line in set(was) - touched]
    assert set(now) - set(was) == set() or len(set(now) - set(was)) <= len(touched)
    assert fixed(_linter(), name, found.data).data == found.data


def test_mended_wordings_are_those_of_the_form() -> None:
    restored = 0
    for defect in FIXABLE:
        if defect.code in ("X004", "X008", "X009", "S011", "F007", "T009"):
            continue
        name, made = KINDS["tab-cells"]
        found = fixed(_linter(), name, made(defect.spoilt()))
        assert found.data == made(defect.clean()), defect.name
        restored += 1
    assert restored >= 8


def _without_words(data: bytes) -> tuple[str, dict[str, bytes]]:
    """The main part of a document without its words, and the other parts."""
    with ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    xml = parts.pop("word/document.xml").decode()
    return re.sub(r"(<w:t)(?: xml:space=\"preserve\")?>[^<]*</w:t>", r"\1/>", xml), parts


@pytest.mark.parametrize("code", ["S004", "T004", "X001", "X008", "F007"])
def test_in_word_the_words_change_and_their_formatting_stays(code: str) -> None:
    defect = next(defect for defect in FIXABLE if defect.code == code)
    spoilt = docx.write(defect.spoilt())

    found = fixed(_linter(), "报告.docx", spoilt)

    assert found.data != spoilt
    assert _without_words(found.data) == _without_words(spoilt)


@pytest.mark.parametrize(
    ("codec", "mark", "ends"),
    [
        ("utf-8", b"", "\r\n"),
        ("utf-8", b"\xef\xbb\xbf", "\n"),
        ("gb18030", b"", "\r\n"),
        ("utf-16-le", b"\xff\xfe", "\r\n"),
    ],
)
def test_encoding_mark_and_line_ends_stay(codec: str, mark: bytes, ends: str) -> None:
    draft = put(plain(), "section:overall", "本机关2023收到来信3件(均已答复）。")
    text = write(draft, "tab-cells").text
    data = mark + text.replace("\n", ends).encode(codec)

    found = fixed(_linter(), "报告.txt", data)

    right = text.replace("2023收到来信", "2023年收到来信").replace("(均已答复）", "（均已答复）")
    assert found.data == mark + right.replace("\n", ends).encode(codec)


def test_a_heading_is_mended_though_something_graver_stands_below_it() -> None:
    text = write(put(plain(), "section:other", "无。"), "tab-cells").text.replace("六、其他需要", "七、其他需要")

    found = fixed(_linter(), "报告.txt", text.encode())

    assert [finding.rule for finding in found.mended] == ["S003"]
    assert "F001" in {finding.rule for finding in found.result.findings}


def test_what_only_the_author_can_know_is_left_unless_asked_for() -> None:
    draft = put(plain(), "section:other", "无。")
    data = write(draft, "tab-cells").text.encode()

    assert fixed(_linter(), "报告.txt", data).data == data
    found = fixed(_linter(), "报告.txt", data, unsafe=True)
    assert "F001" in {finding.rule for finding in found.mended}
    assert "F001" not in {finding.rule for finding in found.result.findings}


@pytest.mark.parametrize("kind", ["tab-cells", "html", "docx"])
def test_blank_cells_are_filled_only_where_every_sum_then_holds(kind: str) -> None:
    name, made = KINDS[kind]
    blank = put(plain(), "cell:requests:granted.business", "")
    odd = put(blank, "cell:requests:granted.total", "6")

    found = fixed(_linter(), name, made(blank), unsafe=True)
    assert found.data == made(plain()) or _linter().text(name, found.data) == _linter().text(name, made(plain()))
    assert fixed(_linter(), name, made(blank)).data == made(blank)
    assert "T011" not in {finding.rule for finding in fixed(_linter(), name, made(odd), unsafe=True).mended}


def test_a_table_that_leaves_zeros_blank_is_filled_as_a_whole() -> None:
    zeros = {key: "" for key, text in plain().table("requests").cells.items() if text == "0"}
    blank = plain().with_cells("requests", zeros)
    name, made = KINDS["html"]

    assert len(zeros) > 100
    assert fixed(_linter(), name, made(blank)).data == made(blank)
    assert _linter().text(name, fixed(_linter(), name, made(blank), unsafe=True).data) == _linter().text(
        name, made(plain())
    )


def test_a_kind_of_file_that_cannot_be_written_is_said_to_be_one() -> None:
    with pytest.raises(UsageError, match="pdf 文件不能自动改写"):
        fixed(_linter(), "报告.pdf", pdf.write(plain()))


def test_the_least_edit_is_made() -> None:
    assert least("一二三四", FileEdit(0, 4, "一二五四")) == FileEdit(2, 3, "五")
    assert least("一一", FileEdit(0, 2, "一一一")) == FileEdit(2, 2, "一")
    assert least("一二", FileEdit(0, 2, "一二")) == FileEdit(2, 2, "")


def test_a_source_without_edits_is_the_file() -> None:
    for data in (b"\xef\xbb\xbfa\r\nb\n", "一\r\n二".encode("gb18030"), b"a\rb\r\n"):
        assert Source.of(data).spliced([]) == data


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reportlint", *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_command_line(tmp_path: Path) -> None:
    good = write(plain(), "tab-cells").text
    (tmp_path / "a.txt").write_text(good.replace("三、收到和处理", "四、收到和处理"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(good, encoding="utf-8")

    shown = _run(tmp_path, ".", "--diff")
    assert (shown.returncode, shown.stderr.strip()) == (1, "可以改正 1 处（1 份文件）")
    assert [line for line in shown.stdout.splitlines() if line[:1] in "+-"] == [
        "--- a/a.txt",
        "+++ b/a.txt",
        "-四、收到和处理政府信息公开申请情况",
        "+三、收到和处理政府信息公开申请情况",
    ]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") != good

    mended = _run(tmp_path, ".", "--fix", "--reports-only")
    assert (mended.returncode, mended.stderr.strip()) == (0, "已改正 1 处（1 份文件）")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == good
    assert (_run(tmp_path, ".", "--diff").returncode, _run(tmp_path, "-", "--fix").returncode) == (0, 2)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may write everything meets no such file")
def test_a_file_that_may_not_be_written_is_said_and_left(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(write(plain(), "tab-cells").text.replace("三、收到和处理", "四、收到和处理"), encoding="utf-8")
    path.chmod(0o444)

    done = _run(tmp_path, "a.txt", "--fix")

    assert (done.returncode, "写不进去" in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == [path]


def test_a_word_file_in_other_prefixes_is_refused_with_advice() -> None:
    data = docx.write(plain().with_part(3, heading="四、收到和处理政府信息公开申请情况"))
    other = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(other, "w") as made:
        for name in package.namelist():
            part = package.read(name)
            if name == "word/document.xml":
                part = part.replace(b"<w:", b"<x:").replace(b"</w:", b"</x:").replace(b" w:", b" x:")
                part = part.replace(b"xmlns:w=", b"xmlns:x=")
            made.writestr(name, part)

    assert "S003" in {found.rule for found in _linter().check_bytes("报告.docx", other.getvalue()).findings}
    with pytest.raises(UsageError, match="另存为 docx"):
        fixed(_linter(), "报告.docx", other.getvalue())
