"""The hook as its users meet it: a git repository with reports, pre-commit installed, and commits that are refused."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples" / "reports"
CLEAN = (EXAMPLES / "青川港市数据局" / "2024.txt").read_text(encoding="utf-8")
REPORT = "reports/青川港市数据局/2024.txt"
FINDING = re.compile(r"^reports/\S+?:\d+:\d+: [A-Z]{1,4}\d{3} .+$", re.MULTILINE)

FEE = "2024年，本局没有向申请人收取信息处理费，没有发出收费通知。\n"
PLAN = re.compile(r"(?<=没有写明查找过程。\n)2\..+?(?=\n六、)", re.DOTALL)
DEFECTS = {
    "fee statement missing": ("F001", CLEAN.replace(FEE, "")),
    "table header wrong": ("T004", CLEAN.replace("\t商业企业\t", "\t事业企业\t")),
    "no plan": ("P003", PLAN.sub("2.目录条目的名称过于专业，本局已在年内改进了其中30条。\n", CLEAN)),
}

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Repository:
    """A git repository of reports that uses the hook, and the environment in which its commands run."""

    folder: Path
    environment: dict[str, str]

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the repository."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )

    def must(self, *command: str) -> str:
        """Run a command that has to succeed; its output."""
        done = self.run(*command)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def write(self, name: str, text: str) -> None:
        """Put a file into the repository."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def commit(self) -> subprocess.CompletedProcess[str]:
        """Commit whatever has changed."""
        self.must("git", "add", "--all")
        return self.run("git", "commit", "--message", "年度报告")

    def lint(self, *files: str) -> tuple[int, set[str]]:
        """Run the hook on some files without a commit: the exit code and the findings."""
        done = self.run(sys.executable, "-m", "pre_commit", "run", "--verbose", "--files", *files)
        return done.returncode, set(FINDING.findall(done.stdout))


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment without the user's git configuration, pre-commit's cache or the checkout's import path."""
    home = tmp_path_factory.mktemp("pre-commit")
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("GIT_", "PRE_COMMIT", "PYTHON")) and key != "SKIP"
    }
    identity = {f"GIT_{who}_{what}": "reportlint" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return {
        **kept,
        **identity,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(home),
        "PRE_COMMIT_COLOR": "never",
    }


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> tuple[Path, str]:
    """The working tree as it is now, as a git repository of one commit, and that commit."""
    folder = tmp_path_factory.mktemp("project")
    taken = Repository(ROOT, environment | {"GIT_DIR": str(folder / ".git"), "GIT_WORK_TREE": str(ROOT)})
    taken.must("git", "init", "--quiet")
    taken.must("git", "add", "--all")
    taken.must("git", "commit", "--quiet", "--message", "Snapshot")
    return folder, taken.must("git", "rev-parse", "HEAD").strip()


@pytest.fixture
def repository(tmp_path: Path, project: tuple[Path, str], environment: dict[str, str]) -> Repository:
    """A repository of reports, with the hook installed and its configuration committed."""
    source, revision = project
    new = Repository(tmp_path, environment)
    new.must("git", "init", "--quiet")
    new.write(".pre-commit-config.yaml", _configuration(source, revision))
    new.must(sys.executable, "-m", "pre_commit", "install", "--install-hooks")
    assert new.commit().returncode == 0
    return new


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_commit_with_a_defect_is_refused_until_it_is_mended(repository: Repository, defect: str) -> None:
    code, text = DEFECTS[defect]
    assert text != CLEAN
    before = repository.must("git", "rev-parse", "HEAD")

    repository.write(REPORT, text)
    refused = repository.commit()

    assert refused.returncode == 1, refused.stdout
    assert {line.split()[1] for line in FINDING.findall(refused.stdout)} == {code}, refused.stdout
    assert repository.must("git", "rev-parse", "HEAD") == before

    repository.write(REPORT, CLEAN)
    accepted = repository.commit()

    assert accepted.returncode == 0, accepted.stdout
    assert repository.must("git", "rev-parse", "HEAD") != before


def test_what_is_not_a_report_is_left_alone(repository: Repository) -> None:
    repository.write("requirements.txt", "pluggy\n")
    repository.write("reports/说明.md", "这里放年度报告。\n")

    accepted = repository.commit()

    assert accepted.returncode == 0, accepted.stdout


def test_an_unreadable_report_is_refused(repository: Repository) -> None:
    path = repository.folder / REPORT
    path.parent.mkdir(parents=True)
    path.write_bytes(CLEAN.encode() + b"\xff\xff\n")

    refused = repository.commit()

    assert refused.returncode == 1, refused.stdout
    assert "RL001" in refused.stdout


def test_the_split_into_processes_changes_nothing(repository: Repository, project: tuple[Path, str]) -> None:
    shutil.copytree(EXAMPLES, repository.folder / "reports")
    for number, (_, text) in enumerate(DEFECTS.values(), 1):
        repository.write(f"reports/青川港市数据局{number}/2024.txt", text)
    repository.must("git", "add", "--all")
    files = sorted(
        path.relative_to(repository.folder).as_posix() for path in repository.folder.rglob("reports/**/*.txt")
    )
    assert len(files) == 9

    together = repository.lint(*files)
    each = [repository.lint(file) for file in files]
    repository.write(".pre-commit-config.yaml", _configuration(*project, "require_serial: false"))
    repository.must("git", "add", "--all")
    split = repository.lint(*files)

    assert together[0] == 1
    assert len(together[1]) >= 9
    assert split == together
    assert (max(code for code, _ in each), set().union(*(found for _, found in each))) == together
    assert [code for code, found in each] == [int(bool(found)) for _, found in each]


def test_the_hook_for_the_whole_repository_refuses_years_that_do_not_fit_and_agencies_that_are_missing(
    repository: Repository, project: tuple[Path, str]
) -> None:
    agency = "reports/青川港市数据局"
    shutil.copytree(EXAMPLES / "青川港市数据局", repository.folder / agency)
    repository.write(".pre-commit-config.yaml", _configuration(*project).rstrip() + PROJECT)
    repository.write("reportlint.toml", SETTINGS)
    repository.write("roster.csv", "机关,类别,年报\n青川港市数据局,部门,reports/青川港市数据局/{year}.txt\n")
    accepted = repository.commit()
    assert accepted.returncode == 0, accepted.stdout

    # A request carried over moves to another column: each report adds up, the two do not fit.
    moved = CLEAN.replace("数量\t\t\t3\t3\t", "数量\t\t\t4\t2\t").replace("数量\t\t\t1\t0\t", "数量\t\t\t0\t1\t")
    assert moved != CLEAN
    repository.write(f"{agency}/2024.txt", moved)
    refused = repository.commit()

    assert refused.returncode == 1, refused.stdout
    assert {line.split()[1] for line in FINDING.findall(refused.stdout)} == {"Y001"}, refused.stdout
    assert "reportlint-project" in refused.stdout

    repository.write(f"{agency}/2024.txt", CLEAN)
    repository.write("roster.csv", (repository.folder / "roster.csv").read_text(encoding="utf-8") + MISSING)
    refused = repository.commit()

    assert refused.returncode == 1, refused.stdout
    assert "G002" in refused.stdout
    assert "青川港市水务局" in refused.stdout

    shutil.copytree(EXAMPLES / "青川港市水务局", repository.folder / "reports" / "青川港市水务局")
    accepted = repository.commit()

    assert "G002" not in accepted.stdout


PROJECT = """
      - id: reportlint-project
        args: [--format, concise]
"""
SETTINGS = """paths = ["reports"]
roster = "roster.csv"

[series]
reports = "reports/{agency}/{year}.*"
"""
MISSING = "青川港市水务局,部门,reports/青川港市水务局/{year}.txt\n"


# --- packs of others ------------------------------------------------------------------------------------------------

PACKAGE = ROOT / "examples" / "third-party-pack"
REQUIRED = 'required-packs = [{ pack = "openness", package = "reportlint-openness>=1.0" }]\n'
WORDY = CLEAN.replace("修改科室考核细则", "进一步加强管理，修改科室考核细则")


@pytest.fixture(scope="session")
def third_party(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of the third-party pack, built from the example."""
    folder = tmp_path_factory.mktemp("third-party")
    source = shutil.copytree(PACKAGE, folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_a_pack_of_others_runs_in_the_hook(
    repository: Repository, project: tuple[Path, str], third_party: Path
) -> None:
    dependency = f'additional_dependencies: ["reportlint-openness @ {third_party.as_uri()}"]'
    repository.write(".pre-commit-config.yaml", _configuration(*project, dependency))
    repository.write("reportlint.toml", REQUIRED + '[severity]\nOP001 = "error"\n')
    assert repository.commit().returncode == 0

    assert WORDY != CLEAN
    repository.write(REPORT, WORDY)
    refused = repository.commit()

    assert refused.returncode == 1, refused.stdout
    assert {line.split()[1] for line in FINDING.findall(refused.stdout)} == {"OP001"}, refused.stdout

    repository.write(REPORT, CLEAN)
    accepted = repository.commit()
    assert accepted.returncode == 0, accepted.stdout


def test_without_a_pack_that_is_required_nothing_passes(repository: Repository) -> None:
    repository.write("reportlint.toml", REQUIRED)
    repository.write(REPORT, CLEAN)

    refused = repository.commit()

    assert refused.returncode == 1, refused.stdout
    assert 'additional_dependencies: ["reportlint-openness>=1.0"]' in refused.stdout
    assert 'pip install "reportlint-openness>=1.0"' in refused.stdout


def test_the_example_of_a_province(repository: Repository, project: tuple[Path, str]) -> None:
    shutil.copytree(ROOT / "examples" / "province", repository.folder, dirs_exist_ok=True)
    repository.write(".pre-commit-config.yaml", _configuration(*project))

    refused = repository.commit()

    assert refused.returncode == 1, refused.stdout
    found = {line.split()[1] for line in FINDING.findall(refused.stdout)}
    assert found == {"QC001", "QC002", "QC003"}, refused.stdout


def _configuration(source: Path, revision: str, *options: str) -> str:
    """A configuration with the hook of the project at that revision."""
    return "\n        ".join(
        [
            f"repos:\n  - repo: {source}\n    rev: {revision}\n    hooks:\n      - id: reportlint",
            "files: '^reports/'",
            "args: [--format, concise]",
            *options,
            "",
        ]
    )
