"""Results as an output shows them, without a process."""

from __future__ import annotations

from typing import Any

from reportlint.finding import Result
from reportlint.outputs import View, output


def shown(name: str, result: Result, **view: Any) -> str:
    """The text of an output; what it yields as bytes is UTF-8."""
    chunks = output(name)(result, View(**view))
    return "".join(chunk.decode() if isinstance(chunk, bytes) else chunk for chunk in chunks)
