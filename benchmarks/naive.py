"""The script that a clever clerk would write: what checking a report costs when nothing is read with care.

It looks for the six headings, a fee statement and a plan by regular expressions, and adds up every line of seven
numbers. It is what reportlint is measured against, not an example: it takes rows of a table for headings and misses
every figure that is not laid out as it expects.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

OTHER = "其他需要报告的事项"
TITLES = frozenset(
    (
        "主动公开政府信息情况",
        "存在的主要问题及改进情况",
        "总体情况",
        "政府信息公开行政复议、行政诉讼情况",
        "收到和处理政府信息公开申请情况",
        OTHER,
    )
)
HEADING = re.compile(r"^[一二三四五六]、\s*(\S+)", re.MULTILINE)
NUMBERS = re.compile(r"(?:\|?\s*\b(\d+)\b\s*\|?\s*){7}")
YEAR = re.compile(r"(20\d\d)\s*年")
FEE = re.compile(r"信息处理费")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def problems(text: str) -> Iterator[str]:
    """What seems to be wrong with a report."""
    found = [match[1] for match in HEADING.finditer(text)]
    for title in TITLES:
        if title not in found:
            yield f"heading missing: {title}"
    for number, line in enumerate(text.splitlines(), 1):
        match = NUMBERS.search(line)
        if match:
            *parts, total = (int(word) for word in re.findall(r"\d+", match[0])[-7:])
            if sum(parts) != total:
                yield f"{number}: {sum(parts)} is not {total}"
        if MOBILE.search(line):
            yield f"{number}: mobile number"
    years = [int(year) for year in YEAR.findall(text)]
    year = max(set(years), key=years.count) if years else None
    last = text[text.rfind(OTHER) :]
    if year is not None and year >= 2021 and not FEE.search(last):
        yield "no fee statement"
    if year is not None and str(year + 1) not in text and "下一步" not in text:
        yield "no plan"


def main() -> int:
    """Check the files named."""
    failed = 0
    for path in sys.argv[1:]:
        for problem in problems(Path(path).read_text(encoding="utf-8")):
            print(f"{path}: {problem}")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
