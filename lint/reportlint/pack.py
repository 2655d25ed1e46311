"""A rule pack: a folder with a `pack.toml`, a single TOML file, or a Python file. Read, checked, and made into rules.

In a folder every other TOML file holds rules (`[rules.CODE]`); what else may be there is `vocabulary.toml`, the folder
`forms`, for new reports `blank.toml`, and for its tests `cases.toml` and `specimen.toml`. A rule with a kind key
(`forbid = […]`) is data; one without has a Python function of the same code in the module beside the file. A Python
file without a TOML file beside it holds rules that say everything themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from reportlint import form as forms_module
from reportlint import source
from reportlint import vocabulary as vocabulary_module
from reportlint.errors import ConfigError, Words, words
from reportlint.form import Form
from reportlint.kinds import KINDS, kind, kind_of
from reportlint.manuscript import Manuscript
from reportlint.requirement import unfulfilled
from reportlint.rule import Registration, Rule, Severity, build, parse_years, text_in
from reportlint.vocabulary import Vocabulary

HEAD = "pack.toml"
_OTHER = (HEAD, "vocabulary.toml", "cases.toml", "specimen.toml", "blank.toml")
Complaint = tuple[tuple[str | int, ...], Words, object]


@dataclass(frozen=True, eq=False)
class Pack:
    """A loaded pack: what it adds, and what it changes of the packs that it extends."""

    name: str
    title: Words
    version: str
    path: Path
    rules: tuple[Rule, ...]
    forms: tuple[Form, ...] = ()
    vocabulary: Vocabulary | None = None
    extends: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    """The places that it is for; a pack with some holds only where it is selected."""
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict[str, "Severity"])
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, "Mapping[str, Any]"])
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, "tuple[str, ...]"])
    distribution: str = ""
    """The installed package that it comes from."""
    manuscripts: Mapping[str, Manuscript] = field(default_factory=dict[str, Manuscript], compare=False, repr=False)
    """The file of each rule that is data, by code, and the head under the empty name."""

    def complaint(self, place: tuple[str | int, ...], says: Words, value: object = None) -> Words:
        """A complaint about what its head says, with the place."""
        head = self.manuscripts.get("")
        return head.complaint(place, says, value) if head is not None else words(*(says[k] for k in ("zh", "en")))


def load(path: Path, module: str | None = None, *, checked: bool = False, distribution: str = "") -> Pack:
    """The pack in a folder or file; `module` is the Python package it is, if it is one. Raises ConfigError.

    `checked` says that its files are known to be as their schemas demand: those of this distribution are checked
    when it is built and in its tests, anybody else's at every load.
    """
    if path.is_dir():
        return _folder(path, module, checked, distribution)
    if path.suffix == ".py" and path.is_file():
        return of_module(path.name, path, source.functions(path), distribution)
    if path.suffix != ".toml" or not path.is_file():
        raise ConfigError(
            words(
                f"{path.as_posix()}：没有这个规则包（写文件夹、.toml 文件，或者已安装的规则包的名称）",
                f"{path.as_posix()}: there is no such pack (a folder, a .toml file, or the name of an installed one)",
            )
        )
    head = Manuscript(path)
    return _pack(head, [(head, {})], distribution, checked=False)


def of_module(name: str, path: Path, functions: Mapping[str, Registration], distribution: str = "") -> Pack:
    """The pack that the functions of a module are. Raises ConfigError."""
    rules = tuple(_function(path, name, found, {}) for found in functions.values())
    if not rules:
        says = words(f"{path.name}：没有用 @rule 标记的函数", f"{path.name}: it has no function marked with @rule")
        raise ConfigError(says)
    return Pack(name, words(name, name), "", path, _sorted(rules), distribution=distribution)


def _folder(path: Path, module: str | None, checked: bool, distribution: str) -> Pack:
    head_file = path / HEAD
    if not head_file.is_file():
        raise ConfigError(words(f"{path.name}：文件夹里没有 pack.toml", f"{path.name}: the folder has no pack.toml"))
    head = Manuscript(head_file)
    if not checked:
        _required(head)
    files = [(head, dict[str, Registration]())]
    alone: dict[str, Registration] = {}
    tables = {file.stem: file for file in sorted(path.glob("*.toml")) if file.name not in _OTHER}
    for file in sorted(path.glob("*.py")):
        if file.stem not in tables and not file.name.startswith(("_", "test_", "conftest")):
            alone |= source.functions(file, module)
    for stem, file in tables.items():
        beside = file.with_name(f"{stem}.py")
        files.append((Manuscript(file), source.functions(beside, module) if beside.is_file() else {}))
    forms = tuple(forms_module.parse(_read(file, "form", checked)) for file in sorted((path / "forms").glob("*.toml")))
    vocabulary = path / "vocabulary.toml"
    return _pack(
        head,
        files,
        distribution,
        checked=checked,
        alone=alone,
        forms=forms,
        vocabulary=vocabulary_module.parse(_read(vocabulary, "vocabulary", checked)) if vocabulary.is_file() else None,
    )


def _read(path: Path, schema: str, checked: bool) -> dict[str, Any]:
    manuscript = Manuscript(path)
    return manuscript.data if checked else manuscript.checked(schema)


def _required(head: Manuscript) -> None:
    """Refuse a pack that this version cannot use, before anything else of it is looked at."""
    requires = head.data.get("requires")
    if isinstance(requires, str) and (says := unfulfilled(requires)) is not None:
        raise ConfigError(head.complaint(("requires",), says, requires))


def _pack(
    head: Manuscript,
    files: list[tuple[Manuscript, dict[str, Registration]]],
    distribution: str,
    *,
    checked: bool,
    alone: Mapping[str, Registration] | None = None,
    forms: tuple[Form, ...] = (),
    vocabulary: Vocabulary | None = None,
) -> Pack:
    """The pack that its files amount to."""
    if not checked:
        _required(head)
        for file, functions in files:
            _accepted(file, "pack" if file is head else "rules", functions)
    data = head.data
    name: str = data["pack"]
    prefix = data.get("prefix", name.upper() if name.isalpha() and len(name) <= 4 else None)
    rules: dict[str, Rule] = {}
    manuscripts = {"": head}
    for file, functions in files:
        if not checked:
            _codes(file, name, prefix, rules)
        for rule in _rules(file, name, functions, checked):
            rules[rule.code] = rule
            manuscripts[rule.code] = file
    for code, found in (alone or {}).items():
        if code in rules:
            says = words(f"规则 {code} 写了两次", f"rule {code} stands there twice")
            raise ConfigError(source.complaint(found, says))
        rules[code] = _function(head.path.parent, name, found, {})
    extends: str | list[str] = data.get("extends", [])
    return Pack(
        name=name,
        title=text_in(data.get("title", name), f"{head.path.name}: title"),
        version=str(data.get("version", "")),
        path=head.path.parent if head.path.name == HEAD else head.path,
        rules=_sorted(rules.values()),
        forms=forms,
        vocabulary=vocabulary,
        extends=(extends,) if isinstance(extends, str) else tuple(extends),
        regions=tuple(data.get("regions", ())),
        ignore=tuple(data.get("ignore", ())),
        severity=data.get("severity", {}),
        options=data.get("options", {}),
        headings={key: tuple(titles) for key, titles in data.get("headings", {}).items()},
        distribution=distribution,
        manuscripts=manuscripts,
    )


def _sorted(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: rule.code))


# --- what is wrong with a file --------------------------------------------------------------------------------------


def _accepted(file: Manuscript, schema: str, functions: Mapping[str, Registration]) -> None:
    """Raise ConfigError with everything that is wrong with a file, apart from what only forms and layers can tell."""
    complaints = list(_misshapen(file, schema, functions))
    if not complaints:
        complaints = [found for code, table in _tables(file).items() for found in _unsaid(code, table)]
    error = file.refused(complaints)
    if error is not None:
        raise error


def _tables(file: Manuscript) -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = file.data.get("rules", {})
    return tables


def _misshapen(file: Manuscript, schema: str, functions: Mapping[str, Registration]) -> Iterator[Complaint]:
    """What the schema forbids, and rules of no kind or of two."""
    from dataclasses import replace

    from reportlint.validation import violations
    from reportlint.violations import says
    from reportlint_schemas import load as load_schema

    rules = file.data.get("rules")
    tables = cast("dict[str, object]", rules) if isinstance(rules, dict) else {}
    kinds = {code: kind_of(cast("dict[str, Any]", table)) for code, table in tables.items() if isinstance(table, dict)}
    double = {code for code, named in kinds.items() if len(named) > 1}
    for code in double:
        named = kinds[code]
        yield (
            ("rules", code, named[1]),
            words(
                f"规则 {code} 同时有两个种类：{'、'.join(named)}；一条规则只能有一个，请分成两条",
                f"rule {code} has two kinds at once: {', '.join(named)}; make two rules of it",
            ),
            None,
        )
    unclear: set[str] = set()
    for found in violations(load_schema(schema), file.data):
        code = str(found.path[1]) if len(found.path) > 1 and found.path[0] == "rules" else ""
        if code in double:
            continue
        if found.keyword == "additionalProperties" and len(found.path) == 3 and not kinds.get(code):
            unclear.add(code)
            found = replace(found, wanted=(*found.wanted, *KINDS))
        value = None if found.keyword in ("additionalProperties", "required", "propertyNames") else found.value
        said = says(found)
        if found.keyword == "propertyNames" and found.path[:1] == ("rules",):
            said = words(
                f"规则的代码 {code} 写得不对：应为一到四个大写字母和三位数字，如 GD001",
                f"{code} is no code of a rule: one to four capital letters and three digits, such as GD001",
            )
        yield found.path, said, value
    for code, named in kinds.items():
        if not named and code not in functions and code not in unclear:
            yield (
                ("rules", code),
                words(
                    f"规则 {code} 既没有种类（{'、'.join(KINDS)}），也没有 @rule 函数",
                    f"rule {code} has neither a kind ({', '.join(KINDS)}) nor a function with @rule",
                ),
                None,
            )


def _unsaid(code: str, table: Mapping[str, Any]) -> Iterator[Complaint]:
    """Years the wrong way round, and messages that name what the kind does not give."""
    if "years" in table:
        try:
            parse_years(table["years"])
        except ValueError:
            says = words(f"年度 {table['years']} 前后颠倒", f"the years {table['years']} are upside down")
            yield ("rules", code, "years"), says, table["years"]
    named = kind_of(table)
    if not named:
        return
    values = kind(named[0]).VALUES
    said: list[tuple[tuple[str, ...], Any]] = [((key,), table[key]) for key in ("message", "advice") if key in table]
    said += [(("variants", name, "message"), item["message"]) for name, item in table.get("variants", {}).items()]
    for place, text in said:
        for hole in _holes(text):
            if hole not in values:
                listed = "、".join(f"{{{name}}}" for name in sorted(values))
                yield (
                    ("rules", code, *place),
                    words(
                        f"{named[0]} 类规则的消息里没有 {{{hole}}}，可以写 {listed}",
                        f"messages of {named[0]} have no {{{hole}}}, there are {listed}",
                    ),
                    f"{{{hole}}}",
                )


_HOLE = re.compile(r"\{([^{}]*)\}")


def _holes(text: object) -> Iterator[str]:
    texts = [text] if isinstance(text, str) else list(cast("dict[str, str]", text).values())
    for one in texts:
        yield from (hole.partition(":")[0] for hole in _HOLE.findall(one.replace("{{", "").replace("}}", "")))


def _codes(file: Manuscript, name: str, prefix: str | None, known: Mapping[str, Rule]) -> None:
    """Raise ConfigError for codes without the pack's prefix, and for those that another file has."""
    codes = list(_tables(file))
    if prefix is None and (codes or known):
        prefix = re.sub(r"\d+$", "", next(iter(known), codes[0] if codes else ""))
    complaints: list[Complaint] = []
    for code in codes:
        if code in known:
            says = words(f"规则 {code} 在这个规则包里写了两次", f"rule {code} stands in this pack twice")
            complaints.append((("rules", code), says, None))
        elif prefix is not None and not re.fullmatch(rf"{prefix or '[A-Z]'}\d{{3}}", code):
            wanted = f"{prefix}001" if prefix else "A001"
            says = words(
                f"规则包 {name} 的代码应以 {prefix} 开头，如 {wanted}，现在是 {code}（另用别的字母，请写 prefix）",
                f"codes of the pack {name} begin with {prefix}, such as {wanted}; this is {code} (or state `prefix`)",
            )
            complaints.append((("rules", code), says, None))
    error = file.refused(complaints)
    if error is not None:
        raise error


