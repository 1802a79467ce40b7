"""One person whom the draft calls a son and a daughter, a Mr and a Ms; a reader who is greeted by another's name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import Mention, Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.people.words import gender

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_YOUNG = "son daughter brother sister boy girl grandson granddaughter nephew niece half-brother half-sister lad".split()
_KIN_BEFORE = compiled(rf"(?i)\b(?P<kin>{either(_YOUNG)})(?:,| is| called|:)? \(?$")
_KIN_AFTER = compiled(
    rf"(?i)(?:,| \(| is)(?: \d{{1,2}},)? (?:his|her|their|the|a|our) (?:\w+ )?(?P<kin>{either(_YOUNG)})\b(?!['’])"
)


def son_and_daughter(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Their daughter Simran … his brother Simran”: the later kinship word is marked."""
    for person in draft.people:
        first = person.name.split()[0]
        named = [m for m in person.mentions if m.kind == "name" and draft.text.startswith(first, m.start)]
        told = [kin for m in named if (kin := _kin_at(draft, m)) is not None]
        for kin in told[1:]:
            if gender(draft.words(kin)) != gender(draft.words(told[0])) and draft.is_own_offset(kin.start):
                yield Match(rule, kin, {"earlier": _with_name(draft, told[0])}, related=(told[0],))
                break


def _kin_at(draft: Draft, mention: Mention) -> Span | None:
    """The kinship word right before or behind a name; not where it speaks of somebody else (“Ana, her mother's …”)."""
    found = _KIN_BEFORE.search(draft.text, max(0, mention.start - 30), mention.start)
    if found is None:
        found = _KIN_AFTER.match(draft.text, mention.end, mention.end + 40)
    return Span(*found.span("kin")) if found is not None else None


def _with_name(draft: Draft, kin: Span) -> str:
    name = next((n for n in draft.names_between(kin.end, kin.end + 12)), None)
    return draft.text[kin.start : name.span.end] if name is not None else draft.words(kin)


_DEAR = compiled(r"(?m)^[ \t]*(?:Dear|Hi|Hello) (?P<who>(?P<t>Mr|Mrs|Ms|Miss|Dr) (?P<n>[A-Z][\w'’-]+))[ \t]*,?[ \t]*$")
_READER = compiled(
    r"(?m)^[ \t]*(?:To:[ \t]*)?(?P<t>Mr|Mrs|Ms|Miss|Dr) (?:[A-Z]\.? |[A-Z][\w'’-]+ )*(?P<n>[A-Z][\w'’-]+)\b"
)


def greeted_otherwise(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Mrs Stroud, Elmhurst Academy … Dear Mrs Shroud”: the greeting does not name the reader of the address."""
    dear = _DEAR.search(draft.text)
    if dear is None:
        return
    readers = list(_READER.finditer(draft.text, 0, dear.start()))
    if len(readers) == 1 and readers[0]["n"] not in dear["n"] and dear["n"] not in draft.text[: dear.start()]:
        yield Match(
            rule, Span(*dear.span("who")), {"earlier": readers[0][0].strip()}, related=(Span(*readers[0].span()),)
        )
