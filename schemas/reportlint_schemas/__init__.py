"""The JSON Schemas of what reportlint reads (packs, forms, configuration) and of what it writes (findings, reports)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

_HERE = Path(__file__).parent
_WITH_RULES = ("pack", "rules")


@cache
def load(name: str) -> dict[str, Any]:
    """The schema of that name, such as `form` or `findings`; FileNotFoundError where there is none."""
    schema = _read(f"{name}.schema.json")
    if name in _WITH_RULES:
        schema["properties"]["rules"] = {"$ref": "#/$defs/rules"}
        schema["$defs"] = {**schema.get("$defs", {}), **_rules()}
    elif name == "cases":
        schema["$defs"] = definitions()
    return schema


def kinds() -> dict[str, dict[str, Any]]:
    """The schema of each kind of rule that is data, by the kind's key."""
    names = sorted(path.name.partition(".")[0] for path in (_HERE / "kinds").glob("*.schema.json"))
    return {name: kind(name) for name in names}


@cache
def kind(name: str) -> dict[str, Any]:
    """The schema of what stands in a rule of that kind beside what every rule may say."""
    return _read(f"kinds/{name}.schema.json")


def rule() -> dict[str, Any]:
    """What every rule may say, whatever its kind."""
    return _read("rule.schema.json")


def definitions() -> dict[str, Any]:
    """What the schemas of the kinds refer to."""
    return cast("dict[str, Any]", rule()["$defs"])


def _read(name: str) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads((_HERE / name).read_text(encoding="utf-8")))


def _rules() -> dict[str, Any]:
    """The definition of tables of rules: a rule is of the kind whose key it has, else its check is a function."""
    every = rule()
    common: dict[str, Any] = every["properties"]
    found: dict[str, Any] = dict(every["$defs"])
    chain: dict[str, Any] = {"$ref": "#/$defs/rule-code"}
    found["rule-code"] = {
        "title": "A rule whose check is a Python function of the same code",
        **_object(common, []),
    }
    for name, schema in reversed(kinds().items()):
        found[f"rule-{name}"] = {
            "title": schema["title"],
            **_object({**common, **schema["properties"]}, schema["required"]),
        }
        chain = {"if": {"required": [name]}, "then": {"$ref": f"#/$defs/rule-{name}"}, "else": chain}
    found["rule"] = {"type": "object", **chain}
    found["rules"] = {
        "type": "object",
        "propertyNames": {"description": "The code of a rule.", "type": "string", "pattern": "^[A-Z]{1,4}[0-9]{3}$"},
        "additionalProperties": {"$ref": "#/$defs/rule"},
    }
    return found


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}
