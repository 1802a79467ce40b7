"""How strongly a draft tells of danger now: signs look at every sentence, an encoder reads what they are in doubt about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nlargest
from math import log

from referral_lint.understanding.danger import encoder, signs, unanswered, unnamed
from referral_lint.understanding.danger.stretches import groups
from referral_lint.understanding.saying import features
from referral_lint.understanding.saying.units import Unit

DOUBT = -2.5  # the odds of signs below which a stretch is calm and not read (so never above the limit in urgency.py)
MOST = 3  # stretches of a draft that the encoder reads, the strongest
SHARE = 0.5  # what the signs' odds count beside the encoder's
FEW = 3  # units of which each may well be what the draft is about
PLAIN = -1.0  # the odds of signs from which a few sentences are read with just one before and after them
APART = 2.5  # how much surer they must be than a stretch
SHORT = 6  # units of a text in which the plainest sentences are read alone, too: an ordinary ending can hide a danger of few words
ALONE = 2.0  # how much surer they must be then


UNNAMED = 0.5  # how much surer a few sentences must be when they are read without their names
SHORT_DOUBT = -5.0  # the same for fewer than FEW units: the signs of so few words tell little


def odds(said: Sequence[Unit], cut: Callable[[str], list[str]] = features.tokens) -> float:
    """The logarithm of the odds of the strongest stretch; -inf where nothing is said. `cut` as in saying/features.py.

    Among many sentences one looks like danger by chance: all odds of a long draft are lower. Danger said in passing drowns in what
    stands around it: the plainest sentences are read by themselves too. A few sentences are read without names as well.
    """
    said = unanswered.said(said, cut)
    bare = unnamed.said(said) if len(said) <= 2 * FEW else []
    if len(bare) > FEW or bare == list(said):
        return _odds(said, cut)
    return max(_odds(said, cut), _odds(bare, cut) - UNNAMED)


def _odds(said: Sequence[Unit], cut: Callable[[str], list[str]]) -> float:
    found = signs.scores([signs.of(unit, cut) for unit in said])
    crowd = log(max(FEW, len(said)) / FEW)
    stretches = nlargest(MOST, zip(found.stretches, groups(len(said)), strict=True))
    doubt = SHORT_DOUBT if len(said) < FEW else DOUBT
    doubtful = [((i, i + n), SHARE * worth - crowd) for worth, (i, n) in stretches if worth - crowd > doubt]
    plain = [
        ((max(0, i - 1), min(len(said), i + n + 1)), SHARE * worth - APART - crowd / 4)
        for worth, i, n in found.windows
        if worth > PLAIN
    ]
    if len(said) <= SHORT:
        plain += [((i, i + n), SHARE * worth - ALONE) for worth, i, n in found.windows if worth > PLAIN]
    asked: dict[tuple[int, int], float] = {}  # each stretch is read once, whatever asks for it
    for at, beside in (*doubtful, *plain):
        asked[at] = max(beside, asked.get(at, beside))
    read = [beside + encoder.load().odds(said[start:end]) for (start, end), beside in asked.items()]
    return max(read, default=max(found.stretches, default=float("-inf")) - crowd)
