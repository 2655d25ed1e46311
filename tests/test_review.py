"""The workbook of findings, and the workbench for the reports of a county: who is missing, notices, sums, changes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from decimal import Decimal
from importlib import import_module
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import docx
import pytest

from reportlint.cli import progress
from reportlint.engine import Linter
from support.clean import clean
from support.county import county
from support.draft import Draft
from support.process import EXAMPLES, Done, reportlint, run
from support.shown import sheets, shown
from support.writing import write

GOVERNMENT = "云汀县人民政府"
SOFFICE = shutil.which("soffice")


def _bytes(draft: Draft) -> bytes:
    return write(draft, "pipe-rows").text.encode()


def _named(name: str, year: int = 2023, **cells: str) -> Draft:
    draft = clean(year).with_paragraphs(1, f"{year}年，{name}按照条例规定推进政府信息公开，有关数据见各表。")
    draft = draft.with_cells("disclosure", cells) if cells else draft
    return Draft(**{**_fields(draft), "agency": name, "title": (f"{name}{year}年政府信息公开工作年度报告",)})


def _fields(draft: Draft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__}


def _roster(path: Path, rows: list[tuple[str, ...]]) -> None:
    book: Any = import_module("xlsxwriter").Workbook(str(path))
    sheet = book.add_worksheet()
    for number, row in enumerate([("机关名称", "类别", "汇总到", "期限"), *rows]):
        sheet.write_row(number, 0, row)
    book.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three departments, one of them late, one defective; one that is missing; their government with a wrong sum."""
    reports = tmp_path / "报告"
    reports.mkdir()
    # They are all made from one draft, with little prose.
    (tmp_path / "reportlint.toml").write_text('ignore = ["G003", "S012", "S013"]\n', encoding="utf-8")
    good, late, bad = _named("云汀县水务局", licence="3"), _named("云汀县林业局", licence="4"), _named("云汀县商务局")
    late = Draft(**{**_fields(late), "published": "发布时间：2024-02-20"})
    bad = bad.with_paragraphs(6, "无。").with_cells("disclosure", {"penalty": "/", "fees": "1.25"})
    own = _named(GOVERNMENT, licence="8", fees="1.25")
    for name, draft in (("水务局", good), ("林业局", late), ("商务局", bad), ("政府", own)):
        (reports / f"{name}.txt").write_bytes(_bytes(draft))
    members = [(name, "部门", GOVERNMENT, "01-31") for name in ("云汀县水务局", "云汀县林业局", "云汀县商务局")]
    _roster(tmp_path / "名册.xlsx", [*members, ("云汀县档案局", "部门", GOVERNMENT, "01-31"), (GOVERNMENT, "政府")])
    return tmp_path


def _review(folder: Path, *more: str) -> Done:
    return reportlint(folder, "review", "报告", "--roster", "名册.xlsx", "--out", "审", *more)


def _sheets(folder: Path) -> dict[str, list[list[Any]]]:
    return sheets((folder / "审" / "审核.xlsx").read_bytes())


def _by_first(rows: list[list[Any]]) -> dict[str, list[Any]]:
    return {str(row[0]): row for row in rows}


# --- the workbook of check --------------------------------------------------------------------------------------


def test_the_workbook_has_findings_units_by_rules_and_figures(tmp_path: Path) -> None:
    done = reportlint(tmp_path, str(EXAMPLES), "没有.txt", "--output", "xlsx:a.xlsx")
    data = (tmp_path / "a.xlsx").read_bytes()
    book = sheets(data)

    assert done.code == 2
    assert list(book) == ["问题", "单位和规则", "数字"]
    assert book["问题"][0][:6] == ["序号", "级别", "规则", "单位", "年度", "问题"]
    assert book["问题"][1][1:3] == ["未能检查", "RL001"]
    heads = book["单位和规则"][0]
    found = {(row[2], row[10]) for row in book["问题"][2:]}
    for row in book["单位和规则"][1:]:
        for code, cell in zip(heads, row, strict=True):
            if re.fullmatch(r"[A-Z]\d{3}", str(code)):
                assert (str(cell).isdecimal() and (code, row[-1]) in found) or (code, row[-1]) not in found
    assert len(book["数字"]) > 1000


