"""The kinds of rule that are data: each as its schema says, each with an example that is tried."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest

import reportlint_schemas
from reportlint.errors import ConfigError
from reportlint.kinds import KINDS, kind
from reportlint.layers import with_options
from reportlint.pack import load
from reportlint.rule import Rule
from reportlint.testing import pack_trials

NAMES = list(KINDS)


def _pack(folder: Path, text: str) -> Path:
    path = folder / "gd.toml"
    path.write_text(f'pack = "gd"\n\n{text}', encoding="utf-8")
    return path


def test_every_kind_has_a_schema_and_every_schema_a_kind() -> None:
    assert list(reportlint_schemas.kinds()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_module_and_the_schema_say_the_same(name: str) -> None:
    schema, module = reportlint_schemas.kind(name), kind(name)

    jsonschema.Draft202012Validator.check_schema(schema)
    assert set(schema["properties"]) == {name, *module.OPTIONS}
    assert set(schema["x-values"]) == module.VALUES
    assert ("message" in schema["required"]) is ("message" not in module.DEFAULTS)
    for part in (schema, *schema["properties"].values(), *schema["x-values"].values()):
        assert re.search(r"[一-鿿]", part["x-zh"])
    for variant in module.DEFAULTS.get("variants", {}).values():
        for text in variant["message"].values():
            assert set(re.findall(r"\{(\w+)\}", text)) <= module.VALUES


@pytest.mark.parametrize("name", NAMES)
def test_the_example_of_a_kind_passes_its_own_trial(tmp_path: Path, name: str) -> None:
    trials = list(pack_trials(_pack(tmp_path, reportlint_schemas.kind(name)["x-example"])))

    assert [trial.why["zh"] for trial in trials if trial.why is not None] == []
    assert {trial.manner for trial in trials} == {"good", "bad"}


MORE = {
    "each of several": (
        '[rules.GD001]\nrequire = ["规章", "规范性文件"]\neach = true\nsections = ["problems"]\n'
        'good = [{ in = "section:problems", text = "规章和规范性文件已经清理。" }]\n'
        'bad = [{ in = "section:problems", text = "规章已经清理。", at = "heading:problems" }]\n'
    ),
    "headings of the parts": (
        '[rules.GD001]\nheading = { disputes = ["政府信息公开行政复议、行政诉讼情况"] }\n'
        'good = [{ in = "heading:disputes", text = "四、政府信息公开行政复议、行政诉讼情况" }]\n'
        'bad = [{ in = "heading:disputes", text = "四、行政复议、行政诉讼情况", at = "行政复议、行政诉讼情况" }]\n'
    ),
    "items in their order": (
        '[rules.GD001]\nitem = "建议提案"\nafter = "收取信息处理费"\nsections = ["other"]\nmessage = "缺少“{item}”"\n'
        'good = [{ in = "section:other", text = "（一）收取信息处理费情况。无。\\n（二）建议提案情况。3件。" }]\n'
        'bad = [{ in = "section:other", text = "（一）建议提案情况。3件。\\n（二）收取信息处理费情况。无。", '
        'at = "建议提案情况" }]\n'
    ),
    "last year's cells": (
        '[rules.GD001]\ncompare = "requests:carried_in.total == previous_year:requests:carried_out.total"\n'
        'message = "上年结转 {sum}，上年报告结转下年 {total}"\n'
        'good = [{ in = "section:overall", text = "见表。", previous = '
        '[{ in = "cell:requests:carried_out.natural,carried_out.total", text = "2" }] }]\n'
        'bad = [{ in = "section:overall", text = "见表。", at = "cell:requests:carried_in.total" }]\n'
    ),
    "a tolerance": (
        '[rules.GD001]\ncompare = "text:fees == disclosure:fees"\ntolerance = 0.1\n'
        'text = { fees = "收费{number}万元" }\nmessage = "{sum} 不是 {total}"\n'
        'good = [{ in = "section:overall", text = "全年收费3.45万元。" }]\n'
        'bad = [{ in = "section:overall", text = "全年收费3.2万元。", at = "3.2" }]\n'
    ),
    "items are counted": (
        '[rules.GD001]\nlimit = "items"\nleast = 2\nsections = ["problems"]\nmessage = "只有 {count} 项"\n'
        'good = [{ in = "section:problems", text = "一是解读偏少，二是更新不及时。" }]\n'
        'bad = [{ in = "section:problems", text = "一是解读偏少。", at = "heading:problems" }]\n'
    ),
    "sentences of the report": (
        '[rules.GD001]\nlimit = "sentences"\nmost = 60\nmessage = "{heading}有 {count} 句"\n'
        'good = [{ in = "section:overall", text = "一句。" }]\n'
        'bad = [{ in = "section:overall", text = "一句。", repeat = 60, at = "title" }]\n'
    ),
    "every cell of a row": (
        '[rules.GD001]\nrange = "requests:denied.*.total"\nmost = 5\nmessage = "{cell} 为 {value}"\n'
        'good = [{ in = "cell:requests:denied.3.other,denied.3.business", text = "6" }]\n'
        'bad = [{ in = "cell:requests:denied.3.natural,denied.3.total", text = "9", '
        'at = "cell:requests:denied.3.total" }]\n'
    ),
    "the first day": (
        '[rules.GD001]\ndeadline = "01-31"\nfrom = "01-10"\nmessage = "{date}，{deadline}"\n'
        'good = [{ in = "published", text = "2024-01-10" }]\n'
        'bad = [{ in = "published", text = "2024-01-09", at = "2024-01-09" }]\n'
    ),
    "the name of the file": (
        '[rules.GD001]\nmeta = { file = "{agency}-{year}" }\nmessage = "{what}“{found}”应为“{expected}”"\n'
        'good = [{ in = "file", text = "青渡市林业局-2023" }]\nbad = [{ in = "file", text = "年报", at = "title" }]\n'
    ),
    "a pattern": (
        "[rules.GD001]\nforbid = '\\d{6}号'\nregex = true\nunless = '文\\d{6}号'\n"
        'good = [{ in = "section:overall", text = "见文202301号。" }]\n'
        'bad = [{ in = "section:overall", text = "见202301号。", at = "202301号" }]\n'
    ),
    "some years and agencies only": (
        '[rules.GD001]\nforbid = "稍后"\nyears = "2021-2022"\nagencies = ["township"]\n'
        'good = [{ in = "section:overall", text = "稍后公布。" }, '
        '{ in = "section:overall", text = "稍后公布。", year = 2022 }]\n'
        'bad = [{ in = "section:overall", text = "稍后公布。", year = 2021, '
        'agency = "云汀县白石镇人民政府", at = "稍后" }]\n'
    ),
}


@pytest.mark.parametrize("name", MORE)
def test_what_kinds_can_do(tmp_path: Path, name: str) -> None:
    trials = list(pack_trials(_pack(tmp_path, MORE[name])))

    assert [(trial.manner, trial.why["zh"]) for trial in trials if trial.why is not None] == []


def test_a_message_names_only_what_the_kind_gives(tmp_path: Path) -> None:
    path = _pack(tmp_path, '[rules.GD001]\nforbid = ["待补充"]\nmessage = "出现{txt}"\n')

    with pytest.raises(ConfigError) as caught:
        load(path)

    assert "gd.toml 第 5 行第 14 列" in caught.value.words["zh"]
    assert "没有 {txt}，可以写 {text}" in caught.value.words["zh"]


def _rule(folder: Path, text: str) -> Rule:
    return load(_pack(folder, text)).rules[0]


def test_a_configuration_changes_the_data_of_a_rule_and_is_checked(tmp_path: Path) -> None:
    rule = _rule(tmp_path, '[rules.GD001]\nlimit = "characters"\nmost = 10\nmessage = "{count}"\n')

    assert with_options(rule, {"most": 20}).options["most"] == 20
    for wrong in ({"most": "20"}, {"mots": 20}):
        with pytest.raises(Exception, match="GD001"):
            with_options(rule, wrong)
