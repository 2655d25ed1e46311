"""The national rules: what the regulation and the notices of the State Council's office demand of every report."""

from __future__ import annotations

from pathlib import Path

from reportlint.hooks import hookimpl


@hookimpl
def reportlint_packs() -> list[Path]:
    """This folder."""
    return [Path(__file__).parent]


@hookimpl
def reportlint_regions() -> list[Path]:
    """The folders beside this one that are packs: those of provinces and cities."""
    here = Path(__file__).parent
    return sorted(path.parent for path in here.parent.glob("*/pack.toml") if path.parent != here)
