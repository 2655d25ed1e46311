"""Workflow commands of GitHub Actions: annotations on the lines of the change.

GitHub shows ten annotations of each kind for a step and drops the rest without a word. So the gravest come first, no
more than ten of a kind are written, and the last line says how many are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reportlint.errors import FAULTS
from reportlint.finding import Fault, Finding, Result
from reportlint.outputs import View
from reportlint.outputs.hosting import has_lines, kinds, within
from reportlint.outputs.places import native
from reportlint.outputs.summary import summary
from reportlint.outputs.terminal import plain
from reportlint.rule import Severity

AT_MOST = 10
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})


class _Annotation(NamedTuple):
    command: str
    properties: Mapping[str, object]
    message: str

    def __str__(self) -> str:
        listed = ",".join(f"{key}={str(value).translate(_PROPERTY)}" for key, value in self.properties.items())
        return f"::{self.command} {listed}::{self.message.translate(_DATA)}"


def render(result: Result, view: View) -> Iterator[str]:
    """The commands, faults before findings, then the summary as plain lines."""
    kind_of = kinds(result)
    annotations = [_fault(fault, view.lang) for fault in result.faults]
    annotations += [_finding(finding, kind_of, view.lang) for finding in result.findings]
    written: Counter[str] = Counter()
    for command in _COMMANDS.values():
        for annotation in annotations:
            if annotation.command == command and written[command] < AT_MOST:
                written[command] += 1
                yield f"{annotation}\n"
    for line in summary(result, view):
        yield f"{line}\n"
    if left := len(annotations) - written.total():
        yield (
            f"GitHub shows {AT_MOST} annotations of each kind; {left} more are left out here\n"
            if view.lang == "en"
            else f"GitHub 每类只显示 {AT_MOST} 条，另有 {left} 条没有列在这里\n"
        )


def _finding(finding: Finding, kind_of: Mapping[str, str | None], lang: str) -> _Annotation:
    location = finding.location
    properties: dict[str, object] = {"file": within(plain(finding.path))}
    message = plain(finding.message(lang))
    if has_lines(finding, kind_of):
        properties |= {"line": location.line, "endLine": location.end_line}
        # GitHub takes columns only where the annotation stays in one line.
        if location.line == location.end_line:
            properties |= {"col": location.column, "endColumn": location.end_column}
    else:
        place = native(location.place, lang)
        where = plain(location.address)
        message = f"{where}{(f' ({place})' if lang == 'en' else f'（{place}）') if place else ''}\n{message}"
    properties["title"] = f"{finding.rule} {finding.name}"
    if finding.advice is not None:
        message += f"\n{plain(finding.advice(lang))}"
    return _Annotation(_COMMANDS[finding.severity], properties, message)


def _fault(fault: Fault, lang: str) -> _Annotation:
    kind = FAULTS[fault.code](lang) if fault.code in FAULTS else fault.code
    properties: dict[str, object] = {"file": within(plain(fault.path))} if fault.path is not None else {}
    properties["title"] = f"{fault.code} {kind}"
    return _Annotation("error", properties, plain(fault.message(lang)))
