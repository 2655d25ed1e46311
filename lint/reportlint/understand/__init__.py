"""A document and the forms it may follow to a report: `understand(document, forms, …)`.

`headings` finds the parts, `grids` the tables with real cells and `loose` those written as text (their lines being cut
into `fields`), `identity` title, agency and date, `years` the year, `reflow` the paragraphs of wrapped text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import NamedTuple, cast

from reportlint.document import Block, Document, Paragraph, Prose, Span, Table
from reportlint.errors import Unreadable, words
from reportlint.form import Form, form_for
from reportlint.report import AgencyKind, Grid, Level, Member, Report, Section
from reportlint.text import Folded, fold_label
from reportlint.understand.fields import Written, stream_of
from reportlint.understand.grids import Reading, readings
from reportlint.understand.headings import Candidate, candidates, choose, titles_of
from reportlint.understand.identity import agency_of, opening
from reportlint.understand.labels import Option, fit, foreign_headers, keys_of, likely, options_of
from reportlint.understand.look import look_of
from reportlint.understand.loose import read_loose
from reportlint.understand.reflow import reflow, wrapped_at
from reportlint.understand.years import decide, witnesses
from reportlint.vocabulary import Vocabulary

Numbered = Sequence[tuple[int, Paragraph]]


class Known(NamedTuple):
    """What the configuration knows of a report; it comes before what the report says."""

    year: int | None = None
    agency: str | None = None
    kind: AgencyKind | None = None
    level: Level | None = None

    def over(self, member: Member | None) -> Known:
        """This, and what the roster says besides."""
        if member is None:
            return self
        return Known(self.year, self.agency or member.agency, self.kind or member.kind, self.level or member.level)


def understand(
    document: Document, forms: tuple[Form, ...], vocabulary: Vocabulary, known: Known | None = None
) -> Report:
    """The report that a document is. Raises Unreadable (RL006) where it is none."""
    known = known or Known()
    paragraphs = _numbered(document.blocks)
    tables = tuple(document.tables()) if len(paragraphs) < len(document.blocks) else ()
    heads, again = choose(candidates(paragraphs, titles_of(forms)))
    grids, taken = _grids(document, tables, heads, forms)
    limit = wrapped_at([p.prose for i, p in paragraphs if i not in taken]) if document.kind in ("txt", "md") else None
    starts = sorted([*heads, *again], key=lambda item: item.index)
    residue: list[Folded] = []
    parts: dict[int, Section] = {}
    for number, head in enumerate(starts):
        following = starts[number + 1] if number + 1 < len(starts) else None
        parts[head.index] = _section(document, head, following, paragraphs, taken, limit, vocabulary, residue)
    first = starts[0].index if starts else len(document.blocks)
    before = [p for i, p in paragraphs if i < first and i not in taken and p.text.strip()]
    lines = [Folded(p.prose) for p in before]
    opened = opening(lines[: 40 if starts else 12], document, vocabulary)
    if not starts and not grids and opened.title is None:
        raise Unreadable(
            "RL006",
            words(
                "没有找到年度报告的标题、六个部分或表格，不像是年度报告",
                "no title, parts or tables of an annual report found",
            ),
        )
    rest = [line for i, line in enumerate(lines) if i not in opened.used]
    preface = [line for line in rest if not vocabulary.residue_pattern.fullmatch(line.text)]
    residue = [*(line for line in rest if vocabulary.residue_pattern.fullmatch(line.text)), *residue]
    if limit is not None:
        preface = [Folded(prose) for prose in reflow([line.prose for line in preface], limit)]
    sections = tuple(parts[head.index] for head in heads)
    said = witnesses(document, opened.title, opened.published, preface, sections, vocabulary)
    year = known.year if known.year is not None else decide(said)
    agency = known.agency or agency_of(opened.title, document, preface, vocabulary)
    due = None if year is None else form_for(forms, year)
    return Report(
        document=document,
        forms=forms,
        year=year,
        witnesses=said,
        form=due,
        title=opened.title,
        titles=opened.titles,
        agency=agency,
        kind=known.kind or (vocabulary.kind_of(agency) if agency else None),
        level=known.level or (vocabulary.level_of(agency) if agency else None),
        published=opened.published,
        preface=tuple(preface),
        sections=sections,
        repeated=tuple(parts[head.index] for head in again),
        grids=_as_due(grids, due),
        residue=tuple(residue),
    )


def _numbered(blocks: Sequence[Block]) -> Numbered:
    """The paragraphs with the numbers of their blocks."""
    if set(map(type, blocks)) == {Paragraph}:
        # A text has nothing else, hundreds of them.
        return list(enumerate(cast("Sequence[Paragraph]", blocks)))
    return [(index, block) for index, block in enumerate(blocks) if isinstance(block, Paragraph)]


def _section(
    document: Document,
    head: Candidate,
    following: Candidate | None,
    paragraphs: Numbered,
    taken: set[int],
    limit: int | None,
    vocabulary: Vocabulary,
    residue: list[Folded],
) -> Section:
    """The part under a heading: its prose, without tables and without the rest of the page."""
    end = following.index if following is not None else len(document.blocks)
    lines: list[Prose] = [head.rest] if head.rest is not None else []
    inside = _slice(paragraphs, head.last + 1, end)
    has_table = len(inside) < end - head.last - 1
    for index, paragraph in inside:
        if index in taken:
            has_table = True
        elif limit is not None or ((text := paragraph.prose.text) and not text.isspace()):
            lines.append(paragraph.prose)
    if limit is not None:
        lines = reflow(lines, limit)
    kept: list[Folded] = []
    for line in map(Folded, lines):
        if line.text:
            (residue if vocabulary.residue_pattern.fullmatch(line.text) else kept).append(line)
    stop = document.blocks[end].span.start if following is not None else len(document.text)
    return Section(head.form, head.heading, tuple(kept), Span(head.heading.span.start, stop), has_table)


def _slice(paragraphs: Numbered, start: int, end: int) -> Numbered:
    """The paragraphs whose block numbers lie between two."""
    return paragraphs[bisect_left(paragraphs, (start,)) : bisect_left(paragraphs, (end,))]


def _grids(
    document: Document, tables: Sequence[Table], heads: Sequence[Candidate], forms: tuple[Form, ...]
) -> tuple[dict[str, Grid], set[int]]:
    """The statutory tables by key, and the paragraphs (by index) that tables written as text take up."""
    read: Mapping[str, Reading] = readings(forms, tuple(map(look_of, tables))) if tables else {}
    cells = [cell for table in tables for cell in table.cells]
    grids: dict[str, Grid] = {}
    taken: set[int] = set()
    for key in keys_of(forms):
        best = read[key].grid(cells) if key in read else None
        if best is not None:
            grids[key] = best
            if len(best.cells) == len(best.table.cells):
                continue
        options = options_of(key, forms)
        for region in _regions(document, bool(tables), options, heads, taken):
            written = _read_text(region, options)
            if written is not None and (best is None or len(written[0].cells) > len(best.cells)):
                grids[key] = written[0]
                taken.update(written[1])
                break
    if tables:
        taken = {index for index in taken if isinstance(document.blocks[index], Paragraph)}
    return _same_form(grids), taken


class Region(NamedTuple):
    """Lines of text and rows of tables in reading order, and the number of the block that each stands in."""

    lines: Sequence[Written]
    blocks: Sequence[int]


def _read_text(region: Region, options: tuple[Option, ...]) -> tuple[Grid, Sequence[int]] | None:
    """The table in some lines, by the form that explains most of it, and the blocks it takes up."""
    stream = stream_of(region.lines)
    read = [
        result
        for form, table in likely(stream.texts, options)
        if (result := read_loose(region.lines, stream, form, table, foreign_headers(table, options))) is not None
    ]
    if not read:
        return None
    grid, used = max(read, key=lambda result: _fit(result[0])) if len(read) > 1 else read[0]
    return grid, region.blocks[used.start : used.stop]


def _fit(grid: Grid) -> tuple[int, int]:
    rows = {key: fold_label(label.text) for key, label in grid.rows.items()}
    return fit(grid.form, grid.table, grid.headers, rows, len(grid.strays))


def _same_form(grids: Mapping[str, Grid]) -> dict[str, Grid]:
    """The tables; one that is the same in every form is taken to be of the form that the others follow."""
    if not grids:
        return {}
    telling = [grid for key, grid in grids.items() if key != "disputes"]
    if not telling or "disputes" not in grids:
        return dict(grids)
    form = min((grid.form for grid in telling), key=lambda form: form.first_year)
    disputes = grids["disputes"]
    if disputes.form is form or len({grid.form.name for grid in telling}) > 1:
        return dict(grids)
    return {**grids, "disputes": replace(disputes, form=form, table=form.tables["disputes"])}


def _as_due(grids: dict[str, Grid], due: Form | None) -> dict[str, Grid]:
    """The tables; where none of them differs from the form that is due, they are of that form and of no later one."""
    if due is None or any(
        key not in due.tables or due.tables[key].blocks != g.table.blocks for key, g in grids.items()
    ):
        return grids
    return {
        key: grid if grid.form is due else replace(grid, form=due, table=due.tables[key]) for key, grid in grids.items()
    }


def _regions(
    document: Document,
    has_tables: bool,
    options: tuple[Option, ...],
    heads: Sequence[Candidate],
    taken: Set[int],
) -> Iterator[Region]:
    """Where a table written as text may stand: in its own part, else anywhere."""
    section = options[0][1].section
    for number, head in enumerate(heads):
        if head.form is not None and head.form.key == section:
            end = heads[number + 1].index if number + 1 < len(heads) else len(document.blocks)
            yield _written(document, has_tables, head.last + 1, end, frozenset())
    yield _written(document, has_tables, 0, len(document.blocks), taken)


def _written(document: Document, has_tables: bool, start: int, end: int, taken: Set[int]) -> Region:
    lines: list[Written] = []
    if not has_tables:
        numbers = [index for index in range(start, end) if index not in taken] if taken else range(start, end)
        lines += [block.prose for index in numbers if isinstance(block := document.blocks[index], Paragraph)]
        return Region(lines, numbers)
    blocks: list[int] = []
    for index, block in enumerate(document.blocks[start:end], start):
        if isinstance(block, Table):
            for row in range(block.height):
                cells = sorted((cell for cell in block.cells if cell.row == row), key=lambda cell: cell.column)
                if cells:
                    lines.append(tuple(cell.prose for cell in cells))
                    blocks.append(index)
        elif index not in taken:
            lines.append(block.prose)
            blocks.append(index)
    return Region(lines, blocks)
