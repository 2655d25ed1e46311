"""The documents: pages that are made from the rules are fresh, and what the others name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportlint import Linter
from reportlint.cli.help import COMMANDS
from reportlint.cli.pages import pages
from reportlint.outputs import OUTPUTS

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md"]
RULES = Linter().library.rules()
LINK = re.compile(r"\]\((?!https?:)([^)#]+)[^)]*\)")
NAMED = re.compile(r"`((?:lint|rules|schemas|tests|docs|examples|benchmarks)/[\w./-]*)`")


def test_the_pages_of_the_rules_are_fresh() -> None:
    folder = ROOT / "docs" / "rules"
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}

    stale = [name for name, text in pages(RULES).items() if written.get(name) != text]

    assert stale == [], "run: python -m reportlint.cli.pages docs/rules"
    assert set(written) == set(pages(RULES))


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_every_page_says_what_a_clerk_must_know(code: str) -> None:
    text = (ROOT / "docs" / "rules" / f"{code}.md").read_text(encoding="utf-8")

    for heading in ("## 问题", "## 依据", "## 怎么改", "## 不检查这条规则", "## What is wrong"):
        assert heading in text
    assert "{" not in text.replace("{ ", "")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_names_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    for target in LINK.findall(text):
        assert (path.parent / target).exists(), target
    for named in NAMED.findall(text):
        assert (ROOT / named).exists(), named


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readmes_name_every_command_and_output(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    for word in (*COMMANDS, *OUTPUTS):
        assert re.search(rf"\b{word}\b", text), word


@pytest.mark.parametrize(
    ("name", "selected"),
    [
        ("reports/局/2023.txt", True),
        ("reports/局/2023年报.DOCX", True),
        ("reports/v1.2.pdf", True),
        ("2023.htm", True),
        ("reports/README.md", False),
        ("reports/readme.zh-CN.md", False),
        ("说明.md", False),
        ("requirements-dev.txt", False),
        ("reports/Makefile", False),
        ("reports/照片.jpg", False),
        ("reports/data.json", False),
        ("reports/.gitkeep", False),
    ],
)
def test_what_the_hook_selects_where_a_repository_says_only_which_folder(name: str, selected: bool) -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    exclude = re.search(r"exclude: >-\n((?:    .*\n)+)", text)
    assert exclude is not None

    # What `>-` makes of the lines: those that are indented further keep their breaks, and (?x) minds neither.
    assert (re.search(exclude[1].strip(), name) is None) is selected
