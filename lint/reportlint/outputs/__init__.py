"""Results to text: one module per output, each with `render(result, view)` yielding the text piece by piece.

An output is imported when it is asked for. Plugins add theirs by the hook `reportlint_outputs`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import NamedTuple, cast

from reportlint.finding import Result


class View(NamedTuple):
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
    folder: str = ""
    """Where the file lies that is written; the working directory where none is."""
    statistics: bool = False
    """How many findings each rule has, instead of the findings."""


Render = Callable[[Result, View], Iterable[str | bytes]]
"""An output: text piece by piece, in the encoding of wherever it goes; or bytes, where the format has its own."""


class Output(NamedTuple):
    """A built-in output."""

    module: str
    spoken: bool = False
    """Whether it is for a person at a terminal, who is told by other means when a run is refused."""
    json: bool = False
    """Whether its text is JSON: signs that an encoding lacks are escaped as JSON escapes them."""
    contents: bool = False
    """Whether it shows the reports themselves, not only what was found in them."""
    binary: bool = False
    """Whether a terminal cannot show it."""


OUTPUTS: dict[str, Output] = {
    "full": Output("reportlint.outputs.full", spoken=True),
    "concise": Output("reportlint.outputs.concise", spoken=True),
    "json": Output("reportlint.outputs.json", json=True),
    "sarif": Output("reportlint.outputs.sarif", json=True),
    "github": Output("reportlint.outputs.github"),
    "gitlab": Output("reportlint.outputs.gitlab", json=True),
    "junit": Output("reportlint.outputs.junit"),
    "markdown": Output("reportlint.outputs.markdown"),
    "html": Output("reportlint.outputs.html", contents=True),
    "xlsx": Output("reportlint.outputs.xlsx", contents=True, binary=True),
}
"""The built-in outputs by the name that `--format` takes."""


def output(name: str, extra: Mapping[str, Render] | None = None) -> Render:
    """The output of that name, built in or of a plugin; KeyError where there is none."""
    if name in OUTPUTS:
        return cast("Render", import_module(OUTPUTS[name].module).render)
    return (extra or {})[name]
