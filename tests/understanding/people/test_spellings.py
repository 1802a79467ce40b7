"""Words near a word: the index finds just those that a comparison of each would find."""

from hypothesis import given
from hypothesis import strategies as st

from referral_lint.understanding.people import spellings
from referral_lint.understanding.people.spellings import Spellings, alike

NAMES = (
    "kayden",
    "caden",
    "kaiden",
    "michael",
    "micheal",
    "mikael",
    "stephen",
    "steven",
    "ruby",
    "rubie",
    "oduya",
    "odya",
    "ann",
    "anne",
)
WORDS = st.sampled_from(NAMES) | st.text("aeikn", min_size=1, max_size=7)


@given(st.sets(WORDS, max_size=12), WORDS)
def test_the_index_finds_what_a_comparison_of_each_finds(words, word):
    few = Spellings(words).like(word)
    assert few == sorted(other for other in words if alike(word, other))
    most, spellings.FEW = spellings.FEW, 0
    try:
        assert Spellings(words).like(word) == few
    finally:
        spellings.FEW = most


def test_two_spellings_of_one_name():
    assert Spellings(NAMES).like("kaden") == ["caden", "kaiden", "kayden"]
