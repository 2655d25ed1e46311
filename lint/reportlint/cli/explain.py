"""`reportlint explain`: the page of a rule, as one hands it to whoever has to mend the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.cli import streams
from reportlint.cli.options import Arguments, Command, hint
from reportlint.cli.run import CONFIG, PACK, RULES, Session, said
from reportlint.errors import FAULTS, UsageError, words
from reportlint.outputs import page
from reportlint.rule import Rule
from reportlint.violations import nearest


def run(arguments: Arguments) -> int:
    """Show the page of each rule named."""
    arguments.check()
    lang = arguments.lang
    session = Session(arguments)
    linter = session.linter(session.settings(""))
    shown: list[str] = []
    for name in arguments.operands:
        if name.upper() in FAULTS:
            shown.append(_fault(name.upper(), lang))
        else:
            listed = linter.all_rules
            if not any(name.upper() == rule.code or name == rule.name for rule in listed):
                # Rules of packs that are not in use here are explained as well.
                listed = (*listed, *linter.library.rules())
            shown.append("".join(f"{line}\n" for line in _page(_named(name, listed), lang)))
    streams.write(["\n".join(shown)])
    return said(linter.faults, lang)


def _named(name: str, rules: Sequence[Rule]) -> Rule:
    for rule in rules:
        if name.upper() == rule.code or name == rule.name:
            return rule
    zh, en = hint(nearest(name, [word for rule in rules for word in (rule.code, rule.name)]))
    raise UsageError(words(f"没有规则“{name}”{zh}", f"there is no rule “{name}”{en}"))


def _page(rule: Rule, lang: str) -> Iterator[str]:
    yield page.heading(rule, lang)
    yield page.facts(rule, lang)
    for part in page.parts(rule, lang):
        yield ""
        yield part.heading
        for line in part.lines:
            if part.form == "code":
                yield from (f"  │ {text}" for text in line.splitlines())
                if line is not part.lines[-1]:
                    yield ""
            else:
                yield f"  {line}".replace("`", "")


def _fault(code: str, lang: str) -> str:
    kind = FAULTS[code](lang)
    if lang == "en":
        return f"{code} {kind}\n\n  No finding but a fault: something could not be checked, and the exit code is 2.\n"
    return f"{code} {kind}\n\n  这不是报告的问题，而是有内容未能检查：结果不完整，退出码是 2。\n"


COMMAND = Command(
    name="explain",
    takes=words("规则…", "RULE..."),
    says=words("解释规则：依据、原因、正误例子", "explain rules: clause, reason, examples"),
    run=run,
    options=(CONFIG, PACK, RULES),
    at_least=1,
)
