"""SARIF 2.1.0, the format in which code hosts and editors exchange findings: one run, one JSON object.

Files that have no lines of their own (Word, PDF, Excel) are located by the address in the report and by their own
places; a region would name a line that is not in the file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from reportlint.errors import FAULTS
from reportlint.finding import Fault, FileResult, Finding, Location, Result, Suppressed
from reportlint.outputs import View
from reportlint.outputs.hosting import LINED, kinds, within
from reportlint.outputs.page import document, unfilled
from reportlint.outputs.places import native
from reportlint.rule import Rule, Severity
from reportlint.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "reportlint/v1"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}

Data = dict[str, Any]


def render(result: Result, view: View) -> Iterator[str]:
    """The log, Chinese as it is, with a line end."""
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(result, view.lang)]}, ensure_ascii=False)
    yield "\n"


def _run(result: Result, lang: str) -> Data:
    kind_of = kinds(result)
    numbers = {rule.code: number for number, rule in enumerate(result.rules)}
    codes = sorted({fault.code for fault in result.faults})
    return {
        "tool": {
            "driver": {
                "name": "reportlint",
                "version": __version__,
                "language": _LANGUAGES[lang],
                "rules": [_rule(rule, lang) for rule in result.rules],
                "notifications": [_descriptor(code, lang) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not result.faults,
                "exitCode": result.exit_code,
                "toolExecutionNotifications": [
                    _notification(fault, codes.index(fault.code), lang) for fault in result.faults
                ],
            }
        ],
        "artifacts": [_artifact(file) for file in result.files],
        "results": list(_results(result, numbers, kind_of, lang)),
    }


def _rule(rule: Rule, lang: str) -> Data:
    """A rule with what `reportlint explain` says of it."""
    why, basis = rule.why, rule.basis
    said = [text(lang) for text in (rule.advice, why, basis) if text is not None]
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": unfilled(rule.title(lang))},
        "fullDescription": {"text": why(lang) if why is not None else unfilled(rule.message(lang))},
        "help": {"text": "\n".join(unfilled(line) for line in said) or rule.code, "markdown": document(rule, lang)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "pack": rule.pack,
            "tags": sorted({rule.pack, *rule.tags} - {""}),
            **({"basis": basis(lang)} if basis is not None else {}),
        },
    }


def _descriptor(code: str, lang: str) -> Data:
    kind = FAULTS[code](lang) if code in FAULTS else code
    return {"id": code, "shortDescription": {"text": kind}, "defaultConfiguration": {"level": "error"}}


def _notification(fault: Fault, index: int, lang: str) -> Data:
    data: Data = {
        "descriptor": {"id": fault.code, "index": index},
        "level": "error",
        "message": {"text": fault.message(lang)},
    }
    if fault.path is not None:
        data["locations"] = [{"physicalLocation": {"artifactLocation": _artifact_location(fault.path)}}]
    return data


def _artifact(file: FileResult) -> Data:
    data: Data = {"location": _artifact_location(file.path), "roles": ["analysisTarget"]}
    if file.encoding is not None and (file.kind is None or file.kind in LINED):
        data["encoding"] = file.encoding
    return data


def _artifact_location(path: str) -> Data:
    # A colon in the first segment would make the segment a scheme; `quote` escapes it as it does Chinese.
    return {"uri": quote(os.fsencode(within(path)), safe="/")}


def _results(
    result: Result, numbers: Mapping[str, int], kind_of: Mapping[str, str | None], lang: str
) -> Iterator[Data]:
    """The findings, then those that are left; where there is one of these, all say whether they are."""
    said: Data = {"suppressions": []} if result.suppressed else {}
    for finding in result.findings:
        yield {**_result(finding, numbers, kind_of, lang), **said}
    for left in result.suppressed:
        yield {**_result(left.finding, numbers, kind_of, lang), "suppressions": [_suppression(left, lang)]}


def _suppression(left: Suppressed, lang: str) -> Data:
    properties = {"origin": left.origin, "expires": left.expires, "by": left.by}
    return {
        "kind": "inSource" if left.means == "comment" else "external",
        "status": "accepted",
        "justification": left.reason(lang),
        "properties": {key: value for key, value in properties.items() if value},
    }


def _result(finding: Finding, numbers: Mapping[str, int], kind_of: Mapping[str, str | None], lang: str) -> Data:
    data: Data = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message(lang)},
        "locations": [_location(finding.location, kind_of, lang)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
    }
    if finding.rule in numbers:
        data["ruleIndex"] = numbers[finding.rule]
    if finding.related:
        data["relatedLocations"] = list(_related(finding.related, kind_of, lang))
    said = {"basis": finding.basis, "advice": finding.advice}
    properties = {key: text(lang) for key, text in said.items() if text is not None}
    return {**data, "properties": properties} if properties else data


def _related(locations: Iterable[Location], kind_of: Mapping[str, str | None], lang: str) -> Iterator[Data]:
    for number, location in enumerate(locations):
        note = location.note(lang) if location.note is not None else location.address
        yield {"id": number, **_location(location, kind_of, lang), "message": {"text": note}}


def _location(location: Location, kind_of: Mapping[str, str | None], lang: str) -> Data:
    physical: Data = {"artifactLocation": _artifact_location(location.path)}
    logical: Data = {"fullyQualifiedName": location.address}
    if kind_of.get(location.path, "txt") in LINED:
        physical["region"] = {
            "startLine": location.line,
            "startColumn": location.column,
            "endLine": location.end_line,
            "endColumn": location.end_column,
        }
    elif place := native(location.place, lang):
        logical["decoratedName"] = f"{location.address} ({place})"
    return {"physicalLocation": physical, "logicalLocations": [logical]}
