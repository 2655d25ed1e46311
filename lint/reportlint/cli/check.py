"""`reportlint check`: the findings in some reports."""

from __future__ import annotations

import os

from reportlint.cli import streams
from reportlint.cli.files import Found, find
from reportlint.cli.help import EXIT_CODES
from reportlint.cli.options import Arguments, Command, Option, hint
from reportlint.cli.run import CONFIG, PACK, RULES, STDIN, Session
from reportlint.config import Settings
from reportlint.errors import ReportlintError, UsageError, words
from reportlint.finding import Fault, Result
from reportlint.globs import slashed
from reportlint.outputs import OUTPUTS, Render, View, output
from reportlint.rule import SEVERITIES
from reportlint.violations import nearest

_RULES = words("规则", "RULES")
_GLOB = words("通配符", "GLOB")


def run(arguments: Arguments) -> int:
    """Check, show the result, and return its exit code."""
    name = arguments.value("--format") or "full"
    view = View(
        lang=arguments.lang,
        color=arguments.value("--output-file") is None and streams.is_colored(arguments.value("--color") or "auto"),
        width=streams.columns(),
        quiet="--quiet" in arguments.switches,
        verbose="--verbose" in arguments.switches,
    )
    try:
        arguments.check()
        session = Session(arguments)
        render = _render(name, session)
        result, found = _checked(arguments, session)
    except ReportlintError as error:
        if name == "json":
            refused = Result((), (), (Fault("RL030", None, error.words),), 0)
            _show(refused, output("json"), name, view, arguments)
        raise
    if not result.files and not result.faults:
        if not view.quiet and name != "json":
            says = words(
                f"没有检查任何文件：{found.excluded} 个文件按配置不检查",
                f"nothing was checked: {found.excluded} files are excluded by the configuration",
            )
            streams.write([f"{says(view.lang)}\n"])
        elif name == "json":
            _show(result, render, name, view, arguments)
        return 0
    view = View(view.lang, view.color, view.width, view.quiet, view.verbose, found.excluded)
    _show(result, render, name, view, arguments)
    return result.exit_code


def _checked(arguments: Arguments, session: Session) -> tuple[Result, Found]:
    stdin_name = arguments.value("--stdin-filename")
    named = arguments.operands or ([STDIN] if stdin_name is not None else _configured(session.settings("")))
    paths = [name for name in named if name != STDIN]
    suffixes = [f".{kind}" for kind in session.plugins.readers]
    found = find(paths, session.settings_of, suffixes)
    files = (*found.files, STDIN) if STDIN in named else found.files
    if not files:
        # Faults of packs and plugins, and wrong rules in the configuration, are said even so.
        session.linter(session.settings(""))
    return session.check(files, slashed(stdin_name) if stdin_name else None, found.faults), found


def _configured(settings: Settings) -> list[str]:
    """The paths that the configuration names, as they look from the working directory."""
    if not settings.paths:
        raise UsageError(
            words(
                "没有说明要检查什么：请写上文件或文件夹，或者在 reportlint.toml 里写 paths（reportlint --help 有说明）",
                "nothing to check: name files or folders, or set `paths` in reportlint.toml (see reportlint --help)",
            )
        )
    here = os.getcwd()
    paths: list[str] = []
    for name in settings.paths:
        path = os.path.normpath(os.path.join(settings.root, name))
        inside = path == here or path.startswith(os.path.join(here, ""))
        paths.append(os.path.relpath(path) if inside else path)
    return paths


def _render(name: str, session: Session) -> Render:
    try:
        return output(name, session.plugins.outputs)
    except KeyError:
        known = [*OUTPUTS, *session.plugins.outputs]
        zh, en = hint(nearest(name, known))
        raise UsageError(
            words(
                f"没有输出格式“{name}”{zh}（有 {'、'.join(known)}）",
                f"there is no format “{name}”{en} (there are {', '.join(known)})",
            )
        ) from None


def _show(result: Result, render: Render, name: str, view: View, arguments: Arguments) -> None:
    path = arguments.value("--output-file")
    if path is None:
        streams.write(render(result, view), json=name == "json")
        return
    try:
        streams.write_file(path, render(result, view))
    except OSError as error:
        says = words(f"{path}：写不进去：{error.strerror}", f"{path}: cannot be written: {error.strerror}")
        raise UsageError(says) from error


COMMAND = Command(
    name="check",
    takes=words("文件或文件夹…", "PATH..."),
    says=words("检查年度报告（不写命令时就是它）", "check reports (the default)"),
    run=run,
    options=(
        Option(
            "--format",
            words("输出格式：full 详细（默认），concise 一行一个，json 供程序使用", "full (default), concise, json"),
            words("格式", "FORMAT"),
        ),
        Option(
            "--output-file",
            words("把结果写进文件，而不是显示出来", "write the result to a file instead"),
            words("文件", "FILE"),
        ),
        Option(
            "--select",
            words(
                "只检查这些规则：代码、前缀、名称、规则包或标签，用逗号隔开",
                "run these rules only: codes, prefixes, names, packs or tags, with commas",
            ),
            _RULES,
            many=True,
        ),
        Option("--ignore", words("不检查这些规则", "do not run these rules"), _RULES, many=True),
        Option(
            "--severity",
            words("改变规则的级别，如 T004=error", "another severity for a rule, such as T004=error"),
            words("规则=级别", "RULE=SEVERITY"),
            many=True,
        ),
        Option(
            "--fail-on",
            words(
                "达到哪一级退出码为 1：error 错误，warning 警告（默认），info 提示",
                "exit with 1 from this severity on: error, warning (default), info",
            ),
            words("级别", "SEVERITY"),
            choices=SEVERITIES,
        ),
        Option("--exclude", words("不检查这些文件", "do not check these files"), _GLOB, many=True),
        Option(
            "--year",
            words("这些报告是哪一年度的（报告自己说不清时用）", "the year of these reports, where they do not tell"),
            words("年份", "YEAR"),
        ),
        Option(
            "--roster",
            words("应当报告的机关名册：.toml、.csv 或 .xlsx 文件", "who must report: a .toml, .csv or .xlsx file"),
            words("文件", "FILE"),
        ),
        Option(
            "--reports-only",
            words(
                "只逐份检查，不比对年度之间、机关之间（提交钩子 reportlint 用）",
                "check each report by itself, nothing between years and agencies",
            ),
        ),
        Option(
            "--stdin-filename",
            words("从标准输入读取报告，按这个文件名对待", "read a report from standard input, as a file of this name"),
            words("文件名", "NAME"),
        ),
        CONFIG,
        PACK,
        RULES,
        Option(
            "--color",
            words("颜色：auto 自动（默认），always 总是，never 从不", "colour: auto (default), always, never"),
            words("方式", "WHEN"),
            choices=("auto", "always", "never"),
        ),
        Option("--quiet", words("只显示问题和未能检查的内容", "findings and faults only"), short="-q"),
        Option("--verbose", words("也显示没有检查的规则和原因", "also what was not checked and why"), short="-v"),
    ),
    more=EXIT_CODES,
)
