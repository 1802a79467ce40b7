"""Who is called what, from how a draft introduces people: “his uncle Dev”, “Mia Cole, born 3 May 2019”."""

from __future__ import annotations

import re
from datetime import date

from referral_lint.facts import facts
from referral_lint.patterns import compiled
from referral_lint.understanding import dates
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.whose import NOT_NAMES, ROLES, TITLE

_KIN = either(facts("people_words.yaml")["introducing"])
_NAME = r"(?:(?:Mr|Mrs|Ms|Miss) )?[A-Z][a-z'’-]+"
_INTRODUCED = compiled(
    rf"\b(?P<kin>(?i:{_KIN}))(?:\W{{1,3}}|\s+is\s+|\s+called\s+)(?P<after>{_NAME})"
    rf"|(?P<before>{_NAME})(?: [A-Z][\w'’-]+)?[,(]? ?[(,] ?(?:(?:his|her|their|the|whose) )?(?P<kin2>(?i:{_KIN}))\b"
)
_CHILD = compiled(
    r"(?im)^[\W\d]*(?:child|pupil|young person|(?P<any>name|full name|first name|person|client|patient|re)|baby|child'?s name)\b[^\n:|]{0,30}[:|][ \t]*"
    rf"(?-i:(?!{TITLE}\b)(?P<child>[A-Z][a-z'’-]+))"
    rf"|(?-i:(?!{TITLE}\b)(?P<born>[A-Z][a-z'’-]+)(?: [A-Z][\w'’-]+){{0,2}}),? "
    r"\(?(?:born|aged? (?!(?:1[89]|[2-9]\d)\b)|dob|d\.o\.b|date of birth|(?:\d|1[0-7])\)|\d{1,2}[/.]\d)"
)


def names(text: str, today: date) -> dict[str, str]:
    """First word of a name -> role. `today`: the day on which the draft is to be read; whoever was of age then is no child."""
    found: dict[str, str] = {}
    for hit in _CHILD.finditer(text, 0, min(len(text), 2500)):
        if not hit["child"] or hit["any"]:
            named = hit.end("child") if hit["child"] else hit.end("born")
            born = dates.birth_year(text[named : named + 80], today)
            if born and today.year - born > dates.OF_AGE:
                continue
        if not hit["any"] or "child" not in found.values():  # the second “Name:” of a form is somebody else's
            found.setdefault(hit["child"] or hit["born"], "child")
    for hit in _INTRODUCED.finditer(text):
        name, kin = (hit["after"], hit["kin"]) if hit["after"] else (hit["before"], hit["kin2"])
        if name not in NOT_NAMES and name not in found:
            found[name] = _role_of(kin)
    return found


def _role_of(kin: str) -> str:
    return next((role for role, words in ROLES.items() if re.fullmatch(f"(?i:{words})", kin)), "")
