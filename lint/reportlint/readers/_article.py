"""The article of a page: found by what it contains, never by the names that a site gives to its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportlint.document import Block, Paragraph, Prose, Table, joined
from reportlint.readers import _grid
from reportlint.readers._tree import Line, Region, Rows

_ORDINAL = r"(?:第?[一二三四五六七八九十]+(?:部分)?[、.．，:：]?|\d{1,2}[、.．])?"
_SECTION = re.compile(
    f"{_ORDINAL}(?:"
    + "|".join(
        (
            r"(?:政府信息公开)?总体(?:工作|落实)?情况|概述$",
            r"(?:行政机关)?主动公开政[府务]信息的?情况",
            r"(?:行政机关)?(?:收到和处理|依申请公开)政府信息(?:公开申请)?的?情况",
            r".{0,16}行政复议.{0,10}行政诉讼的?情况",
            r".{0,14}问题[及以和与、]+(?:下一步)?(?:改进|整改)",
            r"其他需要?(?:报告|说明)的?事项",
        )
    )
    + ")"
)
"""What begins the headings of the sections, white space removed."""

_TITLE = re.compile(r"(?:政府信息|政务)公开(?:工作)?(?:情况的?)?(?:年度报告|年报|工作报告|报告)")
_LABELS = re.compile(r"第二十条第|本年新收|申请人情况|结果维持|予以公开|制发件数|对外公开总数量|未经复议")
_FOOTER = re.compile(r"版权所有|ICP备|网站标识码|公网安备|主办单位|承办单位|技术支持|浏览器|分辨率|转载")

_LONGEST_HEADING = 40
_LONGEST_TITLE = 60
_LONGEST_CELL = 300
_LONGEST_FOOTER = 300


@dataclass(frozen=True, slots=True)
class Article:
    """The blocks of the article, and how sure it is that they are one."""

    blocks: tuple[Block, ...]
    witnesses: int
    """How many section headings and tables of a report it holds."""
    prose: int
    """How many characters of sentences, outside links, it holds."""


@dataclass(slots=True)
class _Item:
    """A line or a table with what it says of being part of a report."""

    block: Block
    region: int
    """The number of the region that holds it, in the order of their beginnings."""
    witness: bool
    title: bool = False
    sentence: int = 0


def find(body: Region) -> Article:
    """The article of a page, or all of the page where nothing tells the article from the rest."""
    items: list[_Item] = []
    parents: list[int] = []
    _flatten(body, -1, items, parents)
    witnesses = [index for index, item in enumerate(items) if item.witness]
    if not witnesses:
        return Article(tuple(item.block for item in items), 0, sum(item.sentence for item in items))
    start, end = _holding(items, parents, witnesses)
    start, end = _widened(items, start, end)
    chosen = items[start:end]
    return Article(tuple(item.block for item in chosen), len(witnesses), sum(item.sentence for item in chosen))


def everything(body: Region) -> Iterator[Block]:
    """All blocks of a page, the article or not."""
    items: list[_Item] = []
    _flatten(body, -1, items, [])
    return (item.block for item in items)


def is_heading(text: str) -> bool:
    """Whether a line is the heading of a section of a report."""
    text = "".join(text[: 2 * _LONGEST_HEADING].split())
    return len(text) <= _LONGEST_HEADING and _SECTION.match(text) is not None


def is_title(text: str) -> bool:
    """Whether a line is the title of a report, or a link to one."""
    text = "".join(text[: 2 * _LONGEST_TITLE].split())
    return len(text) <= _LONGEST_TITLE and "公开" in text and _TITLE.search(text) is not None


def _holding(items: list[_Item], parents: list[int], witnesses: list[int]) -> tuple[int, int]:
    """The range of items of the innermost region that holds all witnesses."""
    paths = [_path(items[index].region, parents) for index in witnesses]
    common = 0
    for step in zip(*paths, strict=False):
        if len(set(step)) > 1:
            break
        common = step[0]
    inside = [index for index, item in enumerate(items) if common in _path(item.region, parents)]
    return inside[0], inside[-1] + 1


def _widened(items: list[_Item], start: int, end: int) -> tuple[int, int]:
    """The range with a title that stands before it and with sentences that stand just outside."""
    for index in range(start - 1, -1, -1):
        if items[index].title:
            return index, _tail(items, end)
    while start and items[start - 1].sentence:
        start -= 1
    return start, _tail(items, end)


def _tail(items: list[_Item], end: int) -> int:
    while end < len(items) and items[end].sentence:
        end += 1
    return end


def _path(region: int, parents: list[int]) -> list[int]:
    """The regions around a region, from the outermost."""
    path: list[int] = []
    while region >= 0:
        path.append(region)
        region = parents[region]
    return path[::-1]


def _flatten(region: Region, parent: int, items: list[_Item], parents: list[int]) -> None:
    """The lines and tables of a region in reading order; tables that only lay out the page are looked through."""
    if region.hidden and not _has_tables(region):
        return
    number = len(parents)
    parents.append(parent)
    for item in region.items:
        if isinstance(item, Prose):
            items.append(_line(item, None, 0, number))
        elif isinstance(item, Line):
            items.append(_line(*item, number))
        elif isinstance(item, Region):
            _flatten(item, number, items, parents)
        elif (table := _table(item)) is not None:
            if any(cell.prose.text for cell in table.cells):
                items.append(_Item(table, number, _is_form(table)))
        else:
            inner = len(parents)
            parents.append(number)
            for _, row in item.rows:
                for cell in row:
                    _flatten(cell, inner, items, parents)


def _line(prose: Prose, level: int | None, links: int, region: int) -> _Item:
    text = prose.text
    linked = links * 2 > len(text)
    heading = not linked and is_heading(text)
    title = not linked and is_title(text)
    footer = linked or (len(text) <= _LONGEST_FOOTER and _FOOTER.search(text) is not None)
    sentence = 0 if footer or len(text) < 15 or "。" not in text else len(text)
    return _Item(Paragraph(prose, level), region, heading, title, sentence)


def _has_tables(region: Region) -> bool:
    return any(isinstance(item, Rows) or (isinstance(item, Region) and _has_tables(item)) for item in region.items)


def _table(rows: Rows) -> Table | None:
    """The table; None for a frame of the page, which has a single row or column, long cells, or tables inside."""
    if len(rows.rows) < 2 or not any(len(row) > 1 or (row and row[0].columns > 1) for _, row in rows.rows):
        return None
    spanned: list[tuple[int, list[_grid.Spanned]]] = []
    for group, row in rows.rows:
        cells: list[_grid.Spanned] = []
        for cell in row:
            prose = _cell_prose(cell)
            if prose is None:
                return None
            cells.append((prose, cell.rows, cell.columns))
        spanned.append((group, cells))
    return _grid.table(spanned)


def _cell_prose(cell: Region) -> Prose | None:
    """What a cell says; None where it says more than one of a table does, or holds a table."""
    items = cell.items
    if not items:
        return Prose("", cell.at)
    if len(items) == 1 and isinstance(line := items[0], Prose):
        # Nearly every cell.
        return line if len(line.text) <= _LONGEST_CELL else None
    lines = list(_lines(cell))
    if _has_tables(cell) or sum(len(line.text) for line in lines) > _LONGEST_CELL:
        return None
    return joined(lines, "\n") if lines else Prose("", cell.at)


def _lines(region: Region) -> Iterator[Prose]:
    for item in region.items:
        if isinstance(item, Prose):
            yield item
        elif isinstance(item, Line):
            yield item.prose
        elif isinstance(item, Region):
            yield from _lines(item)


def _is_form(table: Table) -> bool:
    texts = (cell.prose.text for cell in table.cells[:60])
    found = (text for text in texts if text and _LABELS.search("".join(text.split())))
    return next(found, None) is not None and next(found, None) is not None
