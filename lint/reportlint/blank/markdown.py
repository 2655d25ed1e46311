"""The blank report in Markdown, its tables as HTML: they have cells that reach over several rows and columns."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.blank import Blank, Heading
from reportlint.blank.html import table


def write(report: Blank) -> bytes:
    """The text in UTF-8."""
    return "\n".join(_lines(report)).encode()


def _lines(report: Blank) -> Iterator[str]:
    yield f"# {report.title}"
    for block in report.blocks:
        yield ""
        if isinstance(block, Heading):
            yield f"{'#' * (block.level + 1)} {block.text}"
        elif isinstance(block, str):
            yield block
        else:
            yield from table(block)
    yield ""
