"""Packs on top of each other: national, province, city, unit; and below them all the configuration.

A pack names the packs that it `extends`. It adds rules, and of theirs it changes severities and options, accepts
headings, and switches off what is not mandatory. What was decided of each rule, and by which layer, is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from reportlint.config import Settings
from reportlint.errors import ReportlintError, UsageError, Words, words
from reportlint.finding import CheckOutcome, Fault
from reportlint.form import Form
from reportlint.kinds import KINDS, kind
from reportlint.needs import Reason, excluded
from reportlint.pack import Pack, complaints, did_you_mean
from reportlint.report import AgencyKind
from reportlint.rule import SEVERITIES, Rule, Severity
from reportlint.vocabulary import Vocabulary


class Decision(NamedTuple):
    """What a layer says of a rule: a pack, or a place in the configuration."""

    layer: str
    says: Words


class Due(NamedTuple):
    """A rule, and what becomes of it on reports of a year and a kind of agency, as far as that is known before."""

    rule: Rule
    excluded: CheckOutcome | None
    """Why it does not hold for them; None where it does."""
    passed: CheckOutcome


def _prepared(rule: Rule, reason: Reason | None) -> Due:
    excluded = None if reason is None else CheckOutcome(rule.code, *reason)
    return Due(rule, excluded, CheckOutcome(rule.code, "pass"))


@dataclass(frozen=True, eq=False)
class Ruleset:
    """The rules that hold for a report, and who decided so."""

    packs: tuple[Pack, ...]
    all_rules: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    """Those that run."""
    forms: tuple[Form, ...]
    vocabulary: Vocabulary
    decisions: Mapping[str, tuple[Decision, ...]]
    """By code, the first the pack that brought the rule."""
    faults: tuple[Fault, ...] = ()
    foreign: frozenset[str] = frozenset()
    """The codes of rules that are somebody else's code."""

    @cached_property
    def masking(self) -> tuple[Rule, ...]:
        """The rules whose findings are personal data."""
        return tuple(rule for rule in self.all_rules if rule.masks)

    @cached_property
    def over_one(self) -> tuple[Rule, ...]:
        """The rules over one report that run."""
        return tuple(rule for rule in self.rules if rule.on == "report")

    def due(self, year: int | None, kind: AgencyKind | None) -> Sequence[Due]:
        """The rules over one report that run, for such reports."""
        known = self._due.get((year, kind))
        if known is None:
            known = self._due[year, kind] = [_prepared(rule, excluded(rule, year, kind)) for rule in self.over_one]
        return known

    @cached_property
    def _due(self) -> dict[tuple[int | None, AgencyKind | None], Sequence[Due]]:
        return {}

    @cached_property
    def unselected_masking(self) -> tuple[Rule, ...]:
        """The rules whose findings are personal data and that do not run."""
        selected = {rule.code for rule in self.rules}
        return tuple(rule for rule in self.masking if rule.code not in selected)


def ordered(packs: Iterable[Pack], find: Callable[[str], Pack | None], known: Iterable[str]) -> _Ordered:
    """The packs with those that they extend, every one after what it stands on."""
    result = _Ordered()
    for pack in packs:
        _place(pack, (), find, list(known), result)
    return result


@dataclass(slots=True)
class _Ordered:
    packs: list[Pack] = field(default_factory=list[Pack])
    refused: dict[str, Words] = field(default_factory=dict[str, Words])
    """Why a pack cannot be used, by name."""


def _place(
    pack: Pack, inside: tuple[str, ...], find: Callable[[str], Pack | None], known: list[str], result: _Ordered
) -> bool:
    """Put a pack behind those that it extends; whether that could be done."""
    if pack.name in result.refused:
        return False
    if any(pack.name == placed.name for placed in result.packs):
        return True
    for name in pack.extends:
        if name == pack.name or name in inside:
            start = inside.index(name) if name in inside else len(inside)
            way = " → ".join((*inside[start:], pack.name, name))
            says = words(f"extends 绕回了自己：{way}", f"extends comes round to itself: {way}")
            result.refused[pack.name] = pack.complaint(("extends",), says, name)
            return False
        base = find(name)
        if base is None:
            near = did_you_mean(name, known)
            zh, en = (f"，是不是想写 {near}？", f", did you mean {near}?") if near else ("", "")
            listed = "、".join(known)
            says = words(
                f"extends 指的规则包 {name} 不存在{zh}（有 {listed}）",
                f"extends names {name}, and there is no such pack{en} (there are {listed})",
            )
            result.refused[pack.name] = pack.complaint(("extends",), says, name)
            return False
        if not _place(base, (*inside, pack.name), find, known, result):
            says = words(f"它所依赖的规则包 {name} 不能用", f"the pack {name} that it extends cannot be used")
            result.refused.setdefault(pack.name, pack.complaint(("extends",), says, name))
            return False
    result.packs.append(pack)
    return True


