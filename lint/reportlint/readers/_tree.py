"""Events of an HTML source as a tree of regions: what holds paragraphs, tables and other regions.

Only tags that part text are seen; what HTML lets authors leave out (`</td>`, `</tr>`, `</p>`) is supplied.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar, NamedTuple

from reportlint.document import Prose
from reportlint.errors import Unreadable, words
from reportlint.readers._inline import BREAK, Piece, prose
from reportlint.readers._markup import Tag

REGIONS = (
    *("div", "section", "article", "main", "header", "footer", "nav", "aside", "form", "fieldset"),
    *("ul", "ol", "dl", "blockquote", "center", "figure", "details"),
)
PARTING = ("p", "li", "dt", "dd", "pre", "hr", "address", "figcaption", "summary", "legend", "caption")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
SKIPPED = ("script", "style", "noscript", "template", "textarea", "iframe", "select", "button", "svg", "math")
CELLS = ("td", "th")
GROUPS = ("tbody", "thead", "tfoot")

_DEEPEST = 200
_DEEPEST_TABLE = 40


class Line(NamedTuple):
    """A paragraph that is a heading or holds links, with its level and how many of its characters are links."""

    prose: Prose
    level: int | None
    linked: int


class Region:
    """A part of the page; a cell too is one."""

    __slots__ = ("at", "columns", "hidden", "items", "rows", "tag")

    def __init__(self, tag: str, at: int, hidden: bool = False) -> None:
        self.tag = tag
        self.at = at
        self.hidden = hidden
        self.rows = self.columns = 1
        """How far a cell reaches."""
        self.items: list[Prose | Line | Region | Rows] = []


@dataclass(slots=True, eq=False)
class Rows:
    """A `<table>`: its rows of cells, each with the number of its row group."""

    at: int
    rows: list[tuple[int, list[Region]]] = field(default_factory=list[tuple[int, list[Region]]])
    group: int = 0
    row: list[Region] | None = None


@dataclass(slots=True)
class Page:
    """A page as far as it was understood: its body, its title and its `<meta>` by name in lower case."""

    body: Region
    title: Prose | None
    meta: dict[str, str]
    links: list[tuple[str, str]]
    """The target and the words of each link."""
    scripts: int


class Builder:
    """The sink that builds the tree."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._body = Region("body", 0)
        self._stack: list[Region | Rows] = [self._body]
        self._region = self._body
        self._in_pre = False
        self._tables: list[int] = []
        """Where the open tables stand in the stack."""
        self._holders: list[Region] = []
        """The region that each open table stands in."""
        self._too_deep = 0
        self._pieces: list[Piece] = []
        self._level: int | None = None
        self._skipping: str | None = None
        self._title: list[Piece] | None = None
        self._page_title: Prose | None = None
        self._meta: dict[str, str] = {}
        self._links: list[tuple[str, str]] = []
        self._href: str | None = None
        self._linked: list[str] = []
        self._linked_chars = 0
        self._scripts = 0
        self._starts, self._ends = self._STARTS, self._ENDS

    def page(self) -> Page:
        """The tree, once all events are in."""
        self._flush()
        return Page(self._body, self._page_title, self._meta, self._links, self._scripts)

    # The events.

    def text(self, data: str, at: int) -> None:
        if not self._in_pre or "\n" not in data:
            self._piece((data, at, None))
            return
        for line in data.split("\n"):
            self._piece((line, at, None))
            self._flush()
            at += len(line) + 1

    def reference(self, data: str, at: int, end: int) -> None:
        self._piece((data, at, end))

    def start(self, tag: str, node: Tag, at: int) -> None:
        if self._skipping is not None:
            return
        if tag == "p":
            # As `_start_parting`, without the call: most of the tags.
            if self._pieces:
                self._flush()
        elif (handle := self._starts.get(tag)) is not None:
            handle(self, tag, node, at)

    def end(self, tag: str) -> None:
        if self._skipping is not None:
            if tag == self._skipping:
                self._skipping = None
        elif tag == "p":
            if self._pieces:
                self._flush()
        elif (handle := self._ends.get(tag)) is not None:
            handle(self, tag)

    def _piece(self, piece: Piece) -> None:
        if self._skipping is not None:
            return
        if self._title is not None:
            self._title.append(piece)
            return
        if not self._pieces and piece[0].isspace():
            # White space begins no paragraph; a cell left blank holds a no-break space by custom.
            return
        self._pieces.append(piece)
        if self._href is not None:
            self._linked.append(piece[0])
            self._linked_chars += len(piece[0].strip())

    # Paragraphs.

    def _flush(self) -> None:
        """End the paragraph that is open."""
        pieces, linked = self._pieces, self._linked_chars
        if not pieces:
            return
        self._pieces, self._linked_chars = [], 0
        found = prose(pieces)
        if found is None:
            return
        line = found if self._level is None and not linked else Line(found, self._level, linked)
        region, top = self._region, self._stack[-1]
        items = region.items
        if top is not region and items and items[-1] is top:
            # Text between the tags of a table is shown before it.
            items.insert(len(items) - 1, line)
        else:
            items.append(line)

    def _start_parting(self, tag: str, node: Tag, at: int) -> None:
        if self._pieces:
            self._flush()
        self._in_pre = self._in_pre or tag == "pre"

    def _end_parting(self, tag: str) -> None:
        if self._pieces:
            self._flush()
        self._in_pre = self._in_pre and tag != "pre"

    def _end_heading(self, tag: str) -> None:
        self._flush()
        self._level = None

    def _start_heading(self, tag: str, node: Tag, at: int) -> None:
        self._flush()
        self._level = HEADINGS[tag]

    def _start_break(self, tag: str, node: Tag, at: int) -> None:
        if self._tables and len(self._stack) > self._tables[-1] + 1:
            self._pieces.append((BREAK, at, self._after_tag(at)))
        else:
            self._flush()

    # Regions.

    def _start_region(self, tag: str, node: Tag, at: int) -> None:
        self._flush()
        if len(self._stack) > _DEEPEST:
            self._too_deep += 1
            return
        self._push(Region(tag, at, _is_hidden(node)))

    def _end_region(self, tag: str) -> None:
        self._flush()
        if self._too_deep:
            self._too_deep -= 1
            return
        for index in range(len(self._stack) - 1, 0, -1):
            node = self._stack[index]
            if isinstance(node, Rows) or node.tag in CELLS:
                return
            if node.tag == tag:
                self._pop_to(index)
                return

    def _push(self, region: Region) -> None:
        self._region.items.append(region)
        self._stack.append(region)
        self._region = region

    def _pop_to(self, length: int) -> None:
        """Close what is open until the stack has that length."""
        del self._stack[length:]
        while self._tables and self._tables[-1] >= length:
            self._tables.pop()
            self._holders.pop()
        top = self._stack[-1]
        self._region = top if isinstance(top, Region) else self._holders[-1]

    # Tables.

    def _start_table(self, tag: str, node: Tag, at: int) -> None:
        self._flush()
        if len(self._tables) > _DEEPEST_TABLE:
            raise Unreadable("RL005", words("表格嵌套过深", "tables are nested too deep"))
        self._tables.append(len(self._stack))
        self._holders.append(self._region)
        rows = Rows(at)
        self._region.items.append(rows)
        self._stack.append(rows)

    def _start_group(self, tag: str, node: Tag, at: int) -> None:
        if (table := self._end_row()) is not None:
            table.group += 1

    def _start_row(self, tag: str, node: Tag, at: int) -> None:
        if (table := self._end_row()) is not None:
            table.row = []
            if not _is_hidden(node):
                table.rows.append((table.group, table.row))

    def _start_cell(self, tag: str, node: Tag, at: int) -> None:
        table = self._close_cell()
        if table is None:
            return
        if table.row is None:
            table.row = []
            table.rows.append((table.group, table.row))
        self._region = cell = Region(tag, self._source.find(">", at) + 1 or len(self._source))
        if (rows := node.attr("rowspan")) is not None:
            cell.rows = _count(rows)
        if (columns := node.attr("colspan")) is not None:
            cell.columns = max(1, _count(columns))
        table.row.append(cell)
        self._stack.append(cell)

    def _close_cell(self, tag: str = "") -> Rows | None:
        """Close the open cell of the innermost table, and give that table."""
        if self._pieces:
            self._flush()
        if not self._tables:
            return None
        stack = self._stack
        table = stack[-1]
        if not isinstance(table, Rows):
            # Behind the innermost table there are only its open cell and what is open in that.
            index = self._tables[-1]
            table = stack[index]
            assert isinstance(table, Rows)
            del stack[index + 1 :]
            self._region = self._holders[-1]
        return table

    def _end_row(self, tag: str = "") -> Rows | None:
        table = self._close_cell()
        if table is not None:
            table.row = None
        return table

    def _end_table(self, tag: str) -> None:
        self._flush()
        if self._tables:
            self._pop_to(self._tables[-1])

    # What is not shown as text.

    def _start_skipped(self, tag: str, node: Tag, at: int) -> None:
        self._scripts += tag == "script"
        if self._source.find(f"</{tag}", at) >= 0 or self._source.find(f"</{tag.upper()}", at) >= 0:
            self._skipping = tag

    def _start_link(self, tag: str, node: Tag, at: int) -> None:
        self._end_link()
        self._href = node.attr("href")

    def _end_link(self, tag: str = "") -> None:
        if self._href is not None:
            self._links.append((self._href, "".join(self._linked).strip()))
            self._href = None
        self._linked = []

    def _start_title(self, tag: str, node: Tag, at: int) -> None:
        self._title = []

    def _end_title(self, tag: str) -> None:
        if self._title and self._page_title is None:
            self._page_title = prose(self._title)
        self._title = None

    def _start_meta(self, tag: str, node: Tag, at: int) -> None:
        name = node.attr("name") or node.attr("property")
        if name and (content := node.attr("content")):
            self._meta.setdefault(name.strip().lower(), content.strip())

    def _after_tag(self, at: int) -> int:
        end = self._source.find(">", at)
        return len(self._source) if end < 0 else end + 1

    # What takes each tag. Functions, not methods of a builder: what holds itself stays until cycles are looked for.

    _STARTS: ClassVar[dict[str, Callable[[Builder, str, Tag, int], None]]] = {
        **dict.fromkeys(REGIONS, _start_region),
        **dict.fromkeys(PARTING, _start_parting),
        **dict.fromkeys(HEADINGS, _start_heading),
        **dict.fromkeys(SKIPPED, _start_skipped),
        **dict.fromkeys(CELLS, _start_cell),
        **dict.fromkeys(GROUPS, _start_group),
        "tr": _start_row,
        "table": _start_table,
        "br": _start_break,
        "a": _start_link,
        "title": _start_title,
        "meta": _start_meta,
    }
    _ENDS: ClassVar[dict[str, Callable[[Builder, str], object]]] = {
        **dict.fromkeys(REGIONS, _end_region),
        **dict.fromkeys(PARTING, _end_parting),
        **dict.fromkeys(HEADINGS, _end_heading),
        **dict.fromkeys(CELLS, _close_cell),
        **dict.fromkeys(GROUPS, _end_row),
        "tr": _end_row,
        "table": _end_table,
        "a": _end_link,
        "title": _end_title,
    }


def _is_hidden(node: Tag) -> bool:
    if node.attr("hidden") is not None:
        return True
    style = node.attr("style")
    return style is not None and "none" in style.lower() and "display:none" in style.replace(" ", "").lower()


@lru_cache(maxsize=256)
def _count(value: str) -> int:
    """A span as browsers read it: 1 where it makes no sense, 0 as it is."""
    digits = (value or "1").strip()[:6]
    number = int(digits) if digits.isdecimal() and digits.isascii() else 1
    return min(number, 1000)
