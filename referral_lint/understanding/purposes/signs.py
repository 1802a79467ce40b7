"""Signs of each purpose by the words of rules/data/purposes.yaml, and what else sets the purposes apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from referral_lint.facts import facts
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.harm_done import tells_of_harm
from referral_lint.understanding.lexicon import Lexicon
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.purposes.places import Places
from referral_lint.understanding.purposes.weights import Floats

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_MOST = (1, 1, 1, 1.5, 1, 1, 2, 1)  # so many hits count as one, by sign
SIGNS = len(_MOST)  # a purpose
CIRCUMSTANCES = 11  # a draft
ARRANGEMENT = "appointment_admin"
GENERAL = "no_names_consultation"
_NOTHING = Sought(r"(?!)")
_CHILDREN = compiled(
    r"(?i)child(?:ren)?(?:['’]?s)?(?:(?: and| &) famil\w+| social)? (?:services|social|care|serv|duty|first contact|team|front door|advice|hub|safeguard)"
    r"|social (?:work|services)(?!er \w+ for adults)|\bMASH\b|front door|first response|safeguarding hub|out[- ]of[- ]hours (?:team|service)|\bEDT\b|emergency duty|\bduty (?:social|desk|team|worker|line)"
    r"|\bCSC\b|\bgateway\b|safeguarding (?:team|lead|children|partnership)|referral (?:and assessment|team)|assessment team|contact centre|worried about a child"
)
_HARM = Sought(
    r"(?i)\b(?:hurt|hurts|hit|hits|hitting|slapp\w+|smack\w+|punch\w+|kick\w+|beat(?:s|en|ing)?|bruis\w+|injur\w+|fractur\w+|burn(?:s|t|ed)?|mark(?:s)? on (?:his|her|their)|bite mark|strangl\w+|shak(?:en|ing|es) (?:the|her|him)"
    r"|sexual(?:ly)?|rap(?:e|ed)|touch(?:ed|es|ing) (?:me|her|him)|private parts|groom\w*|exploit\w*|unsafe|not safe|in danger|weapon|knife|afraid of him|frightened of|scared (?:of|to)|abus\w+|neglect\w*|left (?:alone|on (?:his|her|their) own)|on (?:his|her|their) own|home alone"
    r"|overdos\w+|unborn|significant harm|locked (?:in|out)|starv\w+|threaten\w*|thrown|threw|choked|violen\w+)\b"
)
_URGENT = Sought(
    r"(?i)\b(?:urgent(?:ly)?|today|tonight|now|immediate(?:ly)?|before (?:he|she|they|3|4|6)|999|tomorrow|strategy|child protection|section 47|significant harm|asap)\b"
)
_SOON = 900  # characters in which a draft says that it is pressing


@cache
def names() -> tuple[str, ...]:
    """The ids of purposes.yaml that are learned, in its order."""
    return tuple(name for name, entry in facts("purposes.yaml")["purposes"].items() if "within" not in entry)


@cache
def _patterns() -> tuple[tuple[Sought, Sought], ...]:
    """For each purpose, how its services and documents are called, and how it is asked for."""
    return tuple((_told_by(name, "names"), _told_by(name, "asks")) for name in names())


@cache
def _told_by(name: str, key: str) -> Sought:
    return _any_of(facts("purposes.yaml")["purposes"][name].get(key, ()))


def wonders() -> Sought:
    """How somebody asks what to do themselves."""
    return _told_by(GENERAL, "wonders")


def arranges(draft: Draft, places: Places) -> bool:
    """Does the subject say by itself that something is arranged or chased, and is no harm told of below it?"""
    arranging = _told_by(ARRANGEMENT, "titles")
    return any(draft.has(arranging, title) for title in places.titles) and draft.searched.first(_HARM) is None


def refers(draft: Draft, places: Places) -> bool:
    """Is a first appointment asked for, for somebody whom the reader does not know yet? That is no arrangement, but a referral."""
    return any(draft.has(_told_by(ARRANGEMENT, "refers"), span) for span in places.asking)


def is_calm(draft: Draft, places: Places) -> bool:
    """Does it tell of no harm, of nothing that may be harm, and of no uneasiness?"""
    if draft.urgent or draft.searched.first(_HARM) or draft.searched.first(_uneasy()):
        return False
    return not any(tells_of_harm(draft, span) for span in places.own)


@cache
def _uneasy() -> Sought:
    return _any_of(facts("purposes.yaml")["uneasy"])


def asking_for(draft: Draft, places: Places, name: str) -> Span | None:
    """The words that ask for what this purpose is for, or name its service."""
    to, asking = (_Part(draft, spans) for spans in ((*places.addressees, *places.titles), places.asking))
    asks, called = _told_by(name, "asks"), _told_by(name, "names")
    return next(iter(asking.hits(asks, 1) or to.hits(called, 1) or to.hits(asks, 1)), None)


def _any_of(patterns: Sequence[str]) -> Sought:
    return Sought("|".join(patterns), re.I) if patterns else _NOTHING


@cache
def _lexicon() -> Lexicon:
    """The cues of the purposes, and who receives them, by the purpose's number and whether it is a cue."""
    profiles = facts("purposes.yaml")["purposes"]
    groups: dict[str, list[str]] = {}
    for i, name in enumerate(names()):
        groups[f"{i} cue"] = [str(cue) for cue in profiles[name]["cues"]]
        groups[f"{i} reader"] = [who for who in profiles[name]["recipients"] if who != "anyone"]
    return Lexicon(groups)


