"""reportlint as a process, and plugins as installed packages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "reports"
CLEAN = (EXAMPLES / "青川港市数据局" / "2023.txt").read_bytes()
SPOILT = (EXAMPLES / "青川港市水务局" / "2023.txt").read_bytes()


@dataclass(frozen=True, slots=True)
class Done:
    """What a process left behind."""

    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def said(self) -> str:
        return self.err.decode()

    @property
    def json(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.out)
        return data

    @property
    def faults(self) -> list[str]:
        return [fault["code"] for fault in self.json["faults"]]


def reportlint(folder: Path, *arguments: str, stdin: bytes = b"", **environment: str) -> Done:
    """Run reportlint in a folder, in an environment that says nothing but UTF-8."""
    return run(folder, sys.executable, "-m", "reportlint", *arguments, stdin=stdin, **environment)


def run(folder: Path, *command: str, stdin: bytes = b"", **environment: str) -> Done:
    """Run a command in a folder, in that environment."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "NO_COLOR"))}
    done = subprocess.run(
        command,
        cwd=folder,
        env=kept | {"PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT / "lint")} | environment,
        input=stdin,
        capture_output=True,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def install(folder: Path, name: str, modules: dict[str, str], entries: str | None = None) -> Path:
    """A package as pip would leave it in a folder of the import path; `modules` are its files."""
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    text = entries if entries is not None else f"[reportlint]\n{name} = {name}\n"
    (info / "entry_points.txt").write_text(text, encoding="utf-8")
    for path, source in modules.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source, encoding="utf-8")
    return folder
