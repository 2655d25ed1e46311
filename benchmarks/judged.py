"""Findings in real reports against what an expert reviewer says of them (`expected.toml`)."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from reportlint import Finding, Linter

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent


class Mark(NamedTuple):
    """A finding as the reviewer lists it: rule, lines it may stand in, severity; no severity stands for any."""

    rule: str
    first: int
    last: int
    severity: str

    def fits(self, found: Finding) -> bool:
        return (
            found.rule == self.rule and self.first <= found.line <= self.last and self.severity in ("", found.severity)
        )


@dataclass(slots=True)
class Verdict:
    """What came of one report: marks found and missed, findings judged wrong or not judged at all."""

    path: str
    found: list[Mark] = field(default_factory=list[Mark])
    missed: list[Mark] = field(default_factory=list[Mark])
    known: list[Mark] = field(default_factory=list[Mark])
    """Marks that are known to be missed."""
    right: list[Finding] = field(default_factory=list[Finding])
    wrong: list[Finding] = field(default_factory=list[Finding])
    unjudged: list[Finding] = field(default_factory=list[Finding])
    loud: list[Finding] = field(default_factory=list[Finding])
    """Findings of rules that must be silent there."""


def verdicts(shared: Path) -> Iterator[Verdict]:
    """The verdict on each report of `expected.toml` that is there."""
    linter = Linter()
    data: dict[str, Any] = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
    for item in data["file"]:
        path = shared / item["path"]
        if path.is_file():
            yield _verdict(item, linter.check_bytes(path.name, path.read_bytes()).findings)


def _verdict(item: dict[str, Any], findings: Iterable[Finding]) -> Verdict:
    verdict = Verdict(item["path"])
    find, known, right, wrong, silent = ([_mark(text) for text in item.get(key, ())] for key in _KEYS)
    verdict.known = known
    find += known
    findings = list(findings)
    for mark in find:
        (verdict.found if any(mark.fits(found) for found in findings) else verdict.missed).append(mark)
    for found in findings:
        if any(mark.fits(found) for mark in silent):
            verdict.loud.append(found)
        if any(mark.fits(found) for mark in wrong):
            verdict.wrong.append(found)
        elif any(mark.fits(found) for mark in (*find, *right)):
            verdict.right.append(found)
        else:
            verdict.unjudged.append(found)
    return verdict


_KEYS = ("find", "open", "right", "wrong", "silent")


def _mark(text: str) -> Mark:
    rule, lines, severity, *_ = (*text.split(), "", "")
    first, _, last = lines.partition("-")
    return Mark(rule, int(first or 1), int(last or first or sys.maxsize), severity)
