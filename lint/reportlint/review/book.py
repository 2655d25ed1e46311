"""The workbook of a review: units, matrix, findings, sums and their reconciliation, changes, figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportlint.errors import Words, words
from reportlint.extract import LEVELS
from reportlint.finding import Result
from reportlint.form import cell_key
from reportlint.outputs.sheets import figures, file_link, findings, matrix, verdict
from reportlint.outputs.terminal import plain
from reportlint.outputs.workbook import Column, Link, Shade, Value, Workbook
from reportlint.review.aggregate import Draft, Sum
from reportlint.review.changes import Changes, Known, counts
from reportlint.review.units import LATE, MISSING, SEVERAL, UNLISTED, Unit
from reportlint.rule import SEVERITIES as ORDER

_ALARMS = {id(MISSING): "error", id(LATE): "error", id(SEVERAL): "warning", id(UNLISTED): "warning"}


@dataclass(frozen=True, slots=True)
class Review:
    """All that the workbook shows."""

    result: Result
    year: int
    units: Sequence[Unit]
    drafts: Sequence[Draft]
    changes: Changes
    notices: Mapping[str, str]
    """The path of the notice of each unit that gets one, relative to the workbook."""


def workbook(review: Review, lang: str, folder: str) -> bytes:
    """The file, with links relative to the folder it goes into."""
    book = Workbook()
    _units(book, review, lang, folder)
    rows = findings(book, review.result, lang, folder)
    matrix(book, review.result, rows, lang, folder)
    for number, draft in enumerate(review.drafts, 1):
        _draft(book, draft, number if len(review.drafts) > 1 else None, lang)
    _reconciliation(book, review.drafts, lang)
    _changes(book, review.changes, lang, folder)
    figures(book, review.result.files, lang)
    return book.bytes()


def _columns(lang: str, *heads: tuple[str, str, float]) -> list[Column]:
    return [Column(zh if lang == "zh" else en, width) for zh, en, width in heads]


def _units(book: Workbook, review: Review, lang: str, folder: str) -> None:
    """Who has reported and who has not, in time or late, what came of it, and the notice."""
    columns = _columns(
        lang,
        ("单位", "Unit", 30), ("报送情况", "Standing", 16), ("期限", "Due", 12), ("公布日期", "Published", 12),
        ("结论", "Verdict", 14), ("错误", "Errors", 7), ("警告", "Warnings", 8), ("提示", "Infos", 7),
        ("新出现", "New", 8), ("仍未改", "Remaining", 9), ("退改通知", "Notice", 34), ("报告", "Report", 40),
    )  # fmt: skip
    sheet = book.sheet("报送" if lang == "zh" else "Units", columns, frozen=1)
    for unit in review.units:
        standing = unit.standing(review.year)
        tone = _ALARMS.get(id(standing))
        said = standing(lang)
        values: list[Value] = [plain(unit.name), Shade(said, tone) if tone is not None else said]
        values += [unit.due(review.year), unit.published]
        values.append(verdict(unit.files[0], lang) if unit.files else None)
        for level in ORDER:
            values.append(sum(finding.severity == level for finding in unit.findings) if unit.files else None)
        new, remaining = counts(review.changes, [file.path for file in unit.files])
        values += [new, remaining] if unit.files and not review.changes.first else [None, None]
        notice = review.notices.get(unit.name)
        values.append(Link(notice, notice) if notice is not None else None)
        values += [file_link(file.path, folder) for file in unit.files]
        sheet.add(values)
    sheet.done()


def _draft(book: Workbook, draft: Draft, number: int | None, lang: str) -> None:
    """The three tables with the sums, a block under its own headings; below them which members the sums lack."""
    zh = lang == "zh"
    name = f"{'汇总表' if zh else 'Sums'}{number if number is not None else ''}"
    title = draft.agency or ("名册中的全部单位" if zh else "all units of the roster")
    said = f"{title}：{len(draft.members)} 个单位之和（草稿）" if zh else f"{title}: sums of {len(draft.members)} units"
    sheet = book.sheet(name, [Column(plain(said), 52), *(Column("", 13) for _ in range(15))], wrap=True)
    omitted: dict[tuple[str, str], list[str]] = {}
    for key, table in draft.tables.items():
        sheet.add([])
        sheet.add([table.name])
        for block in table.blocks:
            sheet.add([block.caption or block.corner, *(LEVELS.join(column.path) for column in block.columns)])
            for row in block.rows:
                cells = [cell_key(row.key, column.key) for column in block.columns]
                sums = [draft.sums[key][cell] for cell in cells]
                sheet.add([LEVELS.join(row.path), *(_shown(total) for total in sums)])
                for cell, total in zip(cells, sums, strict=True):
                    for missing in total.omitted:
                        omitted.setdefault((missing.unit, missing.why(lang)), []).append(
                            f"{table.name} {table.words_of(cell)}"
                        )
    if omitted:
        sheet.add([])
        sheet.add(["没有计入的（底色不同的格少了这些）：" if zh else "Not in the sums (shaded cells lack these):"])
        for (unit, why), places in omitted.items():
            listed = "；".join(places[:3]) + (f" … ({len(places)})" if len(places) > 3 else "")
            sheet.add([plain(unit), plain(why), plain(listed)])


def _shown(total: Sum) -> Value:
    return Shade(total.value, "warning") if total.omitted else total.value


def _reconciliation(book: Workbook, drafts: Sequence[Draft], lang: str) -> None:
    """Where a government's own report is not the sum of its members; where it cannot be compared, that."""
    columns = _columns(
        lang,
        ("机关", "Agency", 28), ("表", "Table", 8), ("行和列", "Cell", 44), ("成员之和", "Sum", 12),
        ("本机关报告", "Own report", 12), ("差", "Difference", 10), ("计入单位", "Counted", 10),
        ("未计入单位", "Not counted", 40), ("说明", "Note", 40),
    )  # fmt: skip
    sheet = book.sheet("核对" if lang == "zh" else "Reconciliation", columns, frozen=3, wrap=True)
    for draft in drafts:
        if not draft.agency:
            continue
        agency = plain(draft.agency)
        for key, table in draft.tables.items():
            if not draft.compares(key):
                sheet.add([agency, table.name, None, None, None, None, None, None, _INCOMPARABLE(lang)])
        for found in draft.differences():
            names = "、".join(missing.unit for missing in found.sum.omitted)
            gap = found.own - found.sum.value if found.own is not None else None
            own = found.own if found.own is not None else found.shown or "—"
            sheet.add(
                [agency, found.table.name, found.table.words_of(found.cell), found.sum.value, own, gap,
                 found.sum.counted, plain(names)]
            )  # fmt: skip
    if sheet.row == 0:
        sheet.add([_EQUAL(lang) if any(draft.agency for draft in drafts) else _NO_PARENT(lang)])
    sheet.done()


