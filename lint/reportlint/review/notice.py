"""The notice that sends a report back: a Word document for each unit that must mend something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reportlint.errors import words
from reportlint.extras import extra
from reportlint.finding import Fault, Finding, Result
from reportlint.outputs.places import native
from reportlint.outputs.summary import SEVERITIES
from reportlint.outputs.terminal import plain
from reportlint.review.units import Unit
from reportlint.rule import SEVERITIES as ORDER

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_HEADS = ("序号", "级别", "问题", "位置", "怎么改", "依据")
_WIDTHS = (1.1, 1.3, 5.0, 3.2, 3.4, 3.0)
"""Of the columns, in centimetres: together what A4 leaves between its margins."""


def library() -> Any:
    """The library that writes Word documents. Raises UsageError where it is not installed."""
    return extra(
        "docx",
        words(
            "写退改通知需要安装 python-docx：pip install 'reportlint[review]'；不要通知的，加 --no-notices",
            "notices need python-docx: pip install 'reportlint[review]'; or leave them out with --no-notices",
        ),
    )


def file_name(unit: Unit) -> str:
    """What the notice of a unit is called."""
    return f"{_FORBIDDEN.sub('_', unit.name).strip(' .') or '_'}.docx"


def notice(unit: Unit, year: int, result: Result) -> bytes:
    """The notice: what must be mended, where, how, and by which clause; what may be, below it."""
    docx = library()
    document = docx.Document()
    shared, oxml = import_module("docx.shared"), import_module("docx.oxml.ns")
    section = document.sections[0]
    section.page_width, section.page_height = shared.Cm(21), shared.Cm(29.7)
    section.left_margin = section.right_margin = shared.Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "FangSong", shared.Pt(12)
    style.element.rPr.rFonts.set(oxml.qn("w:eastAsia"), "仿宋")
    title = document.add_paragraph()
    title.alignment = 1
    run = title.add_run(f"关于退改{year}年政府信息公开工作年度报告的通知")
    run.bold, run.font.size = True, shared.Pt(16)
    document.add_paragraph(f"{plain(unit.name)}：")
    must = sorted((f for f in unit.findings if result.fails(f.severity)), key=lambda f: ORDER.index(f.severity))
    may = [finding for finding in unit.findings if not result.fails(finding.severity)]
    faults = [fault for file in unit.files for fault in file.faults]
    document.add_paragraph(
        f"你单位报送的{year}年政府信息公开工作年度报告，经对照统一格式检查，有下列"
        f"{len(must) + len(faults)}处需要改正，请改正后重新报送。"
    )
    if faults:
        document.add_paragraph("未能检查的内容（请先解决，其余内容才能检查）：")
        for line in _faults(faults):
            document.add_paragraph(line, style="List Bullet")
    if must:
        _table(document, must, shared)
    if may:
        document.add_paragraph()
        document.add_paragraph("下列各处请一并斟酌：")
        _table(document, may, shared)
    document.add_paragraph()
    document.add_paragraph(f"检查的文件：{'、'.join(plain(file.path) for file in unit.files)}")
    for closing in ("（政府信息公开工作主管部门）", "年　　月　　日"):
        paragraph = document.add_paragraph(closing)
        paragraph.alignment = 2
    out = BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _faults(faults: list[Fault]) -> Iterator[str]:
    for fault in faults:
        yield f"{plain(fault.message('zh'))}（{fault.code}）"


def _table(document: Any, findings: list[Finding], shared: Any) -> None:
    table = document.add_table(rows=1, cols=len(_HEADS))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = shared.Cm(width)
    _row(table.rows[0], _HEADS, shared, bold=True)
    for number, finding in enumerate(findings, 1):
        place = native(finding.location.place, "zh") or f"第{finding.line}行"
        _row(
            table.add_row(),
            (
                str(number),
                SEVERITIES[finding.severity]("zh"),
                plain(finding.message("zh")),
                f"{plain(finding.address)}（{place}）",
                plain(finding.advice("zh")) if finding.advice is not None else "",
                plain(finding.basis("zh")) if finding.basis is not None else "",
            ),
            shared,
        )


def _row(row: Any, texts: tuple[str, ...], shared: Any, *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
        cell.width = shared.Cm(width)
        run = cell.paragraphs[0].add_run(text)
        run.bold, run.font.size = bold, shared.Pt(10)


def _timeless(data: bytes) -> bytes:
    """The same package without the time at which it was written: the same findings give the same bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(out, "w", ZIP_DEFLATED) as again:
        for name in package.namelist():
            again.writestr(ZipInfo(name, (2000, 1, 1, 0, 0, 0)), package.read(name), ZIP_DEFLATED)
    return out.getvalue()
