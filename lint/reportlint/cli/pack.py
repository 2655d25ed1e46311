"""`reportlint pack`: make a new pack, try the examples of one, list what is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reportlint.cli import streams
from reportlint.cli.options import Arguments, Command, Option, action
from reportlint.cli.run import CONFIG, Session, said
from reportlint.errors import UsageError, words

if TYPE_CHECKING:
    from reportlint.trials import Trial

ACTIONS = ("new", "test", "list")


def run(arguments: Arguments) -> int:
    """Do what the first argument says."""
    arguments.check()
    wanted = action("pack", arguments.operands, ACTIONS)
    rest = arguments.operands[1:]
    if wanted == "list":
        return _list(arguments, rest)
    if len(rest) != 1:
        takes = ("名称", "NAME") if wanted == "new" else ("路径或名称", "PATH or NAME")
        raise UsageError(
            words(f"reportlint pack {wanted} 后面写一个{takes[0]}", f"reportlint pack {wanted} takes one {takes[1]}")
        )
    return _new(arguments, rest[0]) if wanted == "new" else _test(arguments, rest[0])


# --- new ------------------------------------------------------------------------------------------------------------


def _new(arguments: Arguments, name: str) -> int:
    from reportlint.starter import files

    target = Path(arguments.value("--to") or f"reportlint-{name}")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(words(f"{target} 已经存在，不覆盖", f"{target} exists already and is left alone"))
    written = files(name, arguments.value("--prefix") or "", python="--python" in arguments.switches)
    for path, text in written.items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    head = next(path for path in written if path.endswith("/pack.toml"))
    package = target / Path(head).parent
    shown = package.as_posix()
    lines = (
        [f"Written: {target.as_posix()}", *(f"  {path}" for path in written), f"Next: reportlint pack test {shown}"]
        if arguments.lang == "en"
        else [
            f"已写好：{target.as_posix()}",
            *(f"  {path}" for path in written),
            f"下一步：reportlint pack test {shown}",
        ]
    )
    streams.write(f"{line}\n" for line in lines)
    return 0


# --- test -----------------------------------------------------------------------------------------------------------


def _test(arguments: Arguments, name: str) -> int:
    from reportlint.testing import opened

    workshop, pack = opened(name)
    trials: dict[str, list[Trial]] = {rule.code: [] for rule in pack.rules}
    for trial in workshop.trials(pack):
        trials[trial.rule.code].append(trial)
    failed = [trial for listed in trials.values() for trial in listed if trial.why is not None]
    streams.write(f"{line}\n" for line in _tried(pack.name, trials, arguments.lang))
    return int(bool(failed))


def _tried(name: str, trials: dict[str, list[Trial]], lang: str) -> Iterator[str]:
    english = lang == "en"
    for code, listed in trials.items():
        wrong = [trial for trial in listed if trial.why is not None]
        good = sum(trial.manner == "good" and trial.example is not None for trial in listed)
        bad = sum(trial.manner == "bad" and trial.example is not None for trial in listed)
        verdict = ("FAILED" if wrong else "passed") if english else ("不通过" if wrong else "通过")
        counted = f"{good} good, {bad} bad" if english else f"好例 {good}，错例 {bad}"
        yield f"{code:<6} {verdict}  {counted}"
        for trial in wrong:
            assert trial.why is not None
            manner = trial.manner if english else {"good": "好例", "bad": "错例"}[trial.manner]
            text = f"{manner} “{trial.example.text[:40]}”：" if trial.example is not None else ""
            yield f"       {text}{trial.why(lang)}".replace("\n", "⏎")
    examples = [trial for listed in trials.values() for trial in listed if trial.example is not None]
    failed = sum(any(trial.why is not None for trial in listed) for listed in trials.values())
    yield ""
    yield (
        f"{name}: {len(trials)} rules, {len(examples)} examples; {failed} rules failed"
        if english
        else f"{name}：规则 {len(trials)} 条，例子 {len(examples)} 个；不通过 {failed} 条"
    )


# --- list -----------------------------------------------------------------------------------------------------------


def _list(arguments: Arguments, rest: list[str]) -> int:
    if rest:
        raise UsageError(words(f"多余的参数：{rest[0]}", f"one argument too many: {rest[0]}"))
    session = Session(arguments)
    linter = session.linter(session.settings(""))
    used = {pack.name for pack in linter.packs}
    english = arguments.lang == "en"
    lines: list[str] = []
    for pack in sorted(linter.library.all(), key=lambda pack: (pack.name not in used, pack.name)):
        state = ("on" if pack.name in used else "off") if english else ("起作用" if pack.name in used else "未选用")
        base = f" > {', '.join(pack.extends)}" if pack.extends else ""
        origin = pack.distribution or pack.path.as_posix()
        count = f"{len(pack.rules)} rules" if english else f"规则 {len(pack.rules)} 条"
        lines.append(f"{pack.name:<12} {state}  {count:<10}  {pack.title(arguments.lang)}{base}  [{origin}]")
    lines += (
        ["", '选用：--pack 名称，或在 reportlint.toml 里写 packs = ["名称"]']
        if not english
        else ["", 'To use one: --pack NAME, or packs = ["NAME"] in reportlint.toml']
    )
    streams.write(f"{line}\n" for line in lines)
    return said(linter.faults, arguments.lang)


COMMAND = Command(
    name="pack",
    takes=words("new 名称 | test 路径或名称 | list", "new NAME | test PATH|NAME | list"),
    says=words("规则包：新建、试例子、列出", "packs of rules: make a new one, try the examples, list"),
    run=run,
    options=(
        Option("--python", words("新建：带 Python 规则", "new: with rules in Python")),
        Option(
            "--prefix",
            words("新建：规则代码的前缀，如 GD", "new: the prefix of codes, such as GD"),
            words("字母", "LETTERS"),
        ),
        Option("--to", words("新建：写到哪个文件夹", "new: the folder to write"), words("文件夹", "FOLDER")),
        CONFIG,
    ),
    more=words(
        """  new   写一个可以直接试、改、发布的规则包
  test  每条规则要有好例和写明位置的错例；逐个放进一份没有问题的报告里检查
  list  有哪些规则包，哪些起作用

退出码（test）：0 全部通过；1 有不通过的；2 规则包本身有错，没有试
""",
        """  new   write a pack that can be tried, changed and published
  test  every rule needs a good example and a bad one that asserts the place; each is put into a report and checked
  list  which packs there are, and which of them hold

Exit codes (test): 0 all passed; 1 some did not; 2 the pack itself is wrong, nothing was tried
""",
    ),
    at_least=1,
)
