"""Rules of other people's code, run in a process of their own: one that does not end is ended with it.

The process is forked for a report and hands back what each rule yields; where one takes too long it is killed, and the
rules after it run in a new one. Where there is no fork, or other threads are running, they run here under a `Limit`.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reportlint.document import Span
from reportlint.errors import Words, trace, words
from reportlint.finding import Fault
from reportlint.limits import Limit, TimedOut, timed_out
from reportlint.report import Amount, Report
from reportlint.rule import Problem, Related, Rule, Spanned

_HEAD = 8
"""Bytes that say how long a result is."""


class Ran(NamedTuple):
    """What became of a rule: its problems, or an error with its traceback, or neither where it was ended."""

    problems: tuple[Problem, ...] = ()
    error: str = ""
    detail: str = ""
    timed_out: bool = False


_NOTHING = Ran()


def ran_here(rule: Rule, subject: object, limit: Limit) -> Ran:
    """What a rule makes of a subject, in this process."""
    try:
        with limit:
            problems = rule.run(subject)
        return Ran(problems) if problems else _NOTHING
    except TimedOut:
        return Ran(timed_out=True)
    except (Exception, SystemExit) as error:
        return Ran(error=repr(error), detail=trace())


def failed(rule: Rule, ran: Ran, path: str | None, seconds: float) -> Fault | None:
    """The fault that a rule is which crashed or was ended."""
    if ran.timed_out:
        return timed_out(rule, path, seconds)
    if not ran.error:
        return None
    says = words(f"规则 {rule.code} 运行出错：{ran.error}", f"rule {rule.code} crashed: {ran.error}")
    return Fault("RL010", path, says, ran.detail)


def run(rules: Sequence[Rule], subject: object, reports: Sequence[Report], seconds: float) -> dict[str, Ran]:
    """What each rule makes of a subject, which is made of these reports."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        limit = Limit(seconds)
        return {rule.code: ran_here(rule, subject, limit) for rule in rules}
    found: dict[str, Ran] = {}
    rest = list(rules)
    while rest:
        done = _forked(rest, subject, reports, seconds)
        found |= done
        rest = [rule for rule in rest if rule.code not in done]
    return found


def _forked(rules: Sequence[Rule], subject: object, reports: Sequence[Report], seconds: float) -> dict[str, Ran]:
    """What came of the rules before the process was done or had to be ended, the one that it was at included."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _child(rules, subject, reports, theirs)
    os.close(theirs)
    found: dict[str, Ran] = {}
    try:
        for rule in rules:
            ran = _received(ours, seconds)
            if ran is None:
                found[rule.code] = Ran(timed_out=True)
                break
            found[rule.code] = _placed(ran, {report.document.name: report for report in reports})
            if ran.error == _GONE:
                break
    finally:
        os.close(ours)
        # Done or not: whatever it still does is of no use any more.
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return found


_GONE = "the rule ended its process"


def _child(rules: Sequence[Rule], subject: object, reports: Sequence[Report], out: int) -> None:
    """Run the rules and write what comes of each; never returns."""
    import pickle

    try:
        # What a rule prints must not get into the result.
        os.dup2(2, 1)
        names = {id(report): report.document.name for report in reports}
        for rule in rules:
            ran = _sendable(ran_here(rule, subject, Limit(0)), names)
            try:
                data = pickle.dumps(ran)
            except Exception as error:
                data = pickle.dumps(Ran(error=repr(error), detail=trace()))
            # Said before the result: with it this process may be ended.
            sys.stdout.flush()
            _write(out, len(data).to_bytes(_HEAD, "big") + data)
    finally:
        os._exit(0)


def _write(out: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(out, view) :]


def _received(ours: int, seconds: float) -> Ran | None:
    """What the process says next; None where it takes too long, an error where it is gone."""
    import pickle

    until = time.monotonic() + seconds if seconds > 0 else None
    head = _read(ours, _HEAD, until)
    if not head:
        return None if head is None else Ran(error=_GONE)
    data = _read(ours, int.from_bytes(head, "big"), until)
    if not data:
        return None if data is None else Ran(error=_GONE)
    ran: Ran = pickle.loads(data)
    return ran


def _read(ours: int, length: int, until: float | None) -> bytes | None:
    """So many bytes; none where the other end is closed, None where they do not come in time."""
    data = b""
    while len(data) < length:
        left = None if until is None else until - time.monotonic()
        if left is not None and left <= 0:
            return None
        if not select.select([ours], [], [], left)[0]:
            return None
        part = os.read(ours, min(length - len(data), 1 << 20))
        if not part:
            return b""
        data += part
    return data


# --- problems on their way ------------------------------------------------------------------------------------------


class _Named(NamedTuple):
    """A report on its way: the process that gets it has it already."""

    name: str


def _sendable(ran: Ran, names: Mapping[int, str]) -> Ran:
    return ran._replace(problems=tuple(_sent(problem, names) for problem in ran.problems))


def _sent(problem: Problem, names: Mapping[int, str]) -> Problem:
    return problem._replace(
        where=_bare(problem.where),
        values={key: value if isinstance(value, Words | int) else str(value) for key, value in problem.values.items()},
        related=tuple(
            item._replace(where=_bare(item.where), report=_name(item.report, names)) for item in problem.related
        ),
        report=_name(problem.report, names),
    )


def _bare(where: Span | Spanned) -> Span | Spanned:
    """A place without what it is a part of."""
    return where if isinstance(where, Span | Amount) else where.span


def _name(report: Report | None, names: Mapping[int, str]) -> Report | None:
    return None if report is None else _Named(names[id(report)])  # type: ignore[return-value]  # pyright: ignore[reportReturnType]


def _placed(ran: Ran, reports: Mapping[str, Report]) -> Ran:
    return ran._replace(problems=tuple(_back(problem, reports) for problem in ran.problems))


def _back(problem: Problem, reports: Mapping[str, Report]) -> Problem:
    related: list[Related] = [item._replace(report=_report(item.report, reports)) for item in problem.related]
    return problem._replace(related=tuple(related), report=_report(problem.report, reports))


def _report(named: object, reports: Mapping[str, Report]) -> Report | None:
    return reports[named.name] if isinstance(named, _Named) else None
