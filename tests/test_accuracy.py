"""Real reports beside the repository: what a reviewer lists is found, and nothing unjudged is called wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from judged import Verdict, verdicts

SHARED = Path(os.environ.get("REPORTLINT_SHARED") or Path(__file__).parents[2] / "shared")
VERDICTS = list(verdicts(SHARED))


@pytest.mark.skipif(not VERDICTS, reason="no real reports; set REPORTLINT_SHARED to their folder")
def test_all_real_reports_are_there() -> None:
    assert len(VERDICTS) == 13


@pytest.mark.parametrize("verdict", VERDICTS, ids=[verdict.path for verdict in VERDICTS])
def test_a_real_report_gives_what_a_reviewer_lists(verdict: Verdict) -> None:
    assert verdict.missed == verdict.known
    assert [(found.rule, found.line) for found in verdict.loud] == []


@pytest.mark.parametrize("verdict", VERDICTS, ids=[verdict.path for verdict in VERDICTS])
def test_nothing_that_is_right_is_called_an_error(verdict: Verdict) -> None:
    assert [(found.rule, found.line, found.message["zh"]) for found in verdict.unjudged] == []
    assert [(found.rule, found.line) for found in verdict.wrong if found.severity == "error"] == []
