"""Regular expressions in packs: what is wrong with one, before it meets a report.

How long one may take is not seen from how it is written; a search that does not end is stopped by the time limit of
rules (`reportlint.limits`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reportlint.errors import words
from reportlint.text import lazily

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_BESIDE = lazily(rf"(?<!\\)(?:\\\\)*(?:[{_HAN}][\])]?\\[bB]|\\[bB](?:\((?:\?:)?|\[)?[{_HAN}])")


def complaints(key: str, table: Mapping[str, Any], *, always: bool = False) -> Iterator[Any]:
    """What is wrong with the regular expressions under a key, where they are taken as such."""
    if key not in table or not (always or table.get("regex")):
        return
    value: str | list[str] = table[key]
    for index, pattern in enumerate([value] if isinstance(value, str) else value):
        place: tuple[str | int, ...] = (key,) if isinstance(value, str) else (key, index)
        try:
            re.compile(pattern, re.MULTILINE)
        except re.error as error:
            at = "" if error.pos is None else f"（第 {error.pos + 1} 个字符）"
            where = "" if error.pos is None else f" (at character {error.pos + 1})"
            yield (
                place,
                words(f"不是正则表达式：{error.msg}{at}", f"no regular expression: {error.msg}{where}"),
                pattern,
            )
            continue
        if _BESIDE.search(pattern):
            yield (
                place,
                words(
                    r"\b 不能挨着汉字：中文的词之间没有它认得的边界，这样写永远匹配不上或到处匹配；去掉 \b，"
                    "或者写明前后应是什么字",
                    r"\b beside a Chinese character: there is no boundary between Chinese words; leave it out, or say "
                    "which characters must stand around",
                ),
                pattern,
            )
