"""The roster: the list of agencies that must report, from a .toml, .csv or .xlsx file.

In TOML each agency is a table `[[agency]]`; in a sheet it is a row under headers. Names of the fields, and the headers
by which they are known, are in `FIELDS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from reportlint.document import Document, Paragraph, Prose, Span
from reportlint.errors import ConfigError, Unreadable, words
from reportlint.report import AgencyKind, Level, Member, Roster
from reportlint.text import lazily

FIELDS: dict[str, tuple[str, ...]] = {
    "agency": ("agency", "name", "机关", "机关名称", "单位", "单位名称", "名称"),
    "kind": ("kind", "类别", "机关类别", "类型"),
    "level": ("level", "级别", "层级"),
    "parent": ("parent", "上级", "上级机关", "汇总机关", "汇总到"),
    "report": ("report", "path", "报告", "报告位置", "年报", "年报位置", "文件"),
    "deadline": ("deadline", "期限", "截止日期", "公布期限"),
}
"""The headers by which each field is known."""

_KINDS: dict[str, AgencyKind] = {
    "政府": "government",
    "政府办": "government-office",
    "政府办公室": "government-office",
    "部门": "department",
    "乡镇": "township",
    "街道": "sub-district",
    "其他": "other",
}
_LEVELS: dict[str, Level] = {"省级": "province", "地市级": "prefecture", "市级": "prefecture", "县级": "county"}
_DEADLINE = lazily(r"^(?:\d{4}[-/年])?(\d{1,2})[-/月](\d{1,2})日?$")


def read_roster(path: Path, name: str = "") -> Roster:
    """The roster in a file, shown by that name. Raises ConfigError with the reason where it is none."""
    name = name or path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _wrong(name, f"打不开：{error.strerror}", f"cannot be opened: {error.strerror}") from error
    if path.suffix.lower() == ".toml":
        return _from_toml(name, data)
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return _from_rows(name, _csv_rows(name, data))
    if path.suffix.lower() == ".xlsx":
        return _from_rows(name, _xlsx_rows(name, data))
    raise _wrong(name, "名册应为 .toml、.csv 或 .xlsx 文件", "a roster is a .toml, .csv or .xlsx file")


def _from_toml(name: str, data: bytes) -> Roster:
    import tomli

    try:
        text = data.decode("utf-8")
        entries = cast("Sequence[Mapping[str, Any]]", tomli.loads(text).get("agency", ()))
    except (UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise _wrong(name, f"不是合法的 TOML：{error}", f"not valid TOML: {error}") from error
    members: list[Member] = []
    at = 0
    for entry in entries:
        if unknown := [key for key in entry if key not in ("name", *FIELDS)]:
            raise _wrong(name, f"不认识的键 {unknown[0]}", f"unknown key {unknown[0]}")
        agency = str(entry.get("name", entry.get("agency", "")))
        found = text.find(f'"{agency}"', at)
        at = found + 1 if found >= 0 else at
        fields = {key: str(value) for key, value in entry.items() if key != "name"}
        members.append(_member(name, {**fields, "agency": agency}, Span(at, at + len(agency))))
    return _roster(name, text, members)


def _from_rows(name: str, rows: Sequence[Sequence[str]]) -> Roster:
    """The roster in the rows of a sheet; its text view is written here, a row a line."""
    head = next((number for number, row in enumerate(rows) if _columns(row).get("agency") is not None), None)
    if head is None:
        raise _wrong(name, "没有“机关”一列的表头", "no column is headed “agency”")
    columns = _columns(rows[head])
    members: list[Member] = []
    lines: list[str] = []
    at = 0
    for number, row in enumerate(rows):
        line = "\t".join(row)
        values = {field: row[column].strip() for field, column in columns.items() if column < len(row)}
        if number > head and values.get("agency"):
            start = at + line.find(values["agency"])
            members.append(_member(name, values, Span(start, start + len(values["agency"]))))
        lines.append(line)
        at += len(line) + 1
    return _roster(name, "\n".join(lines), members)


def _columns(row: Sequence[str]) -> dict[str, int]:
    known = {title: field for field, titles in FIELDS.items() for title in titles}
    return {known[cell.strip().lower()]: at for at, cell in enumerate(row) if cell.strip().lower() in known}


def _member(name: str, values: Mapping[str, str], span: Span) -> Member:
    if not values.get("agency"):
        raise _wrong(name, "有一项没有机关名称", "an entry names no agency")
    kind, level = values.get("kind", ""), values.get("level", "")
    deadline = values.get("deadline", "")
    found = _DEADLINE.match(deadline)
    if deadline and found is None:
        raise _wrong(name, f"期限应写作 01-31，现在是“{deadline}”", f"a deadline is written 01-31, it is “{deadline}”")
    return Member(
        values["agency"],
        span,
        _KINDS.get(kind) or next((known for known in _KINDS.values() if known == kind), None),
        _LEVELS.get(level) or next((known for known in _LEVELS.values() if known == level), None),
        values.get("parent", ""),
        values.get("report", ""),
        f"{int(found[1]):02d}-{int(found[2]):02d}" if found is not None else "",
    )


def _roster(name: str, text: str, members: Sequence[Member]) -> Roster:
    if not members:
        raise _wrong(name, "名册里没有机关", "the roster names no agency")
    document = Document(name, "txt", text, tuple(_lines(text)))
    return Roster(document, tuple(members))


def _lines(text: str) -> Iterator[Paragraph]:
    at = 0
    for line in text.split("\n"):
        yield Paragraph(Prose(line, at))
        at += len(line) + 1


def _csv_rows(name: str, data: bytes) -> list[list[str]]:
    import csv

    from reportlint.readers.encoding import decode

    try:
        text, _ = decode(data)
    except Unreadable as error:
        raise ConfigError(error.words) from error
    dialect = "excel-tab" if "\t" in text.split("\n", 1)[0] else "excel"
    del name
    return list(csv.reader(text.splitlines(), dialect))


def _xlsx_rows(name: str, data: bytes) -> list[list[str]]:
    from io import BytesIO

    from python_calamine import CalamineError, CalamineWorkbook

    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0)
    except CalamineError as error:
        raise _wrong(name, f"打不开：{error}", f"cannot be opened: {error}") from error
    return [[_shown(cell) for cell in row] for row in sheet.to_python()]


def _shown(cell: object) -> str:
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def _wrong(name: str, zh: str, en: str) -> ConfigError:
    return ConfigError(words(f"{name}：{zh}", f"{name}: {en}"))
