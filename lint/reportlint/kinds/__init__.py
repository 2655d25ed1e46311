"""The kinds of rule that are pure data: in a pack's TOML file the kind is the name of its one kind key.

The keys that may stand beside it, and the values that its messages may name, are in the schema of the kind in
`reportlint_schemas/kinds/`, which is also its manual. Each module here is a `Kind`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, Protocol, cast

from reportlint.errors import Words
from reportlint.form import Form
from reportlint.rule import Problem, Rule

KINDS: dict[str, str] = {
    "compare": "reportlint.kinds.compare",
    "deadline": "reportlint.kinds.deadline",
    "equation": "reportlint.kinds.equation",
    "forbid": "reportlint.kinds.forbid",
    "heading": "reportlint.kinds.heading",
    "item": "reportlint.kinds.item",
    "limit": "reportlint.kinds.limit",
    "meta": "reportlint.kinds.meta",
    "range": "reportlint.kinds.range",
    "replace": "reportlint.kinds.replace",
    "require": "reportlint.kinds.require",
    "table": "reportlint.kinds.table",
}
"""The module of each kind."""

Complaint = tuple[tuple[str | int, ...], Words, object]
"""What is wrong with the data of a rule: where below the rule, what, and the text to point at."""


class Kind(Protocol):
    """What a module of a kind has."""

    OPTIONS: frozenset[str]
    """The keys that may stand beside the key of the kind."""
    VALUES: frozenset[str]
    """The values that its messages may name."""
    DEFAULTS: Mapping[str, Any]
    """What a rule may leave unsaid."""

    def check(self, report: Any, rule: Rule) -> Iterator[Problem]:
        """The problems in a report, or in a series."""
        ...

    def implied(self, table: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the data says of the rule: what it needs, and what it looks at."""
        ...

    def complaints(self, table: Mapping[str, Any], forms: Iterable[Form]) -> Iterator[Complaint]:
        """What the schema cannot see: words that do not go together, tables and cells that no form has."""
        ...


def kind(name: str) -> Kind:
    """The kind of that name."""
    return cast("Kind", import_module(KINDS[name]))


def kind_of(table: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds whose keys a rule has; a key that is an option of another one of them does not count."""
    named = tuple(key for key in table if key in KINDS)
    if len(named) < 2:
        return named
    return tuple(name for name in named if not any(name in kind(other).OPTIONS for other in named if other != name))
