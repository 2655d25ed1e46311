"""New reports filled in: with the prose and the figures of the specimen, in the file itself."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Protocol

import docx

from reportlint.blank.layout import Layout, laid_out
from reportlint.engine import Linter
from reportlint.form import TableForm, form_for
from support.process import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

NATIONAL = ROOT / "rules" / "reportlint_rules" / "national"
LINTER = Linter()
HOLE = "待填写"


class Filling(Protocol):
    """Fills a new report of a year in."""

    def __call__(self, data: bytes, year: int, *, government: bool) -> bytes: ...


def toml(name: str) -> dict[str, Any]:
    """A file of the national pack."""
    return tomllib.loads((NATIONAL / name).read_text(encoding="utf-8"))


def prose_of(year: int, *, government: bool) -> Iterator[str]:
    """What is written for each paragraph with a hole, in their order."""
    known = toml("specimen.toml")
    scope = ["本报告汇总全县各乡镇人民政府和县政府各部门的数据。"] if government else []
    parts = (line for part in known["sections"].values() for line in part if not line.startswith("（"))
    for line in (known["preface"][2], *scope, *parts):
        yield line.format(year=year, next=year + 1)


def figures_of(year: int) -> Iterator[tuple[TableForm, Layout, dict[str, str]]]:
    """The tables of a year, how they are laid out, and the text of each cell."""
    form = form_for(LINTER.forms, year)
    assert form is not None
    cells = toml("specimen.toml")["cells"]
    for section in form.sections:
        if section.table:
            table = form.tables[section.table]
            yield table, laid_out(table), {key: cells[table.key].get(key, "0") for key in table.cells}


def filled_text(data: bytes, year: int, *, government: bool) -> bytes:
    """A new report in Markdown or HTML, filled in."""
    prose = prose_of(year, government=government)
    lines = [
        re.sub(r"(?<=>)[^<>]*待填写.*(?=</)|^[^<>]*待填写.*$", lambda _: next(prose), line)
        for line in data.decode().split("\n")
    ]
    figures = (
        cells[square.key]
        for _, layout, cells in figures_of(year)
        for square in layout.squares
        if square.role == "value"
    )
    text = re.sub(r"(<td[^>]*>)(?=</td>)", lambda found: found[1] + next(figures), "\n".join(lines))
    assert next(prose, None) is None
    assert next(figures, None) is None
    return text.encode()


def filled_docx(data: bytes, year: int, *, government: bool) -> bytes:
    """A new Word file, filled in."""
    document = docx.Document(BytesIO(data))
    prose = prose_of(year, government=government)
    for paragraph in document.paragraphs:
        if HOLE in paragraph.text:
            paragraph.runs[0].text = next(prose)
    for table, (_, layout, cells) in zip(document.tables, figures_of(year), strict=True):
        for square in layout.squares:
            if square.role == "value":
                table.cell(square.row, square.column).paragraphs[0].add_run(cells[square.key])
    out = BytesIO()
    document.save(out)
    return out.getvalue()
