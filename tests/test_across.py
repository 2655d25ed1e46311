"""Years and agencies against each other: what is carried over, who copied, who is missing, what is aggregated."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from reportlint.config import Settings, load
from reportlint.engine import Linter
from reportlint.finding import Finding, Result
from reportlint.roster import read_roster
from support.cases import plain
from support.county import County, county
from support.draft import Draft
from support.writing import write


def test_what_is_carried_over_must_be_carried_in(tmp_path: Path) -> None:
    # plain() carries 1 out in 2022 and 2 in in 2023.
    result = _run(tmp_path, {"a/2022.txt": plain(2022), "a/2023.txt": plain(2023)}, select=("Y001",))

    assert _said(result) == [("Y001", "a/2023.txt", "error")]
    assert "2 件" in result.findings[0].message["zh"]
    assert "1 件" in result.findings[0].message["zh"]
    assert [place.path for place in result.findings[0].related] == ["a/2022.txt"]


def test_a_companion_is_found_by_the_configured_pattern(tmp_path: Path) -> None:
    _write(tmp_path, {"reports/林业局/2022.txt": plain(2022), "reports/林业局/2023.txt": plain(2023)})
    (tmp_path / "reportlint.toml").write_text('[series]\nreports = "reports/{agency}/{year}.*"\n', encoding="utf-8")

    result = Linter(load(str(tmp_path / "reportlint.toml"))).check_paths([tmp_path / "reports/林业局/2023.txt"])

    assert "Y001" in {finding.rule for finding in result.findings}


def test_a_missing_companion_is_said(tmp_path: Path) -> None:
    result = _run(tmp_path, {"a/2023.txt": plain(2023)}, select=("Y001",))

    (check,) = result.files[0].checks
    assert (check.rule, check.outcome) == ("Y001", "not_checked")
    assert check.reason is not None
    assert "2022" in check.reason["zh"]
    assert result.exit_code == 0


def test_valid_documents_go_on_from_last_year(tmp_path: Path) -> None:
    # 6 valid in 2022, 1 issued and 2 repealed in 2023: 5 should be valid, the table says 6.
    earlier, later = plain(2022), plain(2023)
    explained = later.with_paragraphs(2, "年内对文件开展了清理，以本年度报告为准。")

    assert _said(_run(tmp_path, {"2022.txt": earlier, "2023.txt": later}, select=("Y002",))) == [
        ("Y002", "2023.txt", "warning")
    ]
    assert _said(_run(tmp_path, {"2022.txt": earlier, "2023.txt": explained}, select=("Y002",))) == [
        ("Y002", "2023.txt", "info")
    ]
    right = later.with_cells("disclosure", {"docs.valid": 5})
    assert _said(_run(tmp_path, {"2022.txt": earlier, "2023.txt": right}, select=("Y002",))) == []


def test_copied_narrative_is_shown_paragraph_by_paragraph(tmp_path: Path) -> None:
    result = _run(tmp_path, {"2022.txt": plain(2022), "2023.txt": plain(2023)}, select=("Y004",))

    assert {(f.rule, f.severity) for f in result.findings} == {("Y004", "warning")}
    assert all(place.path == "2022.txt" for finding in result.findings for place in finding.related)
    assert any(finding.related for finding in result.findings)


def test_tables_of_zeros_may_be_the_same_every_year(tmp_path: Path) -> None:
    same = _run(tmp_path, {"2022.txt": plain(2022), "2023.txt": plain(2023)}, select=("Y005",))
    zero = {f"{year}.txt": _zero(plain(year)) for year in (2022, 2023)}

    assert {f.rule for f in same.findings} == {"Y005"}
    assert _said(_run(tmp_path, zero, select=("Y005",))) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("收到政府信息公开申请12件，较上年增加3件。", []),
        ("收到政府信息公开申请12件，同比增长33.3%。", []),
        ("收到政府信息公开申请12件，较2022年增加5件。", ["Y006"]),
        ("收到政府信息公开申请12件，同比下降20%。", ["Y006"]),
        ("政务新媒体粉丝同比增长20%。", []),
    ],
)
def test_comparisons_are_worked_out_again(tmp_path: Path, words: str, found: list[str]) -> None:
    earlier = plain(2022).with_cells("requests", {"new.natural": 9, "new.total": 9})
    later = plain(2023).with_paragraph(1, 0, words)

    result = _run(tmp_path, {"2022.txt": earlier, "2023.txt": later}, select=("Y006",))

    assert [finding.rule for finding in result.findings] == found


def test_pending_cases_do_not_vanish(tmp_path: Path) -> None:
    earlier = plain(2022).with_cells("disputes", {"direct.upheld": 0, "direct.pending": 1})
    later = plain(2023).with_cells("disputes", {"direct.upheld": 0, "direct.total": 0})

    assert _said(_run(tmp_path, {"2022.txt": earlier, "2023.txt": later}, select=("Y007",))) == [
        ("Y007", "2023.txt", "info")
    ]


def test_problems_of_last_year_may_be_asked_for(tmp_path: Path) -> None:
    later = plain(2023).with_paragraphs(5, "解读偏少的问题仍然存在，2024年将增加图解。")

    result = _run(tmp_path, {"2022.txt": plain(2022), "2023.txt": later}, select=("Y008",))

    assert _said(result) == [("Y008", "2023.txt", "info")]


def test_items_of_the_trial_form_go_on(tmp_path: Path) -> None:
    earlier = plain(2019).with_cells("disclosure", {"licence.prev": 5, "licence.delta": 2})
    later = plain(2020).with_cells("disclosure", {"licence.prev": 9})

    assert _said(_run(tmp_path, {"2019.txt": earlier, "2020.txt": later}, select=("Y003",))) == [
        ("Y003", "2020.txt", "info")
    ]


# --- agencies -------------------------------------------------------------------------------------------------------

ROSTER = """
[[agency]]
name = "云汀县人民政府"
kind = "government"
level = "county"
[[agency]]
name = "云汀县水务局"
parent = "云汀县人民政府"
deadline = "01-10"
[[agency]]
name = "云汀县商务局"
parent = "云汀县人民政府"
"""


def _government(**cells: int) -> Draft:
    draft = plain(2023, "云汀县人民政府")
    return draft.with_cells("requests", {key.replace("__", "."): count for key, count in cells.items()})


def test_the_roster_says_who_is_missing_and_who_is_late(tmp_path: Path) -> None:
    files = {"gov.txt": _government(), "water.txt": plain(2023, "云汀县水务局")}

    result = _run(tmp_path, files, roster=ROSTER, select=("G002",))

    assert sorted(_said(result)) == [("G002", "roster.toml", "error"), ("G002", "water.txt", "warning")]
    (missing,) = (finding for finding in result.findings if finding.path == "roster.toml")
    assert "云汀县商务局" in missing.message["zh"]
    assert missing.line == ROSTER.split("\n").index('name = "云汀县商务局"') + 1


def test_an_aggregate_is_the_sum_of_its_members(tmp_path: Path) -> None:
    files = {
        "gov.txt": _government(new__natural=25, new__total=25),
        "water.txt": plain(2023, "云汀县水务局"),
        "trade.txt": plain(2023, "云汀县商务局"),
    }

    found = _run(tmp_path, files, roster=ROSTER, select=("G001",)).findings

    told = {finding.address.split(" › ")[-1]: finding.message["zh"] for finding in found}
    assert "24" in told["一、本年新收政府信息公开申请数量 × 总计"]
    assert "二、上年结转政府信息公开申请数量 × 总计" in told


def test_some_members_alone_may_exceed_the_aggregate(tmp_path: Path) -> None:
    files = {"gov.txt": _government(new__natural=3, new__total=3), "water.txt": plain(2023, "云汀县水务局")}

    result = _run(tmp_path, files, roster=ROSTER, select=("G004", "G006"))

    assert {(f.rule, f.path) for f in result.findings} == {("G004", "water.txt"), ("G006", "gov.txt")}


def test_a_government_says_whose_figures_it_aggregates(tmp_path: Path) -> None:
    result = _run(tmp_path, {"gov.txt": _government()}, select=("G005",))

    assert _said(result) == [("G005", "gov.txt", "info")]


def test_another_form_than_most_is_said(tmp_path: Path) -> None:
    old = plain(2020).table("requests")
    files = {f"{n}.txt": plain(2023, f"云汀县{n}局") for n in "甲乙丙丁"}
    files["戊.txt"] = plain(2023, "云汀县戊局").with_table("requests", form="2019", cells=old.cells)

    assert _said(_run(tmp_path, files, select=("G007",))) == [("G007", "戊.txt", "info")]


def test_a_roster_is_shown_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "roster.toml").write_text(ROSTER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    linter = Linter(Settings(select=("G002",), roster="roster.toml", root=str(tmp_path)))
    across = linter.across()
    files = [linter.check_bytes("water.txt", _bytes(plain(2023, "云汀县水务局")), across)]

    roster, report = linter.result(across.results(files)).files

    assert (roster.path, report.path) == ("roster.toml", "water.txt")
    assert {finding.path for finding in roster.findings} == {"roster.toml"}
    assert [(check.rule, check.outcome) for check in roster.checks] == [("G002", "fail")]


def test_rosters_of_every_kind_say_the_same(tmp_path: Path) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    (tmp_path / "r.toml").write_text(ROSTER, encoding="utf-8")
    rows = [("机关", "类别", "级别", "上级", "期限"), ("云汀县人民政府", "政府", "县级", "", "")]
    rows += [(f"云汀县{name}局", "", "", "云汀县人民政府", due) for name, due in (("水务", "1月10日"), ("商务", ""))]
    (tmp_path / "r.csv").write_text("\n".join(",".join(row) for row in rows), encoding="gb18030")
    with xlsxwriter.Workbook(str(tmp_path / "r.xlsx")) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    read = [read_roster(tmp_path / name).members for name in ("r.toml", "r.csv", "r.xlsx")]

    plainly = [[(m.agency, m.kind, m.level, m.parent, m.deadline) for m in members] for members in read]
    assert plainly[0] == plainly[1] == plainly[2]


def test_copies_and_breaks_are_found_in_a_county(tmp_path: Path) -> None:
    made = county(60, range(2021, 2024), seed=7)

    result = _county(tmp_path, made)

    _all_found(made, result)


def test_the_command_line_and_the_hooks(tmp_path: Path) -> None:
    _write(tmp_path, {"reports/a/2022.txt": plain(2022), "reports/a/2023.txt": plain(2023)})
    (tmp_path / "reportlint.toml").write_text(
        'paths = ["reports"]\n[series]\nreports = "reports/{agency}/{year}.*"\n', encoding="utf-8"
    )

    alone = _cli(tmp_path, "check", "--reports-only", "--format", "json", "reports/a/2023.txt")
    named = _cli(tmp_path, "check", "--format", "json", "reports/a/2023.txt")
    project = _cli(tmp_path, "check", "--format", "json")

    rules = [{finding["rule"] for finding in json.loads(done.stdout)["findings"]} for done in (alone, named, project)]
    assert not {rule for rule in rules[0] if rule[0] in "YG"}
    assert "Y001" in rules[1]
    assert "Y001" in rules[2]
    own = [
        [f for f in json.loads(done.stdout)["findings"] if f["path"].endswith("2023.txt") and f["rule"][0] not in "YG"]
        for done in (alone, named, project)
    ]
    assert own[0] == own[1] == own[2]


def _all_found(made: County, result: Result) -> None:
    pairs = {_pair(f) for f in result.findings if f.rule == "G003"}
    assert pairs == made.copies
    assert {f.path for f in result.findings if f.rule == "Y001" and f.severity == "error"} == made.breaks
    missing = {f.message["zh"] for f in result.findings if f.rule == "G002"}
    assert missing == {f"{name}缺少 {year} 年度报告" for name, year in made.missing}


def _pair(finding: Finding) -> tuple[str, str]:
    other = finding.related[0].path
    return (finding.path, other) if finding.path < other else (other, finding.path)


def _county(folder: Path, made: County) -> Result:
    (folder / "roster.toml").write_text(made.roster, encoding="utf-8")
    linter = Linter(Settings(roster="roster.toml", root=str(folder)))
    across = linter.across()
    files = [linter.check_bytes(path, data, across) for path, data in made.files.items()]
    return linter.result(across.results(files))


def _run(folder: Path, drafts: dict[str, Draft], *, select: tuple[str, ...], roster: str | None = None) -> Result:
    settings = Settings(select=select, root=str(folder))
    if roster is not None:
        (folder / "roster.toml").write_text(roster, encoding="utf-8")
        settings = replace(settings, roster="roster.toml")
    linter = Linter(settings)
    across = linter.across()
    files = [linter.check_bytes(path, _bytes(draft), across) for path, draft in drafts.items()]
    result = linter.result(across.results(files))
    root = f"{folder.as_posix()}/"
    return replace(result, findings=tuple(_relative(f, root) for f in result.findings))


def _relative(finding: Finding, root: str) -> Finding:
    return finding._replace(location=finding.location._replace(path=finding.path.removeprefix(root)))


def _said(result: Result) -> list[tuple[str, str, str]]:
    return [(finding.rule, finding.path, finding.severity) for finding in result.findings]


def _zero(draft: Draft) -> Draft:
    for key in ("disclosure", "requests", "disputes"):
        draft = draft.with_table(key, cells=dict.fromkeys(draft.table(key).cells, "0"))
    return draft


def _bytes(draft: Draft) -> bytes:
    return write(draft, "pipe-rows").text.encode()


def _write(folder: Path, drafts: dict[str, Draft]) -> None:
    for name, draft in drafts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_bytes(draft))


def _cli(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reportlint", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
