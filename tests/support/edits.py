"""Edits that spoil a draft: most are made to measure from what is to be changed, some are one of a kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from support.draft import Draft
from support.figures import zero_tables
from support.planting import YEAR

Edit = Callable[[Draft], Draft]


def heading(number: int, text: str) -> Edit:
    """Another heading for a part."""
    return lambda draft: draft.with_part(number, heading=text)


def words(section: int, old: str, new: str) -> Edit:
    """Other words in a part (0: the preface)."""
    return lambda draft: draft.with_words(section, old, new)


def paragraphs(section: int, *texts: str) -> Edit:
    """Other paragraphs in a part, or none."""
    return lambda draft: draft.with_paragraphs(section, *texts)


def added(section: int, after: str, *texts: str) -> Edit:
    """Paragraphs added after the one with some words."""

    def plant(draft: Draft) -> Draft:
        index = draft.index(section, after)
        old = draft.preface if section == 0 else draft.part(section).before
        return draft.with_paragraph(section, index, old[index], *texts)

    return plant


def cells(table: str, **texts: str) -> Edit:
    """Other texts in cells; a dot in a cell key is written as two underscores."""
    return lambda draft: draft.with_cells(table, {key.replace("__", "."): text for key, text in texts.items()})


def shifted(table: str, **by: int) -> Edit:
    """Numbers added to cells; a dot in a cell key is written as two underscores."""
    return lambda draft: draft.shifted(table, **by)


def header(table: str, old: str, new: str) -> Edit:
    """Another header label in a table."""
    return lambda draft: draft.with_table(table, headers={old: new})


def title(*lines: str) -> Edit:
    """Another title, or none."""
    return lambda draft: replace(draft, title=lines)


def published(date: str) -> Edit:
    """Another date of publication."""
    return lambda draft: replace(draft, published=f"发布时间：{date}")


def raised(section: int, pattern: str, by: int) -> Edit:
    """The number after a pattern in the prose of a part, made greater."""

    def plant(draft: Draft) -> Draft:
        for paragraph in draft.part(section).before:
            if found := re.search(f"({pattern})(\\d+)", paragraph):
                return draft.with_words(section, found[0], f"{found[1]}{int(found[2]) + by}")
        raise ValueError(f"part {section} says nothing like {pattern}")

    return plant


def without_heading(number: int) -> Edit:
    """A part whose heading is gone."""
    return lambda draft: draft.with_part(number, heading=None)


def without_part(number: int) -> Edit:
    """A part gone with its heading."""
    return lambda draft: draft.without_part(number)


def swapped(first: int, second: int) -> Edit:
    """Two parts in each other's place."""

    def plant(draft: Draft) -> Draft:
        order = {first: draft.part(second), second: draft.part(first)}
        return replace(draft, parts=tuple(order.get(part.number, part) for part in draft.parts))

    return plant


def more_new_requests(draft: Draft) -> Draft:
    """One more new request of a natural person, in the total and in the prose as well."""
    total = draft.count("requests", "new.total")
    draft = draft.shifted("requests", new__natural=1, new__total=1)
    return draft.with_words(1, f"新收政府信息公开申请{total}件", f"新收政府信息公开申请{total + 1}件")


def unmanaged(draft: Draft) -> Draft:
    """The aspect 政府信息管理 gone from 总体情况, the others numbered through."""
    at = draft.index(1, "（三）政府信息管理情况")
    draft = draft.with_paragraph(1, at).with_paragraph(1, at)
    return draft.with_words(1, "（四）", "（三）").with_words(1, "（五）", "（四）")


def gap_in_numbers(draft: Draft) -> Draft:
    """The aspects of 总体情况 numbered without （三）."""
    draft = draft.with_words(1, "（五）", "（六）")
    return draft.with_words(1, "（四）", "（五）").with_words(1, "（三）", "（四）")


def said_to_have_none(draft: Draft) -> Draft:
    """Prose that knows of no requests, over a table with some."""
    at = draft.index(1, "新收政府信息公开申请")
    return draft.with_paragraph(1, at, f"{YEAR}年，本机关未收到政府信息公开申请。")


def trial_tables(draft: Draft) -> Draft:
    """表二 and 表三 of the form that the present one replaced."""
    tables = zero_tables("2019")
    for key in ("disclosure", "requests"):
        draft = draft.with_table(key, form="2019", cells=tables[key])
    return draft


def as_top_level(draft: Draft) -> Draft:
    """The measures numbered like the sections."""
    return draft.with_words(5, f"1.{YEAR + 1}年", f"一、{YEAR + 1}年").with_words(
        5, f"2.{YEAR + 1}年", f"二、{YEAR + 1}年"
    )


def plan_for(year: int) -> Edit:
    """Measures planned for another year."""

    def plant(draft: Draft) -> Draft:
        draft = draft.with_words(5, f"1.{YEAR + 1}年", f"1.{year}年")
        return draft.with_words(5, f"2.{YEAR + 1}年", f"2.{year}年")

    return plant


def period_of(year: int) -> Edit:
    """Statistics of another year."""
    right = f"{YEAR}年1月1日至{YEAR}年12月31日"
    return words(0, right, right.replace(str(YEAR), str(year)))


def issued_beyond(draft: Draft) -> Draft:
    """More documents issued than are valid or repealed, in the table and in the prose."""
    draft = draft.with_cells("disclosure", {"docs.issued": 9, "docs.repealed": 1, "docs.valid": 5})
    at = draft.index(1, "制发行政规范性文件")
    return draft.with_paragraph(
        1,
        at,
        "本机关对公开目录实行动态调整。本年制发行政规范性文件9件，废止行政规范性文件1件，年末现行有效的行政规范性文件5件。",
    )


def without_accountability(draft: Draft) -> Draft:
    """Neither 社会评议 nor 责任追究 in 总体情况."""
    at = draft.index(1, "责任追究")
    return draft.with_paragraph(1, at, "本机关把政府信息公开列入年度工作考核，组织业务培训2次。")


def identity_number(first: str) -> str:
    """An identity number with its check digit; the person would be older than anybody alive."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True)) % 11]
