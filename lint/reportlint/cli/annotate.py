"""`reportlint annotate`: the file itself again, with its findings noted in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from reportlint.annotate import annotator, suffix
from reportlint.annotate.remarks import remarks
from reportlint.cli import streams
from reportlint.cli.check import COMMAND as CHECK
from reportlint.cli.files import COPIES, MARKS, find
from reportlint.cli.options import Arguments, Command, Option
from reportlint.cli.run import STDIN, Session, read_file, said
from reportlint.errors import ReportlintError, Unreadable, UsageError, Words, words
from reportlint.finding import FileResult, Result
from reportlint.globs import slashed
from reportlint.readers.detect import kind_of
from reportlint.rule import SEVERITIES

_SHARED = (
    *("--select", "--ignore", "--severity", "--exclude", "--year", "--roster", "--reports-only"),
    *("--config", "--pack", "--rules", "--quiet"),
)


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file and where its copy goes."""

    path: str
    out: str


def run(arguments: Arguments) -> int:
    """Check, write the copies, say how many notes each has; the exit code."""
    arguments.check()
    lang = arguments.lang
    session = Session(arguments)
    files = _files(arguments, session)
    copies = _copies(files, arguments)
    result = session.check(files, None, ())
    by_path = {file.path: file for file in result.files}
    refused = 0
    for copy in copies:
        try:
            count = _write(copy, by_path[copy.path], result, session, lang)
        except ReportlintError as error:
            refused = 2
            # Of a file that cannot be read the check says why, as a fault.
            if not (isinstance(error, Unreadable) and by_path[copy.path].faults):
                streams.write_error(error.words(lang))
            continue
        if "--quiet" not in arguments.switches:
            streams.write_error(_written(copy, count)(lang))
    said(result.faults, lang)
    failed = "--fail-on" in arguments.values and result.exit_code == 1
    return max(refused, 2 if result.faults else int(failed))


def _write(copy: _Copy, file: FileResult, result: Result, session: Session, lang: str) -> int:
    """Write a copy; how many notes it has. Raises Unreadable, and UsageError where there can be no copy."""
    data = read_file(copy.path)
    linter = session.linter_of(copy.path)
    report = linter.report(copy.path, data)
    noted = remarks(report, file, result, linter.hidden(report), lang)
    made = annotator(report.document.kind, copy.path, copy.out)(copy.path, data, noted)
    try:
        os.makedirs(os.path.dirname(copy.out) or ".", exist_ok=True)
        streams.write_bytes([made], copy.out)
    except OSError as error:
        says = words(f"{copy.out}：写不进去：{error.strerror}", f"{copy.out}: cannot be written: {error.strerror}")
        raise UsageError(says) from error
    return len(noted.notes)


def _files(arguments: Arguments, session: Session) -> tuple[str, ...]:
    """The files named. Copies of an earlier run that lie in a folder are none of them."""
    if STDIN in arguments.operands:
        raise UsageError(words("标准输入里的内容不能加批注，请写文件名", "standard input takes no notes: name a file"))
    found = find(arguments.operands, session.settings_of, [f".{kind}" for kind in session.plugins.readers])
    if found.faults:
        raise UsageError(found.faults[0].message)
    named = {os.path.abspath(name) for name in arguments.operands}
    files = tuple(path for path in found.files if os.path.abspath(path) in named or not _is_copy(path))
    if not files:
        raise UsageError(words("没有要加批注的文件", "there is no file to annotate"))
    return files


def _is_copy(path: str) -> bool:
    return os.path.splitext(path)[0].endswith(COPIES)


