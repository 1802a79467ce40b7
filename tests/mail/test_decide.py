"""Decisions: what must hold whatever the mode, for every combination."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_lint.config_keys import MODES
from referral_lint.mail.decide import COPY_RULE, PASS, QUARANTINE, REFUSE, Judgement, decide
from referral_lint.mail.policy import Found

SOMETHING = (Found("name-in-subject", "stop", "A name in the subject of an email"),)
COPY = (Found(COPY_RULE, "stop", "A checked copy"),)

judgements = st.builds(
    Judgement,
    complete=st.booleans(), urgent=st.booleans(), protection=st.booleans(), sealed=st.booleans(),
    invitation=st.booleans(), found=st.sampled_from([(), SOMETHING, COPY]),
)  # fmt: skip
anything = {
    "mode": st.sampled_from(MODES),
    "judgement": st.none() | judgements,
    "reason": st.sampled_from(["", "the team agreed"]),
    "at_once": st.booleans(),
    "asked": st.booleans(),
}


@given(**anything)
def test_danger_protection_and_the_unread_are_never_held(judgement, **rest):
    decision = decide(judgement=judgement, **rest)
    if judgement is None or judgement.urgent or judgement.protection or not judgement.complete:
        assert decision.action == PASS


@given(**anything)
def test_nothing_is_held_that_was_refused_before(asked, **rest):
    assert decide(asked=True, **rest).action == PASS


@given(**anything)
def test_monitor_only_records(mode, **rest):
    decision = decide("monitor", **rest)
    assert decision.action == PASS
    assert not decision.tell


@given(**anything)
def test_whatever_is_held_has_a_reason_and_is_told(**given):
    decision = decide(**given)
    if decision.action in (REFUSE, QUARANTINE):
        assert given["judgement"].found
        assert not given["reason"]
        assert decision.tell
        assert decision.mode == given["mode"] != "monitor"


@pytest.mark.parametrize(
    ("mode", "action", "tell"),
    [("monitor", PASS, False), ("tell", PASS, True), ("ask", REFUSE, True), ("quarantine", QUARANTINE, True)],
)
def test_the_modes(mode, action, tell):
    decision = decide(mode, Judgement(found=SOMETHING))
    assert (decision.action, decision.tell) == (action, tell)
    assert decide(mode, Judgement()).action == PASS
    assert not decide(mode, Judgement()).tell


@pytest.mark.parametrize(
    ("mode", "action"), [("monitor", PASS), ("tell", REFUSE), ("ask", REFUSE), ("quarantine", QUARANTINE)]
)
def test_our_own_copy_does_not_go_by_mistake(mode, action):
    assert decide(mode, Judgement(found=COPY)).action == action
    assert decide(mode, Judgement(found=COPY, urgent=True)).action == PASS


def test_of_a_message_that_could_not_be_judged_its_sender_is_told():
    assert decide("ask", None).action == PASS
    assert decide("ask", None).tell
