"""GitLab Code Quality: a JSON array of issues, each with a fingerprint of its own by which GitLab follows it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from reportlint.errors import FAULTS
from reportlint.finding import Fault, Finding, Result
from reportlint.outputs import View
from reportlint.outputs.hosting import has_lines, kinds, within
from reportlint.rule import Severity

_SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}
FAULT_SEVERITY = "blocker"


def render(result: Result, view: View) -> Iterator[str]:
    """The array, faults first, Chinese as it is, with a line end."""
    kind_of = kinds(result)
    issues = [_fault(fault, view.lang) for fault in result.faults]
    issues += [
        _issue(finding, finding.line if has_lines(finding, kind_of) else 1, view.lang) for finding in result.findings
    ]
    yield json.dumps(list(_distinct(issues)), ensure_ascii=False, indent=1)
    yield "\n"


def _issue(finding: Finding, line: int, lang: str) -> dict[str, Any]:
    return {
        "type": "issue",
        "check_name": finding.rule,
        "description": f"{finding.address}{': ' if lang == 'en' else '：'}{finding.message(lang)}",
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": finding.fingerprint,
        "location": {"path": within(finding.path), "lines": {"begin": line}},
    }


def _fault(fault: Fault, lang: str) -> dict[str, Any]:
    kind = FAULTS[fault.code](lang) if fault.code in FAULTS else fault.code
    key = "\0".join((fault.code, fault.path or "", fault.message["zh"]))
    return {
        "type": "issue",
        "check_name": fault.code,
        "description": f"{kind}{': ' if lang == 'en' else '：'}{fault.message(lang)}",
        "severity": FAULT_SEVERITY,
        "fingerprint": blake2b(key.encode(errors="surrogatepass"), digest_size=10).hexdigest(),
        # GitLab drops an issue without a path; a fault of no file is one of the whole checkout.
        "location": {"path": within(fault.path) if fault.path else ".", "lines": {"begin": 1}},
    }


def _distinct(issues: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The issues, those whose fingerprint came before with their number behind it."""
    seen: Counter[str] = Counter()
    for issue in issues:
        mark = issue["fingerprint"]
        seen[mark] += 1
        yield issue if seen[mark] == 1 else {**issue, "fingerprint": f"{mark}-{seen[mark]}"}
