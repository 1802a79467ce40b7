"""Puts the people of a draft together: names tied to persons, a role for each, kinship words and clear pronouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from referral_lint.model import Mention, Person
from referral_lint.patterns import compiled
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.people import roles
from referral_lint.understanding.people.evidence import OFFSPRING, Evidence, weigh
from referral_lint.understanding.people.ties import Group, tie
from referral_lint.understanding.people.words import HE, ROLE_OF, SHE

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_KINSHIP = compiled(r"(?i)\b" + either(ROLE_OF.keys() - {"ex", "child", "boy", "girl", "pupil", "lad"}) + r"\b")


def find(draft: Draft) -> tuple[Person, ...]:
    """Everybody whom the draft names, in order, then those it knows by a kinship word alone."""
    groups, seen, ruled = weighed(draft)
    kin = _kinship(draft)
    people = []
    for group, evidence, role in zip(groups, seen, roles.settle(draft, groups, seen, ruled), strict=True):
        mentions = [Mention(*n.span, "name") for n in group.names]
        people.append((group.fullest, role, mentions, evidence))
    rest = _tied(people, kin, draft.is_for_an_adult)
    named = tuple(Person(name, role, tuple(sorted(m, key=lambda x: x.start))) for name, role, m, _ in people)
    return named + rest


def weighed(draft: Draft) -> tuple[list[Group], list[Evidence], list[str]]:
    """The names that are one person each, what speaks for each person's role, and the role that the rules make of it."""
    groups = tie(draft.names)
    seen = [_evidence(draft, group) for group in groups]
    _spread(draft, groups, seen)
    if draft.is_for_an_adult or any(evidence.subject and evidence.old for evidence in seen):
        for evidence in seen:
            evidence.in_an_adults_draft()
    return groups, seen, _roles(groups, seen)


def _evidence(draft: Draft, group: Group) -> Evidence:
    evidence = Evidence({}, he=2 * (group.sex == "he"), she=2 * (group.sex == "she"))
    for name in group.names[:12]:
        weigh(draft, name, evidence)
    return evidence


_LIST = compiled(
    r"(?:['’]s)?(?:,? \(?\d{1,2}\)?| \([^()\n]{1,25}\))?(?:,? and |, | & |/)(?:(?:his|her|their) (?:brother|sister) )?$"
)


# “Parents: Michelle B., Stuart B.”
_PARENTS = compiled(r"(?i)\bparents?(?:/carers?)?(?: are|['’] names)?[ :|(–-]{1,3}$")
_TWO = compiled(r"\.?(?: \([^()\n]{1,25}\))?(?:, | and | & |/)")


def _spread(draft: Draft, groups: list[Group], seen: list[Evidence]) -> None:
    """In “her brothers Kai (7) and Lee (5)” the word speaks of both."""
    order = sorted((n.span, i) for i, g in enumerate(groups) for n in g.names)
    for (one, i), (other, j) in zip(order, order[1:], strict=False):
        if i != j and _TWO.fullmatch(draft.text, one.end, other.start):
            if _PARENTS.search(draft.text, max(0, one.start - 30), one.start) and not seen[j].minor:
                seen[j].vote("parent", 2)
        if i != j and other.start - one.end < 40 and _LIST.fullmatch(draft.text, one.end, other.start):
            for role in ("sibling", "third-party"):
                if seen[i].votes.get(role, 0) >= 2 and not seen[j].votes and not seen[j].subject:
                    seen[j].vote(role)
            seen[j].minor = seen[j].minor or (seen[i].minor and not seen[j].grown and not seen[j].votes)


def _roles(groups: list[Group], seen: list[Evidence]) -> list[str]:
    ruled = [_role(e) for e in seen]
    if not any(e.subject and r in ("child", "adult") for e, r in zip(seen, ruled, strict=True)):
        best = _heard_most(groups, seen, ruled)
        if best is not None:
            ruled[best] = "adult" if seen[best].grown else "child"
    surnames = {g.last for g, r in zip(groups, ruled, strict=True) if r in ("child", "sibling") and g.last}
    for i, (group, evidence) in enumerate(zip(groups, seen, strict=True)):
        if ruled[i] != "unknown":
            continue
        if any(_family(group.last, name) for name in surnames):
            ruled[i] = "parent" if evidence.grown else "sibling"
        elif evidence.minor:
            ruled[i] = "child"
    _parent(groups, seen, ruled)
    return ruled


def _family(one: str, other: str) -> bool:
    """One family's name, also in a woman's form (Nowicki, Nowicka) or as part of a double name."""
    if not one or not other:
        return False
    return (
        one == other or (len(one) > 5 and one[:-1] == other[:-1]) or bool(set(one.split("-")) & set(other.split("-")))
    )


_OFTEN = 3  # mentions


def _parent(groups: list[Group], seen: list[Evidence], roles: list[str]) -> None:
    """A draft about a child that names no parent, and often a grown-up whom nothing calls a colleague."""
    if "child" not in roles or "parent" in roles:
        return
    grown = [i for i, r in enumerate(roles) if r == "unknown" and seen[i].grown and len(groups[i].names) >= _OFTEN]
    if len(grown) == 1:
        roles[grown[0]] = "parent"


def _role(evidence: Evidence) -> str:
    votes = dict(evidence.votes)
    family = {r: v for r, v in votes.items() if r != "professional"}
    best = max(family, key=lambda r: family[r], default="")
    if evidence.subject and evidence.subject * 2 >= votes.get("professional", 0):
        if best in ("", "child"):
            return "adult" if evidence.grown and not evidence.minor else "child"
    if best and family[best] >= votes.get("professional", 0) / 2:
        return "child" if best == "child" and evidence.grown is False else ("relative" if best == "child" else best)
    return "professional" if votes.get("professional") else "unknown"


def _heard_most(groups: list[Group], seen: list[Evidence], roles: list[str]) -> int | None:
    open_ = [i for i, r in enumerate(roles) if r == "unknown"]
    if any(r == "child" for r in roles):  # somebody is called a child: only one who is heard of more often outdoes that
        most = max((len(g.names) for g, r in zip(groups, roles, strict=True) if r == "child"), default=0)
        open_ = [i for i in open_ if len(groups[i].names) > most and not seen[i].grown]
    young = [i for i in open_ if seen[i].minor] or [i for i in open_ if not seen[i].grown] or open_
    return max(young, key=lambda i: (len(groups[i].names), -i), default=None)


def _kinship(draft: Draft) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for hit in _KINSHIP.finditer(draft.text):
        found.setdefault(hit[0].lower(), []).append(Mention(*hit.span(), "role"))
    return found


def _tied(
    people: list[tuple[str, str, list[Mention], Evidence]], kin: dict[str, list[Mention]], for_an_adult: bool
) -> tuple[Person, ...]:
    """Kinship words go to the one named person whom they fit; the others are people of their own."""
    rest: list[Person] = []
    for word, mentions in kin.items():
        role = "relative" if for_an_adult and word in OFFSPRING else ROLE_OF[word]
        sex = "he" if word in HE else "she" if word in SHE else ""
        fits = [p for p in people if p[1] == role and not (sex == "he" and p[3].she) and not (sex == "she" and p[3].he)]
        firm = [p for p in fits if (sex == "he" and p[3].he) or (sex == "she" and p[3].she)]
        one = firm if len(firm) == 1 else fits
        if len(one) == 1 and sex:
            one[0][2].extend(mentions)
        else:
            rest.append(Person(word.capitalize(), role, tuple(mentions)))
    return tuple(rest)
