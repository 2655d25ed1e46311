"""Writes the reference of the kinds from their schemas: `python -m reportlint.cli.kind_pages docs/packs`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import reportlint_schemas

_WORDS = {
    "zh": {
        "head": "# 规则的种类\n\n[English](kinds.md)\n\n"
        "由各种类的格式定义生成，不要手改：`python -m reportlint.cli.kind_pages docs/packs`。\n\n"
        "一条规则写成一张表 `[rules.代码]`，里面有一个种类的关键词，旁边是这个种类的键和[共同的键](#共同的键)。"
        "文字照字面比较，先折叠：全角当半角，去掉空格和换行。"
        "`regex = true` 的是正则表达式（Python 的写法，对折叠过的文字），"
        "`\\b` 不能挨着汉字，搜索太久会被中止。\n",
        "keys": "| 键 | 必须 | 内容 |\n|---|---|---|",
        "yes": "是",
        "values": "消息里可以写：",
        "default": "可以不写消息。",
        "common": "共同的键",
        "example": "例子的键",
        "file": "kinds.zh-CN.md",
        "colon": "：",
        "comma": "，",
    },
    "en": {
        "head": "# Kinds of rule\n\n[中文](kinds.zh-CN.md)\n\n"
        "Made from the schemas of the kinds, not to be edited: `python -m reportlint.cli.kind_pages docs/packs`.\n\n"
        "A rule is a table `[rules.CODE]` with the key of one kind, and beside it keys of that kind and "
        "[common keys](#common-keys). Words are compared literally after folding: full width as half width, no white "
        "space. With `regex = true` they are regular expressions (as in Python, over folded text); `\\b` may not stand "
        "beside a Chinese character, and a search that takes too long is ended.\n",
        "keys": "| key | required | what it says |\n|---|---|---|",
        "yes": "yes",
        "values": "A message may name: ",
        "default": "The message may be left out.",
        "common": "Common keys",
        "example": "Keys of an example",
        "file": "kinds.md",
        "colon": ": ",
        "comma": ", ",
    },
}


def pages() -> dict[str, str]:
    """The reference in both languages, by the name of its file."""
    return {words["file"]: "\n".join(_page(language, words)) for language, words in _WORDS.items()}


def _page(language: str, words: Mapping[str, str]) -> Iterator[str]:
    yield words["head"]
    for name, schema in reportlint_schemas.kinds().items():
        yield f"## {name}\n"
        yield f"{schema['x-zh'] if language == 'zh' else schema['title']}\n"
        yield from _table(schema["properties"], schema["required"], language, words)
        values = schema["x-values"]
        listed = words["comma"].join(f"`{{{key}}}` {_said(item, language)}" for key, item in values.items())
        more = "" if "message" in schema["required"] else f" {words['default']}"
        yield f"\n{words['values']}{listed}{'。' if language == 'zh' else '.'}{more}\n"
        yield f"```toml\n{schema['x-example']}```\n"
    rule = reportlint_schemas.rule()
    yield f"## {words['common']}\n"
    yield from _table(rule["properties"], [], language, words)
    yield f"\n## {words['example']}\n"
    yield from _table(rule["$defs"]["example"]["oneOf"][1]["properties"], [], language, words)
    yield ""


def _table(
    properties: Mapping[str, Any], required: list[str], language: str, words: Mapping[str, str]
) -> Iterator[str]:
    yield words["keys"]
    for key, item in properties.items():
        yield f"| `{key}` | {words['yes'] if key in required else ''} | {_said(item, language)} |"


def _said(item: Mapping[str, Any], language: str) -> str:
    text: str = item["x-zh"] if language == "zh" else item["description"]
    return text.replace("|", "\\|")


def main(folder: Path) -> int:
    """Write the pages into a folder; the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
