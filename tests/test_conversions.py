"""Real reports that came as text, made into web pages, Markdown, Word and PDF: what is found stays the same."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from reportlint.engine import Linter
from reportlint.readers.office import office_program
from support.conversion import by_office, draft_of
from support.draft import Draft
from support.files import docx
from support.kinds import KINDS, bare
from support.shared import shared_file

SEEDS = ("000", "001", "002", "003", "004")
CONVERTED = ("html", "html, framed", "md", "md, labels once", "docx")
OF_THE_KIND = frozenset({"X002", "X009", "X010"})
"""Rules on how the characters of a file stand, not on what it says."""

# How many findings the texts have, so that nothing passes for finding nothing.
LEAST = {"000": 8, "001": 4, "002": 1, "003": 8, "004": 4}

Found = list[tuple[str, str, str]]


@cache
def _linter() -> Linter:
    return Linter()


@cache
def _seed(seed: str) -> tuple[Draft, Found, dict[str, Any]]:
    """The draft of a seed, and what is found in and read from its text."""
    data = shared_file("seeds", seed)
    return draft_of(_linter().report("报告.txt", data)), _found("报告.txt", data), _read("报告.txt", data)


def _found(name: str, data: bytes) -> Found:
    result = _linter().check_bytes(name, data)
    assert result.faults == ()
    return sorted(
        (str(found.rule), str(found.severity), found.address)
        for found in result.findings
        if found.rule not in OF_THE_KIND
    )


def _read(name: str, data: bytes) -> dict[str, Any]:
    read = _linter().extract(name, data)
    return {
        **{key: read[key] for key in ("agency", "year", "form", "published", "tables")},
        "sections": [(part["key"], bare(part["title"]), bare(part["text"])) for part in read["sections"]],
    }


@pytest.mark.parametrize("kind", CONVERTED)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_report_says_the_same_in_another_kind(seed: str, kind: str) -> None:
    draft, found, read = _seed(seed)
    name, write = KINDS[kind].file, KINDS[kind].write

    data = write(draft)

    assert len(found) >= LEAST[seed]
    assert _found(name, data) == found
    assert _read(name, data) == read


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_libreoffice_makes_no_other_report_of_it(seed: str) -> None:
    if office_program() is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    draft, found, read = _seed(seed)

    kinds = ("pdf", "doc", "odt", "rtf") if seed == SEEDS[0] else ("pdf", "doc")
    converted = by_office("报告.docx", docx.write(draft), kinds)

    for kind, data in converted.items():
        assert (kind, _found(f"报告.{kind}", data)) == (kind, found)
        assert (kind, _read(f"报告.{kind}", data)) == (kind, read)
