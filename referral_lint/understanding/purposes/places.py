"""The places of a draft that tell what it is for, and the words that stand there as features."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding import heads
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.saying.features import stem

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

OPENING = 3  # so many sentences are the opening
_WORD = compiled(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_ASKING = Sought(
    r"(?i)\b(?:refer(?:ring|ral|red)?|request(?:ing|ed)?|ask(?:ing|ed)?|purpose|reasons? for|would like|i'?d like|could (?:you|we|i|someone|he|she|they)"
    r"|can (?:you|we|i|he|she|they|someone)|would you|will you|please|pls|plz|support needed|need(?:s|ed)? (?:you|a|an|someone|somebody|to be|this)|apply|applying"
    r"|application|nominat\w+|i am (?:writing|sending|reporting)|i'?m (?:writing|sending|after)|just after|i write|this (?:is|letter|email|note|answers|confirms)|grateful|obliged"
    r"|what (?:do you|would you|is) (?:want|like|request|need)\w*|we want|i want|hop(?:e|ing) (?:you|for|that you)|want(?:s|ed)? (?:you|help|someone)|answers to|in support of|get (?:him|her|them) )"
)


@dataclass(frozen=True)
class Places:
    """Where the reader is named, what the draft is called, what it asks for, and all that it says."""

    addressees: Sequence[Span]
    titles: Sequence[Span]
    asking: Sequence[Span]
    own: Sequence[Span]


def of(draft: Draft) -> Places:
    """The places of the writer's own words; of a letter or a form's printed words only where it names its reader."""
    own = [s for s in draft.sentences if draft.is_own_offset(s.start)]
    titles = heads.titles(draft)
    if draft.kind == "letter":
        titles = titles + heads.first_lines(draft.document, 3)
    return Places(heads.addressees(draft), titles, [s for s in own if draft.has(_ASKING, s)], own)


def features(draft: Draft, places: Places) -> dict[str, set[str]]:
    """The words and pairs of each place, by the place's mark. Names, numbers and dates in sentences are classes."""
    return {
        "T": _all("T", (_plain(draft.words(s)) for s in places.addressees)),
        "S": _all("S", (_plain(draft.words(s)) for s in places.titles)),
        "A": _all("A", (_heard(draft, s) for s in places.asking)),
        "O": _all("O", (_heard(draft, s) for s in places.own[:OPENING])),
        "B": _all("B", (_heard(draft, s) for s in places.own)),
        "K": {f"K:{draft.kind}", f"K:long{min(6, len(draft.text) // 500)}"},
    }


def of_span(draft: Draft, mark: str, span: Span) -> set[str]:
    """The features that one stretch of a place gives."""
    return _all(mark, [_plain(draft.words(span)) if mark in "TS" else _heard(draft, span)])


def _plain(text: str) -> list[str]:
    """Capital letters say nothing in a heading or an address: services are written with them as people are."""
    return [stem(w.lower()) if not w[0].isdigit() else "@num" for w in _WORD.findall(text)]


def _heard(draft: Draft, span: Span) -> list[str]:
    return [stem(w) for w in draft.heard(draft.words(span))]


def _all(mark: str, pieces: Iterable[list[str]]) -> set[str]:
    return {f"{mark}:{gram}" for words in pieces for gram in _grams(words)}


def _grams(words: list[str]) -> Iterator[str]:
    yield from words
    for a, b in pairwise(words):
        yield f"{a} {b}"
