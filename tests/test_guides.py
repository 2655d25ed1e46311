"""The guides for authors of packs: every command as printed, both languages alike; the reference is fresh."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from reportlint.cli.kind_pages import pages
from support.process import ROOT
from support.walkthrough import follow, steps

FOLDER = ROOT / "docs" / "packs"
GUIDES = ["first-pack", "python-rule"]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)[^)]*\)")


@pytest.mark.parametrize("name", GUIDES)
@pytest.mark.parametrize("language", [".md", ".zh-CN.md"])
def test_every_command_does_what_the_guide_says(tmp_path: Path, name: str, language: str) -> None:
    shutil.copy(ROOT / "examples" / "reports" / "青川港市水务局" / "2023.txt", tmp_path / "年报.txt")
    text = (FOLDER / f"{name}{language}").read_text(encoding="utf-8")

    done = list(follow(text, tmp_path))

    assert done
    for step, came in done:
        assert came.text + came.said == step.output, step.command


@pytest.mark.parametrize("name", GUIDES)
def test_both_languages_take_the_same_steps(name: str) -> None:
    english, chinese = ((FOLDER / f"{name}{end}").read_text(encoding="utf-8") for end in (".md", ".zh-CN.md"))

    assert list(steps(english)) == list(steps(chinese))


def test_the_reference_of_the_kinds_is_fresh() -> None:
    stale = [name for name, text in pages().items() if (FOLDER / name).read_text(encoding="utf-8") != text]

    assert stale == [], "run: python -m reportlint.cli.kind_pages docs/packs"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.name)
def test_what_a_guide_points_to_exists(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("folder", ["province", "third-party-pack"])
def test_the_examples_tell_the_same_in_both_languages(folder: str) -> None:
    blocks = [
        re.findall(r"^```.*?^```$", (ROOT / "examples" / folder / name).read_text(encoding="utf-8"), re.M | re.S)
        for name in ("README.md", "README.zh-CN.md")
    ]

    assert blocks[0]
    assert blocks[0] == blocks[1]
