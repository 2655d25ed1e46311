"""Figures for the tables of a form that satisfy every equation of the form."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from support.forms import TableForm, read_form

Cells = dict[str, str]
Tables = dict[str, Cells]

APPLICANTS: tuple[str, ...] = ("natural", "business", "research", "welfare", "legal", "other")
OUTCOMES: tuple[str, ...] = ("upheld", "corrected", "other", "pending")
UNGRANTED: tuple[str, ...] = (
    "unable.1",
    "unable.2",
    "unable.3",
    "rejected.1",
    "rejected.2",
    "rejected.3",
    "rejected.4",
    "rejected.5",
)
"""Refusals that may be brought to court without a review before."""


def zero_tables(form: str) -> Tables:
    """The tables of an agency that had nothing to report."""
    return {key: dict.fromkeys(table.cells(), "0") for key, table in read_form(form).tables.items()}


def random_tables(form: str, rng: Random, *, most: int = 99_999) -> Tables:
    """Tables full of random figures up to `most` (sums may be greater), zeros strewn in, every equation true."""
    tables = read_form(form).tables
    return {
        "disclosure": _trial_disclosure(rng, most) if form == "2019" else _disclosure(rng, most),
        "requests": _requests(tables["requests"], rng, most),
        "disputes": _disputes(rng, most),
    }


def small_tables(form: str, rng: Random) -> Tables:
    """Tables of an agency with a few requests: single figures, and some rows known to be empty or not.

    The rows 予以公开, 部分公开 and 结转下年度 have a natural person; nothing is refused as a state secret,
    nobody is asked for a fee, and there are more refusals open to a direct suit than direct suits.
    """
    table = read_form(form).tables["requests"]
    counts = {row: dict.fromkeys(APPLICANTS, 0) for row in _results(table)}
    for row, applicant, least in (
        ("granted", "natural", 3),
        ("granted", "business", 2),
        ("partial", "natural", 1),
        ("denied.5", "natural", 1),
        ("unable.1", "natural", 2),
        ("unable.2", "legal", 1),
        ("rejected.2", "natural", 1),
    ):
        counts[row][applicant] = least + rng.randint(0, 2)
    counts["denied.4"]["business"] = rng.randint(0, 2)
    carried_in = {applicant: rng.randint(0, 1) for applicant in APPLICANTS}
    carried_out = {applicant: rng.randint(0, 1) for applicant in APPLICANTS}
    carried_out["natural"] = 2
    carried_in["natural"] = 1
    for applicant in APPLICANTS[2:]:
        carried_in[applicant] = min(carried_in[applicant], carried_out[applicant])
    disputes = {"review.upheld": 2 + rng.randint(0, 1), "review.corrected": 1, "direct.upheld": 1, "direct.pending": 1}
    disputes |= {"after_review.upheld": 1, "after_review.other": rng.randint(0, 1)}
    disclosure = _trial_disclosure(rng, 9) if form == "2019" else _disclosure(rng, 9)
    return {
        "disclosure": _without_rules(disclosure),
        "requests": _balanced(counts, carried_in, carried_out),
        "disputes": _grouped(disputes),
    }


def large_tables(form: str, rng: Random) -> Tables:
    """Tables of a busy agency: figures of up to six digits, almost all different.

    No rules are issued, nobody is asked for a fee, and direct suits are fewer than refusals that allow them.
    """
    counts = {
        row: {applicant: rng.randint(1, 99_999 if applicant == "natural" else 9_999) for applicant in APPLICANTS}
        for row in _results(read_form(form).tables["requests"])
    }
    if "other.2" in counts:
        counts["other.2"] = dict.fromkeys(APPLICANTS, 0)
    carried = [{applicant: rng.randint(1, 999) for applicant in APPLICANTS} for _ in range(2)]
    requests = _balanced(counts, *carried)
    open_to_suit = sum(int(requests[f"{row}.total"]) for row in UNGRANTED)
    disputes = {
        f"{group}.{outcome}": rng.randint(1, max(1, min(999, open_to_suit // 8)))
        for group in ("review", "direct", "after_review")
        for outcome in OUTCOMES
    }
    disclosure = _trial_disclosure(rng, 99_999, 1) if form == "2019" else _disclosure(rng, 99_999, 1)
    return {"disclosure": _without_rules(disclosure), "requests": requests, "disputes": _grouped(disputes)}


def _without_rules(cells: Cells) -> Cells:
    """表二 of an agency that may not issue rules (规章)."""
    return {cell: "0" if cell.startswith("rules.") else text for cell, text in cells.items()}


def _figure(rng: Random, most: int, least: int = 0) -> int:
    """A count between bounds: often of few digits, at times of as many as there may be."""
    digits = rng.randint(0, len(str(most)))
    return max(least, min(rng.randint(0, 10**digits - 1), most))


def _disclosure(rng: Random, most: int, least: int = 0) -> Cells:
    """表二 of 2021: no more issued than are valid or repealed."""
    cells: Cells = {}
    for row in ("rules", "docs"):
        repealed, valid = _figure(rng, most, least), _figure(rng, most, least)
        issued = rng.randint(least, repealed + valid)
        cells |= {f"{row}.issued": str(issued), f"{row}.repealed": str(repealed), f"{row}.valid": str(valid)}
    for row in ("licence", "penalty", "coercion"):
        cells[row] = str(_figure(rng, most, least))
    cells["fees"] = _amount(rng, most)
    return cells


def _trial_disclosure(rng: Random, most: int, least: int = 0) -> Cells:
    """表二 of 2019: changes carry a sign and never take away more than there was."""
    cells: Cells = {}
    for row in ("rules", "docs"):
        for column in ("made", "opened", "total"):
            cells[f"{row}.{column}"] = str(_figure(rng, most, least))
    for row in ("licence", "services", "penalty", "coercion", "fees"):
        before = _figure(rng, most, least)
        change = rng.randint(-before, most)
        cells[f"{row}.prev"] = str(before)
        cells[f"{row}.delta"] = f"+{change}" if change > 0 and rng.randint(0, 1) else str(change)
        if row != "fees":
            cells[f"{row}.decisions"] = str(_figure(rng, most, least))
    cells["procurement.projects"] = str(_figure(rng, most))
    cells["procurement.amount"] = _amount(rng, most)
    return cells


def _amount(rng: Random, most: int) -> str:
    """An amount of money: a whole number or one with two decimals."""
    whole = str(_figure(rng, most))
    return f"{whole}.{rng.randint(1, 99):02d}" if rng.randint(0, 1) else whole


def _results(table: TableForm) -> tuple[str, ...]:
    """The rows that add up to （七）总计."""
    return next(equation.left for equation in table.equations if equation.name == "result-total")


def _requests(table: TableForm, rng: Random, most: int) -> Cells:
    counts = {row: {applicant: _figure(rng, most) for applicant in APPLICANTS} for row in _results(table)}
    carried_out = {applicant: _figure(rng, most) for applicant in APPLICANTS}
    carried_in = {
        applicant: rng.randint(0, carried_out[applicant] + sum(row[applicant] for row in counts.values()))
        for applicant in APPLICANTS
    }
    return _balanced(counts, carried_in, carried_out)


def _balanced(
    results: Mapping[str, Mapping[str, int]], carried_in: Mapping[str, int], carried_out: Mapping[str, int]
) -> Cells:
    """表三 from its results and what was carried over: totals added, new requests such that it balances."""
    processed = {applicant: sum(row[applicant] for row in results.values()) for applicant in APPLICANTS}
    new = {applicant: processed[applicant] + carried_out[applicant] - carried_in[applicant] for applicant in APPLICANTS}
    if min(new.values()) < 0:
        raise ValueError("more was carried in than was dealt with")
    rows = {"new": new, "carried_in": carried_in, **results, "processed": processed, "carried_out": carried_out}
    cells: Cells = {}
    for key, row in rows.items():
        cells |= {f"{key}.{applicant}": str(row[applicant]) for applicant in APPLICANTS}
        cells[f"{key}.total"] = str(sum(row.values()))
    return cells


def _disputes(rng: Random, most: int) -> Cells:
    groups = ("review", "direct", "after_review")
    return _grouped({f"{group}.{outcome}": _figure(rng, most) for group in groups for outcome in OUTCOMES})


def _grouped(counts: Mapping[str, int]) -> Cells:
    """表四 from its outcomes: what is not named is 0, totals added."""
    cells: Cells = {}
    for group in ("review", "direct", "after_review"):
        row = {outcome: counts.get(f"{group}.{outcome}", 0) for outcome in OUTCOMES}
        cells |= {f"{group}.{outcome}": str(count) for outcome, count in row.items()}
        cells[f"{group}.total"] = str(sum(row.values()))
    return cells
