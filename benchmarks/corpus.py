"""Years and agencies at scale: 3,000 generated reports of 1,000 agencies over three years, all checked in one run.

    python benchmarks/corpus.py [AGENCIES]

Prints the time, the greatest memory, and how many of the planted copies and carry-over breaks were found. All reports
share a template that makes up most of their sentences; copies have names, figures and one in eight sentences changed.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from reportlint.config import Settings
from reportlint.engine import Linter
from support.county import county


def main() -> None:
    """Make the county, check it, and compare what was found with what was planted."""
    agencies = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    made = county(agencies, range(2021, 2024))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "roster.toml").write_text(made.roster, encoding="utf-8")
        start = time.perf_counter()
        linter = Linter(Settings(roster="roster.toml", root=folder))
        across = linter.across()
        files = [linter.check_bytes(path, data, across) for path, data in made.files.items()]
        single = time.perf_counter() - start
        result = linter.result(across.results(files))
        whole = time.perf_counter() - start
    found = {tuple(sorted((f.path, f.related[0].path))) for f in result.findings if f.rule == "G003"}
    breaks = {f.path for f in result.findings if f.rule == "Y001" and f.severity == "error"}
    hit = len(found & made.copies)
    print(f"{len(made.files)} reports: {whole:.1f} s, of which single reports {single:.1f} s")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    print(f"copies: recall {hit / max(1, len(made.copies)):.3f}, precision {hit / max(1, len(found)):.3f}")
    print(f"carry-over breaks: {len(breaks & made.breaks)} of {len(made.breaks)}, {len(breaks - made.breaks)} false")


if __name__ == "__main__":
    main()
