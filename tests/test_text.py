"""Regular expressions are passed over where a literal that they must hold is missing: never one that would match."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint import Linter
from reportlint.text import lazily, may_match, signs, signs_of

Made = tuple[str, str]
"""An expression, and a text that it matches."""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("在在(?!线|建)", ("在在",)),
        ("(?:住址|住所)[^,。;]{0,4}?号", ("住址", "住所")),
        ("待补充|待填写?|TODO|此处(?:填|写)", ("待补充", "待填", "TODO", "此处")),
        (r"\?\?\?+", ("???",)),
        (r"\(\)(?<![\w.]..)", ("()",)),
        (r"(?<!\d)某某", ("某某",)),
        ("^(?P<who>张某)他", ("张某",)),
        ("ab+c", ("ab",)),
        ("ab?c", ("a",)),
        ("[]|]甲|乙", ("甲", "乙")),
        ("(?:专栏|网站)(设根据)", ("设根据",)),
        ("[Xx](?<!A.){2}年", ("X", "x")),
        ("[甲-丁]人?", ()),
        ("a{2}", ()),
        ("(?:ab)?cd", ("cd",)),
        ("(?P<a>.)(?P=a)甲", ()),
        ("甲{2}乙", ("乙",)),
        (r"\uFFFD+乙", ("乙",)),
        (r"(?=甲){0,2}乙", ("乙",)),
        (r"锟斤拷|\uFFFD+", ()),
        (r"\x41B|\N{DIGIT ONE}C", ("B", "C")),
        (r"(.)\1丙", ("丙",)),
        (r"\n甲", ("甲",)),
        ("(?i)ab", ()),
        (r"\d+件", ("件",)),
        (r"\d+[.。]?", ()),
        ("甲|", ()),
        ("", ()),
    ],
)
def test_literals_of_which_every_match_holds_one(source: str, expected: tuple[str, ...]) -> None:
    assert signs(source) == expected


def test_flags_under_which_literals_say_less() -> None:
    assert signs_of(re.compile("ab")) == signs_of(lazily("ab", re.MULTILINE)) == (("a", "ab"),)
    assert signs_of(re.compile("ab", re.IGNORECASE)) == signs_of(lazily("a b", re.VERBOSE)) == ()


def _repeated(made: Made) -> st.SearchStrategy[Made]:
    source, text = made
    group = f"(?:{source})"
    return st.sampled_from(
        [
            made,
            (f"{group}?", ""),
            (f"{group}?", text),
            (f"{group}*", text * 2),
            (f"{group}+", text),
            (f"({source})", text),
        ]
    )


def _one_of(made: list[Made]) -> st.SearchStrategy[Made]:
    group = f"(?:{'|'.join(source for source, _ in made)})"
    return st.sampled_from([(group, text) for _, text in made])


_ATOMS = st.one_of(
    st.text("甲乙丙ab.|()[?", min_size=1, max_size=3).map(lambda text: (re.escape(text), text)),
    st.sampled_from(
        [(r"\u4e59", "乙"), (r"\x61b", "ab"), (r"\N{DIGIT ONE}", "1"), (r"\U00004e19", "丙"), ("乙{2}", "乙乙")]
    ),
    st.sampled_from([("[甲|乙]", "乙"), (r"[^\]a]", "甲"), (r"\d", "3"), (".", "丙"), ("(?=甲)甲", "甲"), ("乙?", "")]),
)
_EXPRESSIONS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(
            lambda all: ("".join(s for s, _ in all), "".join(t for _, t in all))
        ),
        st.lists(inner, min_size=2, max_size=3).flatmap(_one_of),
        inner.flatmap(_repeated),
    ),
    max_leaves=6,
)


@given(_EXPRESSIONS)
def test_what_an_expression_matches_holds_one_of_its_signs(made: Made) -> None:
    source, text = made
    assert re.fullmatch(source, text)
    found = signs(source)

    assert not found or any(sign in text for sign in found)


_SLOW = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example)
"""Texts for an expression with much in it take their time."""


def _patterns() -> list[str]:
    """Every expression in the options of the national rules."""
    found: set[str] = set()
    waiting: list[object] = [rule.options for rule in Linter().all_rules]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            waiting += item.values()
        elif isinstance(item, list | tuple):
            waiting += item
        elif isinstance(item, str):
            found.add(item)
    return sorted(text for text in found if signs(text) not in ((), (text,)) and _is_expression(text))


def _is_expression(text: str) -> bool:
    try:
        return bool(re.compile(text))
    except re.error:
        return False


@pytest.mark.parametrize("source", _patterns())
@settings(max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=_SLOW)
@given(data=st.data())
def test_no_pattern_of_a_rule_is_passed_over_where_it_matches(source: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(source))
    if re.search(source, text):
        assert may_match(re.compile(source), text)
