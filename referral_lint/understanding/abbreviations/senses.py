"""Which of its meanings an abbreviation has here, by the words beside it, and whether that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.facts import rows
from referral_lint.model import BlockKind, Span
from referral_lint.understanding.abbreviations.lists import Meaning, table
from referral_lint.understanding.people.words import is_ordinary

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


@dataclass(frozen=True, slots=True)
class Sense:
    """The meanings that are left, and whether the words of the only one may be put in for the writer."""

    meanings: tuple[Meaning, ...]
    sure: bool = False


def of(draft: Draft, form: str, span: Span) -> Sense:
    """What a form can mean at this place; () if the table does not have it."""
    known = table().get(form, ())
    for level in ("sure", "likely"):
        meant = _fitting(draft, form, span, known, level)
        if len(meant) == 1:
            return Sense(meant, level == "sure")
        if len(meant) > 1:  # words that speak against each other: what it usually means is no answer
            return Sense(meant)
    if len(known) > 1:
        return Sense(_fitting(draft, form, span, known, "usual") or _of_the_sender(draft, known) or known)
    return Sense(known, sure=len(known) == 1 and _means_nothing_else(draft, form, known[0]))


def _of_the_sender(draft: Draft, known: Iterable[Meaning]) -> tuple[Meaning, ...]:
    """The only meaning that the sender's trade has, if those who read it have no other: a police officer's `IP`."""
    if draft.sender is None or not (draft.sender.name or any(draft.document.blocks_of(BlockKind.SIGNATURE))):
        return ()  # nobody signs: the trade was read off the first or last lines, which may name the reader
    readers = {party.agency for party in draft.recipients}
    own = tuple(meaning for meaning in known if draft.sender.agency in meaning.trades)
    others = any(readers & meaning.trades for meaning in known if meaning not in own)
    return own if len(own) == 1 and not others else ()


def _means_nothing_else(draft: Draft, form: str, meaning: Meaning) -> bool:
    """Two letters may stand for anything, and three too from somebody of another trade; `ASSET` may be the word."""
    letters = sum(c.isalpha() for c in form)
    if letters > 3:
        return not is_ordinary(form.lower())
    return letters == 3 and draft.sender is not None and draft.sender.agency in meaning.trades


def _fitting(draft: Draft, form: str, span: Span, known: Iterable[Meaning], level: str) -> tuple[Meaning, ...]:
    """The meanings that the words beside the form, or for want of those the words of its sentence, speak for."""
    signs = [sign for sign in _signs(form) if sign.level == level]
    sentence = draft.sentence_at(span.start)
    bare = (
        span.start + len(form) if draft.text.startswith(form, span.start) else span.end
    )  # its ending tells, too: `DNA'd`
    before, after = draft.text[sentence.start : span.start], draft.text[bare : max(span.end, sentence.end)]
    beside = {s.meaning for s in signs if s.left is not None and s.left.search(before) and s.right.match(after)}
    spoken_for = beside or {s.meaning for s in signs if s.left is None and s.right.search(f"{before}\0{after}")}
    return tuple(meaning for meaning in known if meaning.plain in spoken_for)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A phrase of rules/data/acronym_senses.tsv; without `left` it may stand anywhere in the sentence."""

    meaning: str
    level: str  # sure | likely | usual: what the letters mean where nothing beside them speaks
    left: re.Pattern[str] | None
    right: re.Pattern[str]


@cache
def _phrases() -> dict[str, list[dict[str, str]]]:
    """The rows of the file by their short form."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows("acronym_senses.tsv"):
        found.setdefault(row["acronym"], []).append(row)
    return found


@cache
def _signs(form: str) -> tuple[_Sign, ...]:
    return tuple(
        _sign(row["meaning"], "usual" if (column, phrase.strip()) == ("likely", "_") else column, phrase.strip())
        for row in _phrases().get(form, ())
        for column in ("sure", "likely")
        for phrase in row[column].split(" | ")
        if phrase.strip()
    )


def _sign(meaning: str, level: str, phrase: str) -> _Sign:
    left, here, right = phrase.partition("_")
    if not here:
        return _Sign(meaning, level, None, re.compile(rf"(?i)(?<!\w){_words(phrase)}(?!\w)"))
    before = re.compile(rf"(?i)(?<!\w){_words(left.strip())}\s+$" if left.strip() else "")
    gap = r"(?:['’]?(?:s|d|ed|ing))?\s+" if right.startswith(" ") else "['’]?"  # `_d`: an ending of the form itself
    after = re.compile(rf"(?i){gap}{_words(right.strip())}(?!\w)" if right.strip() else "")
    return _Sign(meaning, level, before, after)


def _words(phrase: str) -> str:
    """`{on,under} a plan*` as a pattern."""
    return "".join(_AS_PATTERN.get(char) or re.escape(char) for char in phrase)


_AS_PATTERN = {"{": "(?:", ",": "|", "}": ")", "*": r"\w*", " ": r"[\s-]+"}
