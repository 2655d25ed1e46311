"""The build's own check: a pack, form or vocabulary that its schema does not accept makes no wheel.

What is in a wheel is not checked again at every run, so it must have been checked before it got there.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CheckedPacks(BuildHookInterface[Any]):
    """Loads every pack under rules/ the way a stranger's pack is loaded: each file against its schema."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raises ConfigError, with file and line, where a pack is wrong."""
        del version, build_data
        root = Path(self.root)
        sources = [str(root / folder) for folder in ("lint", "rules", "schemas")]
        sys.path[:0] = sources
        try:
            from reportlint.pack import load

            for head in sorted((root / "rules").glob("*/*/pack.toml")):
                module = ".".join(head.parent.relative_to(root / "rules").parts)
                load(head.parent, module)
        finally:
            del sys.path[: len(sources)]
