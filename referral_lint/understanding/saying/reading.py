"""What the units of a draft come to: which statements and stances hold, and the words that show each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.saying import encoder, features, frames, log, recipient, units, weights
from referral_lint.understanding.saying.weights import COLUMNS

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


_VIEWS = compiled(
    r"(?i)\b(?:views?|wishes|feelings|voice|own words)\b(?! of (?:the )?(?:referrer|writer|worker|officer))"
)
CLEAR = 4.0  # the odds from which one unit says it whatever the rest of the draft looks like
FIRM = 0.0  # the odds of a unit from which a frame settles it: below, 12 of 111 drafts that a frame alone decided did say it
NEVER = -30.0  # odds of a unit that cannot say it
TELLING = 2.0  # the odds from which a unit is quoted: above, five of six sentences are plainly about the statement, below, three of five


@dataclass(frozen=True, slots=True)
class Reading:
    """`holds`: is each of COLUMNS said? `spans`: the words that say it best, None if no words are plainly about it.

    `untold`: what is said best of telling is that nobody was told, and no reason stands beside it; `informs`: the reader has nothing to do.
    """

    holds: Mapping[str, bool]
    spans: Mapping[str, Span | None]
    untold: bool = False
    informs: bool = False


def read(draft: Draft) -> Reading:
    """Units, classifier and the frames that settle a statement by themselves."""
    said = tuple(unit for unit in draft.units if not unit.unfilled)
    rows = features.all_of(said, draft.heard)
    model = weights.load()
    scores = _without_the_unsaid(encoder.beside(model.score_features(rows), said), rows)
    lacks = model.lacks(scores, weights.look(draft))
    settled = _settled(said, rows, scores)
    holds, spans = dict[str, bool](), dict[str, Span | None]()
    for i, name in enumerate(COLUMNS):
        best = int(scores[:, i].argmax()) if said else None
        odds = float(scores[best, i]) if best is not None else 0.0
        is_clear = best is not None and odds > CLEAR
        is_quoted = is_clear and best is not None and _is_asked(name, said[best])
        telling = best if is_quoted or (name not in settled and odds >= TELLING) else settled.get(name)
        spans[name] = said[_beneath(said, telling)].span if telling is not None else None
        holds[name] = best is not None and (is_clear or name in settled or bool(lacks[i] < model.threshold[i]))
    untold = _is_denied(spans["informed"], said, rows)
    holds["informed"] &= not untold or holds["override"]  # "not told" alone leaves open why not
    spans["recipient"] = recipient.addressee(draft)
    holds["recipient"] = spans["recipient"] is not None
    logged = None if holds["sources"] else log.attributed_rows(draft)
    if logged is not None:
        holds["sources"], spans["sources"] = True, logged
    return Reading(holds, spans, untold, any(row & frames.of("nothing_asked") for row in rows))


# What a unit that fits such a frame cannot say, whatever it sounds like: “She asked me not to tell her mother” is a wish, and
# nobody agreed there; “Please do the needful” asks for nothing that the reader could do; that the mother knows of a letter is not its purpose.
_UNSAID = {"kept_from": ("consent", "agreed"), "empty_ask": ("purpose",), "known_of": ("purpose",)}


def _without_the_unsaid(scores: weights.Floats, rows: list[set[str]]) -> weights.Floats:
    scores = scores.copy()
    for group, names in _UNSAID.items():
        fitting = [at for at, row in enumerate(rows) if row & frames.of(group)]
        for name in names:
            scores[fitting, COLUMNS.index(name)] = NEVER
    return scores


def _beneath(said: tuple[units.Unit, ...], at: int) -> int:
    """Of a title within the draft (“What I am asking”) the sentence below it is quoted; what heads the draft stands for itself."""
    below = said[at + 1] if at + 1 < len(said) else None
    is_within = at > 0 and said[at].role == "title" and below is not None and below.heading == said[at].text
    return at + 1 if is_within and below is not None and below.text.rstrip().endswith((".", "?", "!")) else at


def _is_denied(span: Span | None, said: tuple[units.Unit, ...], rows: list[set[str]]) -> bool:
    """Does the unit at this place say that nobody was told, without a reason?"""
    denials = frames.of("untold")
    return any(unit.span == span and row & denials for unit, row in zip(said, rows, strict=True))


def _settled(said: tuple[units.Unit, ...], rows: list[set[str]], scores: weights.Floats) -> dict[str, int]:
    """Statements that a frame settles, and the likeliest of the units that fit one."""
    sure, always = frames.sure(), frames.always()
    found: dict[str, int] = {}
    for at, row in enumerate(rows):
        for feature in row & sure.keys():
            name = sure[feature]
            odds = scores[:, COLUMNS.index(name)]
            better = name not in found or (_is_asked(name, said[at]), odds[at]) > (
                _is_asked(name, said[found[name]]),
                odds[found[name]],
            )
            if better and (odds[at] >= FIRM or (feature in always and odds[at] > NEVER)):
                found[name] = at
    return found


def _is_asked(name: str, unit: units.Unit) -> bool:
    """What somebody else wants (“Views of the person”) is the last place to look for what the writer asks for."""
    return name != "purpose" or _VIEWS.search(unit.question) is None
