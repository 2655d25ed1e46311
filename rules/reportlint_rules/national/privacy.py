"""Personal data in the prose. Tables are not searched: digits run together look like numbers of persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from reportlint.document import Span
from reportlint.privacy import mask
from reportlint.report import Report
from reportlint.rule import Edit, Fix, Problem, Rule, rule
from reportlint.text import Folded, lazily

_MOBILE = lazily(r"(?<![\d\-/_.=])1[3-9]\d{9}(?!\d)")
_IDENTITY = lazily(r"(?<![\dA-Za-z])[1-9]\d{16}[\dXx](?![\dA-Za-z])|(?<![\dA-Za-z])[1-9]\d{14}(?![\dA-Za-z])")
_CARD = lazily(r"(?<![\dA-Za-z])\d{16,19}(?![\dA-Za-z])")
_URL = lazily(r"(?:https?://|www\.)[!-~]+")
_MAIL = lazily(
    r"(?<![A-Za-z0-9_.])\d{5,11}@qq\.com|(?<![A-Za-z0-9_.])[A-Za-z0-9_.]+@(?:163|126|sina|sohu|gmail|hotmail|139|189)\.(?:com|cn|net)"
)
_LONG = lazily(r"[0-9][0-9]{10}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _found(report: Report, pattern: re.Pattern[str]) -> Iterator[tuple[Folded, re.Match[str]]]:
    """The matches in the preface and the parts, those in web addresses left out."""
    # Every number looked for is longer than ten digits, and most reports have none such.
    if "long numbers" not in report.memo:
        report.memo["long numbers"] = _LONG.search(report.folded) is not None
    if not report.memo["long numbers"]:
        return
    for _, line in report.prose():
        links = [found.span() for found in _URL.finditer(line.text)]
        for found in pattern.finditer(line.text):
            if not any(start <= found.start() < end for start, end in links):
                yield line, found


@rule("V001")
def mobile_number(report: Report) -> Iterator[Problem]:
    """Eleven digits that begin like a mobile number."""
    for line, found in _found(report, _MOBILE):
        yield _number(line.span(*found.span()), found[0])


def _number(where: Span, text: str) -> Problem:
    """A number of a person; that it may be hidden instead of taken out is for the author to say."""
    return Problem(where, {"masked": mask(text)}, fix=Fix((Edit(where, mask(text)),), safe=False))


@rule("V002")
def identity_number(report: Report) -> Iterator[Problem]:
    """Eighteen characters with a valid birthday and check digit, or fifteen digits of the old kind."""
    for line, found in _found(report, _IDENTITY):
        if _is_identity(found[0]):
            yield _number(line.span(*found.span()), found[0])


def _is_identity(text: str) -> bool:
    if len(text) == 15:
        return _is_day(int("19" + text[6:8]), int(text[8:10]), int(text[10:12])) and 11 <= int(text[:2]) <= 65
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == text[17].upper() and _is_day(
        int(text[6:10]), int(text[10:12]), int(text[12:14])
    )


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return 1850 <= date(year, month, day).year <= 2100
    except ValueError:
        return False


@rule("V003")
def bank_card(report: Report) -> Iterator[Problem]:
    """Sixteen to nineteen digits that pass the Luhn check, near a word for an account."""
    for line, found in _found(report, _CARD):
        near = line.text[max(0, found.start() - 24) : found.end() + 12]
        if re.search(r"卡号|账号|帐号|账户|帐户|开户", near) and _luhn(found[0]) and not _is_identity_like(found[0]):
            yield _number(line.span(*found.span()), found[0])


def _is_identity_like(text: str) -> bool:
    return len(text) == 18 and _is_identity(text)


def _luhn(text: str) -> bool:
    total = 0
    for place, char in enumerate(reversed(text)):
        digit = int(char) * (1 + place % 2)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


@rule("V004")
def personal_mailbox(report: Report) -> Iterator[Problem]:
    """Mailboxes of public providers."""
    if "@" not in report.folded:
        return
    for _, line in report.prose():
        for found in _MAIL.finditer(line.text):
            name, _, host = found[0].partition("@")
            yield Problem(line.span(*found.span()), {"masked": f"{name[:2]}***@{host}"})


@rule("V005")
def applicant_identity(report: Report, rule: Rule) -> Iterator[Problem]:
    """The name or the dwelling of somebody who asked for information."""
    if "申请" not in report.folded:
        return
    told: set[tuple[int, int]] = set()
    for option in ("name", "anyone", "address"):
        for line, found in report.matches(rule.pattern(option)):
            where = line.span(*found.span("who"))
            if where in told or rule.pattern("not").match(found["who"]):
                continue
            told.add(where)
            yield Problem(where, {"masked": mask(found["who"])})