def ruleset(
    packs: Sequence[Pack], settings: Settings, trusted: Callable[[Pack], bool], *, incomplete: bool = False
) -> Ruleset:
    """The rules of packs in their order under a configuration. Raises UsageError for what the latter has wrong.

    `trusted` tells the packs whose data the tests of this distribution have checked against the forms. Where a pack is
    missing, `incomplete`, rules that the configuration names and that are nowhere may be its own: the fault is said.
    """
    layers = _Layers(incomplete)
    forms = tuple(form for pack in packs for form in pack.forms)
    used: list[Pack] = []
    for pack in packs:
        wrong = [] if trusted(pack) else list(complaints(pack, forms))
        if not wrong:
            below = _below(pack, used)
            try:
                layers = layers.with_pack(pack, below, forms)
            except ReportlintError as error:
                wrong = [error.words]
            else:
                used.append(pack)
        layers.faults += [Fault("RL020", pack.path.as_posix(), says) for says in wrong]
    rules = layers.configured(settings)
    return Ruleset(
        packs=tuple(used),
        all_rules=tuple(sorted(rules.values(), key=lambda rule: rule.code)),
        rules=tuple(layers.selected(settings)),
        forms=_accepting(tuple(form for pack in used for form in pack.forms), used),
        vocabulary=next((pack.vocabulary for pack in used if pack.vocabulary is not None), Vocabulary()),
        decisions={code: tuple(listed) for code, listed in layers.decisions.items()},
        faults=tuple(layers.faults),
        foreign=frozenset(rule.code for pack in used if not trusted(pack) for rule in pack.rules if not rule.kind),
    )


def _below(pack: Pack, used: Sequence[Pack]) -> set[str]:
    """The packs that a pack stands on, near and far."""
    by_name = {other.name: other for other in used}
    found: set[str] = set()
    rest = list(pack.extends)
    while rest:
        name = rest.pop()
        if name not in found:
            found.add(name)
            rest += by_name[name].extends if name in by_name else ()
    return found


def _accepting(forms: tuple[Form, ...], packs: Sequence[Pack]) -> tuple[Form, ...]:
    """The forms with the headings that packs accept."""
    accepted: dict[str, list[str]] = {}
    for pack in packs:
        for key, titles in pack.headings.items():
            accepted.setdefault(key, []).extend(titles)
    if not accepted:
        return forms
    return tuple(
        replace(
            form,
            sections=tuple(
                replace(section, accepted=(*section.accepted, *accepted[section.key]))
                if section.key in accepted
                else section
                for section in form.sections
            ),
        )
        for form in forms
    )


