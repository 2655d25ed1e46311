"""The configuration: found, refused with file, line and remedy, merged, and matched against paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from reportlint.config import Finder, Override, Settings, load
from reportlint.errors import ConfigError
from reportlint.globs import matches, rooted
from reportlint.toml_lines import Lines
from reportlint.validation import violations
from reportlint_schemas import load as schema


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# --- found ------------------------------------------------------------------------------------------------------


def test_the_nearest_configuration_wins_and_wins_alone(tmp_path: Path) -> None:
    _write(tmp_path / "reportlint.toml", 'fail-on = "error"\nignore = ["X002"]\n')
    _write(tmp_path / "市" / "pyproject.toml", '[tool.reportlint]\nfail-on = "info"\n')
    (tmp_path / "市" / "局").mkdir()
    (tmp_path / "县").mkdir()
    finder = Finder()

    assert finder.settings(str(tmp_path / "县")).fail_on == "error"
    near = finder.settings(str(tmp_path / "市" / "局"))
    assert (near.fail_on, near.ignore) == ("info", ())
    assert near.root == str(tmp_path / "市")


def test_a_project_file_without_our_table_is_passed_over(tmp_path: Path) -> None:
    _write(tmp_path / "reportlint.toml", 'fail-on = "error"\n')
    _write(tmp_path / "a" / "pyproject.toml", '[project]\nname = "reportlint"\n')
    _write(tmp_path / "b" / "pyproject.toml", "this is no TOML\n")

    assert Finder().settings(str(tmp_path / "a")).fail_on == "error"
    assert Finder().settings(str(tmp_path / "b")).fail_on == "error"


def test_two_configurations_in_a_folder_are_refused(tmp_path: Path) -> None:
    _write(tmp_path / "reportlint.toml", "")
    _write(tmp_path / "pyproject.toml", "[tool.reportlint]\n")

    with pytest.raises(ConfigError, match="只能有一个"):
        Finder().settings(str(tmp_path))


# --- refused ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "zh", "en"),
    [
        ('\nselct = ["F"]', 2, "不认识的键 selct，是不是想写 select？", "unknown key selct, did you mean select?"),
        ('fail_on = "error"', 1, "是不是想写 fail-on？", "did you mean fail-on?"),
        ('paths = ["a",\n "b"]\nfail-on = "eror"', 3, "是不是想写 error？", "did you mean error?"),
        ('select = "F"', 1, "select 应为列表", "select must be a list"),
        (
            "# [severity]\n[severity]\nF001 = 1",
            3,
            "severity.F001 只能是 error、warning、info",
            "severity.F001 must be one",
        ),
        ('[[overrides]]\nfiles="a"\nyear=2020\n[[overrides]]\nfiles="b"\nyaer=2020', 6, "year", "year"),
        (
            '[[overrides]]\nfiles="a"\nyear="2020"',
            3,
            "overrides[1].year 应为整数",
            "overrides[1].year must be an integer",
        ),
        ("[[overrides]]\nyear=2020", 1, "缺少 files", "files is missing"),
        ('[[overrides]]\nfiles="a"\nagency-kind="bureau"', 3, "agency-kind", "agency-kind"),
        ('[series]\nreports="a"', 2, "series.reports", "series.reports"),
        ('paths = [""]', 1, "paths[1]", "paths[1]"),
        ("x = ", 1, "不是合法的 TOML", "not valid TOML"),
        ('extends = "无.toml"', 1, "没有 extends 指的文件", "extends names no file"),
        ('\nextends = "reportlint.toml"', 2, "绕回", "comes round"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, line: int, zh: str, en: str) -> None:
    path = _write(tmp_path / "reportlint.toml", text)

    with pytest.raises(ConfigError) as refused:
        load(path)

    assert re.search(rf"reportlint\.toml:{line}：", refused.value.words["zh"])
    assert zh in refused.value.words["zh"]
    assert en in refused.value.words["en"]


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    path = _write(tmp_path / "pyproject.toml", "[tool.other]\nx = 1\n[tool.reportlint]\nselect = 1\na = 1\n")

    with pytest.raises(ConfigError) as refused:
        load(path)

    assert [line.partition("：")[0].rpartition(":")[2] for line in refused.value.words["zh"].splitlines()] == ["4", "5"]


# --- merged -----------------------------------------------------------------------------------------------------


def test_extends_adds_joins_and_replaces(tmp_path: Path) -> None:
    _write(
        tmp_path / "省" / "共同.toml",
        'packs = ["省.toml"]\nexclude = ["草稿", "a/*.txt"]\nselect = ["S"]\nfail-on = "info"\n'
        '[severity]\nF001 = "info"\nF002 = "info"\n[options.X007]\na = 1\nb = 1\n'
        '[[overrides]]\nfiles = "市/*.txt"\nyear = 2020\n',
    )
    path = _write(
        tmp_path / "市" / "reportlint.toml",
        'extends = "../省/共同.toml"\npacks = ["市.toml"]\nselect = ["T"]\n[severity]\nF002 = "error"\n'
        "[options.X007]\nb = 2\n",
    )

    merged = load(path)

    assert merged.packs == (f"{tmp_path.as_posix()}/省/省.toml", "市.toml")
    assert merged.select == ("T",)
    assert merged.fail_on == "info"
    assert merged.severity == {"F001": "info", "F002": "error"}
    assert merged.options == {"X007": {"a": 1, "b": 2}}
    assert merged.for_file(str(tmp_path / "省" / "市" / "x.txt")) is not None
    assert merged.excludes(str(tmp_path / "省" / "a" / "x.txt"))
    assert not merged.excludes(str(tmp_path / "市" / "a" / "x.txt"))
    assert merged.root_path("市.toml") == tmp_path / "市" / "市.toml"
    assert merged.origins["severity.F002"].endswith("reportlint.toml:5")
    assert merged.origins["fail-on"].endswith("共同.toml:4")


def test_later_overrides_win_value_by_value(tmp_path: Path) -> None:
    known = Settings(
        overrides=(
            Override("**", year=2020, agency="甲局"),
            Override("b/*", year=2021, level="county"),
        ),
        root=str(tmp_path),
    )

    assert known.for_file(str(tmp_path / "a" / "x.txt")) == Override("**", 2020, "甲局")
    assert known.for_file(str(tmp_path / "b" / "x.txt")) == Override("b/*", 2021, "甲局", None, "county")
    assert known.for_file("/elsewhere/x.txt") is None


# --- globs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("glob", "path", "matched"),
    [
        ("a/*.txt", "a/x.txt", True),
        ("a/*.txt", "a/b/x.txt", False),
        ("a/*.txt", "b/a/x.txt", False),
        ("a/**/*.txt", "a/x.txt", True),
        ("a/**/*.txt", "a/b/c/x.txt", True),
        ("**/草稿/**", "a/草稿/b/x.txt", True),
        ("草稿", "a/草稿/b/x.txt", True),
        ("草稿", "a/新草稿/x.txt", False),
        ("*.bak.txt", "a/x.bak.txt", True),
        ("./a", "a/b/x.txt", True),
        ("a/", "a/x.txt", True),
        ("a/[!b].txt", "a/c.txt", True),
        ("a/[!b].txt", "a/b.txt", False),
        ("a/[0-9].txt", "a/1.txt", True),
        ("a/[0-9].txt", "a/x.txt", False),
        ("a/?.txt", "a/局.txt", True),
        ("a+b(c).txt", "a+b(c).txt", True),
    ],
)
@pytest.mark.parametrize("root", ["/r", "/r [1]*"])
def test_globs(root: str, glob: str, path: str, matched: bool) -> None:
    assert matches(rooted(glob, root), f"{root}/{path}") is matched


# --- lines and validation ---------------------------------------------------------------------------------------


def test_lines_of_keys_in_all_their_spellings() -> None:
    lines = Lines(
        'a = """\nb = 1\n"""\n"c d".e = [\n  1, # ]\n]\n[t.u]\n\'v\' = { w = 1 }\n[[x]]\ny = 1\n[[x]]\n[x.z]\nk = "]"\n'
    )

    assert lines.of(("a",)) == 1
    assert lines.of(("c d", "e")) == 4
    assert lines.of(("c d", "e", 0)) == 4
    assert lines.of(("t", "u", "v", "w")) == 8
    assert lines.of(("x", 0, "y")) == 10
    assert lines.of(("x", 1)) == 11
    assert lines.of(("x", 1, "z", "k")) == 13
    assert lines.of(("b",)) == 1


_KEYS = ("select", "fail-on", "paths", "severity", "options", "overrides", "series", "extends", "F001")
_INNER = ("files", "year", "agency-kind", "reports")
_names = st.sampled_from(_KEYS + _INNER)
_leaves = st.sampled_from(["F001", "error", "", "a {year}", "department", 2020, 1, 1.0, 2020.5, True, None])
_values: st.SearchStrategy[Any] = st.recursive(
    _leaves, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_names, inner, max_size=3), max_leaves=12
)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(data=st.dictionaries(_names, _values, max_size=3) | _values)
def test_our_validation_agrees_with_jsonschema(data: Any) -> None:
    wanted = schema("config")
    theirs = Draft202012Validator(wanted).is_valid(data)

    ours = [found.path for found in violations(wanted, data)]

    assert (not ours) is theirs, ours


@pytest.mark.parametrize("name", ["config", "form", "findings", "report"])
def test_the_schemas_use_only_what_our_validation_knows(name: str) -> None:
    wanted = schema(name)
    Draft202012Validator.check_schema(wanted)

    for part in _schemas(wanted):
        for sample in ({}, [], "", 0, None, {"x": [1]}, ["x", "x"]):
            list(violations({**part, "$defs": wanted["$defs"]}, sample))


def _schemas(node: object) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema."""
    if isinstance(node, dict):
        if "$schema" in node or any(key in node for key in ("type", "enum", "const", "$ref", "oneOf")):
            yield node
        for value in node.values():
            yield from _schemas(value)
    elif isinstance(node, list):
        for value in node:
            yield from _schemas(value)
