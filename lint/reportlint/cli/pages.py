"""Writes the pages of the built-in rules, those of provinces included: `python -m reportlint.cli.pages docs/rules`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from reportlint.engine import Linter
from reportlint.outputs.page import index, markdown
from reportlint.rule import Rule


def pages(rules: Iterable[Rule]) -> dict[str, str]:
    """The pages by the name of their file."""
    listed = sorted(rules, key=lambda rule: rule.code)
    return {"README.md": index(listed)} | {f"{rule.code}.md": markdown(rule) for rule in listed}


def main(folder: Path) -> int:
    """Write the pages into a folder and remove those of rules that are gone; the exit code."""
    linter = Linter()
    for fault in linter.faults:
        print(fault.message("en"), file=sys.stderr)
    if linter.faults:
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages(linter.library.rules())
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(wanted)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
