"""Where the outputs of a run go: one to standard output, any number into files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

from reportlint.cli import streams
from reportlint.cli.options import Arguments, Option, hint
from reportlint.errors import ReportlintError, UsageError, words
from reportlint.finding import Fault, Result
from reportlint.outputs import OUTPUTS, Render, View, output
from reportlint.violations import nearest

FORMAT = Option(
    "--format",
    words(
        "显示成什么格式：full 详细（默认），concise 一行一个，或下面列出的其他格式",
        "how to show the result: full (default), concise, or another of the formats below",
    ),
    words("格式", "FORMAT"),
)
OUTPUT = Option(
    "--output",
    words(
        "另外按这种格式写进文件，可写多次；文件写作 - 就是显示出来",
        "also write the result in this format to a file; may be repeated; - is standard output",
    ),
    words("格式:文件", "FORMAT:FILE"),
    many=True,
    split=False,
)
STATISTICS = Option(
    "--statistics",
    words("只显示每条规则有多少个问题，最严重的在前", "show how many findings each rule has instead of the findings"),
)
STDOUT = "-"


class Target(NamedTuple):
    """An output, and the file it goes to; None for standard output."""

    name: str
    render: Render
    path: str | None = None

    @property
    def json(self) -> bool:
        return self.name in OUTPUTS and OUTPUTS[self.name].json

    @property
    def contents(self) -> bool:
        """Whether it shows the reports themselves."""
        return self.name in OUTPUTS and OUTPUTS[self.name].contents

    @property
    def spoken(self) -> bool:
        """Whether it is for a person at a terminal, and shown there."""
        return self.path is None and self.name in OUTPUTS and OUTPUTS[self.name].spoken

    def write(self, result: Result, view: View) -> None:
        """Write the result. Raises UsageError where the file cannot be written."""
        if self.path is None:
            streams.write(self.render(result, view), json=self.json)
            return
        try:
            own = view._replace(color=False, width=View().width, folder=os.path.dirname(self.path))
            streams.write_file(self.path, self.render(result, own))
        except OSError as error:
            raise _unwritable(self.path, error.strerror) from error


def targets(arguments: Arguments, extra: Mapping[str, Render]) -> list[Target]:
    """What a command line asks for, standard output first. Raises UsageError where that is impossible."""
    shown: list[Target] = []
    written: list[Target] = []
    for item in arguments.values.get(OUTPUT.name, ()):
        name, colon, path = item.partition(":")
        if not colon or not path:
            zh, en = f"{OUTPUT.name} 应写作 格式:文件", f"{OUTPUT.name} takes FORMAT:FILE"
            raise UsageError(words(f"{zh}，如 sarif:结果.sarif，现在是“{item}”", f"{en}, it is “{item}”"))
        render = _render(name, extra)
        if path == STDOUT:
            shown.append(Target(name, render))
            continue
        if any(_same(path, target.path) for target in written):
            raise UsageError(words(f"{path}：要写两次", f"{path}: two outputs go there"))
        if not os.path.isdir(os.path.dirname(path) or "."):
            raise UsageError(words(f"{path}：写不进去：没有这个文件夹", f"{path}: cannot be written: no such folder"))
        written.append(Target(name, render, path))
    if FORMAT.name in arguments.values or not shown:
        name = arguments.value(FORMAT.name) or "full"
        shown.insert(0, Target(name, _render(name, extra)))
    if len(shown) > 1:
        names = [target.name for target in shown]
        raise UsageError(
            words(
                f"只能显示一种格式，现在有 {'、'.join(names)}；其他的请写进文件",
                f"one format can be shown, not {' and '.join(names)}: write the others to files",
            )
        )
    if shown[0].name in OUTPUTS and OUTPUTS[shown[0].name].binary and streams.is_terminal():
        says = words(
            f"{shown[0].name} 不能显示，请写进文件：--output {shown[0].name}:文件",
            f"{shown[0].name} cannot be shown: write it to a file with --output {shown[0].name}:FILE",
        )
        raise UsageError(says)
    if STATISTICS.name in arguments.switches and not shown[0].spoken:
        says = words(
            f"{STATISTICS.name} 只用于 full 和 concise，现在是 {shown[0].name}",
            f"{STATISTICS.name} is for full and concise, not for {shown[0].name}",
        )
        raise UsageError(says)
    return [*shown, *written]


def refuse(error: ReportlintError, arguments: Arguments, view: View) -> None:
    """Leave the refusal of a run wherever its result was to go, so that no old result is taken for the new one.

    What a person reads on a terminal is left alone: that is told on standard error.
    """
    refused = Result((), (), (Fault("RL030", None, error.words),), ())
    for target in _intelligible(arguments):
        with suppress(UsageError):
            target.write(refused, view)


def _intelligible(arguments: Arguments) -> Iterable[Target]:
    """What of a command line can be obeyed although something in it is wrong: built-in outputs."""
    asked = [(name, STDOUT) for name in arguments.values.get(FORMAT.name, ())[-1:]]
    asked += [(name, path) for name, _, path in (item.partition(":") for item in arguments.values.get(OUTPUT.name, ()))]
    for name, path in asked:
        if name in OUTPUTS and path:
            target = Target(name, output(name), None if path == STDOUT else path)
            if not target.spoken:
                yield target


def _render(name: str, extra: Mapping[str, Render]) -> Render:
    try:
        return output(name, extra)
    except KeyError:
        known = [*OUTPUTS, *extra]
        zh, en = hint(nearest(name, known))
        raise UsageError(
            words(
                f"没有输出格式“{name}”{zh}（有 {'、'.join(known)}）",
                f"there is no format “{name}”{en} (there are {', '.join(known)})",
            )
        ) from None


def _same(path: str, other: str | None) -> bool:
    return other is not None and os.path.abspath(path) == os.path.abspath(other)


def _unwritable(path: str, why: str | None) -> UsageError:
    return UsageError(words(f"{path}：写不进去：{why}", f"{path}: cannot be written: {why}"))
