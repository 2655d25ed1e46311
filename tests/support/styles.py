"""The ways in which tables are found written as text: one function per style, from a grid to lines of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from support.grid import Grid, GridCell, Place
from support.page import Page, Piece

HALF_WIDTH = str.maketrans("（）：，", "():,")
BRACKETS = str.maketrans("（）", "()")
BROKEN_WORDS = frozenset({"商业企业", "科研机构"})
OUTCOMES = frozenset({"结果维持", "结果纠正", "其他结果", "尚未审结"})
OUTDENTED_ROWS = frozenset({"other.3", "processed"})


@dataclass(frozen=True, slots=True)
class Style:
    """A way of writing a report: blank lines between paragraphs or none, and how a table is put down."""

    name: str
    spaced: bool
    table: Callable[[Page, Grid], None]
    top: int = 0
    """Empty lines at the beginning."""
    after_title: int = 0
    after_table: int = 0


def pipe_cells(page: Page, grid: Grid) -> None:
    """A cell a line with a bar after it; a line of bars for the rest of the row, none after the last row."""
    for index in range(grid.height):
        for piece in _barred(grid, index, lambda cell: _parted(cell, BROKEN_WORDS)):
            page.line(piece)


def pipe_rows(page: Page, grid: Grid) -> None:
    """A row a line, its cells between bars, with bars run together for the rest of the row."""
    for index in range(grid.height):
        page.joined(" ", _barred(grid, index, _folded))


def tab_cells(page: Page, grid: Grid) -> None:
    """A cell a line behind a tab, an empty line between rows, a lone tab for a cell that reaches in from above."""
    for index in range(grid.height):
        if index or grid.table == "disclosure":
            page.blank()
        for cell in grid.covering(index):
            if cell.row != index:
                page.line("\t")
            elif cell.text == "本年新公开数量":
                page.line("\t", Piece("本年新", cell.names))
                page.line("公开数量")
            else:
                page.line("\t", Piece(cell.text, cell.names))


def tab_rows(page: Page, grid: Grid) -> None:
    """A row a line, its cells between tabs, empty fields where a span leaves room."""
    page.gap()
    for index in range(grid.height):
        cells = grid.row(index)
        if grid.table == "disclosure" and index == grid.height - 1:
            page.blank()
            page.joined("\t", [_field(grid.table, cell) for cell in cells])
            page.line("\t".join(["---------", *["---"] * (len(cells) - 1)]))
            continue
        fields = [Piece("")] * grid.width
        for cell, at in _field_numbers(grid, index):
            fields[at] = _field(grid.table, cell)
        page.joined("\t", fields)
    page.gap()


def paragraphs(page: Page, grid: Grid) -> None:
    """A cell a paragraph with an empty line between; blank cells leave nothing; header words broken in two."""
    whole_once = True
    for index in range(grid.height):
        for cell in grid.row(index):
            if not cell.text:
                continue
            page.gap()
            if cell.text == "（五）不予处理":
                page.blank()
            text = cell.text if cell.role == "value" else cell.text.translate(HALF_WIDTH)
            halves = (Piece(text[:2], cell.names), Piece(text[2:]))
            if cell.own or cell.role != "header" or text not in BROKEN_WORDS | OUTCOMES:
                page.line(Piece(text, cell.names))
            elif text in OUTCOMES and whole_once:
                page.line(Piece(text, cell.names))
                whole_once = False
            else:
                page.line(halves[0])
                if text in BROKEN_WORDS or (text == "结果纠正" and cell.row == 1):
                    page.blank()
                page.line(halves[1])


def opened_cells(page: Page, grid: Grid) -> None:
    """A bar that opens each row, and below it a cell a line, indented, with its bar; the rest of the row behind it."""
    for index in range(grid.height):
        cells = grid.row(index)
        page.line("| ")
        for cell in cells:
            rest = "|" * (grid.width - len(cells)) if cell is cells[-1] else ""
            page.line(" ", Piece(_folded(cell), cell.names), f"  | {rest}")


def framed_rows(page: Page, grid: Grid) -> None:
    """A row a line between bars, as in Markdown but without the line under the header; the rest of the row in bars."""
    for index in range(grid.height):
        _framed(page, grid, index, "|", "|" * (grid.width - len(grid.row(index))))


def drawn_rows(page: Page, grid: Grid) -> None:
    """A row a line in a frame that is drawn, with a line between rows."""
    for index in range(grid.height):
        page.line("├", "┼".join(["─" * 4] * grid.width), "┤")
        _framed(page, grid, index, "│")
    page.line("└", "┴".join(["─" * 4] * grid.width), "┘")


def plus_rows(page: Page, grid: Grid) -> None:
    """A row a line between bars, with lines of dashes and signs between them."""
    for index in range(grid.height):
        page.line("+", "+".join(["-" * 4] * grid.width), "+")
        _framed(page, grid, index, "|")


def _framed(page: Page, grid: Grid, index: int, bar: str, rest: str = "") -> None:
    line: list[Piece | str] = [f"{bar} "]
    for cell in grid.row(index):
        line += [Piece(_folded(cell), cell.names), f" {bar} "]
    page.line(*line, rest)


def barred_rows(page: Page, grid: Grid) -> None:
    """A row a line with a bar behind each cell, nothing for the rest of the row; header words broken in two."""
    for index in range(grid.height):
        pieces = [Piece(_parted(cell, BROKEN_WORDS), cell.names) for cell in grid.row(index)]
        page.joined(" | ", [*pieces[:-1], Piece(f"{pieces[-1].text} |", pieces[-1].names)])


def single_bars(page: Page, grid: Grid) -> None:
    """A cell a line with its bar, a bar alone for a blank cell; a line of bars for the rest of the row."""
    for index in range(grid.height):
        cells = grid.row(index)
        for cell in cells:
            page.line(Piece(f"{_folded(cell)} |".lstrip(), cell.names))
        if index < grid.height - 1 and len(cells) < grid.width:
            page.line("|" * (grid.width - len(cells)))


def bars_between(page: Page, grid: Grid) -> None:
    """A cell a line, and a line with a bar after each: two bars for a blank cell."""
    for index in range(grid.height):
        _between(page, grid, index)


def bars_between_rows(page: Page, grid: Grid) -> None:
    """As `bars_between`, with a line of bars for the rest of the row."""
    for index in range(grid.height):
        _between(page, grid, index)
        page.line("|" * (grid.width - len(grid.row(index)) + 2))


def _between(page: Page, grid: Grid, index: int) -> None:
    for cell in grid.row(index):
        if cell.text:
            page.line(Piece(_folded(cell), cell.names))
        page.line("|")


def split_labels(page: Page, grid: Grid) -> None:
    """A cell a paragraph; numbers of labels and halves of header words are paragraphs of their own."""
    for index in range(grid.height):
        for cell in grid.row(index):
            text = _folded(cell)
            at = 3 if cell.role == "stub" and text.startswith("(三)") else 2 if text in BROKEN_WORDS else len(text)
            for part in (Piece(text[:at], cell.names), Piece(text[at:])):
                if part.text:
                    page.gap()
                    page.line(part)


def run_together(page: Page, grid: Grid) -> None:
    """A row a line with nothing at all between its cells: what belongs to which cell is lost."""
    for index in range(grid.height):
        page.joined("", [Piece(cell.text, cell.names) for cell in grid.row(index)])


def figures_last(page: Page, grid: Grid) -> None:
    """All labels, then all figures, a paragraph each: what belongs to which row is lost."""
    for cell in sorted(_said(grid), key=lambda cell: cell.role == "value"):
        page.gap()
        page.line(Piece(_folded(cell), cell.names))


def by_column(page: Page, grid: Grid) -> None:
    """The cells a paragraph each, column by column: what belongs to which row is lost."""
    for cell in sorted(_said(grid), key=lambda cell: (cell.column, cell.row)):
        page.gap()
        page.line(Piece(_folded(cell), cell.names))


def _said(grid: Grid) -> list[GridCell]:
    return [cell for index in range(grid.height) for cell in grid.row(index) if cell.text]


STYLES = {
    style.name: style
    for style in (
        Style("pipe-cells", spaced=False, table=pipe_cells),
        Style("tab-cells", spaced=False, table=tab_cells, after_title=1, after_table=3),
        Style("tab-rows", spaced=True, table=tab_rows, top=2),
        Style("pipe-rows", spaced=False, table=pipe_rows),
        Style("paragraphs", spaced=True, table=paragraphs),
        Style("opened-cells", spaced=False, table=opened_cells),
        Style("framed-rows", spaced=False, table=framed_rows),
        Style("drawn-rows", spaced=False, table=drawn_rows),
        Style("plus-rows", spaced=False, table=plus_rows),
        Style("barred-rows", spaced=False, table=barred_rows),
        Style("single-bars", spaced=False, table=single_bars),
        Style("bars-between", spaced=False, table=bars_between),
        Style("bars-between-rows", spaced=False, table=bars_between_rows),
        Style("split-labels", spaced=True, table=split_labels),
        Style("run-together", spaced=False, table=run_together),
        Style("figures-last", spaced=True, table=figures_last),
        Style("by-column", spaced=True, table=by_column),
    )
}
READABLE = ("pipe-cells", "tab-cells", "tab-rows", "pipe-rows", "paragraphs")
FURTHER = (
    *("opened-cells", "framed-rows", "drawn-rows", "plus-rows", "barred-rows", "single-bars"),
    *("bars-between", "bars-between-rows", "split-labels"),
)
"""Ways that are read as well; to plant every defect in them too would take too long."""
LOST = ("run-together", "figures-last", "by-column")
"""Ways that no longer tell which cell is which."""


def _folded(cell: GridCell) -> str:
    """A label in half width, a value as it is."""
    return cell.text if cell.role == "value" else cell.text.translate(HALF_WIDTH)


def _parted(cell: GridCell, words: frozenset[str]) -> str:
    """A label in half width, with a space in the middle of some words."""
    text = _folded(cell)
    return f"{text[:2]} {text[2:]}" if text in words else text


def _barred(grid: Grid, index: int, label: Callable[[GridCell], str]) -> Iterator[Piece]:
    """The cells of a row, each with its bar; neighbouring empty cells as one run of bars."""
    cells = grid.row(index)
    padding = 0 if index == grid.height - 1 else grid.width - len(cells)
    waiting: list[tuple[Place, ...]] = []
    for cell in cells:
        text = label(cell)
        if not text:
            waiting.append(cell.names)
            continue
        if waiting:
            yield _bars(waiting)
            waiting = []
        yield Piece(f"{text} |", cell.names)
    waiting += [()] * padding
    if waiting:
        yield _bars(waiting)


def _bars(empty: list[tuple[Place, ...]]) -> Piece:
    """A run of bars for empty cells; all of them are placed at its beginning."""
    return Piece("|" * len(empty), tuple(name for names in empty for name in names))


def _field_numbers(grid: Grid, index: int) -> Iterator[tuple[GridCell, int]]:
    """The cells of a row with the field that each is written in.

    表三 is ragged: its stub has two fields for most rows and three for the rows of a group, 总计 stands in the
    first header row, and two rows begin at the left edge as if nothing stood before them.
    """
    cells = grid.row(index)
    if grid.table != "requests":
        for cell in cells:
            yield cell, cell.column
        return
    stubs = [cell for cell in cells if cell.role == "stub"]
    deep = any(cell.column == 2 for cell in stubs)
    outdented = any(name[-1] in OUTDENTED_ROWS for cell in stubs for name in cell.names if name[0] == "row")
    if index < 3:
        total = [cell for cell in grid.cells if cell.role == "header" and ("header", grid.table, "total") in cell.names]
        cells = [cell for cell in cells if cell not in total] + (total if index == 0 else [])
    for cell in cells:
        if cell.role == "stub":
            yield cell, 0 if outdented else cell.column
        elif cell.role == "value":
            yield cell, cell.column if deep and not outdented else cell.column - 1
        else:
            yield cell, max(cell.column - 1, 0)


def _field(table: str, cell: GridCell) -> Piece:
    """The text of a cell with the spaces that this style puts into labels."""
    text = cell.text
    if cell.role == "corner" and table == "requests":
        text = text.translate(BRACKETS)
    elif cell.role == "stub":
        text = re.sub(r"^(\d\.|\(.\))(?=.)", r"\1 ", text.translate(BRACKETS)).replace("，", ", ")
        text = re.sub(r"(?<=[^ (])\((?=.{3})", " (", text)
    elif cell.role == "header" and text in OUTCOMES:
        text = f"{text[:2]} {text[2:]}"
    return Piece(text, cell.names)