class _Layers:
    """Rules by code, growing layer by layer."""

    def __init__(self, incomplete: bool) -> None:
        self.incomplete = incomplete
        self.rules: dict[str, Rule] = {}
        self.off: set[str] = set()
        self.decisions: dict[str, list[Decision]] = {}
        self.faults: list[Fault] = []

    def _copy(self) -> _Layers:
        new = _Layers(self.incomplete)
        new.rules, new.off, new.faults = dict(self.rules), set(self.off), self.faults
        new.decisions = {code: list(listed) for code, listed in self.decisions.items()}
        return new

    # -- packs ---------------------------------------------------------------------------------------------------

    def with_pack(self, pack: Pack, below: set[str], forms: Sequence[Form]) -> _Layers:
        """These layers with a pack on top. Raises ReportlintError where it may not do what it says."""
        new = self._copy()
        for rule in pack.rules:
            if (other := new.rules.get(rule.code)) is not None:
                says = words(
                    f"规则 {rule.code} 已经在规则包 {other.pack} 里了",
                    f"rule {rule.code} is one of the pack {other.pack}",
                )
                file = pack.manuscripts.get(rule.code)
                raise UsageError(file.complaint(("rules", rule.code), says) if file is not None else says)
            new.rules[rule.code] = rule
            new._note(rule.code, pack.name, words("增加", "adds"))
            if not rule.enabled:
                new.off.add(rule.code)
        among = [rule for rule in new.rules.values() if rule.pack in below]
        for name, severity in pack.severity.items():
            for rule in _of_pack(pack, ("severity", name), name, among):
                new._raise(rule, severity, pack.name, lambda says: pack.complaint(("severity", name), says))  # noqa: B023
        for name, options in pack.options.items():
            for rule in _of_pack(pack, ("options", name), name, among):
                try:
                    new.rules[rule.code] = with_options(new.rules[rule.code], options)
                except UsageError as error:
                    raise UsageError(pack.complaint(("options", name), error.words)) from error
                new._note(rule.code, pack.name, words("改选项", "sets options"))
        for index, name in enumerate(pack.ignore):
            for rule in _of_pack(pack, ("ignore", index), name, among):
                if rule.mandatory:
                    says = words(
                        f"规则 {rule.code} 由规则包 {rule.pack} 规定必须检查，不能关闭",
                        f"rule {rule.code} is mandatory in the pack {rule.pack} and cannot be switched off",
                    )
                    raise UsageError(pack.complaint(("ignore", index), says, name))
                new.off.add(rule.code)
                new._note(rule.code, pack.name, words("关闭", "switches off"))
        known = list(dict.fromkeys(section.key for form in forms for section in form.sections))
        for key in pack.headings:
            if key not in known:
                near = did_you_mean(key, known)
                zh, en = (f"，是不是想写 {near}？", f", did you mean {near}?") if near else ("", "")
                says = words(
                    f"没有部分 {key}{zh}（有 {'、'.join(known)}）", f"there is no part {key}{en} ({', '.join(known)})"
                )
                raise UsageError(pack.complaint(("headings", key), says))
        return new

    def _note(self, code: str, layer: str, says: Words) -> None:
        self.decisions.setdefault(code, []).append(Decision(layer, says))

    def _raise(self, named: Rule, severity: Severity, layer: str, placed: Callable[[Words], Words]) -> None:
        """Another severity for a rule; that of a mandatory one is not lowered."""
        rule = self.rules[named.code]
        if rule.mandatory and SEVERITIES.index(severity) > SEVERITIES.index(rule.severity):
            says = words(
                f"规则 {rule.code} 由规则包 {rule.pack} 规定必须检查，级别只能提高",
                f"rule {rule.code} is mandatory in the pack {rule.pack}: its severity can only be raised",
            )
            raise UsageError(placed(says))
        self.rules[rule.code] = replace(
            rule,
            severity=severity,
            variants={key: variant._replace(severity=None) for key, variant in rule.variants.items()},
        )
        self._note(rule.code, layer, words(f"级别 {severity}", f"severity {severity}"))

    def _named(self, name: str, among: Sequence[Rule]) -> list[Rule]:
        try:
            return named_rules(name, among)
        except UsageError:
            if self.incomplete or self.faults:
                return []
            raise

    # -- the configuration ---------------------------------------------------------------------------------------

    def configured(self, settings: Settings) -> dict[str, Rule]:
        """The rules with the severities and options of the configuration. Raises UsageError."""
        among = list(self.rules.values())
        for name, severity in settings.severity.items():
            for rule in self._named(name, among):
                self._raise(rule, severity, _origin(settings, f"severity.{name}", "severity"), lambda says: says)
        for name, options in settings.options.items():
            for rule in self._named(name, among):
                self.rules[rule.code] = with_options(self.rules[rule.code], options)
                self._note(rule.code, _origin(settings, f"options.{name}"), words("改选项", "sets options"))
        return self.rules

    def selected(self, settings: Settings) -> Iterator[Rule]:
        """The rules of the selection: those of `select` or the ones on by default, without those of `ignore`."""
        among = list(self.rules.values())
        chosen = set(self.rules) - self.off
        if settings.select:
            origin = _origin(settings, "select")
            picked = {rule.code for name in settings.select for rule in self._named(name, among)}
            if origin != "--select":
                # What is mandatory is not for a configuration to leave out; a command line asks for what it wants.
                picked |= {rule.code for rule in among if rule.mandatory}
            for code in sorted(chosen ^ picked):
                says = words("选中", "selects") if code in picked else words("没有选中", "does not select")
                self._note(code, origin, says)
            chosen = picked
        for name in settings.ignore:
            dropped = {rule.code: rule for rule in self._named(name, among)}
            if locked := sorted(code for code, rule in dropped.items() if rule.mandatory):
                raise UsageError(words(f"规则 {locked[0]} 不能关闭", f"rule {locked[0]} cannot be switched off"))
            for code in sorted(dropped):
                self._note(code, _origin(settings, "ignore"), words("关闭", "switches off"))
            chosen -= dropped.keys()
        return (self.rules[code] for code in sorted(chosen))


