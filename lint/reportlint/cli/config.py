"""`reportlint config`: every value of the configuration that holds for a file, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportlint.cli import streams
from reportlint.cli.options import Arguments, Command, Option
from reportlint.cli.run import CONFIG, PACK, RULES, Session, said
from reportlint.config import Override, Settings, shown
from reportlint.errors import words
from reportlint.outputs.terminal import cells


def run(arguments: Arguments) -> int:
    """Show the configuration; one with a rule that does not exist is refused as by `check`."""
    arguments.check()
    session = Session(arguments)
    path = arguments.value("--for")
    settings = session.settings_of(path) if path is not None else session.settings("")
    linter = session.linter(settings)
    streams.write(f"{line}\n" for line in _lines(settings, path, arguments.lang))
    return said(linter.faults, arguments.lang)


def _lines(settings: Settings, path: str | None, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    default = "默认值" if zh else "default"
    source = (
        shown(settings.source) if settings.source else ("没有配置文件，全部是默认值" if zh else "none, all defaults")
    )
    yield f"# {'配置' if zh else 'Configuration'}: {source}"
    listed = [(f"{key} = {_toml(value)}", settings.origins.get(_key(key), default)) for key, value in _values(settings)]
    wide = max(cells(line) for line, _ in listed)
    for line, origin in listed:
        yield f"{line}{' ' * (wide - cells(line))}  # {origin}"
    if path is not None:
        yield ""
        if settings.excludes(path):
            yield f"# {path}：{'按 exclude 不检查' if zh else 'excluded'}"
        known = settings.for_file(path)
        yield f"# {path}：{'overrides 写明' if zh else 'from overrides'}: {_known(known, zh)}"


def _values(settings: Settings) -> Iterator[tuple[str, object]]:
    """The values by their keys in the file."""
    yield "packs", settings.packs
    yield "required-packs", settings.required_packs
    yield "select", settings.select
    yield "ignore", settings.ignore
    yield "fail-on", settings.fail_on
    yield "paths", settings.paths
    yield "exclude", settings.exclude
    yield "series.reports", settings.series or ""
    yield "ignore-file", settings.ignore_file or ""
    yield "baseline", settings.baseline or ""
    for name, severity in settings.severity.items():
        yield f"severity.{name}", severity
    for name, options in settings.options.items():
        yield f"options.{name}", options
    for number, override in enumerate(settings.overrides, 1):
        yield f"overrides[{number}]", dict(_fields(override))


def _fields(override: Override) -> Iterator[tuple[str, object]]:
    pairs = (
        ("files", override.files),
        ("year", override.year),
        ("agency", override.agency),
        ("agency-kind", override.agency_kind),
        ("level", override.level),
    )
    return ((key, value) for key, value in pairs if value is not None)


def _key(key: str) -> str:
    """The key by which `Settings.origins` knows a value."""
    return key.partition("[")[0] if key.startswith("overrides") else "series" if key == "series.reports" else key


def _known(known: Override | None, zh: bool) -> str:
    values = {} if known is None else {key: value for key, value in _fields(known) if key != "files"}
    return _toml(values) if values else ("没有" if zh else "nothing")


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        items = (f"{key} = {_toml(item)}" for key, item in value.items())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return f"{{ {', '.join(items)} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


COMMAND = Command(
    name="config",
    takes=words("", ""),
    says=words(
        "显示对某个文件起作用的配置，以及每一项写在哪里",
        "show the configuration for a file and where each value stands",
    ),
    run=run,
    options=(
        Option(
            "--for", words("哪个文件（默认：当前文件夹）", "which file (default: this folder)"), words("文件", "FILE")
        ),
        CONFIG,
        PACK,
        RULES,
    ),
    at_most=0,
)
