"""The people whom a draft calls a danger, or says must not know, as it calls them: “Mr Foley”, “her husband”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.patterns import compiled
from referral_lint.understanding.people.words import gender
from referral_lint.understanding.withheld import KNOWS_NOT_WHERE, MUST_NOT

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

# By name. Weaker wording (“has not been told”) counts only where a kind of relative stands beside it.
_NAME = r"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?[A-Z][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30}){0,2}"
_WHO = rf"(?P<who>{_NAME})"
_BESIDE = r"(?:, [^,.;:\n]{1,40},|,| \([^()\n]{1,40}\))? "
_HURT = r"(?:hit|hurt|slapped|punched|kicked|threatened|strangled|choked|assaulted|attacked|abused|raped|beat(?:en)?)"
_BODY = r"(?: (?:own|left|right|lower|upper))* (?:head|face|back|neck|knee|leg|arm|hand|wrist|ankle|foot|toe|finger|thumb|shoulder|hip|elbow|chest|ribs?)\b"
_WHOM = rf"(?:(?:his|her|their|the)(?!{_BODY})|him|them|me|us|my|[A-Z]\w+)"  # “hurt his back” is no harm to another
_HAS = r"(?:has |had |have )?(?:also |often |once |repeatedly )?"
# “Do not tell the children that Mr Roe rang” keeps nothing from Mr Roe.
_RELATION = (
    r"(?:(?:her|his|their|the) (?:[\w-]{1,30} )?(?!(?:that|about|what|where|when|how|if|why|of)\b)[\w-]{1,30},? )?"
)
_NOT = r"(?:not|never|n['’]t)"
# “Cannot hear well” and “may not know of the new time” keep nothing from anybody.
_NO_SECRET = rf"(?:(?:can|may) ?{_NOT} (?:hear|learn)\b(?! of| about)|may ?{_NOT} know\b(?! where))"
_MUST_NOT = rf"(?!{_NO_SECRET}){MUST_NOT}\b"
_STRONG = (
    compiled(
        rf"\b{_WHO}{_BESIDE}(?:{_MUST_NOT}|{KNOWS_NOT_WHERE}|{_HAS}{_HURT} {_WHOM}\b|is (?:a|the) (?:danger|risk|threat) to (?!(?:him|her|them)sel)|is (?:dangerous|violent))"
    ),
    compiled(rf"\b(?:afraid|scared|frightened|terrified) of {_RELATION}{_WHO}"),
    compiled(
        rf"(?:\b{_NOT}|{_NOT}|\b[Ww]ithout) (?:ever )?(?:to )?(?:tell|telling|copy|copying|inform|informing) (?:in )?{_RELATION}{_WHO}"
    ),
    compiled(
        rf"\b(?:hidden|safe|secret|kept|keep (?:this|it|them|her|him)) from {_RELATION}{_WHO}|\b{_HURT} by {_RELATION}{_WHO.replace('who', 'by')}"
    ),
)
_WEAK = compiled(
    rf"\b{_WHO}{_BESIDE}(?:(?:has|have|had|is|was) ?{_NOT} (?:yet )?(?:been )?(?:told|aware|informed)\b(?! of any))"
)
_RELATIVE = compiled(
    r"(?i)\b(?:step-?\w+|mum|mother|dad|father|parents?|partner|ex|husband|wife|boyfriend|girlfriend|uncle|aunt\w*|grand\w+|brother|sister|neighbour)\b"
)

# By what they are to the family, or by “he” and “she”, where that stands for one of these or for a name.
_KIN = r"(?:(?:ex|step)-? ?)?(?:husband|wife|partner|boyfriend|girlfriend|mum|mam|mother|dad|father|parents)"
_ONE = rf"(?P<who>(?:(?i:his|her|their|the|my) )?(?:former |estranged |new )?(?i:{_KIN})\b(?!['’])|(?i:he|she|they|him|her|them)\b)"
_SAID_OF = (
    compiled(rf"\b{_ONE}{_BESIDE}(?:{_MUST_NOT}|{KNOWS_NOT_WHERE})"),
    compiled(rf"\b(?:afraid|scared|frightened|terrified) of {_ONE}(?! \w+(?:ing|'s|’s)\b)"),
    compiled(
        rf"\b(?:[Dd]o|[Mm]ust|[Ss]hould|[Pp]lease|to)(?: ?{_NOT})(?: to)? (?:tell|copy|inform) (?:in )?{_ONE}(?! (?:to|not|they|he|she|how)\b)"
    ),
    compiled(rf"\b(?:hidden|secret|kept|keep (?:this|it|them)) from {_ONE}"),
)
_SPOKEN_OF = compiled(
    rf"\b(?P<kin>(?i:{_KIN}))\b(?!['’])(?:,? (?:is |called |named )?(?P<called>{_NAME}))?|\b(?P<name>{_NAME})(?!['’]s)"
)
# Whoever looks for a missing child does not know where the child is.
_UNKNOWN = compiled(rf"{KNOWS_NOT_WHERE}$")
_MISSING = compiled(
    r"(?i)\b(?:missing (?:from|person|child|since|episode)|(?:is|gone|went|go|been|reported) missing|r[au]n away)\b"
)
_PRONOUN = compiled(r"(?i)(?:he|she|him|her|they|them)")


def kept_from(draft: Draft) -> frozenset[str]:
    """Names and kinship words of those of whom the draft says it."""
    is_sought = _MISSING.search(draft.text) is not None
    found = {match.groupdict().get("by") or match["who"] for match in _said(draft, _STRONG, is_sought)}
    for match in _WEAK.finditer(draft.text):
        if draft.has(_RELATIVE, draft.sentence_at(match.start("who"))):
            found.add(match["who"])
    for match in _said(draft, _SAID_OF, is_sought):
        is_pronoun = _PRONOUN.fullmatch(match["who"]) is not None
        found.update(_meant(draft, match.start("who")) if is_pronoun else [match["who"].split()[-1].lower()])
    return frozenset(found)


def _said(draft: Draft, patterns: tuple[re.Pattern[str], ...], is_sought: bool) -> Iterator[re.Match[str]]:
    for match in (match for pattern in patterns for match in pattern.finditer(draft.text)):
        if not (is_sought and _UNKNOWN.search(match[0])):
            yield match


def _meant(draft: Draft, place: int) -> Iterator[str]:
    """For whom “he” or “him” stands: the last one before it, here or in the sentence before, who can be a “he”."""
    sex = {"he": "he", "him": "he", "she": "she", "her": "she"}.get(draft.text[place : place + 3].strip(" ,.").lower())
    if sex is None:
        return
    here = draft.sentence_at(place)
    start = draft.sentence_at(max(0, here.start - 2)).start
    told = [hit for hit in _SPOKEN_OF.finditer(draft.text, start, place) if _is_somebody(draft, hit)]
    sure = [hit for hit in told if gender(_first(hit)) == sex]
    unsure = [hit for hit in told if not gender(_first(hit))]
    for hit in sure[-1:] or (unsure if len(unsure) == 1 else []):
        yield from (hit[part] for part in ("kin", "called", "name") if hit[part])


def _first(hit: re.Match[str]) -> str:
    return (hit["kin"] or hit["name"]).split()[0]


def _is_somebody(draft: Draft, hit: re.Match[str]) -> bool:
    return hit["kin"] is not None or bool(draft.names_between(*hit.span()))
