"""The configuration: `reportlint.toml`, or `[tool.reportlint]` in pyproject.toml; found, checked, and typed.

For each file the nearest configuration upward from its folder holds, and it alone, unless it takes up another one by
`extends`. The schema, `config.schema.json`, is also the manual.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from reportlint.errors import ConfigError, Words, words
from reportlint.globs import absolute, matches, rooted
from reportlint.report import AgencyKind, Level
from reportlint.rule import Severity

FILE = "reportlint.toml"
PROJECT = "pyproject.toml"
IGNORE = "reportlint-ignore.toml"
_ADDED = ("packs", "rules", "required-packs", "exclude", "overrides")
"""Lists that are added to those that `extends` takes up."""
_RELATIVE = ("packs", "rules", "paths", "exclude")
_NAME = re.compile(r"[a-z][a-z0-9-]*")


def is_name(text: str) -> bool:
    """Whether a text can be the name of a pack; a path has a dot, a slash or something else that names lack."""
    return _NAME.fullmatch(text) is not None


class Required(NamedTuple):
    """A pack without which nothing may pass, and the package that brings it."""

    pack: str
    package: str = ""
    """What pip is to install, such as `reportlint-gd>=1.2`."""


class Override(NamedTuple):
    """What is known of some files, where they do not say it themselves."""

    files: str
    year: int | None = None
    agency: str | None = None
    agency_kind: AgencyKind | None = None
    level: Level | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is asked to do. Globs and paths are relative to `root`."""

    packs: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    """Python files with rules."""
    packs_by_region: bool = False
    """Whether the pack of a place holds for agencies whose names begin with that place."""
    required_packs: tuple[str | Required, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict[str, "Severity"])
    fail_on: Severity = "warning"
    rule_seconds: float = 5
    """How long a rule may take for a report; 0 for no limit."""
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, "Mapping[str, Any]"])
    paths: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    series: str | None = None
    roster: str | None = None
    ignore_file: str | None = None
    """The list of findings to leave; without it the nearest `reportlint-ignore.toml` upward from a report."""
    baseline: str | None = None
    root: str = ""
    """The folder that globs and paths are relative to; empty for the working directory."""
    source: str | None = None
    """The file that holds the configuration."""
    origins: Mapping[str, str] = field(default_factory=dict[str, str])
    """Where each value comes from, by its key in the file: `reportlint.toml:3`, `--select`."""

    def root_path(self, name: str) -> Path:
        """A path of the configuration as one of the file system."""
        return Path(self.root, name)

    def excludes(self, path: str) -> bool:
        """Whether a file is not to be checked."""
        if not self.exclude:
            return False
        whole = absolute(path)
        return any(matches(rooted(glob, self.root), whole) for glob in self.exclude)

    def for_file(self, path: str) -> Override | None:
        """What is known of a file; later entries win over earlier ones, value by value."""
        if not self.overrides:
            return None
        whole = absolute(path)
        known: Override | None = None
        for entry in self.overrides:
            if matches(rooted(entry.files, self.root), whole):
                known = entry if known is None else _over(known, entry)
        return known

    def overridden(self, origin: str, **values: Any) -> Settings:
        """These settings with other values, which come from `origin`, such as `--select`."""
        names = {name.replace("_", "-"): origin for name in values}
        return replace(self, **values, origins={**self.origins, **names})


def _over(known: Override, entry: Override) -> Override:
    return Override(
        entry.files,
        known.year if entry.year is None else entry.year,
        known.agency if entry.agency is None else entry.agency,
        known.agency_kind if entry.agency_kind is None else entry.agency_kind,
        known.level if entry.level is None else entry.level,
        known.region if entry.region is None else entry.region,
    )


# --- finding ----------------------------------------------------------------------------------------------------


