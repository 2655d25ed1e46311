"""The blank report as a web page; its tables serve in Markdown as well, which has no merged cells of its own."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from reportlint.blank import Blank, Heading
from reportlint.blank.layout import Square, laid_out
from reportlint.form import TableForm

_STYLE = """
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.8; font-family: FangSong, serif; }
h1 { text-align: center; }
h1, h2, h3 { font-family: SimHei, sans-serif; }
p { text-indent: 2em; margin: 0.3rem 0; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
td, th { border: 1px solid; padding: 0.2rem 0.4rem; text-align: center; font-weight: normal; }
"""


def write(report: Blank) -> bytes:
    """The page in UTF-8."""
    return "\n".join(_lines(report)).encode()


def table(form: TableForm) -> Iterator[str]:
    """A table, a row a line."""
    yield "<table>"
    for row in laid_out(form).rows():
        yield f"<tr>{''.join(map(_cell, row))}</tr>"
    yield "</table>"


def _lines(report: Blank) -> Iterator[str]:
    title = escape(report.title)
    yield "<!DOCTYPE html>"
    yield '<html lang="zh-CN">'
    yield f'<head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>'
    yield "<body>"
    yield f"<h1>{title}</h1>"
    for block in report.blocks:
        if isinstance(block, Heading):
            yield f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
        elif isinstance(block, str):
            yield f"<p>{escape(block, quote=False)}</p>"
        else:
            yield from table(block)
    yield "</body>"
    yield "</html>"
    yield ""


def _cell(square: Square) -> str:
    tag = "td" if square.role == "value" else "th"
    spans = f' rowspan="{square.rows}"' if square.rows > 1 else ""
    spans += f' colspan="{square.columns}"' if square.columns > 1 else ""
    return f"<{tag}{spans}>{escape(square.text, quote=False)}</{tag}>"
