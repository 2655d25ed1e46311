"""The JSON Schemas of what reportlint reads (forms, …) and of what it writes (findings, extracted reports)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast


def load(name: str) -> dict[str, Any]:
    """The schema of that name, such as `form` or `findings`; FileNotFoundError where there is none."""
    text = Path(__file__).with_name(f"{name}.schema.json").read_text(encoding="utf-8")
    return cast("dict[str, Any]", json.loads(text))
