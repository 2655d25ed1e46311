"""New packs, and new repositories of reports: the files in `starters`, with names and version filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from reportlint.errors import UsageError, words
from reportlint.version import __version__

_HERE = Path(__file__).parent / "starters"
_HOLE = re.compile(r"\{(name|package|prefix|version)\}")
_NAME = re.compile(r"[a-z][a-z0-9-]*")


def files(name: str, prefix: str, *, python: bool) -> Mapping[str, str]:
    """The texts of a new pack by their paths. Raises UsageError for a name or prefix that none can have."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            words(
                f"规则包的名称只用小写字母、数字和连字符，以字母开头，如 gd 或 hunan-huaihua，现在是“{name}”",
                f"the name of a pack has small letters, digits and hyphens, such as hunan-huaihua; it is “{name}”",
            )
        )
    prefix = prefix or re.sub(r"[^A-Z]", "", name.upper())[: 4 if len(name) <= 4 else 2]
    if not re.fullmatch(r"[A-Z]{1,4}", prefix):
        raise UsageError(words("前缀是一到四个大写字母", "a prefix is one to four capital letters"))
    package = f"reportlint_{name.replace('-', '_')}"
    values = {"name": name, "package": package, "prefix": prefix, "version": __version__}
    folder = _HERE / ("python" if python else "data")
    return {
        path.relative_to(folder).as_posix().removesuffix(".txt").replace("package/", f"{package}/"): _HOLE.sub(
            lambda found: values[found[1]], path.read_text(encoding="utf-8")
        )
        for path in sorted(folder.rglob("*.txt"))
    }


def repository() -> Mapping[str, str]:
    """The texts of a new repository of reports by their paths."""
    folder = _HERE / "repository"
    return {
        path.relative_to(folder).as_posix().removesuffix(".txt"): path.read_text(encoding="utf-8").replace(
            "{version}", __version__
        )
        for path in sorted(folder.rglob("*.txt"))
    }
