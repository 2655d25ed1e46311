"""Results to text: one module per output, each with `render(result, view)` yielding the text piece by piece.

An output is imported when it is asked for. Plugins add theirs by the hook `reportlint_outputs`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from reportlint.finding import Result


@dataclass(frozen=True, slots=True)
class View:
    """How a result is to be shown."""

    lang: str = "zh"
    """The language of the words: zh or en."""
    color: bool = False
    width: int = 100
    """How many cells a line of a terminal has; lines of a report are cut around the finding to fit."""
    quiet: bool = False
    """Findings and faults only, without the summary."""
    verbose: bool = False
    """Also what passed, the reasons for what was not checked, and tracebacks."""
    excluded: int = 0
    """How many of the files named are excluded by the configuration."""


Render = Callable[[Result, View], Iterable[str]]

OUTPUTS: dict[str, str] = {
    "full": "reportlint.outputs.full",
    "concise": "reportlint.outputs.concise",
    "json": "reportlint.outputs.json",
}
"""The module of each output."""


def output(name: str, extra: Mapping[str, Render] | None = None) -> Render:
    """The output of that name, built in or of a plugin; KeyError where there is none."""
    if name in OUTPUTS:
        return cast("Render", import_module(OUTPUTS[name]).render)
    return (extra or {})[name]
