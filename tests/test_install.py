"""The wheel alone, in a bare environment outside the checkout, is the whole tool."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("lint/reportlint", "rules/reportlint_rules", "schemas/reportlint_schemas")
WATER_2023 = "青川港市水务局/2023.txt"
DATA_2023 = "青川港市数据局/2023.txt"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, which is built from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    _run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)], folder)
    (built,) = folder.glob("*.whl")
    return built


def test_a_pack_that_its_schema_does_not_accept_makes_no_wheel(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    for folder in ("lint", "rules", "schemas"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    form = tmp_path / "rules" / "reportlint_rules" / "national" / "forms" / "2021.toml"
    form.write_text(form.read_text(encoding="utf-8").replace("first_year", "frist_year", 1), encoding="utf-8")

    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist")]
    ran = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, encoding="utf-8", cwd=tmp_path)

    assert ran.returncode != 0
    assert "2021.toml" in ran.stdout + ran.stderr
    assert "first_year" in ran.stdout + ran.stderr
    assert not list(tmp_path.glob("dist/*.whl"))


@pytest.fixture(scope="module")
def bin_folder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment that has the wheel and what it depends on, and nothing else."""
    home = tmp_path_factory.mktemp("bare")
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    _run([str(scripts / "python"), "-m", "pip", "install", "--quiet", str(wheel)], home)
    return scripts


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """The example reports, outside the checkout and without a configuration."""
    return Path(shutil.copytree(ROOT / "examples" / "reports", tmp_path / "reports"))


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert packed == {name for package in PACKAGES for name in _files(ROOT / package)}
    assert "reportlint_rules/national/pack.toml" in packed
    assert "reportlint_rules/national/forms/2019.toml" in packed
    assert "reportlint_rules/national/forms/2021.toml" in packed
    assert "reportlint_schemas/form.schema.json" in packed
    assert "reportlint_schemas/findings.schema.json" in packed


def test_a_defect_is_found(bin_folder: Path, reports: Path) -> None:
    done = _reportlint(bin_folder, reports, WATER_2023, "--format", "json")

    assert done.returncode == 1, done.stderr
    assert done.stderr == ""
    result = json.loads(done.stdout)
    assert ("F001", WATER_2023, "error") in {(f["rule"], f["path"], f["severity"]) for f in result["findings"]}
    assert result["faults"] == []


def test_a_clean_report_passes(bin_folder: Path, reports: Path) -> None:
    done = _reportlint(bin_folder, reports, DATA_2023)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert len(done.stdout.splitlines()) == 1


def test_a_folder_is_searched(bin_folder: Path, reports: Path) -> None:
    done = _reportlint(bin_folder, reports, ".", "--format", "json")

    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["summary"]["files"] == len(list(reports.rglob("*.txt")))


def test_a_missing_path_is_no_success(bin_folder: Path, reports: Path) -> None:
    done = _reportlint(bin_folder, reports, DATA_2023, "没有这个文件.txt")

    assert done.returncode == 2
    assert "没有这个文件.txt" in done.stdout + done.stderr


def test_a_pack_of_others_is_found_runs_and_is_missed(bin_folder: Path, reports: Path, tmp_path: Path) -> None:
    package = ROOT / "examples" / "third-party-pack"
    source = shutil.copytree(package, tmp_path / "source", ignore=shutil.ignore_patterns("__pycache__"))
    python = str(bin_folder / "python")
    _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(source)], tmp_path)
    (built,) = tmp_path.glob("*.whl")
    (reports / "reportlint.toml").write_text(
        'required-packs = [{ pack = "openness", package = "reportlint-openness>=1.0" }]\n', encoding="utf-8"
    )
    report = reports / DATA_2023
    report.write_text(report.read_text(encoding="utf-8") + "今后进一步加强公开。\n", encoding="utf-8")

    missed = _reportlint(bin_folder, reports, DATA_2023)
    assert missed.returncode == 2
    assert 'pip install "reportlint-openness>=1.0"' in missed.stdout

    _run([python, "-m", "pip", "install", "--quiet", "--no-index", str(built)], tmp_path)
    try:
        listed = _reportlint(bin_folder, reports, "pack", "list")
        done = _reportlint(bin_folder, reports, DATA_2023, "--format", "json")
        tried = _reportlint(bin_folder, reports, "pack", "test", "openness")
    finally:
        _run([python, "-m", "pip", "uninstall", "--quiet", "--yes", "reportlint-openness"], tmp_path)
    again = _reportlint(bin_folder, reports, DATA_2023)

    assert "reportlint-openness" in listed.stdout.replace("_", "-")
    assert (done.returncode, done.stderr) == (0, "")
    assert "OP001" in {found["rule"] for found in json.loads(done.stdout)["findings"]}
    assert tried.returncode == 0, tried.stdout
    assert again.returncode == 2


def test_a_new_pack_and_the_rules_of_the_docs_on_a_fresh_install(bin_folder: Path, reports: Path) -> None:
    (reports / "gd.toml").write_text('pack = "gd"\n\n[rules.GD001]\nforbid = ["数据目录", "××"]\n', encoding="utf-8")
    (reports / "gd.py").write_text(
        'from reportlint import rule\n\n@rule("GD101", message="没有写明政务公开专区")\ndef area(report):\n'
        '    section = report.section("disclosure")\n    if "政务公开专区" not in section.text:\n'
        "        yield section.heading\n",
        encoding="utf-8",
    )

    done = _reportlint(bin_folder, reports, DATA_2023, "--pack", "gd.toml", "--rules", "gd.py", "--format", "json")
    made = _reportlint(bin_folder, reports, "pack", "new", "hubei", "--python")
    tried = _reportlint(bin_folder, reports, "pack", "test", "reportlint-hubei/reportlint_hubei")
    national = _reportlint(bin_folder, reports, "pack", "test", "national")

    assert {"GD001", "GD101"} <= {found["rule"] for found in json.loads(done.stdout)["findings"]}, done.stdout
    assert (made.returncode, tried.returncode, national.returncode) == (0, 0, 0), tried.stdout + national.stdout


def _reportlint(scripts: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _run([str(scripts / "reportlint"), *arguments], folder, check=False)


def _run(command: list[str], folder: Path, *, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command there, with nothing of the checkout on the import path."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    if check and done.returncode:
        pytest.fail(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}", pytrace=False)
    return done


def _files(package: Path) -> list[str]:
    """The files of a package as they should be named in the wheel."""
    return [
        path.relative_to(package.parent).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
