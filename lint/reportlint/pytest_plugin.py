"""For pytest: every `pack.toml` that it meets is collected, and each example of each rule is a test.

It comes with reportlint; `pytest my_pack` or `testpaths = ["my_pack"]` is all that is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from reportlint.trials import Trial


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A pack, where the file is the head of one."""
    if file_path.name != "pack.toml":
        return None
    return PackFile.from_parent(parent, path=file_path)  # pyright: ignore[reportUnknownMemberType]


class PackFile(pytest.File):
    """A pack, with a test for each example."""

    def collect(self) -> Iterator[pytest.Item]:
        from reportlint.errors import ConfigError
        from reportlint.testing import pack_trials

        try:
            trials = list(pack_trials(self.path.parent))
        except ConfigError as error:
            raise self.CollectError(error.words["zh"]) from error
        for number, trial in enumerate(trials, 1):
            name = f"{trial.rule.code}-{trial.manner}-{number}"
            yield ExampleItem.from_parent(self, name=name, trial=trial)  # pyright: ignore[reportUnknownMemberType]


class ExampleItem(pytest.Item):
    """An example, or the complaint that there is none."""

    def __init__(self, *, trial: Trial, name: str, parent: PackFile) -> None:
        super().__init__(name, parent)  # pyright: ignore[reportUnknownMemberType]
        self.trial = trial

    def runtest(self) -> None:
        if self.trial.why is not None:
            raise AssertionError(self.trial.why["zh"])

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        text = f"“{self.trial.example.text}”：" if self.trial.example is not None else ""
        return f"{self.trial.rule.code} {text}{excinfo.value}"

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, self.name
