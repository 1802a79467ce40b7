"""School years that the draft tells of one child in several places, and the year to come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.told_ages import Told, misfit
from referral_lint.model import Person, Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.needles import Sought

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_AFTER_NAME = compiled(
    r"(?:,? \(|, | is (?:now )?in |,? who(?:['’]s| is) in |['’]s in )(?P<y>(?:[Yy]ear|[Yy]r|Y) ?(?P<n>\d{1,2}))\b(?! (?:next|from|in September))"
)
_TO_COME = Sought(
    r"\b(?:starts|moves (?:up )?(?:in)?to|goes (?:up )?(?:in)?to|going (?:up )?into|starting) (?P<y>[Yy](?:ea)?r (?P<n>\d{1,2}))\b"
)
_FIELD = compiled(r"(?m)\b(?:Class|Year(?: group)?)\s*[:|]\s*(?P<y>(?:[Yy](?:ea)?r )?(?P<n>\d{1,2}))\b(?![/.]\d)")
_CLASS = Sought(r"\b(?P<one>[Yy]ear (?P<n>\d{1,2})),? in (?:[\w'’.]+ ){0,3}(?P<y>[Yy]ear (?P<m>\d{1,2})) class\b")


def years_twice(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Rory (Year 7)” and below it “Rory (Year 6)”; a Year 1 child who starts Year 1 in September."""
    for person in draft.people:
        told = list(_of(draft, person))
        other = next((t for t in told[1:] if t.count != told[0].count), None)
        if other is not None:
            yield misfit(draft, rule, other.span, told[0].span)
    for hit in draft.searched.every(_CLASS):
        if hit["n"] != hit["m"]:
            yield misfit(draft, rule, Span(hit.start("one"), hit.end("y")), Span(*hit.span("one")))
    yield from _to_come(draft, rule)


def _of(draft: Draft, person: Person) -> Iterator[Told]:
    """The school years told right behind the person's name."""
    for mention in person.mentions:
        found = _AFTER_NAME.match(draft.text, mention.end) if mention.kind == "name" else None
        if found is not None:
            yield Told(Span(*found.span("y")), int(found["n"]))


def _to_come(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A year that is to come and is no later than the one that the child is in."""
    hits = list(draft.searched.every(_TO_COME))
    children = [p for p in draft.people if p.role == "child" and any(m.kind == "name" for m in p.mentions)]
    if not hits or len(children) != 1:
        return
    fields = [Told(Span(*f.span("y")), int(f["n"])) for f in _FIELD.finditer(draft.text)]
    now = [*_of(draft, children[0]), *fields]
    for hit in hits:
        if now and int(hit["n"]) <= now[0].count and not draft.is_quoted_offset(hit.start()):
            yield misfit(draft, rule, Span(*hit.span()), now[0].span)
