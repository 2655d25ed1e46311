"""What has changed since the last review: kept in a small file beside the workbook."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, cast

from reportlint.errors import ConfigError, words
from reportlint.finding import Finding, Result

STATE = "state.json"
VERSION = 1


class Known(NamedTuple):
    """A finding as the last review left it."""

    rule: str
    path: str
    severity: str
    message: str
    address: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The findings since the last review."""

    first: bool
    """Whether there was none before."""
    new: tuple[Finding, ...] = ()
    remaining: tuple[Finding, ...] = ()
    mended: tuple[Known, ...] = ()
    gone: tuple[Known, ...] = ()
    """Those whose file was not there now, could not be checked in full, or whose rule was not checked: nobody knows."""


def read(folder: Path) -> Mapping[str, Known] | None:
    """The findings of the last review by fingerprint; None where there was none. Raises ConfigError."""
    path = folder / STATE
    try:
        data = cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
        if data["version"] != VERSION:
            raise ValueError(data["version"])
        return {mark: Known(*(str(kept[field]) for field in Known._fields)) for mark, kept in data["findings"].items()}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        says = words(
            f"{path.as_posix()}：上次审核留下的记录读不懂；确定不要比较的，请删去这个文件",
            f"{path.as_posix()}: what the last review left cannot be understood; delete it to compare with nothing",
        )
        raise ConfigError(says) from error


def write(folder: Path, result: Result) -> None:
    """Leave the findings for the next review. Raises OSError."""
    kept = {
        finding.fingerprint: Known(
            finding.rule, finding.path, finding.severity, finding.message["zh"], finding.address
        )._asdict()
        for finding in result.findings
    }
    text = json.dumps({"version": VERSION, "findings": kept}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / STATE).write_text(f"{text}\n", encoding="utf-8", errors="backslashreplace", newline="\n")


def compare(before: Mapping[str, Known] | None, result: Result) -> Changes:
    """What of the findings is new, what remains, and what was there before."""
    if before is None:
        return Changes(first=True, new=tuple(result.findings))
    new = tuple(finding for finding in result.findings if finding.fingerprint not in before)
    remaining = tuple(finding for finding in result.findings if finding.fingerprint in before)
    now = {finding.fingerprint for finding in result.findings}
    over = [known for mark, known in sorted(before.items()) if mark not in now]
    sure = _sure(result)
    return Changes(
        False,
        new,
        remaining,
        tuple(known for known in over if (known.path, known.rule) in sure),
        tuple(known for known in over if (known.path, known.rule) not in sure),
    )


def _sure(result: Result) -> set[tuple[str, str]]:
    """The rules that were really checked, by file."""
    return {
        (file.path, check.rule)
        for file in result.files
        if not file.faults
        for check in file.checks
        if check.outcome in ("pass", "fail", "not_applicable")
    }


def counts(changes: Changes, paths: Sequence[str]) -> tuple[int, int]:
    """How many findings of some files are new, and how many remain."""
    wanted = set(paths)
    return (
        sum(finding.path in wanted for finding in changes.new),
        sum(finding.path in wanted for finding in changes.remaining),
    )
