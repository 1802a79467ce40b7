"""Two spellings of one name: the later or rarer one is marked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.full_names import titled, two_family_names, undecided
from referral_lint.model import BlockKind, Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.abbreviations.lists import lists, table
from referral_lint.understanding.people.careless import is_careless
from referral_lint.understanding.people.spellings import FARTHEST, Spellings, alike, distance
from referral_lint.understanding.people.words import PLACE_OR_ORG, STOP, bare, is_family, is_given, is_ordinary, is_word

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_WORD = compiled(r"(?<![\w@./-])[^\W\d_]+(?:[-'’][^\W\d_]+)*(?![\w@]|\.\w)")


def name_spelling(draft: Draft, rule: Rule) -> Iterator[Match]:
    """One match for each spelling that is near a name of the draft and is not a name of somebody else."""
    if draft.mode == "no-names":  # there every name is the fault, however it is spelled
        return
    yield from undecided(draft, rule)
    yield from two_family_names(draft, rule)
    yield from titled(draft, rule)
    known = _known(draft)
    spellings = Spellings(known)
    words = _words(draft, known, spellings)
    done: set[str] = set()
    for word, places in sorted(words.items(), key=lambda pair: pair[1][0]):
        for name in spellings.like(word) if word not in done else ():
            if name in done:
                continue
            if not _is_later(words, word, name, known) or _are_two(draft, word, name):
                continue
            done.add(word)
            place = next((p for p in places if _is_own(draft, p)), None)
            if place is not None:
                first = words[name][0]
                yield Match(rule, place, {"other": draft.words(first)}, related=(first,))
            break


def _is_own(draft: Draft, span: Span) -> bool:
    block = draft.document.block_at(span.start)
    return block is not None and block.kind not in (BlockKind.QUOTED, BlockKind.BANNER, BlockKind.FILE_NAME)


def _known(draft: Draft) -> set[str]:
    found: set[str] = set()
    for name in draft.names:
        found.update(
            w
            for w in name.words
            if len(w) > 2 and w.lower() not in STOP and not (_is_abbreviation(w) or _is_clipped(w.lower()))
        )
    return {w.lower() for w in found}


def _words(draft: Draft, known: set[str], spellings: Spellings) -> dict[str, list[Span]]:
    """Where each word stands that is a name or, with a capital, might be one."""
    places: dict[str, list[Span]] = defaultdict(list)
    careless = is_careless(draft.text)
    for found in _WORD.finditer(draft.text):
        word, end = found[0], found.end()
        plain = bare(word)
        lower = plain.lower()
        small = word[0].islower()
        if _is_abbreviation(word):
            continue
        if len(plain) < 3 or (not small and lower in STOP) or (small and lower not in known):
            if not (small and careless and _maybe(lower, spellings)):
                continue
        if lower.removesuffix("s") in known and lower not in known:
            lower, plain = lower.removesuffix("s"), plain[:-1]  # a possessive without its apostrophe
        if small and not careless and plain.lower() in known and is_word(lower):
            continue  # “Bonnie is bonny”
        if lower not in known and (is_ordinary(lower) or _is_clipped(lower) or _is_place(draft.text, end)):
            continue
        places[lower].append(Span(found.start(), found.start() + len(plain)))
    return places


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and word in table()


def _is_clipped(word: str) -> bool:
    """“Strat”, “Physio”: cut short at work, and nobody's name."""
    return not is_given(word) and bool({word, word.removesuffix("s")} & lists().clipped)


def _maybe(word: str, spellings: Spellings) -> bool:
    """A small word that is no ordinary one, near a name of the draft that is written small."""
    return (
        len(word) > 3
        and word not in STOP
        and not is_word(word)
        and not is_ordinary(word)
        and not _is_clipped(word)
        and bool(spellings.like(word))
    )


def _is_place(text: str, end: int) -> bool:
    after = re.match(r"(?:['’]s)? ([A-Za-z][\w-]+)", text[end : end + 22])
    return after is not None and after[1][0].isupper() and after[1].lower() in PLACE_OR_ORG and not is_family(after[1])


def _is_later(words: dict[str, list[Span]], word: str, name: str, known: set[str]) -> bool:
    """Does `word` come after the spelling that it is held against? The later of two is marked."""
    one, other = words.get(word, []), words.get(name, [])
    if not one or not other:
        return False
    if word not in known and (is_word(word) or distance(word, name) > FARTHEST):
        return False
    return one[0] > other[0]


def _are_two(draft: Draft, word: str, name: str) -> bool:
    """Are both introduced as people of their own: beside each other, or each with a first or last name of its own?"""
    first: dict[str, set[str]] = {word: set(), name: set()}
    for one in draft.names:
        parts = [w.lower() for w in one.words]
        for key in (word, name):
            if key in parts:
                first[key].update(p for p in parts if p != key)
    if (
        first[word]
        and first[name]
        and not first[word] & first[name]
        and not any(alike(a, b) for a in first[word] for b in first[name])
        and not _is_slip(word, name)
        and not _is_of_a_family(draft, word, name)
    ):
        return True
    if is_given(word) and is_given(name) and (_joined(draft.text, word, name) or _joined(draft.text, name, word)):
        return True
    stated = rf"(?i)\b(?:formerly|previously) (?:\w+ )?{re.escape(word)}\b|\b(?:known as|called|aka|a\.k\.a\.?|or|spelt|spelled|was|née|nee|goes by|short for)\b[\s(“\"'‘]*{re.escape(word)}\b|\b{re.escape(name)} \(“?{re.escape(word)}\b|\b{re.escape(word)} \(“?{re.escape(name)}\b|\b{re.escape(word)} is (?:how|what|the way)\b"
    return re.search(stated, draft.text) is not None


def _is_slip(word: str, name: str) -> bool:
    """A family name with one letter wrong, of which nobody else is called one: Casey Ludlow and her sister Bex Ludlo."""
    return (
        not (is_family(word) and is_family(name))
        and not (is_given(word) or is_given(name))
        and distance(word, name) == 1
        and not _is_plural(word, name)
    )


def _is_plural(word: str, name: str) -> bool:
    return word.rstrip("s") == name.rstrip("s")


def _is_of_a_family(draft: Draft, word: str, name: str) -> bool:
    """Leo and Millie Royle and Alfie Royal: a family name that several share, and one whose name is a letter off."""
    bearers = {n.words[0].lower() for n in draft.names if len(n.words) > 1 and n.words[-1].lower() == name}
    return len(bearers) > 1 and alike(word, name) and not _is_plural(word, name)


def _joined(text: str, one: str, other: str) -> bool:
    """Do both stand side by side, in this order?"""
    # It begins with plain letters, so that the search leaps from one to the next.
    return any(
        hit.start() == 0 or not text[hit.start() - 1].isalnum()
        for hit in re.finditer(
            rf"(?i){re.escape(one)}\b[^.;\n]{{0,12}}(?:\band\b|&|,|/)[^.;\n]{{0,12}}\b{re.escape(other)}\b", text
        )
    )
