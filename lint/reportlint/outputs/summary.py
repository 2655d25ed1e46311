"""The last lines of an output for people: what could not be checked, what was, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.errors import FAULTS, Words, words
from reportlint.finding import CheckOutcome, Fault, FileResult, Result
from reportlint.outputs import View
from reportlint.outputs.terminal import cells, painted, plain

SEVERITIES = {
    "error": words("错误", "error"),
    "warning": words("警告", "warning"),
    "info": words("提示", "info"),
}


def is_clean(result: Result) -> bool:
    """Whether there is nothing to show."""
    return not result.findings and not result.faults


def summary(result: Result, view: View) -> Iterator[str]:
    """The last lines; one where there is nothing to show."""
    if view.statistics:
        yield from _statistics(result, view)
    for fault in result.faults:
        yield from _fault(fault, view)
    if view.quiet:
        return
    if is_clean(result):
        yield f"{checked(result, view)}{_text(view, '；没有发现问题', '; nothing found')}"
        return
    if result.files:
        yield checked(result, view)
    yield found(result, view)


def _statistics(result: Result, view: View) -> Iterator[str]:
    """How many findings each rule has, the worst first."""
    from reportlint.outputs.tally import tallies

    for tally in tallies(result):
        label = SEVERITIES[tally.severity](view.lang)
        padding = " " * (max(cells(word(view.lang)) for word in SEVERITIES.values()) - cells(label))
        severity = painted(label, tally.severity, view.color)
        yield f"{tally.findings:>6}  {severity}{padding}  {tally.rule:<6} {plain(tally.title(view.lang))}"


def _fault(fault: Fault, view: View) -> Iterator[str]:
    first, *more = fault.message(view.lang).splitlines() or [""]
    says = plain(first)
    if fault.path and fault.path not in says:
        says = f"{plain(fault.path)}{_text(view, '：', ': ')}{says}"
    label = painted(_text(view, "未能检查", "Not checked"), "error", view.color)
    kind = FAULTS.get(fault.code, words("故障", "fault"))(view.lang)
    yield f"{label}{_text(view, '：', ': ')}{says}{_text(view, f'（{fault.code} {kind}）', f' ({fault.code}, {kind})')}"
    yield from (plain(line) for line in more)
    if view.verbose and fault.detail:
        yield from (f"    {plain(line)}" for line in fault.detail.rstrip().splitlines())


def checked(result: Result, view: View) -> str:
    """How much was checked: files, rules, and the checks by outcome."""
    done = sum(not file.faults for file in result.reports)
    all_files = len(result.reports)
    count = result.counts.get
    passed, failed = count("pass", 0), count("fail", 0)
    outside, missed = count("not_applicable", 0), count("not_checked", 0)
    if view.lang == "en":
        files = f"{done} of {all_files} reports" if done < all_files else _plural(done, "report")
        left = f"; {_plural(view.excluded, 'file')} excluded by the configuration" if view.excluded else ""
        left += "".join(f"; {says('en')}" for says in left_alone(result))
        return (
            f"Checked {files} against {_plural(len(result.rules), 'rule')}: {passed} passed, {failed} failed, "
            f"{outside} not applicable, {missed} not checked{left}"
        )
    files = f"{all_files} 份中的 {done} 份" if done < all_files else f"{done} 份"
    left = f"；另有 {view.excluded} 个文件按配置不检查" if view.excluded else ""
    left += "".join(f"；{says('zh')}" for says in left_alone(result))
    return (
        f"已检查 {files}，规则 {len(result.rules)} 条："
        f"通过 {passed}，不符 {failed}，不适用 {outside}，未能检查 {missed}{left}"
    )


def left_alone(result: Result) -> Iterator[Words]:
    """How many findings are left on purpose, by list or comment, and by the baseline."""
    known = sum(left.means == "baseline" for left in result.suppressed)
    if listed := len(result.suppressed) - known:
        yield words(f"另有 {listed} 个已按名单忽略", f"{_plural(listed, 'more finding')} ignored as listed")
    if known:
        yield words(f"另有 {known} 个是基线里已有的", f"{_plural(known, 'more finding')} known from the baseline")


def suppressed(file: FileResult, view: View) -> Iterator[str]:
    """The findings of a file that are left on purpose, each with the reason."""
    for left in file.suppressed:
        finding = left.finding
        more = [plain(left.reason(view.lang)), *([plain(left.by)] if left.by else [])]
        if left.expires:
            more.append(_text(view, f"至 {left.expires}", f"until {left.expires}"))
        label = _text(view, "已忽略", "Left")
        place = f"{finding.line}:{finding.column}"
        why = _text(view, f"（{'；'.join(more)}；{plain(left.origin)}）", f" ({'; '.join(more)}; {plain(left.origin)})")
        yield f"  {label}  {place}  {finding.rule}  {plain(finding.message(view.lang))}{why}"


def found(result: Result, view: View) -> str:
    """How many findings there are, whether the result is complete, and the exit code."""
    errors, warnings, infos = (result.count(severity) for severity in ("error", "warning", "info"))
    code = result.exit_code
    if view.lang == "en":
        text = f"{_plural(errors, 'error')}, {_plural(warnings, 'warning')}, {infos} info"
        return f"{text}{'; the result is incomplete' if code == 2 else ''} (exit code {code})"
    text = f"{errors} 个错误，{warnings} 个警告，{infos} 个提示"
    return f"{text}{'；结果不完整' if code == 2 else ''}（退出码 {code}）"


def unchecked(file: FileResult, view: View) -> Iterator[str]:
    """The rules that could not be checked on a file, by reason."""
    yield from _by_reason(file, "not_checked", words("未能检查", "Not checked"), view)
    if view.verbose:
        yield from _by_reason(file, "not_applicable", words("不适用", "Not applicable"), view)


def _by_reason(file: FileResult, outcome: str, label: Words, view: View) -> Iterator[str]:
    reasons: dict[str, list[CheckOutcome]] = {}
    for check in file.checks:
        if check.outcome == outcome:
            reasons.setdefault(check.reason(view.lang) if check.reason else "", []).append(check)
    for reason, checks in reasons.items():
        rules = " ".join(check.rule for check in checks)
        why = _text(view, f"（{reason}）", f" ({reason})") if reason else ""
        yield f"  {label(view.lang)}{_text(view, '：', ': ')}{rules}{why}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _text(view: View, zh: str, en: str) -> str:
    return en if view.lang == "en" else zh
