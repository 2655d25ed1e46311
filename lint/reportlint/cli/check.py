"""`reportlint check`: the findings in some reports."""

from __future__ import annotations

import os
from collections.abc import Iterator

from reportlint.cli import streams
from reportlint.cli.files import Found, find
from reportlint.cli.help import EXIT_CODES
from reportlint.cli.mend import DIFF, FIX, UNSAFE, is_wanted, mend
from reportlint.cli.options import Arguments, Command, Option
from reportlint.cli.run import BASELINE, CONFIG, PACK, RULES, STDIN, Session
from reportlint.cli.targets import FORMAT, OUTPUT, STATISTICS, refuse, targets
from reportlint.config import Settings
from reportlint.errors import ReportlintError, UsageError, words
from reportlint.finding import Result
from reportlint.globs import slashed
from reportlint.outputs import View
from reportlint.rule import SEVERITIES

_RULES = words("规则", "RULES")
_GLOB = words("通配符", "GLOB")
_FORMATS = words(
    """格式：
  full      每个问题连同原文、依据和改法     concise   一行一个，给编辑器和 grep
  json      供程序使用                       sarif     SARIF 2.1.0，代码托管平台和编辑器通用
  github    GitHub Actions 的标注            gitlab    GitLab 代码质量报告
  junit     JUnit XML，各种 CI 都能显示      markdown  合并请求或运行摘要里的一页
  html      一个网页：结论、原文、三张表和依据，可以打印；多份报告有总表
  xlsx      工作簿：问题、单位和规则的矩阵、全部数字
""",
    """Formats:
  full      findings with the text, clause, advice   concise   a line a finding, for editors and grep
  json      for programs                             sarif     SARIF 2.1.0, for code hosts and editors
  github    annotations of GitHub Actions            gitlab    GitLab Code Quality
  junit     JUnit XML, for CI servers                markdown  a page for a pull request or the summary of a run
  html      one page to read and print: verdict, text, tables, clauses; an overview of many reports
  xlsx      a workbook: findings, units by rules, all figures
""",
)


def run(arguments: Arguments) -> int:
    """Check, show the result, and return its exit code."""
    view = View(
        lang=arguments.lang,
        color=streams.is_colored(arguments.value("--color") or "auto"),
        width=streams.columns(),
        quiet="--quiet" in arguments.switches,
        verbose="--verbose" in arguments.switches,
        statistics=STATISTICS.name in arguments.switches,
    )
    try:
        arguments.check()
        session = Session(arguments)
        wanted = targets(arguments, session.plugins.outputs)
        found = files_of(arguments, session)
        if is_wanted(arguments):
            code = mend(found.files, session, arguments, view)
            if DIFF.name in arguments.switches:
                return code
        result = _checked(found, arguments, session, contents=any(target.contents for target in wanted))
    except ReportlintError as error:
        refuse(error, arguments, view)
        raise
    view = view._replace(excluded=found.excluded)
    for target in wanted:
        if target.spoken and not result.files and not result.faults:
            streams.write(_nothing(found, view))
        else:
            target.write(result, view)
    return result.exit_code


def _nothing(found: Found, view: View) -> Iterator[str]:
    """What is said where all that was named is excluded."""
    if not view.quiet:
        says = words(
            f"没有检查任何文件：{found.excluded} 个文件按配置不检查",
            f"nothing was checked: {found.excluded} files are excluded by the configuration",
        )
        yield f"{says(view.lang)}\n"


def _checked(found: Found, arguments: Arguments, session: Session, *, contents: bool) -> Result:
    stdin_name = arguments.value("--stdin-filename")
    if not found.files:
        # Faults of packs and plugins, and wrong rules in the configuration, are said even so.
        session.linter(session.settings(""))
    name = slashed(stdin_name) if stdin_name else None
    return session.check(found.files, name, found.faults, contents=contents)


def files_of(arguments: Arguments, session: Session) -> Found:
    """The files that the command line or the configuration names, standard input last. Raises UsageError."""
    from_input = arguments.value("--stdin-filename") is not None
    named = arguments.operands or ([STDIN] if from_input else _configured(session.settings("")))
    suffixes = [f".{kind}" for kind in session.plugins.readers]
    found = find([name for name in named if name != STDIN], session.settings_of, suffixes)
    return found._replace(files=(*found.files, STDIN)) if STDIN in named else found


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


COMMAND = Command(
    name="check",
    takes=words("文件或文件夹…", "PATH..."),
    says=words("检查年度报告（不写命令时就是它）", "check reports (the default)"),
    run=run,
    options=(
        FORMAT,
        OUTPUT,
        STATISTICS,
        FIX,
        UNSAFE,
        DIFF,
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
        BASELINE,
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
    more=words(f"{_FORMATS['zh']}\n{EXIT_CODES['zh']}", f"{_FORMATS['en']}\n{EXIT_CODES['en']}"),
)
