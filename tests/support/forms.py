"""The statutory forms as the writer sees them: sections, tables as blocks of rows and columns, equations."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parents[2] / "rules" / "reportlint_rules" / "national" / "forms"
FORMS = ("2019", "2021")


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a block: its key and its label with the labels above it."""

    key: str
    path: tuple[str, ...]
    signed: bool = False
    decimal: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells with labels of its own; 表二 is a pile of them, 表三 and 表四 are one each."""

    caption: str | None
    corner: str | None
    columns: tuple[Line, ...]
    rows: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Equation:
    """Lines whose sums are equal, in every column, in every row, or among single cells."""

    name: str
    over: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableForm:
    """A table of the form, with its cells in reading order."""

    key: str
    blocks: tuple[Block, ...]
    equations: tuple[Equation, ...]

    def lines(self) -> Iterator[tuple[str, Line, Line]]:
        """Every cell: its key, its row and its column."""
        for block in self.blocks:
            for row in block.rows:
                for column in block.columns:
                    yield cell_key(row.key, column.key), row, column

    def cells(self) -> list[str]:
        """The cell keys in reading order."""
        return [key for key, _, _ in self.lines()]

    def row_of(self, cell: str) -> str:
        """The key of the row that a cell stands in."""
        return next(row.key for key, row, _ in self.lines() if key == cell)


@dataclass(frozen=True, slots=True)
class SectionForm:
    """A statutory section: its number, its title and the table it holds, if any."""

    number: int
    title: str
    table: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """A statutory form by the year that it is named after."""

    name: str
    sections: tuple[SectionForm, ...]
    tables: Mapping[str, TableForm]


def form_of_year(year: int) -> str:
    """The name of the form that the report of a year must follow."""
    return "2021" if year >= 2021 else "2019"


def cell_key(row: str, column: str) -> str:
    """The key of a cell; an empty part is dropped."""
    return ".".join(part for part in (row, column) if part)


@cache
def read_form(name: str) -> Form:
    """The form as the project's own data gives it."""
    data: dict[str, Any] = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return Form(
        name=name,
        sections=tuple(SectionForm(item["number"], item["title"], item.get("table")) for item in data["sections"]),
        tables={key: _table(key, table) for key, table in data["tables"].items()},
    )


def _table(key: str, data: Mapping[str, Any]) -> TableForm:
    return TableForm(
        key=key,
        blocks=tuple(
            Block(
                caption=block.get("caption"),
                corner=block.get("corner"),
                columns=tuple(_line(item) for item in block["columns"]),
                rows=tuple(_line(item) for item in block["rows"]),
            )
            for block in data["blocks"]
        ),
        equations=tuple(
            Equation(item["name"], item["over"], tuple(item["left"]), tuple(item["right"]))
            for item in data.get("equations", ())
        ),
    )


def _line(data: Mapping[str, Any]) -> Line:
    return Line(data["key"], tuple(data["path"]), data.get("signed", False), data.get("decimal", False))
