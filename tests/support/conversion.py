"""A report that was read, made into a draft again: every line as it stands, every table as the form lays it out."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from reportlint.document import Span
from reportlint.readers.office import office_program
from reportlint.report import Grid, Report
from support.draft import Draft, Part, Table


class _Line(NamedTuple):
    """A line of the file that is not empty, and where it stands."""

    text: str
    start: int


def draft_of(report: Report) -> Draft:
    """The draft that prints what the report says: its lines, and the labels and cells of its tables as they are."""
    lines = [line for line in _lines(report) if not any(_within(line, grid.span) for grid in report.grids.values())]
    sections = sorted((*report.sections, *report.repeated), key=lambda section: section.span.start)
    starts = [section.heading.span.start for section in sections]
    first = starts[0] if starts else len(report.document.text)
    opening = [line for line in lines if _end(line) <= first]
    titles = [span for line in report.titles for span in [line.span(0, len(line.text))]]
    if report.title is not None and not report.title.from_metadata:
        titles.append(report.title.span)
    title = tuple(line.text for line in opening if any(_touches(line, span) for span in titles))
    parts: list[Part] = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(report.document.text) + 1], strict=True), 1):
        own = [line for line in lines if start < _end(line) <= end or line.start <= start < _end(line)]
        grids = [grid for grid in report.grids.values() if start <= grid.span.start < end]
        at = grids[0].span.start if grids else end
        parts.append(
            Part(
                number=number,
                heading=own[0].text,
                before=tuple(line.text for line in own[1:] if line.start < at),
                table=_table(grids[0]) if grids else None,
                after=tuple(line.text for line in own[1:] if line.start >= at),
            )
        )
    return Draft(
        year=report.year or 0,
        kind="",
        agency=report.agency or "",
        title=title,
        published=None,
        preface=tuple(line.text for line in opening if line.text not in title),
        parts=tuple(parts),
    )


def _lines(report: Report) -> Iterator[_Line]:
    at = 0
    for text in report.document.text.split("\n"):
        if text.strip():
            yield _Line(text.strip(), at + len(text) - len(text.lstrip()))
        at += len(text) + 1


def _end(line: _Line) -> int:
    return line.start + len(line.text)


def _within(line: _Line, span: Span) -> bool:
    return span.start <= line.start < span.end


def _touches(line: _Line, span: Span) -> bool:
    return line.start < span.end and span.start < _end(line)


def _table(grid: Grid) -> Table:
    """The table with the cells, row labels and headers of the report; a label that is missing is left empty."""
    form = grid.table
    seen: Counter[str] = Counter()
    headers: dict[str, str] = {}
    for header in grid.headers:
        seen[header.expected] += 1
        found = header.found.text if header.found is not None else ""
        headers[f"{header.expected}#{seen[header.expected]}"] = "".join(found.split())
    corners = [block.corner for block in form.blocks if block.corner]
    if form.key == "requests":
        headers |= dict.fromkeys(corners, grid.corner.text if grid.corner is not None else "")
    return Table(
        form=grid.form.name,
        key=form.key,
        cells={key: grid.cells[key].text if key in grid.cells else "" for key in form.cells},
        rows={key: label.text for key, label in grid.rows.items() if label.text},
        headers=headers,
        dropped=frozenset(form.rows.keys() - grid.rows.keys()),
    )


def by_office(name: str, data: bytes, kinds: Sequence[str]) -> dict[str, bytes]:
    """The file converted by LibreOffice, by the kind asked for."""
    program = office_program()
    assert program is not None
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder) / name
        source.write_bytes(data)
        for kind in kinds:
            command = [program, f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless"]
            command += ["--convert-to", kind, "--outdir", folder, str(source)]
            subprocess.run(command, check=True, capture_output=True, timeout=180)
        return {kind: source.with_suffix(f".{kind}").read_bytes() for kind in kinds}
