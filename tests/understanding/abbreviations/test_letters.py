"""What letters say without a draft."""

import pytest

from referral_lint.understanding.abbreviations import letters


@pytest.mark.parametrize("form", ["EHCP", "QZB", "SENCo", "VI", "PHQ9", "CP12", "3GPP", "T1DM", "SystmOne", "MASH-2"])
def test_what_can_be_short(form):
    assert letters.can_be_short(form)


@pytest.mark.parametrize(
    "form", ["Ruby", "A+B", "LS6", "PM3", "2DAYS", "McFadden", "DeShawn", "YouTube", "XIV", "QUITEANUNUSUALONE"]
)
def test_what_cannot(form):
    assert not letters.can_be_short(form)


@pytest.mark.parametrize("form", ["NOT", "DIsclosed", "LEEDS", "DISTRESSING", "AWFUL", "SADNESS", "GARDEN"])
def test_what_is_a_word_wherever_it_stands(form):
    assert letters.is_word(form)


@pytest.mark.parametrize("form", ["QZB", "SPARK", "SENCo", "EHCP"])
def test_what_the_letters_leave_open(form):
    assert not letters.is_word(form)


@pytest.mark.parametrize("written", ["J.B.", "XX", "YYYY", "DD", "MM"])
def test_what_stands_for_others(written):
    assert letters.stands_for_others(written)


@pytest.mark.parametrize(
    ("written", "form"), [("IDed", "ID"), ("EHCPs", "EHCP"), ("DNAd", "DNA"), ("SENDING", "SENDING")]
)
def test_english_endings(written, form):
    assert letters.uninflected(written) == form
