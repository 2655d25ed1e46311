"""Libraries of the extra `[review]`, which not everybody installs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from reportlint.errors import UsageError, Words


def extra(module: str, missing: Words) -> Any:
    """A module of such a library. Raises UsageError with these words where it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        raise UsageError(missing) from error