class Finder:
    """Finds the configuration of each file; every folder and every configuration is read once."""

    def __init__(self) -> None:
        self._folders: dict[str, str | None] = {}
        self._loaded: dict[str, Settings] = {}
        self._lists: dict[str, str | None] = {}

    def settings(self, folder: str) -> Settings:
        """The settings that hold in a folder; the defaults where there is no configuration. Raises ConfigError."""
        path = self.nearest(os.path.abspath(folder))
        if path is None:
            return Settings()
        if path not in self._loaded:
            self._loaded[path] = load(path)
        return self._loaded[path]

    def nearest(self, folder: str) -> str | None:
        """The configuration nearest upward from an absolute folder."""
        if folder not in self._folders:
            above = os.path.dirname(folder)
            self._folders[folder] = _in_folder(folder) or (self.nearest(above) if above != folder else None)
        return self._folders[folder]

    def ignore_list(self, folder: str) -> str | None:
        """The list of findings to leave that is nearest upward from an absolute folder."""
        if folder not in self._lists:
            own, above = os.path.join(folder, IGNORE), os.path.dirname(folder)
            inherited = above != folder and not os.path.isfile(own)
            self._lists[folder] = self.ignore_list(above) if inherited else own if above != folder else None
        return self._lists[folder]


def _in_folder(folder: str) -> str | None:
    own, project = os.path.join(folder, FILE), os.path.join(folder, PROJECT)
    has_own, has_project = os.path.isfile(own), os.path.isfile(project) and _is_configured(project)
    if has_own and has_project:
        raise ConfigError(
            words(
                f"{shown(folder)}：{FILE} 和 {PROJECT} 的 [tool.reportlint] 只能有一个",
                f"{shown(folder)}: either {FILE} or [tool.reportlint] in {PROJECT}, not both",
            )
        )
    return own if has_own else project if has_project else None


def _is_configured(project: str) -> bool:
    """Whether a pyproject.toml has a table for reportlint; one that never says the word is not even parsed."""
    with open(project, "rb") as file:
        if b"reportlint" not in file.read():
            return False
    return "reportlint" in parsed(project)[0].get("tool", {})


# --- reading ----------------------------------------------------------------------------------------------------


def load(path: str | Path) -> Settings:
    """The settings in a configuration file and those that it extends. Raises ConfigError with file, line and remedy."""
    layers = list(_layers(os.path.abspath(path), ()))
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    root = os.path.dirname(layers[-1].path)
    for layer in layers:
        layer.merge(values, origins, root)
    return Settings(
        packs=tuple(values.get("packs", ())),
        rules=tuple(values.get("rules", ())),
        packs_by_region=values.get("packs-by-region", False),
        required_packs=tuple(_required(item) for item in values.get("required-packs", ())),
        rule_seconds=values.get("rule-seconds", 5),
        select=tuple(values.get("select", ())),
        ignore=tuple(values.get("ignore", ())),
        severity=values.get("severity", {}),
        fail_on=values.get("fail-on", "warning"),
        options=values.get("options", {}),
        paths=tuple(values.get("paths", ())),
        exclude=tuple(values.get("exclude", ())),
        overrides=tuple(_override(entry) for entry in values.get("overrides", ())),
        series=values.get("series", {}).get("reports"),
        roster=values.get("roster"),
        ignore_file=values.get("ignore-file"),
        baseline=values.get("baseline"),
        root=root,
        source=layers[-1].path,
        origins=origins,
    )


def _required(entry: str | Mapping[str, str]) -> str | Required:
    return entry if isinstance(entry, str) else Required(entry["pack"], entry.get("package", ""))


def _override(entry: Mapping[str, Any]) -> Override:
    return Override(**{key.replace("-", "_"): value for key, value in entry.items()})


