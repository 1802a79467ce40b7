"""Whose a private fact is: by the clause, else by what stands before it, else the child's or adult's whom the draft is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.model import BlockKind, Mention, Span
from referral_lint.patterns import compiled
from referral_lint.understanding import whose
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.sharing import clauses

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

FAMILY = frozenset({"child", "adult", "parent", "partner", "sibling", "relative"})
_NOBODY = ("", "pronoun")  # the clause itself does not say whose it is
_TITLED = compiled(rf"\b{whose.TITLE}\.? $")
_OWNS = compiled(r"['’]s?\b")
_RECORD, _RECORD_OF_AN_ADULT = (
    compiled(rf"(?i)\b(?:{words})(?: ?[:–-] |(?<=O/E) |  |\t)")
    for words in map(facts("people_words.yaml")["record"].get, ("of_anybody", "of_an_adult"))
)
_UNNAMED = Sought(rf"(?i)\b(?:{facts('people_words.yaml')['unnamed'].replace(' |', '|')})\b")
_OF_THE_OTHER = compiled(r"(?i)\b(?:(?:her|his) own|(?:her|him)self|too|also|both)\b")


def roles_by_name(draft: Draft) -> dict[str, str]:
    """First word of a name, or title and family name -> role, for all whose role the draft makes clear."""
    return draft.introduced | _people(draft) | _subject(draft)


def _subject(draft: Draft) -> dict[str, str]:
    """First word of a name -> role for the first child or adult whom the draft is about, however seldom it names them."""
    person = next((p for p in draft.people if p.role in ("child", "adult")), None)
    if person is None:
        return _only_one(draft)
    words = person.name.split()
    titles = whose.TITLES if person.role == "adult" else ()  # “Mrs Hale” is no child of that name
    return dict.fromkeys((*words, *(f"{title} {word}" for title in titles for word in words)), person.role)


def _only_one(draft: Draft) -> dict[str, str]:
    """Of a draft that tells of nobody but one adult with a title, it is about that adult: “Please see Ms Dell. She owes …”"""
    others = [p for p in draft.people if p.role != "professional"]
    title, _, name = others[0].name.rpartition(" ") if len(others) == 1 else ("", "", "")
    return dict.fromkeys((name, f"{title} {name}"), "adult") if title in whose.COURTESY else {}


def _people(draft: Draft) -> dict[str, str]:
    """First word of a name, or title and family name -> role, for those of the family whose role is clear."""
    found: dict[str, str] = {}
    for person in draft.people:
        if person.role in FAMILY:
            for mention in person.mentions:
                if mention.kind == "name":
                    found.setdefault(_called(draft.text, mention), person.role)
    return found


def _called(text: str, name: Mention) -> str:
    title = _TITLED.search(text, max(0, name.start - 6), name.start)
    return f"{title[0].strip(' .')} {text[name.start : name.end]}" if title else text[name.start : name.end].split()[0]


def of(draft: Draft, clause: Span, at: int, known: dict[str, str], of_health: bool = False) -> str:
    """The role of the person whom the fact is about that is told in this clause, in words that begin at `at`. `known`: by name."""
    sentence, of_an_adult = draft.sentence_at(at), _is_about_an_adult(draft)
    led, clause = clause.start, Span(whose.past_lead(draft.text, clause, at), clause.end)
    role = _named_in(draft, clause, at, known)
    if role == "grown-up":
        role = "adult" if of_an_adult or all(p.role != "child" for p in draft.people) else ""
    if role in _NOBODY:
        role = _by_name(draft, clause, at) or role
    if role in _NOBODY and clauses.is_relative(draft.text, sentence, clause.start):
        before = Span(max(sentence.start, clause.start - 70), clause.start)
        role = _met(draft, before, clause.start, whose.nearest(draft.text, before, known)) or role
    if role in _NOBODY:
        earlier = _named_in(draft, Span(sentence.start, led), led, known)
        gender = whose.gender(draft.text[clause.start : at])
        if earlier not in _NOBODY:
            role = earlier
        elif _is_the_subjects(draft, sentence, at, gender if "pronoun" in (role, earlier) else None, known, of_health):
            role = "subject"
        else:
            role = _topic(draft, sentence, known, gender) or _of_the_section(draft, sentence)
    if role == "offspring":  # somebody's son is the child, unless it is the parent whom the draft is about
        return "relative" if of_an_adult else "child"
    if draft.is_for_an_adult and role in ("parent", "partner", "sibling"):
        return "relative"
    if role == "named" and any(p.role in ("child", "adult") for p in draft.people):
        return "unknown"  # somebody else, whom nothing ties to the family
    return ("adult" if of_an_adult else "child") if role in ("", "named", "subject", "grown-up") else role


def _named_in(draft: Draft, clause: Span, before: int, known: dict[str, str], gender: str = "") -> str:
    """The role of the first person in the words up to `before`."""
    return _met(draft, clause, before, whose.owner(draft.text, clause, before, known, gender))


def _met(draft: Draft, span: Span, before: int, role: str) -> str:
    """“We support a woman in the hostel”: in a draft that names no child or adult she is no third party but whom it is about."""
    if role != "third-party" or any(p.role in ("child", "adult") for p in draft.people):
        return role
    met = draft.searched.first(_UNNAMED)
    return "adult" if met is not None and span.start <= met.end() and met.start() < before else role


def _is_the_subjects(
    draft: Draft, sentence: Span, at: int, pronoun: str | None, known: dict[str, str], of_health: bool
) -> bool:
    """Is it told of the one whom the draft is about, whoever was named last?

    What a record tells is, and of an adult what is told of a body without saying whose: “Daughter visits. Incontinent
    at night.” `pronoun`: “he”, “she” or "" of the pronoun that the sentence has, None without one.
    """
    text = draft.text
    if _RECORD.search(text, sentence.start, at):
        return True
    if not _is_about_an_adult(draft):
        return False
    if _RECORD_OF_AN_ADULT.search(text, sentence.start, at):
        return True
    if not of_health or _OF_THE_OTHER.search(text, *sentence) or _of_the_section(draft, sentence):
        return False
    before = draft.sentence_at(max(0, sentence.start - 2))
    return pronoun is None or (pronoun != "" and whose.is_theirs(text, before, known, pronoun))


def _is_about_an_adult(draft: Draft) -> bool:
    """Is it an adult's own matter, or an adult whom it names before any child?"""
    named = (p.role for p in draft.people if any(m.kind == "name" for m in p.mentions))
    return draft.is_for_an_adult or next((role for role in named if role in ("adult", "child")), "") == "adult"


