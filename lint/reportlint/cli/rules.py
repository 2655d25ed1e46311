"""`reportlint rules`: the rules there are, and which of them are checked here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlint.cli import page, streams
from reportlint.cli.options import Arguments, Command, Option
from reportlint.cli.run import CONFIG, PACK, RULES, Session, said
from reportlint.errors import words
from reportlint.outputs.summary import SEVERITIES
from reportlint.outputs.terminal import cells
from reportlint.rule import Rule


def run(arguments: Arguments) -> int:
    """List the rules."""
    arguments.check()
    session = Session(arguments)
    linter = session.linter(session.settings(""))
    on = {rule.code for rule in linter.rules}
    if arguments.value("--format") == "json":
        import json

        data = [_data(rule, rule.code in on, arguments.lang) for rule in linter.all_rules]
        streams.write([json.dumps(data, ensure_ascii=False, indent=2), "\n"], json=True)
    else:
        streams.write(f"{line}\n" for line in _lines(linter.all_rules, on, arguments.lang))
    return said(linter.faults, arguments.lang)


def _lines(rules: tuple[Rule, ...], on: set[str], lang: str) -> Iterator[str]:
    wide = max((cells(word(lang)) for word in SEVERITIES.values()), default=0)
    for rule in rules:
        severity = SEVERITIES[rule.severity](lang)
        off = "" if rule.code in on else ("（不检查）" if lang == "zh" else " (off)")
        padding = " " * (wide - cells(severity))
        yield f"{rule.code:<6} {severity}{padding}  {page.unfilled(rule.title(lang))}{off}"
    yield ""
    yield (
        f"共 {len(rules)} 条，检查 {len(on)} 条。详细说明：reportlint explain 规则"
        if lang == "zh"
        else f"{len(rules)} rules, {len(on)} of them on. More about one: reportlint explain RULE"
    )


def _data(rule: Rule, on: bool, lang: str) -> dict[str, Any]:
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
    }


COMMAND = Command(
    name="rules",
    takes=words("", ""),
    says=words("列出全部规则", "list the rules"),
    run=run,
    options=(
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
