"""Chinese text for comparing and counting: folded widths, numerals, numbers with their units.

Text is folded before it is compared: full-width letters, digits and punctuation become half-width ones, CJK radicals
become the ideographs they stand for, and white space is dropped, since labels and words are broken anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, cast
from unicodedata import normalize

from reportlint.document import Prose, Span

# Radicals that NFKC leaves as they are, each with its ideograph (Unicode's EquivalentUnifiedIdeograph).
_RADICALS = (
    "⺁厂⺄乙⺆冂⺇几⺈刀⺊卜⺌小⺍小⺎兀⺐尢⺒巳⺓幺⺕彐⺖忄⺘扌⺙攵⺛旡⺜日⺝月⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱网⺲罒⺳网⺴网⺵网⺶羊⺷羊⺸羊"
    "⺹耂⺺聿⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤"
    "⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀"
)
_BLANK = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_WIDTHS: dict[str, str] = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{chr(code): normalize("NFKC", chr(code)) for code in (*range(0x2F00, 0x2FD6), 0x2E9F, 0x2EF3)},
    **{_RADICALS[i]: _RADICALS[i + 1] for i in range(0, len(_RADICALS), 2)},
    **dict.fromkeys("\u00a0\u3000\u2002\u2003\u2009\u202f" + _BLANK, " "),
    "﹝": "〔",
    "﹞": "〕",
    "━": "—",
}
_FREQUENT = "，：；（）"
_WIDE = re.compile("[" + re.escape("".join(sorted(_WIDTHS.keys() - set(_FREQUENT)))) + "]")


_USED = ("finditer", "flags", "fullmatch", "groupindex", "match", "search", "sub")


class _Lazy:
    """A regular expression that is compiled when it is first used."""

    __slots__ = ("asked", "finditer", "flags", "fullmatch", "groupindex", "match", "pattern", "search", "sub")

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self.asked = flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(self.pattern, self.asked)
        for slot in _USED:
            object.__setattr__(self, slot, getattr(compiled, slot))
        return getattr(compiled, name)


def lazily(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled when it is first used: a run over one report uses less than half of those there are."""
    return cast("re.Pattern[str]", _Lazy(source, flags))


