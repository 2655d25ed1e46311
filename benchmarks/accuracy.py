"""How right reportlint is, as a page: `python benchmarks/accuracy.py [--shared FOLDER] [--write docs/accuracy.md]`.

Measured are the project's own corpus (planted defects, wordings, examples, clean reports) and, where they lie beside
the checkout, real reports with what an expert reviewer says of them (`expected.toml`).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from textwrap import wrap

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from diagnosis import tallies
from judged import Verdict, verdicts
from planted import Measure, cells_real, cells_written, measured
from reportlint.version import __version__

BESIDE = Path(os.environ.get("REPORTLINT_SHARED") or Path(__file__).parents[2] / "shared")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print or write the page."""
    parser = argparse.ArgumentParser(description="How right reportlint is, as a page.")
    parser.add_argument("--shared", type=Path, default=BESIDE, help="the folder of the real reports")
    parser.add_argument("--write", type=Path, help="write the page there instead of printing it")
    options = parser.parse_args(arguments)
    measure = measured()
    real = list(verdicts(options.shared))
    for verdict in real:
        _join(measure, verdict)
    page = "\n".join(_page(measure, real, options.shared)) + "\n"
    if options.write is None:
        sys.stdout.write(page)
    else:
        options.write.write_text(page, encoding="utf-8", newline="\n")
    return 0


def _join(measure: Measure, verdict: Verdict) -> None:
    """Count the findings of a real report for their rules; what nobody judged counts as wrong."""
    for mark in verdict.found:
        measure.plant(mark.rule, verdict.path, found=True)
    for mark in verdict.missed:
        measure.plant(mark.rule, f"{verdict.path}:{mark.first}", found=False)
    for finding in verdict.right:
        measure.judge(finding, right=True, name=verdict.path)
    for finding in (*verdict.wrong, *verdict.unjudged):
        measure.judge(finding, right=False, name=f"{verdict.path}:{finding.line}")


def _page(measure: Measure, real: Sequence[Verdict], shared: Path) -> Iterator[str]:
    yield "# Accuracy"
    yield ""
    yield from _filled(
        f"Measured on {date.today().isoformat()} with version {__version__} by `python benchmarks/accuracy.py`; do "
        "not edit. Recall: of what is wrong, how much is found, at its place. Precision: of what is said, how much is "
        "right."
    )
    yield from _filled(
        "The corpus and the rules come from the same hands: what is measured on the corpus shows that nothing was "
        "lost, not how the rules do on reports that nobody here has seen. The real reports are few."
    )
    yield from _summary(measure, real)
    yield from _real(real)
    yield from _cells(measure, shared)
    yield from _diagnosis()
    yield from _rules(measure)


def _summary(measure: Measure, real: Sequence[Verdict]) -> Iterator[str]:
    planted = sum(row.planted for row in measure.rows.values())
    found = sum(row.found for row in measure.rows.values())
    right = sum(row.right for row in measure.rows.values())
    wrong = sum(row.wrong for row in measure.rows.values())
    counts = measure.counts
    yield "## In all"
    yield ""
    listed = sum(len(verdict.found) + len(verdict.missed) for verdict in real)
    yield from _filled(
        f"Found: {found} of {planted} ({_share(found, planted)}): {counts['defects']} reports with a planted "
        f"defect, {counts['wrong wordings']} wrong wordings, {counts['wrong examples']} wrong examples of rules, and "
        f"{listed} findings that a reviewer lists in {len(real)} real reports."
    )
    yield f"Right: {right} of {right + wrong} findings ({_share(right, right + wrong)})."
    yield ""
    yield from _filled(
        f"Wrong errors and warnings: {len(measure.false)}, over {counts['clean reports']} clean reports, "
        f"{counts['right wordings']} right wordings, {counts['right examples']} right examples, the planted defects "
        "and the real reports."
    )
    yield from _told("Not found", measure.missed)
    yield from _told("Errors and warnings that are wrong", measure.false)


def _told(title: str, items: Iterable[str]) -> Iterator[str]:
    listed = sorted(set(items))
    if listed:
        yield f"{title}:"
        yield ""
        yield from (f"- {item}" for item in listed)
        yield ""


def _real(real: Sequence[Verdict]) -> Iterator[str]:
    yield "## Real reports"
    yield ""
    if not real:
        yield "None lay beside the checkout."
        yield ""
        return
    yield from _filled(
        "Listed: what a reviewer says must be found. Every other finding was judged by reading the report after it was "
        "made, which measures precision but not recall. Traps: what the reviewer says must not be found."
    )
    yield "| report | listed | found | findings | right | wrong | not judged | traps sprung |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for v in real:
        said = len(v.right) + len(v.wrong) + len(v.unjudged)
        yield (
            f"| {v.path} | {len(v.found) + len(v.missed)} | {len(v.found)} | {said} | {len(v.right)} | {len(v.wrong)} "
            f"| {len(v.unjudged)} | {len(v.loud)} |"
        )
    yield ""


def _cells(measure: Measure, shared: Path) -> Iterator[str]:
    yield "## Cells read"
    yield ""
    yield "Cells of tables that are read with the text that is printed in them."
    yield ""
    yield "| reports | right | of |"
    yield "|---|---:|---:|"
    for name, right, total in (*cells_written(measure.linter), *cells_real(measure.linter, shared)):
        yield f"| {name} | {right} | {total} |"
    yield ""


def _diagnosis(number: int = 200, seed: int = 1) -> Iterator[str]:
    yield "## Joint diagnosis"
    yield ""
    yield from _filled(
        f"Random misprints in 表三 of {number} tables each (`benchmarks/diagnosis.py`). Named: exactly the misprinted "
        "cells, with the figures that they should have, are the diagnosis or one of at most five that are listed as "
        "equally small. Alone: the only one. Unseen: misprints that break no sum, left out."
    )
    yield "| misprints | form | figures | named | alone | unseen |"
    yield "|---:|---|---|---:|---:|---:|"
    for many, form, size, found in tallies(number, seed):
        named = found.share("sole", "first", "listed")
        yield f"| {many} | {form} | {size} | {named:.1%} | {found.share('sole'):.1%} | {found.unseen} |"
    yield ""


def _rules(measure: Measure) -> Iterator[str]:
    yield "## By rule"
    yield ""
    yield "| rule | to be found | found | recall | findings | right | precision |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for code, row in sorted(measure.rows.items()):
        said = row.right + row.wrong
        yield (
            f"| {code} | {row.planted} | {row.found} | {_share(row.found, row.planted)} | {said} | {row.right} "
            f"| {_share(row.right, said)} |"
        )
    yield ""
    over = [rule.code for rule in measure.linter.all_rules if rule.on != "report"]
    without = [r.code for r in measure.linter.all_rules if r.on == "report" and r.code not in measure.rows]
    yield from wrap(
        f"Not measured here: {', '.join(without)}, and the rules over several reports: {', '.join(over)}.", 118
    )


def _filled(text: str) -> Iterator[str]:
    """A paragraph in lines, and an empty line."""
    yield from wrap(text, 118, break_long_words=False, break_on_hyphens=False)
    yield ""


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


if __name__ == "__main__":
    sys.exit(main())
