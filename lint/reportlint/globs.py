"""Globs as the configuration writes them, matched against whole paths with forward slashes."""

from __future__ import annotations

import os
import re
from functools import lru_cache

EVERYTHING = "/**" if os.sep == "/" else "?:/**"
"""A rooted glob that matches every path."""


def absolute(path: str, folder: str = "") -> str:
    """A path as an absolute one with forward slashes, relative to a folder or to the working directory."""
    return slashed(os.path.abspath(os.path.join(folder, path)))


def slashed(path: str) -> str:
    """A path with forward slashes."""
    return path.replace(os.sep, "/") if os.sep != "/" else path


def rooted(glob: str, folder: str) -> str:
    """A glob relative to a folder as one that matches absolute paths; what the folder's name holds is literal."""
    glob = slashed(glob)
    if os.path.isabs(glob):
        return glob
    glob = glob.removeprefix("./")
    base = _escape(absolute(folder)).rstrip("/")
    return f"{base}/{glob}" if "/" in glob.rstrip("/") else f"{base}/**/{glob}"


def matches(glob: str, path: str) -> bool:
    """Whether a rooted glob names an absolute path or a folder that it stands in."""
    return _pattern(glob).match(path) is not None


def is_glob(text: str) -> bool:
    """Whether a path holds wildcards."""
    return any(char in text for char in "*?[")


def _escape(path: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", path)


@lru_cache(maxsize=1024)
def _pattern(glob: str) -> re.Pattern[str]:
    parts: list[str] = []
    at, end = 0, len(glob.rstrip("/"))
    while at < end:
        char = glob[at]
        if glob.startswith("**/", at) and (at == 0 or glob[at - 1] == "/"):
            parts.append("(?:[^/]+/)*")
            at += 3
            continue
        if char == "*":
            at += 2 if glob.startswith("**", at) else 1
            parts.append(".*" if glob[at - 2 : at] == "**" else "[^/]*")
            continue
        close = glob.find("]", at + 2) if char == "[" else -1
        if close > 0:
            inner = glob[at + 1 : close].replace("\\", "\\\\").replace("[", "\\[")
            parts.append(f"[^{inner[1:]}/]" if inner.startswith("!") else f"[{inner}]")
            at = close + 1
            continue
        parts.append("[^/]" if char == "?" else re.escape(char))
        at += 1
    return re.compile(f"(?:{''.join(parts)})(?:/.*)?\\Z", re.DOTALL)
