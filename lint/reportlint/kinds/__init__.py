"""The kinds of rule that are pure data: in a pack's TOML file the kind is the name of its one kind key.

Each module has `check(report, rule)`, which reads the rule's options, and `DEFAULTS` for what a rule may leave unsaid.
"""

from __future__ import annotations

KINDS: dict[str, str] = {
    "forbid": "reportlint.kinds.forbid",
    "require": "reportlint.kinds.require",
    "replace": "reportlint.kinds.replace",
    "equation": "reportlint.kinds.equation",
}
"""The module of each kind."""

OPTIONS: dict[str, frozenset[str]] = {
    "forbid": frozenset({"regex", "sections", "unless"}),
    "require": frozenset({"regex", "sections"}),
    "replace": frozenset({"regex", "sections", "unless", "severities"}),
    "equation": frozenset({"table", "unless_parts_zero"}),
}
"""What may stand beside the key of each kind."""
