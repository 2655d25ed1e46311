"""A document that tells a reader what to write and what to run: files, commands, and what they are said to print.

A file is a code block whose first words are its language and its name (```toml gd.toml); commands stand in `console`
blocks behind a `$`, each with its output below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from support.process import Done, reportlint

_BLOCK = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """A file to write, or a command with the output that is shown."""

    name: str = ""
    text: str = ""
    command: str = ""
    output: str = ""


def steps(text: str) -> Iterator[Step]:
    """The steps of a document."""
    for language, name, body in _BLOCK.findall(text):
        if language == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                yield Step(command=command, output=output)
        elif name:
            yield Step(name=name, text=body)


def follow(text: str, folder: Path) -> Iterator[tuple[Step, Done]]:
    """Do what a document says in a folder: each command as printed, and what came of it."""
    for step in steps(text):
        if step.name:
            path = folder / step.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text, encoding="utf-8")
        elif step.command.startswith("reportlint "):
            yield step, reportlint(folder, *step.command.split()[1:])
