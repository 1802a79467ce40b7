"""What the units of a draft come to: which statements and stances hold, and the words that show each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.understanding.saying import encoder, features, frames, log, recipient, units, weights
from referral_lint.understanding.saying.weights import COLUMNS

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


CLEAR = 4.0  # the odds from which one unit says it whatever the rest of the draft looks like


@dataclass(frozen=True, slots=True)
class Reading:
    """`holds`: is each of COLUMNS said? `spans`: the words that say it best, None if there is nothing at all."""

    holds: Mapping[str, bool]
    spans: Mapping[str, Span | None]


def read(draft: Draft) -> Reading:
    """Units, classifier and the frames that settle a statement by themselves."""
    said = draft.units
    rows = features.all_of(said, draft.heard)
    model = weights.load()
    scores = encoder.beside(model.score_features(rows), said)
    lacks = model.lacks(scores, weights.look(draft))
    settled = _settled(said, rows)
    holds, spans = {}, dict[str, Span | None]()
    for i, name in enumerate(COLUMNS):
        best = said[int(scores[:, i].argmax())].span if said else None
        spans[name] = settled.get(name, best)
        is_clear = name in settled or (bool(said) and bool(scores[:, i].max() > CLEAR))
        holds[name] = best is not None and (is_clear or bool(lacks[i] < model.threshold[i]))
    if holds["informed"] and not holds["override"] and _is_denied(spans["informed"], said, rows):
        holds["informed"] = False  # "not told" alone leaves open why not
    spans["recipient"] = recipient.addressee(draft)
    holds["recipient"] = spans["recipient"] is not None
    logged = None if holds["sources"] else log.attributed_rows(draft)
    if logged is not None:
        holds["sources"], spans["sources"] = True, logged
    return Reading(holds, spans)


def _is_denied(span: Span | None, said: tuple[units.Unit, ...], rows: list[set[str]]) -> bool:
    """Does the unit at this place say that nobody was told, without a reason?"""
    denials = frames.of("untold")
    return any(unit.span == span and row & denials for unit, row in zip(said, rows, strict=True))


def _settled(said: tuple[units.Unit, ...], rows: list[set[str]]) -> dict[str, Span]:
    sure = frames.sure()
    found: dict[str, Span] = {}
    for unit, row in zip(said, rows, strict=True):
        for feature in row & sure.keys():
            found.setdefault(sure[feature], unit.span)
    return found
