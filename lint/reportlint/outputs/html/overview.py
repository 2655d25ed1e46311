"""The top of the page: the verdict, what could not be checked, and of several reports what fails most and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.errors import FAULTS
from reportlint.finding import Result
from reportlint.outputs.html.entries import Entry, Note
from reportlint.outputs.html.markup import CLASSES, SIGNS, Speech, badge, text
from reportlint.outputs.html.report import OUTCOMES, state
from reportlint.outputs.summary import SEVERITIES, left_alone
from reportlint.outputs.tally import tallies
from reportlint.rule import SEVERITIES as ORDER
from reportlint.rule import Severity

_MOST = 12
"""How many of the rules that fail most are listed."""
_SIGNS = {"pass": "", "fail": "", "not_applicable": "–", "not_checked": "?"}


def verdict(result: Result, say: Speech) -> str:
    """What came of the run, in a sentence, and in numbers."""
    if result.faults:
        kind, sign = "x", "?"
        said = say("检查不完整，结果不能采信", "Incomplete: the result is not to be trusted")
    elif result.exit_code:
        kind, sign = ("e", "✕") if result.count("error") else ("w", "!")
        said = say("有需要改正的问题", "There are problems to mend")
    elif result.findings:
        kind, sign, said = "p", "✓", say("通过，另有提示", "Passed, with remarks")
    else:
        kind, sign, said = "p", "✓", say("通过", "Passed")
    numbers = [(len(result.reports), "份报告", "reports")]
    numbers += [(result.count(level), SEVERITIES[level]("zh"), SEVERITIES[level]("en")) for level in ORDER]
    shown = "".join(f"<li><b>{count}</b> {say(zh, en)}</li>" for count, zh, en in numbers)
    return (
        f'<p class="verdict {kind}"><span aria-hidden="true">{sign}</span> <strong>{said}</strong></p>\n'
        f'<ul class="numbers">{shown}</ul>\n'
    )


def overview(result: Result, listed: Sequence[Entry], say: Speech, *, excluded: int) -> Iterator[str]:
    """What concerns the run as a whole."""
    yield f'<section id="overview" aria-labelledby="overview-h"><h2 id="overview-h">{say("概况", "Overview")}</h2>\n'
    yield from _general(result, say)
    done = sum(not file.faults for file in result.reports)
    counted = "".join(
        f'<li class="c {outcome}"><b>{result.counts.get(outcome, 0)}</b> {say(zh, en)}</li>'
        for outcome, (zh, en) in OUTCOMES.items()
    )
    checked = say(
        f"完整检查了 {len(result.reports)} 份中的 {done} 份，规则 {len(result.rules)} 条；逐份逐条计：",
        f"{done} of {len(result.reports)} reports were checked in full, against {len(result.rules)} rules; checks:",
    )
    left = say(f"另有 {excluded} 个文件按配置不检查。", f"{excluded} files are excluded.") if excluded else ""
    left += "".join(say(f"{says['zh']}。", f" {says('en')}.") for says in left_alone(result))
    yield f'<p>{checked}</p><ul class="outcomes">{counted}</ul>{f"<p>{left}</p>" if left else ""}\n'
    if len(listed) > 1:
        yield from _most(result, say)
    if result.findings:
        yield _filters(result, listed, say)
    if len(listed) > 1:
        yield from _matrix(result, listed, say)
    yield "</section>\n"


def _general(result: Result, say: Speech) -> Iterator[str]:
    """The faults, all of them: whoever reads on must know what the page does not tell."""
    if not result.faults:
        return
    yield f'<div class="faults" role="alert"><h3>{say("未能检查", "Not checked")}</h3><ul>'
    for fault in result.faults:
        kind = say.words(FAULTS[fault.code]) if fault.code in FAULTS else ""
        place = f"<code>{text(fault.path)}</code> " if fault.path else ""
        yield f"<li>{place}<b>{text(fault.code)} {kind}</b> {say.words(fault.message)}</li>"
    yield "</ul></div>\n"


def _most(result: Result, say: Speech) -> Iterator[str]:
    """The rules that most reports fail."""
    files = len(result.files)
    ranked = sorted(tallies(result), key=lambda tally: (-tally.files, ORDER.index(tally.severity), tally.rule))
    if not ranked:
        return
    heads = (("规则", "Rule"), ("内容", "What"), ("报告", "Reports"), ("占比", "Share"), ("问题", "Findings"))
    yield f'<h3>{say("最常见的问题", "What fails most")}</h3><div class="scroll"><table class="most"><thead><tr>'
    yield "".join(f"<th scope=col>{say(zh, en)}" for zh, en in heads) + "</thead><tbody>"
    for tally in ranked[:_MOST]:
        share = round(100 * tally.files / files)
        yield (
            f'<tr><th scope=row><a href="#rule-{text(tally.rule)}">{text(tally.rule)}</a>'
            f"<td>{badge(tally.severity, SEVERITIES[tally.severity](say.lang))} {say.words(tally.title)}"
            f"<td class=num>{tally.files}<td class=share><meter max=100 value={share}>{share}%</meter> {share}%"
            f"<td class=num>{tally.findings}"
        )
    yield "</tbody></table></div>\n"


def _legend(level: Severity, say: Speech) -> str:
    return f'<span class="sign {CLASSES[level]}"></span>{SEVERITIES[level](say.lang)}'


def _filters(result: Result, listed: Sequence[Entry], say: Speech) -> str:
    """The form that the script reads; without script it is hidden."""
    boxes = "".join(
        f'<label><input type="checkbox" name="s" value="{CLASSES[level]}" checked> {_legend(level, say)}</label>'
        for level in ORDER
    )
    several = len(listed) > 1
    everything = f'<option value="">{say("全部", "all")}'
    rules = "".join(f"<option>{text(code)}" for code in sorted({finding.rule for finding in result.findings}))
    units = "".join(f'<option value="{entry.number}">{text(entry.name)}' for entry in listed)
    unit = f'<label>{say("单位", "Unit")} <select name="u">{everything}{units}</select></label>' if several else ""
    fold = f'<button type="button" name="open">{say("全部展开", "Open all")}</button>' if several else ""
    said = say("显示 {0} 个问题，涉及 {1} 份报告", "{0} findings in {1} reports")
    return (
        f'<form class="filters" hidden role="search" aria-label="{say("筛选", "Filter")}">'
        f"<fieldset><legend>{say('级别', 'Severity')}</legend>{boxes}</fieldset>"
        f'<label>{say("规则", "Rule")} <select name="r">{everything}{rules}</select></label>'
        f'{unit}<label>{say("文字", "Text")} <input type="search" name="q" autocomplete="off"></label>'
        f'<button type="reset">{say("清除", "Clear")}</button>{fold}'
        f'<output aria-live="polite" data-say="{said}"></output></form>\n'
    )


def _matrix(result: Result, listed: Sequence[Entry], say: Speech) -> Iterator[str]:
    """Units by rules: how many findings of what severity, or why there is no answer."""
    codes = sorted({finding.rule for finding in result.findings})
    title = say("单位和规则", "Units and rules")
    rest = say(
        "数字是问题个数；空白是通过，– 不适用，? 未能检查",
        "and the number of findings; blank: passed, –: not applicable, ?: not checked",
    )
    signs = " ".join(_legend(level, say) for level in ORDER)
    yield f'<div class="wide"><h3>{title}</h3><p class="legend">{signs} {rest}</p>\n'
    yield f'<div class="scroll heat" tabindex="0" role="region" aria-label="{title}">'
    yield f'<table class="matrix"><thead><tr><th scope=col>{say("报告", "Report")}'
    yield f"<th scope=col>{say('结论', 'Verdict')}"
    yield "".join(f'<th scope=col class=r><a href="#rule-{text(code)}">{text(code)}</a>' for code in codes)
    yield "</thead><tbody>\n"
    for entry in listed:
        yield f'<tr data-u="{entry.number}"><th scope=row><a href="#{entry.mark}">{text(entry.name)}</a>'
        yield f"<td>{state(entry, say)}"
        yield from _squares(entry, codes)
        yield "\n"
    yield "</tbody></table></div></div>\n"


def _squares(entry: Entry, codes: Sequence[str]) -> Iterator[str]:
    """The row of a report, each square with a link to the gravest finding of its rule."""
    outcomes = {check.rule: check.outcome for check in entry.file.checks}
    notes: dict[str, list[Note]] = {}
    for note in entry.notes:
        notes.setdefault(note.finding.rule, []).append(note)
    for code in codes:
        if code not in notes:
            yield f"<td>{_SIGNS[outcomes.get(code, 'not_checked')]}"
            continue
        worst = min(notes[code], key=lambda note: ORDER.index(note.finding.severity))
        severity = worst.finding.severity
        yield f'<td class={CLASSES[severity]}><a href="#{worst.mark}">{SIGNS[severity]}{len(notes[code])}</a>'
