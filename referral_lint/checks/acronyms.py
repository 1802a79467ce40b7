"""Abbreviations that the reader may not know: five rules share what is understood of a draft's abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import BlockKind, Severity, Span
from referral_lint.patterns import compiled
from referral_lint.phrasing import listed
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.abbreviations.explained import Explained
from referral_lint.understanding.abbreviations.find import Abbreviation
from referral_lint.understanding.abbreviations.lists import lists

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


def unexplained(draft: Draft, rule: Rule) -> Iterator[Match]:
    signed = _signed(draft)
    if len(signed) > 1:
        yield _of_a_signature(draft, rule, signed)
    for found in draft.abbreviations:
        if concern(found) == "unexplained" and not (len(signed) > 1 and found in signed):
            whole = _in_full(draft, found)
            yield Match(rule, found.span, replacement=whole, suggestion=_suggest(draft, found, whole))


def two_meanings(draft: Draft, rule: Rule) -> Iterator[Match]:
    signed = _signed(draft)
    for found in draft.abbreviations:
        if concern(found) == "two meanings" and not (len(signed) > 1 and found in signed):
            one, other = _apart(draft, found)
            yield Match(rule, found.span, {"one": one, "other": other})


def too_late(draft: Draft, rule: Rule) -> Iterator[Match]:
    for found in draft.abbreviations:
        if concern(found) == "too late":
            yield Match(rule, found.span)


def clinical(draft: Draft, rule: Rule) -> Iterator[Match]:
    to_clinician = _sector(draft, "recipient") == "health" == _sector(draft, "sender")
    for found in draft.abbreviations:
        if concern(found) == "clinical":
            words = _clinical_words(found)
            severity = Severity.THINK if to_clinician else None
            yield Match(rule, found.span, {"full": f"“{words}”"}, severity=severity)


def local_system(draft: Draft, rule: Rule) -> Iterator[Match]:
    for found in draft.abbreviations:
        if concern(found) == "system":
            like = lists().systems.get(found.form, "")
            yield Match(rule, found.span, {"like": like}, suggestion=None if like else _SAY_WHAT_IT_IS)


_SAY_WHAT_IT_IS = "Add three words that say what it is."


def concern(found: Abbreviation) -> str:
    """Which of the five rules speaks of it; "" if none does."""
    if found.explained is Explained.IN_TIME:
        return ""
    if found.sort == "system":
        return "system"
    if found.explained is Explained.TOO_LATE:
        return "too late"
    if found.sort == "clinical":
        return "clinical"
    return "two meanings" if len(found.meanings) > 1 else "unexplained"


def _signed(draft: Draft) -> tuple[Abbreviation, ...]:
    """Those that first stand below the writer's name: of several one question is enough."""
    return tuple(
        found
        for found in draft.abbreviations
        if concern(found) in ("unexplained", "two meanings") and _stands_in(draft, found.span, BlockKind.SIGNATURE)
    )


def _of_a_signature(draft: Draft, rule: Rule, signed: tuple[Abbreviation, ...]) -> Match:
    others = [draft.words(found.span) for found in signed[1:]]
    shown = others if len(others) < 4 else [*others[:3], f"{len(others) - 3} more"]
    first = _suggest(draft, signed[0]) or f"{_IN_FULL}."
    ask = f"{first} The same for {listed(shown)} below your name."
    return Match(rule, signed[0].span, related=tuple(found.span for found in signed[1:]), suggestion=ask)


def _stands_in(draft: Draft, span: Span, kind: BlockKind) -> bool:
    block = draft.document.block_at(span.start)
    return block is not None and block.kind is kind


def _in_full(draft: Draft, found: Abbreviation) -> str | None:
    """What to put there, where the meaning is certain and the grammar stays right."""
    written = draft.words(found.span)
    if not found.sure or _stands_in(draft, found.span, BlockKind.EMAIL_HEADER):
        return None
    if found.sort not in ("capitals", "lower") or found.form != written:  # no plural, `SENCo` or `camhs`
        return None
    words, _, last = found.meanings[0].plain.rpartition(" ")
    if not words or not draft.text.startswith(
        f" {last}", found.span.end
    ):  # `ABC chart`, where the words end in `chart`
        words = f"{words} {last}".strip()
    before = draft.text[max(0, found.span.start - 4) : found.span.start].lower()
    article = re.search(r"\b(an?) $", before)
    if article and (article[1] == "an") != (words[:1].lower() in "aeiou"):
        return None
    return f"{words} ({written})"


def _suggest(draft: Draft, found: Abbreviation, whole: str | None = None) -> str | None:
    """`whole`: what can be put there as it is; it then says all that there is to do."""
    if not found.meanings:
        return _IF_SIGNED if _stands_in(draft, found.span, BlockKind.SIGNATURE) else None
    if whole:
        return f"Write “{whole}” the first time."
    words = found.meanings[0].plain
    if found.sure:
        return f"{_IN_FULL}: {words}."
    return f"{_IN_FULL}. Do you mean “{words}”?"


def given_in_full(suggestion: str) -> str:
    """The words that a suggestion of `unexplained` is sure of; empty if there are none."""
    told = _GIVEN.match(suggestion)
    return told[1] if told else ""


_IN_FULL = "Write the words in full the first time"
_GIVEN = compiled(rf"{_IN_FULL}: ([^.]+)\.")

# Behind a name they are mostly a qualification, which nobody needs to look up.
_IF_SIGNED = "Write it out, or leave it out if it is a qualification."


def _sector(draft: Draft, side: str) -> str:
    if side == "sender":
        return draft.sender.agency if draft.sender else ""
    return draft.recipients[0].agency if draft.recipients else ""


OTHERS = "others"
_PEOPLE = {
    "health": "health staff",
    "mental health": "mental health staff",
    "maternity": "midwives",
    "education": "schools",
    "children's social care": "children’s social workers",
    "adult social care": "adult social workers",
    "police/justice": "the police",
    "youth justice": "youth justice workers",
    "housing": "housing officers",
    "benefits": "benefits advisers",
    "domestic abuse": "domestic abuse workers",
    "substance use": "drug and alcohol workers",
    "legal/family court": "courts",
    "immigration": "immigration advisers",
    "voluntary": "charities",
    "information governance": "records officers",
    "general": OTHERS,
}


def _apart(draft: Draft, found: Abbreviation) -> tuple[str, str]:
    """Two meanings in words: the sender's and the recipient's where the table knows them, else the first two."""
    order = [_sector(draft, "sender"), _sector(draft, "recipient")]
    ranked = sorted(found.meanings, key=lambda m: order.index(m.sector) if m.sector in order else len(order))
    first = ranked[0]
    second = next((m for m in ranked if m.sector != first.sector), ranked[1])
    people = [_PEOPLE.get(meaning.sector, OTHERS) for meaning in (first, second)]
    if people[0] == people[1]:
        people = ["some", OTHERS]
    one, other = (f"“{m.plain}” to {p}" for m, p in zip((first, second), people, strict=True))
    return one, other


def _clinical_words(found: Abbreviation) -> str:
    form = found.form.lower()
    weeks = re.fullmatch(r"(\d[\d-]*)/(52|7|12|40)", form)
    if weeks:
        return f"{weeks[1]} " + {"52": "weeks", "7": "days", "12": "months", "40": "weeks pregnant"}[weeks[2]]
    known = lists()
    return known.clinical.get(form) or known.doses[form]
