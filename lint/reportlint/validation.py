"""Whether data is as one of our schemas demands, with the place and the reason where it is not.

It reads the part of JSON Schema that the schemas of this project use, refuses any other keyword, and needs no import
that costs more than the check itself; a test holds its verdicts against those of `jsonschema`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

Schema = Mapping[str, Any]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Violation:
    """A part of the data that the schema forbids: where, by which keyword, what is wanted and what is there."""

    path: Path
    keyword: str
    wanted: Any
    value: Any


def violations(schema: Schema, data: object) -> Iterator[Violation]:
    """What in the data is not as the schema demands, in the order of the data."""
    return _Check(schema).of(schema, data, ())


_TYPES: dict[str, Callable[[object], bool]] = {
    "object": lambda value: _is_object(value),
    "array": lambda value: _is_array(value),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: _is_number(value) and value == int(value),
    "number": lambda value: _is_number(value),
    "null": lambda value: value is None,
}
_SAYS_NOTHING = frozenset(
    (
        "$schema",
        "$id",
        "$defs",
        "$comment",
        "title",
        "description",
        "format",
        "default",
        "examples",
        "then",
        "else",
        "x-zh",
        "x-values",
        "x-example",
    )
)


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _is_array(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


class _Check:
    def __init__(self, root: Schema) -> None:
        self.root = root

    def of(self, schema: Schema | bool, data: object, path: Path) -> Iterator[Violation]:
        if isinstance(schema, bool):
            if not schema:
                yield Violation(path, "false", None, data)
            return
        for keyword, wanted in schema.items():
            if keyword in _SAYS_NOTHING:
                continue
            if keyword == "$ref":
                yield from self.of(self.root["$defs"][wanted.removeprefix("#/$defs/")], data, path)
            elif keyword == "type":
                names = [wanted] if isinstance(wanted, str) else wanted
                if not any(_TYPES[name](data) for name in names):
                    yield Violation(path, keyword, wanted, data)
            elif keyword in ("enum", "const"):
                among: Sequence[object] = wanted if keyword == "enum" else [wanted]
                if not any(_same(item, data) for item in among):
                    yield Violation(path, keyword, wanted, data)
            elif keyword in ("oneOf", "anyOf", "allOf", "not", "if"):
                yield from self._combined(keyword, schema, data, path)
            elif keyword in _OBJECT:
                if _is_object(data):
                    yield from self._object(keyword, schema, data, path)
            elif keyword in _ARRAY:
                if _is_array(data):
                    yield from self._array(keyword, wanted, data, path)
            elif not _scalar(keyword, wanted, data):
                yield Violation(path, keyword, wanted, data)

    def _combined(self, keyword: str, schema: Schema, data: object, path: Path) -> Iterator[Violation]:
        wanted = schema[keyword]
        if keyword == "if":
            branch = schema.get("else" if any(self.of(wanted, data, path)) else "then", True)
            yield from self.of(branch, data, path)
            return
        if keyword == "not":
            if not any(self.of(wanted, data, path)):
                yield Violation(path, keyword, wanted, data)
            return
        results = [list(self.of(option, data, path)) for option in wanted]
        if keyword == "allOf":
            for result in results:
                yield from result
            return
        fitting = sum(not result for result in results)
        if fitting == 1 or (keyword == "anyOf" and fitting):
            return
        # Where one option fits the kind of value, its own complaint says more than "none of these".
        near = [result for result in results if not any(v.path == path and v.keyword == "type" for v in result)]
        if len(near) == 1 and not fitting:
            yield from near[0]
            return
        yield Violation(path, keyword, wanted, data)

    def _object(self, keyword: str, schema: Schema, data: dict[str, object], path: Path) -> Iterator[Violation]:
        wanted = schema[keyword]
        if keyword == "required":
            for key in wanted:
                if key not in data:
                    yield Violation(path, keyword, key, data)
        elif keyword == "minProperties":
            if len(data) < wanted:
                yield Violation(path, keyword, wanted, data)
        elif keyword == "maxProperties":
            if len(data) > wanted:
                yield Violation(path, keyword, wanted, data)
        elif keyword == "propertyNames":
            for key in data:
                for found in self.of(wanted, key, (*path, key)):
                    yield Violation(found.path, "propertyNames", found.wanted, key)
        elif keyword == "properties":
            for key, value in data.items():
                if key in wanted:
                    yield from self.of(wanted[key], value, (*path, key))
        elif keyword == "patternProperties":
            for key, value in data.items():
                for pattern, sub in wanted.items():
                    if re.search(pattern, key):
                        yield from self.of(sub, value, (*path, key))
        else:
            patterns: Mapping[str, Schema] = schema.get("patternProperties", {})
            known: Mapping[str, Schema] = schema.get("properties", {})
            for key, value in data.items():
                if key in known or any(re.search(pattern, key) for pattern in patterns):
                    continue
                if wanted is False:
                    yield Violation((*path, key), keyword, tuple(known), key)
                else:
                    yield from self.of(wanted, value, (*path, key))

    def _array(self, keyword: str, wanted: Any, data: list[object], path: Path) -> Iterator[Violation]:
        if keyword == "items":
            for index, item in enumerate(data):
                yield from self.of(wanted, item, (*path, index))
        elif keyword == "uniqueItems":
            for index, item in enumerate(data):
                if wanted and any(_same(item, other) for other in data[:index]):
                    yield Violation((*path, index), keyword, wanted, item)
        elif (keyword == "minItems" and len(data) < wanted) or (keyword == "maxItems" and len(data) > wanted):
            yield Violation(path, keyword, wanted, data)


_OBJECT = frozenset(
    (
        "required", "properties", "additionalProperties", "patternProperties", "propertyNames", "minProperties",
        "maxProperties",
    )
)  # fmt: skip
_ARRAY = frozenset(("items", "minItems", "maxItems", "uniqueItems"))


def _scalar(keyword: str, wanted: Any, data: object) -> bool:
    """Whether a string or a number is as a keyword demands; values of other types always are."""
    if keyword in ("pattern", "minLength", "maxLength"):
        if not isinstance(data, str):
            return True
        if keyword == "pattern":
            return re.search(wanted, data) is not None
        return len(data) >= int(wanted) if keyword == "minLength" else len(data) <= int(wanted)
    if keyword in ("minimum", "maximum"):
        if not _is_number(data):
            return True
        return data >= float(wanted) if keyword == "minimum" else data <= float(wanted)
    raise NotImplementedError(f"keyword of JSON Schema not supported: {keyword}")


def _same(one: object, other: object) -> bool:
    """Whether two values are the same JSON; true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return one == other
