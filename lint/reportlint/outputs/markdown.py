"""A summary in Markdown for the page of a pull request or of a CI run: the verdict, counts, findings by report.

Hosts cut such texts, a comment on GitHub at 65,536 characters: the gravest findings come first, and what does not fit
is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.errors import FAULTS
from reportlint.finding import FileResult, Finding, Result
from reportlint.outputs import View
from reportlint.outputs.places import native
from reportlint.outputs.summary import SEVERITIES, checked, found
from reportlint.outputs.tally import tallies
from reportlint.outputs.terminal import plain
from reportlint.rule import SEVERITIES as ORDER

ROOM = 60_000
"""How many characters the findings may take."""
_SIGNS = {"error": "🔴", "warning": "🟡", "info": "🔵"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~])")


def render(result: Result, view: View) -> Iterator[str]:
    """The text, a part at a time."""
    lang = view.lang
    yield f"## {_verdict(result, lang)}\n\n"
    if not view.quiet:
        yield f"{checked(result, view)}{'. ' if lang == 'en' else '。'}{found(result, view)}\n\n"
    if result.faults:
        yield f"### {_word(lang, '未能检查', 'Not checked')}\n\n"
        for fault in result.faults:
            kind = FAULTS[fault.code](lang) if fault.code in FAULTS else ""
            place = f"`{_code(fault.path)}` " if fault.path is not None else ""
            yield f"- ⛔ {place}**{fault.code}** {kind}{_word(lang, '：', ': ')}{_escaped(fault.message(lang))}\n"
        yield "\n"
    if result.findings:
        yield from _tallies(result, lang)
        yield from _files(result, lang)


def _verdict(result: Result, lang: str) -> str:
    if result.faults:
        return _word(lang, "⛔ 检查不完整，结果不能采信", "⛔ Incomplete: the result is not to be trusted")
    if result.exit_code:
        return _word(lang, "❌ 有需要改正的问题", "❌ There are problems to mend")
    if result.findings:
        return _word(lang, "✅ 通过，另有提示", "✅ Passed, with remarks")
    return _word(lang, "✅ 通过", "✅ Passed")


def _tallies(result: Result, lang: str) -> Iterator[str]:
    """How many findings each rule has, the worst first."""
    yield _word(lang, "| 规则 | 级别 | 问题 | 报告 | 内容 |\n", "| Rule | Severity | Findings | Reports | What |\n")
    yield "|---|---|--:|--:|---|\n"
    for tally in tallies(result):
        severity = f"{_SIGNS[tally.severity]} {SEVERITIES[tally.severity](lang)}"
        yield f"| {tally.rule} | {severity} | {tally.findings} | {tally.files} | {_escaped(tally.title(lang))} |\n"
    yield "\n"


def _files(result: Result, lang: str) -> Iterator[str]:
    """The findings by report, the reports with the gravest first, as many as fit."""
    room, left = ROOM, 0
    for file in sorted((file for file in result.files if file.findings), key=_gravity):
        head = f"### `{_code(file.path)}`\n\n"
        rows: list[str] = []
        for finding in sorted(file.findings, key=lambda item: ORDER.index(item.severity)):
            row = _row(finding, lang)
            if len(row) + (0 if rows else len(head)) > room:
                left += 1
                continue
            room -= len(row) + (0 if rows else len(head))
            rows.append(row)
        if rows:
            yield head + "".join(rows) + "\n"
    if left:
        yield _word(lang, f"另有 {left} 个问题没有列在这里。\n", f"{left} more findings are not listed here.\n")


def _gravity(file: FileResult) -> tuple[int, ...]:
    return tuple(-sum(finding.severity == severity for finding in file.findings) for severity in ORDER)


def _row(finding: Finding, lang: str) -> str:
    place = native(finding.location.place, lang) or f"{finding.line}:{finding.column}"
    parts = [f"- {_SIGNS[finding.severity]} **{finding.rule}** {_escaped(finding.message(lang))}"]
    parts.append(f"  {_escaped(finding.address)}{_word(lang, f'（{place}）', f' ({place})')}")
    if finding.advice is not None:
        parts.append(f"  {_word(lang, '怎么改：', 'What to do: ')}{_escaped(finding.advice(lang))}")
    if finding.basis is not None:
        parts.append(f"  {_word(lang, '依据：', 'Basis: ')}{_escaped(finding.basis(lang))}")
    return "\\\n".join(parts) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", plain(text).replace("&", "&amp;").replace("<", "&lt;")).replace("@", "&#64;")


def _code(text: str) -> str:
    return plain(text).replace("`", "'")


def _word(lang: str, zh: str, en: str) -> str:
    return en if lang == "en" else zh
