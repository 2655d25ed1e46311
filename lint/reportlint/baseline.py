"""The baseline: the findings that were there when reports began to be checked. They are left, and counted.

It holds fingerprints, by report and rule; neither counts nor lines, which change with every edit, nor anything of the
text. What it holds and what is not found any more is stale; that is said only of reports and rules that were really
checked. Findings of mandatory rules never get into it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlint.errors import ConfigError, words
from reportlint.finding import FileResult, Finding, Suppressed
from reportlint.globs import absolute
from reportlint.upkeep import STALE, remark

FILE = "reportlint-baseline.json"
VERSION = 1
_REASON = words("基线里已有", "known: in the baseline")

Marks = Mapping[str, Mapping[str, frozenset[str]]]
"""Fingerprints by the path of the report and the code of the rule."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A file of known findings."""

    path: str
    """As messages show it."""
    folder: str
    marks: Marks

    def knows(self, finding: Finding) -> bool:
        return finding.fingerprint in self.marks.get(finding.path, {}).get(finding.rule, ())

    @property
    def count(self) -> int:
        return sum(len(marks) for rules in self.marks.values() for marks in rules.values())


def load(path: str) -> Baseline:
    """The baseline in a file. Raises ConfigError."""
    from reportlint.config import shown
    from reportlint.validation import violations
    from reportlint.violations import says
    from reportlint_schemas import load as schema

    name = shown(path)
    try:
        with open(path, encoding="utf-8-sig") as file:
            data: Any = json.load(file)
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}"
        raise ConfigError(words(f"{place}：不是合法的 JSON：{error.msg}", f"{place}: no JSON: {error.msg}")) from error
    except FileNotFoundError as error:
        zh, en = f"没有基线文件 {name}", f"there is no baseline {name}"
        tip = "reportlint baseline write"
        raise ConfigError(words(f"{zh}；先运行 {tip}", f"{en}; run `{tip}` first")) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(words(f"{name}：打不开：{error}", f"{name}: cannot be opened: {error}")) from error
    found = next(violations(schema("baseline"), data), None)
    if found is not None:
        message = says(found)
        raise ConfigError(words(f"{name}：{message['zh']}", f"{name}: {message['en']}"))
    marks = {
        document: {rule: frozenset(listed) for rule, listed in rules.items()}
        for document, rules in data["documents"].items()
    }
    return Baseline(name, os.path.dirname(os.path.abspath(path)), marks)


def by_baseline(baseline: Baseline, files: Sequence[FileResult], mandatory: Collection[str]) -> list[FileResult]:
    """The files without what the baseline knows, and one for the baseline where some of it is stale."""
    refuse_elsewhere(baseline.folder, baseline.path, files)
    settled: list[FileResult] = []
    for file in files:
        left = [f for f in file.findings if f.rule not in mandatory and baseline.knows(f)]
        if left:
            known = (Suppressed(finding, "baseline", baseline.path, _REASON) for finding in left)
            kept = tuple(finding for finding in file.findings if finding not in left)
            file = replace(file, findings=kept, suppressed=(*file.suppressed, *known))
        settled.append(file)
    if old := sum(1 for _ in stale(baseline, settled)):
        says = words(f"基线里有 {old} 个问题已经不存在", f"{old} findings of the baseline are not found any more")
        said = remark(STALE, says, baseline.path, 1, "")
        settled.append(FileResult(baseline.path, kind="txt", findings=(said,), is_report=False))
    return settled


def stale(baseline: Baseline, files: Sequence[FileResult]) -> Iterator[tuple[str, str, str]]:
    """What the baseline holds and what is not found any more: path, rule, fingerprint."""
    by_path = {file.path: file for file in files}
    for document, rules in baseline.marks.items():
        file = by_path.get(document)
        if file is None:
            if not os.path.exists(os.path.join(baseline.folder, document)):
                yield from ((document, rule, mark) for rule, marks in rules.items() for mark in marks)
            continue
        if file.faults:
            continue
        ran = {check.rule for check in file.checks if check.outcome != "not_checked"}
        there = {found.fingerprint for found in file.findings}
        there |= {left.finding.fingerprint for left in file.suppressed}
        for rule in rules.keys() & ran:
            yield from ((document, rule, mark) for mark in rules[rule] - there)


def recorded(path: str, files: Sequence[FileResult], mandatory: Collection[str], old: Baseline | None) -> Baseline:
    """A baseline of what is found now; what an old one says of reports that were not checked remains."""
    from reportlint.config import shown

    folder = os.path.dirname(os.path.abspath(path))
    refuse_elsewhere(folder, shown(path), files)
    checked = {file.path for file in files}
    marks: dict[str, dict[str, frozenset[str]]] = {}
    for document, rules in old.marks.items() if old is not None else ():
        if document not in checked:
            marks[document] = dict(rules)
    for file in files:
        for finding in file.findings if file.is_report else ():
            if finding.rule not in mandatory and not finding.rule.startswith("RL"):
                own = marks.setdefault(file.path, {})
                own[finding.rule] = own.get(finding.rule, frozenset()) | {finding.fingerprint}
    return Baseline(shown(path), folder, marks)


def pruned(baseline: Baseline, files: Sequence[FileResult]) -> Baseline:
    """The baseline without what is stale."""
    gone = set(stale(baseline, files))
    kept = {
        document: {rule: frozenset(mark for mark in marks if (document, rule, mark) not in gone)
                   for rule, marks in rules.items()}
        for document, rules in baseline.marks.items()
    }  # fmt: skip
    return replace(baseline, marks=kept)


def text(baseline: Baseline) -> str:
    """The baseline as its file has it, sorted."""
    documents = {
        document: {rule: sorted(rules[rule]) for rule in sorted(rules) if rules[rule]}
        for document, rules in sorted(baseline.marks.items())
    }
    data = {"version": VERSION, "documents": {name: rules for name, rules in documents.items() if rules}}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def refuse_elsewhere(folder: str, name: str, files: Sequence[FileResult]) -> None:
    """Raise ConfigError where paths are not named from the folder of the baseline: they are part of a fingerprint."""
    for file in files:
        if file.is_report and file.path and absolute(file.path, folder) != absolute(file.path):
            break
        if os.path.isabs(file.path):
            break
    else:
        return
    raise ConfigError(
        words(
            f"{name}：使用基线要在它所在的文件夹里运行，报告写相对路径（现在写的是 {file.path}）",
            f"{name}: run where the baseline lies and name reports from there (it is {file.path})",
        )
    )
