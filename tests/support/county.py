"""A county of agencies over some years: a template they share, sentences of their own, figures that go on yearly.

Some agencies copy another's own sentences with a few words changed; some carry over other figures than last year's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from support.clean import clean
from support.draft import Draft
from support.figures import APPLICANTS
from support.writing import write

_PLACES = "青白云清石柳双龙凤金银玉安宁和平永福长新古东南西北上下大小"
_SECTORS = (
    "水务",
    "林业",
    "商务",
    "文旅",
    "教育",
    "卫健",
    "民政",
    "财政",
    "审计",
    "统计",
    "交通",
    "住建",
    "农业",
    "应急",
    "医保",
)
_SUBJECTS = (
    "公开专栏",
    "办事指南",
    "政策解读",
    "答复文书",
    "公开目录",
    "新媒体账号",
    "查阅场所",
    "信息审核",
    "留言办理",
    "业务培训",
)
_VERBS = (
    "重新编排了",
    "逐项核对了",
    "按月更新了",
    "集中清理了",
    "分类整理了",
    "补充完善了",
    "试点推行了",
    "邀请代表评议了",
)
_OBJECTS = (
    "企业关心的",
    "老人常用的",
    "涉及补贴的",
    "群众来电多的",
    "办理量大的",
    "新近修订的",
    "长期未动的",
    "跨部门的",
)
_ENDS = ("材料", "事项", "栏目", "流程", "条目", "问答", "清单", "模板")
_HOWS = (
    "由科室负责人签字确认",
    "在办事大厅张贴公示",
    "请街道干部上门讲解",
    "由值班人员当天复核",
    "列入月度例会通报",
    "交由法制科统一把关",
)


@dataclass(frozen=True)
class County:
    """Reports by path, the roster, and what was planted."""

    files: dict[str, bytes]
    roster: str
    copies: set[tuple[str, str]] = field(default_factory=set["tuple[str, str]"])
    """Pairs of paths, the smaller first."""
    breaks: set[str] = field(default_factory=set[str])
    """Paths of reports whose carried-in requests are not last year's carried-out ones."""
    missing: set[tuple[str, int]] = field(default_factory=set["tuple[str, int]"])


def county(agencies: int, years: range, seed: int = 1) -> County:
    """The reports of so many agencies over some years."""
    rng = Random(seed)
    names = list(_names(agencies, rng))
    files: dict[str, bytes] = {}
    copies: set[tuple[str, str]] = set()
    breaks: set[str] = set()
    missing: set[tuple[str, int]] = set()
    carried: dict[str, int] = {}
    for year in years:
        own = {name: _sentences(rng, 8) for name in names}
        copiers = rng.sample(range(1, agencies), max(1, agencies // 50))
        for number in copiers:
            source = names[number - 1]
            if number - 1 not in copiers:
                own[names[number]] = _reworded(own[source], rng)
                copies.add(_pair(_path(source, year), _path(names[number], year)))
        for name in names:
            if year > years[0] and rng.random() < 0.003:
                missing.add((name, year))
                carried.pop(name, None)
                copies = {pair for pair in copies if _path(name, year) not in pair}
                continue
            into = carried.get(name, rng.randint(0, 3))
            if name in carried and rng.random() < 0.02:
                into += rng.randint(1, 4)
                breaks.add(_path(name, year))
            carried[name] = rng.randint(0, 3)
            draft = _draft(name, year, own[name], into, carried[name], rng)
            files[_path(name, year)] = write(draft, "pipe-rows").text.encode()
    entries = "\n".join(f'[[agency]]\nname = "{name}"\nkind = "department"\n' for name in names)
    return County(files, entries, copies, breaks, missing)


def _names(count: int, rng: Random) -> Iterator[str]:
    seen: set[str] = set()
    while len(seen) < count:
        name = f"{rng.choice(_PLACES)}{rng.choice(_PLACES)}县{rng.choice(_PLACES)}{rng.choice(_SECTORS)}局"
        if name not in seen:
            seen.add(name)
            yield name


def _path(name: str, year: int) -> str:
    return f"reports/{name}/{year}.txt"


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _sentences(rng: Random, count: int) -> list[str]:
    parts = (_SUBJECTS, _VERBS, _OBJECTS, _ENDS, _HOWS)
    return [
        "{0}方面{1}{2}{3}{5}件，{4}。".format(*(rng.choice(part) for part in parts), rng.randint(2, 90))
        for _ in range(count)
    ]


def _reworded(sentences: list[str], rng: Random) -> list[str]:
    """The same sentences with other figures, one in eight of them changed."""
    copied = ["".join(str(rng.randint(2, 9)) if char.isdigit() else char for char in text) for text in sentences]
    copied[rng.randrange(len(copied))] = _sentences(rng, 1)[0]
    return copied


def _draft(name: str, year: int, own: list[str], into: int, out: int, rng: Random) -> Draft:
    draft = clean(year)
    draft = replace(draft, agency=name, title=(f"{name}{year}年政府信息公开工作年度报告",))
    new = rng.randint(0, 9) + out
    done = into + new - out
    cells = dict.fromkeys(draft.table("requests").cells, "0")
    for row, count in (
        ("new", new),
        ("carried_in", into),
        ("processed", done),
        ("carried_out", out),
        ("granted", done),
    ):
        cells[f"{row}.{APPLICANTS[0]}"] = cells[f"{row}.total"] = str(count)
    draft = draft.with_table("requests", cells=cells)
    at = draft.index(1, "本机关未收到政府信息公开申请")
    return draft.with_paragraph(1, at, "".join(own))
