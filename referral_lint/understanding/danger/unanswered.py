"""Somebody who does not answer a call about a bill is in no danger: it is weighed as “has yet to reply”, which says the same calmly.

Not so at a door, or where a word is said for which one fears for somebody. The phrases are rules/data/unanswered_calls.yaml.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from referral_lint.facts import facts
from referral_lint.patterns import compiled
from referral_lint.understanding.danger import signs
from referral_lint.understanding.danger.phrases import Phrases
from referral_lint.understanding.saying import features
from referral_lint.understanding.saying.units import Unit

_NOT = r"(?:n['’]t| not)"
_BY_WHAT = r"(?:to )?(?:(?:his|her|their|the|my|our|any|these) )?(?:(?:mobile|work|home|phone|repeated|last) )?(?:phone|mobile|telephone|landline|calls?|letters?|e-?mails?|texts?|messages?|voicemails?)\b"
# “Is not picking up Ben” is another thing.
_SAYS_NO_MORE = r"(?=\W*$|[.,;:!?)]| (?:when|if|so|and|but|or|at|about|regarding|again|yet|either|because|as|to (?:calls|letters|e-?mails|messages))\b)"
_NOT_ANSWERING = compiled(
    rf"(?i)(?:(?: is| are|['’]s|['’]re)(?: still)?{_NOT}(?: yet)? (?:answering|picking up|responding)"
    rf"|(?: will| does| do){_NOT} (?:answer|pick up|respond)| won['’]t (?:answer|pick up|respond))(?: {_BY_WHAT}|{_SAYS_NO_MORE})"
)
_CALMLY = " has yet to reply"


def said(units: Sequence[Unit], cut: Callable[[str], list[str]] = features.tokens) -> Sequence[Unit]:
    """The units, with an unanswered call about business said calmly; as they are where anything is feared."""
    calm = [replace(unit, text=_NOT_ANSWERING.sub(_CALMLY, unit.text)) for unit in units]
    changed = [i for i, unit in enumerate(calm) if unit.text != units[i].text]
    if not changed or any(map(_is_feared, (cut(unit.text) for unit in calm))):
        return units
    business = {i for i, unit in enumerate(units) if "about" in _phrases().standing_in(cut(unit.text))}
    return [calm[i] if not business.isdisjoint(range(i - 1, i + 2)) else unit for i, unit in enumerate(units)]


def _is_feared(words: Sequence[str]) -> bool:
    seen = signs.classes_of(words) - {"fire"}
    return "unless" in _phrases().standing_in(words) or "now" in seen or signs.name_harm(seen)


@cache
def _phrases() -> Phrases:
    return Phrases(facts("unanswered_calls.yaml"))
