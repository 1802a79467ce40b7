"""Addresses that are nearly those that were meant, and answers that go to everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.routes import CIRCULATION, MANY, place_of
from referral_lint.model import Mailbox
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.people.spellings import distance

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

SHORTEST = 8  # letters of a domain from which one letter more or less is no other organisation's
LONGEST = 253  # of any domain
A_FEW = 3  # readers from which an answer is one to everybody
# What the eye takes for the same.
_EYE = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"))
_COUNTRY = compiled(r"\.(?:(?:co|org|gov|ac|sch|nhs|police)\.uk|[a-z]{2,8})$")


def look_alike(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A reader at an address that is one letter, or the ending, away from one of our own or of a safe service."""
    envelope = draft.document.envelope
    if envelope is None:
        return
    configured = draft.setting.own_domains + draft.setting.secure_domains
    known = {*configured, *([_domain(envelope.sender)] if envelope.sender else [])} - {""}
    for box in envelope.recipients:
        domain = _domain(box)
        if not domain or any(domain == one or domain.endswith(f".{one}") for one in known):
            continue
        meant = next((one for one in sorted(known) if _is_alike(domain, one, one in configured)), None)
        if (meant or _hides_letters(domain)) and (span := place_of(draft, box)) is not None:
            yield Match(rule, span, {"meant": f"“{meant}”" if meant else "an address with plain letters"})


def reply_to_all(draft: Draft, rule: Rule) -> Iterator[Match]:
    """An answer that goes to several people and not all of one service."""
    envelope = draft.document.envelope
    if envelope is None or not envelope.is_reply or CIRCULATION.search(draft.text):
        return
    readers = envelope.to + envelope.cc
    if A_FEW <= len(readers) < MANY and len({_domain(box) for box in readers} - {""}) > 1:
        span = next((span for box in readers if (span := place_of(draft, box)) is not None), None)
        if span is not None:
            yield Match(rule, span, {"count": str(len(readers))})


def _domain(box: Mailbox) -> str:
    return box.address.rpartition("@")[2].lower()


def _is_alike(domain: str, known: str, ending_too: bool) -> bool:
    """Nearly the same, but not the same. Another number (ward1, ward2) is another place."""
    if _seen(domain) == _seen(known):
        return True
    name, other = _COUNTRY.sub("", domain), _COUNTRY.sub("", known)
    if name == other:
        return ending_too and len(name) >= SHORTEST
    return (
        len(known) >= SHORTEST
        and re.sub(r"\d", "", domain) != re.sub(r"\d", "", known)
        and distance(domain, known) == 1
    )


def _seen(domain: str) -> str:
    for letters, same in _EYE:
        domain = domain.replace(letters, same)
    return domain


def _hides_letters(domain: str) -> bool:
    """Letters of another alphabet that look like ours, or their coded form."""
    return not domain.isascii() or any(label.startswith("xn--") for label in domain.split("."))
