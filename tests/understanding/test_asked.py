"""What a draft is asked for: never whether somebody agreed where telling is what matters, never about waiting in danger."""

from __future__ import annotations

import pytest

from referral_lint.facts import facts
from referral_lint.understanding.saying.asked import UNDERSTOOD, Case, Stance, asked

PURPOSES = facts("purposes.yaml")["purposes"]


@pytest.mark.parametrize("purpose", [p for p, entry in PURPOSES.items() if entry["consent_stance"] == "inform_only"])
@pytest.mark.parametrize("stance", [Stance(), Stance(against=True)])
def test_agreement_is_never_asked_about_where_the_family_is_told(purpose: str, stance: Stance) -> None:
    assert not asked("consent", Case((purpose,), stance=stance))


@pytest.mark.parametrize("purpose", PURPOSES)
def test_in_danger_nobody_asks_about_waiting_or_the_relationship(purpose: str) -> None:
    case = Case((purpose,), urgent=True, stance=Stance(against=True))
    assert not asked("timing", case)
    assert not asked("relationship", case)


def test_agreement_is_asked_about_for_help_that_is_chosen() -> None:
    assert asked("consent", Case(("early_help",)))
    assert asked("consent", Case(()))


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_what_was_understood_is_asked_only_where_somebody_agreed(name: str) -> None:
    assert asked(name, Case(("early_help",), stance=Stance(agreed=True)))
    assert not asked(name, Case(("early_help",), stance=Stance(against=True)))


def test_the_reason_for_going_ahead_is_asked_only_against_a_wish() -> None:
    assert asked("override", Case(("child_in_need",), stance=Stance(against=True)))
    assert not asked("override", Case(("child_in_need",)))


@pytest.mark.parametrize("name", ["informed", "consent", "override", "wishes", *UNDERSTOOD])
def test_of_nobody_in_particular_nothing_is_asked(name: str) -> None:
    case = Case(("no_names_consultation",), mode="no-names", stance=Stance(agreed=True, against=True))
    assert not asked(name, case)


@pytest.mark.parametrize("name", ["consent", "risk", "imminence", "benefit"])
def test_an_email_of_no_known_purpose_is_asked_little(name: str) -> None:
    assert not asked(name, Case((), kind="email"))
    assert asked(name, Case((), kind="letter"))
    assert asked(name, Case(("early_help",), kind="email"))


@pytest.mark.parametrize("name", ["purpose", "informed", "rationale", "sources"])
def test_even_there_the_reason_and_telling_the_family_are_asked_for(name: str) -> None:
    assert asked(name, Case((), kind="email"))


def test_a_service_that_somebody_agreed_to_leaves_the_relationship_as_it_is() -> None:
    assert asked("relationship", Case(("camhs",)))
    assert not asked("relationship", Case(("camhs",), stance=Stance(agreed=True)))
    assert asked("relationship", Case(("early_help",), stance=Stance(agreed=True)))


@pytest.mark.parametrize("name", ["risk", "imminence"])
@pytest.mark.parametrize("purpose", ["health_visiting", "send_ehcp"])
def test_clinics_and_special_needs_are_not_asked_for_a_risk(name: str, purpose: str) -> None:
    assert not asked(name, Case((purpose,)))
    assert asked(name, Case(("child_in_need",)))
