"""The report of a year against that of the year before: what is carried over, what was copied, what is compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reportlint.errors import words
from reportlint.form import cell_key
from reportlint.report import Grid, Report, Section, Series
from reportlint.rule import Problem, Related, Rule, rule
from reportlint.text import Folded, lazily, plain
from reportlint_rules.national.claims import sentences

Number = int | Decimal


@rule("Y001")
def carryover(series: Series) -> Iterator[Problem]:
    """What last year carried over is what this year carried in, in total and column by column."""
    for earlier, later in series.pairs():
        before, now = earlier.grids["requests"], later.grids["requests"]
        wrong = [
            (column.key, column.label)
            for column in now.table.rows["carried_in"][0].columns
            if _differ(before.value(f"carried_out.{column.key}"), now.value(f"carried_in.{column.key}"))
        ]
        total = [item for item in wrong if item[0] == "total"]
        for key, label in total or wrong:
            yield Problem(
                now.cells[f"carried_in.{key}"],
                {
                    "column": label,
                    "now": plain(now.value(f"carried_in.{key}") or 0),
                    "prev": plain(before.value(f"carried_out.{key}") or 0),
                    "year": earlier.year,
                },
                variant="" if key == "total" else "column",
                related=(_there(earlier, before, f"carried_out.{key}"),),
            )


def _differ(before: Number | None, now: Number | None) -> bool:
    return before is not None and now is not None and before != now


def _there(report: Report, grid: Grid, key: str) -> Related:
    """A cell of last year's report as a related place."""
    name = grid.table.words_of(key)
    note = words(f"{report.year}年度 {name}：{grid.cells[key].text}", f"{report.year}, {name}: {grid.cells[key].text}")
    return Related(grid.cells[key], note, report)


@rule("Y002")
def valid_documents(series: Series, rule: Rule) -> Iterator[Problem]:
    """Valid last year, plus issued, less repealed, is valid this year; expiry and clean-ups are explained."""
    for earlier, later in series.pairs():
        before, now = earlier.grids["disclosure"], later.grids["disclosure"]
        if before.form.name != now.form.name:
            continue
        for row in ("rules", "docs"):
            values = now.values(*(cell_key(row, column) for column in ("issued", "repealed", "valid")))
            old = before.value(f"{row}.valid")
            if values is None or old is None or old + values[0] - values[1] == values[2]:
                continue
            text = "".join(line.text for _, line in later.prose())
            yield Problem(
                now.cells[f"{row}.valid"],
                {
                    "row": now.table.rows[row][1].label,
                    "before": plain(old),
                    "issued": plain(values[0]),
                    "repealed": plain(values[1]),
                    "expected": plain(old + values[0] - values[1]),
                    "now": plain(values[2]),
                },
                variant="explained" if rule.pattern("explained").search(text) else "",
                related=(_there(earlier, before, f"{row}.valid"),),
            )


@rule("Y003")
def trial_items(series: Series) -> Iterator[Problem]:
    """The items of the year before, as the trial form counts them in both its years."""
    for earlier, later in series.pairs():
        before, now = earlier.grids["disclosure"], later.grids["disclosure"]
        for row, (_, line) in now.table.rows.items():
            old = before.values(f"{row}.prev", f"{row}.delta")
            value = now.value(f"{row}.prev")
            if old is not None and value is not None and sum(old) != value:
                yield Problem(
                    now.cells[f"{row}.prev"],
                    {"row": line.label, "now": plain(value), "prev": plain(old[0]), "delta": plain(old[1])},
                    related=(_there(earlier, before, f"{row}.prev"),),
                )


@rule("Y004")
def copied(series: Series, rule: Rule) -> Iterator[Problem]:
    """Parts one and five that repeat last year's but for figures and years, with the paragraphs that do."""
    for earlier, later in series.pairs():
        for key in ("overall", "problems"):
            now, before = later.section(key), earlier.section(key)
            if now is None or before is None:
                continue
            fresh, old = _bare(now.text), _bare(before.text)
            if len(fresh) < rule.options["least"] or len(old) < rule.options["least"]:
                continue
            ratio = _likeness(fresh, old)
            if ratio * 100 < rule.options["info"]:
                continue
            pairs = list(_same_paragraphs(now, before, rule.options["paragraph"]))
            values = {
                "section": now.heading.title,
                "year": earlier.year,
                "ratio": int(ratio * 100),
                "count": len(pairs),
            }
            where = pairs[0][0].whole if pairs else now.heading.span
            related = tuple(
                Related(old_line.whole, words("上年的段落", "last year's paragraph"), earlier) for _, old_line in pairs
            )
            yield Problem(where, values, "" if ratio * 100 >= rule.options["warning"] else "similar", related=related)


_FIGURES = lazily(r"[\d,.%％〇零一二三四五六七八九十百千万亿]+")


def _bare(text: str) -> str:
    """Prose without figures, years and punctuation: what is left when only these were changed."""
    return re.sub(r"[^\u4e00-\u9fff]", "", _FIGURES.sub("", text))


def _grams(text: str) -> set[str]:
    return {text[at : at + 5] for at in range(max(1, len(text) - 4))}


