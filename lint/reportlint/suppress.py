"""Findings left on purpose: entries of `reportlint-ignore.toml`, and comments in the reports themselves.

What somebody has decided to leave stays in the result, with the reason, and counts for nothing. Faults cannot be left,
nor what a pack makes mandatory: an entry or comment that names a mandatory rule is refused, and one that is wider
passes over its findings. An entry that no finding needs is told, and so is one that has expired; the latter holds no
longer. There is no clock here: the day comes from the run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeGuard

from reportlint.comments import Comment
from reportlint.errors import ConfigError, UsageError, Words, words
from reportlint.finding import Fault, FileResult, Finding, Suppressed
from reportlint.globs import absolute, matches, rooted
from reportlint.layers import named_rules
from reportlint.rule import Rule
from reportlint.upkeep import EXPIRED, UNUSED, remark

_PARTS = re.compile(r"\s*›\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be left, and why."""

    line: int
    files: tuple[str, ...]
    """Globs that match absolute paths; none for every file."""
    rules: frozenset[str] | None
    """The codes of the rules; None for every one."""
    address: tuple[str, ...]
    fingerprint: str
    reason: str
    expires: date | None = None
    by: str = ""
    said: str = ""
    """The entry in a word: what names it in a message."""

    def concerns(self, path: str) -> bool:
        """Whether it may hold for findings in a file, given by its absolute path."""
        return not self.files or any(matches(glob, path) for glob in self.files)

    def covers(self, finding: Finding) -> bool:
        """Whether a finding in a file that it concerns is what it names."""
        if self.fingerprint and finding.fingerprint != self.fingerprint:
            return False
        if self.rules is not None and finding.rule not in self.rules:
            return False
        return not self.address or _within(self.address, _parts(finding.address))


