"""What the letters of a word say by themselves: whether they can be a short form, and whether they are a word in capitals."""

from __future__ import annotations

import re

from referral_lint.patterns import compiled
from referral_lint.understanding.abbreviations.lists import lists, table
from referral_lint.understanding.people.words import is_family, is_given, is_ordinary, is_place

_NAME_SHAPE = compiled(r"(?:Mc|Mac)[A-Z][A-Za-z]+|(?:Fitz|De|Di|Da|La|Le|Van|Al|El|Ja|Ke|Jo|Sha)[A-Z][a-z]+")
_CAMEL = compiled(r"[A-Z]?[a-z]+[A-Z][a-z]{2,}")
# The shift key held too long (`DIsclosed`), or letters shown that make a name (`JOint COMpany`).
_SLIP = compiled(r"[A-Z]{2,4}[a-z]+")
# No short form ends like these words, and no list of words has them all: `FURIOUS`, `SCREAMING`.
_WORD_ENDING = compiled(
    r"[A-Z]{2,}(?:FUL|ING|OUS|IED|TED|DED|SED|NED|RED|LED|KED)|[A-Z]{3,}(?:LY|NESS|MENT|TION|SION|ABLE|LESS)"
)
_ROMAN = compiled(r"X{0,3}(?:IX|IV|V?I{0,3})")
_SUM = compiled(r"[A-Z]\+[A-Z]")
_NUMBERED = compiled(r"[A-Z]{2,6}\.\d{1,4}")
_LETTERS_DIGITS = compiled(r"[A-Z]{3,6}-?\d{1,2}|[A-Z]{2,6}-(?:[A-Z]{1,3}|\d{1,2})|[A-Z]{1,2}2[A-Z]{1,3}")
_ODD = compiled(r"T[12]DM?|[UL][LR]\d|G\dP\d|2Y[OC]|KS[1-5]|EP3|HbA1c")
_CERTIFICATE = compiled(r"([A-Z]{2})[1-9]\d?|\d[A-Z]{3,4}")
# What English puts behind letters: `EHCPs`, `IDed`, `IDd`, `IDing`.
_INFLECTION = compiled(r"(?<=.[A-Z])s$|(?<=[A-Z]{2})(?:d|ed|ing)$")


def undotted(written: str) -> str:
    """`E.H.C.P.` and `LGBT+` without what stands between and behind the letters."""
    return written.replace(".", "").rstrip("+")


def uninflected(form: str) -> str:
    return _INFLECTION.sub("", form)


def is_numbered(written: str) -> bool:
    """A form or a committee with a number: `IS.96`."""
    return _NUMBERED.fullmatch(written) is not None


def stands_for_others(written: str) -> bool:
    """`J.B.`, `XX/XX/XXXX`, `DD/MM/YYYY`."""
    form = undotted(written)
    return (form == written[:-1:2] and len(form) == 2) or set(form) in ({"X"}, {"Y"}, {"D"}, {"M"})


def can_be_short(form: str) -> bool:
    """Is it shaped like a short form, and not like a name, a sum or a Roman figure?"""
    is_known = form.upper() in table()
    if _SUM.fullmatch(form) and form not in table():
        return False
    if any(c.isdigit() for c in form):
        return is_known or any(shape.fullmatch(form) for shape in (_ODD, _LETTERS_DIGITS)) or _is_certificate(form)
    if sum(c.isupper() for c in form) < 2 or len(form) > 12:
        return False
    if _NAME_SHAPE.fullmatch(form) and not is_known:
        return False
    if _CAMEL.fullmatch(form):
        return form in lists().systems
    return not _ROMAN.fullmatch(form) or form == "VI"  # visual impairment is the one that drafts do use


def _is_certificate(form: str) -> bool:
    """`CP12`, `MF2`: two letters and a number that begin no postcode; `3GPP`."""
    found = _CERTIFICATE.fullmatch(form)
    return found is not None and found[1] not in lists().areas and form[1:] not in lists().units


def is_word(form: str) -> bool:
    """A word or a name that is no short form wherever it stands."""
    low = form.lower()
    if low in lists().shouted:
        return True
    if not form.isupper():
        return _SLIP.fullmatch(form) is not None and (is_ordinary(low) or is_given(low) or is_family(low))
    return (
        (len(form) > 4 and is_place(low))
        or _WORD_ENDING.fullmatch(form) is not None
        or (len(form) > 5 and is_ordinary(low))
    )


def is_plain(word: str) -> bool:
    """A common word or a name; shorter ones are too many."""
    return len(word) > 3 and (is_ordinary(word) or is_given(word) or is_family(word))


def is_common(word: str) -> bool:
    """Is this a word, a name or one of those that are often shouted?"""
    return word in lists().shouted or is_plain(word)


def is_loud(line: str) -> bool:
    """Are most of its words in capitals? In a list of short forms (`UNICEF, UNESCO and the bank`) they are not."""
    words: list[str] = re.findall(r"[^\W\d_]{2,}", line)
    return 3 * sum(word.isupper() for word in words) > 2 * len(words)
