"""The files of the built-in pack are as their schemas demand; a foreign file is told what is wrong with it."""

from __future__ import annotations

import sys
from pathlib import Path

import jsonschema
import pytest

import reportlint_schemas
from reportlint import pack
from reportlint.errors import ConfigError
from reportlint.validation import violations

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
NATIONAL = ROOT / "rules" / "reportlint_rules" / "national"
SCHEMAS = sorted(path.name.split(".")[0] for path in (ROOT / "schemas" / "reportlint_schemas").glob("*.schema.json"))
KINDS = {
    "pack.toml": "pack",
    "vocabulary.toml": "vocabulary",
    "cases.toml": "cases",
    "divisions.toml": "divisions",
    "blank.toml": "blank",
}
FILES = [
    (path, KINDS.get(path.name, "form" if path.parent.name == "forms" else "rules"))
    for path in sorted(NATIONAL.parent.rglob("*.toml"))
    if path.name != "specimen.toml"
]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(reportlint_schemas.load(name))


@pytest.mark.parametrize(("path", "schema"), FILES, ids=[f"{path.parent.name}/{path.name}" for path, _ in FILES])
def test_the_built_in_files_are_as_their_schemas_demand(path: Path, schema: str) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))

    jsonschema.validate(data, reportlint_schemas.load(schema), jsonschema.Draft202012Validator)
    assert list(violations(reportlint_schemas.load(schema), data)) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            'pack = "gd"\n[rules.GD001]\nforbidd = ["待补充"]\n',
            "第 3 行第 1 列：不认识的键 forbidd，是不是想写 forbid？",
        ),
        ('pack = "gd"\n[rules.GD001]\nforbid = ["待补充"]\nseverity = "fatal"\n', "第 4 行"),
        ('pack = "gd"\n[rules.gd1]\nforbid = ["待补充"]\n', "第 2 行"),
        ('pack = "gd"\n[rules.GD001]\nforbid = 3\n', "第 3 行"),
        ('pack = "gd"\n[rules.GD001]\nforbid = ["a"]\nrequire = ["b"]\n', "两个种类"),
        ('pack = "gd"\n[rules.GD001]\nseverity = "info"\n', "既没有种类"),
        ('[rules.GD001]\nforbid = ["待补充"]\n', "缺少 pack"),
        ("pack = \n", "不是合法的 TOML"),
    ],
)
def test_a_foreign_pack_is_told_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "gd.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        pack.load(path)

    assert says in caught.value.words["zh"]
    assert caught.value.words["en"]


def test_the_smallest_pack_works(tmp_path: Path) -> None:
    path = tmp_path / "gd.toml"
    path.write_text('pack = "gd"\n\n[rules.GD001]\nforbid = ["待补充", "××"]\n', encoding="utf-8")

    loaded = pack.load(path)

    assert [(rule.code, rule.severity) for rule in loaded.rules] == [("GD001", "warning")]


@pytest.mark.parametrize("label", ["2023", " 1,234 ", "-5", ""])
def test_a_label_of_digits_alone_is_refused(label: str) -> None:
    # The reader of tables could not tell it from an amount.
    schema = reportlint_schemas.load("form")["$defs"]["label"]

    assert list(violations(schema, label))
    assert not list(violations(schema, f"{label}年"))