def _by_name(draft: Draft, clause: Span, at: int) -> str:
    """Whose it is by a name in the clause, small letters too; somebody who hardly occurs is a third party."""
    name = next((n for n in draft.names_between(clause.start, at) if not _OWNS.match(draft.text, n.span.end)), None)
    person = draft.person_at(name.span) if name is not None else None
    if person is None:
        return ""
    if person.role in ("unknown", "child") and sum(m.kind == "name" for m in person.mentions) <= 2:
        is_child = person.role == "child" and not any(p is not person and p.role == "child" for p in draft.people)
        return "child" if is_child else "third-party"
    return "named" if person.role == "unknown" else person.role


def _topic(draft: Draft, sentence: Span, known: dict[str, str], gender: str) -> str:
    """Whom the sentences before are about."""
    block = draft.document.block_at(sentence.start)
    begin = max(block.start if block is not None else 0, sentence.start - 300)
    at = sentence
    for _ in range(3):
        if at.start <= begin:
            break
        at = draft.sentence_at(max(begin, at.start - 2))
        role = _named_in(draft, at, at.end, known, gender)
        if role not in _NOBODY:
            return role
        if at.start == at.end:
            break
    return ""


def _of_the_section(draft: Draft, sentence: Span) -> str:
    """Of a form's field: whom the fields above it, below one heading, are about. “Perpetrator: Name, Relationship, Health”."""
    block = draft.document.block_at(sentence.start)
    if block is None or block.kind is not BlockKind.ANSWER:
        return ""
    above = [b for b in draft.document.blocks if b.kind is BlockKind.HEADING and b.end <= block.start]
    if not above:
        return ""
    roles = [p.role for p in draft.people for m in p.mentions if above[-1].end <= m.start < block.start]
    family = [role for role in roles if role not in ("unknown", "professional")]
    return next(iter(family), "unknown" if "unknown" in roles else "")
