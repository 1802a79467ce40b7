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
        "The blue-green water rescue team (“BWRT”) came.",
        "The “BWRT” (blue water rescue team) came.",
        "BWRT, blue-green water rescue team, came.",
        "The Bureau for the Rescue from Waters and Tides, BWRT, came.",
        "The Rescue Service from All Waters at Brigg (BWRT, now closed) came.",
        "BWRT Blue Water Rescue Team",
        "Jo Hale, BWRT\nBlue Water Rescue Team",  # below a name
        "He has BWRT lessons (blue water rescue team).",
        "A BWRT boat plan (blue water rescue team plan) came.",
        "BWRT = Ad Hoc team",
        "The BWRT (for blue water rescue team) came.",
        "The BWRT (i.e. the blue water rescue team) came.",
        "The BWRT (short for blue water rescue team) came.",
        "The BWRT (which stands for blue water rescue team) came.",
        "The BWRT, short for blue water rescue team, came.",
        "The BWRT [blue water rescue team] came.",
        "The BWRT/blue water rescue team came.",
        "The blue water rescue team {BWRT} came.",
        "The blue water rescue team (aka BWRT) came.",
        "The blue water rescue team (we say BWRT) came.",
        "The blue water rescue team (from here on: the BWRT) came.",
        "The blue water rescue team (hereafter referred to as the BWRT) came.",
        "The blue water rescue team, abbreviated as BWRT, came.",
        "The blue water rescue team, denoted by BWRT, came.",
        "The blue water rescue team is henceforth BWRT.",
        "The blue water rescue team “BWRT” came.",
        "The blue water rescue (BWRT) team came.",
        "The team for blue water rescue (BWRT) came.",
        "The blue water rescue and training (BWRT) crew came.",
    ],
)
def test_explained_in_time(text):
    assert where_explained(text, "BWRT", places(text, "BWRT")) is Explained.IN_TIME


@pytest.mark.parametrize(
    "text",
    [
        "The BWRT came.",
        "The BWRT (12 May) came.",
        "The BWRT came (by boat).",
        "The BWRT crew (all four of them) came.",
        "Jo Hale, BWRT\nOak House, Welbury",
        "Lifeboat crew (BWRT) came.",
        "We told the crew at the quay (BWRT).",  # not all its letters, in whichever order
        "The blue water (BWRT) came. A rescue team left.",  # the words go on in the same sentence only
    ],
)
def test_not_explained(text):
    assert where_explained(text, "BWRT", places(text, "BWRT")) is Explained.NOWHERE


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("It was done in RGB or IR light.", "IR"),  # the words before do not begin with its letter
        ("CCC, CCD and CDC were there.", "CCC"),  # other short forms are no words
        ("The GA is given a larger room.", "GA"),  # a small word gives no letter of two
        ("A DC - DC converter feeds the DC.", "DC"),  # it does not explain itself
        ("A dog can bite. DC rang.", "DC"),  # two words may begin so by chance
    ],
)
def test_chance_letters_explain_nothing(text, form):
    assert where_explained(text, form, places(text, form)) is Explained.NOWHERE


def test_a_number_need_not_be_in_the_words():
    text = "A mood and worry scale (MWS-9) was used."
    assert where_explained(text, "MWS-9", places(text, "MWS-9")) is Explained.IN_TIME


@pytest.mark.parametrize(
    "text",
    [
        "The quiet time (Q.T.) ran. The QT was good.",  # with dots they might be somebody's initials
        "Quiet Time QT ran.",
        "The Quiet Time, or QT for short, ran.",
    ],
)
def test_two_letters(text):
    assert where_explained(text, "QT", places(text, "QT")) is Explained.IN_TIME


def test_small_words_do_not_make_the_words_too_many():
    text = "Attendance figures for the autumn term in our area (AFT) fell."
    assert where_explained(text, "AFT", places(text, "AFT")) is Explained.IN_TIME


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("The 6DOF (six days of food) parcel came.", "6DOF"),
        ("Answers to questions over known facts (AQKF) are here.", "AQKF"),
        ("The zero value plan (ZPT) team rang.", "ZPT"),  # one word may give no letter
    ],
)
def test_words_that_do_not_count(text, form):
    assert where_explained(text, form, places(text, form)) is Explained.IN_TIME


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Kit has an EHC plan (education, health and care plan).", "EHC"),
        ("The CYP team (children and young people) rang.", "CYP"),
        (
            "Tess Ward\nSENCO\nSpecial educational needs coordinator",
            "SENCO",
        ),  # a meaning of the table, in small letters
    ],
)
def test_a_noun_or_a_new_line_may_come_between(text, form):
    assert where_explained(text, form, places(text, form)) is Explained.IN_TIME


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