def test_links_lead_to_the_files_and_to_the_findings(tmp_path: Path) -> None:
    (tmp_path / "报告").mkdir()
    shutil.copy(EXAMPLES / "青川港市水务局" / "2023.txt", tmp_path / "报告" / "水务 局.txt")
    (tmp_path / "出").mkdir()
    reportlint(tmp_path, "报告", "--output", "xlsx:出/a.xlsx")

    with ZipFile(tmp_path / "出" / "a.xlsx") as package:
        relations = package.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
        matrix = package.read("xl/worksheets/sheet2.xml").decode()
    (target,) = set(re.findall(r'Target="([^"]+)"', relations))
    assert (tmp_path / "出" / unquote(target)).resolve() == (tmp_path / "报告" / "水务 局.txt").resolve()
    rows = {row[2]: number for number, row in reversed(list(enumerate(sheets(
        (tmp_path / "出" / "a.xlsx").read_bytes())["问题"], 1)))}  # fmt: skip
    leads = re.findall(r"""location="'问题'!A(\d+)"[^>]*""", matrix)
    assert sorted(map(int, leads)) == sorted(number for code, number in rows.items() if code != "规则")


def test_the_same_reports_give_the_same_workbook(tmp_path: Path) -> None:
    for name in ("a", "b"):
        reportlint(tmp_path, str(EXAMPLES), "--output", f"xlsx:{name}.xlsx")
        time.sleep(0.1)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


# --- the workbench ----------------------------------------------------------------------------------------------


def test_who_has_reported_who_is_missing_and_who_is_late(folder: Path) -> None:
    done = _review(folder)

    assert done.code == 1, done.said
    assert "名册 5 个单位，未报送 1，逾期 1" in done.text
    units = _by_first(_sheets(folder)["报送"])
    assert {name: row[1] for name, row in units.items() if name != "单位"} == {
        "云汀县水务局": "按期",
        "云汀县林业局": "逾期",
        "云汀县商务局": "按期",
        "云汀县档案局": "未报送",
        GOVERNMENT: "已报送（期限或公布日期不明）",
    }
    assert units["云汀县林业局"][2:4] == ["2024-01-31", "2024-02-20"]


def test_drafted_totals_are_the_sums_of_the_members(folder: Path) -> None:
    _review(folder)
    rows = _by_first(_sheets(folder)["汇总表"])

    assert rows["行政许可"][1] == 7
    assert rows["行政事业性收费"][1] == 1.25
    # A member's stroke is no number: its cell adds nothing, and that is said.
    assert rows["行政处罚"][1] == 0
    assert rows["云汀县商务局"][1].startswith("这一格没有数“/”")
    assert rows["云汀县档案局"][1] == "未报送"


def test_every_cell_of_a_county_is_the_sum_of_its_reports(tmp_path: Path) -> None:
    made = county(12, range(2023, 2024), seed=5)
    linter = Linter()
    for path, data in made.files.items():
        (tmp_path / "报告" / path).parent.mkdir(parents=True)
        (tmp_path / "报告" / path).write_bytes(data)
    names = [path.split("/")[1] for path in made.files]
    _roster(tmp_path / "名册.xlsx", [(name, "部门", GOVERNMENT) for name in names])
    _review(tmp_path)

    sums: dict[str, Decimal] = {}
    table = next(form for form in linter.forms if form.name == "2021").tables["requests"]
    for path, data in made.files.items():
        for key, value in linter.report(path, data).grids["requests"].numbers.items():
            sums[key] = sums.get(key, Decimal(0)) + Decimal(value)
    rows = _by_first(_sheets(tmp_path)["汇总表"])
    for block in table.blocks:
        for line in block.rows:
            drafted = rows[" › ".join(line.path)][1 : 1 + len(block.columns)]
            assert drafted == [sums[f"{line.key}.{column.key}"] for column in block.columns]
    assert sums["new.total"] + sums["carried_in.total"] == sums["processed.total"] + sums["carried_out.total"]


