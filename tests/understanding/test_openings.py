import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_lint.understanding.needles import Searched, Sought
from referral_lint.understanding.openings import openings, places

PATTERNS = (
    r"\b(?:he|she|i'?m|i (?:am|was)|re-?hous\w*)\b",
    r"\bno[- ]names?\b|\bwithout (?:name|us)",
    r"\b(?:s?he|hers?)\b(?!/)",
    r"(?<!not )\b(?:her (?:own )?name|[nt]o us)",
    r"\b\w+ing\b",
    r"name|\bhe\b",
    r"\ba?\b",
)


def test_the_letters_with_which_a_match_begins() -> None:
    assert openings(r"\b(?:he|She|i am|wa*it)", re.I) == {"he", "sh", "i", "wa", "wi"}
    assert openings(r"\bx[ab]+y\b|\bno\b") == {"xa", "xb", "no"}


@pytest.mark.parametrize("pattern", [r"he|she", r"\bhe|she", r"\b\w+", r"\b(?:a|b)\b", r"\b['’]s", r"(?:\bno )?yes"])
def test_none_where_a_match_may_begin_otherwise(pattern: str) -> None:
    assert openings(pattern, re.I) is None


def test_words_by_their_first_letters() -> None:
    assert places("I am; Amy's") == {"i": [0], "am": [2, 6], "s": [10]}


@given(
    st.lists(
        st.sampled_from(["He", "she", "i'm", "I am", "rehoused", "no name", "to us", "hers", "/", ".", "\n", "x"])
    ),
    st.sampled_from(PATTERNS),
    st.integers(0, 30),
    st.integers(0, 60),
)
def test_finds_what_the_pattern_finds(words: list[str], pattern: str, start: int, end: int) -> None:
    text, sought = " ".join(words), Sought(pattern, re.I)
    searched = Searched(text)
    whole = [m.span() for m in sought.compiled.finditer(text)]
    assert [m.span() for m in searched.every(sought)] == whole
    part = [m.span() for m in sought.compiled.finditer(text, start, end)]
    assert [m.span() for m in searched.every(sought, start, end)] == part
