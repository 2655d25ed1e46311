"""What code hosts want of every output for them: paths within the checkout, and lines only where a file has lines."""

from __future__ import annotations

import os
from collections.abc import Mapping

from reportlint.finding import Finding, Result
from reportlint.globs import slashed

LINED = frozenset({"txt", "md", "html"})
"""The kinds of file in which a line of the text view is a line of the file."""


def kinds(result: Result) -> Mapping[str, str | None]:
    """The kind of each file by its path."""
    return {file.path: file.kind for file in result.files}


def within(path: str) -> str:
    """A path relative to the working directory, where it lies below it; else as it is. With forward slashes."""
    if not os.path.isabs(path):
        return path
    here = os.path.join(os.getcwd(), "")
    return slashed(path[len(here) :]) if path.startswith(here) else slashed(path)


def has_lines(finding: Finding, kind_of: Mapping[str, str | None]) -> bool:
    """Whether the line of a finding is one of the file itself."""
    return kind_of.get(finding.path, "txt") in LINED
