"""A run over files: for each the settings that hold for it, one linter per configuration, one result."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from reportlint.across import Across
from reportlint.cli import streams
from reportlint.cli.options import Arguments, Option
from reportlint.cli.progress import watched
from reportlint.config import Finder, Override, Settings, load
from reportlint.engine import Linter
from reportlint.errors import Unreadable, UsageError, words
from reportlint.finding import Fault, FileResult, Result
from reportlint.globs import EVERYTHING, rooted, slashed
from reportlint.plugins import Plugins
from reportlint.plugins import load as load_plugins
from reportlint.rule import SEVERITIES, Rule, Severity

CONFIG = Option(
    "--config",
    words("使用这份配置，不再自动寻找", "use this configuration instead of looking for one"),
    words("文件", "FILE"),
)
PACK = Option(
    "--pack",
    words(
        "再用一个规则包：文件夹、.toml 文件或已安装的规则包（如 gansu），可写多次",
        "also use this pack: a folder, a .toml file, or an installed one such as gansu; may be repeated",
    ),
    words("规则包", "PACK"),
    many=True,
    split=False,
)
RULES = Option(
    "--rules",
    words(
        "再用一个 Python 文件里的规则（会运行它的代码），可写多次", "also use the rules of this Python file (it is run)"
    ),
    words("文件", "FILE.py"),
    many=True,
    split=False,
)
BASELINE = Option(
    "--baseline",
    words(
        "不再显示这份基线里已有的问题，只说有多少个（见 reportlint baseline --help）",
        "leave and count the findings of this baseline (see reportlint baseline --help)",
    ),
    words("文件", "FILE"),
)
STDIN = "-"


@dataclass(slots=True)
class Session:
    """What the options of a command line say of every file, and the linters made so far."""

    arguments: Arguments
    plugins: Plugins = field(default_factory=load_plugins)
    _finder: Finder = field(default_factory=Finder)
    _settings: dict[str, Settings] = field(default_factory=dict[str, Settings])
    _linters: dict[str | None, Linter] = field(default_factory=dict[str | None, Linter])

    def settings(self, folder: str) -> Settings:
        """The settings that hold in a folder. Raises ConfigError."""
        folder = folder or "."
        if folder not in self._settings:
            config = self.arguments.value("--config")
            base = load(config) if config is not None else self._finder.settings(folder)
            self._settings[folder] = _with_options(base, self.arguments)
        return self._settings[folder]

    def settings_of(self, path: str) -> Settings:
        """The settings that hold for a file."""
        return self.settings(os.path.dirname(path))

    def linter(self, settings: Settings) -> Linter:
        """The linter with these settings. Raises UsageError."""
        if settings.source not in self._linters:
            given = self.arguments.values
            packs = [*given.get("--pack", ()), *given.get("--rules", ())]
            self._linters[settings.source] = Linter(settings, self.plugins, packs)
        return self._linters[settings.source]

    def linter_of(self, path: str) -> Linter:
        """The linter for a file."""
        return self.linter(self.settings_of(path))

    def check(
        self,
        files: Iterable[str],
        stdin_name: str | None,
        faults: Sequence[Fault],
        *,
        contents: bool = False,
        known: bool = True,
    ) -> Result:
        """The result over some files, each under its own settings; with their contents where they are to be shown.

        Without `known` what is in a baseline is among the findings.
        """
        results: list[FileResult] = []
        gathered: dict[str | None, tuple[Linter, Across, list[FileResult]]] = {}
        for path in watched(tuple(files), self.arguments.lang):
            name = stdin_name or "<stdin>" if path == STDIN else path
            linter = self.linter_of("" if path == STDIN and stdin_name is None else name)
            if not linter.rules and not linter.faults:
                raise UsageError(words("没有选中任何规则", "no rule is selected"))
            try:
                data = read_file(path)
            except Unreadable as error:
                results.append(FileResult(name, faults=(Fault(error.code, name, error.words),)))
                continue
            source = linter.settings.source
            if source not in gathered:
                gathered[source] = (linter, linter.across(), [])
            _, across, own = gathered[source]
            own.append(linter.check_bytes(name, data, None if self.alone else across, contents=contents))
        for linter, across, own in gathered.values():
            results += linter.settled(own if self.alone else across.results(own))
        return self._joined(self.settled(results, known=known), faults)

    # -- what is left on purpose --------------------------------------------------------------------------------

    def settled(self, files: list[FileResult], *, known: bool = True) -> list[FileResult]:
        """The files without what ignore lists leave, and what baselines know. Raises ConfigError."""
        if any(self.ignore_list(file.path) is not None for file in files):
            from reportlint.cli.settle import by_lists

            files = by_lists(self, files)
        if known and any(self.baseline(file.path) is not None for file in files):
            from reportlint.cli.settle import by_baselines

            files = by_baselines(self, files)
        return files

    def ignore_list(self, path: str) -> str | None:
        """The list of findings to leave that holds for a file."""
        settings = self.settings_of(path)
        if settings.ignore_file is not None:
            return str(settings.root_path(settings.ignore_file))
        return self._finder.ignore_list(os.path.abspath(os.path.dirname(path)))

    def baseline(self, path: str) -> str | None:
        """The baseline that holds for a file."""
        settings = self.settings_of(path)
        return None if settings.baseline is None else str(settings.root_path(settings.baseline))

    def known_rules(self) -> tuple[Rule, ...]:
        """Every rule that may be named."""
        rules = {rule.code: rule for linter in self._linters.values() for rule in linter.known_rules}
        return tuple(rules[code] for code in sorted(rules))

    @property
    def alone(self) -> bool:
        """Whether rules over several reports are left out."""
        return "--reports-only" in self.arguments.switches

    def _joined(self, files: list[FileResult], faults: Sequence[Fault]) -> Result:
        files.sort(key=lambda file: file.path)
        linters = list(self._linters.values())
        general: list[Fault] = []
        for linter in linters:
            general += (fault for fault in linter.faults if fault not in general)
        own = [fault for file in files for fault in file.faults]
        result = Result(
            files=tuple(files),
            findings=tuple(finding for file in files for finding in file.findings),
            faults=(*general, *faults, *own),
            rules=_by_code(linters),
            counts=Counter(check.outcome for file in files for check in file.checks),
        )
        return _failing_on(result, [linter.settings.fail_on for linter in linters], self)


def _by_code(linters: Iterable[Linter]) -> tuple[Rule, ...]:
    """The rules that some of the linters run; of one that they run with different severities the first."""
    found: dict[str, Rule] = {}
    for linter in linters:
        for rule in linter.rules:
            found.setdefault(rule.code, rule)
    return tuple(found[code] for code in sorted(found))


def _failing_on(result: Result, thresholds: list[Severity], session: Session) -> Result:
    """The result with the threshold that gives the exit code to which the thresholds of the files amount."""
    from dataclasses import replace

    if len(set(thresholds)) <= 1:
        return replace(result, fail_on=thresholds[0]) if thresholds else result
    for severity in SEVERITIES:
        for finding in result.findings:
            own = session.settings_of(finding.path).fail_on
            if finding.severity == severity and SEVERITIES.index(severity) <= SEVERITIES.index(own):
                return replace(result, fail_on=severity)
    return replace(result, fail_on="error")


def _with_options(settings: Settings, arguments: Arguments) -> Settings:
    """The settings with what the command line says; it adds to ignore and exclude, and replaces all else."""
    given = arguments.values
    if "--select" in given:
        settings = settings.overridden("--select", select=tuple(given["--select"]))
    if "--ignore" in given:
        settings = settings.overridden("--ignore", ignore=(*settings.ignore, *given["--ignore"]))
    if "--exclude" in given:
        globs = (rooted(glob, "") for glob in given["--exclude"])
        settings = settings.overridden("--exclude", exclude=(*settings.exclude, *globs))
    if (roster := arguments.value("--roster")) is not None:
        settings = settings.overridden("--roster", roster=os.path.abspath(roster))
    if (baseline := arguments.value("--baseline")) is not None:
        settings = settings.overridden("--baseline", baseline=os.path.abspath(baseline))
    if (fail_on := arguments.value("--fail-on")) is not None:
        settings = settings.overridden("--fail-on", fail_on=cast("Severity", fail_on))
    if "--severity" in given:
        changed = dict(_severity(item) for item in given["--severity"])
        settings = settings.overridden("--severity", severity={**settings.severity, **changed})
    if (year := arguments.value("--year")) is not None:
        if not year.isdecimal() or len(year) != 4:
            raise UsageError(words(f"--year 应为四位年份，现在是“{year}”", f"--year must be a year, it is “{year}”"))
        override = Override(EVERYTHING, year=int(year))
        settings = settings.overridden("--year", overrides=(*settings.overrides, override))
    return settings


def _severity(item: str) -> tuple[str, Severity]:
    name, _, severity = item.partition("=")
    if not name or severity not in SEVERITIES:
        raise UsageError(
            words(
                f"--severity 应写作 规则=级别，如 T004=error，现在是“{item}”",
                f"--severity must be RULE=SEVERITY, such as T004=error, it is “{item}”",
            )
        )
    return name, severity


def read_file(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises Unreadable (RL001)."""
    if path == STDIN:
        return streams.read_input()
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError as error:
        raise Unreadable("RL001", words(f"{path}：没有这个文件", f"{path}: no such file")) from error
    except OSError as error:
        says = words(f"{path}：打不开：{error.strerror}", f"{path}: cannot be opened: {error.strerror}")
        raise Unreadable("RL001", says) from error


def opened(path: str) -> tuple[str, bytes]:
    """The name and the bytes of a file, or of standard input. Raises Unreadable (RL001)."""
    return ("<stdin>" if path == STDIN else slashed(os.path.normpath(path))), read_file(path)


def said(faults: Iterable[Fault], lang: str) -> int:
    """Write faults to standard error; the exit code, 2 where there is one."""
    code = 0
    for fault in faults:
        text = fault.message(lang)
        place = f"{fault.path}: " if fault.path is not None and fault.path not in text else ""
        streams.write_error(f"{place}{text} ({fault.code})")
        code = 2
    return code
