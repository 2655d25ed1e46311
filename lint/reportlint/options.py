"""The options of a rule in Python: a dataclass with defaults, its JSON Schema, and an instance for a configuration."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

_SCALARS: dict[Any, str] = {str: "string", bool: "boolean", int: "integer", float: "number"}

_SEQUENCES: dict[Any, Callable[[Any], Any]] = {tuple: tuple, set: set, frozenset: frozenset}


def schema_of(options: type[Any]) -> dict[str, Any]:
    """The JSON Schema of a dataclass of options. Raises TypeError for what TOML could not say."""
    if not is_dataclass(options):
        raise TypeError(f"the options of a rule are a dataclass, not {options!r}")
    hints = get_type_hints(options)
    properties = {field.name: _of(hints[field.name], f"{options.__name__}.{field.name}") for field in fields(options)}
    for name, value in defaults_of(options).items():
        properties[name]["default"] = value
    return {"type": "object", "additionalProperties": False, "properties": properties}


def defaults_of(options: type[Any]) -> dict[str, Any]:
    """The values that hold where a configuration says nothing. Raises TypeError for an option that has none."""
    found: dict[str, Any] = {}
    for field in fields(options):
        if field.default is not MISSING:
            found[field.name] = _plain(field.default)
        elif field.default_factory is not MISSING:
            found[field.name] = _plain(field.default_factory())
        else:
            raise TypeError(f"the option {options.__name__}.{field.name} needs a default")
    return found


def made(options: type[Any], values: Mapping[str, Any]) -> Any:
    """An instance with these values; lists become tuples where the field wants them."""
    hints = get_type_hints(options)
    return options(**{name: _fitted(value, hints[name]) for name, value in values.items()})


def _fitted(value: Any, hint: Any) -> Any:
    make = _SEQUENCES.get(get_origin(hint))
    return make(value) if make is not None else value


def _plain(value: Any) -> Any:
    return list(cast("tuple[Any, ...]", value)) if isinstance(value, tuple | set | frozenset) else value


def _of(hint: Any, where: str) -> dict[str, Any]:
    if hint in _SCALARS:
        return {"type": _SCALARS[hint]}
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [{"type": "null"} if item is type(None) else _of(item, where) for item in inner]}
    if origin in (list, tuple, set, frozenset) and inner:
        return {"type": "array", "items": _of(inner[0], where)}
    if origin is dict and inner[0] is str:
        return {"type": "object", "additionalProperties": _of(inner[1], where)}
    raise TypeError(f"{where}: an option is str, int, float, bool, a Literal, or a list, tuple or dict of these")
