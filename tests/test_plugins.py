"""Plugins: found as the standard library finds them, loaded one by one, and never silently lost."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points as standard
from pathlib import Path

import pytest

from reportlint.entry_points import EntryPoint, entry_points
from reportlint.plugins import load
from support.process import CLEAN, SPOILT, install, reportlint

HEAD = "from pathlib import Path\nfrom reportlint.hooks import hookimpl\n\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the import path."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    return folder


# --- found ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", ["reportlint", "console_scripts", "pytest11", "no.such.group"])
def test_the_scan_finds_what_the_standard_library_finds(group: str) -> None:
    ours = {(point.name, point.value) for point in entry_points(group)}

    assert ours == {(point.name, point.value.partition("[")[0].strip()) for point in standard(group=group)}


def test_the_national_pack_comes_in_by_the_same_door() -> None:
    found = [pack for pack in load().packs if pack.plugin_name == "national" and not pack.dormant]

    assert [pack.module for pack in found] == ["reportlint_rules.national"]
    assert (found[0].path / "pack.toml").is_file()


def test_a_distribution_found_twice_counts_once(tmp_path: Path) -> None:
    first = install(tmp_path / "a", "some-Pack", {})
    second = install(tmp_path / "b", "Some.pack", {}, "[reportlint]\nother = other\n")

    assert [point.name for point in entry_points("reportlint", [str(first), str(second)])] == ["some-Pack"]


def test_comments_extras_and_other_groups(tmp_path: Path) -> None:
    text = (
        "[console_scripts]\na = a:main\n\n[reportlint]\n# b = b\n; c = c\nd = d.e:f [extra]\n\n[reportlint.x]\ng = g\n"
    )
    site = install(tmp_path, "mixed", {}, text)

    assert entry_points("reportlint", [str(site)]) == [EntryPoint("mixed", "d", "d.e:f")]


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["hatchling", "setuptools"])
def test_editable_installs_are_found(tmp_path: Path, backend: str) -> None:
    if backend == "setuptools":
        pytest.importorskip("setuptools", minversion="70.1")
    project, target = tmp_path / "project", tmp_path / "target"
    project.mkdir()
    (project / "gd_pack.py").write_text("", encoding="utf-8")
    build = {"hatchling": "hatchling.build", "setuptools": "setuptools.build_meta"}[backend]
    extra = '[tool.hatch.build.targets.wheel]\ninclude = ["gd_pack.py"]\n' if backend == "hatchling" else ""
    (project / "pyproject.toml").write_text(
        f'[build-system]\nrequires = ["{backend}"]\nbuild-backend = "{build}"\n'
        '[project]\nname = "gd-pack"\nversion = "1"\n[project.entry-points.reportlint]\ngd = "gd_pack"\n' + extra,
        encoding="utf-8",
    )
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--target",
        str(target),
    ]

    subprocess.run([*pip, "--editable", str(project)], check=True, capture_output=True)

    assert [(point.name, point.value) for point in entry_points("reportlint", [str(target)])] == [("gd", "gd_pack")]


def test_a_package_in_an_archive_is_found(tmp_path: Path) -> None:
    import shutil

    folder = install(tmp_path / "in", "zipped", {"zipped.py": ""})
    archive = shutil.make_archive(str(tmp_path / "zipped"), "zip", folder)

    assert [point.name for point in entry_points("reportlint", [archive])] == ["zipped"]


# --- loaded -----------------------------------------------------------------------------------------------------


def test_a_plugin_adds_packs_readers_and_outputs(site: Path) -> None:
    source = HEAD + (
        "HERE = Path(__file__).parent\n\n"
        "@hookimpl\ndef reportlint_packs():\n    return [HERE / 'p.toml', HERE / 'sub']\n\n"
        "@hookimpl\ndef reportlint_readers():\n    return {'ofd': lambda name, data: None}\n\n"
        "@hookimpl\ndef reportlint_outputs():\n    return {'count': lambda result, view: [str(len(result.findings))]}\n"
    )
    files = {"all_three/__init__.py": source, "all_three/p.toml": "", "all_three/sub/pack.toml": ""}
    install(site, "all_three", files)

    loaded = load([str(site)])

    assert loaded.faults == ()
    assert [(pack.path.name, pack.plugin_name, pack.module) for pack in loaded.packs] == [
        ("p.toml", "all_three", None),
        ("sub", "all_three", "all_three.sub"),
    ]
    assert list(loaded.readers) == ["ofd"]
    assert list(loaded.outputs) == ["count"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import no_such_module", "no_such_module"),
        ("def broken(:", "SyntaxError"),
        ("raise RuntimeError('坏了')", "坏了"),
        ("import sys\nsys.exit(0)", "SystemExit"),
        ("x = 1", "@hookimpl"),
        (HEAD + "@hookimpl\ndef reportlint_pack():\n    return []", "reportlint_packs"),
        (HEAD + "@hookimpl\ndef reportlint_packs(config):\n    return []", "config"),
        (HEAD + "@hookimpl\ndef reportlint_packs():\n    raise OSError('没有')", "没有"),
        (HEAD + "@hookimpl\ndef reportlint_packs():\n    return 'p.toml'", "列表"),
        (HEAD + "@hookimpl\ndef reportlint_packs():\n    return [1]", "列表"),
        (HEAD + "@hookimpl\ndef reportlint_packs():\n    return ['no-such-pack.toml']", "no-such-pack.toml"),
        (HEAD + "@hookimpl\ndef reportlint_outputs():\n    return {'json': print}", "json"),
        (HEAD + "@hookimpl\ndef reportlint_outputs():\n    return ['json']", "reportlint_outputs"),
        (HEAD + "@hookimpl\ndef reportlint_readers():\n    return {'ofd': 1}", "reportlint_readers"),
    ],
)
def test_one_that_fails_is_a_fault_and_the_others_load(
    site: Path, source: str, said: str, request: pytest.FixtureRequest
) -> None:
    number = abs(hash(request.node.name)) % 10**9
    bad, good = f"bad_{number}", f"good_{number}"
    install(site, bad, {f"{bad}.py": source})
    install(site, good, {f"{good}.py": HEAD + "@hookimpl\ndef reportlint_outputs():\n    return {'good': print}\n"})

    loaded = load([str(site)])

    (fault,) = loaded.faults
    assert (fault.code, fault.path) == ("RL021", None)
    assert bad in fault.message["zh"]
    assert said in fault.message["zh"] + fault.detail
    assert list(loaded.outputs) == ["good"]


# --- as a user meets them ---------------------------------------------------------------------------------------


def test_an_output_of_a_plugin(tmp_path: Path) -> None:
    source = HEAD + "@hookimpl\ndef reportlint_outputs():\n    return {'codes': render}\n\n"
    source += "def render(result, view):\n    yield from (f'{finding.rule}\\n' for finding in result.findings)\n"
    site = install(tmp_path / "site", "codes", {"codes.py": source})
    (tmp_path / "a.txt").write_bytes(SPOILT)

    done = reportlint(tmp_path, "a.txt", "--format", "codes", PYTHONPATH=str(site))

    assert done.code == 1
    assert "F001" in done.text.split()


def test_a_pack_of_a_plugin_and_a_pack_that_is_required(tmp_path: Path) -> None:
    source = HEAD + "@hookimpl\ndef reportlint_packs():\n    return [Path(__file__).with_suffix('.toml')]\n"
    pack = 'pack = "gd"\n\n[rules.GD001]\nforbid = ["动态调整目录"]\n'
    site = install(tmp_path / "site", "gd_pack", {"gd_pack.py": source, "gd_pack.toml": pack})
    (tmp_path / "a.txt").write_bytes(CLEAN)
    (tmp_path / "reportlint.toml").write_text('required-packs = ["gd"]\n', encoding="utf-8")

    missing = reportlint(tmp_path, "a.txt")
    there = reportlint(tmp_path, "a.txt", PYTHONPATH=str(site))

    assert missing.code == 2
    assert "additional_dependencies" in missing.text
    assert there.code == 0, there.text + there.said


def test_the_start_stays_lean(tmp_path: Path) -> None:
    """What costs time at the start and is not needed for a text report without configuration is not imported."""
    (tmp_path / "a.txt").write_bytes(CLEAN)
    code = "import sys; from reportlint.cli import main; main(['a.txt']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True)
    loaded = set(done.stdout.decode().splitlines()[-1].split())

    heavy = {
        "jsonschema",
        "importlib.metadata",
        "argparse",
        "zipfile",
        "logging",
        "email",
        "concurrent.futures",
        "asyncio",
    }
    assert not heavy & loaded
    assert not {"json", "reportlint.outputs.json", "reportlint.cli.explain"} & loaded
