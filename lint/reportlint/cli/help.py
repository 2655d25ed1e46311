"""The help texts, made from the same tables as the reading of the command line."""

from __future__ import annotations

from importlib import import_module

from reportlint.cli.options import HELP, LANG, Command, Option
from reportlint.errors import words
from reportlint.outputs.terminal import cells

COMMANDS: dict[str, str] = {
    "check": "reportlint.cli.check",
    "explain": "reportlint.cli.explain",
    "rules": "reportlint.cli.rules",
    "text": "reportlint.cli.text",
    "extract": "reportlint.cli.extract",
    "init": "reportlint.cli.init",
    "new": "reportlint.cli.new",
    "annotate": "reportlint.cli.annotate",
    "review": "reportlint.cli.review",
    "baseline": "reportlint.cli.baseline",
    "selftest": "reportlint.cli.selftest",
    "config": "reportlint.cli.config",
    "pack": "reportlint.cli.pack",
    "schema": "reportlint.cli.schema",
}
"""The module of each command."""

EXIT_CODES = words(
    """退出码：
  0  要求检查的都检查了，没有达到 --fail-on 一级的问题
  1  发现问题
  2  结果不完整，不能采信：有文件读不了、参数或配置写错了、规则包或插件没有加载、没有可以检查的文件
""",
    """Exit codes:
  0  all that was asked for was checked, and nothing reaches --fail-on
  1  problems were found
  2  the result is incomplete and not to be trusted: a file that cannot be read, a wrong option or configuration, a
     pack or plugin that did not load, nothing to check
""",
)
_OVERVIEW = words(
    """reportlint 检查政府信息公开工作年度报告：六个部分是否齐全，三张表格是否符合统一格式、数字是否相符，
正文和表格是否一致，该写明的是否写明，有没有不该公开的个人信息。

用法：
  reportlint 文件或文件夹…    检查这些报告
  reportlint                  检查 reportlint.toml 中 paths 写明的报告

命令：
""",
    """reportlint checks annual reports of Chinese agencies on open government information: whether all six parts are
there, whether the three tables follow the statutory form and add up, whether text and tables agree, whether what must
be stated is stated, and whether personal data is left in.

Usage:
  reportlint PATH...    check these reports
  reportlint            check the reports that `paths` in reportlint.toml names

Commands:
""",
)
_DETAILS = words(
    "\n每个命令的选项：reportlint 命令 --help\n英文：--lang en\n\n",
    "\nOptions of a command: reportlint COMMAND --help\nIn Chinese: --lang zh\n\n",
)


def command(name: str) -> Command:
    """The command of that name."""
    found: Command = import_module(COMMANDS[name]).COMMAND
    return found


def overview(lang: str) -> str:
    """What `reportlint --help` says."""
    listed = [(f"{name} {command(name).takes(lang)}".rstrip(), command(name).says(lang)) for name in COMMANDS]
    return f"{_OVERVIEW(lang)}{_columns(listed)}{_DETAILS(lang)}{EXIT_CODES(lang)}"


def manual(name: str, lang: str) -> str:
    """What `reportlint COMMAND --help` says."""
    found = command(name)
    usage, options = ("用法", "选项") if lang == "zh" else ("Usage", "Options")
    colon = "：" if lang == "zh" else ": "
    text = f"{found.says(lang)}\n\n{usage}{colon}reportlint {name} {found.takes(lang)}".rstrip()
    listed = [(_shown(option, lang), option.says(lang)) for option in (*found.options, LANG, HELP)]
    more = f"\n{found.more(lang)}" if found.more is not None else ""
    return f"{text}\n\n{options}{colon.rstrip()}\n{_columns(listed)}{more}"


def _shown(option: Option, lang: str) -> str:
    names = f"{option.short}, {option.name}" if option.short else option.name
    return f"{names} {option.value(lang)}" if option.value is not None else names


def _columns(listed: list[tuple[str, str]]) -> str:
    """Two columns; what stands left of the second is padded by the cells of a terminal."""
    left = max(cells(name) for name, _ in listed) + 2
    return "".join(f"  {name}{' ' * (left - cells(name))}{says}\n" for name, says in listed)
