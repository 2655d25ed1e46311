"""Rules in Python files: found, imported, and checked as those in TOML are, with the line of their function."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from reportlint.errors import ConfigError, Words, trace, words
from reportlint.limits import Limit, TimedOut
from reportlint.manuscript import framed
from reportlint.requirement import unfulfilled
from reportlint.rule import Registration, parse_years

_SECONDS = 10
"""How long a file may take to be imported."""
_REQUIRES = re.compile(r"^requires\s*=", re.MULTILINE)


class BrokenError(ConfigError):
    """A Python file that cannot be imported; `detail` is the traceback, for whoever wrote it."""

    def __init__(self, says: Words, detail: str) -> None:
        super().__init__(says)
        self.detail = detail


def functions(path: Path, package: str | None = None) -> dict[str, Registration]:
    """The functions with `@rule` in a Python file, by code. Raises ConfigError, also for two of the same code."""
    module = _imported(path, package)
    found: dict[str, Registration] = {}
    for item in registrations(module):
        if item.code in found:
            says = words(f"规则 {item.code} 写了两次", f"rule {item.code} stands there twice")
            raise ConfigError(complaint(item, says))
        found[item.code] = item
    return found


def registrations(module: ModuleType) -> Iterator[Registration]:
    """What `@rule` left in a module."""
    for value in list(vars(module).values()):
        if getattr(value, "__module__", None) == module.__name__:
            yield from getattr(value, "__reportlint__", ())


def _imported(path: Path, package: str | None) -> ModuleType:
    if package is not None:
        return importlib.import_module(f"{package}.{path.stem}")
    check_requires(path)
    name = f"_reportlint_pack_{path.stem}_{abs(hash(path.resolve().as_posix())):x}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ConfigError(words(f"{path.name}：不是 Python 文件", f"{path.name}: no Python file"))
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their own module up.
    sys.modules[name] = module
    try:
        with Limit(_SECONDS):
            spec.loader.exec_module(module)
    except TimedOut as error:
        text = _text(path)
        says = words(f"{_SECONDS} 秒没有加载完", f"it was not loaded within {_SECONDS} seconds")
        raise ConfigError(framed(path.name, text, 1, 1, 200, says)) from error
    except (Exception, SystemExit) as error:
        raise _broken(path, error) from error
    return module


def _broken(path: Path, error: BaseException) -> BrokenError:
    """Why a file could not be imported, with the line where it failed."""
    from traceback import extract_tb

    line = next(
        (frame.lineno for frame in reversed(extract_tb(error.__traceback__)) if Path(frame.filename).name == path.name),
        None,
    )
    said = str(error)
    if isinstance(error, SyntaxError) and Path(error.filename or "").name == path.name:
        line, said = error.lineno, error.msg
    text = _text(path)
    cause = f"{type(error).__name__}: {said}"
    says = words(f"加载失败：{cause}", f"failed to load: {cause}")
    return BrokenError(framed(path.name, text, line or 1, 1, 200, says), trace())


def check_requires(path: Path) -> None:
    """Read `requires = "reportlint>=…"` from a Python file without running it. Raises ConfigError."""
    text = _text(path)
    if not _REQUIRES.search(text):
        return
    try:
        body = ast.parse(text).body
    except SyntaxError:
        return
    for node in body:
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Constant):
            continue
        if any(isinstance(target, ast.Name) and target.id == "requires" for target in node.targets):
            says = unfulfilled(str(node.value.value))
            if says is not None:
                raise ConfigError(framed(path.name, text, node.lineno, 1, 200, says))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def complaint(found: Registration, says: Words) -> Words:
    """A complaint about a function, at its first line."""
    code = getattr(found.check, "__code__", None)
    if code is None:
        return words(f"{found.code}：{says['zh']}", f"{found.code}: {says['en']}")
    path = Path(code.co_filename)
    return framed(path.name, _text(path), code.co_firstlineno, 1, 200, says)


def accepted(found: Registration, data: Mapping[str, Any]) -> None:
    """Raise ConfigError where what `@rule` is given is not as the schema of rules demands."""
    from reportlint.options import schema_of
    from reportlint.validation import violations
    from reportlint.violations import says
    from reportlint_schemas import load

    schema = load("rules")
    for item in violations(schema, {"rules": {found.code: dict(data)}}):
        if item.keyword == "propertyNames":
            code = words(
                f"规则的代码 {found.code} 写得不对：应为一到四个大写字母和三位数字，如 GD001",
                f"{found.code} is no code of a rule: one to four capital letters and three digits, such as GD001",
            )
            raise ConfigError(complaint(found, code))
        from dataclasses import replace

        raise ConfigError(complaint(found, says(replace(item, path=item.path[2:]))))
    if "years" in data:
        try:
            parse_years(data["years"])
        except ValueError:
            upside = words(f"年度 {data['years']} 前后颠倒", f"the years {data['years']} are upside down")
            raise ConfigError(complaint(found, upside)) from None
    if found.options is not None:
        try:
            schema_of(found.options)
        except TypeError as error:
            raise ConfigError(complaint(found, words(f"选项：{error}", f"options: {error}"))) from error
