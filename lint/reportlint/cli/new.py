"""`reportlint new`: a report to be filled in, in the form of its year."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from reportlint.blank import FILE, WRITERS, blank, write
from reportlint.cli import streams
from reportlint.cli.options import Arguments, Command, Option, hint
from reportlint.cli.run import CONFIG, PACK, Session, said
from reportlint.engine import Linter
from reportlint.errors import UsageError, words
from reportlint.manuscript import Manuscript
from reportlint.text import fold
from reportlint.violations import nearest


def run(arguments: Arguments) -> int:
    """Write the report; a file that is there is left alone."""
    arguments.check()
    year, path = arguments.value("--year"), arguments.value("--out")
    agency = "".join((arguments.value("--agency") or "").split())
    if year is None or not agency or path is None:
        raise UsageError(
            words(
                "new 要写明 --year 年份、--agency 机关和 -o 文件，"
                "如：reportlint new --year 2026 --agency 某市林业局 -o 报告.docx",
                "new needs --year, --agency and -o, as in: reportlint new --year 2026 --agency NAME -o FILE.docx",
            )
        )
    if not year.isdecimal() or len(year) != 4:
        raise UsageError(words(f"--year 应为四位年份，现在是“{year}”", f"--year must be a year, it is “{year}”"))
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in WRITERS:
        zh, en = hint(nearest(suffix, WRITERS))
        known = "、".join(WRITERS), ", ".join(WRITERS)
        raise UsageError(
            words(f"{path}：只能写 {known[0]} 文件{zh}", f"{path}: the file must end with one of {known[1]}{en}")
        )
    if os.path.exists(path) and "--force" not in arguments.switches:
        raise UsageError(
            words(
                f"{path} 已经存在，没有改动；要覆盖请加 --force",
                f"{path} exists and was left alone; --force replaces it",
            )
        )
    session = Session(arguments)
    linter = session.linter(session.settings_of(path))
    if linter.faults:
        return said(linter.faults, arguments.lang)
    kind = linter.vocabulary.kind_of(fold(agency))
    data = write(blank(linter.forms, _prose(linter), int(year), agency, kind), suffix)
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        streams.write_bytes([data], path)
    except OSError as error:
        says = words(f"{path}：写不进去：{error.strerror}", f"{path}: cannot be written: {error.strerror}")
        raise UsageError(says) from error
    done = words(
        f"已写好 {path}。把“待填写”改成实际内容，表格填上数字（没有的填 0），再运行：reportlint {path}",
        f"Written: {path}. Replace each 待填写, put figures into the tables (0 for none), then run: reportlint {path}",
    )
    streams.write([done(arguments.lang), "\n"])
    return 0


def _prose(linter: Linter) -> Mapping[str, Any]:
    """What the uppermost pack that says something has new reports say. Raises UsageError where none does."""
    for pack in reversed(linter.packs):
        file = pack.path / FILE
        if file.is_file():
            return Manuscript(file).data
    raise UsageError(words(f"没有规则包带 {FILE}", f"no pack has a {FILE}"))


COMMAND = Command(
    name="new",
    takes=words("", ""),
    says=words("写一份待填写的报告：当年的统一格式，三张空表", "write a report to be filled in: the form of its year"),
    run=run,
    options=(
        Option("--year", words("报告哪一年度的情况", "the year that it reports on"), words("年份", "YEAR")),
        Option("--agency", words("机关名称（全称）", "the full name of the agency"), words("机关", "NAME")),
        Option(
            "--out",
            words("写进哪个文件：.docx、.md 或 .html", "the file to write: .docx, .md or .html"),
            words("文件", "FILE"),
            short="-o",
        ),
        Option("--force", words("文件已经存在也写，覆盖原来的", "replace the file where there is one")),
        CONFIG,
        PACK,
    ),
    more=words(
        """写出来的报告结构完整，reportlint 检查它只会指出还没有填写的地方。
Word 文件要先 pip install 'reportlint[review]'。

退出码：0 已写好；2 没有写（文件已经存在、那一年没有统一格式、参数写错了）
""",
        """The report is complete but for what only its agency knows, and a check finds nothing else. A Word file needs
pip install 'reportlint[review]'.

Exit codes: 0 written; 2 not written (the file exists, there is no form for the year, a wrong option)
""",
    ),
    at_most=0,
)
