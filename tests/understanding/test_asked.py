"""What a reader looks for in a draft: never whether somebody agreed where telling is what matters; and what nobody is asked in danger."""

from __future__ import annotations

import pytest

from referral_lint.errors import ModelError
from referral_lint.facts import facts
from referral_lint.understanding.saying import asked as looked_for
from referral_lint.understanding.saying.asked import UNDERSTOOD, Case, Stance, asked, waits

PURPOSES = facts("purposes.yaml")["purposes"]
AGREED, AGAINST = Stance(agreed=True), Stance(against=True)


@pytest.mark.parametrize("purpose", [p for p, entry in PURPOSES.items() if entry["consent_stance"] == "inform_only"])
@pytest.mark.parametrize("stance", [Stance(), AGAINST])
def test_agreement_is_never_asked_about_where_the_family_is_told(purpose: str, stance: Stance) -> None:
    assert "consent" not in asked(Case((purpose,), stance=stance))


@pytest.mark.parametrize(
    "name", ["timing", "relationship", "imminence", "benefit", "risk", "consent", "override", *UNDERSTOOD]
)
def test_in_danger_nobody_asks_how_soon_why_now_what_is_feared_or_whether_anybody_agreed(name: str) -> None:
    assert waits(name, urgent=True)
    assert not waits(name, urgent=False)


@pytest.mark.parametrize("name", ["informed", "recipient", "purpose"])
def test_what_helps_in_danger_does_not_wait(name: str) -> None:
    assert not waits(name, urgent=True)


def test_agreement_is_asked_about_for_help_that_is_chosen() -> None:
    assert "consent" in asked(Case(("early_help",)))
    assert "consent" in asked(Case(()))


def test_what_was_understood_is_asked_only_where_somebody_agreed() -> None:
    assert asked(Case(("early_help",), stance=AGREED)) >= set(UNDERSTOOD)
    assert not asked(Case(("early_help",), stance=AGAINST)) & set(UNDERSTOOD)


def test_the_reason_for_going_ahead_is_asked_only_against_a_wish() -> None:
    assert "override" in asked(Case(("child_in_need",), stance=AGAINST))
    assert "override" not in asked(Case(("child_in_need",)))


def test_of_nobody_in_particular_nothing_is_asked_about_telling_or_agreeing() -> None:
    case = Case(("no_names_consultation",), mode="no-names", stance=Stance(agreed=True, against=True))
    assert not asked(case) & {"informed", "consent", "override", "wishes", "benefit", "relationship", *UNDERSTOOD}


def test_an_arrangement_is_asked_next_to_nothing() -> None:
    assert asked(Case(("appointment_admin",), kind="email")) == {"purpose", "recipient"}


@pytest.mark.parametrize("name", ["risk", "imminence", "relationship"])
@pytest.mark.parametrize("purpose", ["health_visiting", "send_ehcp", "speech_language_therapy"])
def test_clinics_and_special_needs_are_not_asked_for_a_risk(name: str, purpose: str) -> None:
    assert name not in asked(Case((purpose,), said=frozenset({"purpose", "recipient", "informed", "consent"})))


@pytest.mark.parametrize("name", ["informed", "rationale", "risk", "imminence", "benefit", "timing", "sources"])
@pytest.mark.parametrize("purpose", ["child_in_need", "early_help", "child_protection"])
def test_a_family_in_trouble_is(name: str, purpose: str) -> None:
    assert name in asked(Case((purpose,)))


@pytest.mark.parametrize("purpose", ["child_protection", "marac", "early_help", "child_in_need"])
def test_what_becomes_of_working_together_is_looked_for_where_trust_is_at_stake(purpose: str) -> None:
    assert "relationship" in asked(Case((purpose,), stance=AGAINST))
    assert "relationship" not in asked(Case(("speech_language_therapy",), stance=AGREED))


def test_who_has_nothing_to_do_is_not_asked_what_it_changes() -> None:
    assert "benefit" in asked(Case(("early_help",)))
    assert "benefit" not in asked(Case(("early_help",), informs=True))


def test_broken_weights_are_told_of_in_one_sentence(tmp_path) -> None:
    broken = tmp_path / "asked.npz"
    broken.write_bytes(b"no weights")
    with pytest.raises(ModelError, match="install referral-lint again"):
        looked_for.load(broken)
