"""How strongly a draft tells of danger now: what two linear models make of its classes of words and a network of their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from referral_lint.understanding.danger import network, signs
from referral_lint.understanding.saying import features
from referral_lint.understanding.saying.units import Unit


def odds(said: Sequence[Unit], cut: Callable[[str], list[str]] = features.tokens) -> float:
    """The sum of both readings as logarithms of odds; -inf where nothing is said. `cut` as in saying/features.py."""
    return signs.score([signs.of(unit, cut) for unit in said]) + network.odds(said)
