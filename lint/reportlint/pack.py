"""A rule pack: a folder with a `pack.toml`, or a single TOML file. Read, checked, and made into rules.

In a folder every other TOML file holds rules (`[rules.CODE]`); `vocabulary.toml` and the folder `forms` are what the
national pack adds. A rule with a kind key (`forbid = […]`) is data; one without has a Python function of the same code
in the module beside the file.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any

from reportlint import form as forms_module
from reportlint import vocabulary as vocabulary_module
from reportlint.errors import ConfigError, Words, words
from reportlint.form import Form
from reportlint.kinds import KINDS, OPTIONS
from reportlint.rule import Registration, Rule, build, text_in
from reportlint.vocabulary import Vocabulary


@dataclass(frozen=True)
class Pack:
    """A loaded pack."""

    name: str
    title: Words
    version: str
    path: Path
    rules: tuple[Rule, ...]
    forms: tuple[Form, ...] = ()
    vocabulary: Vocabulary | None = None


def load(path: Path, module: str | None = None, *, checked: bool = False) -> Pack:
    """The pack in a folder or file; `module` is the Python package it is, if it is one. Raises ConfigError.

    `checked` says that its files are known to be as their schemas demand: those of this distribution are checked
    when it is built and in its tests, anybody else's at every load.
    """
    if path.is_dir():
        return _folder(path, module, _unchecked if checked else _checked)
    if path.suffix != ".toml" or not path.is_file():
        raise ConfigError(
            words(f"{path.name}：不是规则包（文件夹或 .toml 文件）", f"{path.name}: no pack (folder or .toml file)")
        )
    data = _checked(path, "pack")
    name = _name(data, path)
    title = text_in(data.get("title", name), f"{path.name}: title")
    return Pack(name, title, str(data.get("version", "")), path, tuple(_rules(data, path, name, {})))


def _folder(path: Path, module: str | None, read: Callable[[Path, str], dict[str, Any]]) -> Pack:
    head_file = path / "pack.toml"
    if not head_file.is_file():
        raise ConfigError(words(f"{path.name}：文件夹里没有 pack.toml", f"{path.name}: the folder has no pack.toml"))
    head = read(head_file, "pack")
    name = _name(head, head_file)
    rules: list[Rule] = []
    for file in sorted(path.glob("*.toml")):
        if file.name in ("pack.toml", "vocabulary.toml"):
            continue
        functions = _functions(module, file) if module else {}
        rules += _rules(read(file, "rules"), file, name, functions)
    forms = tuple(forms_module.parse(read(file, "form")) for file in sorted((path / "forms").glob("*.toml")))
    vocabulary = path / "vocabulary.toml"
    return Pack(
        name,
        text_in(head.get("title", name), "pack.toml: title"),
        str(head.get("version", "")),
        path,
        tuple(sorted(rules, key=lambda rule: rule.code)),
        forms,
        vocabulary_module.parse(read(vocabulary, "vocabulary")) if vocabulary.is_file() else None,
    )


def _unchecked(path: Path, schema: str) -> dict[str, Any]:
    del schema
    return read_toml(path)


def _checked(path: Path, schema: str) -> dict[str, Any]:
    """A file that its schema accepts. Raises ConfigError with file, line and what is allowed."""
    from reportlint.toml_lines import Lines
    from reportlint.validation import violations
    from reportlint.violations import says
    from reportlint_schemas import load as load_schema

    data = read_toml(path)
    found = next(violations(load_schema(schema), data), None)
    if found is None:
        return data
    text = path.read_text(encoding="utf-8")
    number = Lines(text).of(found.path)
    line = text.splitlines()[number - 1].strip() if 0 < number <= len(text.splitlines()) else ""
    what = says(found)
    raise ConfigError(
        words(
            f"{path.name} 第 {number} 行：{what['zh']}\n    {line}",
            f"{path.name}, line {number}: {what['en']}\n    {line}",
        )
    )


def read_toml(path: Path) -> dict[str, Any]:
    """The file as a dictionary. Raises ConfigError with the line where it is no TOML."""
    import tomli

    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except tomli.TOMLDecodeError as error:
        raise ConfigError(
            words(f"{path.name}：不是合法的 TOML：{error}", f"{path.name}: not valid TOML: {error}")
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(words(f"{path.name}：无法读取：{error}", f"{path.name}: cannot be read: {error}")) from error


def _name(data: Mapping[str, Any], path: Path) -> str:
    name = data.get("pack")
    if not isinstance(name, str) or not name:
        raise ConfigError(words(f'{path.name}：缺少 pack = "名称"', f'{path.name}: pack = "name" is missing'))
    return name


def _functions(module: str, file: Path) -> dict[str, Registration]:
    """The functions with `@rule` in the module beside a rule file, by code."""
    if not file.with_suffix(".py").is_file():
        return {}
    return {found.code: found for found in registrations(importlib.import_module(f"{module}.{file.stem}"))}


def registrations(module: ModuleType) -> Iterator[Registration]:
    """What `@rule` left in a module."""
    for value in list(vars(module).values()):
        if getattr(value, "__module__", None) == module.__name__:
            yield from getattr(value, "__reportlint__", ())


def _rules(data: Mapping[str, Any], path: Path, pack: str, functions: Mapping[str, Registration]) -> Iterator[Rule]:
    tables: dict[str, dict[str, Any]] = data.get("rules", {})
    for code, table in tables.items():
        kind = _kind(code, table, path)
        if kind is None:
            if code not in functions:
                raise ConfigError(
                    words(
                        f"{path.name}：规则 {code} 既没有种类（{'、'.join(KINDS)}），也没有 @rule 函数",
                        f"{path.name}: rule {code} has neither a kind ({', '.join(KINDS)}) nor a function with @rule",
                    )
                )
            yield build(code, table, functions[code].check, pack)
            continue
        checker = importlib.import_module(KINDS[kind])
        own = {key: table[key] for key in (kind, *OPTIONS[kind]) if key in table}
        rest = {key: value for key, value in table.items() if key not in own}
        options = {**rest.pop("options", {}), **own}
        yield build(code, {**checker.DEFAULTS, **rest, "options": options}, checker.check, pack)
    for code in functions.keys() - tables.keys():
        found = functions[code]
        if not found.data:
            raise ConfigError(
                words(
                    f"{path.name}：函数的规则 {code} 没有说明",
                    f"{path.name}: rule {code} of a function is not described",
                )
            )
        yield build(code, found.data, found.check, pack)


def _kind(code: str, table: Mapping[str, Any], path: Path) -> str | None:
    kinds = [key for key in table if key in KINDS]
    if len(kinds) > 1:
        raise ConfigError(
            words(
                f"{path.name}：规则 {code} 同时有两个种类：{'、'.join(kinds)}",
                f"{path.name}: rule {code} has two kinds at once: {', '.join(kinds)}",
            )
        )
    return kinds[0] if kinds else None


def did_you_mean(word: str, known: Iterator[str] | list[str]) -> str:
    """The nearest known word, or an empty string."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return near[0] if near else ""
