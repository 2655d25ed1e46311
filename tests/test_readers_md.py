"""Markdown: marks go, places stay; whole tables are tables, shatters stay lines."""

from __future__ import annotations

import pytest

from reportlint.document import Document, Metadata, Paragraph, Table
from reportlint.readers import md


def _read(source: str) -> Document:
    return md.read("报告.md", source.encode())


def _lines(source: str) -> list[str]:
    return [block.text for block in _read(source).paragraphs()]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**一、**总体*情况*", "一、总体情况"),
        ("见[条例](http://x.cn/a_(1).html)与`目录`", "见条例与目录"),
        ("共\\*3&nbsp;件 &amp; ~~旧~~<u>新</u>", "共*3 件 & 旧新"),
        ("3*4 与 a_b_c 不变", "3*4 与 a_b_c 不变"),
        ("- 项目", "项目"),
        ("1. 项目", "1. 项目"),
        ("> 引文", "引文"),
    ],
)
def test_marks_are_not_read_and_places_stay(source: str, text: str) -> None:
    document = _read(source)
    (line,) = document.paragraphs()

    assert line.text == text
    for index, char in enumerate(line.text):
        assert document.text[slice(*line.prose.span(index, index + 1))] in (char, "&nbsp;", "&amp;")


def test_headings_have_levels() -> None:
    blocks = list(_read("# 年报\n##  一、总体情况 ##\n###二、公开\n标题\n===\n\n副题\n---").paragraphs())

    assert [(b.text, b.level) for b in blocks if b.text] == [
        *(("年报", 1), ("一、总体情况", 2), ("二、公开", 3), ("标题", 1), ("副题", 2)),
    ]


def test_a_line_is_a_paragraph_and_empty_lines_stay() -> None:
    assert _lines("甲\n乙\n\n丙") == ["甲", "乙", "", "丙"]


def test_pipe_tables_are_tables() -> None:
    document = _read("前\n| 信息内容 | 件数 |\n|:--|--:|\n| 规章 \\| 甲 | |\n| **乙** | /<br>无 |\n后")

    (table,) = document.tables()
    assert [[cell and cell.text for cell in row] for row in table.grid()] == [
        ["信息内容", "件数"],
        ["规章 | 甲", ""],
        ["乙", "/\n无"],
    ]
    assert [type(block) for block in document.blocks] == [Paragraph, Table, Paragraph]
    assert document.position(table.cells[3].span.start) == (4, 13)


@pytest.mark.parametrize(
    "shatter",
    [
        "| 0 | 0 |\n|---|---|",
        "| 1.国家秘密 | 0 |\n|---|---|\n| 2.其他 | 0 |",
        "| 业 | 构 | |\n|---|---|---|\n| 新收 | 3 | 4 |",
        "| 甲 | 乙 |\n|---|---|\n| 1 | 2 | 3 |",
        "| 甲 | 乙 |\n|---|",
    ],
)
def test_shatters_stay_lines(shatter: str) -> None:
    document = _read(shatter)

    assert not list(document.tables())
    assert "\n".join(block.text for block in document.paragraphs()) == shatter


def test_html_tables_are_tables_with_their_places() -> None:
    source = "前\n\n<table>\n<tr><td rowspan=2>甲</td><td>12</td></tr>\n<tr><td>&nbsp;</td></tr>\n</table>\n后"

    document = _read(source)

    (table,) = document.tables()
    assert [(c.row, c.column, c.rows, c.text) for c in table.cells] == [(0, 0, 2, "甲"), (0, 1, 1, "12"), (1, 1, 1, "")]
    assert document.position(table.cells[1].span.start) == (4, 29)
    assert _lines(source)[-1] == "后"


def test_front_matter_is_metadata() -> None:
    document = _read("---\ntitle: 某局年报\ndate: 2024-1-8\n---\n正文")

    assert document.metadata == Metadata(title="某局年报", published="2024-01-08")
    assert [block.text for block in document.paragraphs()] == ["正文"]
