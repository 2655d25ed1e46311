"""The command line: argv to a run to an exit code. Only this package prints, and only `main` catches all."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from reportlint.cli import streams
from reportlint.cli.help import COMMANDS, command, manual, overview
from reportlint.cli.options import read
from reportlint.errors import ReportlintError, trace, words
from reportlint.version import __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line, by default that of the process; the exit code."""
    argv = list(sys.argv[1:] if argv is None else argv)
    lang = _language(argv)
    try:
        return _run(argv, lang)
    except ReportlintError as error:
        streams.write_error(f"reportlint{'：' if lang == 'zh' else ': '}{error.words(lang)}")
        return 2
    except BrokenPipeError:
        streams.abandon()
        return 2
    except KeyboardInterrupt:
        return 130
    except Exception:
        # Python's own exit code for a crash is 1, and that means findings.
        says = words(
            "程序内部出错，结果不能采信；请把下面的内容报告给开发者", "reportlint itself failed; please report this"
        )
        streams.write_error(f"{says(lang)}\n{trace()}")
        return 2


def _run(argv: list[str], lang: str) -> int:
    while argv and argv[0].partition("=")[0] == "--lang" and len(argv) > 1:
        argv = argv[1:] if "=" in argv[0] else argv[2:]
    if argv[:1] in (["--help"], ["-h"], ["help"]):
        streams.write([overview(lang)])
        return 0
    if argv[:1] == ["--version"]:
        streams.write([f"reportlint {__version__}\n"])
        return 0
    name = argv.pop(0) if argv and argv[0] in COMMANDS else "check"
    arguments = read(command(name), argv, lang)
    if "--help" in arguments.switches:
        streams.write([manual(name, lang)])
        return 0
    return command(name).run(arguments)


def _language(argv: list[str]) -> str:
    """The language asked for, before anything else is read, so that complaints are in it."""
    for at, word in enumerate(argv):
        if word == "--":
            break
        if word == "--lang=en" or (word == "--lang" and argv[at + 1 : at + 2] == ["en"]):
            return "en"
    return "zh"