def may_match(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a pattern may match anywhere in a text, by the literals that its matches hold."""
    signs = signs_of(pattern)
    if not signs:
        return True
    # A loop is faster than a generator.
    for char, sign in signs:  # noqa: SIM110
        if char in text and sign in text:
            return True
    return False


@lru_cache(maxsize=4096)
def signs_of(pattern: re.Pattern[str] | _Lazy) -> tuple[tuple[str, str], ...]:
    """The signs of a pattern with its flags, each behind a character of it that is likely to be missing.

    To look for a character takes a tenth of the time that a word takes.
    """
    flags = pattern.asked if isinstance(pattern, _Lazy) else pattern.flags
    if flags & _OTHERWISE:
        return ()
    return tuple((next((char for char in sign if char not in _COMMON), ""), sign) for sign in signs(pattern.pattern))


_OTHERWISE = int(re.IGNORECASE | re.VERBOSE)
"""Flags under which an expression does not say its literals as they are."""
_COMMON = frozenset(
    "的了是在和及并将被性化与等为以由对于不无有一二三四五六七八九十年月日个件条次项上下中大本各其他全第新"
    "公开政府信息申请工作报告主动依法予行机关单位部门人民国家规定内容情况提供处理收到办理结果复议诉讼监督管理"
    "服务平台网站建设制度发布更新加强进步提高解读文件组织业务积极及时，。；：（）《》、,.;:()"
)
"""Characters that hardly any report lacks."""


def signs(source: str) -> tuple[str, ...]:
    """A few literals of which every match of a regular expression holds one; none where that is not plain to see.

    To look for a literal costs a fraction of a search, and most patterns match nowhere.
    """
    found: list[str] = []
    for alternative in _alternatives(source):
        # Of several sets that of the longest literals: they are the likeliest to be missing.
        rarest = max(_held(alternative), key=lambda held: min(map(len, held)), default=())
        if not rarest or len(found) + len(rarest) > _MOST_SIGNS:
            return ()
        found += rarest
    return tuple(found)


_MOST_SIGNS = 6
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>)?(?!\?)")
_ASSERTION = re.compile(r"\(\?<?[=!]")
_LITERAL = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\[^\w\s])+")
_CHOICE = re.compile(r"\[([^\]\\^\-\[][^\]\\\-\[]*)\]")
_ESCAPE = re.compile(r"\\(?:x\w{2}|u\w{4}|U\w{8}|N\{[^}]*\}|\d{1,3}|.)", re.DOTALL)
_QUANTIFIER = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")


def _held(source: str) -> list[tuple[str, ...]]:
    """Sets of literals: every match of an expression without alternatives holds one of each."""
    held: list[tuple[str, ...]] = []
    at = 0
    while at < len(source):
        if _ASSERTION.match(source, at):
            at = _behind_quantifier(source, at + _closed(source[at:]))
            continue
        if (literal := _LITERAL.match(source, at)) is not None:
            said = re.sub(r"\\(.)", r"\1", literal[0])
            end = literal.end()
            said = said[:-1] if _may_be_missing(source, end) else said
            held += [(said,)] if said else []
        elif source[at] == "(":
            group = _GROUP.match(source, at)
            if group is None:
                # A flag, a condition, a reference: what it does to the rest is not plain to see.
                return []
            end = at + _closed(source[at:])
            if not _may_be_missing(source, end) and (inside := signs(source[group.end() : end - 1])):
                held.append(inside)
        else:
            end = _after(source, at)
            choice = _CHOICE.match(source, at)
            if choice is not None and len(choice[1]) <= _MOST_SIGNS and not _may_be_missing(source, end):
                held.append(tuple(choice[1]))
        at = _behind_quantifier(source, end)
    return held


def _may_be_missing(source: str, at: int) -> bool:
    """Whether the quantifier at a place allows for nothing."""
    return source[at : at + 1] in ("?", "*", "{")


def _behind_quantifier(source: str, at: int) -> int:
    """The place behind the quantifier that may stand at a place."""
    found = _QUANTIFIER.match(source, at)
    return at if found is None else found.end()


def _alternatives(source: str) -> Iterator[str]:
    """The parts of an expression between the bars that stand in no brackets."""
    start = at = 0
    while at < len(source):
        if source[at] == "|":
            yield source[start:at]
            start = at + 1
        at = _after(source, at)
    yield source[start:]


def _closed(source: str) -> int:
    """Where the group ends with which an expression begins."""
    at = 1
    while at < len(source) and source[at] != ")":
        at = _after(source, at)
    return at + 1


def _after(source: str, at: int) -> int:
    """The place behind the character, the set or the group that begins at a place."""
    if (escape := _ESCAPE.match(source, at)) is not None:
        return escape.end()
    if source[at] == "(":
        return at + _closed(source[at:])
    if source[at] == "[":
        at += 1 + (source[at + 1 : at + 2] == "^")
        # A bracket that comes first is one of the characters.
        at += source[at : at + 1] == "]"
        while at < len(source) and source[at] != "]":
            at += 1 + (source[at] == "\\")
    return at + 1


def widths(text: str) -> str:
    """The text in half width, character by character: nothing is added or dropped."""
    if text.isascii():
        return text
    # Ten times as fast as `str.translate`, which looks up every ideograph.
    text = text.replace("，", ",").replace("：", ":").replace("；", ";").replace("（", "(").replace("）", ")")
    return _WIDE.sub(_half, text)


def _half(found: re.Match[str]) -> str:
    return _WIDTHS[found[0]]


def fold(text: str) -> str:
    """The text for comparison: half width, radicals resolved, without white space."""
    return "".join(widths(text).split())


@lru_cache(maxsize=8192)
def fold_label(text: str) -> str:
    """A label for comparison: as `fold`, after NFKC, and without the quotes and bold marks that vary."""
    return _LABEL_NOISE.sub("", fold(normalize("NFKC", text)))


_LABEL_NOISE = re.compile("[\"'“”‘’＂#*`]+")


_QUOTED = lazily(r"《[^》]*》|〔[^〕]*〕|“[^”]*”|\([^)]*〔[^)]*\)")


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found[0])


class Folded:
    """A prose in folded form, for searching; `span` leads from a match back to the place in the document."""

    __slots__ = ("_index", "_plain", "_years", "prose", "text")

    def __init__(self, prose: Prose) -> None:
        flat = widths(prose.text)
        self.prose = prose
        self._index: list[int] | None = None
        self._plain: str | None = None
        self._years: tuple[Year, ...] | None = None
        words = flat.split()
        if flat and (len(words) != 1 or len(words[0]) != len(flat)):
            self._index = [i for i, char in enumerate(flat) if not char.isspace()]
            flat = "".join(words)
        self.text = flat

    @property
    def whole(self) -> Span:
        """Where the text stands, from its first to its last character."""
        return self.span(0, len(self.text))

    def span(self, start: int, end: int) -> Span:
        """Where the characters from `start` to `end` of the folded text stand."""
        index = self._index
        if index is None:
            return self.prose.span(start, end)
        if not index:
            return self.prose.span(0, 0)
        if start >= end:
            at = index[start] if start < len(index) else len(self.prose.text)
            return self.prose.span(at, at)
        return self.prose.span(index[start], index[end - 1] + 1)

    @property
    def plain(self) -> str:
        """The text with titles of documents, citations and quotations blanked out, character for character."""
        if self._plain is None:
            text = self.text
            self._plain = _QUOTED.sub(_blanked, text) if may_match(_QUOTED, text) else text
        return self._plain

    @property
    def years(self) -> tuple[Year, ...]:
        """The years that `plain` names."""
        if self._years is None:
            self._years = tuple(years_in(self.plain)) if may_match(_YEAR, self.plain) else ()
        return self._years

    def years_between(self, start: int, end: int) -> list[Year]:
        """The years named between two places of `plain`, placed from the first of them on."""
        return [Year(year, at - start, to - start) for year, at, to in self.years if start <= at and to <= end]

    def original(self, start: int, end: int) -> str:
        """The characters as they are written, white space at the ends left out."""
        index = self._index
        if index is None:
            return self.prose.text[start:end]
        return self.prose.text[index[start] : index[end - 1] + 1] if start < end else ""


# --- numerals ---------------------------------------------------------------------------------------------------

DIGITS = "零一二三四五六七八九"
_DIGIT = {char: value for value, char in enumerate(DIGITS)} | {"〇": 0, "两": 2, "○": 0, "Ｏ": 0}
_UNIT = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}


def numeral(value: int) -> str:
    """A number from 1 to 99 in Chinese, as headings count: 一, 十, 十二, 二十."""
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")


@lru_cache(maxsize=1024)
def from_numeral(text: str) -> int | None:
    """The value of a Chinese numeral (十二, 一百零三, 二〇二四); None where it is none."""
    if not text or any(char not in _DIGIT and char not in _UNIT and char not in _BIG for char in text):
        return None
    if all(char in _DIGIT for char in text):
        return int("".join(str(_DIGIT[char]) for char in text))
    total = part = digit = 0
    for char in text:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char in _UNIT:
            part += (digit or 1) * _UNIT[char]
            digit = 0
        else:
            total = (total + part + digit) * _BIG[char]
            part = digit = 0
    return total + part + digit


# --- numbers ----------------------------------------------------------------------------------------------------

NUMBER = r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[万亿]?|[零〇一二两三四五六七八九十百千万]+"
"""A number in folded prose: digits with or without separators, with 万 or 亿, or a Chinese numeral."""

UNITS = "件|条|份|宗|次|篇|个|起|人次|项|期|场|封|部|例|则|批|家|人|万元|亿元|元|页|户|类|名|幅|份次"
"""The words that count in these reports."""

_NUMBER = re.compile(NUMBER)


def number(text: str) -> Decimal | None:
    """The value of a number as `NUMBER` finds it; None where it is none."""
    scale = 1
    if text[-1:] in _BIG and text[:1].isdigit():
        scale = _BIG[text[-1]]
        text = text[:-1]
    if text[:1].isdigit():
        return Decimal(text.replace(",", "")) * scale
    value = from_numeral(text)
    return None if value is None else Decimal(value)


def plain(value: Decimal | int) -> str:
    """A number in plain digits, without exponent or trailing zeros."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Quantity(NamedTuple):
    """A number with its unit in folded prose: 14,069件, ３条, 十二份, 1.5万余条."""

    value: Decimal
    unit: str
    start: int
    end: int
    approximate: bool
    """Whether 约, 近, 余, 多 or 万 make it a round figure."""


_QUANTITY = re.compile(rf"(约|近|逾|超过?|达到?)?({NUMBER})(余|多)?({UNITS})(?!度)(余|多)?")


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities in folded prose, from left to right."""
    for found in _QUANTITY.finditer(text):
        value = number(found[2])
        if value is None:
            continue
        vague = bool(found[3] or found[5] or (found[1] and found[1][0] in "约近逾超")) or found[2][-1] in _BIG
        yield Quantity(value, found[4], found.start(2), found.end(4), vague)


# --- years and dates --------------------------------------------------------------------------------------------

YEAR = r"(?:19|20)(?<![\d〔\[(]..)\d{2}(?=年|\.\d{1,2}(?!\d)|-\d{1,2}-)|二[〇○零]\s*[〇○零一二三四五六七八九]{2}(?=年)"
"""A year in folded prose: 2024年 or 二〇二四年. What it begins with comes first: faster to find."""

_YEAR = lazily(YEAR)


class Year(NamedTuple):
    """A year named in folded prose and where it stands."""

    year: int
    start: int
    end: int


def years_in(text: str) -> Iterator[Year]:
    """The years named in folded prose."""
    for found in _YEAR.finditer(text):
        year = int(found[0]) if found[0].isascii() else from_numeral(found[0].replace("○", "〇"))
        if year:
            yield Year(year, found.start(), found.end())


_DATE = re.compile(
    r"((?:19|20)\d{2})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})(?!\d)|(二[〇○零][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)


class Date(NamedTuple):
    """A calendar date in folded prose and where it stands."""

    year: int
    month: int
    day: int
    start: int
    end: int

    @property
    def iso(self) -> str:
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


def dates(text: str) -> Iterator[Date]:
    """The dates in folded prose (2024年1月18日, 2024-01-18, 二〇二四年一月十八日), impossible ones left out."""
    for found in _DATE.finditer(text):
        parts = [found[1], found[2], found[3]] if found[1] else [found[4], found[5], found[6]]
        values = [int(part) if part.isdigit() and part.isascii() else from_numeral(part) or 0 for part in parts]
        if 1 <= values[1] <= 12 and 1 <= values[2] <= 31:
            yield Date(values[0], values[1], values[2], found.start(), found.end())


# --- sentences --------------------------------------------------------------------------------------------------

_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;]?|[。!?;]")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of folded prose as (start, end); semicolons end one."""
    for found in _SENTENCE.finditer(text):
        yield found.span()


def distance(a: str, b: str, most: int) -> int:
    """How many single-character edits lead from one to the other; `most + 1` when they are more than `most`."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
        if min(row) > most:
            return most + 1
    return row[-1]
