"""Defects of figures that must add up."""

from __future__ import annotations

from support.edits import cells, issued_beyond, more_new_requests, shifted
from support.planting import TRIAL, Defect

COUNTED_IN_PROSE = frozenset({"C001", "C003", "C004", "C008"})

SUMS = (
    Defect(
        "requests do not balance",
        "A001",
        tuple(
            ("cell", "requests", f"{row}.{column}")
            for column in ("natural", "total")
            for row in ("new", "processed", "carried_in", "carried_out")
        ),
        more_new_requests,
        follow=frozenset({"A009"}),
        severity="error",
    ),
    Defect(
        "row total wrong",
        "A002",
        (("cell", "requests", "granted.total"),),
        shifted("requests", granted__total=1),
        follow=frozenset({"A003", "A009", "C004"}),
        severity="error",
    ),
    Defect(
        "two row totals wrong, column right",
        "A002",
        (("cell", "requests", "granted.total"), ("cell", "requests", "unable.1.total")),
        shifted("requests", granted__natural=-1, unable__1__natural=1),
        follow=frozenset({"A009"}),
        severity="error",
    ),
    Defect(
        "results not the sum",
        "A003",
        (("cell", "requests", "processed.natural"), ("cell", "requests", "processed.total")),
        shifted("requests", processed__natural=1, processed__total=1, carried_out__natural=-1, carried_out__total=-1),
        follow=COUNTED_IN_PROSE | {"A009"},
        severity="error",
    ),
    Defect(
        "review total wrong",
        "A004",
        (("cell", "disputes", "review.total"),),
        shifted("disputes", review__total=1),
        follow=frozenset({"A009", "C005"}),
        severity="error",
    ),
    Defect(
        "total of direct suits wrong",
        "A005",
        (("cell", "disputes", "direct.total"),),
        shifted("disputes", direct__total=1),
        follow=frozenset({"A009", "C005"}),
        severity="error",
    ),
    Defect(
        "total of suits after review wrong",
        "A005",
        (("cell", "disputes", "after_review.total"),),
        shifted("disputes", after_review__total=1),
        follow=frozenset({"A009", "C005"}),
        severity="error",
    ),
    Defect(
        "more documents issued than valid or repealed",
        "A006",
        (
            ("row", "disclosure", "docs"),
            *(("cell", "disclosure", f"docs.{column}") for column in ("issued", "repealed", "valid")),
        ),
        issued_beyond,
        severity="warning",
    ),
    Defect(
        "more items dropped than there were",
        "A007",
        (("cell", "disclosure", "licence.delta"), ("cell", "disclosure", "licence.prev")),
        cells("disclosure", licence__prev="2", licence__delta="-3"),
        base=TRIAL,
        severity="error",
    ),
    Defect(
        "total without parts",
        "A008",
        (("cell", "requests", "denied.1.total"),),
        cells("requests", denied__1__total="3"),
        follow=frozenset({"A003", "A009", "C004"}),
        severity="error",
    ),
)
