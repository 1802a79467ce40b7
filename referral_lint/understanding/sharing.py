"""Whose information of which category the draft shares, against what the purpose needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.model import BlockKind, Sharing, Span
from referral_lint.understanding import whose
from referral_lint.understanding.facts import facts
from referral_lint.understanding.lexicon import Lexicon
from referral_lint.understanding.purposes import DANGER, profile

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

OUTSIDERS = frozenset({"relative", "third-party", "professional"})

_REASON = re.compile(
    r"(?i)\b(?:because|so (?:that|you|he|she|they|i|we|please|the|a|it|there|no|her|his|can)|which (?:means|is why|affects|matters)|this means|it means|that means|relevant|needed|matters?\b|that is why|that's why|this is why"
    r"|hence|therefore|in case|for safety|explains?|important|reason|as this|bearing on|affects?|means (?:that|he|she|they|the)|i (?:mention|include|tell you|say) (?:this|it|that)|you (?:will )?need|in order|agreed (?:that|to)|asked (?:me|us) to (?:say|tell)"
    r"|please (?:do not|don't|ring|visit|use|avoid|send|ask|plan|allow|book|make|call|write|phone|keep))\b"
)
_NEXT_REASON = re.compile(
    r"(?i)\s*(?:this|that|it|so|which|hence|therefore|i mention|i include|please|because|for that|as a result|for this)\b[^.\n]{0,80}"
    r"\b(?:because|why|means?|matters?|relevant|affects?|so|need|explains?|mention|important|please|reason|bearing|help)\b|\s*(?:so|please|because|therefore)\b"
)
_NEGATED = re.compile(
    r"(?i)\b(?:no|not|never|without|denies|denied|nothing|nor|neither|isn['’]?t|wasn['’]?t|hasn['’]?t|haven['’]?t|hadn['’]?t|doesn['’]?t)\b(?![^.;\n]*\bbut\b)[^.;:\n]{0,40}$"
)
_HOPE = re.compile(
    r"(?i)\b(?:refer\w*|see|assess\w*|help with|support (?:with|for)|treatment for|clinic for|team for|service for|list for|advice (?:on|about)|whether|if)\b[^.;\n]{0,40}$"
)
# A clause ends where another statement begins.
_JOINT = re.compile(
    r"(?i)[;:|]\s+|\s[-–—]\s|,? and (?=\w)|, but |, so |,? who(?:se)? |,? which |,? while |,? whilst |, (?=(?:her|his|the|their|she|he|they|mum|dad|our|my)\b)"
)
_ASKED = re.compile(
    r"(?i)religio|faith|ethnic|nationalit|immigration|sexual|gender|medical|health|medic|diagnos|allerg|disab|income|benefit|debt|financ|money|employ|offen|convict|risk|substance|alcohol|drug|special|additional|past (?:history|medical)|hospital"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One private fact: whose, of which category, how private, in which clause, and is a reason beside it?"""

    who: str
    category: str
    nature: str
    clause: Span
    explained: bool
    standing: str


@cache
def _lexicon() -> tuple[Lexicon, dict[str, tuple[str, str]]]:
    groups = facts("private_facts.yaml")["groups"]
    lexicon = Lexicon({name: entry["cues"].split("|") for name, entry in groups.items()})
    return lexicon, {name: (entry["category"], entry["nature"]) for name, entry in groups.items()}


def standing(purposes: tuple[str, ...], who: str, category: str) -> str:
    """needed | explain | not-expected: the most generous of the purposes found; without any, explain."""
    best = "not-expected" if purposes else "explain"
    for purpose in purposes:
        lists = profile(purpose)
        if category in lists.get("necessary", {}).get(who, ()):
            return "needed"
        if category not in lists.get("not_expected", {}).get(who, ()):
            best = "explain"
    return best


