"""`check --fix`: mends in the files themselves, or as a difference to look at first."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from reportlint.cli import streams
from reportlint.cli.options import Arguments, Option
from reportlint.cli.run import STDIN, Session, read_file
from reportlint.errors import Unreadable, UsageError, Words, words
from reportlint.outputs import View

if TYPE_CHECKING:
    from reportlint.finding import FileResult

FIX = Option(
    "--fix",
    words(
        "改正写法上确定的问题，直接改在文件里（txt、md、html、docx）",
        "mend what is certain, in the files themselves (txt, md, html, docx)",
    ),
)
UNSAFE = Option(
    "--unsafe-fixes",
    words(
        "连同需要本人确认的一起改：代写收费说明、空格填 0（各项合计都成立时）等",
        "also mend what the author must confirm: a fee statement, 0 in blank cells where all sums then hold",
    ),
)
DIFF = Option(
    "--diff",
    words("只显示 --fix 会改什么，不动文件", "show what --fix would do, and change no file"),
)


def is_wanted(arguments: Arguments) -> bool:
    """Whether the command line asks for mends."""
    return any(option.name in arguments.switches for option in (FIX, UNSAFE, DIFF))


def mend(files: Sequence[str], session: Session, arguments: Arguments, view: View) -> int:
    """Mend the files, or show what would be; the exit code of a difference, 0 where the files were mended."""
    if STDIN in files:
        raise UsageError(words("标准输入里的内容不能改写，请写文件名", "standard input cannot be mended: name a file"))
    from reportlint.fix import fixed

    unsafe = UNSAFE.name in arguments.switches
    only_shown = DIFF.name in arguments.switches
    mended = changed = left = 0
    for path in files:
        try:
            linter = session.linter_of(path)
            data = read_file(path)
            found = fixed(linter, path, data, unsafe=unsafe, spared=lambda file: _spared(session, file))
        except (Unreadable, UsageError) as error:
            # A check of the same files says the same of one that cannot be read; that one cannot be mended it does not.
            if isinstance(error, UsageError):
                streams.write_error(error.words(view.lang))
            continue
        left += len(found.left)
        if not found.mended:
            continue
        mended += len(found.mended)
        changed += 1
        if only_shown:
            streams.write(_difference(path, linter.text(path, data), linter.text(path, found.data)))
        else:
            _written(path, found.data)
    if not view.quiet:
        streams.write_error(_summary(mended, changed, left, only_shown)(view.lang))
    return int(only_shown and changed > 0)


def _written(path: str, data: bytes) -> None:
    """Write a mended file beside the old one and put it in its place: a full disk must not cost the report."""
    import shutil

    beside = f"{path}.reportlint-new"
    try:
        streams.write_bytes([data], beside)
        shutil.copymode(path, beside)
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        os.replace(beside, path)
    except OSError as error:
        with suppress(OSError):
            os.remove(beside)
        says = words(f"{path}：写不进去：{error.strerror}", f"{path}: cannot be written: {error.strerror}")
        raise UsageError(says) from error


def _spared(session: Session, file: FileResult) -> Iterator[str]:
    """The fingerprints of the findings of a file that are left on purpose."""
    for settled in session.settled(session.linter_of(file.path).settled([file])):
        yield from (left.finding.fingerprint for left in settled.suppressed)


def _difference(path: str, before: str, after: str) -> Iterator[str]:
    """The lines of the text view, personal data masked, that change."""
    from difflib import unified_diff

    for line in unified_diff(before.splitlines(), after.splitlines(), f"a/{path}", f"b/{path}", lineterm="", n=1):
        yield f"{line}\n"


def _summary(mended: int, changed: int, left: int, only_shown: bool) -> Words:
    zh = f"{'可以改正' if only_shown else '已改正'} {mended} 处（{changed} 份文件）"
    en = f"{'would mend' if only_shown else 'mended'} {mended} in {changed} file{'' if changed == 1 else 's'}"
    if left:
        zh += f"；另有 {left} 处写有改法，但不能自动改，请人工改"
        en += f"; {left} more that cannot be mended here"
    return words(zh, en)
