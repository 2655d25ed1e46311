"""The manual of a plugin author: what a plugin may add to reportlint, and how.

A plugin is a Python module named by an entry point of the group `reportlint` in an installed package:

    [project.entry-points.reportlint]
    gd = "gd_rules"

In that module stand functions with the names below, marked with `hookimpl`:

    from pathlib import Path
    from reportlint.hooks import hookimpl

    @hookimpl
    def reportlint_packs():
        return [Path(__file__).parent / "gd.toml"]

A package whose folder has a `pack.toml`, and a module of functions with `@rule`, need no hook: they are packs as they
are.

A function with another name, one that raises, and one that returns something else than is said here are faults: the
exit code is 2, because rules that were meant to run did not. The national pack comes in by the same door.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from reportlint.outputs import Render
    from reportlint.readers import Reader

GROUP = "reportlint"
"""The group of the entry points, and the name under which pluggy knows the hooks."""

hookimpl = pluggy.HookimplMarker(GROUP)
"""Marks a function of a plugin as one of the hooks."""
hookspec = pluggy.HookspecMarker(GROUP)


class Specifications:
    """The hooks. None of them takes an argument."""

    @hookspec
    def reportlint_packs(self) -> Iterable[str | PathLike[str]]:
        """The rule packs of the plugin: folders with a `pack.toml`, or single TOML files.

        A folder that is a Python package, such as the one of the plugin itself, may hold rules that are functions.
        """
        raise NotImplementedError

    @hookspec
    def reportlint_regions(self) -> Iterable[str | PathLike[str]]:
        """Packs of places: each holds only where it is selected, and is read only then.

        Folders or files called like the pack in them.
        """
        raise NotImplementedError

    @hookspec
    def reportlint_readers(self) -> Mapping[str, Reader]:
        """Readers by the kind of file they read (`docx`, `pdf`, …): `read(name, data)` gives the document.

        A reader raises `reportlint.Unreadable` for what it cannot read; it comes before a built-in one of that kind.
        """
        raise NotImplementedError

    @hookspec
    def reportlint_outputs(self) -> Mapping[str, Render]:
        """Outputs by the name that `--format` takes: `render(result, view)` yields the text piece by piece."""
        raise NotImplementedError


HOOKS: Mapping[str, Callable[..., object]] = {
    name: getattr(Specifications, name)
    for name in (
        "reportlint_packs",
        "reportlint_regions",
        "reportlint_readers",
        "reportlint_outputs",
    )
}
"""The hooks by name."""