class _Layer:
    """One configuration file: its values, and the line of each."""

    def __init__(self, path: str) -> None:
        from reportlint.toml_lines import Lines

        self.path = path
        data, text = parsed(path)
        self._above: tuple[str, ...] = () if os.path.basename(path) != PROJECT else ("tool", "reportlint")
        self._lines = Lines(text)
        for key in self._above:
            data = data.get(key, {})
        self.data = data
        if problems := list(self._problems()):
            raise ConfigError(words("\n".join(p["zh"] for p in problems), "\n".join(p["en"] for p in problems)))

    @property
    def extends(self) -> list[str]:
        """The absolute paths of the configurations that this one takes up."""
        named: str | list[str] = self.data.get("extends", [])
        folder = os.path.dirname(self.path)
        return [os.path.normpath(os.path.join(folder, name)) for name in ([named] if isinstance(named, str) else named)]

    def at(self, *path: str | int) -> str:
        """File and line of a key."""
        return f"{shown(self.path)}:{self._line(*path)}"

    def _line(self, *path: str | int) -> int:
        return self._lines.of((*self._above, *path))

    def merge(self, values: dict[str, Any], origins: dict[str, str], root: str) -> None:
        """Add the values of this file to those of the files it extends."""
        for key, value in self.data.items():
            if key in ("severity", "options"):
                old = values.get(key, {})
                joined = (
                    {name: {**old.get(name, {}), **item} for name, item in value.items()} if key == "options" else value
                )
                values[key] = {**old, **joined}
                origins.update({f"{key}.{name}": self.at(key, name) for name in value})
                continue
            if key == "extends":
                continue
            value = self._relocated(key, value, root)
            if key in _ADDED and key in values:
                values[key] = [*values[key], *value]
                origins[key] = f"{origins[key]}, {self.at(key)}"
                continue
            values[key] = value
            origins[key] = self.at(key)

    def _relocated(self, key: str, value: Any, root: str) -> Any:
        """Paths and globs of a file in another folder, as they look from the folder of the settings."""
        folder = os.path.dirname(self.path)
        if folder == root:
            return value
        if key in _RELATIVE:
            return [
                rooted(item, folder)
                if key == "exclude"
                else item
                if key == "packs" and is_name(item) and not os.path.exists(os.path.join(folder, item))
                else absolute(item, folder)
                for item in value
            ]
        if key == "overrides":
            return [{**entry, "files": rooted(entry["files"], folder)} for entry in value]
        if key in ("roster", "ignore-file", "baseline"):
            return absolute(value, folder)
        if key == "series":
            return {"reports": absolute(value["reports"], folder)}
        return value

    def _problems(self) -> Iterator[Words]:
        from reportlint.validation import violations
        from reportlint.violations import says
        from reportlint_schemas import load as schema

        for found in sorted(violations(schema("config"), self.data), key=lambda found: self._line(*found.path)):
            place = self.at(*found.path)
            message = says(found)
            yield words(f"{place}：{message['zh']}", f"{place}: {message['en']}")


def _layers(path: str, inside: Sequence[str]) -> Iterator[_Layer]:
    """A configuration after those that it extends."""
    layer = _Layer(path)
    for base in layer.extends:
        place = layer.at("extends")
        if base == path or base in inside:
            raise ConfigError(words(f"{place}：extends 绕回了自己", f"{place}: extends comes round to itself"))
        if not os.path.isfile(base):
            raise ConfigError(
                words(
                    f"{place}：没有 extends 指的文件：{shown(base)}", f"{place}: extends names no file: {shown(base)}"
                )
            )
        yield from _layers(base, (*inside, path))
    yield layer


def parsed(path: str) -> tuple[dict[str, Any], str]:
    """A TOML file as data and as text. Raises ConfigError with the line where it is no TOML."""
    import tomli

    text = ""
    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
        return tomli.loads(text), text
    except tomli.TOMLDecodeError as error:
        says = str(error)
        line = says.partition("(at line ")[2].partition(",")[0] or str(text.count("\n") + 1)
        place = f"{shown(path)}:{line}"
        raise ConfigError(words(f"{place}：不是合法的 TOML：{says}", f"{place}: not valid TOML: {says}")) from error
    except UnicodeDecodeError as error:
        raise ConfigError(words(f"{shown(path)}：不是 UTF-8 编码", f"{shown(path)}: not in UTF-8")) from error
    except OSError as error:
        raise ConfigError(
            words(f"{shown(path)}：打不开：{error.strerror}", f"{shown(path)}: cannot be opened: {error.strerror}")
        ) from error


def shown(path: str) -> str:
    """A path as a message shows it: relative where it lies below the working directory."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if relative.startswith("..") else relative.replace(os.sep, "/")