def test_the_reconciliation_lists_the_cells_that_differ_and_no_others(folder: Path) -> None:
    done = _review(folder)
    head, *rows = _sheets(folder)["核对"]

    assert head[:6] == ["机关", "表", "行和列", "成员之和", "本机关报告", "差"]
    assert [row[:7] for row in rows] == [[GOVERNMENT, "表二", "行政许可", 7, 8, 1, 3]]
    assert rows[0][7] == "云汀县档案局"
    assert "1 格与成员之和不符" in done.text


def test_units_that_must_mend_get_a_notice_and_the_others_none(folder: Path) -> None:
    _review(folder)
    notices = {path.stem: path for path in (folder / "审" / "退改通知").glob("*.docx")}

    assert "云汀县商务局" in notices
    assert "云汀县水务局" not in notices
    document = docx.Document(str(notices["云汀县商务局"]))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "关于退改2023年政府信息公开工作年度报告的通知" in text
    (table, *_) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "级别", "问题", "位置", "怎么改", "依据"]
    assert any("信息处理费" in row.cells[2].text for row in table.rows)
    link = _by_first(_sheets(folder)["报送"])["云汀县商务局"][10]
    assert (folder / "审" / link).is_file()


def test_the_next_review_says_what_is_new_mended_and_remaining(folder: Path) -> None:
    _review(folder)
    mended = _named("云汀县商务局").with_cells("disclosure", {"penalty": "/", "fees": "1.25"})
    (folder / "报告" / "商务局.txt").write_bytes(_bytes(mended))
    spoilt = _named("云汀县水务局", licence="3").with_part(6, heading="六、其它事项")
    (folder / "报告" / "水务局.txt").write_bytes(_bytes(spoilt))
    done = _review(folder)

    changes = _sheets(folder)["变化"][1:]
    assert ["已改正", "F001"] in [row[:2] for row in changes]
    assert any(row[0] == "新出现" and row[4].endswith("水务局.txt") for row in changes)
    assert ["仍未改", "T012"] in [row[:2] for row in changes]
    said = re.search(r"新出现 (\d+)，已改正 (\d+)，仍未改 (\d+)", done.text)
    assert said is not None
    assert all(int(count) > 0 for count in said.groups())


def test_a_report_that_is_gone_is_not_mended(folder: Path) -> None:
    _review(folder)
    (folder / "报告" / "商务局.txt").write_bytes(b"%PDF-1.7\n%%EOF")
    done = _review(folder)

    assert done.code == 2
    changes = _sheets(folder)["变化"][1:]
    assert not [row for row in changes if row[0] == "已改正" and row[4].endswith("商务局.txt")]
    assert [row for row in changes if row[0] == "这次没有查到那里" and row[1] == "F001"]


def test_notices_of_units_that_have_mended_are_removed(folder: Path) -> None:
    _review(folder)
    notice = folder / "审" / "退改通知" / "云汀县商务局.docx"
    assert notice.exists()
    (folder / "报告" / "商务局.txt").write_bytes(_bytes(_named("云汀县商务局")))
    (folder / "报告" / "政府.txt").unlink()
    _review(folder)

    assert not notice.exists()


def test_a_second_run_over_the_same_leaves_the_same_bytes(folder: Path) -> None:
    _review(folder)
    _review(folder)
    before = {path: path.read_bytes() for path in sorted((folder / "审").rglob("*.*"))}
    _review(folder)

    assert {path: path.read_bytes() for path in sorted((folder / "审").rglob("*.*"))} == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("报告", "--out", "审"), "--roster"),
        (("报告", "--roster", "名册.xlsx"), "--out"),
        (("报告", "--roster", "没有.xlsx", "--out", "审"), "没有.xlsx"),
        (("没有", "--roster", "名册.xlsx", "--out", "审"), "没有"),
    ],
)
def test_reviews_that_cannot_be(folder: Path, arguments: tuple[str, ...], says: str) -> None:
    done = reportlint(folder, "review", *arguments)

    assert done.code == 2
    assert says in done.said