def found_facts(draft: Draft) -> list[Fact]:
    """Every private fact of the draft, one a clause and category, in order."""
    lexicon, natures = _lexicon()
    known = whose.names(draft)
    ids = tuple(p.id for p in draft.purposes)
    out: list[Fact] = []
    for block in draft.document.blocks:
        if not (draft.is_own_block(block) or block.kind is BlockKind.QUOTED):
            continue
        for group, cue in lexicon.find(draft.text, block.start, block.end):
            if _is_other(draft, cue):
                continue
            category, nature = natures[group]
            sentence = draft.sentence_at(cue.start)
            clause = _clause(draft.text, sentence, cue)
            who = _who(draft, sentence, clause, cue.start, known, ids)
            explained = _explained(draft, sentence) or _asked_for(draft, block, category)
            out.append(Fact(who, category, nature, clause, explained, judged(ids, who, category, nature)))
    return out


def judged(ids: tuple[str, ...], who: str, category: str, nature: str) -> str:
    """How a fact of this nature stands: outsiders' private matters are hardly ever expected."""
    base = standing(ids, _profile_who(who, ids), category)
    if base == "needed" and nature != "strong":
        return "needed"
    if who in OUTSIDERS and not (base == "explain" and nature == "weighed" and DANGER.intersection(ids)):
        return "not-expected"
    if nature == "weighed":
        return "not-expected" if base == "not-expected" else "needed"
    return "explain" if base == "needed" else base


def _profile_who(who: str, ids: tuple[str, ...]) -> str:
    """The list of a purpose profile that this role is judged by."""
    if who in OUTSIDERS:
        return "third_party"
    if who in ("adult", "parent", "partner", "named") and any("adult" in profile(i).get("necessary", {}) for i in ids):
        return "adult"
    return {"partner": "parent", "adult": "parent", "named": "child", "unknown": "child"}.get(who, who)


def _is_other(draft: Draft, cue: Span) -> bool:
    """Quoted words, denials, and what is hoped for are not facts about somebody."""
    if draft.is_quoted(cue):
        return True
    sentence = draft.sentence_at(cue.start)
    return _NEGATED.search(draft.text, max(sentence.start, cue.start - 60), cue.start) is not None


def _clause(text: str, sentence: Span, cue: Span) -> Span:
    start, end = sentence
    for joint in _JOINT.finditer(text, sentence.start, sentence.end):
        if joint.end() <= cue.start:
            start = joint.end()
        elif joint.start() >= cue.end:
            end = joint.start()
            break
    while end > start and text[end - 1] in " .,\n":
        end -= 1
    return Span(start, end)


def _who(draft: Draft, sentence: Span, clause: Span, at: int, known: dict[str, str], ids: tuple[str, ...]) -> str:
    role = whose.owner(draft.text, clause, at, known)
    if role in ("", "pronoun"):
        earlier = whose.owner(draft.text, Span(sentence.start, clause.start), clause.start, known)
        role = earlier if earlier not in ("", "pronoun") else _topic(draft, sentence, known)
    if role == "named":
        return "child"
    return role or "child"


def _topic(draft: Draft, sentence: Span, known: dict[str, str]) -> str:
    """Whom the sentences before are about."""
    block = draft.document.block_at(sentence.start)
    begin = max(block.start if block is not None else 0, sentence.start - 300)
    at = sentence
    for _ in range(3):
        if at.start <= begin:
            break
        at = draft.sentence_at(max(begin, at.start - 2))
        role = whose.owner(draft.text, at, at.end, known)
        if role not in ("", "pronoun"):
            return role
        if at.start == at.end:
            break
    return ""


def _explained(draft: Draft, sentence: Span) -> bool:
    if draft.has(_REASON, sentence):
        return True
    following = draft.next_sentence(sentence)
    return following is not None and _NEXT_REASON.match(draft.text, following.start, following.end) is not None


def _asked_for(draft: Draft, block: object, category: str) -> bool:
    """Does the form itself ask for this kind of information?"""
    question = getattr(block, "question", None)
    if question is None:
        return False
    return _ASKED.search(draft.words(draft.document.blocks[question])) is not None


def find(draft: Draft) -> tuple[Sharing, ...]:
    rows: dict[tuple[str, str, str, bool], list[Span]] = {}
    for fact in draft.private_facts:
        spans = rows.setdefault((fact.who, fact.category, fact.standing, fact.explained), [])
        if fact.clause not in spans:
            spans.append(fact.clause)
    return tuple(
        Sharing(who, category, how, explained, tuple(spans)) for (who, category, how, explained), spans in rows.items()
    )
