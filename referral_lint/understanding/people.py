"""The people of the draft and their roles. A first version: names, kinship words, forms of address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from referral_lint.model import Mention, Person

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_ROLE_WORDS = {
    "parent": "mum mother mummy dad father daddy parent parents",
    "partner": "partner boyfriend girlfriend stepdad stepfather stepmum stepmother husband wife",
    "sibling": "brother sister siblings half-brother half-sister twin",
    "relative": "nan gran grandma grandmother granddad grandfather grandparents aunt auntie uncle cousin",
    "third-party": "neighbour friend lodger",
}
ROLE_OF = {word: role for role, words in _ROLE_WORDS.items() for word in words.split()}
_KINSHIP = re.compile(r"(?i)\b(?:" + "|".join(sorted(ROLE_OF, key=len, reverse=True)) + r")\b")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? (?P<name>(?:[A-Z][\w'’-]+ ?){1,3})")


def find(draft: Draft) -> tuple[Person, ...]:
    """People by name (entities and titles), and by kinship word."""
    people: dict[str, list[Mention]] = {}
    for entity in draft.doc.ents:
        if entity.label_ == "PERSON" and "\n" not in entity.text:
            people.setdefault(entity.text, []).append(Mention(entity.start_char, entity.end_char, "name"))
    taken = [(m.start, m.end) for mentions in people.values() for m in mentions]
    for found in _TITLED.finditer(draft.text):
        start, end = found.span("name")
        end -= len(found["name"]) - len(found["name"].rstrip())
        if not any(s < end and start < e for s, e in taken):
            people.setdefault(draft.text[start:end], []).append(Mention(start, end, "name"))
    named = tuple(Person(name, "unknown", tuple(mentions)) for name, mentions in people.items())
    roles: dict[str, list[Mention]] = {}
    for found in _KINSHIP.finditer(draft.text):
        roles.setdefault(found[0].lower(), []).append(Mention(*found.span(), "role"))
    return named + tuple(Person(word.capitalize(), ROLE_OF[word], tuple(m)) for word, m in roles.items())
