"""The private facts of a draft: each with its clause, whose it is, and how it stands with what the draft is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.model import Block, BlockKind, Span
from referral_lint.patterns import compiled
from referral_lint.understanding import heads, whose
from referral_lint.understanding.harm_done import tells_of_harm
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.purposes import DANGER, asks_little
from referral_lint.understanding.sharing import clauses, cues, owner
from referral_lint.understanding.sharing.reasons import is_asked_for, is_explained
from referral_lint.understanding.sharing.standing import OUTSIDERS, categories, judged, standing

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

# The writers' own doings, and what was agreed, are no fact about the family.
_OURS = compiled(
    r"(?:\W|\d)*(?:I|We|Our|My)\b(?! (?:may add|might add|should add|also know|happen to know|gather|hear|heard|understand|am told|was told|think|believe|know)| \w+ (?:says|said|told))"
)
_AGREED = Sought(r"(?i)\b(?:knows?|agree[sd]?|consent(?:s|ed)?|understands?)(?: that)? (?:it|you|this|we|i|to this)\b")
_LONG_AGO = Sought(rf"(?i)\b(?:{facts('private_facts.yaml')['long_ago']})\b")
_HEALTH = categories("health")
_GOING_ON = compiled(r"(?:he|she|they|his|her|their|is|was|has|had|did|does|got|went|drinks|owes|still|also|now)\b")


@dataclass(frozen=True, slots=True)
class Fact:
    """One private fact: whose, of which category, how private, in which clause, and is a reason beside it?"""

    who: str
    category: str
    nature: str
    clause: Span
    explained: bool
    standing: str


def private_facts(draft: Draft) -> tuple[Fact, ...]:
    """Every private fact of the draft, one a clause and category, in order."""
    known = owner.roles_by_name(draft)
    begins = heads.salutation(draft)
    told = (
        b for b in draft.document.blocks if b.end > begins and (draft.is_own_block(b) or b.kind is BlockKind.QUOTED)
    )
    return tuple(_joined((fact for block in told for fact in _in_block(draft, block, known)), draft.text))


def _in_block(draft: Draft, block: Block, known: dict[str, str]) -> Iterator[Fact]:
    ids = tuple(purpose.id for purpose in draft.purposes)
    for kind, cue in cues.found(draft, block):
        sentence = draft.sentence_at(cue.start)
        clause = clauses.around(draft.text, sentence, cue)
        if _OURS.match(draft.text, clause.start, clause.end) or draft.has(_AGREED, sentence):
            continue
        who = owner.of(draft, clause, cue.start, known, kind.category in _HEALTH)
        nature = "needed" if tells_of_harm(draft, clause) else _nature(draft, kind, sentence, ids, who)
        explained = is_explained(draft, sentence, who in OUTSIDERS) or is_asked_for(draft, block, who)
        yield Fact(who, kind.category, nature, clause, explained, judged(ids, who, kind.category, nature))


def _nature(draft: Draft, kind: cues.Kind, sentence: Span, ids: tuple[str, ...], who: str) -> str:
    """How private it is here: what is long past bears on nothing but a danger."""
    if kind.needed_where is not None and draft.searched.first(kind.needed_where) is not None:
        return "needed"
    if who not in OUTSIDERS and _asks_for(draft, kind, ids, who):
        return "needed"
    if kind.nature == "weighed" and draft.has(_LONG_AGO, sentence) and not DANGER.intersection(ids):
        return "private"
    return kind.nature


def _asks_for(draft: Draft, kind: cues.Kind, ids: tuple[str, ...], who: str) -> bool:
    """Is this what the draft's reader deals with, what it is called, or what it asks for?"""
    if kind.needed_if_asked is None:
        return False
    # who finds a clinic has to know for what, of the patient; but a food bank gives its parcel whatever the debts are
    if who not in ("child", "adult") if kind.category in _HEALTH else asks_little(draft):
        return False
    if kind.category not in _HEALTH and standing(ids, "parent", kind.category) == "needed":
        return True
    where = draft.places
    titles = where.titles if draft.kind in ("email", "form") else ()  # on others stands who writes: “Dock Money Advice”
    return any(draft.has(kind.needed_if_asked, span) for span in (*where.addressees, *titles, *where.asking))


def _joined(facts_found: Iterable[Fact], text: str) -> list[Fact]:
    """Two facts of one kind about one person that stand side by side are one thing to look at."""
    out: list[Fact] = []
    for fact in facts_found:
        last = out[-1] if out else None
        if last is None or not (last.clause == fact.clause or _is_one(text, last, fact)):
            out.append(fact)
        elif last.clause != fact.clause:
            clause = Span(last.clause.start, max(last.clause.end, fact.clause.end))
            out[-1] = replace(last, clause=clause, explained=last.explained and fact.explained)
        elif _gravity(fact) > _gravity(last):
            out[-1] = fact
    return out


def _is_one(text: str, last: Fact, fact: Fact) -> bool:
    return (
        (last.who, last.standing) == (fact.who, fact.standing)
        and fact.clause.start - last.clause.end <= 6
        and (
            last.category == fact.category
            or {last.category, fact.category} <= _HEALTH
            or fact.clause.start < last.clause.end  # a second cue of a clause that was joined to the last already
            or _goes_on(text, last, fact)
        )
    )


def _goes_on(text: str, last: Fact, fact: Fact) -> bool:
    """Does the second clause tell more of the same outsider?"""
    if last.who not in OUTSIDERS:
        return False
    is_one_sentence = "." not in text[last.clause.end : fact.clause.start]
    names_nobody = is_one_sentence and not whose.owner(text, fact.clause, fact.clause.end, {})  # “…, and lost his job”
    return names_nobody or _GOING_ON.match(text, fact.clause.start) is not None


def _gravity(fact: Fact) -> tuple[bool, int]:
    return not fact.explained, ("needed", "explain", "not-expected").index(fact.standing)
