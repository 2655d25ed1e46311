"""A time limit for a rule: one that does not come to an end is ended, and everything else goes on.

On the main thread of a POSIX process an alarm ends it: it reaches Python code, sleeping, and searches for regular
expressions, which look for signals while they search. Elsewhere a second thread raises the same in the thread of the
rule, which ends Python code. It repeats until the rule has ended, so that a rule cannot catch it and go on for good.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from time import monotonic
from types import FrameType, TracebackType

from reportlint.errors import words
from reportlint.finding import Fault
from reportlint.rule import Rule

AGAIN = 0.2
"""Seconds after which a rule that has caught the first alarm gets the next."""


class TimedOut(BaseException):
    """Not an Exception: rules that catch those must not catch this."""


class Limit:
    """`with Limit(5): …` raises TimedOut where what is inside takes longer than so many seconds; 0 is no limit."""

    __slots__ = ("_before", "_done", "_kept", "_seconds", "_since")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._before: object = None
        self._done: threading.Event | None = None
        self._kept = False
        self._since: float | None = None
        """When what is inside began, where the alarm is kept."""

    @contextmanager
    def kept(self) -> Generator[None, None, None]:
        """For many limits one after the other: one alarm, which asks how long the one that it meets has taken.

        To set the alarm for each of a hundred rules that take hundredths of a millisecond would cost as much as they.
        """
        if self._seconds <= 0 or not _alarms():
            yield
            return
        before = signal.signal(signal.SIGALRM, self._asked)
        signal.setitimer(signal.ITIMER_REAL, self._seconds, min(AGAIN, self._seconds))
        self._kept = True
        try:
            yield
        finally:
            self._kept = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        if self._since is not None and monotonic() - self._since >= self._seconds:
            raise TimedOut

    def __enter__(self) -> None:
        if self._kept:
            self._since = monotonic()
        elif self._seconds <= 0:
            return
        elif _alarms():
            self._before = signal.signal(signal.SIGALRM, _ended)
            signal.setitimer(signal.ITIMER_REAL, self._seconds, AGAIN)
        else:
            self._done = threading.Event()
            watch = (threading.get_ident(), self._seconds, self._done)
            threading.Thread(target=_watched, args=watch, daemon=True).start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._kept:
            self._since = None
        elif self._done is not None:
            self._done.set()
        elif self._before is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def _alarms() -> bool:
    """Whether an alarm can be set here: not on Windows, not beside the main thread, not over somebody else's."""
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getitimer(signal.ITIMER_REAL)[0] == 0
    )


def _ended(number: int, frame: FrameType | None) -> None:
    raise TimedOut


def _watched(thread: int, seconds: float, done: threading.Event) -> None:
    import ctypes

    while not done.wait(seconds):
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TimedOut))
        seconds = AGAIN


def timed_out(rule: Rule, path: str | None, seconds: float) -> Fault:
    """The fault of a rule that was ended."""
    patterns = bool(rule.kind and (rule.options.get("regex") or "unless" in rule.options))
    hint = (
        ("；它的正则表达式在这份报告上要反复回溯，请改写（不要在一个重复里再套重复）",
         "; its regular expression backtracks over this report without end, write it without nested repetitions")
        if patterns
        else ("", "")
    )  # fmt: skip
    return Fault(
        "RL011",
        path,
        words(
            f"规则 {rule.code}（规则包 {rule.pack}）超过 {seconds:g} 秒没有结束，已经中止{hint[0]}",
            f"rule {rule.code} (pack {rule.pack}) did not end within {seconds:g} seconds and was ended{hint[1]}",
        ),
    )
