"""A rule: what is checked, in whose name, how grave it is, and how it is said.

A rule is a table in a pack's TOML file. Its check is either a kind of `reportlint.kinds` and its data, or a Python
function decorated with `@rule`. A check yields problems: where, and with which values; the engine adds identity,
severity and words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

from reportlint.document import Span
from reportlint.errors import ConfigError, Words, words
from reportlint.report import Corpus, Report, Series
from reportlint.text import fold, lazily

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
Outcome = Literal["pass", "fail", "not_applicable", "not_checked"]


class Spanned(Protocol):
    """Anything with a place: an amount, a label, a heading, a section."""

    @property
    def span(self) -> Span: ...


class Related(NamedTuple):
    """Another place that has a part in a problem, and what it has to do with it."""

    where: Span | Spanned
    note: Words | None = None
    report: Report | None = None
    """The report it stands in, where that is another one."""


class Edit(NamedTuple):
    """Text of the text view to be replaced."""

    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that would mend a problem; unsafe ones add what only the author can know to be true."""

    edits: tuple[Edit, ...]
    safe: bool = True


_NONE: Mapping[str, object] = {}
_AS_IT_IS: Mapping[str, str] = {}


class Problem(NamedTuple):
    """Where something is wrong and the values that the message names."""

    where: Span | Spanned
    values: Mapping[str, object] = _NONE
    variant: str = ""
    """Which of the rule's messages, where it has several."""
    severity: Severity | None = None
    """Another severity than the rule's, where the case decides."""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    report: Report | None = None
    """The report it stands in, for rules over several."""


Yielded = Problem | Span | Spanned | tuple[Span | Spanned, Mapping[str, object]]
Check = Callable[..., Iterable[Yielded]]


class Variant(NamedTuple):
    """Another message of a rule, with its own severity where it has one."""

    message: Words
    severity: Severity | None = None


