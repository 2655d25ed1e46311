"""A TOML file as its author wrote it: the data, and for every complaint the line, the column and the words there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from reportlint.errors import ConfigError, Words, words

if TYPE_CHECKING:
    from reportlint.toml_lines import Lines

Place = tuple[str | int, ...]
_MOST = 8
"""How many complaints about a file are said at once."""


class Manuscript:
    """A TOML file that was read. Raises ConfigError where it cannot be, or is no TOML."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text, self.data = _read(path)

    @cached_property
    def _lines(self) -> Lines:
        from reportlint.toml_lines import Lines

        return Lines(self.text)

    def complaint(self, place: Place, says: Words, value: object = None) -> Words:
        """A complaint about a key, or about a value below it, with its place and the line as it is written."""
        line, column, length = self._lines.place(place, value)
        return framed(self.path.name, self.text, line, column, length, says)

    def refused(self, complaints: Iterable[tuple[Place, Words, object]]) -> ConfigError | None:
        """The error that some complaints amount to, in the order of the file; None where there is none."""
        listed = sorted(
            ((*self._lines.place(place, value)[:2], number, place, says, value)
             for number, (place, says, value) in enumerate(complaints)),
            key=lambda item: item[:3],
        )  # fmt: skip
        if not listed:
            return None
        said = [self.complaint(place, says, value) for _, _, _, place, says, value in listed[:_MOST]]
        if len(listed) > _MOST:
            rest = len(listed) - _MOST
            said.append(words(f"……还有 {rest} 处", f"… and {rest} more"))
        return ConfigError(words("\n".join(item["zh"] for item in said), "\n".join(item["en"] for item in said)))

    def checked(self, schema: str) -> dict[str, Any]:
        """The data, where its schema accepts it. Raises ConfigError with all that it forbids."""
        from reportlint.validation import violations
        from reportlint.violations import says
        from reportlint_schemas import load

        found = list(violations(load(schema), self.data))
        error = self.refused((item.path, says(item), _shown(item.keyword, item.value)) for item in found)
        if error is not None:
            raise error
        return self.data


def _shown(keyword: str, value: object) -> object:
    """The value to point at; for keys that are wrong or lacking it is the key itself."""
    return None if keyword in ("additionalProperties", "required", "propertyNames") else value


def framed(name: str, text: str, line: int, column: int, length: int, says: Words) -> Words:
    """A complaint with its place in front and the line with a mark below it."""
    lines = text.splitlines()
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    frame = "".join(f"\n    {part}" for part in _frame(line, shown, column, length)) if shown.strip() else ""
    return words(
        f"{name} 第 {line} 行第 {column} 列：{says['zh']}{frame}",
        f"{name}, line {line}, column {column}: {says['en']}{frame}",
    )


def _frame(number: int, line: str, column: int, length: int) -> Iterator[str]:
    margin = len(str(number))
    yield f"{number} │ {line.rstrip()}"
    before = "".join("\t" if char == "\t" else " " * _width(char) for char in line[: column - 1])
    marked = line[column - 1 : column - 1 + length].rstrip()
    yield f"{' ' * margin} │ {before}{'^' * max(sum(map(_width, marked)), 1)}"


def _width(char: str) -> int:
    """How many cells of a terminal a character takes."""
    return 2 if east_asian_width(char) in "WF" else 1


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    import tomli

    try:
        text = path.read_text(encoding="utf-8-sig")
        return text, tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise ConfigError(_no_toml(path, str(error))) from error
    except UnicodeDecodeError as error:
        raise ConfigError(words(f"{path.name}：不是 UTF-8 编码", f"{path.name}: not in UTF-8")) from error
    except OSError as error:
        raise ConfigError(
            words(f"{path.name}：打不开：{error.strerror}", f"{path.name}: cannot be opened: {error.strerror}")
        ) from error


def _no_toml(path: Path, said: str) -> Words:
    text = path.read_text(encoding="utf-8-sig")
    found = re.search(r" \(at line (\d+), column (\d+)\)", said)
    line, column = (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, 1)
    bare = said[: found.start()] if found else said.partition(" (at ")[0]
    return framed(path.name, text, line, column, 1, words(f"不是合法的 TOML：{bare}", f"not valid TOML: {bare}"))
