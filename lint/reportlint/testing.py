"""For authors of packs: try the examples of a pack, and get the report that they are tried in.

    from reportlint.testing import assert_pack

    def test_examples():
        assert_pack("gd.toml")

The pytest plugin that comes with reportlint does the same for every `pack.toml` it is pointed at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reportlint.engine import Linter
from reportlint.errors import ConfigError, words
from reportlint.pack import Pack
from reportlint.plant import EXAMPLE_YEAR
from reportlint.plugins import load as load_plugins
from reportlint.trials import Trial, Workshop

__all__ = ["Trial", "Workshop", "assert_pack", "pack_trials", "specimen"]


def pack_trials(pack: str | Path) -> Iterator[Trial]:
    """The examples of a pack, given by its path or by the name it is installed under, and what came of each.

    Raises ConfigError where the pack cannot be used.
    """
    workshop, found = opened(pack)
    return workshop.trials(found)


def opened(pack: str | Path) -> tuple[Workshop, Pack]:
    """A pack, and where its examples are tried. Raises ConfigError where it cannot be used."""
    plugins = load_plugins()
    known = Workshop(plugins, [pack])
    path = Path(pack)
    for found in known.linter.packs:
        if found.name == str(pack) or (
            path.exists() and found.path.resolve() in (path.resolve(), path.parent.resolve())
        ):
            return known, found
    raise ConfigError(words(f"{pack}：不是规则包", f"{pack}: no pack"))


def assert_pack(pack: str | Path) -> None:
    """Raise AssertionError with all that is wrong with the examples of a pack."""
    failed = [
        f"{trial.rule.code} {trial.manner} {trial.example.text[:30] if trial.example else ''}: {trial.why('zh')}"
        for trial in pack_trials(pack)
        if trial.why is not None
    ]
    if failed:
        raise AssertionError("\n".join(failed))


def specimen(year: int = EXAMPLE_YEAR, agency: str = "") -> str:
    """A report of that year, as plain text, in which the national rules find nothing."""
    return Workshop().text(year, agency)


def linter(*packs: str | Path) -> Linter:
    """A linter with some packs besides those that always hold, every rule of theirs switched on."""
    return Workshop(packs=packs).linter
