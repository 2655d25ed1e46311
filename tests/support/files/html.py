"""A report as a web page, bare or as a content management system puts it among menus and scripts."""

from __future__ import annotations

from html import escape

from support.draft import Draft
from support.files import items
from support.grid import Grid

_MENU = "".join(f'<li><a href="/zwgk/{n}/">栏目{n}</a></li>' for n in range(40))
_FOOT = "<div class='f'><p>主办单位：某县人民政府办公室　网站标识码：0000000000</p><p>某ICP备00000000号</p></div>"


def write(draft: Draft, *, framed: bool = False) -> bytes:
    """The page; `framed` puts the article into a layout table between a menu and a footer."""
    body = "\n".join(_table(item) if isinstance(item, Grid) else _text(item.role, item.text) for item in items(draft))
    if framed:
        body = (
            f"<script>var t = '<table><tr><td>1</td></tr></table>';</script><div class=m><ul>{_MENU}</ul></div>"
            f"<table width=980><tr><td class=side><ul>{_MENU}</ul></td><td><div>"
            f"<div>{body}</div></div></td></tr></table>"
            f"{_FOOT}"
        )
    title = escape(draft.title[0]) if draft.title else ""
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}_某县人民政府</title></head>\n'
        f"<body>\n{body}\n</body></html>\n"
    ).encode()


def _text(role: str, text: str) -> str:
    tag = {"title": "h1", "heading": "h2"}.get(role, "p")
    return f"<{tag}>{escape(text)}</{tag}>"


def _table(grid: Grid) -> str:
    rows: list[str] = []
    for index in range(grid.height):
        cells = ""
        for cell in grid.row(index):
            spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
                f' colspan="{cell.columns}"' if cell.columns > 1 else ""
            )
            cells += f"<td{spans}>{escape(cell.text)}</td>"
        rows.append(f"<tr>{cells}</tr>")
    return "<table border=1>\n" + "\n".join(rows) + "\n</table>"
