"""The results of a run without what is left on purpose: by the ignore list of each file, then by its baseline."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from reportlint.baseline import by_baseline
from reportlint.baseline import load as load_baseline
from reportlint.cli.files import searched
from reportlint.finding import FileResult
from reportlint.rule import Rule
from reportlint.suppress import Run, by_list
from reportlint.suppress import load as load_list

if TYPE_CHECKING:
    from reportlint.cli.run import Session

_NARROWING = ("--select", "--ignore", "--reports-only")


def by_lists(session: Session, files: Sequence[FileResult]) -> list[FileResult]:
    """The files without what their ignore lists leave. Raises ConfigError."""
    rules = session.known_rules()
    given = session.arguments.values.keys() | session.arguments.switches
    run = Run(rules, date.today, lambda glob: _reports(session, glob), not given & set(_NARROWING))
    settled: list[FileResult] = []
    for path, own in _grouped(files, session.ignore_list).items():
        settled += own if path is None else by_list(load_list(path, rules), own, run)
    return settled


def by_baselines(session: Session, files: Sequence[FileResult]) -> list[FileResult]:
    """The files without what their baselines know. Raises ConfigError."""
    mandatory = mandatory_codes(session.known_rules())
    settled: list[FileResult] = []
    for path, own in _grouped(files, session.baseline).items():
        settled += own if path is None else by_baseline(load_baseline(path), own, mandatory)
    return settled


def mandatory_codes(rules: Iterable[Rule]) -> frozenset[str]:
    """The rules whose findings nobody below may leave."""
    return frozenset(rule.code for rule in rules if rule.mandatory)


def _grouped(files: Sequence[FileResult], of: Callable[[str], str | None]) -> dict[str | None, list[FileResult]]:
    """The reports by the file that a function gives for their path."""
    found: dict[str | None, list[FileResult]] = {}
    for file in files:
        found.setdefault(of(file.path) if file.is_report else None, []).append(file)
    return found


def _reports(session: Session, glob: str) -> Iterable[str]:
    """The reports that a glob names and that the configuration does not exclude."""
    names = [glob] if os.path.isfile(glob) else searched(glob, [f".{kind}" for kind in session.plugins.readers])
    return (name for name in names if not session.settings_of(name).excludes(name))