_INCOMPARABLE = words(
    "没有这个机关的报告，或者报告里没有同一格式的这张表，不能核对",
    "there is no report of this agency, or no such table of the same form in it: not compared",
)
_EQUAL = words("各格都等于成员之和", "every cell is the sum of the members")
_NO_PARENT = words("名册没有写明汇总机关，没有可核对的", "the roster names no parent: nothing to compare with")
_KINDS: dict[str, Words] = {
    "new": words("新出现", "new"),
    "remaining": words("仍未改", "remaining"),
    "mended": words("已改正", "mended"),
    "gone": words("这次没有查到那里", "not checked this time"),
}


def _changes(book: Workbook, changes: Changes, lang: str, folder: str) -> None:
    """What is new, mended, and still there since the last review."""
    columns = _columns(
        lang,
        ("变化", "Change", 16), ("规则", "Rule", 8), ("问题", "Finding", 60), ("位置", "Where", 40),
        ("文件", "File", 40),
    )  # fmt: skip
    sheet = book.sheet("变化" if lang == "zh" else "Changes", columns, wrap=True)
    if changes.first:
        sheet.add([words("第一次审核，没有可比较的", "the first review: nothing to compare with")(lang)])
        sheet.done()
        return
    known: list[tuple[str, Known]] = [("mended", item) for item in changes.mended]
    known += [("gone", item) for item in changes.gone]
    for kind, found in (("new", changes.new), ("remaining", changes.remaining)):
        for finding in found:
            said = Known(finding.rule, finding.path, finding.severity, finding.message(lang), finding.address)
            known.append((kind, said))
    order = list(_KINDS)
    for kind, item in sorted(known, key=lambda pair: (order.index(pair[0]), pair[1].path)):
        link = file_link(item.path, folder)
        sheet.add([_KINDS[kind](lang), item.rule, plain(item.message), plain(item.address), link])
    sheet.done()
