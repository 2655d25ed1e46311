"""`reportlint extract`: reports as data, as `report.schema.json` says, or the cells of many reports as one table."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reportlint.cli import sheet, streams
from reportlint.cli.files import find
from reportlint.cli.options import Arguments, Command, Option
from reportlint.cli.run import CONFIG, PACK, RULES, STDIN, Session, opened, said
from reportlint.engine import Linter, refused_tables
from reportlint.errors import ReportlintError, Unreadable, UsageError, words
from reportlint.extract import Record
from reportlint.finding import Fault
from reportlint.globs import is_glob
from reportlint.report import Report


@dataclass(slots=True)
class _Run:
    """The files of a run, and what went wrong with them so far."""

    session: Session
    files: tuple[str, ...] = ()
    several: bool = False
    """Whether more than one file was asked for, by name or by folder."""
    faults: list[Fault] = field(default_factory=list[Fault])

    def find(self, named: list[str]) -> None:
        """The files in what is named; excludes apply to what is found in folders and by globs."""
        self.several = len(named) > 1
        files: list[str] = []
        suffixes = [f".{kind}" for kind in self.session.plugins.readers]
        for name in named:
            if name == STDIN or os.path.isfile(name) or not (os.path.isdir(name) or is_glob(name)):
                files.append(name)
                continue
            self.several = True
            found = find([name], self.session.settings_of, suffixes)
            files += found.files
            self.faults += found.faults
        self.files = tuple(dict.fromkeys(files))

    def linter(self, path: str) -> Linter:
        """The linter for a file; what is wrong with its packs is a fault."""
        linter = self.session.linter_of(path)
        self.faults += (fault for fault in linter.faults if fault not in self.faults)
        return linter

    def reports(self) -> Iterator[dict[str, Any]]:
        """The reports that can be read, as data."""
        return (linter.extracted(report) for linter, report in self._read())

    def records(self) -> Iterator[Record]:
        """The cells of the reports that can be read."""
        for linter, report in self._read():
            yield from linter.recorded(report)

    def _read(self) -> Iterator[tuple[Linter, Report]]:
        """The reports that can be read, each with its linter; other files and refused tables are faults."""
        for path in self.files:
            linter = self.linter(path)
            try:
                report = linter.report(*opened(path))
            except Unreadable as error:
                self.faults.append(Fault(error.code, path, error.words))
                continue
            self.faults += refused_tables(report)
            yield linter, report


def run(arguments: Arguments) -> int:
    """Write the data of the reports that can be read; say which cannot, and exit with 2 where there is one."""
    arguments.check()
    name, path = arguments.value("--format") or "json", arguments.value("--output-file")
    if name == "xlsx" and path is None and streams.is_terminal():
        raise UsageError(
            words("xlsx 不能显示，请用 -o 写进文件", "xlsx cannot be shown: write it to a file with -o"),
        )
    started = _Run(Session(arguments))
    started.find(arguments.operands)
    try:
        _write(started, name, path, arguments.lang)
    except ReportlintError:
        said(started.faults, arguments.lang)
        raise
    except OSError as error:
        if path is None:
            raise
        says = words(f"{path}：写不进去：{error.strerror}", f"{path}: cannot be written: {error.strerror}")
        raise UsageError(says) from error
    return said(started.faults, arguments.lang)


def _write(started: _Run, name: str, path: str | None, lang: str) -> None:
    if name == "xlsx":
        streams.write_bytes([sheet.xlsx(started.records(), lang)], path)
    elif name == "csv":
        lines = sheet.csv(started.records())
        if path is None and streams.is_terminal():
            streams.write(line.removeprefix(sheet.BOM) for line in lines)
        else:
            streams.write_bytes((line.encode("utf-8", "backslashreplace") for line in lines), path)
    else:
        import json

        reports = list(started.reports())
        if not started.several and not reports:
            return
        text = [json.dumps(reports if started.several else reports[0], ensure_ascii=False, indent=2), "\n"]
        if path is not None:
            streams.write_file(path, text)
        else:
            streams.write(text, json=True)


COMMAND = Command(
    name="extract",
    takes=words("文件或文件夹…", "PATH..."),
    says=words(
        "把报告的各部分和表格数字取出来：供程序使用（json），或者汇成一张表（csv、xlsx）",
        "give the parts and figures of reports as data (json), or all cells as one table (csv, xlsx)",
    ),
    run=run,
    options=(
        Option(
            "--format",
            words(
                "输出格式：json（默认）；csv、xlsx 每个单元格一行，多份报告汇成一张表",
                "json (default), or csv and xlsx: a row for every cell of every report",
            ),
            words("格式", "FORMAT"),
            choices=("json", "csv", "xlsx"),
        ),
        Option(
            "--output-file",
            words("把结果写进文件，而不是显示出来", "write the result to a file instead"),
            words("文件", "FILE"),
            short="-o",
        ),
        CONFIG,
        PACK,
        RULES,
    ),
    more=words(
        """csv 和 xlsx 的列（xlsx 用中文列名）：
  path agency year form    文件、机关、年度、表格依照的格式
  table cell               表（disclosure 表二，requests 表三，disputes 表四）和单元格的代号，与 json 相同
  row column               行名和列名，连同上级
  state                    value 数值，blank 空白，placeholder 占位符（/、无），unreadable 读不出，absent 没有这张表
  value text               数值（其他状态下为空）和单元格里印的字
""",
        """Columns of csv and xlsx:
  path agency year form    the file, the agency, the year, the form that the table follows
  table cell               the keys of table (disclosure, requests, disputes) and cell, as in json
  row column               the labels of row and column with those above them
  state                    value, blank, placeholder (a stroke and the like), unreadable; absent: no such table
  value text               the number, empty in every other state, and what is printed in the cell
""",
    ),
    at_least=1,
)
