"""The READMEs: what they tell people to run, in two languages, and what the examples are said to contain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import reportlint

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^(```+)([^\n`]*)\n(.*?)^\1[ \t]*$", re.DOTALL | re.MULTILINE)
ROW = re.compile(r"^\| (\S+\.txt) \| (\d+) \| ([A-Z]\d{3}) \|", re.MULTILINE)


@pytest.mark.parametrize("folder", [ROOT, ROOT / "examples"], ids=["project", "examples"])
def test_both_languages_show_the_same_code(folder: Path) -> None:
    english = _blocks(folder / "README.md")

    assert english
    assert _blocks(folder / "README.zh-CN.md") == english


def test_ci_ends_with_the_command_that_the_readme_gives_for_the_tests() -> None:
    last = (ROOT / ".ci" / "run").read_text(encoding="utf-8").strip().splitlines()[-1]

    assert last in {line.strip() for _, text in _blocks(ROOT / "README.md") for line in text.splitlines()}


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_examples_contain_the_defects_that_are_listed_and_no_others(name: str) -> None:
    folder = ROOT / "examples"
    listed = {(path, int(line), rule) for path, line, rule in ROW.findall((folder / name).read_text(encoding="utf-8"))}
    found = {
        (path.relative_to(folder / "reports").as_posix(), finding.line, str(finding.rule))
        for path in sorted((folder / "reports").rglob("*.txt"))
        for finding in reportlint.check(path).findings
    }

    assert found == listed


def _blocks(path: Path) -> list[tuple[str, str]]:
    """The fenced code blocks of a document: language and text."""
    return [(language.strip(), text) for _, language, text in BLOCK.findall(path.read_text(encoding="utf-8"))]
