"""An Excel workbook: all findings, units by rules, all figures; links from units to findings and to the files."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.finding import Result
from reportlint.outputs import View
from reportlint.outputs.sheets import figures, findings, matrix
from reportlint.outputs.workbook import Workbook


def render(result: Result, view: View) -> Iterator[bytes]:
    """The file. Raises UsageError without xlsxwriter."""
    book = Workbook()
    rows = findings(book, result, view.lang, view.folder)
    matrix(book, result, rows, view.lang, view.folder)
    figures(book, result.files, view.lang)
    yield book.bytes()
