"""Near-duplicate reports among thousands, without comparing all pairs.

Each report is the set of its sentences, figures and names masked. Sentences that many share are a common template and
count for nothing. The rest is looked up in an index by its rarest sentences, and only reports that meet there are
compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportlint.report import Report
from reportlint.text import lazily


class Copy(NamedTuple):
    """A report, another one like it, how many sentences of its own it has, and how many of them are the same."""

    report: Report
    other: Report
    own: int
    same: int


_FIGURES = lazily(r"[\d,.%〇零一二三四五六七八九十百千万亿]+")
_SELF = lazily(r"(?:我|本)(?:局|委|厅|办|镇|乡|县|区|市|中心|街道|机关|单位|部门|院|处|站)")
_STOP = lazily(r"[。;!?]")
_LEAST = 8
"""How many characters a sentence must have to tell anything."""
_RARE = 12
"""By how many of its rarest sentences a report is looked up."""
_CROWD = 24
"""In how many reports a sentence may stand to serve for looking up."""


def sentences_of(report: Report) -> frozenset[str]:
    """The sentences of parts one and five, figures, years and the agency's own names masked."""
    names = _names(report.agency or "")
    found: set[str] = set()
    for key in ("overall", "problems"):
        section = report.section(key)
        for line in section.paragraphs if section is not None else ():
            text = names.sub("@", line.text) if names is not None else line.text
            text = _SELF.sub("@", _FIGURES.sub("#", text))
            for sentence in _STOP.split(text):
                bare = re.sub(r"[^\u4e00-\u9fff@#]", "", sentence)
                if len(bare) >= _LEAST:
                    found.add(bare)
    return frozenset(found)


def _names(agency: str) -> re.Pattern[str] | None:
    """The name of an agency, with and without the places before it."""
    parts = [agency]
    rest = agency
    while (cut := re.match(r"^.{1,8}?[省市县区州盟旗](?=.{2,})", rest)) is not None:
        rest = rest[cut.end() :]
        parts += [rest, cut[0]]
    listed = sorted({part for part in parts if len(part) >= 2}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, listed))) if listed else None


def find_copies(reports: Sequence[Report], ratio: int, least: int, shared: int) -> Iterator[Copy]:
    """Pairs in which at least `ratio` percent of the sentences that not `shared` percent of all have are the same."""
    sets = [sentences_of(report) for report in reports]
    often = Counter(sentence for found in sets for sentence in found)
    limit = max(2, len(reports) * shared // 100)
    own = [frozenset(sentence for sentence in found if often[sentence] <= limit) for found in sets]
    index: dict[str, list[int]] = {}
    for number, found in enumerate(own):
        rare = sorted((sentence for sentence in found if 1 < often[sentence] <= _CROWD), key=lambda s: (often[s], s))
        for sentence in rare[:_RARE]:
            index.setdefault(sentence, []).append(number)
    pairs = {
        (first, second)
        for numbers in index.values()
        for at, first in enumerate(numbers)
        for second in numbers[at + 1 :]
    }
    for first, second in sorted(pairs):
        if reports[first].agency and reports[first].agency == reports[second].agency:
            continue
        same = len(own[first] & own[second])
        fewest = min(len(own[first]), len(own[second]))
        if same >= least and same * 100 >= ratio * fewest:
            yield Copy(reports[first], reports[second], len(own[first]), same)
            yield Copy(reports[second], reports[first], len(own[second]), same)