def _copies(files: Sequence[str], arguments: Arguments) -> list[_Copy]:
    """Where the copies go. Raises UsageError where one would take the place of a report, or of another copy."""
    out = arguments.value("--out")
    single = out is not None and len(files) == 1 and not os.path.isdir(out) and not out.endswith(("/", os.sep))
    copies: list[_Copy] = []
    for path in files:
        home = os.path.dirname(path) if out is None else out
        copies.append(
            _Copy(path, out if single and out is not None else os.path.join(home, _name(path, arguments.lang)))
        )
    taken = {os.path.realpath(path): path for path in files}
    for copy in copies:
        target = os.path.realpath(copy.out)
        if target in taken:
            other = taken[target]
            raise UsageError(
                words(
                    f"{copy.out}：不能覆盖 {other}，请换一个文件名（-o）",
                    f"{copy.out}: would overwrite {other}; give another name (-o)",
                )
                if other in files
                else words(
                    f"{copy.out}：有两份文件的批注都要写到这里，请分开运行",
                    f"{copy.out}: the copies of two files would be the same; run them one by one",
                )
            )
        taken[target] = copy.out
    return copies


def _name(path: str, lang: str) -> str:
    """What the copy of a file is called."""
    stem, own = os.path.splitext(os.path.basename(path))
    try:
        made = suffix(kind_of(path, read_file(path)), path)
    except ReportlintError:
        made = own  # What cannot be read or annotated is said of the file itself.
    return f"{stem}{MARKS(lang)}{made}"


def _written(copy: _Copy, count: int) -> Words:
    out = slashed(copy.out)
    notes = f"{count} note{'' if count == 1 else 's'}"
    return words(f"写入 {out}：批注 {count} 条，总述 1 条", f"written {out}: {notes} and a summary")


COMMAND = Command(
    name="annotate",
    takes=words("文件…", "FILE..."),
    says=words(
        "把问题批注在文件的副本里：Word 批注、网页标记、PDF 高亮",
        "put the findings into a copy of the file: Word comments, PDF highlights, marks in a page",
    ),
    run=run,
    options=(
        Option(
            "--out",
            words(
                "写到这个文件；有几份文件时写到这个文件夹（默认写在旁边，如 报告.批注.docx）",
                "write to this file, of several files to this folder (by default beside them: X.annotated.docx)",
            ),
            words("文件", "OUT"),
            short="-o",
        ),
        Option(
            "--fail-on",
            words(
                "有这一级以上的问题时退出码为 1：error 错误，warning 警告，info 提示（默认只要写成就是 0）",
                "exit with 1 from this severity on: error, warning, info (by default 0 whatever is found)",
            ),
            words("级别", "SEVERITY"),
            choices=SEVERITIES,
        ),
        *(option for option in CHECK.options if option.name in _SHARED),
    ),
    more=words(
        """各种文件的副本：
  docx              原来的 Word 文件加上批注，批注在有问题的字句和单元格上；别人的批注、格式和内容都不动
  html              原来的网页加上标记，问题列在最前面
  md、txt           一个网页，内容照原文
  pdf               原来的 pdf 加上高亮和附注（要先 pip install 'reportlint[review]'）
  其他              不能加批注，请先另存为 docx；写 -o 文件.html 可以得到一个有标记的网页
网页里的个人信息也遮住。

再做一次，上次的批注先去掉，不会重复。

退出码：
  0  副本都写好了，不论有没有问题（除非写了 --fail-on）
  1  有达到 --fail-on 一级的问题
  2  有文件没有写成，或者没有完整检查（能写的照写，原因写在总述里）
""",
        """The copies:
  docx              the Word file itself with comments on the very words and cells; the comments of others, the
                    formatting and the words stay as they are
  html              the page itself with marks, the findings listed at its top
  md, txt           a page that shows the text as it is
  pdf               the pdf itself with highlights and notes (needs pip install 'reportlint[review]')
  others            take no notes: save them as docx; with -o FILE.html there is a page with marks
In pages personal data is masked in the text, too.

Done again, the notes of the last time are taken out first.

Exit codes:
  0  all copies were written, whatever was found (unless --fail-on is given)
  1  a finding reaches --fail-on
  2  a file could not be annotated, or not be checked completely (then the summary in the copy says why)
""",
    ),
    at_least=1,
)
