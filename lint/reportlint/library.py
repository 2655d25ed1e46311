"""All packs that a run may use: those that always hold, those that were named, those of places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from reportlint.config import Settings, is_name
from reportlint.errors import ReportlintError, trace, words
from reportlint.finding import Fault
from reportlint.layers import Ruleset, ordered, ruleset
from reportlint.pack import Pack, did_you_mean, load, of_module
from reportlint.plugins import PluginPack, Plugins
from reportlint.rule import Rule
from reportlint.source import BrokenError


class Library:
    """Packs by name. One that cannot be loaded is a fault, and the others stay."""

    def __init__(self, settings: Settings, plugins: Plugins, extra: Sequence[Path | str] = ()) -> None:
        self.settings = settings
        self.plugins = plugins
        self.faults: list[Fault] = []
        self._loaded: dict[int, Pack | None] = {}
        self._named: list[Pack] = []
        """The packs that the configuration and the command line name, in that order."""
        self._lasting = [pack for found in plugins.packs if not found.dormant and (pack := self._load(found))]
        for name in (*settings.packs, *settings.rules, *map(str, extra)):
            self._add(name, settings.root_path(name) if name in (*settings.packs, *settings.rules) else Path(name))
        seen: set[str] = set()
        for pack in (*self._lasting, *self._named):
            if pack.name in seen:
                says = words(f"有两个名为 {pack.name} 的规则包", f"there are two packs called {pack.name}")
                self._fault(pack.path.as_posix(), says)
            seen.add(pack.name)

    def _add(self, name: str, path: Path) -> None:
        """A pack by its path, or by its name where that is no path."""
        if is_name(name) and not path.exists():
            pack = self.find(name)
            if pack is not None:
                if pack not in (*self._named, *(item for item in self._lasting if not item.regions)):
                    self._named.append(pack)
                return
            known = self.names()
            near = did_you_mean(name, known)
            zh, en = (f"，是不是想写 {near}？", f", did you mean {near}?") if near else ("", "")
            listed = "、".join(known)
            says = words(
                f"没有规则包 {name}{zh}（已安装的有 {listed}；文件请写出 .toml）",
                f"there is no pack {name}{en} (installed are {listed}; of a file, write the .toml as well)",
            )
            self._fault(None, says)
            return
        installed = next((found for found in self.plugins.packs if _same(found.path, path)), None)
        if installed is not None:
            # The folder of an installed pack is that pack, not another one of its name.
            pack = self._load(installed)
            if pack is not None and pack not in (*self._named, *(item for item in self._lasting if not item.regions)):
                self._named.append(pack)
            return
        try:
            self._named.append(load(path))
        except ReportlintError as error:
            self._fault(path.as_posix(), error.words, error.detail if isinstance(error, BrokenError) else "")

    def _fault(self, path: str | None, says: dict[str, str], detail: str = "") -> None:
        self.faults.append(Fault("RL020", path, words(says["zh"], says["en"]), detail))

    def _load(self, found: PluginPack) -> Pack | None:
        """A pack of a plugin, read once; None, and a fault, where it cannot be."""
        if id(found) in self._loaded:
            return self._loaded[id(found)]
        pack: Pack | None = None
        try:
            if found.functions is not None:
                pack = of_module(found.plugin_name.replace("_", "-"), found.path, found.functions, found.distribution)
            else:
                checked = found.distribution == __package__
                pack = load(found.path, found.module, checked=checked, distribution=found.distribution)
        except ReportlintError as error:
            self._fault(None, error.words, error.detail if isinstance(error, BrokenError) else "")
        except (Exception, SystemExit) as error:
            says = words(
                f"规则包 {found.plugin_name} 加载失败：{error}", f"pack {found.plugin_name} failed to load: {error}"
            )
            self._fault(None, says, trace())
        self._loaded[id(found)] = pack
        return pack

    # -- what there is -------------------------------------------------------------------------------------------

    def find(self, name: str) -> Pack | None:
        """The pack of that name, read now if it was not yet."""
        for pack in (*self._lasting, *self._named):
            if pack.name == name:
                return pack
        for found in self.plugins.packs:
            if found.dormant and found.name == name:
                return self._load(found)
        return None

    def names(self) -> list[str]:
        """The names of all packs."""
        dormant = [found.name for found in self.plugins.packs if found.dormant]
        return list(dict.fromkeys((*(pack.name for pack in (*self._lasting, *self._named)), *dormant)))

    def all(self) -> list[Pack]:
        """All packs, every one read."""
        return [pack for name in self.names() if (pack := self.find(name)) is not None]

    def rules(self) -> list[Rule]:
        """The rules of all packs, whether they hold or not, by code."""
        return sorted((rule for pack in self.all() for rule in pack.rules), key=lambda rule: rule.code)

    # -- what holds ----------------------------------------------------------------------------------------------

    def of_region(self, agency: str | None) -> list[Pack]:
        """The packs for the place that the name of an agency begins with; of those one on another, the nearer."""
        if not agency:
            return []
        return [pack for pack in self.all() if any(agency.startswith(region) for region in pack.regions)]

    def ruleset(self, more: Iterable[Pack] = ()) -> Ruleset:
        """The rules of the packs that always hold, of those that were named, and of some more."""
        lasting = [pack for pack in self._lasting if not pack.regions]
        chosen = ordered([*lasting, *self._named, *more], self.find, self.names())
        result = ruleset(
            chosen.packs,
            self.settings,
            lambda pack: pack.distribution == __package__,
            incomplete=bool(self.faults or chosen.refused or self.plugins.faults),
        )
        refused = [Fault("RL020", self._path(name), says) for name, says in chosen.refused.items()]
        if not refused:
            return result
        from dataclasses import replace

        return replace(result, faults=(*refused, *result.faults))

    def _path(self, name: str) -> str | None:
        pack = self.find(name)
        return pack.path.as_posix() if pack is not None else None


def _same(installed: Path, path: Path) -> bool:
    return installed == path or (installed.exists() and path.exists() and installed.samefile(path))
