"""The packs of provinces: tried by their own examples, without effect until they are chosen, right on real reports."""

from __future__ import annotations

from pathlib import Path

import pytest

import reportlint
from reportlint import Linter
from reportlint.config import Override, Settings
from reportlint.finding import FileResult
from reportlint.testing import assert_pack, specimen
from support.process import reportlint as run
from support.shared import shared_file

PACKS = Path(__file__).parents[1] / "rules" / "reportlint_rules"
REGIONAL = sorted(path.parent.name for path in PACKS.glob("*/pack.toml") if path.parent.name != "national")
SEEDS = {
    ("000", "xinjiang"): set(),
    ("001", "hunan"): set(),
    ("001", "huaihua"): set(),
    ("003", "zhejiang"): set(),
    ("004", "shandong"): {("SD003", 635, "info"), ("SD004", 629, "info")},
}


@pytest.mark.parametrize("name", REGIONAL)
def test_the_examples_of_a_pack(name: str) -> None:
    assert_pack(name)


@pytest.mark.parametrize("name", REGIONAL)
def test_a_pack_is_named_like_its_folder_and_holds_only_where_it_is_chosen(name: str) -> None:
    (pack,) = [pack for pack in Linter().library.all() if pack.path.name == name]

    assert pack.name == name
    assert pack.regions
    assert name not in [other.name for other in Linter().packs]
    assert all(rule.basis is not None and rule.why is not None and rule.advice is not None for rule in pack.rules)
    assert all("en" in words for rule in pack.rules for words in (rule.title, rule.message))


@pytest.mark.parametrize(("seed", "name"), SEEDS)
def test_real_reports_with_the_pack_of_their_province(seed: str, name: str) -> None:
    data = shared_file("seeds", seed)
    plain = Linter().check_bytes("报告.txt", data)
    chosen = Linter(Settings(packs=(name,))).check_bytes("报告.txt", data)

    assert _said(chosen) - _said(plain) == SEEDS[seed, name]
    assert {found for found in _said(plain) - _said(chosen) if found[2] == "error"} == set()
    assert chosen.faults == plain.faults


def test_an_accepted_heading_is_no_finding_any_more() -> None:
    data = shared_file("seeds", "003")

    assert ("S004", 61, "warning") in _said(Linter().check_bytes("报告.txt", data))
    assert not any(
        code == "S004" for code, _, _ in _said(Linter(Settings(packs=("zhejiang",))).check_bytes("a.txt", data))
    )


def _said(result: FileResult) -> set[tuple[str, int, str]]:
    return {(found.rule, found.line, str(found.severity)) for found in result.findings}


# --- chosen by region -----------------------------------------------------------------------------------------------

LATE = specimen(2021, "怀化市林业局").replace("2022-01-18", "2022-01-30")


def _checked(text: str, **settings: object) -> FileResult:
    return Linter(Settings(**settings)).check_bytes("报告.txt", text.encode())  # type: ignore[arg-type]


def test_a_place_changes_nothing_unless_the_configuration_asks_for_it() -> None:
    plain, by_region = _checked(LATE), _checked(LATE, packs_by_region=True)

    assert (plain.packs, plain.findings) == (("national",), ())
    assert by_region.packs == ("national", "hunan", "huaihua")
    assert [found.rule for found in by_region.findings] == ["HN001"]


def test_other_places_are_left_alone() -> None:
    assert _checked(specimen(2021, "青渡市林业局"), packs_by_region=True).packs == ("national",)


def test_the_configuration_says_where_an_agency_is() -> None:
    known = (Override("**", region="怀化市"),)
    text = specimen(2021, "青渡市林业局").replace("2022-01-18", "2022-01-30")

    assert [found.rule for found in _checked(text, packs_by_region=True, overrides=known).findings] == ["HN001"]


def test_headings_that_are_right_in_a_region() -> None:
    title = "政府信息公开行政复议及行政诉讼情况"
    text = specimen(2023, "广东省林业局").replace("政府信息公开行政复议、行政诉讼情况", title)

    assert [found.rule for found in _checked(text).findings] == ["S004"]
    assert _checked(text, packs_by_region=True).findings == ()


# --- as a user meets them -------------------------------------------------------------------------------------------


def test_who_decided_each_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LATE, encoding="utf-8")
    (tmp_path / "unit.toml").write_text(
        'pack = "unit"\nprefix = "UN"\nextends = "huaihua"\nignore = ["X002"]\n\n[severity]\nHN001 = "error"\n\n'
        '[options.X008]\nafter = "共"\n',
        encoding="utf-8",
    )
    (tmp_path / "reportlint.toml").write_text(
        'packs = ["unit.toml"]\nignore = ["X009"]\n\n[severity]\nX003 = "info"\n', encoding="utf-8"
    )

    done = run(tmp_path, "rules", "--for", "a.txt")
    lines = {line.split()[0]: line for line in done.text.splitlines() if line[:1].isupper()}

    assert done.code == 0
    assert "national > hunan > huaihua > unit" in done.text
    assert lines["HN001"].endswith("← huaihua；unit 级别 error")
    assert lines["X002"].endswith("（不检查）  ← national；unit 关闭")
    assert lines["X008"].endswith("← national；unit 改选项")
    assert lines["X003"].endswith("← national；reportlint.toml:5 级别 info")
    assert lines["X009"].endswith("（不检查）  ← national；reportlint.toml:2 关闭")
    assert lines["F001"].endswith("← national")


def test_a_report_says_which_packs_were_applied(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LATE, encoding="utf-8")

    done = run(tmp_path, "a.txt", "--pack", "huaihua", "--format", "json")

    assert done.code == 1
    assert done.json["reports"][0]["packs"] == ["national", "hunan", "huaihua"]
    assert [found["rule"] for found in done.json["findings"]] == ["HN001"]


def test_a_configuration_cannot_leave_out_what_is_mandatory(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(specimen(2023), encoding="utf-8")
    (tmp_path / "gd.toml").write_text(
        'pack = "gd"\n\n[rules.GD001]\nforbid = ["专栏"]\nmandatory = true\n', encoding="utf-8"
    )
    for text, code, rules in (
        ('select = ["F001"]\n', 1, {"GD001"}),
        ('ignore = ["GD001"]\n', 2, set[str]()),
        ('[severity]\nGD001 = "info"\n', 2, set[str]()),
        ('[severity]\nGD001 = "error"\n', 1, {"GD001"}),
    ):
        (tmp_path / "reportlint.toml").write_text(f'packs = ["gd.toml"]\n{text}', encoding="utf-8")
        done = run(tmp_path, "a.txt", "--format", "json")

        assert done.code == code, text
        assert {found["rule"] for found in done.json["findings"]} == rules


def test_required_packs_hold_in_the_engine_too() -> None:
    settings = Settings(required_packs=("gd",))

    result = reportlint.check(specimen().encode(), name="a.txt", settings=settings)

    assert result.exit_code == 2
    assert 'additional_dependencies: ["reportlint-gd"]' in result.faults[0].message["zh"]
