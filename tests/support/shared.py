"""Real reports, kept beside the repository: where they are, and a clear reason to skip where they are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("REPORTLINT_SHARED") or Path(__file__).parents[3] / "shared")


def shared_file(folder: str, name: str) -> bytes:
    """The file whose name begins so, or the reason to skip."""
    found = sorted((SHARED / folder).glob(f"{name}*")) if (SHARED / folder).is_dir() else []
    if not found:
        pytest.skip(f"no {name} in {SHARED / folder}; set REPORTLINT_SHARED to the folder of the real reports")
    return found[0].read_bytes()
