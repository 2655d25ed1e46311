"""The way of a stranger through the README: a repository, a new report, filled in, mended, reviewed."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from support.filling import filled_docx
from support.process import ROOT
from support.walkthrough import follow

REPORT = Path("reports", "青渡市林业局", "2025.docx")


def _blocks(name: str) -> list[str]:
    """The two parts of the way: before the report is filled in, and after."""
    text = (ROOT / name).read_text(encoding="utf-8")
    first, files, second = re.findall(r"^```(?:console start|csv [^\n]*)\n.*?^```$", text, re.MULTILINE | re.DOTALL)
    return [first, f"{files}\n\n{second}"]


def _fill(path: Path) -> None:
    """Fill the report in as the README says, one heading retyped."""
    path.write_bytes(filled_docx(path.read_bytes(), 2025, government=False))
    document = docx.Document(str(path))
    heading = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("六、"))
    heading.runs[0].text = "六、其它需要报告的事项"
    document.save(str(path))


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_step_does_what_the_readme_says(tmp_path: Path, name: str) -> None:
    before, after = _blocks(name)

    for step, came in follow(before, tmp_path):
        assert came.text + came.said == step.output, step.command
    _fill(tmp_path / REPORT)
    for step, came in follow(after, tmp_path):
        assert came.text + came.said == step.output, step.command

    assert (tmp_path / "审" / "审核.xlsx").is_file()
