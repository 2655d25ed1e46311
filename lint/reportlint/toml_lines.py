"""Where in a TOML file a key stands: what a message about it must say and no parser tells."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_PART = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")
_TOKEN = re.compile(
    r"""\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*|\n|[^\s"'#\[\]{}]+|.""", re.DOTALL
)


class Lines:
    """The lines of the keys of a TOML file."""

    def __init__(self, text: str) -> None:
        self._text = text.splitlines()
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._read(text)

    def of(self, path: Path) -> int:
        """The line (from 1) of a key, or of the nearest key or table above it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._lines:
                return self._lines[path[:length]]
        return 1

    def place(self, path: Path, value: object = None) -> tuple[int, int, int]:
        """Line, column and length of a key, or of a value below it where that is a text found as it is written."""
        line = self.of(path)
        if isinstance(value, str) and value:
            for number in range(line, min(line + 200, len(self._text)) + 1):
                at = self._text[number - 1].find(value)
                if at >= 0:
                    return number, at + 1, len(value)
        written = self._text[line - 1] if 0 < line <= len(self._text) else ""
        for name in reversed(path):
            if isinstance(name, str) and (at := written.find(name)) >= 0:
                return line, at + 1, len(name)
        return line, 1, len(written)

    def _read(self, text: str) -> None:
        table: Path = ()
        for number, statement in _statements(text):
            if statement.startswith("["):
                double = statement.startswith("[[")
                table = self._placed(_key(statement.lstrip("[")) or ())
                if double:
                    count = self._counts[table] = self._counts.get(table, -1) + 1
                    self._lines.setdefault(table, number)
                    table = (*table, count)
                self._note(table, number)
            elif (names := _key(statement)) is not None:
                self._note((*table, *names), number)

    def _placed(self, names: Path) -> Path:
        """The path of a table; below an array of tables it belongs to the last one."""
        path: Path = ()
        for index, name in enumerate(names):
            path = (*path, name)
            if path in self._counts and index < len(names) - 1:
                path = (*path, self._counts[path])
        return path

    def _note(self, path: Path, number: int) -> None:
        for length in range(1, len(path) + 1):
            self._lines.setdefault(path[:length], number)


def _statements(text: str) -> list[tuple[int, str]]:
    """Each header or assignment with its line; values over several lines belong to their first."""
    found: list[tuple[int, str]] = []
    number, start, depth, parts = 1, 1, 0, list[str]()
    for token in _TOKEN.findall(text + "\n"):
        if token == "\n" and depth <= 0:
            if statement := "".join(parts).strip():
                found.append((start, statement))
            number, depth, parts = number + 1, 0, []
            start = number
            continue
        number += token.count("\n")
        if token.startswith("#"):
            continue
        if parts or not token.isspace():
            parts.append(token)
            depth += (token in "[{") - (token in "]}")
    return found


def _key(text: str) -> tuple[str, ...] | None:
    names: list[str] = []
    at = 0
    while found := _PART.match(text, at):
        names.append(next(group for group in found.groups() if group is not None))
        at = found.end()
        if text[at : at + 1] != ".":
            return tuple(names)
        at += 1
    return None
