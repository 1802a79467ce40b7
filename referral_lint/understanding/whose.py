"""Whose fact a clause tells: the first person it names, by kinship word, role word, name or pronoun."""

from __future__ import annotations

import re
from itertools import islice

from referral_lint.facts import facts
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.people.candidates import is_illness, is_stop

_WORDS = facts("people_words.yaml")
# Words for people, by the role they have towards the child or adult whom a draft is about.
ROLES = {role: "|".join(words) for role, words in _WORDS["roles"].items()}
NOT_NAMES = frozenset(_WORDS["not_names"].split())
COURTESY = ("Mr", "Mrs", "Ms", "Miss")
TITLES = (*COURTESY, "Dr")
TITLE = rf"(?:{'|'.join(TITLES)})"
_REST = r"(?:[\w-]|['’](?!s\b)(?=\w))"  # of a name, without the ending of a possessive
_TERM = compiled(
    "|".join(rf"(?P<{role.replace('-', '_')}>(?i:\b(?:{words})\b))" for role, words in ROLES.items())
    + r"|(?P<pronoun>\b(?:[Hh]e|[Ss]he|[Tt]hey|HE|SHE|[Hh]es|[Ss]hes|[Tt]heyve)\b)"
    + rf"|(?P<name>\b(?:{TITLE}\.? [A-Z]|[A-Z][a-z]){_REST}*(?: [A-Z]{_REST}+){{0,2}})"
)
_POSSESSIVE = compiled(r"(?:['’]s?|s['’])(?=\s)")
_HE, _SHE = (compiled(rf"(?i)\b(?:{'|'.join(_WORDS[sex])})\b") for sex in ("he", "she"))
_OWNED = {
    of: compiled(rf"(?i)\b{whose} (?:(?!and\b)[\w-]+ ){{0,2}}?[\w-]+$") for of, whose in (("he", "his"), ("she", "her"))
}
_LEAD = compiled(r"(?i)\s*(?:after|before|when|while|since|until|following|during|with|as soon as|by the time)\b")
_SUBJECT = {"he": compiled(r"(?i)\bhe\b"), "she": compiled(r"(?i)\bshe\b")}
_BEGINS = compiled(r"(?:^|[.!?:;\n\t)•*-]|  )\s*$")  # also in a column: “PMH  Underactive thyroid”
_OF_A_PERSON = compiled(
    r"(?:['’]s?|,| and| \(| (?:is|was|has|had|who|herself|himself|came|went|gets?|got|owes?|drinks?|told|says|said|lives?|also|did|does|still|needs?)\b)"
)


def gender(words: str) -> str:
    """“he”, “she” or "" from kinship words, titles and pronouns."""
    he, she = _HE.search(words) is not None, _SHE.search(words) is not None
    return "" if he == she else "he" if he else "she"


def owner(text: str, clause: Span, before: int, known: dict[str, str], of: str = "") -> str:
    """The role of the first person in the clause who is not merely a possessor; "pronoun" or "" if it has none.

    With `of` ("he" or "she") people of the other gender are passed over.

    `before` is where the fact begins: people named after it are not its owners.
    """
    at, possessor = clause.start, ""
    while True:
        hit = _TERM.search(text, at, before)
        if hit is None:
            return possessor
        role = _role(hit, known)
        at = hit.end()
        if not role:
            continue
        owns = _POSSESSIVE.match(text, at)
        if owns is None and of and gender(hit[0]) not in ("", of):
            continue
        if owns is None:
            return _of(possessor, role)
        at, possessor = owns.end(), _of(possessor, role)


def past_lead(text: str, clause: Span, before: int) -> int:
    """Where the clause itself begins behind “After the birth of her son”, “When her son was born”: she is told of, not he.

    Only where the person in the lead is somebody's of the gender of the pronoun that follows; else the clause's start.
    """
    if _LEAD.match(text, clause.start, before):
        for of, pronoun in _SUBJECT.items():
            hit = pronoun.search(text, clause.start, before)
            if hit is not None and any(
                _OWNED[of].search(text, clause.start, person.end())
                for person in _TERM.finditer(text, clause.start, hit.start())
            ):
                return hit.start()
    return clause.start


def is_theirs(text: str, sentence: Span, known: dict[str, str], of: str) -> bool:
    """Is the first person of this gender in the sentence somebody's of the same gender: “His son collects his pension”?"""
    for hit in _TERM.finditer(text, *sentence):
        if _role(hit, known) and gender(hit[0]) in ("", of):
            return _OWNED[of].search(text, sentence.start, hit.end()) is not None
    return False


def nearest(text: str, span: Span, known: dict[str, str]) -> str:
    """The role of the last person named in the span: whom a following “who” means."""
    roles = [role for hit in _TERM.finditer(text, *span) if (role := _role(hit, known)) not in ("", "pronoun")]
    return roles[-1] if roles else ""


def _role(hit: re.Match[str], known: dict[str, str]) -> str:
    """The role of one person term. A name that the draft hardly mentions is not whom it is about."""
    if hit.lastgroup == "pronoun":
        return "pronoun"
    if hit.lastgroup in ("subject", "grown_up") and not _OF_A_PERSON.match(hit.string, hit.end()):  # “patient records”
        return ""
    if hit.lastgroup != "name":
        return (hit.lastgroup or "").replace("_", "-")
    words = hit[0].split()
    first = words[0]
    is_titled = first.rstrip(".") in TITLES
    if first in NOT_NAMES or any(c.isdigit() for c in hit[0]) or is_illness(hit.string, hit.start()):  # “HbA1c”
        return ""
    if is_stop(words[-1]) and not (is_titled and len(words) == 2):  # a court, a team; but “Mr Lane”
        return ""
    if (
        len(words) == 1
        and not _OF_A_PERSON.match(hit.string, hit.end())
        and _BEGINS.search(hit.string[max(0, hit.start() - 4) : hit.start()])
    ):
        return ""  # only the capital of a sentence's first word
    if first not in known and " ".join(words[:2]) not in known and _is_rare(hit.string, words[-1]):
        return "third-party"
    if is_titled:
        return known.get(" ".join(hit[0].split()[:2]), "adult")
    return known.get(first, "named")


def _is_rare(text: str, name: str) -> bool:
    """Does the name stand there twice at most?"""
    whole = re.compile(
        rf"{re.escape(name)}\b"
    )  # begins with plain letters, so that a search leaps from one to the next
    places = (hit.start() for hit in whole.finditer(text))
    starts = (at for at in places if not at or not (text[at - 1].isalnum() or text[at - 1] == "_"))
    return sum(1 for _ in islice(starts, 3)) < 3


def _of(possessor: str, role: str) -> str:
    """Somebody's relation: a parent's mother is a relative, another pupil's father a third party."""
    if not possessor or possessor in ("child", "pronoun", "named", "sibling"):
        return role
    if possessor == "adult":
        return "relative" if role in ("parent", "sibling", "adult", "partner") else role
    if possessor in ("parent", "partner"):
        return "relative" if role in ("parent", "sibling", "relative") else role
    return possessor
