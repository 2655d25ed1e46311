"""What reading a report takes by kind of file: `python benchmarks/kinds.py [REPORT…]`.

All reports are checked in one process with all rules, in turns, each a few times in a row as in a folder of its kind.
For each the median milliseconds of processor time: to check it from its bytes to its findings, and of that to read the
file, to understand it and to run the rules, with the reader's share; and to check it as the first of its layout, since
what the cells of a layout are is worked out once in a process. Without files it measures the real reports kept
beside the repository (REPORTLINT_SHARED), each against its target, and the reports that the tests make. Times depend on
the machine; the share of the reader hardly does.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from reportlint import Linter
from reportlint.readers import read
from reportlint.understand.grids import readings
from support.clean import clean
from support.files import docx, html, md, pdf, xlsx
from support.writing import write

SHARED = Path(os.environ.get("REPORTLINT_SHARED") or Path(__file__).parents[2] / "shared") / "reports"
TARGETS = {
    "2019_上海市人民政府办公厅.html": 6.0,
    "2023_宿迁市_官方格式.docx": 25.0,
    "2024_宿迁市_官方格式.docx": 25.0,
    "2023_淮安市洪泽区人民政府_hzq2023.pdf": 120.0,
    "2024_淮安市洪泽区人民政府_hzq2024.pdf": 120.0,
}
"""Milliseconds that a report may take."""


IN_A_ROW = 5


class Times(NamedTuple):
    """Milliseconds that a report took, that it took as the first of its layout, and that its steps did."""

    whole: float
    first: float
    read: float
    understood: float
    checked: float


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; the exit code is 1 where a target is missed."""
    parser = argparse.ArgumentParser(description="What reading a report takes by kind of file.")
    parser.add_argument("reports", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args(arguments)
    reports = dict(_reports(options.reports))
    linter = Linter()
    taken: dict[str, list[Times]] = {name: [] for name in reports}
    turns = max(1, options.rounds // IN_A_ROW)
    for _ in range(turns + 1):
        for name, data in reports.items():
            taken[name] += [_times(linter, name, data) for _ in range(IN_A_ROW)]
    print(f"Python {sys.version.split()[0]}, {len(linter.rules)} rules, medians of {turns * IN_A_ROW} rounds\n")
    print(f"{'ms a report':>12}{'target':>8}{'first':>8}{'read':>8}{'underst.':>10}{'rules':>8}{'reader':>8}{'KiB':>7}")
    missed = 0
    for name, times in taken.items():
        # The first turn imports and compiles.
        whole, *columns = (median(step) for step in zip(*times[IN_A_ROW:], strict=True))
        target = TARGETS.get(name)
        missed += target is not None and whole > target
        print(
            f"{whole:12.2f}{'' if target is None else f'{target:.0f}':>8}{columns[0]:8.2f}{columns[1]:8.2f}"
            f"{columns[2]:10.2f}{columns[3]:8.2f}{columns[1] / whole:8.0%}{len(reports[name]) / 1024:7.0f}  {name}"
        )
    return int(missed > 0)


def _reports(named: list[Path]) -> Iterator[tuple[str, bytes]]:
    """The reports to measure by name."""
    paths = named or [SHARED / name for name in TARGETS if (SHARED / name).is_file()]
    for path in paths:
        yield path.name, path.read_bytes()
    if not named:
        draft = clean(2023, figures="large")
        yield "made.txt", write(draft, "tab-rows").text.encode()
        for name, maker in (("md", md), ("html", html), ("docx", docx), ("xlsx", xlsx), ("pdf", pdf)):
            yield f"made.{name}", maker.write(draft)


def _times(linter: Linter, name: str, data: bytes) -> Times:
    whole = _checked(linter, name, data)
    readings.cache_clear()
    first = _checked(linter, name, data)
    # By itself once more, step by step; as in the whole without looks for cycles in between.
    gc.disable()
    start = time.process_time()
    document = read(name, data)
    read_at = time.process_time()
    report = linter.understood(document)
    understood_at = time.process_time()
    linter.check_report(report)
    end = time.process_time()
    gc.enable()
    steps = (whole, first, read_at - start, understood_at - read_at, end - understood_at)
    return Times(*(1000 * step for step in steps))


def _checked(linter: Linter, name: str, data: bytes) -> float:
    start = time.process_time()
    linter.check_bytes(name, data)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
