"""What the draft is for: the purposes of rules/data/purposes.yaml that its title, its addressee and its requests show."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from referral_lint.model import Purpose, Span
from referral_lint.understanding import heads
from referral_lint.understanding.facts import facts
from referral_lint.understanding.needles import Sought

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

DANGER = frozenset(
    {"child_protection", "marac", "police_request", "prevent", "allegation_against_staff", "adult_safeguarding"}
)

# How much each place counts: what the reader is called, what the draft is called, what it asks for.
_TO, _TITLE, _ASK, _ASK_AGAIN = 3.0, 2.5, 2.5, 0.5
_ENOUGH = 2.0

_ASKING = Sought(
    r"(?i)\b(?:refer(?:ring|ral|red)?|request(?:ing|ed)?|ask(?:ing|ed)?|purpose|reasons? for|would like|i'?d like|could (?:you|we|i|someone|he|she|they)"
    r"|can (?:you|we|i|he|she|they|someone)|would you|will you|please|pls|plz|support needed|need(?:s|ed)? (?:you|a|an|someone|somebody|to be|this)|apply|applying"
    r"|application|nominat\w+|i am (?:writing|sending|reporting)|i'?m (?:writing|sending|after)|just after|i write|this (?:is|letter|email|note|answers|confirms)|grateful|obliged"
    r"|what (?:do you|would you|is) (?:want|like|request|need)\w*|we want|i want|hop(?:e|ing) (?:you|for|that you)|want(?:s|ed)? (?:you|help|someone)|answers to|in support of|get (?:him|her|them) )"
)
_CHILDREN = re.compile(
    r"(?i)child(?:ren)?(?:['’]?s)?(?:(?: and| &) famil\w+| social)? (?:services|social|care|serv|duty|first contact|team|front door|advice|hub|safeguard)"
    r"|social (?:work|services)(?!er \w+ for adults)|\bMASH\b|front door|first response|safeguarding hub|out[- ]of[- ]hours (?:team|service)|\bEDT\b|emergency duty|\bduty (?:social|desk|team|worker|line)"
    r"|\bCSC\b|\bgateway\b|safeguarding (?:team|lead|children|partnership)|referral (?:and assessment|team)|assessment team|contact centre|worried about a child"
)
_ADULTS = re.compile(r"(?i)\badults?\b|older people")
_HARM = Sought(
    r"(?i)\b(?:hurt|hurts|hit|hits|hitting|slapp\w+|smack\w+|punch\w+|kick\w+|beat(?:s|en|ing)?|bruis\w+|injur\w+|fractur\w+|burn(?:s|t|ed)?|mark(?:s)? on (?:his|her|their)|bite mark|strangl\w+|shak(?:en|ing|es) (?:the|her|him)"
    r"|sexual(?:ly)?|rap(?:e|ed)|touch(?:ed|es|ing) (?:me|her|him)|private parts|groom\w*|exploit\w*|unsafe|not safe|in danger|weapon|knife|afraid of him|frightened of|scared (?:of|to)|abus\w+|neglect\w*|left (?:alone|on (?:his|her|their) own)|on (?:his|her|their) own|home alone"
    r"|overdos\w+|unborn|significant harm|locked (?:in|out)|starv\w+|threaten\w*|thrown|threw|choked|violen\w+)\b"
)
_URGENT = Sought(
    r"(?i)\b(?:urgent(?:ly)?|today|tonight|now|immediate(?:ly)?|before (?:he|she|they|3|4|6)|999|tomorrow|strategy|child protection|section 47|significant harm|asap)\b"
)


@cache
def _cues() -> tuple[tuple[str, str, Sought, Sought], ...]:
    profiles = facts("purposes.yaml")["purposes"]
    return tuple(
        (name, entry["label"], Sought("|".join(entry["names"]), re.I), Sought("|".join(entry["asks"]), re.I))
        for name, entry in profiles.items()
        if "names" in entry
    )


def profile(purpose: str) -> dict[str, Any]:
    """The profile of a purpose id: label, consent_stance, necessary, justify, not_expected."""
    found: dict[str, Any] = facts("purposes.yaml")["purposes"][purpose]
    return found


def find(draft: Draft) -> tuple[Purpose, ...]:
    """The purposes of the draft, the main one first, three at most; none where it shows none."""
    if draft.setting.purposes:
        return tuple(Purpose(p, profile(p)["label"]) for p in draft.setting.purposes)
    scores = _scores(draft)
    best = max((score for score, _ in scores.values()), default=0.0)
    kept = sorted((item for item in scores.values() if item[0] >= max(_ENOUGH, 0.72 * best)), key=lambda item: -item[0])
    purposes = tuple(purpose for _, purpose in kept[:2])
    if draft.mode == "no-names":
        general = Purpose("no_names_consultation", profile("no_names_consultation")["label"])
        return (general,)
    return purposes


def _scores(draft: Draft) -> dict[str, tuple[float, Purpose]]:
    to, titles, asks = heads.addressees(draft), heads.titles(draft), _asking(draft)
    scores: dict[str, tuple[float, Purpose]] = {}

    def add(name: str, score: float, span: Span | None) -> None:
        old, first = scores.get(name, (0.0, Purpose(name, profile(name)["label"], span)))
        scores[name] = (old + score, first)

    low = {id(spans): "\n".join(map(draft.words, spans)).lower() for spans in (to, titles, asks)}
    for name, _label, names, wants in _cues():
        for spans, pattern, weight, again in (
            (to, names, _TO, 0.0),
            (titles, names, _TITLE, 0.0),
            (titles, wants, 1.0, 0.0),
            (asks, wants, _ASK, _ASK_AGAIN),
        ):
            if not pattern.may_match(low[id(spans)]):
                continue
            count = 0
            for hit in _hits(draft, spans, pattern.compiled):
                add(name, weight if not count else again, hit)
                count += 1
                if count == 3:
                    break
    _children(draft, to, titles, add)
    _less_likely(draft, scores)
    return scores


def _hits(draft: Draft, spans: Iterable[Span], pattern: re.Pattern[str]) -> Iterable[Span]:
    for span in spans:
        found = pattern.search(draft.text, span.start, span.end)
        if found:
            yield Span(*found.span())


def _children(draft: Draft, to: list[Span], titles: list[Span], add: Any) -> None:
    """Children's services take both kinds of referral: harm told of makes it the graver one."""
    hit = next((h for h in _hits(draft, [*to, *titles], _CHILDREN)), None)
    if hit is None or _ADULTS.search(draft.text, hit.start - min(40, hit.start), hit.end + 40):
        return
    harm = {m[0].lower()[:5] for m in draft.searched.every(_HARM)}
    urgent = draft.searched.first(_URGENT, 0, 900) is not None
    grave = len(harm) >= 3 or (len(harm) >= 1 and urgent) or draft.urgent
    add("child_protection", 4.0 if grave else 1.0, hit)
    add("child_in_need", 1.0 if grave else 3.0, hit)


def _less_likely(draft: Draft, scores: dict[str, tuple[float, Purpose]]) -> None:
    """An appointment is the purpose only of a short message; a hospital or practice is named in many."""

    def weaken(name: str, factor: float) -> None:
        if name in scores:
            scores[name] = (scores[name][0] * factor, scores[name][1])

    if len(draft.text) > 2200 or draft.kind in ("form", "note"):
        weaken("appointment_admin", 0.3)
    if any(score >= 3 for name, (score, _) in scores.items() if name not in ("health_medical", "appointment_admin")):
        weaken("health_medical", 0.7)


def _asking(draft: Draft) -> list[Span]:
    """Sentences in which the writer asks for something or says what the draft is."""
    own = [s for s in draft.sentences if draft.is_own_offset(s.start)]
    return [s for s in own if draft.has(_ASKING, s)]
