"""What is named on the command line to the files that are checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from reportlint.config import Settings
from reportlint.errors import words
from reportlint.finding import Fault
from reportlint.globs import is_glob, slashed

SUFFIXES = frozenset(
    (
        ".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml", ".docx", ".doc", ".wps",
        ".odt", ".rtf", ".xlsx", ".pdf",
    )
)  # fmt: skip
"""The files that are checked when a folder is named; a file that is named itself is checked whatever it is called."""

MARKS = words(".批注", ".annotated")
"""What the name of a copy ends with that `annotate` writes beside its report."""
COPIES = tuple(MARKS.values())

SettingsOf = Callable[[str], Settings]
"""The settings that hold for a file."""


class Found(NamedTuple):
    """The files to check, and what was named but gives none."""

    files: tuple[str, ...]
    faults: tuple[Fault, ...]
    excluded: int


def find(named: Iterable[str], settings_of: SettingsOf, suffixes: Sequence[str] = ()) -> Found:
    """The files in what is named: files, folders with all below them, globs. A missing one stays, to become a fault.

    `suffixes` are those of further kinds that plugins read. Excludes apply to all, also to files named themselves.
    """
    files: dict[str, None] = {}
    faults: list[Fault] = []
    excluded: set[str] = set()
    for name in named:
        if os.path.isfile(name) or not (os.path.isdir(name) or is_glob(name)):
            candidates, sought = [name], False
        else:
            candidates, sought = list(searched(name, suffixes)), True
        kept = 0
        for path in candidates:
            path = slashed(os.path.normpath(path))
            if settings_of(path).excludes(path):
                excluded.add(path)
                continue
            kept += 1
            files[path] = None
        if sought and not kept:
            faults.append(_nothing(slashed(name), bool(candidates)))
    return Found(tuple(files), tuple(faults), len(excluded))


def searched(name: str, suffixes: Iterable[str] = ()) -> Iterator[str]:
    """The reports in a folder, or those that a glob names and those in the folders that it names."""
    suffixes = SUFFIXES | set(suffixes)
    if os.path.isdir(name):
        yield from _below(name, suffixes)
        return
    from glob import glob

    for path in sorted(glob(name, recursive=True)):
        if os.path.isdir(path):
            if not name.endswith("**"):
                yield from _below(path, suffixes)
        elif _is_report(os.path.basename(path), suffixes):
            yield path


def _below(folder: str, suffixes: Iterable[str]) -> Iterator[str]:
    """The files below a folder that may be reports, in a fixed order."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if _is_report(name, suffixes):
                yield os.path.join(at, name)


def _is_report(name: str, suffixes: Iterable[str]) -> bool:
    """Whether a file found by searching may be a report.

    A README is none, nor a hidden file, Word's mark of an open one, or a copy that `annotate` wrote beside its report.
    """
    stem, suffix = os.path.splitext(name.lower())
    return not stem.startswith((".", "~$", "readme")) and not stem.endswith(COPIES) and suffix in suffixes


def _nothing(name: str, excluded: bool) -> Fault:
    if excluded:
        says = words(f"{name}：里面的文件都按配置不检查", f"{name}: the configuration excludes every file in it")
    elif is_glob(name) and not os.path.isdir(name):
        says = words(f"{name}：没有匹配的文件", f"{name}: matches no file")
    else:
        says = words(f"{name}：文件夹里没有可以检查的文件", f"{name}: the folder holds nothing to check")
    return Fault("RL030", name, says)
