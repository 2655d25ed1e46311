"""`reportlint text`: a report as the text that lines and columns count in; personal data is masked."""

from __future__ import annotations

from reportlint.cli import streams
from reportlint.cli.options import Arguments, Command
from reportlint.cli.run import CONFIG, PACK, RULES, Session, opened, said
from reportlint.errors import Unreadable, words
from reportlint.finding import Fault


def run(arguments: Arguments) -> int:
    """Show the text of one file."""
    arguments.check()
    session = Session(arguments)
    (path,) = arguments.operands
    linter = session.linter_of(path)
    try:
        text = linter.text(*opened(path))
    except Unreadable as error:
        return said([*linter.faults, Fault(error.code, path, error.words)], arguments.lang)
    streams.write([text, "" if text.endswith("\n") else "\n"])
    return said(linter.faults, arguments.lang)


COMMAND = Command(
    name="text",
    takes=words("文件", "FILE"),
    says=words(
        "显示从文件里读出的文字（行号列号以它为准）", "show the text read from a file, in which lines are counted"
    ),
    run=run,
    options=(CONFIG, PACK, RULES),
    at_least=1,
    at_most=1,
)
