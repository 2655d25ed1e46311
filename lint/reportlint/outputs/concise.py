"""For editors and grep: a line a finding, `path:line:column: F001 error message`."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.finding import Result
from reportlint.outputs import View
from reportlint.outputs.summary import summary
from reportlint.outputs.terminal import plain


def render(result: Result, view: View) -> Iterator[str]:
    """The text, a line at a time; for files that are not text, line and column are those of `reportlint text`."""
    for finding in () if view.statistics else result.findings:
        place = f"{plain(finding.path)}:{finding.line}:{finding.column}"
        yield f"{place}: {finding.rule} {finding.severity} {plain(finding.message(view.lang))}\n"
    for line in summary(result, view):
        yield f"{line}\n"
