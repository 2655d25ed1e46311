"""`reportlint selftest`: defects planted in one's own report; which are noticed, by which rule and where."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.cli import streams
from reportlint.cli.options import Arguments, Command
from reportlint.cli.run import CONFIG, PACK, RULES, Session, opened, said
from reportlint.errors import Unreadable, words
from reportlint.finding import Fault
from reportlint.plant import Unplanted
from reportlint.selftest import REREAD, SelfTest, Trial, selftest

_WIDEST = 64
"""How much of what was planted is shown in a line."""


def run(arguments: Arguments) -> int:
    """Plant, check, and show what became of each defect."""
    arguments.check()
    session = Session(arguments)
    (path,) = arguments.operands
    linter = session.linter_of(path)
    try:
        test = selftest(linter, *opened(path))
    except Unreadable as error:
        return said([*linter.faults, Fault(error.code, path, error.words)], arguments.lang)
    streams.write(f"{line}\n" for line in _lines(test, arguments.lang))
    return max(said([*linter.faults, *test.faults], arguments.lang), test.exit_code)


def _lines(test: SelfTest, lang: str) -> Iterator[str]:
    english = lang == "en"
    yield from _head(test, english)
    if test.missed:
        yield ""
        yield "Not noticed:" if english else "没有查出："
        for trial in test.missed:
            yield f"  {_planted(trial, lang)}"
            if trial.why is not None:
                yield f"        {trial.why(lang)}"
    noticed = [trial for trial in test.trials if not trial.missed]
    if noticed:
        yield ""
        yield "Noticed:" if english else "查出："
        for trial in noticed:
            yield f"  {_planted(trial, lang)}"
            yield f"        → {_noticed(trial, lang)}"
    if test.unplanted:
        yield ""
        yield "Not planted:" if english else "没有植入："
        yield from _unplanted(test.unplanted, lang)


def _head(test: SelfTest, english: bool) -> Iterator[str]:
    clean = test.clean
    yield clean.path
    planted, missed = len(test.trials), len(test.missed)
    yield (
        f"{planted} defects planted, one at a time: {planted - missed} noticed, {missed} not"
        if english
        else f"逐一植入 {planted} 处错误：查出 {planted - missed} 处，没有查出 {missed} 处"
    )
    if clean.findings:
        yield (
            f"The report itself has {len(clean.findings)} findings; they are not counted here."
            if english
            else f"报告本身有 {len(clean.findings)} 个问题，不计在内。"
        )
    if clean.kind not in REREAD:
        yield (
            f"Defects are planted in what is read from the {clean.kind} file; the reading itself is not tested."
            if english
            else f"错误植入在从 {clean.kind} 文件读出的内容里；读文件这一步没有测。"
        )


def _planted(trial: Trial, lang: str) -> str:
    says = trial.plant.says(lang)
    cut = says if len(says) <= _WIDEST else f"{says[: _WIDEST - 1]}…"
    return f"{trial.plant.rule.code:<6}{cut}"


def _noticed(trial: Trial, lang: str) -> str:
    """Where the defect was noticed, and by which rule where that is another."""
    if trial.found is None:
        refused = trial.refused.message(lang) if trial.refused is not None else ""
        return f"not passed as a whole: {refused}" if lang == "en" else f"整份不予通过：{refused}"
    found = trial.found
    by = "" if found.rule == trial.plant.rule.code else f"{found.rule} "
    return f"{by}{found.line}:{found.column} {found.address}"


def _unplanted(items: tuple[Unplanted, ...], lang: str) -> Iterator[str]:
    """The rules by the reason why nothing was planted for them."""
    by_reason: dict[str, list[str]] = {}
    for item in items:
        by_reason.setdefault(item.why(lang), []).append(item.rule.code)
    for reason, codes in by_reason.items():
        listed = list(dict.fromkeys(codes))
        yield f"  {reason}{': ' if lang == 'en' else '：'}{' '.join(listed)}"


COMMAND = Command(
    name="selftest",
    takes=words("文件", "FILE"),
    says=words("在一份报告里逐一植入错误，看能查出哪些", "plant defects in a report and show which are noticed"),
    run=run,
    options=(CONFIG, PACK, RULES),
    more=words(
        """文件不会改动：错误只植入在内存里。植入的错误来自各条规则的错例和统一格式的勾稽关系。

退出码：0 植入的错误全部查出；1 有没查出的；2 文件读不了，或者规则运行出错
""",
        """The file stays as it is: defects are planted in memory. They come from the wrong examples of the rules and
from the equations of the form.

Exit codes: 0 all planted defects were noticed; 1 some were not; 2 the file cannot be read, or a rule crashed
""",
    ),
    at_least=1,
    at_most=1,
)
