"""Which of the seventeen statements the draft makes, with which words, and which of the others it is asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.model import Span, Statement, Status
from referral_lint.patterns import compiled
from referral_lint.understanding.greetings import GREETING
from referral_lint.understanding.purposes.signs import ARRANGEMENT
from referral_lint.understanding.saying.asked import Case, Stance, asked, possible, waits
from referral_lint.understanding.saying.reading import Reading
from referral_lint.understanding.saying.weights import NAMES

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

__all__ = ["NAMES", "find"]


def find(draft: Draft) -> tuple[Statement, ...]:
    """All seventeen, in the order of NAMES. What the setting knows wins over what the draft shows."""
    given = {name: Statement(name, Status(status)) for name, status in draft.setting.statements}
    if len(given) < len(NAMES):
        given = {**_shown(draft), **given}
    return tuple(replace(given[name], waits=waits(name, urgent=draft.in_danger)) for name in NAMES)


def _shown(draft: Draft) -> dict[str, Statement]:
    if is_fragment(draft) or is_answer(draft):
        return {name: Statement(name, Status.NOT_APPLICABLE) for name in NAMES}
    reading = draft.reading
    case = _case(draft, reading)
    made = {name: column for name in NAMES if (column := _said_by(name, case, reading))}
    wanted = asked(replace(case, said=frozenset(made)))
    return {
        name: _made(draft, name, reading.spans[made[name]])
        if name in made
        else Statement(name, Status.ABSENT if name in wanted else Status.NOT_APPLICABLE)
        for name in NAMES
    }


_FRAGMENT = 20  # words
_ADDRESSED = compiled(rf"(?im)^\W*(?:{GREETING}|to whom|fao|for the attention|to:)\b|^to:")


def is_fragment(draft: Draft) -> bool:
    """A sentence or two that nobody is addressed in, or a word on an arrangement, is no draft: nothing is asked of it."""
    if draft.setting.purposes or draft.document.envelope is not None or len(draft.text) > 40 * _FRAGMENT:
        return False
    if len(draft.text.split()) >= _FRAGMENT or _ADDRESSED.search(draft.text):
        return False
    return all(purpose.id == ARRANGEMENT for purpose in draft.purposes)


def is_answer(draft: Draft) -> bool:
    """A line or two that only answer a colleague or thank them: they ask for nothing and tell of no harm."""
    answers = facts("statement_needs.yaml")["answers"]
    own = draft.places.own
    if draft.setting.purposes or draft.mode == "no-names" or draft.places.asking or not own:
        return False
    words = "\n".join(map(draft.words, own))
    return (
        len(words.split()) <= answers["most_words"]
        and _begins(answers["begin"]).match(words) is not None
        and draft.is_calm
    )


@cache
def _begins(pattern: str) -> re.Pattern[str]:
    """Such a beginning, behind a greeting and the name greeted."""
    return re.compile(rf"\W*(?:(?i:{GREETING})\b[^\n,.!]{{0,40}}[,.!\n]\s*)?(?i:{pattern.replace(' |', '|')})")


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


def _said_by(name: str, case: Case, reading: Reading) -> str:
    """Which of the reading's columns makes the statement; "" if none does."""
    if not possible(name, case):
        return ""
    if reading.holds[name]:
        return name
    return "agreed" if name in _SAID_BY_AGREEING and case.stance.agreed else ""


def _made(draft: Draft, name: str, span: Span | None) -> Statement:
    return Statement(name, Status.PRESENT, span, draft.words(span) if span is not None else "")
