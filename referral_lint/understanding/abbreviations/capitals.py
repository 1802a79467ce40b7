"""Capitals that are abbreviations, and capitals that are not: shouted words, names, references, postcodes, brands."""

from __future__ import annotations

import re

from referral_lint.patterns import compiled
from referral_lint.understanding.abbreviations import letters
from referral_lint.understanding.abbreviations import surroundings as around
from referral_lint.understanding.abbreviations.lists import lists, table
from referral_lint.understanding.abbreviations.surroundings import Capitals, Surroundings
from referral_lint.understanding.people.words import is_family, is_given, is_ordinary


def is_abbreviation(known: Surroundings, written: str, start: int, end: int) -> bool:
    """Is this word of capitals an abbreviation that somebody may not know?"""
    bare = letters.undotted(written)
    form = letters.uninflected(bare)
    word = Capitals(known.text, written, form, start, end)
    if letters.is_numbered(written):
        return not around.is_reference(word)
    if letters.stands_for_others(written) or not letters.can_be_short(form) or lists().brands & {form, bare}:
        return False
    return not (
        _is_everybodys(word)
        or _is_measure(word)
        or around.is_reference(word)
        or around.is_title(word)
        or known.is_initials(word)
        or around.is_part_of_name(word)
        or _is_english(known, word)
    )


def _is_everybodys(word: Capitals) -> bool:
    """`the NHS`; `CC: Ann Lee`, but not `her CC rang`; `MS` is an illness too."""
    form = word.form
    if form.upper() not in lists().everybody or form == "MS":
        return False
    return not (form in lists().remarks and around.is_of_somebody(word))


def _is_measure(word: Capitals) -> bool:
    return word.form.upper() in lists().measures and around.is_behind_a_number(word)


def _is_english(known: Surroundings, word: Capitals) -> bool:
    """Is it to be read as a word, or as a name, that somebody wrote in capitals?"""
    low = word.form.lower()
    if word.form in lists().no_nouns:
        if around.is_noun(word):
            return False
    elif word.form.upper() in table():
        return low in lists().shouted and (low in lists().always_words or bool(_loud_beside(known, word)))
    return _is_word(known, word) or _is_shouted(known, word)


def _is_word(known: Surroundings, word: Capitals) -> bool:
    """It is an English word or a name, or the draft has it in small letters."""
    form, low = word.form, word.form.lower()
    if letters.is_word(form) or (len(form) > 3 and low in known.words):
        return True
    if not form.isupper():
        return False
    if len(form) > 2 and form.capitalize() in known.words:
        return True
    if len(form) == 5 and is_ordinary(low) and not around.is_noun(word):
        return True
    if "-" in form and all(
        len(part) > 3 or (len(part) > 2 and part.capitalize() in known.words) for part in form.split("-")
    ):
        return True
    return len(form) > 3 and (
        (letters.is_plain(low) and around.is_label(word))
        or (
            (is_given(low) or is_family(low)) and re.match(r"-[A-Z][a-zà-ÿ]", word.after(3)) is not None
        )  # `KAYE-Marie`
        or (not set(form).isdisjoint("AEIOUY") and known.is_beside_a_name(word))
    )


def _is_shouted(known: Surroundings, word: Capitals) -> bool:
    """Is what no table knows one of several words in capitals: a heading, a cry, a name?"""
    loud = _loud_beside(known, word)
    if any(letters.is_common(w.lower().rstrip("'’s")) or letters.is_plain(w.lower().strip(".'’")) for w in loud):
        return True
    if loud and letters.is_plain(word.form.lower()):
        return True
    longest = max(map(len, loud), default=0)
    return bool(loud) and (len(word.form) > 4 or longest > 5) and letters.is_loud(known.line(word))


_CAPITAL_WORD = compiled(r"[A-Z][A-Z&'’.-]*")


def _loud_beside(known: Surroundings, word: Capitals) -> list[str]:
    """The words right beside it that stand in capitals and are no short forms."""
    return [
        w
        for w in around.neighbours(word)
        if len(w) > 1
        and _CAPITAL_WORD.fullmatch(w)
        and (w != "WHO" or letters.is_loud(known.line(word)))
        and w.upper() not in lists().everybody
        and w not in table()
    ]
