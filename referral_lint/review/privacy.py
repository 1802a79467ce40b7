"""Names and words that can be shown: codes instead of file names, and personal details masked.

A file name often holds a child's name. Only words that are known to be about the paperwork stay; all others are masked.
The code of a file is made with the user's own secret key: without the key, trying out names leads nowhere.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import PurePosixPath

from referral_lint.patterns import compiled
from referral_lint.understanding.abbreviations.lists import table

MASK = "●●●"
CODE = 10  # characters of a code; 50 bits: no two of a million files will share one

_WORD = compiled(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_PAPERWORK = frozenset(
    """a about adult advice agency allegation an and annex appeal appendix application appointment assessment attached
    attachment body camhs care case chair chaser checklist child children childrens clinic closure clean community
    concern conference contact copy core cover dated discharge document domestic draft early education email emergency
    enquiry exclusion family fax final first follow for form from fwd gp handover head health help home hospital housing
    in inbox information initial letter level mail meeting memo message midwife minutes new note notes notice notification
    of office old on one out outbox panel part pastoral plan police pre print protection re record referral referrals
    refusal reminder reply report request response review risk safe safeguarding scan school second sen send sent service
    services sheet signed social speech statement strategy summary support tac taf team teacher template the third to
    transfer transition triage two update urgent v version visit ward welfare with work""".split()
)
# Words that begin a sentence or stand for somebody without naming anyone.
_HARMLESS = _PAPERWORK | frozenset(
    """i he she they we you it his her their our your its him them this that these those there here when where why how
    what who which if as at by but or so not no yes mum mam mom mother dad father nan nana gran grandad parent parents
    partner brother sister aunt uncle baby monday tuesday wednesday thursday friday saturday sunday january february
    march april may june july august september october november december is are was were has have had do does did will
    would can could should may might must please since after before during while because although however also all any
    some most many very""".split()
)
_PERSONAL = compiled(
    r"[\w.+-]+@[\w.-]+"  # an address for email
    r"|\b[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}\b"  # a postcode
    r"|\b\d+(?:[\s./:-]\d+)*\b"  # a date, a number of any kind
)
_CELL = compiled(r"[A-Z]{1,3}\d{1,7}")
_CAPITAL = compiled(r"\b[A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*")


class Names:
    """How files and teams are called in what is shown. `key`: the user's secret; `shown`: names as they are."""

    def __init__(self, key: bytes, shown: bool = False) -> None:
        self.key, self.shown = key, shown

    def code(self, *parts: str) -> str:
        """A short code that is always the same for the same parts, and cannot be turned back without the key."""
        return b32encode(hmac.digest(self.key, "\0".join(parts).encode(), "sha256")).decode()[:CODE].lower()

    def file(self, name: str) -> str:
        """The name of a file below the folder, as it is shown."""
        return name if self.shown else masked_name(PurePosixPath(name).name)

    def part(self, part: str) -> str:
        """The part of a file (an attachment has a file name of its own), as it is shown."""
        return part if self.shown or not part else masked_name(part)

    def team(self, label: str, personal: bool) -> str:
        """The name of a team; `personal` if it seems to be the name of somebody whom drafts are about."""
        return label if self.shown or not personal else f"Folder {self.code('team', label)[:4]}"


def words_of(name: str) -> list[str]:
    """The words of a file's name, in lower case, in order."""
    return [word.casefold() for word in _WORD.findall(name)]


@cache
def _paperwork() -> frozenset[str]:
    return _PAPERWORK | {word.casefold() for word in table() if len(word) > 2}


def masked_name(name: str) -> str:
    """A file name of which only the words about the paperwork are left: `Theo M referral 3.docx` → `●●● referral 3.docx`."""
    path = PurePosixPath(name)
    ending = path.suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,5}", path.suffix) else ""
    rest = name[: len(name) - len(ending)]
    kept: list[str] = []
    for piece in re.findall(r"[^\W_]+(?:['’][^\W_]+)*|[:>/]", rest):
        known = piece in ":>/" or piece.casefold() in _paperwork() or _small(piece)
        if known or kept[-1:] != [MASK]:
            kept.append(piece if known else MASK)
    return " ".join(kept).replace(" :", ":") + ending


def _small(piece: str) -> bool:
    """A number of one figure or a version: the fourth of several letters says nothing of anybody."""
    return bool(re.fullmatch(r"\d|v\d{1,2}", piece.casefold()))


def masked_words(text: str, names: Iterable[str]) -> str:
    """Words of a draft without personal details: names found in it, numbers, addresses, and any other capital word."""
    known = {word for name in names for word in words_of(name)}
    text = _PERSONAL.sub(MASK, text)
    text = _CAPITAL.sub(lambda found: found[0] if _harmless(found[0], known) else MASK, text)
    return _WORD.sub(lambda found: MASK if found[0].casefold() in known else found[0], text)


def _harmless(word: str, names: set[str]) -> bool:
    low = word.casefold()
    return low not in names and (low in _HARMLESS or word.upper() in table())


def place(where: Mapping[str, int | str]) -> str:
    """Where a finding stands, in figures: the name of a sheet or a part may be somebody's."""
    shown = (f"{key} {value}" for key, value in where.items() if isinstance(value, int) or _CELL.fullmatch(value))
    return ", ".join(shown)


def initials(names: Iterable[str]) -> frozenset[str]:
    """What people are called for short: `Theo James Marsh` → TJM, TM, and every word of the name."""
    short: set[str] = set()
    for name in names:
        words = [word.upper() for word in words_of(name) if not word.isdigit()]
        short.update(words)
        short.add("".join(word[0] for word in words))
        if words:
            short.add(words[0][0] + words[-1][0])
    return frozenset(short)


def may_be_kept(term: str, names: Iterable[str]) -> bool:
    """Whether a short form says nothing of a person: one from the lists, or letters that are nobody's initials here."""
    plain = term.upper().replace(".", "")
    if plain in table():
        return plain not in initials(names) or len(plain) > 3
    return bool(re.fullmatch(r"[A-Z][A-Z&-]{2,7}", plain)) and plain not in initials(names)
