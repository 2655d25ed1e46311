"""Regular expressions are passed over where a literal that they must hold is missing: never one that would match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.text import lazily, signs, signs_of

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
