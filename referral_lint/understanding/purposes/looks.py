"""All that the choice of a purpose rests on, and the words that show the one chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from referral_lint.model import Span
from referral_lint.understanding.purposes import places, signs, weights
from referral_lint.understanding.purposes.places import Places
from referral_lint.understanding.purposes.weights import Floats

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


@dataclass(frozen=True)
class Look:
    """`words`: features by place; `signs`: all numbers in a row; `hits`: where a purpose's own words stand, by id.

    `arranges`: the subject says by itself that something is arranged or chased, and no harm is told of.
    """

    places: Places
    words: Mapping[str, set[str]]
    signs: Floats
    hits: Mapping[str, Span]
    arranges: bool = False


def of(draft: Draft) -> Look:
    """What the draft shows."""
    where = draft.places
    table, hits = signs.of(draft, where)
    numbers = np.concatenate([table.ravel(), signs.circumstances(draft, where)])
    return Look(where, places.features(draft, where), numbers, hits, signs.arranges(draft, where))


def shown(draft: Draft, look: Look, name: str) -> Span | None:
    """The words that show a purpose: its own words if they stand anywhere, else the stretch that speaks for it most."""
    if name in look.hits:
        return look.hits[name]
    known, column = weights.load(), list(signs.names()).index(name)
    pieces = [("T", s) for s in look.places.addressees] + [("S", s) for s in look.places.titles]
    pieces += [("B", s) for s in look.places.own]
    worth = [known.of_words(places.of_span(draft, mark, span))[column] for mark, span in pieces]
    return pieces[int(np.argmax(worth))][1] if worth and max(worth) > 0 else None
