"""How strongly a draft tells of danger now: signs look at every sentence, an encoder reads what they are in doubt about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nlargest
from math import log

from referral_lint.understanding.danger import encoder, signs
from referral_lint.understanding.danger.stretches import groups
from referral_lint.understanding.saying import features
from referral_lint.understanding.saying.units import Unit

DOUBT = -3.5  # the odds of signs below which a stretch is calm
MOST = 4  # stretches of a draft that the encoder reads, the strongest
SHARE = 0.5  # what the signs' odds count beside the encoder's
FEW = 3  # units of which each may well be what the draft is about


def odds(said: Sequence[Unit], cut: Callable[[str], list[str]] = features.tokens) -> float:
    """The logarithm of the odds of the strongest stretch; -inf where nothing is said. `cut` as in saying/features.py.

    Among many sentences one looks like danger by chance: all odds of a long draft are lower.
    """
    crowd = log(max(FEW, len(said)) / FEW)
    found = list(zip(signs.scores([signs.of(unit, cut) for unit in said]), groups(len(said)), strict=True))
    doubtful = [
        (odds, said[first : first + count]) for odds, (first, count) in nlargest(MOST, found) if odds - crowd > DOUBT
    ]
    read = [SHARE * odds + encoder.load().odds(stretch) for odds, stretch in doubtful]
    return max(read, default=max((odds for odds, _ in found), default=float("-inf"))) - crowd
