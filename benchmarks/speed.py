"""How fast reportlint is, as ratios: `python benchmarks/speed.py [REPORT…]`.

Two measures, each against the floor and against a naive checker in the same run, the three taken in turns so that a
busy machine is busy for all of them:

- one report as a whole process (wall clock, median): the floor is a process that reads, decodes and passes one regular
  expression over the text;
- many reports in one process (processor time a report, least of the rounds): the floor is the same work without the
  process.

`naive.py` is the naive checker. Absolute times depend on the machine; the ratios are what is compared over time.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from naive import problems
from reportlint import Linter

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples" / "reports"
PATTERN = re.compile(r"^[一二三四五六]、\s*(\S+)", re.MULTILINE)
FLOOR = (
    "import re, sys; text = open(sys.argv[1], 'rb').read().decode(); "
    "len(re.compile(r'(?m)^[一二三四五六]、\\s*(\\S+)').findall(text))"
)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast reportlint is, as ratios.")
    parser.add_argument("reports", nargs="*", type=Path, help="text reports (default: the examples)")
    parser.add_argument("--runs", type=int, default=15, help="processes per measure")
    parser.add_argument("--number", type=int, default=200, help="reports per round in one process")
    options = parser.parse_args()
    reports: list[Path] = options.reports or sorted(EXAMPLES.rglob("*.txt"))
    print(f"Python {sys.version.split()[0]}, {len(reports)} reports\n")
    _table("one report, whole process (ms)", _processes(reports[0], options.runs))
    _table("many reports, a report (ms)", _in_one_process(reports, options.number))
    return 0


def _processes(report: Path, runs: int) -> dict[str, float]:
    """Median wall-clock milliseconds of a process for each way."""
    python = sys.executable
    ways = {
        "floor": [python, "-c", FLOOR, str(report)],
        "naive": [python, str(HERE / "naive.py"), str(report)],
        "reportlint": [python, "-m", "reportlint", str(report)],
    }
    # Compiled modules are kept, as they are for any user: the first round writes them and does not count.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs + 1):
        for name, command in ways.items():
            start = time.perf_counter()
            subprocess.run(command, capture_output=True, check=False, env=environment)
            taken[name].append(1000 * (time.perf_counter() - start))
    return {name: median(times[1:]) for name, times in taken.items()}


def _in_one_process(reports: list[Path], number: int) -> dict[str, float]:
    """Least milliseconds of processor time a report for each way."""
    linter = Linter()
    ways: dict[str, Callable[[Path], object]] = {
        "floor": lambda path: len(PATTERN.findall(path.read_bytes().decode())),
        "naive": lambda path: list(problems(path.read_bytes().decode())),
        "reportlint": lambda path: linter.check_bytes(path.name, path.read_bytes()),
    }
    batch = [reports[at % len(reports)] for at in range(number)]
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(4):
        for name, way in ways.items():
            start = time.process_time()
            for path in batch:
                way(path)
            best[name] = min(best[name], 1000 * (time.process_time() - start) / number)
    return best


def _table(title: str, taken: dict[str, float]) -> None:
    print(title)
    for name, time_taken in taken.items():
        ratios = f"{time_taken / taken['floor']:8.1f} x floor {time_taken / taken['naive']:8.1f} x naive"
        print(f"  {name:<12} {time_taken:8.3f} {ratios}")
    print()


if __name__ == "__main__":
    sys.exit(main())
