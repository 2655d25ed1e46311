"""For other programs: one JSON object, as `findings.schema.json` says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reportlint.errors import Words
from reportlint.finding import CheckOutcome, Fault, FileResult, Finding, Location, Result, Suppressed
from reportlint.outputs import View
from reportlint.version import __version__


def render(result: Result, view: View) -> Iterator[str]:
    """The whole object, Chinese as it is, with a line end."""
    yield json.dumps(data(result, view.lang), ensure_ascii=False, indent=2)
    yield "\n"


def data(result: Result, lang: str) -> dict[str, Any]:
    """The result as the schema wants it, its words in one language."""
    return {
        "version": __version__,
        "reports": [_file(file, lang) for file in result.reports],
        "findings": [_finding(finding, lang) for finding in result.findings],
        "suppressed": [_suppressed(left, lang) for left in result.suppressed],
        "faults": [_fault(fault, lang) for fault in result.faults],
        "summary": {
            "files": len(result.reports),
            "findings": len(result.findings),
            "errors": result.count("error"),
            "warnings": result.count("warning"),
            "infos": result.count("info"),
            "suppressed": len(result.suppressed),
            "rules": len(result.rules),
            "passed": result.counts.get("pass", 0),
            "failed": result.counts.get("fail", 0),
            "not_applicable": result.counts.get("not_applicable", 0),
            "not_checked": result.counts.get("not_checked", 0),
            "faults": len(result.faults),
            "exit_code": result.exit_code,
        },
    }


def _file(file: FileResult, lang: str) -> dict[str, Any]:
    return {
        "path": file.path,
        "agency": file.agency or None,
        "year": file.year,
        "form": file.form,
        "packs": list(file.packs),
        "encoding": file.encoding,
        "status": "fault" if file.faults else "checked",
        "checks": [_check(check, lang) for check in file.checks],
    }


def _check(check: CheckOutcome, lang: str) -> dict[str, Any]:
    return {"rule": check.rule, "outcome": check.outcome, "reason": _said(check.reason, lang)}


def _finding(finding: Finding, lang: str) -> dict[str, Any]:
    place = finding.location.place
    fix = finding.fix
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message(lang),
        "advice": _said(finding.advice, lang),
        **_place(finding.location),
        "page": place.page if place is not None else None,
        "basis": _said(finding.basis, lang),
        "related": [{**_place(related), "message": _said(related.note, lang)} for related in finding.related],
        "fix": None
        if fix is None
        else {
            "safe": fix.safe,
            "edits": [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in fix.edits],
        },
        "fingerprint": finding.fingerprint,
    }


def _suppressed(left: Suppressed, lang: str) -> dict[str, Any]:
    return {
        "finding": _finding(left.finding, lang),
        "means": left.means,
        "origin": left.origin,
        "reason": left.reason(lang),
        "expires": left.expires or None,
        "by": left.by or None,
    }


def _place(location: Location) -> dict[str, Any]:
    return {
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
        "address": location.address,
    }


def _fault(fault: Fault, lang: str) -> dict[str, Any]:
    return {"code": fault.code, "path": fault.path, "message": fault.message(lang)}


def _said(text: Words | None, lang: str) -> str | None:
    return text(lang) if text is not None else None
