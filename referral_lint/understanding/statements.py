"""Which of the seventeen statements the draft makes, with which words, and which of the others it is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from referral_lint.model import Statement, Status
from referral_lint.understanding.greetings import GREETING
from referral_lint.understanding.purposes.signs import ARRANGEMENT
from referral_lint.understanding.saying.asked import UNDERSTOOD, Case, Stance, asked
from referral_lint.understanding.saying.reading import Reading
from referral_lint.understanding.saying.weights import NAMES

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

__all__ = ["NAMES", "find"]


def find(draft: Draft) -> tuple[Statement, ...]:
    """All seventeen, in the order of NAMES. What the setting knows wins over what the draft shows."""
    given = dict(draft.setting.statements)
    if len(given) == len(NAMES):
        return tuple(Statement(name, Status(given[name])) for name in NAMES)
    if is_fragment(draft):
        return tuple(Statement(name, Status(given.get(name, Status.NOT_APPLICABLE))) for name in NAMES)
    reading = draft.reading
    case = _case(draft, reading)
    return tuple(
        Statement(name, Status(given[name])) if name in given else _statement(draft, name, case, reading)
        for name in NAMES
    )


_FRAGMENT = 20  # words
_ADDRESSED = re.compile(rf"(?im)^\W*(?:{GREETING}|to whom|fao|for the attention|to:)\b|^to:")


def is_fragment(draft: Draft) -> bool:
    """A sentence or two that nobody is addressed in, or a word on an arrangement, is no draft: nothing is asked of it."""
    if draft.setting.purposes or draft.document.envelope is not None or len(draft.text) > 40 * _FRAGMENT:
        return False
    if len(draft.text.split()) >= _FRAGMENT or _ADDRESSED.search(draft.text):
        return False
    return all(purpose.id == ARRANGEMENT for purpose in draft.purposes)


def _case(draft: Draft, reading: Reading) -> Case:
    against = reading.holds["against"]
    return Case(
        purposes=tuple(purpose.id for purpose in draft.purposes),
        mode=draft.mode,
        kind=draft.kind,
        urgent=draft.urgent,
        stance=Stance(agreed=reading.holds["agreed"] and not against, against=against),
        informs=reading.informs,
    )


# Whoever agreed was told, and was asked.
_SAID_BY_AGREEING = ("informed", "consent")


def _statement(draft: Draft, name: str, case: Case, reading: Reading) -> Statement:
    wanted, said = asked(name, case), name
    # Nobody understood what was shared, or was overruled, if nobody agreed, or nobody refused.
    possible = wanted or name not in (*UNDERSTOOD, "override")
    if name in _SAID_BY_AGREEING and case.stance.agreed and not reading.holds[name]:
        said = "agreed"
    if not (reading.holds[said] and possible):
        return Statement(name, Status.ABSENT if wanted else Status.NOT_APPLICABLE)
    span = reading.spans[said]
    return Statement(name, Status.PRESENT, span, draft.words(span) if span is not None else "")
