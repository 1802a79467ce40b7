"""How strongly a few sentences tell of danger now, by their signs: classes of words, their company, two small linear models.

One model reads up to three sentences that stand together, the other the stretch around them: what a calm request is like.
The classes are rules/data/urgency_words.yaml; the weights were trained by models/scripts/train_danger.py and hold no words.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from math import sqrt
from pathlib import Path

import numpy as np

from referral_lint.errors import BROKEN_FILE, ModelError
from referral_lint.facts import facts
from referral_lint.paths import MODELS
from referral_lint.understanding import layers
from referral_lint.understanding.danger.phrases import Phrases
from referral_lint.understanding.danger.stretches import groups
from referral_lint.understanding.saying import features
from referral_lint.understanding.saying.units import Unit

MOST = 3  # units that are read together
CALM = -4.0  # the odds below which a single unit is calm, though it has a word of harm: “lives alone”
PLAINEST = 2  # windows of a draft that are told apart from their stretches
FEW = 14  # a draft of so many units or fewer is short
NEAR, WHOLE = "", "D"  # the two models by what their features begin with: a window; all of a stretch
_ASKED = "asks-danger"  # what a printed question may ask, no sign in an answer
# What one feature of each kind counts before the weights: a class, two in one unit, two in the window, all the words together.
_CLASS, _SAME, _WINDOW, _WORDS, _SIZE = 1.0, 0.7, 0.4, 2.0, 0.3


@dataclass(frozen=True, slots=True)
class Signs:
    """What a unit shows: its classes and its words and pairs of words."""

    classes: frozenset[str]
    words: frozenset[str]


def of(unit: Unit, cut: Callable[[str], list[str]] = features.tokens) -> Signs:
    """The classes and words of one unit, with the question that it answers. `cut` as in saying/features.py."""
    words = cut(unit.text)
    asked = cut(unit.question)
    found = classes_of(words) - {_ASKED}
    stems = [features.stem(word) for word in words]
    grams = {*stems, *map(" ".join, pairwise(["<", *stems, ">"]))}
    if asked:
        said = features.answer(unit)
        grams.update(f"q{said}:{features.stem(word)}" for word in asked)
        found.add(f"answer {said}")
        if _ASKED in classes_of(asked) or not {"emergency", "urgent", "urgency", "safe", "999"}.isdisjoint(asked):
            found.add(f"danger asked {said}")
    return Signs(frozenset(found), frozenset(grams))


def of_window(window: Sequence[Signs]) -> dict[str, float]:
    """The features of units that stand together and how much each counts."""
    together = sorted(frozenset[str]().union(*(s.classes for s in window)))
    out = {f"W:{a}&{b}": _WINDOW for a, b in combinations(together, 2)}
    out.update((f"S:{a}&{b}", _SAME) for s in window for a, b in combinations(sorted(s.classes), 2))
    out.update((f"C:{name}", _CLASS) for name in together)
    words = frozenset[str]().union(*(s.words for s in window))
    share = _WORDS / sqrt(max(1, len(words)))
    out.update((f"G:{word}", share) for word in words)
    out[f"#{len(window)}"] = _SIZE
    return out


def windows(found: Sequence[Signs]) -> Iterator[Sequence[Signs]]:
    """Every one, two and three units that follow each other."""
    for size in range(1, MOST + 1):
        for start in range(len(found) - size + 1):
            yield found[start : start + size]


@dataclass(frozen=True, slots=True)
class Scores:
    """`stretches`: the odds of each stretch (stretches.py); `windows`: those of windows that stand apart, the strongest first."""

    stretches: list[float]
    windows: list[tuple[float, int, int]]  # odds, first unit, how many units


def scores(found: Sequence[Signs]) -> Scores:
    """A stretch has the odds of its strongest window and of what all of it is like together; -inf where there is no window.

    Of many units only a window counts there that names a harm and a moment, or answers a question about danger.
    """
    near, whole = _Reading(NEAR, found), _Reading(WHOLE, found)
    kinds = [_kind(s) for s in found] if len(found) > FEW else []
    every = {(i, size): near.odds(i, size) for size in range(1, MOST + 1) for i in range(len(found) - size + 1)}
    plain = {at: odds for at, odds in every.items() if not kinds or _is_plain(kinds[at[0] : sum(at)])}

    def of_stretch(first: int, count: int) -> float:
        inside = [
            plain[i, size]
            for size in range(1, MOST + 1)
            for i in range(first, first + count - size + 1)
            if (i, size) in plain
        ]
        return (max(inside) + whole.odds(first, count)) / 2 if inside else float("-inf")

    return Scores([of_stretch(first, count) for first, count in groups(len(found))], _apart(every))


def _apart(every: Mapping[tuple[int, int], float]) -> list[tuple[float, int, int]]:
    """The strongest windows of which none shares a unit with another."""
    taken = list[tuple[float, int, int]]()
    for odds, first, size in sorted(((odds, *at) for at, odds in every.items()), reverse=True):
        if len(taken) == PLAINEST:
            break
        if all(first + size <= i or i + n <= first for _, i, n in taken):
            taken.append((odds, first, size))
    return taken


class _Reading:
    """One of the two models over the units of one draft; which of their words it knows is looked up once."""

    def __init__(self, model: str, found: Sequence[Signs]) -> None:
        weights, biases = load()
        head = zlib.crc32(f"{model}G:".encode())  # a checksum goes on from that of the beginning
        self._model, self._bias, self._found = model, biases[model], found
        self._words = {
            word: weight
            for word in frozenset[str]().union(*(s.words for s in found))
            if (weight := weights.get(zlib.crc32(word.encode("utf-8"), head)))
        }
        self._known = [frozenset(s.words & self._words.keys()) for s in found]

    def odds(self, first: int, size: int) -> float:
        """What the model makes of `size` units from `first` on."""
        window = self._found[first : first + size]
        every = len(frozenset[str]().union(*(s.words for s in window)))
        told = sum(self._words[w] for w in frozenset[str]().union(*self._known[first : first + size]))
        return self._bias + told * _WORDS / sqrt(max(1, every)) + _signs(self._model, window)


def telling(found: Sequence[Signs]) -> list[int]:
    """Which of these units, each by itself, tell of danger in a draft that does: the strongest, and those that name a harm and are not calm."""
    near = _Reading(NEAR, found)
    alone = [near.odds(i, 1) for i in range(len(found))]
    strongest = max(alone, default=0.0)
    return [i for i, odds in enumerate(alone) if odds == strongest or (odds > CALM and name_harm(found[i].classes))]


def name_harm(classes: Set[str]) -> bool:
    """Is one of these classes a harm, whenever it came or may come?"""
    return not classes.isdisjoint(facts("urgency_words.yaml")["harm"])


Kind = tuple[bool, bool, bool]  # answers a question about danger, names a harm, names a moment


def _kind(said: Signs) -> Kind:
    data, seen = facts("urgency_words.yaml"), said.classes
    asked = any(name.startswith("danger asked") for name in seen)
    return asked, name_harm(seen), not seen.isdisjoint(data["moment"])


def _is_plain(window: Sequence[Kind]) -> bool:
    asked, harm, moment = map(any, zip(*window, strict=True))
    return asked or (harm and moment)


def _signs(model: str, window: Sequence[Signs]) -> float:
    together = sorted(frozenset[str]().union(*(s.classes for s in window)))
    within = {pair for s in window for pair in combinations(sorted(s.classes), 2)}
    return (
        _weight(f"{model}#{len(window)}", _SIZE)
        + sum(_weight(f"{model}C:{name}", _CLASS) for name in together)
        + sum(_pair(f"{model}W", a, b, _WINDOW) for a, b in combinations(together, 2))
        + sum(_pair(f"{model}S", a, b, _SAME) for a, b in within)
    )


@cache
def _pair(kind: str, one: str, other: str, worth: float) -> float:
    return _weight(f"{kind}:{one}&{other}", worth)


def _weight(feature: str, worth: float) -> float:
    return load()[0].get(layers.checksum(feature), 0.0) * worth


@cache
def load(path: Path = MODELS / "statements" / "danger.npz") -> tuple[Mapping[int, float], Mapping[str, float]]:
    """The weights by checksum, and the bias of each model. Raises ModelError if they are missing or broken."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            weights = dict(zip(file["keys"].tolist(), (file["table"] * file["scale"]).tolist(), strict=True))
            return weights, dict(zip((NEAR, WHOLE), file["biases"].tolist(), strict=True))
    except BROKEN_FILE as fault:
        raise ModelError("the weights for urgency cannot be read; install referral-lint again", path) from fault


@cache
def _classes() -> Phrases:
    return Phrases(facts("urgency_words.yaml")["classes"])


def classes_of(words: Sequence[str]) -> set[str]:
    """The classes of which a phrase stands in these words."""
    return _classes().standing_in(words)
