"""The rules that were broken, each with its clause and why it matters."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.finding import Result
from reportlint.outputs.html.markup import Speech, badge, text
from reportlint.outputs.page import unfilled
from reportlint.outputs.summary import SEVERITIES


def clauses(result: Result, say: Speech) -> Iterator[str]:
    """The section; nothing where nothing was found."""
    broken = {finding.rule for finding in result.findings}
    rules = [rule for rule in result.rules if rule.code in broken]
    if not rules:
        return
    title = say("规则和依据", "Rules and clauses")
    yield f'<section id="rules" aria-labelledby="rules-h"><h2 id="rules-h">{title}</h2>\n<dl>\n'
    for rule in rules:
        severity = badge(rule.severity, SEVERITIES[rule.severity](say.lang))
        title = text(unfilled(rule.title(say.lang)))
        yield f'<div id="rule-{text(rule.code)}"><dt><code>{text(rule.code)}</code> {title} {severity}</dt>'
        if rule.basis is not None:
            yield f'<dd class="law"><b>{say("依据", "Basis")}</b> {say.words(rule.basis)}</dd>'
        if rule.why is not None:
            yield f"<dd>{text(unfilled(rule.why(say.lang)))}</dd>"
        yield "</div>\n"
    yield "</dl></section>\n"