@dataclass(frozen=True, slots=True)
class IgnoreList:
    """A file of entries."""

    path: str
    """As messages show it."""
    folder: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run has to do with lists: the rules there are, the day, and whether it did all that there is to do."""

    rules: Sequence[Rule]
    today: Callable[[], date]
    search: Callable[[str], Iterable[str]]
    """The reports that a glob names, in folders that it names also."""
    whole: bool = True
    """Whether no rules were left out on the command line."""

    @property
    def mandatory(self) -> frozenset[str]:
        return frozenset(rule.code for rule in self.rules if rule.mandatory)


def load(path: str, rules: Sequence[Rule]) -> IgnoreList:
    """The list in a file. Raises ConfigError with file, line and remedy."""
    from reportlint.config import parsed, shown
    from reportlint.toml_lines import Lines

    data, text = parsed(path)
    lines, name = Lines(text), shown(path)
    data = {**data, "ignore": [_plain(entry) for entry in _tables(data)]} if "ignore" in data else data
    if problems := list(_problems(data, lines, name)):
        raise ConfigError(words("\n".join(p["zh"] for p in problems), "\n".join(p["en"] for p in problems)))
    folder = os.path.dirname(os.path.abspath(path))
    return IgnoreList(
        name,
        folder,
        tuple(
            _entry(item, folder, rules, lines.of(("ignore", number)), name)
            for number, item in enumerate(data.get("ignore", ()))
        ),
    )


def by_list(listed: IgnoreList, files: Sequence[FileResult], run: Run) -> list[FileResult]:
    """The files without what the list leaves, and one for the list where something is to be said of it."""
    expired = frozenset(entry for entry in listed.entries if entry.expires is not None and entry.expires < run.today())
    mandatory = run.mandatory
    uses: dict[Entry, int] = dict.fromkeys(listed.entries, 0)
    settled: list[FileResult] = []
    for file in files:
        path = absolute(file.path)
        near = [entry for entry in listed.entries if entry.concerns(path)]
        kept: list[Finding] = []
        left: list[Suppressed] = []
        for finding in file.findings:
            fitting = [entry for entry in near if entry.covers(finding)] if finding.rule not in mandatory else []
            for entry in fitting:
                uses[entry] += 1
            holding = next((entry for entry in fitting if entry not in expired), None)
            if holding is None:
                kept.append(finding)
            else:
                left.append(_suppressed(finding, holding, listed.path))
        settled.append(replace(file, findings=tuple(kept), suppressed=(*file.suppressed, *left)) if left else file)
    said = tuple(_remarks(listed, uses, expired, files, run))
    if said:
        settled.append(FileResult(listed.path, kind="txt", findings=said, is_report=False))
    return settled


def by_comments(file: FileResult, rules: Sequence[Rule]) -> FileResult:
    """The file without what its own comments leave, with what is wrong with them."""
    faults: list[Fault] = []
    usable: list[tuple[Comment, frozenset[str]]] = []
    for comment in file.comments:
        try:
            if comment.problem is not None:
                raise UsageError(comment.problem)
            usable.append((comment, _codes(comment.rules, rules)))
        except UsageError as error:
            zh, en = error.words["zh"], error.words["en"]
            place = f"{file.path}:{comment.line}"
            faults.append(Fault("RL030", file.path, words(f"{place}：{zh}", f"{place}: {en}")))
    kept: list[Finding] = []
    left: list[Suppressed] = []
    used: set[Comment] = set()
    for finding in file.findings:
        fitting = [c for c, codes in usable if finding.rule in codes and c.covers(finding.line, finding.column)]
        used.update(fitting)
        if fitting:
            reason = words(fitting[0].reason, fitting[0].reason)
            left.append(Suppressed(finding, "comment", f"{file.path}:{fitting[0].line}", reason))
        else:
            kept.append(finding)
    ran = _ran(file)
    for comment, codes in usable:
        if comment not in used and not file.faults and codes <= ran:
            named = ", ".join(comment.rules)
            says = words(f"这条忽略注释没有用处：{named} 在这里没有发现问题",
                         f"this comment is not needed: {named} finds nothing here")  # fmt: skip
            kept.append(remark(UNUSED, says, file.path, comment.line, f"{named}\0{comment.reason}"))
    kept.sort(key=lambda item: (item.line, item.column, item.rule, item.message["zh"]))
    return replace(file, findings=tuple(kept), suppressed=(*file.suppressed, *left), faults=(*file.faults, *faults))


# --- remarks ----------------------------------------------------------------------------------------------------


def _remarks(
    listed: IgnoreList, uses: dict[Entry, int], expired: frozenset[Entry], files: Sequence[FileResult], run: Run
) -> Iterator[Finding]:
    """What is to be said of the entries of a list."""
    for entry in listed.entries:
        key = f"{entry.said}\0{entry.reason}"
        if uses[entry] and entry in expired:
            says = words(
                f"“{entry.said}”已于 {entry.expires} 到期，不再起作用（涉及 {uses[entry]} 个问题）",
                f"“{entry.said}” expired on {entry.expires} and holds no longer (findings: {uses[entry]})",
            )
            yield remark(EXPIRED, says, listed.path, entry.line, key)
        elif not uses[entry] and (why := _needless(entry, listed, files, run)) is not None:
            says = words(f"“{entry.said}”没有用处：{why['zh']}", f"“{entry.said}” is not needed: {why['en']}")
            yield remark(UNUSED, says, listed.path, entry.line, key)


def _needless(entry: Entry, listed: IgnoreList, files: Sequence[FileResult], run: Run) -> Words | None:
    """Why no finding needs an entry; None where this run cannot tell: it saw but a part of the files or rules."""
    globs = entry.files or (rooted("**", listed.folder),)
    there = {absolute(path) for glob in globs for path in run.search(glob)}
    if not there:
        return words("没有这样的文件", "there is no such file")
    seen = {absolute(file.path): file for file in files if not file.faults and file.checks}
    if not there <= seen.keys():
        return None
    if entry.rules is None:
        complete = run.whole and not any(
            check.outcome == "not_checked" for path in there for check in seen[path].checks
        )
        return words("没有这样的问题", "there is no such finding") if complete else None
    if any(not entry.rules & _ran(seen[path], skipped=True) for path in there):
        return None
    if any(entry.rules & _missed(seen[path]) for path in there):
        return None
    return words("没有这样的问题", "there is no such finding")


def _ran(file: FileResult, *, skipped: bool = False) -> frozenset[str]:
    """The rules that were really checked on a file, with those that do not concern it where `skipped`."""
    outcomes = ("pass", "fail", "not_applicable") if skipped else ("pass", "fail")
    return frozenset(check.rule for check in file.checks if check.outcome in outcomes)


def _missed(file: FileResult) -> frozenset[str]:
    return frozenset(check.rule for check in file.checks if check.outcome == "not_checked")


def _suppressed(finding: Finding, entry: Entry, path: str) -> Suppressed:
    expires = entry.expires.isoformat() if entry.expires is not None else ""
    reason = words(entry.reason, entry.reason)
    return Suppressed(finding, "entry", f"{path}:{entry.line}", reason, expires, entry.by)


# --- reading ----------------------------------------------------------------------------------------------------


def _tables(data: dict[str, Any]) -> list[Any]:
    listed = data["ignore"]
    return listed if _is_list(listed) else [listed]


def _plain(entry: object) -> object:
    """An entry whose dates are texts, as the schema has them."""
    if not _is_table(entry):
        return entry
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in entry.items()}


def _is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _is_table(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _problems(data: dict[str, Any], lines: Any, name: str) -> Iterator[Words]:
    from reportlint.validation import violations
    from reportlint.violations import says
    from reportlint_schemas import load as schema

    for found in sorted(violations(schema("ignore"), data), key=lambda found: lines.of(found.path)):
        place = f"{name}:{lines.of(found.path)}"
        message = says(found)
        if found.keyword == "anyOf":
            message = words("要写明忽略什么：rule、address 或 fingerprint",
                            "say what to leave: rule, address or fingerprint")  # fmt: skip
        yield words(f"{place}：{message['zh']}", f"{place}: {message['en']}")


def _entry(item: dict[str, Any], folder: str, rules: Sequence[Rule], line: int, name: str) -> Entry:
    try:
        named = _several(item.get("rule", ()))
        expires = date.fromisoformat(item["expires"]) if "expires" in item else None
        codes = _codes(named, rules) if named else None
    except (UsageError, ValueError) as error:
        says = (
            error.words
            if isinstance(error, UsageError)
            else words(f"没有 {item['expires']} 这一天", f"there is no day {item['expires']}")
        )
        place = f"{name}:{line}"
        raise ConfigError(words(f"{place}：{says['zh']}", f"{place}: {says['en']}")) from error
    files = _several(item.get("files", ()))
    parts = (*named, *files, *((item["address"],) if "address" in item else ()), item.get("fingerprint", ""))
    return Entry(
        line=line,
        files=tuple(rooted(glob, folder) for glob in files),
        rules=codes,
        address=_parts(item.get("address", "")),
        fingerprint=item.get("fingerprint", ""),
        reason=item["reason"].strip(),
        expires=expires,
        by=item.get("by", "").strip(),
        said=" ".join(part for part in parts if part),
    )


def _several(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _codes(names: Sequence[str], rules: Sequence[Rule]) -> frozenset[str]:
    """The codes of the rules that are named, without mandatory ones. Raises UsageError."""
    found: set[str] = set()
    for name in names:
        for rule in named_rules(name, rules):
            if not rule.mandatory:
                found.add(rule.code)
            elif name in (rule.code, rule.name):
                raise UsageError(
                    words(
                        f"规则 {rule.code} 由规则包 {rule.pack} 规定必须检查，不能忽略",
                        f"rule {rule.code} is mandatory in the pack {rule.pack}: its findings cannot be left",
                    )
                )
    return frozenset(found)


def _parts(address: str) -> tuple[str, ...]:
    """The parts of an address, white space aside."""
    return tuple("".join(part.split()) for part in _PARTS.split(address) if part.strip())


def _within(wanted: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether parts follow one another somewhere in an address."""
    size = len(wanted)
    return any(whole[at : at + size] == wanted for at in range(len(whole) - size + 1))
