"""What the draft is for: which purposes of rules/data/purposes.yaml its title, its addressee and its requests show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from referral_lint.facts import facts
from referral_lint.model import Purpose, Span
from referral_lint.understanding import naming
from referral_lint.understanding.layers import softmax
from referral_lint.understanding.purposes import looks, signs, weights
from referral_lint.understanding.purposes.weights import Floats

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_LEAST = 0.2  # what is less likely is not named
_NEXT_TO = 0.7  # a second purpose is nearly as likely as the first
# An arrangement comes first if its subject says so and it is not all but ruled out, or its own words show it; else something is asked and it
# is likely, or it is very likely.
_TITLED, _SHOWN, _UNSHOWN, _PLAIN = 0.03, 0.25, 0.5, 0.7


def profile(purpose: str) -> dict[str, Any]:
    """The profile of a purpose id: label, consent_stance, necessary, not_expected."""
    found: dict[str, Any] = facts("purposes.yaml")["purposes"][purpose]
    return found


def flagged(flag: str) -> frozenset[str]:
    """The ids of the purposes that have this flag in purposes.yaml."""
    return frozenset(name for name, entry in facts("purposes.yaml")["purposes"].items() if entry.get(flag))


DANGER, ABOUT_AN_ADULT, _CALMER = map(flagged, ("danger", "about_an_adult", "within"))
_HAVE_CALMER = frozenset(profile(name)["within"] for name in _CALMER)


def asks_little(draft: Draft) -> bool:
    """Does the reader only hand something out or arrange a day?"""
    return bool(draft.purposes) and all(profile(purpose.id).get("asks_little") for purpose in draft.purposes)


def find(draft: Draft) -> tuple[Purpose, ...]:
    """The purposes of the draft, the main one first, two at most; none where it shows none."""
    if draft.setting.purposes:
        return tuple(_purpose(name) for name in draft.setting.purposes)
    if draft.asks_in_general:
        return (_purpose(signs.GENERAL),)
    look = looks.of(draft)
    likely = softmax(weights.load().scores(look.words, look.signs))
    if signs.GENERAL in chosen(likely, look) and is_for_somebody(draft):
        likely[signs.names().index(signs.GENERAL)] = 0
    if draft.harm_is_told or signs.refers(draft, look.places):
        likely[signs.names().index(signs.ARRANGEMENT)] = 0
        likely /= likely.sum()
    names = chosen(likely, look)
    return _calm(draft, look, names) or tuple(_purpose(name, looks.shown(draft, look, name)) for name in names)


def _calm(draft: Draft, look: looks.Look, names: tuple[str, ...]) -> tuple[Purpose, ...]:
    """The calmer kind of the main purpose, or of none, where the draft tells of no harm: a stair rail is no safeguarding concern."""
    main = next(iter(names), "")
    is_unshown = main == signs.ARRANGEMENT and not look.arranges and main not in look.hits
    if main and not is_unshown and main not in _HAVE_CALMER:
        return ()
    found = ((name, signs.asking_for(draft, look.places, name)) for name in _CALMER)
    calmer = tuple(_purpose(name, span) for name, span in found if span is not None)[:1]
    return calmer if calmer and draft.is_calm and not draft.may_be_in_danger else ()


def is_for_somebody(draft: Draft) -> bool:
    """Does it name whom it asks something for, whatever its reader is called? A question of what to do is no such request."""
    return naming.names_somebody(draft) and draft.searched.first(signs.wonders()) is None


def chosen(likely: Floats, look: looks.Look) -> tuple[str, ...]:
    """The ids of the likeliest purpose and of another that is nearly as likely. `likely`: as weights.scores orders them."""
    names = (*signs.names(), "")
    worth = likely.copy()
    arrangement = names.index(signs.ARRANGEMENT)
    worth[arrangement] = _arranged(float(likely[arrangement]), look)
    first, second = np.argsort(-worth)[:2]
    if not names[first] or worth[first] < _LEAST:
        return ()
    has_second = names[second] and likely[second] >= max(_LEAST, _NEXT_TO * likely[first])
    return (names[first], names[second]) if has_second else (names[first],)


def _arranged(likely: float, look: looks.Look) -> float:
    """A chaser names the service that it chases, and so looks like a referral there; and any short email like a chaser."""
    if look.arranges and likely >= _TITLED:
        return 1.0
    if signs.ARRANGEMENT in look.hits:
        return 1.0 if likely >= _SHOWN else likely
    return likely if likely >= (_UNSHOWN if look.places.asking else _PLAIN) else 0.0


def _purpose(name: str, span: Span | None = None) -> Purpose:
    return Purpose(name, profile(name)["label"], span)