def complaints(pack: Pack, forms: Iterable[Form]) -> Iterator[Words]:
    """What only the forms can tell of its rules that are data: parts, tables and cells that no form has."""
    forms = list(forms)
    by_file: dict[Path, list[Complaint]] = {}
    files: dict[Path, Manuscript] = {}
    for rule in pack.rules:
        file = pack.manuscripts.get(rule.code)
        if file is None or not rule.kind:
            continue
        files[file.path] = file
        for place, says, value in kind(rule.kind).complaints(_tables(file)[rule.code], forms):
            by_file.setdefault(file.path, []).append((("rules", rule.code, *place), says, value))
    for path, found in by_file.items():
        if (error := files[path].refused(found)) is not None:
            yield error.words


# --- rules ----------------------------------------------------------------------------------------------------------


def registrations(module: ModuleType) -> Iterator[Registration]:
    """What `@rule` left in a module."""
    return source.registrations(module)


def _rules(file: Manuscript, pack: str, functions: Mapping[str, Registration], checked: bool) -> Iterator[Rule]:
    tables = _tables(file)
    for code, table in tables.items():
        named = kind_of(table)
        if not named:
            yield _function(file.path, pack, functions[code], table, checked=checked)
            continue
        own_kind = kind(named[0])
        own = {key: table[key] for key in (named[0], *sorted(own_kind.OPTIONS)) if key in table}
        rest = {key: value for key, value in table.items() if key not in own}
        options = {**rest.pop("options", {}), **own}
        implied = own_kind.implied(table)
        needed = dict.fromkeys((*table.get("needs", ()), *implied.get("needs", ())))
        data = {**own_kind.DEFAULTS, **rest, "on": implied.get("on", "report"), "needs": list(needed)}
        data["variants"] = {**own_kind.DEFAULTS.get("variants", {}), **rest.get("variants", {})}
        yield build(code, {**data, "options": options}, own_kind.check, pack, named[0])
    for code in functions.keys() - tables.keys():
        yield _function(file.path, pack, functions[code], {})


def _function(path: Path, pack: str, found: Registration, table: Mapping[str, Any], *, checked: bool = False) -> Rule:
    """The rule of a function, described by a table or by itself."""
    data = {**found.data, **table}
    if not checked:
        source.accepted(found, data)
    if "message" not in data:
        raise ConfigError(
            source.complaint(
                found,
                words(f"规则 {found.code} 缺少 message", f"rule {found.code} has no message"),
            )
        )
    del path
    return build(found.code, data, found.check, pack, options_type=found.options)


def did_you_mean(word: str, known: Iterator[str] | list[str]) -> str:
    """The nearest known word, or an empty string."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return near[0] if near else ""
