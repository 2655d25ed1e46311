"""The three statutory tables: the rules that look at labels and cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reportlint.document import Prose, Span
from reportlint.form import Equation, Line
from reportlint.kinds.equation import holds
from reportlint.report import Amount, Grid, Header, Label, Report, Section
from reportlint.rule import Edit, Fix, Problem, Related, Rule, rule
from reportlint.text import fold, fold_label, lazily, numeral, plain

MANY = 20
"""From how many cells of one table on a remark is made once instead of cell by cell."""

FEW = 3
"""Up to how many rows without any figure each is remarked on."""


@rule("T001")
def table_missing(report: Report) -> Iterator[Problem]:
    """Parts of the form that are there without their table."""
    if report.form is None:
        return
    for key, table in report.form.tables.items():
        section = report.section(table.section)
        if section is not None and key not in report.grids and section.form is not None:
            heading = f"{numeral(section.form.number)}、{section.form.title}"
            yield Problem(section.heading, {"heading": heading, "table": table.name})


@rule("T002")
def obsolete_template(report: Report) -> Iterator[Problem]:
    """Tables of another form than that of the year; 表四 is the same in all."""
    if report.form is None:
        return
    for key, grid in report.grids.items():
        due = report.form.tables.get(key)
        if grid.form.name == report.form.name or due is None or _same(grid, due.cells):
            continue
        if grid.unreadable is not None:
            # Which form its labels are of is as unsure as its cells.
            continue
        values = {
            "table": grid.table.name,
            "old": grid.form.title,
            "expected": report.form.title,
            "year": report.year,
        }
        lenient = report.year in report.form.lenient_years
        yield Problem(grid, values, "lenient" if lenient else "")


def _same(grid: Grid, cells: object) -> bool:
    return grid.table.cells == cells


@rule("T003")
@rule("T004")
@rule("T005")
def header_altered(report: Report, rule: Rule) -> Iterator[Problem]:
    """Header labels in other words, missing, or cut off; what is cut off is said once a table."""
    grid = report.grids[rule.options["table"]]
    cut: list[Header] = []
    for header in grid.headers:
        if header.state == "exact" or (_unit(grid, header) and header.found is not None):
            continue
        if header.state == "truncated":
            cut.append(header)
        elif header.found is None:
            yield Problem(_missing_at(grid, header), {"expected": header.expected}, "missing")
        elif header.state == "foreign":
            # The figures below it may be those that the other form asks for: no edit makes them right.
            yield Problem(header.found, {"actual": header.found.text, "expected": header.expected}, "foreign")
        else:
            yield Problem(
                header.found,
                {"actual": header.found.text, "expected": header.expected},
                fix=Fix((Edit(header.found.span, header.expected),)),
            )
    shown = next((header for header in cut if header.found is not None), None)
    if shown is not None and shown.found is not None:
        values = {"count": len(cut), "actual": shown.found.text, "expected": shown.expected}
        others = tuple(Related(header.found) for header in cut if header.found is not None and header is not shown)
        yield Problem(shown.found, values, "truncated", related=others)


def _missing_at(grid: Grid, header: Header) -> Grid | Label:
    """Where a missing header should stand: on the header before it, else on the table."""
    before = None
    for other in grid.headers:
        if other is header:
            break
        before = other.found or before
    return before or grid


def _unit(grid: Grid, header: Header) -> bool:
    """Whether the label names a unit that the form demands and another rule checks."""
    return any(line.unit and line.label == header.expected for line in _columns(grid))


def _columns(grid: Grid) -> Iterator[Line]:
    for block in grid.table.blocks:
        yield from block.columns


@rule("T014")
def fee_unit(report: Report) -> Iterator[Problem]:
    """The header over the fees names another unit than 万元, or none."""
    grid = report.grids["disclosure"]
    units = {line.label: line.unit for line in _columns(grid) if line.unit}
    for header in grid.headers:
        unit = units.get(header.expected)
        if unit and header.found is not None and unit not in fold_label(header.found.text):
            yield Problem(
                header.found,
                {"actual": header.found.text},
                fix=Fix((Edit(header.found.span, header.expected),)),
            )


def _readable(report: Report) -> Iterator[Grid]:
    return (grid for grid in report.grids.values() if grid.unreadable is None)


@rule("T006")
def row_missing(report: Report) -> Iterator[Problem]:
    """Rows of the form that no label announces, at the row before."""
    for grid in _readable(report):
        before = None
        for key, (_, line) in grid.table.rows.items():
            found = grid.rows.get(key)
            if found is None:
                values = {"table": grid.table.name, "label": line.label}
                yield Problem(before or grid, values, "" if line.label else "unlabelled")
            elif found.text:
                before = found


@rule("T007")
def row_extra(report: Report) -> Iterator[Problem]:
    """Rows with figures that the form does not have, and rows that stand there twice."""
    for grid in _readable(report):
        for label in grid.strays:
            yield Problem(label, {"table": grid.table.name, "label": label.text})
        for label in grid.repeated.values():
            if label.text:
                yield Problem(label, {"table": grid.table.name, "label": label.text}, "repeated")


@rule("T008")
def row_order(report: Report) -> Iterator[Problem]:
    """The first row that stands after a later one."""
    for grid in _readable(report):
        if grid.stitched:
            continue
        order = list(grid.table.rows)
        highest = -1
        for key, label in sorted(grid.rows.items(), key=lambda item: item[1].span.start):
            index = order.index(key)
            if index < highest and label.text:
                yield Problem(label, {"table": grid.table.name, "label": label.text})
                break
            highest = max(highest, index)


@rule("T009")
def row_label_altered(report: Report) -> Iterator[Problem]:
    """Row labels in other words; spaces, widths and quotes do not count."""
    for grid in _readable(report):
        for key, label in grid.rows.items():
            _, line = grid.table.rows[key]
            if label.text and fold_label(label.text) not in line.folded_accepted:
                yield Problem(
                    label,
                    {"table": grid.table.name, "actual": label.text, "expected": line.label},
                    fix=Fix((Edit(label.span, line.label),)),
                )


@rule("T010")
def cell_count(report: Report) -> Iterator[Problem]:
    """Rows with another number of cells than the form has, where it is unknown which is which."""
    for grid in _readable(report):
        if _holds_nothing(grid):
            continue
        name = grid.table.name
        empty = [grid.rows[key] for key, cells in grid.unplaced.items() if not cells]
        many = len(empty) > FEW
        if many:
            # Left blank, or lost on the way to text: the text does not tell.
            values = {"table": name, "count": len(empty), "label": empty[0].text}
            yield Problem(empty[0], values, "rows", related=tuple(map(Related, empty[1:])))
        for key, cells in grid.unplaced.items():
            if many and not cells:
                continue
            block, line = grid.table.rows[key]
            wanted = len(block.columns)
            values = {"table": name, "label": line.label or "数据", "expected": wanted, "actual": len(cells)}
            yield Problem(grid.rows[key], values, "gaps" if len(cells) == wanted else "")


def _holds_nothing(grid: Grid) -> bool:
    """Whether no row of a table holds anything, where blank cells have left no trace."""
    return not grid.cells and bool(grid.unplaced) and not any(grid.unplaced.values())


@rule("T011")
def empty_cell(report: Report) -> Iterator[Problem]:
    """Blank cells: each, or once where the table leaves many blank or is blank throughout."""
    for grid in _readable(report):
        blank = grid.blanks
        name = grid.table.name
        if not blank and not _holds_nothing(grid):
            continue
        lenient = report.year in grid.form.lenient_years
        if len(blank) == len(grid.cells):
            yield Problem(grid, {"table": name}, "all")
        elif len(blank) > MANY or lenient:
            zeros = _zeros(grid)
            edits = tuple([zeros[key] for key in blank if key in zeros])
            fix = Fix(edits, safe=False) if edits else None
            values = {"table": name, "count": len(blank)}
            where = grid.cells[blank[0]]
            yield Problem(where, values, "many", severity="info" if lenient else None, fix=fix)
        else:
            zeros = _zeros(grid)
            for key in blank:
                values = {"table": name, "label": grid.table.words_of(key)}
                yield Problem(grid.cells[key], values, fix=_filling(zeros.get(key)))


@rule("T012")
def non_numeric_cell(report: Report) -> Iterator[Problem]:
    """Cells with a stroke, a word or a unit instead of a bare number."""
    for grid in _readable(report):
        name = grid.table.name
        wrong = [amount for amount in grid.unusual if amount.state in ("placeholder", "unreadable")]
        if len(wrong) > MANY:
            yield Problem(wrong[0], {"table": name, "count": len(wrong), "value": wrong[0].text}, "many")
        else:
            zeros = _zeros(grid) if wrong else dict[str, Edit]()
            for amount in wrong:
                yield Problem(amount, _values(grid, amount), fix=_filling(zeros.get(amount.key)))
        for amount in grid.unusual:
            if amount.state == "value" and amount.value is not None and amount.unit:
                # Of money the unit is a matter of its own: 251000元 is not 251000万元.
                bare = None if amount.unit.endswith("元") else Fix((Edit(amount.span, plain(amount.value)),))
                yield Problem(amount, _values(grid, amount), "unit", fix=bare)


def _filling(zero: Edit | None) -> Fix | None:
    """Unsafe, since only the author can know."""
    return None if zero is None else Fix((zero,), safe=False)


def _zeros(grid: Grid) -> Mapping[str, Edit]:
    """For the cells that may be meant as 0 the edit that says so, where with that every sum of the table holds.

    A number is never made up, and an unreadable cell is none.
    """
    if len(grid.cells) < len(grid.table.cells) or any(amount.state == "unreadable" for amount in grid.unusual):
        return {}
    numbers = grid.numbers
    empty = [key for key in grid.cells.texts if key not in numbers]
    if not empty or not holds(grid, {**dict.fromkeys(empty, 0), **numbers}):
        return {}
    return {key: Edit(grid.cells[key].span, "0") for key in empty}


def _values(grid: Grid, amount: Amount) -> dict[str, object]:
    return {"table": grid.table.name, "label": grid.table.words_of(amount.key), "value": amount.text}


@rule("T013")
def invalid_number(report: Report) -> Iterator[Problem]:
    """Negative numbers where none may be, and fractions of things that are counted."""
    for grid in _readable(report):
        for amount in grid.unusual:
            if amount.value is None:
                continue
            _, column = grid.table.cells[amount.key]
            if amount.value < 0 and not column.signed:
                yield Problem(amount, _values(grid, amount), "negative" if column.decimal else "")
            elif isinstance(amount.value, Decimal) and not column.decimal:
                yield Problem(amount, _values(grid, amount))


@rule("T015")
def corner_note(report: Report) -> Iterator[Problem]:
    """The note on what must add up, in the corner of 表三."""
    grid = report.grids["requests"]
    if grid.corner is None and any(block.corner for block in grid.table.blocks):
        yield Problem(grid)


_ODD = lazily(r"^[+-]?0\d|[０-９]|\d\s+\d|^\d{1,3},\d{1,2}$|^\d{4,},\d")


@rule("T016")
def number_format(report: Report) -> Iterator[Problem]:
    """Numbers that read as numbers but are oddly written."""
    for grid in _readable(report):
        for amount in grid.unusual:
            if amount.value is not None and _ODD.search(amount.text):
                fix = None if amount.unit else Fix((Edit(amount.span, plain(amount.value)),))
                yield Problem(amount, _values(grid, amount), fix=fix)


@rule("T017")
def article_label(report: Report, rule: Rule) -> Iterator[Problem]:
    """The items of article 20 over the blocks of 表二, each against the block that begins below it."""
    grid, section = report.grids["disclosure"], report.section("disclosure")
    if section is None or grid.unreadable is not None:
        return
    printed = [fold_label(caption.text) for caption in grid.captions]
    if printed == [fold_label(block.caption) for block in grid.table.blocks if block.caption]:
        return
    begins = sorted(
        (min(label.span.start for label in labels), block)
        for block in grid.table.blocks
        if (labels := [grid.rows[row.key] for row in block.rows if row.key in grid.rows and grid.rows[row.key].text])
    )
    pattern = rule.pattern("caption")
    captions = [found for prose in _alone(report, section) if (found := _caption(prose, pattern)) is not None]
    for (where, item, text), following in zip(captions, [*captions[1:], None], strict=False):
        end = following[0].start if following is not None else section.span.end
        block = next((block for start, block in begins if where.end <= start < end), None)
        wanted = pattern.fullmatch(fold(block.caption)) if block is not None and block.caption else None
        if block is not None and block.caption and wanted is not None and wanted["item"] != item:
            values = {"actual": text, "expected": block.caption}
            yield Problem(where, values, fix=Fix((Edit(where, block.caption),)))


def _alone(report: Report, section: Section) -> Iterator[Prose]:
    """The cells and lines of a part, bars between cells taken for cells of their own."""
    document = report.document
    for found in _ARTICLE.finditer(document.text, *section.span):
        if document.kind in ("txt", "md"):
            line = document.line(document.position(found.start()).line)
            text = document.text[line.start : line.end]
            field = next(each for each in _FIELD.finditer(text) if each.end() > found.start() - line.start)
            yield Prose(field[0], line.start + field.start())
        elif (block := document.block_at(found.start())) is not None:
            yield block.prose


_ARTICLE = lazily(r"第\s*二\s*十\s*条")
_FIELD = lazily(r"[^|\t\n]+")


def _caption(prose: Prose, pattern: re.Pattern[str]) -> tuple[Span, str, str] | None:
    """Where a cell that is nothing but an item of article 20 stands, which item it is, and its words."""
    found = pattern.fullmatch(fold(prose.text)) if len(prose.text) < 40 else None
    return None if found is None else (prose.ink(), found["item"], prose.text.strip())


@rule("T018")
def split_number(report: Report) -> Iterator[Problem]:
    """Rows of 表三 with one cell too many, where joining just one pair of neighbours makes the row add up."""
    grid = report.grids["requests"]
    equation = grid.table.equations.get("row-total")
    if equation is None:
        return
    for row, cells in grid.unplaced.items():
        block, _ = grid.table.rows[row]
        keys = [column.key for column in block.columns]
        if len(cells) != len(keys) + 1 or not all(cell.text.isascii() and cell.text.isdigit() for cell in cells):
            continue
        joined = [at for at in range(len(keys)) if cells[at].text != "0" and _adds_up(cells, at, keys, equation)]
        if len(joined) == 1:
            left, right = cells[joined[0]], cells[joined[0] + 1]
            values = {"left": left.text, "right": right.text, "merged": left.text + right.text}
            yield Problem(Span(left.span.start, right.span.end), values, related=(Related(right),))


def _adds_up(cells: Sequence[Label], at: int, keys: Sequence[str], equation: Equation) -> bool:
    """Whether the sum of a row holds once a cell is joined with the next."""
    texts = [cell.text for cell in cells]
    texts[at : at + 2] = [texts[at] + texts[at + 1]]
    figures = dict(zip(keys, map(int, texts), strict=True))
    return sum(figures[key] for key in equation.left) == sum(figures[key] for key in equation.right)
