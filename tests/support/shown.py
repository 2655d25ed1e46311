"""Results as an output shows them, without a process."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from reportlint.finding import Result
from reportlint.outputs import View, output


def shown(name: str, result: Result, **view: Any) -> str:
    """The text of an output."""
    chunks = output(name)(result, View(**view))
    return written(b"".join(c if isinstance(c, bytes) else c.encode("utf-8", "backslashreplace") for c in chunks))


def written(data: bytes) -> str:
    """The text of what an output left: of a workbook that of its cells, a row a line; else it is UTF-8."""
    if not data.startswith(b"PK"):
        return data.decode()
    return "\n".join("\t".join(map(str, row)) for rows in sheets(data).values() for row in rows)


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    """The rows of every sheet of a workbook."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: list(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names}
