"""An abbreviation is explained both ways round, in time or too late."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_lint.model import Span
from referral_lint.understanding.abbreviations.explained import Explained, where_explained
from referral_lint.understanding.abbreviations.spelled import spells


def places(text, form):
    at, found = text.find(form), []
    while at >= 0:
        found.append(Span(at, at + len(form)))
        at = text.find(form, at + 1)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "The blue water rescue team (BWRT) came.",
        "The BWRT (blue water rescue team) came.",
        "The BWRT, blue water rescue team, came.",
        "BWRT = blue water rescue team",
        "BWRT – blue water rescue team",
        "BWRT means blue water rescue team.",
        "The blue water rescue team, known as the BWRT, came.",
        "The Blue Water Rescue Team came. Then the BWRT left.",
    ],
)
def test_explained_in_time(text):
    assert where_explained(text, "BWRT", places(text, "BWRT")) is Explained.IN_TIME


@pytest.mark.parametrize(
    "text", ["The BWRT came.", "The BWRT (12 May) came.", "The BWRT came (by boat).", "Lifeboat crew (BWRT) came."]
)
def test_not_explained(text):
    assert where_explained(text, "BWRT", places(text, "BWRT")) is Explained.NOWHERE


def test_explained_too_late():
    text = "The BWRT came. The blue water rescue team (BWRT) left."
    assert where_explained(text, "BWRT", places(text, "BWRT")) is Explained.TOO_LATE


@given(st.lists(st.from_regex(r"[a-z]{2,8}", fullmatch=True), min_size=2, max_size=6))
def test_initials_always_spell_their_words(words):
    assert spells("".join(word[0] for word in words).upper(), " ".join(words))


@given(st.text(max_size=60))
def test_any_text_is_survived(text):
    whole = f"{text} BWRT {text}"
    assert where_explained(whole, "BWRT", places(whole, "BWRT")) in Explained