def of(draft: Draft, places: Places) -> tuple[Floats, dict[str, Span]]:
    """(purposes, SIGNS), each from 0 to about 1.5, and the words that show a purpose best, where any do."""
    to, titles, asking = (_Part(draft, spans) for spans in (places.addressees, places.titles, places.asking))
    cues, readers = _told(draft)
    table = np.zeros((len(names()), SIGNS))
    shown: dict[str, Span] = {}
    for i, (called, asked) in enumerate(_patterns()):
        told = cues.get(i, [])
        found = (
            to.hits(called, 1), titles.hits(called, 1), titles.hits(asked, 1), asking.hits(asked, 2),
            [*to.among(told), *titles.among(told)][:1], asking.among(told)[:1], told[:3], to.among(readers.get(i, []))[:1],
        )  # fmt: skip
        table[i] = [len(hits) / most for hits, most in zip(found, _MOST, strict=True)]
        first = next((hits[0] for hits in found if hits), None)
        if first is not None:
            shown[names()[i]] = first
    return table, shown


def _told(draft: Draft) -> tuple[dict[int, list[Span]], dict[int, list[Span]]]:
    """Where the cues of each purpose stand, and where those who receive it are named, by the purpose's number."""
    found: dict[str, dict[int, list[Span]]] = {"cue": {}, "reader": {}}
    for group, span in _lexicon().find(draft.text):
        number, _, kind = group.partition(" ")
        found[kind].setdefault(int(number), []).append(span)
    return found["cue"], found["reader"]


class _Part:
    """The stretches of one place, to look for many patterns in."""

    def __init__(self, draft: Draft, spans: Sequence[Span]) -> None:
        self._text, self._spans = draft.text, spans
        self._low = "\n".join(map(draft.words, spans)).lower()

    def hits(self, sought: Sought, most: int) -> list[Span]:
        """The first hit of each stretch, `most` at most."""
        return list(islice(self._hits(sought), most)) if sought.may_match(self._low) else []

    def among(self, found: Iterable[Span]) -> list[Span]:
        """Those that lie inside one of the stretches."""
        return [hit for hit in found if any(s.start <= hit.start and hit.end <= s.end for s in self._spans)]

    def _hits(self, sought: Sought) -> Iterator[Span]:
        for span in self._spans:
            found = sought.compiled.search(self._text, span.start, span.end)
            if found:
                yield Span(*found.span())


def circumstances(draft: Draft, places: Places) -> Floats:
    """(CIRCUMSTANCES,): children's services are the reader, harm is told of, it presses, how long and of what kind it is."""
    spans = [*places.addressees, *places.titles]
    children = any(_CHILDREN.search(draft.text, s.start, s.end) for s in spans)
    harm = min(5, len({m[0].lower()[:5] for m in draft.searched.every(_HARM)})) / 3
    pressing = draft.searched.first(_URGENT, 0, _SOON) is not None
    kinds = [draft.kind == kind for kind in ("email", "form", "note", "letter")]
    facts_found = (children, harm, children * harm, draft.urgent, draft.asks_in_general, pressing)
    return np.array([*facts_found, len(draft.text) / 3000, *kinds], float)
