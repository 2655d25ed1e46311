"""Plugins: found by their entry points, loaded one by one, asked what they add. One that fails is a fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple, cast

import pluggy

from reportlint.entry_points import EntryPoint, entry_points
from reportlint.errors import ConfigError, Words, trace, words
from reportlint.finding import Fault
from reportlint.hooks import GROUP, HOOKS, Specifications
from reportlint.manuscript import Manuscript
from reportlint.outputs import OUTPUTS, Render
from reportlint.requirement import unfulfilled
from reportlint.rule import Registration
from reportlint.source import check_requires, registrations
from reportlint.violations import nearest

if TYPE_CHECKING:
    from reportlint.readers import Reader


class PluginPack(NamedTuple):
    """A rule pack of a plugin; `module` is the Python package that its folder is, if it is one."""

    path: Path
    plugin_name: str
    module: str | None = None
    distribution: str = ""
    dormant: bool = False
    """Whether it is the pack of a place, which holds only where it is selected and is not read before."""
    functions: Mapping[str, Registration] | None = None
    """The functions with `@rule` that the plugin itself is, where it is nothing else."""

    @property
    def name(self) -> str:
        """The name of the pack of a place: that of its folder."""
        return self.path.stem


@dataclass(frozen=True, eq=False, slots=True)
class Plugins:
    """What the installed plugins add, and why some could not be loaded."""

    packs: tuple[PluginPack, ...] = ()
    readers: dict[str, Reader] = field(default_factory=dict[str, "Reader"])
    outputs: dict[str, Render] = field(default_factory=dict[str, Render])
    faults: tuple[Fault, ...] = ()


class RefusedError(Exception):
    """A plugin that does not do as `hooks` says."""

    def __init__(self, says: Words) -> None:
        super().__init__(says["en"])
        self.words = says


def load(path: Sequence[str] | None = None) -> Plugins:
    """Load the plugins of the packages on an import path, by default `sys.path`."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Specifications)
    packs: list[PluginPack] = []
    readers: dict[str, Reader] = {}
    outputs: dict[str, Render] = {}
    faults: list[Fault] = []
    for point in entry_points(GROUP, path):
        try:
            _check_requires(point)
            plugin = _registered(manager, point)
            added = _asked(manager, plugin)
            new_packs = list(_packs(added["reportlint_packs"], point, plugin))
            for pack in _packs(added["reportlint_regions"], point, plugin):
                new_packs.append(pack._replace(dormant=True))
            new_packs += _own(plugin, point) if not any(value is not None for value in added.values()) else ()
            new_readers = _named("reportlint_readers", added, readers, ())
            new_outputs = _named("reportlint_outputs", added, outputs, OUTPUTS)
        except RefusedError as error:
            faults.append(_fault(point, error.words, ""))
        except (Exception, SystemExit) as error:  # a plugin must not end the run, least of all with exit code 0
            cause = f"{type(error).__name__}: {error}"
            faults.append(_fault(point, words(cause, cause), trace()))
        else:
            packs += new_packs
            readers.update(cast("dict[str, Reader]", new_readers))
            outputs.update(cast("dict[str, Render]", new_outputs))
    return Plugins(tuple(packs), readers, outputs, tuple(faults))


def _fault(point: EntryPoint, why: Words, detail: str) -> Fault:
    return Fault(
        "RL021",
        None,
        words(
            f"插件 {point.name}（{point.distribution}）加载失败：{why['zh']}",
            f"plugin {point.name} ({point.distribution}) failed to load: {why['en']}",
        ),
        detail,
    )


def _registered(manager: pluggy.PluginManager, point: EntryPoint) -> object:
    """The plugin of an entry point, imported and known to pluggy."""
    module, _, attributes = point.value.partition(":")
    plugin: object = import_module(module)
    for attribute in attributes.split(".") if attributes else ():
        plugin = getattr(plugin, attribute)
    manager.register(plugin, f"{point.distribution}:{point.name}")
    hooks = [caller.name for caller in manager.get_hookcallers(plugin) or ()]
    for name in hooks:
        if name not in HOOKS:
            near = nearest(name, HOOKS)
            zh, en = (f"，是不是想写 {near}？", f", did you mean {near}?") if near else ("", "")
            raise RefusedError(words(f"没有名为 {name} 的钩子{zh}", f"there is no hook {name}{en}"))
    return plugin