def test_a_record_that_cannot_be_read_is_not_passed_over(folder: Path) -> None:
    _review(folder)
    (folder / "审" / "state.json").write_text("{", encoding="utf-8")

    assert _review(folder).code == 2


def test_without_the_library_the_message_names_what_to_install(folder: Path) -> None:
    (folder / "run.py").write_text(
        "import sys\nsys.modules['docx'] = None\nfrom reportlint.cli import main\n"
        "sys.exit(main(['review', '报告', '--roster', '名册.xlsx', '--out', '审', *sys.argv[1:]]))\n",
        encoding="utf-8",
    )

    done = run(folder, sys.executable, "run.py")
    assert done.code == 2
    assert "pip install 'reportlint[review]'" in done.said
    assert run(folder, sys.executable, "run.py", "--no-notices").code == 1


def test_personal_data_is_masked_in_all_that_a_review_writes(folder: Path) -> None:
    draft = _named("云汀县商务局").with_paragraphs(6, "联系人电话13900001111。")
    (folder / "报告" / "商务局.txt").write_bytes(_bytes(draft))
    _review(folder)

    assert "V001" in str(_sheets(folder))
    for path in (folder / "审").rglob("*.*"):
        data = path.read_bytes()
        parts = [data]
        if data.startswith(b"PK"):
            with ZipFile(BytesIO(data)) as package:
                parts = [package.read(name) for name in package.namelist()]
        assert not any(b"13900001111" in part for part in parts), path


def test_eighty_departments_take_less_than_twenty_seconds(tmp_path: Path) -> None:
    made = county(80, range(2022, 2024))
    for path, data in made.files.items():
        (tmp_path / "报告" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "报告" / path).write_bytes(data)
    names = sorted({path.split("/")[1] for path in made.files})
    _roster(tmp_path / "名册.xlsx", [(name, "部门", GOVERNMENT, "01-31") for name in names])

    start = time.perf_counter()
    done = _review(tmp_path)
    assert done.code in (0, 1)
    assert time.perf_counter() - start < 20
    assert len(_sheets(tmp_path)["报送"]) == 81


@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice on this machine")
def test_libreoffice_opens_the_workbook_and_the_notices(folder: Path) -> None:
    assert SOFFICE is not None
    _review(folder)
    made = [folder / "审" / "审核.xlsx", folder / "审" / "退改通知" / "云汀县商务局.docx"]
    for path, kind in zip(made, ("ods", "odt"), strict=True):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(
            [SOFFICE, "--headless", profile, "--convert-to", kind, "--outdir", str(folder), str(path)],
            check=True,
            capture_output=True,
            timeout=120,
        )
        with ZipFile(folder / f"{path.stem}.{kind}") as package:
            assert "云汀县商务局" in package.read("content.xml").decode()


# --- the bar ----------------------------------------------------------------------------------------------------


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_the_bar_fits_the_terminal(columns: int) -> None:
    from reportlint.outputs.terminal import cells

    for done in (0, 7, 99):
        text = progress.line(done, 100, 75.4, "报告/某某县人民政府办公室/2023.txt", "zh", columns)
        assert cells(text) < columns
        assert f"{done}/100" in text or columns == 20
    assert "1:15" in progress.line(7, 100, 75.4, "a", "zh", 80)


def test_the_bar_leaves_nothing_behind_and_is_for_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(progress, "_PAUSE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    terminal, pipe = _Terminal(), StringIO()

    assert list(progress.watched(("a", "b", "c"), "en", terminal)) == ["a", "b", "c"]
    assert list(progress.watched(("a", "b", "c"), "en", pipe)) == ["a", "b", "c"]

    assert "2/3" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[2K")
    assert pipe.getvalue() == ""


def test_shown_reads_workbooks() -> None:
    assert "问题" in shown("xlsx", Linter().check_paths([EXAMPLES / "青川港市水务局" / "2023.txt"]))