def _origin(settings: Settings, *keys: str) -> str:
    return next((settings.origins[key] for key in keys if key in settings.origins), "settings")


def _of_pack(pack: Pack, place: tuple[str | int, ...], name: str, among: Sequence[Rule]) -> list[Rule]:
    """The rules below a pack that it names. Raises UsageError with the place."""
    try:
        return named_rules(name, among)
    except UsageError as error:
        more = words(
            f"{error.words['zh']}（只能改 extends 写明的规则包里的规则）",
            f"{error.words['en']} (a pack may change the rules of the packs that it extends)",
        )
        raise UsageError(pack.complaint(place, more, name)) from error


def named_rules(name: str, among: Sequence[Rule]) -> list[Rule]:
    """The rules that a code, prefix, name, pack or tag names. Raises UsageError where there is none."""
    if name.upper() == "ALL":
        return list(among)
    exact = [rule for rule in among if name in (rule.code, rule.name)]
    found = exact or [
        rule
        for rule in among
        if rule.pack == name or name in rule.tags or (name.isupper() and rule.code.startswith(name))
    ]
    if not found:
        known = [word for rule in among for word in (rule.code, rule.name)]
        near = did_you_mean(name, known) or did_you_mean(name.upper(), known)
        hint = (f"，是不是想写 {near}？", f", did you mean {near}?") if near else ("", "")
        raise UsageError(words(f"没有规则“{name}”{hint[0]}", f"no rule “{name}”{hint[1]}"))
    return found


def with_options(rule: Rule, options: Mapping[str, Any]) -> Rule:
    """The rule with other options. Raises UsageError for one that it does not have, or that is of another type."""
    known = list(rule.options)
    if rule.kind:
        known = list(dict.fromkeys((rule.kind, *sorted(kind(rule.kind).OPTIONS), *known)))
    for key, value in options.items():
        if key not in known:
            near = did_you_mean(key, known)
            hint = (f"，是不是想写 {near}？", f", did you mean {near}?") if near else ("", "")
            raise UsageError(
                words(f"规则 {rule.code} 没有选项 {key}{hint[0]}", f"rule {rule.code} has no option {key}{hint[1]}")
            )
        if (says := _unfit(rule, key, value)) is not None:
            raise UsageError(
                words(f"规则 {rule.code} 的选项 {says['zh']}", f"option of rule {rule.code}: {says['en']}")
            )
    return replace(rule, options={**rule.options, **options}, _patterns={}, _lists={})


def _unfit(rule: Rule, key: str, value: object) -> Words | None:
    """Why a value does not do for an option."""
    from reportlint.validation import violations
    from reportlint.violations import says

    schema: dict[str, Any] = {}
    if rule.kind in KINDS:
        import reportlint_schemas

        schema = {**reportlint_schemas.kind(rule.kind), "$defs": reportlint_schemas.definitions(), "required": []}
    elif rule.options_type is not None:
        from reportlint.options import schema_of

        schema = schema_of(rule.options_type)
    if key in schema.get("properties", {}):
        found = next(violations({**schema, "additionalProperties": True}, {key: value}), None)
        return says(found) if found is not None else None
    old = rule.options.get(key)
    if old is None or type(old) is type(value) or (type(old) in (int, float) and type(value) in (int, float)):
        return None
    from reportlint.validation import Violation

    return says(Violation((key,), "type", _KINDS.get(type(old).__name__, "string"), value))


_KINDS = {"str": "string", "bool": "boolean", "int": "integer", "float": "number", "list": "array", "dict": "object"}