def _own(plugin: object, point: EntryPoint) -> Iterator[PluginPack]:
    """What a plugin without hooks is: a folder with a pack.toml, or a module of functions with `@rule`."""
    for base in getattr(plugin, "__path__", ()):
        if (Path(base) / "pack.toml").is_file():
            yield PluginPack(Path(base), point.name, getattr(plugin, "__name__", None), point.distribution)
            return
    found = {item.code: item for item in registrations(plugin)} if isinstance(plugin, ModuleType) else {}
    if not found:
        raise RefusedError(
            words(
                "没有用 @hookimpl 标记的函数，也没有 pack.toml 或 @rule 函数",
                "it has no function marked with @hookimpl, nor a pack.toml or functions with @rule",
            )
        )
    file = Path(getattr(plugin, "__file__", None) or point.value)
    yield PluginPack(file, point.name, None, point.distribution, functions=found)


def _check_requires(point: EntryPoint) -> None:
    """Refuse what states that it needs another version, before any of its code runs. Raises RefusedError."""
    if point.distribution == __package__:
        return
    name = point.value.partition(":")[0].partition(".")[0]
    spec = find_spec(name)
    if spec is None:
        return
    try:
        for base in spec.submodule_search_locations or ():
            if (head := Path(base) / "pack.toml").is_file():
                _refuse(Manuscript(head).data.get("requires"))
        if spec.origin is not None and spec.origin.endswith(".py"):
            check_requires(Path(spec.origin))
    except ConfigError as error:
        raise RefusedError(error.words) from error


def _refuse(requires: object) -> None:
    if isinstance(requires, str) and (says := unfulfilled(requires)) is not None:
        raise RefusedError(says)


def _asked(manager: pluggy.PluginManager, plugin: object) -> dict[str, object]:
    """What the hooks of one plugin return; None for those that it does not have."""
    added: dict[str, object] = {name: None for name in HOOKS}  # noqa: C420 - typed
    for caller in manager.get_hookcallers(plugin) or ():
        for implementation in caller.get_hookimpls():
            if implementation.plugin is plugin:
                added[caller.name] = implementation.function()
    return added


def _packs(returned: object, point: EntryPoint, plugin: object) -> Iterator[PluginPack]:
    if returned is None:
        return
    if isinstance(returned, str | Path) or not isinstance(returned, Sequence):
        raise _wrong("reportlint_packs", "路径的列表", "a list of paths")
    for item in cast("Sequence[object]", returned):
        if not isinstance(item, str | Path):
            raise _wrong("reportlint_packs", "路径的列表", "a list of paths")
        path = Path(item)
        if not path.exists():
            raise RefusedError(words(f"规则包不存在：{path.name}", f"there is no pack {path.name}"))
        yield PluginPack(path, point.name, _module(path, plugin), point.distribution)


def _module(path: Path, plugin: object) -> str | None:
    """The Python package that a folder is, if the plugin is that package or one above it."""
    if not path.is_dir():
        return None
    name = getattr(plugin, "__name__", "")
    for base in getattr(plugin, "__path__", ()):
        try:
            inside = path.resolve().relative_to(Path(base).resolve()).parts
        except ValueError:
            continue
        return ".".join((name, *inside))
    return None


def _named(hook: str, added: Mapping[str, object], taken: Mapping[str, object], built_in: object) -> dict[str, object]:
    """What a hook returned by name: functions, under names that are still free."""
    returned = added[hook]
    if returned is None:
        return {}
    if not isinstance(returned, Mapping):
        raise _wrong(hook, "名称到函数的表", "functions by name")
    found: dict[str, object] = {}
    for name, function in cast("Mapping[object, object]", returned).items():
        if not isinstance(name, str) or not callable(function):
            raise _wrong(hook, "名称到函数的表", "functions by name")
        if name in taken or name in cast("Mapping[str, str]", built_in):
            raise RefusedError(words(f"{hook}：{name} 已经有了", f"{hook}: {name} is taken"))
        found[name] = function
    return found


def _wrong(hook: str, zh: str, en: str) -> RefusedError:
    return RefusedError(words(f"{hook} 应返回{zh}", f"{hook} must return {en}"))
