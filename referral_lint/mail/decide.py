"""What happens to a message: a pure function of what was judged, the mode, and what is remembered."""

from __future__ import annotations

from dataclasses import dataclass

from referral_lint.mail.policy import Found

PASS, REFUSE, QUARANTINE = "pass", "refuse", "quarantine"
COPY_RULE = "checked-copy"  # not a rule of a pack: our own marked copy is attached


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the check found, without any words of the message; crosses from the worker to the filter."""

    verdict: str = "ready"
    complete: bool = True
    urgent: bool = False  # it shows immediate danger
    protection: bool = False  # a child or adult protection or domestic-abuse conference referral
    found: tuple[Found, ...] = ()
    fingerprint: str = ""
    sealed: bool = False  # signed or encrypted: must not be changed
    invitation: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """`action`, and why in a word or two. `tell`: the report goes to the sender."""

    action: str
    why: str
    mode: str
    tell: bool = False


def decide(
    mode: str,
    judgement: Judgement | None,
    *,
    reason: str = "",
    at_once: bool = False,
    asked: bool = False,
) -> Decision:
    """The decision on one message. `mode` is that of its findings; `judgement` None: it could not be judged in time.

    Danger, protection referrals and what could not be read or judged always go: nobody knows what the latter says.
    `asked`: the very same message was refused before, and its sender was told that it goes when it is sent again.
    """
    if judgement is None:
        return Decision(PASS, "unjudged", mode, tell=mode != "monitor")
    if judgement.invitation:
        return Decision(PASS, "invitation", mode)
    if mode == "monitor" or not judgement.found:
        return Decision(PASS, "monitor" if judgement.found else "nothing found", mode)
    if let := _never_held(judgement, at_once):
        return Decision(PASS, let, mode, tell=True)
    copy = any(one.rule == COPY_RULE for one in judgement.found)  # it must not go out by mistake, so we ask here too
    if mode == "tell" and not copy:
        return Decision(PASS, "told", mode, tell=True)
    if reason:
        return Decision(PASS, "reason given", mode)
    if asked:
        return Decision(PASS, "sent again", mode)
    return Decision(QUARANTINE if mode == "quarantine" else REFUSE, "held", mode, tell=True)


def _never_held(judgement: Judgement, at_once: bool) -> str:
    if judgement.urgent:
        return "danger"
    if judgement.protection:
        return "protection"
    if not judgement.complete:
        return "not all read"
    return "reader" if at_once else ""