def _likeness(a: str, b: str) -> float:
    """How much of the sequences of five characters two texts share, from 0 to 1."""
    left, right = _grams(a), _grams(b)
    return len(left & right) / len(left | right)


def _same_paragraphs(now: Section, before: Section, least: int) -> Iterator[tuple[Folded, Folded]]:
    """The paragraphs that stand in both, whatever their figures, with those of last year."""
    old = {_bare(line.text): line for line in before.paragraphs}
    for line in now.paragraphs:
        bare = _bare(line.text)
        if len(bare) >= least and bare in old:
            yield line, old[bare]


@rule("Y005")
def identical_tables(series: Series, rule: Rule) -> Iterator[Problem]:
    """Tables whose every figure is that of last year; what stays in force is the same without any fault."""
    for earlier, later in series.pairs():
        for key, now in later.grids.items():
            before = earlier.grids.get(key)
            if before is None or before.form.name != now.form.name or not now.numbers or now.numbers != before.numbers:
                continue
            telling = [cell for cell, value in now.numbers.items() if value and not cell.endswith(".valid")]
            if len(telling) >= rule.options["least"]:
                yield Problem(
                    now,
                    {"table": now.table.name, "year": earlier.year, "count": len(telling)},
                    related=(Related(before, words("上年的表格", "last year's table"), earlier),),
                )


_CHANGE = lazily(
    r"(?:同比|(?:较|比)(?:上年|去年|上一年|(?P<year>20\d{2})年)(?:度)?(?:同期)?)(?:共|分别)?(?P<way>增长|增加|上升|上涨|提高|下降|减少|降低|回落)了?"
    r"(?P<n>\d+(?:,\d{3})*(?:\.\d+)?)(?P<unit>%|件|宗|份)"
)
_UP = ("增长", "增加", "上升", "上涨", "提高")


@rule("Y006")
def comparisons(series: Series) -> Iterator[Problem]:
    """Changes in the number of requests that the prose states, worked out again from both tables."""
    for earlier, later in series.pairs():
        before, now = earlier.grids["requests"], later.grids["requests"]
        readings = list(_readings(before, now))
        if not readings:
            continue
        for sentence in sentences(later):
            for found in _CHANGE.finditer(sentence.text):
                head = sentence.text[: found.start()]
                clause = head[max(head.rfind(mark) for mark in ";") + 1 :]
                if not re.search(r"(?:政府信息公开|信息公开|依申请公开)申请|申请(?:数量|件数|总量|案件)", clause):
                    continue
                if found["year"] not in (None, str(earlier.year)) or re.search(
                    r"自然人|法人|予以|不予|诉讼|复议", clause
                ):
                    continue
                said = Decimal(found["n"].replace(",", "")) * (1 if found["way"] in _UP else -1)
                digits = len(found["n"].partition(".")[2])
                if not any(_fits(said, old, new, found["unit"], digits) for old, new in readings):
                    old, new = readings[0]
                    yield Problem(
                        sentence.span(*found.span()),
                        {"text": found[0], "before": plain(old), "now": plain(new)},
                        related=(_there(earlier, before, "new.total"), Related(now.cells["new.total"])),
                    )


def _readings(before: Grid, now: Grid) -> Iterator[tuple[Number, Number]]:
    """Last year's and this year's number of requests, in every way they may be counted."""
    for rows in (("new",), ("new", "carried_in"), ("processed",)):
        old, new = (grid.values(*(f"{row}.total" for row in rows)) for grid in (before, now))
        if old is not None and new is not None and sum(old) > 0:
            yield sum(old), sum(new)


def _fits(said: Decimal, old: Number, new: Number, unit: str, digits: int) -> bool:
    if unit != "%":
        return said == new - old
    right = (Decimal(new) - Decimal(old)) * 100 / Decimal(old)
    return abs(right - said) <= max(Decimal("0.1"), Decimal(1).scaleb(-digits))


_GROUPS = {
    "review": ("行政复议", "reviews"),
    "direct": ("直接起诉", "direct suits"),
    "after_review": ("复议后起诉", "suits after review"),
}


@rule("Y007")
def pending_cases(series: Series) -> Iterator[Problem]:
    """Cases pending last year, and not one of the kind this year."""
    for earlier, later in series.pairs():
        before, now = earlier.grids["disputes"], later.grids["disputes"]
        for group, (zh, en) in _GROUPS.items():
            pending = before.value(f"{group}.pending")
            if pending and now.value(f"{group}.total") == 0:
                yield Problem(
                    now.cells[f"{group}.total"],
                    {"year": earlier.year, "group": words(zh, en), "prev": plain(pending)},
                    related=(_there(earlier, before, f"{group}.pending"),),
                )


@rule("Y008")
def unresolved(series: Series, rule: Rule) -> Iterator[Problem]:
    """A fifth part that does not look back."""
    for earlier, later in series.pairs():
        section = later.section("problems")
        if section is not None and section.paragraphs:
            markers = str(rule.options["markers"]).replace("{year}", str(earlier.year))
            if not re.search(markers, section.text):
                yield Problem(section.heading, {"year": earlier.year})
