"""JUnit XML: a suite per report, a test per rule; what CI servers of every make can show.

A rule whose findings all stay below `--fail-on` has passed, and says what it found in its output: the exit code and
the tests agree. A rule that was not checked, or does not apply, is skipped with the reason; a fault is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from reportlint.errors import FAULTS, Words, words
from reportlint.finding import CheckOutcome, Fault, FileResult, Finding, Result
from reportlint.outputs import View

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OUTCOMES = {
    "not_checked": words("未能检查", "not checked"),
    "not_applicable": words("不适用", "not applicable"),
}


class _Suite:
    """The tests of a suite as XML, and how many of them came out how."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cases: list[str] = []
        self.failures = self.errors = self.skipped = 0

    def add(self, name: str, content: str = "") -> None:
        attributes = f"name={_attribute(name)} classname={_attribute(self.name)}"
        self.cases.append(f"<testcase {attributes}>{content}</testcase>" if content else f"<testcase {attributes}/>")

    def lines(self) -> Iterator[str]:
        counts = f'tests="{len(self.cases)}" failures="{self.failures}" errors="{self.errors}" skipped="{self.skipped}"'
        yield f"  <testsuite name={_attribute(self.name)} {counts}>"
        yield from (f"    {case}" for case in self.cases)
        yield "  </testsuite>"


def render(result: Result, view: View) -> Iterator[bytes]:
    """The document in UTF-8, as its first line declares."""
    titles = {rule.code: rule.title for rule in result.rules}
    suites = [_suite(file, result, titles, view.lang) for file in result.files]
    own = {id(fault) for file in result.files for fault in file.faults}
    if general := [fault for fault in result.faults if id(fault) not in own]:
        suites.insert(0, _general(general, view.lang))
    tests, failures, errors = (
        (
            sum(counts)
            for counts in zip(*((len(suite.cases), suite.failures, suite.errors) for suite in suites), strict=True)
        )
        if suites
        else (0, 0, 0)
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="reportlint" tests="{tests}" failures="{failures}" errors="{errors}">',
        *(line for suite in suites for line in suite.lines()),
        "</testsuites>",
        "",
    ]
    yield "\n".join(lines).encode()


def _suite(file: FileResult, result: Result, titles: dict[str, Words], lang: str) -> _Suite:
    suite = _Suite(file.path)
    for fault in file.faults:
        _fault(suite, fault, lang)
    found: dict[str, list[Finding]] = {}
    for finding in file.findings:
        found.setdefault(finding.rule, []).append(finding)
    for check in file.checks:
        _check(suite, check, found.pop(check.rule, []), result, titles, lang)
    for code, findings in found.items():
        _check(suite, CheckOutcome(code, "fail"), findings, result, titles, lang)
    return suite


def _check(
    suite: _Suite,
    check: CheckOutcome,
    findings: Sequence[Finding],
    result: Result,
    titles: dict[str, Words],
    lang: str,
) -> None:
    """The test that a rule is on a report."""
    title = titles.get(check.rule)
    name = f"{check.rule} {title(lang)}" if title is not None else check.rule
    text = "\n".join(_said(finding, lang) for finding in findings)
    graver = [finding for finding in findings if result.fails(finding.severity)]
    if graver:
        suite.failures += 1
        message = _attribute(graver[0].message(lang))
        suite.add(name, f'<failure type="{graver[0].severity}" message={message}>{_text(text)}</failure>')
    elif findings:
        suite.add(name, f"<system-out>{_text(text)}</system-out>")
    elif check.outcome in _OUTCOMES:
        suite.skipped += 1
        reason = check.reason(lang) if check.reason is not None else ""
        label = _OUTCOMES[check.outcome](lang)
        joined = f"{label}{': ' if lang == 'en' else '：'}{reason}" if reason else label
        suite.add(name, f"<skipped message={_attribute(joined)}/>")
    else:
        suite.add(name)


def _general(faults: Sequence[Fault], lang: str) -> _Suite:
    """The suite of the faults that are not those of a file."""
    suite = _Suite("reportlint")
    for fault in faults:
        _fault(suite, fault, lang)
    return suite


def _fault(suite: _Suite, fault: Fault, lang: str) -> None:
    suite.errors += 1
    kind = FAULTS[fault.code](lang) if fault.code in FAULTS else fault.code
    message = _attribute(fault.message(lang))
    suite.add(f"{fault.code} {kind}", f'<error type="{fault.code}" message={message}>{_text(fault.detail)}</error>')


def _said(finding: Finding, lang: str) -> str:
    lines = [f"{finding.path}:{finding.line}:{finding.column} {finding.message(lang)}", finding.address]
    lines += [text(lang) for text in (finding.basis, finding.advice) if text is not None]
    return "\n".join(lines)


def _attribute(text: str) -> str:
    return quoteattr(_ILLEGAL.sub(" ", text))


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub(" ", text))
