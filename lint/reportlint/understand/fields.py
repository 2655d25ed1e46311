"""Lines that hold a table as fields: what the writing shows of its cells, the blank ones included.

Cells or rows stand a line, between tabs, bars or spaces. Bars stand behind the cells, before each row, or in lines of
their own between the cells (`_manner_of`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import Literal, NamedTuple

from reportlint.document import Prose, Span, maker
from reportlint.text import fold, fold_label, lazily
from reportlint.understand.amounts import state_of

_TRAILING_NUMBERS = lazily(r"(?:[ \u3000\xa0]+[+\-]?\d[\d,]*(?:\.\d+)?)+[ \u3000\xa0]*$")
_SPACED_NUMBERS = lazily(r"^\s*(?:[+\-]?\d[\d,.]*\s+)+[+\-]?\d[\d,.]*\s*$")
_NUMBER_LINE = lazily(r"\t?(\d+)[ \t]*\|?$")
_FRAME = lazily(r"^[\s|:+\-=_*—–\u2500-\u257f]+$")
_RUN = lazily(r"[-=_*─━═]{3}|[—–]{4}")
_DASH = lazily(r"(?<![-=_*—–─━═])[-=_*—–─━═]{1,2}(?![-=_*—–─━═])")
"""Fewer dashes may stand for a number in a cell."""
_ROW = 100
"""Few rows of a table in a line are longer."""
_WORD = lazily(r"\S+")


class Field(NamedTuple):
    """A cell as the text shows it: its folded text, where it stands, and the line and field number it stands in."""

    text: str
    """Folded as a label; empty for a blank cell."""
    said: str
    """As it is printed, without the white space around it."""
    prose: Prose
    """What it is a piece of, and"""
    start: int
    """where in it it stands; a blank cell behind the tab that makes it."""
    line: int
    column: int
    wide: bool
    """Whether its line holds a whole row."""
    data: bool
    """Whether it is blank, a number or a placeholder."""

    @property
    def span(self) -> Span:
        """Where it stands; an empty span for a blank cell."""
        return self.prose.span(self.start, self.start + len(self.said))


_field = maker(Field)


class Stream(NamedTuple):
    """The fields of some lines in order."""

    fields: Sequence[Field]
    labels: Sequence[int]
    """Which of them are neither numbers nor blank, by index, in order; and"""
    ends: Sequence[int]
    """which are known to end a row."""
    texts: frozenset[str]
    """What there is in them."""
    figures: frozenset[str]
    """What there is in those that are numbers or blank."""

    def is_end(self, index: int) -> bool:
        """Whether a row is known to end with a field."""
        at = bisect_left(self.ends, index)
        return at < len(self.ends) and self.ends[at] == index


Written = Prose | tuple[Prose, ...]
"""A line of text, or the cells of a row of a real table."""


def stream_of(lines: Sequence[Written]) -> Stream:
    """The fields of some lines."""
    texts: Sequence[str] = [line.text if isinstance(line, Prose) else "" for line in lines]
    whole = "".join(texts)
    if "│" in whole or "┃" in whole or "｜" in whole:
        texts = [text.translate(_DRAWN_BARS) for text in texts]
        whole = "".join(texts)
    manner = _manner_of(texts, whole)
    known = _KNOWN[manner.led]
    found: list[Field] = []
    ends: list[int] = []
    after_bar = False
    for number, (line, written) in enumerate(zip(lines, texts, strict=True)):
        if isinstance(line, tuple):
            for column, cell in enumerate(line):
                text, said, start, data = _judged(cell.text)
                found.append(_field((text, said, cell, start, number, column, True, data)))
            ends.append(len(found) - 1)
            continue
        if manner.bars == "between":
            bars = 0 if written.strip(_BARS) else written.count("|")
            if bars:
                if bars > 1:
                    ends += [len(found) - 1] if found else []
                elif after_bar:
                    found.append(_field(("", "", line, 0, number, 0, False, True)))
                after_bar = True
                continue
            after_bar = after_bar and _is_blank(written)
        if manner.bars == "opening" and "|" in written:
            if written.strip() == "|" and _indent(written) == manner.edge:
                ends += [len(found) - 1] if found else []
                continue
            pieces = _opened_cell(written) or known(written)
        else:
            pieces = known(written) if len(written) <= _ROW else _pieces(written, manner.led)
        wide = len(pieces) >= 3
        if not (wide or manner.marked):
            pieces = [piece for piece in pieces if piece[1]]
        for column, (text, said, start, data) in enumerate(pieces):
            found.append(_field((text, said, line, start, number, column, wide, data)))
        if wide or (manner.tabbed and found and _is_blank(written)):
            ends.append(len(found) - 1)
    figures = frozenset([item.text for item in found if item.data])
    labels = [index for index, item in enumerate(found) if not item.data]
    return Stream(found, labels, ends, figures.union([found[index].text for index in labels]), figures)


class _Manner(NamedTuple):
    """How lines that hold a table are written, as far as it tells blank cells from marks."""

    tabbed: bool
    """Whether they hold a cell each, most of them behind a tab, so that an empty line ends a row."""
    led: bool
    """Whether a bar that a line begins with is the frame of the table, no blank cell."""
    bars: Literal["behind", "opening", "between"]
    """What a bar alone in a line is.

    Where bars stand behind the cells, it is a blank cell. It may open a row, whose cells follow a line each; or part
    two cells, so that two of them make a blank one, while several in one line are the rest of a row.
    """
    edge: int
    """How far bars that open rows are indented. Their cells are indented more, unless the file has lost that."""
    marked: bool
    """Whether cells are marked by tabs or bars at all, so that a mark without a cell is a blank one."""


_BLANKS = " \u3000\xa0"
_SPACES = f"\t{_BLANKS}"
_BARS = f"|{_SPACES}"
_DRAWN_BARS = str.maketrans("│┃｜", "|||")
_MARKS = 8
"""Fewer tabs and bars make no table."""
_WIDEST = 17
"""More cells than any row of the forms has, with its labels."""


def _manner_of(texts: Sequence[str], whole: str) -> _Manner:
    """How the lines are written; `whole` is all of them in one."""
    tabs = whole.count("\t")
    marked = tabs + whole.count("|") >= _MARKS
    behind = sum([text.lstrip(_BLANKS)[:1] == "\t" for text in texts]) if tabs else 0
    tabbed = (
        behind * 2 > sum([bool(text.strip()) for text in texts])
        # Empty lines end rows, unless they stand between all lines.
        and texts.count("") * 2 <= behind
        and not any(text.lstrip(_SPACES).count("\t") >= 2 for text in texts)
    )
    barred = [text for text in texts if "|" in text] if "|" in whole else []
    led = sum([text.lstrip()[:1] == "|" for text in barred]) * 2 > len(barred)
    alone = [_indent(text) for text in barred if text.strip() == "|"]
    if len(alone) < 2:
        return _Manner(tabbed, led, "behind", 0, marked)
    if sum([bool(text.strip(_BARS)) for text in barred]) * 10 <= len(alone):
        return _Manner(tabbed, led, "between", 0, marked)
    edge = min(alone)
    return _Manner(tabbed, led, "opening" if _opens_rows(barred, edge) else "behind", edge, marked)


def _opens_rows(barred: Sequence[str], edge: int) -> bool:
    """Whether the bars alone at the edge open the rows: one stands at least every few cells."""
    opening = [at for at, text in enumerate(barred) if text.strip() == "|" and _indent(text) == edge]
    deeper = sum([_indent(text) > edge for text in barred])
    indented = len(opening) < deeper and (len(opening) + deeper) * 10 >= len(barred) * 9
    if not indented and opening[0] > 2:
        # A line or two with bars may stand above the table.
        return False
    return all(after - before <= _WIDEST for before, after in pairwise(opening))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _is_blank(text: str) -> bool:
    return not text or (text.isspace() and "\t" not in text)


_Piece = tuple[str, str, int, bool]
"""A field of a line: its text folded as a label, itself as printed, where it starts, and whether it is data."""


def _opened_cell(line: str) -> Sequence[_Piece]:
    """The one cell of a line in a row that a bar has opened: what stands before its bar, or its bars; else nothing."""
    raw, _, rest = line.partition("|")
    return () if rest.strip(_BARS) else [_judged(raw)]


def _pieces(line: str, led: bool) -> Sequence[_Piece]:
    """The fields of a line; `led` says whether a bar that it begins with makes no cell."""
    if _is_blank(line) or _only_draws(line):
        return ()
    if (alone := _NUMBER_LINE.match(line)) is not None:
        # White space and a bar behind it make no cell.
        return [(alone[1], alone[1], alone.start(1), True)]
    return [_judged(raw, at) for at, raw in _parted(line, led)]


_KNOWN = {led: lru_cache(maxsize=4096)(partial(_pieces, led=led)) for led in (True, False)}
"""Nearly all lines of tables are the same few labels and numbers in every report."""


def _judged(raw: str, at: int = 0) -> _Piece:
    """What a field is of which this is printed at a place of its line; a blank one begins behind its tab."""
    said = raw.strip()
    if not said:
        return "", "", at + (raw[:1] == "\t"), True
    if said.isdigit() and said.isascii():
        return said, said, at + raw.index(said), True
    label = fold_label(said)
    return label, said, at + raw.index(said), not label or state_of(fold(said)) != "unreadable"


def _parted(text: str, led: bool) -> Sequence[tuple[int, str]]:
    """The fields of a line and where they start: between tabs or bars, else numbers between spaces."""
    if "|" in text:
        start, end = 0, len(text)
        stripped = text.rstrip()
        if stripped.endswith("|"):
            end = len(stripped) - 1
        bare = text.lstrip()
        if led and bare.startswith("|") and text.strip(_BARS):
            start = len(text) - len(bare) + 1
        return _split(text[start:end], start, "|")
    if "\t" in text:
        first = text.index("\t") + 1
        start = first if text.count("\t") == 1 and not text[:first].strip() else 0
        return _split(text[start:], start, "\t")
    if not (text[-1].isdigit() or text[-1].isspace() or text[-1] in ",."):
        return [(0, text)]
    if _SPACED_NUMBERS.match(text):
        return [(piece.start(), piece[0]) for piece in _WORD.finditer(text)]
    if (found := _TRAILING_NUMBERS.search(text)) and found.start():
        numbers = [(piece.start(), piece[0]) for piece in _WORD.finditer(text, found.start())]
        return [(0, text[: found.start()]), *numbers]
    return [(0, text)]


def _split(text: str, start: int, mark: str) -> Sequence[tuple[int, str]]:
    pieces: list[tuple[int, str]] = []
    for raw in text.split(mark):
        pieces.append((start, raw))
        start += len(raw) + 1
    return pieces


def _only_draws(line: str) -> bool:
    """Whether a line holds no cells, only runs of dashes: a line below a header, the frame of a table, what parts."""
    return _RUN.search(line) is not None and _FRAME.match(line) is not None and _DASH.search(line) is None


def is_rule(line: Written) -> bool:
    """Whether a line only draws the frame of a table."""
    return isinstance(line, Prose) and bool(line.text.strip()) and _FRAME.match(line.text) is not None