class Example(NamedTuple):
    """A wording with which the rule must speak, or must stay silent; `explain` shows it and a test runs it."""

    text: str
    where: str = ""
    """Where in a report it stands: title, preface, published, section:KEY, heading:KEY, cell:TABLE:KEY,
    header:TABLE:LABEL, row:TABLE:KEY; a word of the rule's own place where empty."""
    at: str = ""
    """The words that the finding must stand on."""
    year: int | None = None
    agency: str = ""
    whole: bool = False
    """Whether it is all that its part says."""
    swap: Mapping[str, str] = _AS_IT_IS
    """Words of the whole file that others take the place of, for what no place names: rows gone, parts exchanged."""
    also: tuple[Example, ...] = ()
    """Other wordings at other places of the same report."""
    previous: tuple[Example, ...] = ()
    """What the report of the year before says, for rules over the years."""
    others: tuple[Example, ...] = ()
    """Reports of other agencies, each with what it says, for rules over all reports."""
    roster: str = ""
    """The list of agencies, as CSV, for rules over all reports."""


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule of a pack, ready to run."""

    code: str
    name: str
    title: Words
    message: Words
    severity: Severity
    check: Check
    pack: str = ""
    basis: Words | None = None
    why: Words | None = None
    advice: Words | None = None
    first_year: int | None = None
    last_year: int | None = None
    agencies: frozenset[str] = frozenset()
    """The kinds of agency it concerns; empty for all."""
    needs: tuple[str, ...] = ()
    """What must be there and readable: title, year, kind, published, section:KEY, table:KEY, prose."""
    on: Literal["report", "series", "corpus"] = "report"
    enabled: bool = True
    mandatory: bool = False
    fixable: Literal["", "safe", "unsafe"] = ""
    masks: bool = False
    """Whether the words under its findings are personal data, to be masked in every output."""
    tags: frozenset[str] = frozenset()
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    kind: str = ""
    """The kind of a rule that is data; empty for one in Python."""
    options_type: type[Any] | None = None
    """The dataclass that the options of a rule in Python are."""
    variants: Mapping[str, Variant] = field(default_factory=dict[str, Variant])
    good: tuple[Example, ...] = ()
    bad: tuple[Example, ...] = ()
    _patterns: dict[str, re.Pattern[str]] = field(
        default_factory=dict[str, "re.Pattern[str]"], compare=False, repr=False
    )

    _lists: dict[str, tuple[re.Pattern[str], ...]] = field(
        default_factory=dict[str, "tuple[re.Pattern[str], ...]"], compare=False, repr=False
    )

    def pattern(self, option: str) -> re.Pattern[str]:
        """An option that is a regular expression, or a list of alternatives, compiled once it is used."""
        compiled = self._patterns.get(option)
        if compiled is None:
            value: str | list[str] = self.options[option]
            compiled = lazily(value if isinstance(value, str) else "|".join(value), re.MULTILINE)
            self._patterns[option] = compiled
        return compiled

    def patterns(self, option: str) -> tuple[re.Pattern[str], ...]:
        """An option that lists regular expressions, each compiled by itself: far faster to search for than as one."""
        compiled = self._lists.get(option)
        if compiled is None:
            value: str | list[str] = self.options[option]
            listed = [value] if isinstance(value, str) else value
            compiled = self._lists[option] = tuple(lazily(pattern, re.MULTILINE) for pattern in listed)
        return compiled

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """A regular expression that is part of an option, compiled once."""
        known = self._patterns.get(pattern)
        if known is None:
            known = self._patterns[pattern] = lazily(pattern)
        return known

    def phrases(self, option: str) -> re.Pattern[str]:
        """An option that lists literal phrases, as one pattern over folded text, the longest first."""
        compiled = self._patterns.get(option)
        if compiled is None:
            value: str | list[str] = self.options[option]
            listed = [fold(phrase) for phrase in ([value] if isinstance(value, str) else value)]
            compiled = lazily("|".join(re.escape(p) for p in sorted(listed, key=len, reverse=True)))
            self._patterns[option] = compiled
        return compiled

    def holds_in(self, year: int | None) -> bool:
        """Whether the rule holds for reports of that year; True for an unknown year of an undated rule."""
        if self.first_year is None and self.last_year is None:
            return True
        return year is not None and (self.first_year or 0) <= year <= (self.last_year or 9999)

    def run(self, subject: object) -> tuple[Problem, ...]:
        """The problems that the check yields for a report (or for what else the rule is on).

        Raises whatever the check raises, and TypeError where it yields what is no place in the report.
        """
        return tuple(map(_problem, self.check(subject, *self._more)))

    @cached_property
    def _more(self) -> tuple[object, ...]:
        """What the check takes besides what it is on: nothing, the rule, or its options as the dataclass they are."""
        code = getattr(self.check, "__code__", None)
        if code is not None and code.co_argcount == 1:
            return ()
        if self.options_type is not None and code is not None and code.co_varnames[1] == "options":
            from reportlint.options import made

            return (made(self.options_type, self.options),)
        return (self,)


def _problem(item: object) -> Problem:
    """Whatever a check may yield as a problem. Spans and amounts are tuples of a kind of their own."""
    if isinstance(item, Problem):
        problem = item
    elif type(item) is tuple and len(item) == 2 and isinstance(item[1], Mapping):  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]
        problem = Problem(*item)  # pyright: ignore[reportUnknownArgumentType]
    else:
        problem = Problem(item)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    if not isinstance(getattr(problem.where, "span", problem.where), Span):
        raise TypeError(f"a rule yields problems, places, or (place, values), not {item!r}")
    return problem


@dataclass(frozen=True, eq=False)
class Registration:
    """What `@rule` leaves on a function: a code, and the parts of a rule that it states itself."""

    code: str
    check: Check
    data: Mapping[str, Any]
    options: type[Any] | None = None


F = TypeVar("F", bound=Check)


_SUBJECTS: dict[object, str] = {Report: "report", Series: "series", Corpus: "corpus"}


def rule(
    code: str,
    *,
    on: type[Report] | type[Series] | type[Corpus] | str | None = None,
    options: type[Any] | Mapping[str, Any] | None = None,
    **data: Any,
) -> Callable[[F], F]:
    """Make a function the check of a rule.

    With the code alone the rest stands in the pack's TOML file under `[rules.CODE]`; otherwise `data` gives the same
    keys as there (`message`, `severity`, `years`, `basis`, …), a plain string for both languages. The function takes
    a report, or with `on=Series` an agency's years, with `on=Corpus` all reports of a run, and yields a `Problem`, a
    place, or (place, values). A second parameter is given the rule; if it is called `options`, and `options` here is a
    dataclass, an instance of that with what the configuration says.
    """
    if on is not None:
        data["on"] = _SUBJECTS.get(on, on)
    typed = options if isinstance(options, type) else None
    if options is not None and typed is None:
        data["options"] = options

    def register(check: F) -> F:
        registered: list[Registration] = getattr(check, "__reportlint__", [])
        check.__reportlint__ = [*registered, Registration(code, check, data, typed)]  # type: ignore[attr-defined]
        return check

    return register


_YEARS = re.compile(r"^(\d{4})?(-)?(\d{4})?$")


def parse_years(text: str) -> tuple[int | None, int | None]:
    """`2021-`, `2019-2020`, `-2018` or `2020` as (first, last); ValueError where it is none of these."""
    found = _YEARS.match(text)
    if not found or not text.strip("-"):
        raise ValueError(text)
    first = int(found[1]) if found[1] else None
    last = int(found[3]) if found[3] else None
    if not found[2]:
        if last is not None:
            raise ValueError(text)
        last = first
    if first is not None and last is not None and first > last:
        raise ValueError(text)
    return first, last


def text_in(value: object, where: str) -> Words:
    """A text in both languages from `{zh, en}` or from one string for both."""
    if isinstance(value, str):
        return words(value, value)
    if isinstance(value, Mapping) and "zh" in value:
        return Words({str(key): str(text) for key, text in value.items()})  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    raise ConfigError(words(f"{where}：应为文字，或 {{zh, en}}", f"{where}: expected a text or {{zh, en}}"))


def build(
    code: str, data: Mapping[str, Any], check: Check, pack: str, kind: str = "", options_type: type[Any] | None = None
) -> Rule:
    """The rule in a table of a pack file that the schema has accepted."""
    if options_type is not None:
        from reportlint.options import defaults_of

        data = {**data, "options": {**defaults_of(options_type), **data.get("options", {})}}
    first, last = parse_years(data["years"]) if "years" in data else (None, None)
    message = text_in(data["message"], f"{code}.message")
    title = text_in(data["title"], f"{code}.title") if "title" in data else message
    basis, why, advice = (
        text_in(data[key], f"{code}.{key}") if key in data else None for key in ("basis", "why", "advice")
    )
    return Rule(
        code=code,
        name=data.get("name", code.lower()),
        title=title,
        message=message,
        severity=data.get("severity", "warning"),
        check=check,
        pack=pack,
        first_year=first,
        last_year=last,
        agencies=frozenset(data.get("agencies", ())),
        needs=tuple(data.get("needs", ())),
        on=data.get("on", "report"),
        enabled=data.get("enabled", True),
        mandatory=data.get("mandatory", False),
        fixable=data.get("fixable", ""),
        masks=data.get("masks", False),
        tags=frozenset(data.get("tags", ())),
        options=data.get("options", {}),
        kind=kind,
        options_type=options_type,
        variants={
            key: Variant(text_in(item["message"], f"{code}.variants.{key}.message"), item.get("severity"))
            for key, item in data.get("variants", {}).items()
        },
        good=tuple(example(item) for item in data.get("good", ())),
        bad=tuple(example(item) for item in data.get("bad", ())),
        basis=basis,
        why=why,
        advice=advice,
    )


def example(data: str | Mapping[str, Any]) -> Example:
    """The example in a pack file that the schema has accepted."""
    if isinstance(data, str):
        return Example(data)
    also, previous, others = (
        tuple(example(item) for item in data.get(key, ())) for key in ("also", "previous", "others")
    )
    return Example(
        data.get("text", "") * data.get("repeat", 1),
        data.get("in", ""),
        data.get("at", ""),
        data.get("year"),
        data.get("agency", ""),
        data.get("whole", False),
        data.get("swap", {}),
        also,
        previous,
        others,
        data.get("roster", ""),
    )
