"""Clean reports give nothing; a report with one thing wrong gives that thing, at its place, and nothing unrelated."""

from __future__ import annotations

import pytest

import reportlint
from support.clean import FIGURES, KINDS, Figures, Kind, clean
from support.defects import DEFECTS
from support.planting import Defect, positions
from support.writing import READABLE, write

NAME = "报告.txt"


@pytest.mark.parametrize("style", READABLE)
@pytest.mark.parametrize("figures", FIGURES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("year", range(2019, 2026))
def test_nothing_is_found_in_a_clean_report(year: int, kind: Kind, figures: Figures, style: str) -> None:
    written = write(clean(year, kind=kind, figures=figures, seed=year), style)

    result = reportlint.check(written.text.encode(), name=NAME)

    assert [(found.rule, found.line, found.message) for found in result.findings] == []
    assert list(result.faults) == []
    assert result.exit_code == 0


@pytest.mark.parametrize("style", READABLE)
@pytest.mark.parametrize("defect", DEFECTS, ids=[defect.name for defect in DEFECTS])
def test_a_planted_defect_is_found_where_it_stands(defect: Defect, style: str) -> None:
    draft = defect.spoilt()
    written = write(draft, style)
    code, places = defect.expected(style)
    wanted = positions(places, draft, written)

    result = reportlint.check(written.text.encode(), name=NAME)

    said = [(str(found.rule), found.line, found.column, found.message) for found in result.findings]
    hits = [found for found in result.findings if found.rule == code]
    assert hits, said
    assert any(found.line in {line for line, _ in wanted} for found in hits), (said, wanted)
    if all(_has_text(written.text, at) for at in wanted) and {place[0] for place in places} == {"cell"}:
        assert any((found.line, found.column) in wanted for found in hits), (said, wanted)
    assert {found.rule for found in result.findings} <= {code} | defect.follow, said
    if defect.severity is not None and code == defect.code:
        assert defect.severity in {str(found.severity) for found in hits}, said
    assert all(found.line >= 1 and found.column >= 1 and found.address for found in result.findings), said
    assert list(result.faults) == []
    assert result.exit_code == int(any(str(found.severity) in ("error", "warning") for found in result.findings))


def _has_text(text: str, at: tuple[int, int]) -> bool:
    """Whether a cell begins there, and not only the trace of a blank one."""
    line, column = at
    return text.split("\n")[line - 1][column - 1 : column].strip() not in ("", "|")
