"""Cases as data: a wording put into a report whose figures are known, and what must be said of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from support.clean import clean
from support.draft import Draft
from support.figures import zero_tables
from support.forms import form_of_year

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parents[1] / "cases"
YEAR = 2023
RESULTS = {"granted": 5, "partial": 2, "denied.5": 1, "unable.1": 3, "rejected.2": 1, "other.3": 1}
"""What became of the 13 requests that were dealt with."""


@dataclass(frozen=True, slots=True)
class Case:
    """A wording, where it stands, and the codes that must be found at which words; without any it must stay silent."""

    name: str
    where: str
    text: str
    find: str = ""
    at: str = ""
    severity: str = ""
    year: int = YEAR
    agency: str = ""
    other: str = ""
    """What the sixth part says instead."""
    follow: str = ""
    """A paragraph behind the wording."""
    cells: Mapping[str, str] = field(default_factory=dict[str, str])
    """Cells with other texts, by table and key: requests:other.2.total."""

    def draft(self) -> Draft:
        """The report with the wording in it."""
        draft = put(plain(self.year, self.agency), self.where, self.text)
        if self.other:
            draft = put(draft, "section:other", self.other)
        if self.follow:
            draft = put(draft, self.where, self.follow)
        for place, text in self.cells.items():
            draft = put(draft, f"cell:{place}", text)
        return draft


def cases(name: str) -> Iterator[Case]:
    """The cases of a file, each text with its own name."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    for number, item in enumerate(data["case"], 1):
        where = item.get("in", data.get("in", "section:overall"))
        yield Case(
            f"{number} {item['text'][:24]}",
            where,
            item["text"],
            item.get("find", ""),
            item.get("at", ""),
            item.get("severity", ""),
            item.get("year", YEAR),
            item.get("agency", ""),
            item.get("other", ""),
            item.get("follow", ""),
            item.get("cells", {}),
        )


@cache
def plain(year: int = YEAR, agency: str = "") -> Draft:
    """A report with fixed figures whose prose mentions none of them.

    表三: 12 new, 2 carried in, 13 dealt with (see RESULTS), 1 carried out, all of natural persons. 表四: 3 reviews (2
    upheld, 1 corrected), 1 direct suit. 表二: documents 1 issued, 2 repealed, 6 valid; 120 licences, 14 penalties.
    """
    draft = clean(year)
    if agency:
        draft = replace(draft, agency=agency, title=(f"{agency}{year}年政府信息公开工作年度报告",))
    draft = draft.with_paragraphs(
        1,
        f"{year}年，本机关按照条例规定推进政府信息公开，各项任务按计划完成。",
        "（一）主动公开情况",
        "本机关把群众关心的事项列为公开重点。",
        "（二）依申请公开情况",
        "本机关依照条例规定的时限办理。",
        "（三）政府信息管理情况",
        "本机关实行信息发布前审核制度。",
        "（四）政府信息公开平台建设情况",
        "政府信息公开专栏完成改版。",
        "（五）监督保障情况",
        "本机关把政府信息公开列入年度工作考核，开展社会评议，没有发生责任追究的情形。",
    )
    for key, cells in _tables(form_of_year(year)).items():
        draft = draft.with_table(key, cells=cells)
    return draft


def _tables(form: str) -> dict[str, dict[str, str]]:
    tables = zero_tables(form)
    results = {key: count for key, count in RESULTS.items() if f"{key}.natural" in tables["requests"]}
    if form == "2019":
        results["other"] = RESULTS["other.3"]
    rows = {"new": 12, "carried_in": 2, "carried_out": 1, "processed": 13, **results}
    for row, count in rows.items():
        tables["requests"][f"{row}.natural"] = tables["requests"][f"{row}.total"] = str(count)
    tables["disputes"] |= {
        "review.upheld": "2",
        "review.corrected": "1",
        "review.total": "3",
        "direct.upheld": "1",
        "direct.total": "1",
    }
    if form == "2021":
        tables["disclosure"] |= {"docs.issued": "1", "docs.repealed": "2", "docs.valid": "6"}
        tables["disclosure"] |= {"licence": "120", "penalty": "14", "fees": "3.5"}
    return tables


def put(draft: Draft, where: str, text: str) -> Draft:
    """The draft with a text at a place: title, preface, published, section:KEY, heading:KEY, cell:TABLE:KEY, …"""
    kind, _, rest = where.partition(":")
    if kind == "title":
        return replace(draft, title=(text,) if text else ())
    if kind == "published":
        return replace(draft, published=f"发布时间：{text}")
    if kind == "preface":
        return replace(draft, preface=(*draft.preface, text))
    if kind in ("section", "heading"):
        number = _number(draft, rest)
        if kind == "heading":
            return draft.with_part(number, heading=text) if text else draft.without_part(number)
        if rest in ("problems", "other"):
            return draft.with_paragraphs(number, *([text] if text else []))
        return draft.with_paragraphs(number, *draft.part(number).before, text)
    table, _, name = rest.partition(":")
    if kind == "header":
        return draft.with_table(table, headers={name: text})
    if kind == "row":
        return draft.with_table(table, rows={name: text})
    if kind == "cell":
        old = draft.table(table).cells
        keys = name.split(",")
        values = {key: str(int(old[key]) + int(text)) if text.startswith("+") else text for key in keys}
        return draft.with_cells(table, values)
    raise ValueError(where)


def _number(draft: Draft, key: str) -> int:
    data: Mapping[str, Any] = {"overall": 1, "disclosure": 2, "requests": 3, "disputes": 4, "problems": 5, "other": 6}
    return int(data[key])
