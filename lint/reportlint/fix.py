"""Findings mended in the file itself, as far as their rules say how: again and again, until nothing is left to mend.

A mend that brings a new error or warning is taken back. Where several cannot be told apart by what they bring, each is
tried alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from reportlint.engine import Linter
from reportlint.finding import FileEdit, FileResult, Finding
from reportlint.writers import Write, least, writer

ROUNDS = 12
"""After so many rounds whatever is still to be mended is left."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file with what could be mended."""

    data: bytes
    mended: tuple[Finding, ...]
    left: tuple[Finding, ...]
    """Findings that offer a mend that could not be made."""
    result: FileResult
    """What is found in the mended file."""


@dataclass(slots=True)
class _Work:
    linter: Linter
    name: str
    write: Write
    unsafe: bool
    given_up: set[str] = field(default_factory=set[str])
    """Fingerprints of findings whose mend is impossible or does harm."""

    def offers(self, result: FileResult) -> list[Finding]:
        """The findings that can be mended and have not been given up."""
        return [
            found
            for found in result.findings
            if found.fix is not None
            and found.fix.edits
            and (found.fix.safe or self.unsafe)
            and found.fingerprint not in self.given_up
        ]


def fixed(
    linter: Linter,
    name: str,
    data: bytes,
    *,
    unsafe: bool = False,
    spared: Callable[[FileResult], Iterable[str]] = lambda result: (),
) -> Fixed:
    """Mend a file, but for the findings whose fingerprints are `spared`: they are left on purpose.

    Raises Unreadable, and UsageError for a kind of file that cannot be written back.
    """
    report = linter.report(name, data)
    work = _Work(linter, name, writer(report.document.kind, name), unsafe)
    text = report.document.text
    result = linter.check_report(report)
    left_alone = frozenset(spared(result))
    work.given_up |= left_alone
    mended: list[Finding] = []
    for _ in range(ROUNDS):
        offers = _apart(work.offers(result))
        if not offers:
            break
        found = _made(work, data, text, result, offers)
        if found is None:
            break
        data, text, result, made = found
        mended += made
    work.given_up = set(left_alone)
    left = tuple(work.offers(result))
    return Fixed(data, tuple(mended), left, result)


State = tuple[bytes, str, FileResult, list[Finding]]


def _made(work: _Work, data: bytes, text: str, result: FileResult, offers: Sequence[Finding]) -> State | None:
    """The file with these mended, or with as many of them as do no harm; None where there is none."""
    whole = _tried(work, data, text, result, offers)
    if whole is not None:
        return whole
    if len(offers) == 1:
        work.given_up.add(offers[0].fingerprint)
        return data, text, result, []
    for offer in offers:
        single = _tried(work, data, text, result, [offer])
        if single is not None:
            # The places of the others have moved: they come up again in the next round.
            return single
        work.given_up.add(offer.fingerprint)
    return None


def _tried(work: _Work, data: bytes, text: str, result: FileResult, offers: Sequence[Finding]) -> State | None:
    """The file with these mended; None where that cannot be written, or brings what was not there."""
    edits = [least(text, edit) for offer in offers if offer.fix is not None for edit in offer.fix.edits]
    written = work.write(work.name, data, edits)
    if written.refused and len(offers) > 1:
        return None
    if written.data == data or (written.refused and len(written.refused) == len(edits)):
        return None
    report = work.linter.report(work.name, written.data)
    new = work.linter.check_report(report)
    if new.faults and not result.faults:
        return None
    if _graver(new) - _graver(result):
        return None
    return written.data, report.document.text, new, list(offers)


def _graver(result: FileResult) -> Counter[str]:
    """The errors and warnings by rule: a mend may lessen them, and add none.

    Not by place: to mend a heading changes the address of everything below it.
    """
    return Counter(found.rule for found in result.findings if found.severity != "info")


def _apart(offers: Sequence[Finding]) -> list[Finding]:
    """The findings whose mends do not touch one another, from the first on."""
    taken: list[FileEdit] = []
    chosen: list[Finding] = []
    for offer in offers:
        edits = offer.fix.edits if offer.fix is not None else ()
        if any(edit.start <= other.end and other.start <= edit.end for edit in edits for other in taken):
            continue
        taken += edits
        chosen.append(offer)
    return chosen
