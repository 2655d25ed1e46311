"""`reportlint rules`: the rules there are, which of them are checked here, and which layer decided so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlint.cli import streams
from reportlint.cli.options import Arguments, Command, Option
from reportlint.cli.run import CONFIG, PACK, RULES, Session, opened, said
from reportlint.errors import Unreadable, words
from reportlint.finding import Fault
from reportlint.layers import Ruleset
from reportlint.outputs import page
from reportlint.outputs.summary import SEVERITIES
from reportlint.outputs.terminal import cells
from reportlint.rule import Rule


def run(arguments: Arguments) -> int:
    """List the rules, for a report with who decided what of each."""
    arguments.check()
    session = Session(arguments)
    path = arguments.value("--for")
    linter = session.linter_of(path) if path is not None else session.linter(session.settings(""))
    ruleset, faults = linter.base, list(linter.faults)
    if path is not None:
        try:
            ruleset = linter.ruleset(linter.report(*opened(path)))
        except Unreadable as error:
            faults.append(Fault(error.code, path, error.words))
    on = {rule.code for rule in ruleset.rules}
    if arguments.value("--format") == "json":
        import json

        data = [_data(rule, rule.code in on, ruleset, arguments.lang) for rule in ruleset.all_rules]
        streams.write([json.dumps(data, ensure_ascii=False, indent=2), "\n"], json=True)
    else:
        streams.write(f"{line}\n" for line in _lines(ruleset, on, path, arguments.lang))
    return said(faults, arguments.lang)


def _lines(ruleset: Ruleset, on: set[str], path: str | None, lang: str) -> Iterator[str]:
    english = lang == "en"
    rules = ruleset.all_rules
    if path is not None:
        listed = " > ".join(pack.name for pack in ruleset.packs)
        yield f"{path}{': packs ' if english else '：规则包 '}{listed}"
        yield ""
    wide = max((cells(word(lang)) for word in SEVERITIES.values()), default=0)
    for rule in rules:
        severity = SEVERITIES[rule.severity](lang)
        off = "" if rule.code in on else (" (off)" if english else "（不检查）")
        padding = " " * (wide - cells(severity))
        by = f"  ← {_decided(rule, ruleset, lang)}" if path is not None else ""
        yield f"{rule.code:<6} {severity}{padding}  {page.unfilled(rule.title(lang))}{off}{by}"
    yield ""
    yield (
        f"{len(rules)} rules, {len(on)} of them on. More about one: reportlint explain RULE"
        if english
        else f"共 {len(rules)} 条，检查 {len(on)} 条。详细说明：reportlint explain 规则"
    )


def _decided(rule: Rule, ruleset: Ruleset, lang: str) -> str:
    """The layer that brought a rule, and what the layers below made of it."""
    first, *later = ruleset.decisions[rule.code]
    parts = [first.layer, *(f"{decision.layer} {decision.says(lang)}" for decision in later)]
    if not rule.enabled and not later:
        parts.append("off unless selected" if lang == "en" else "默认不检查")
    return ("; " if lang == "en" else "；").join(parts)


def _data(rule: Rule, on: bool, ruleset: Ruleset, lang: str) -> dict[str, Any]:
    return {
        "rule": rule.code,
        "name": rule.name,
        "pack": rule.pack,
        "severity": rule.severity,
        "title": page.unfilled(rule.title(lang)),
        "basis": rule.basis(lang) if rule.basis is not None else None,
        "first_year": rule.first_year,
        "last_year": rule.last_year,
        "on": on,
        "mandatory": rule.mandatory,
        "decisions": [
            {"layer": decision.layer, "says": decision.says(lang)} for decision in ruleset.decisions[rule.code]
        ],
    }


COMMAND = Command(
    name="rules",
    takes=words("", ""),
    says=words(
        "列出全部规则；对一份报告，列出哪些规则起作用、由谁决定", "list the rules; for a report, who decided what"
    ),
    run=run,
    options=(
        Option(
            "--for",
            words(
                "对这份报告起作用的规则，以及每一条由哪个规则包、哪一处配置决定",
                "for this report, with the layer that decided each",
            ),
            words("文件", "FILE"),
        ),
        Option(
            "--format",
            words("输出格式：text 文字（默认），json 供程序使用", "text (default) or json"),
            words("格式", "FORMAT"),
            choices=("text", "json"),
        ),
        CONFIG,
        PACK,
        RULES,
    ),
    at_most=0,
)
