"""A reader who, as the draft itself says, may cause harm or must not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.copies import copied
from referral_lint.checks.kept_from import kept_from
from referral_lint.checks.routes import place_of
from referral_lint.model import Mailbox
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.people.words import is_given, is_word
from referral_lint.understanding.withheld import MUST_NOT

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_KIN = compiled(
    r"(?i)^(?:the )?(?:mum|mam|mother|dad|father|parents?|step-?(?:dad|mum|father|mother)|family|partner|husband|wife|nan|gran\w*|uncle|aunt\w*)(?! (?:hub|help|support|team|services?|centre|worker|liaison|solutions|court))\b|^the[a-z]+family@|^[a-z]+\.?family@"
)
_NOT_TOLD = compiled(
    rf"(?i)\b(?:(?:has|have|had) not (?:been )?told|not (?:been )?(?:told|informed|aware|asked)|do(?:es)? ?n[o'’]?t know|{MUST_NOT}|without (?:his|her|their) knowledge|afraid of (?:him|her|dad|mum)|(?:hit|hurt|slapped|punched|kicked|threatened|strangled|touched) (?:him|her|them|me|us))\b"
)

# Words for one person of a family: her husband is the children's father, or is called her partner.
_ALIKE = (
    "husband ex-husband dad father parents".split(),
    "husband partner boyfriend ex-husband ex-partner stepfather step-father stepdad step-dad".split(),
    "wife mum mam mother parents".split(),
    "wife partner girlfriend ex-wife ex-partner stepmother step-mother stepmum step-mum".split(),
)
_TITLE = compiled(r"(Mr|Mrs|Ms|Miss|Dr)\.? ")
_SEX = {"Mr": "male", "Mrs": "female", "Ms": "female", "Miss": "female"}


def conflict(draft: Draft, rule: Rule) -> Iterator[Match]:
    """Somebody among the readers who the draft says may cause harm, must not know, or has not been told."""
    envelope = draft.document.envelope
    boxes = envelope.recipients if envelope is not None else ()
    copies = list(copied(draft))
    feared = kept_from(draft) if boxes or copies else frozenset()
    untold = bool(boxes) and _NOT_TOLD.search(draft.text) is not None
    for box in boxes:
        span = place_of(draft, box)
        if span is not None and ((untold and _is_family(draft, box)) or any(_is_meant(box, who) for who in feared)):
            yield Match(rule, span)
    # A letter is copied to parents as a matter of course: that they “do not know” something is not enough there.
    for box, span in copies:
        if any(_is_meant(box, who) for who in feared):
            yield Match(rule, span)


def _is_family(draft: Draft, box: Mailbox) -> bool:
    word = box.name.split(",")[0].strip()
    first = word.split()[0].rstrip(".") if word.split() else ""
    if _is_relative(draft, first) or _KIN.search(word) or _KIN.search(box.address):
        return True
    # “d.rhodes72@…” without a given name: read beside the whole names of the family.
    whole = (name.words for name in draft.names if len(name.words) > 1)
    return len(first) < len("Al") and any(
        _is_relative(draft, words[0]) and _is_called(box, [word.lower() for word in words]) for words in whole
    )


def _is_relative(draft: Draft, given_name: str) -> bool:
    return draft.introduced.get(given_name) in ("parent", "partner", "relative")


def _is_meant(box: Mailbox, who: str) -> bool:
    """Does the reader's name or address say the name that the draft says? “Mr Cole” is Dean Cole, not Mrs Cole."""
    if who.islower():
        kin = re.split(r"[^\w-]+", box.name.lower())
        return any(who in alike and not set(alike).isdisjoint(kin) for alike in _ALIKE)
    title = _TITLE.match(who)
    other = _TITLE.match(box.name)
    if title and other and _SEX.get(title[1]) != _SEX.get(other[1]):
        return False
    words = who[title.end() :].lower().split() if title else who.lower().split()
    if len(words) > 1 and is_word(words[0]) and not is_given(words[0]) and _is_called(box, words[1:]):
        return True  # the first word only opened a sentence
    return _is_called(box, words)


def _is_called(box: Mailbox, words: list[str]) -> bool:
    words = [re.sub(r"['’]s?$|[^\w-]", "", word) for word in words]
    if set(words) <= set(re.findall(r"[\w-]+", box.name.lower())):
        return True
    local = box.address.partition("@")[0].lower()
    if len(words) == 1:
        return words[0] in re.split(r"[^a-z-]", local) + re.split(r"[^a-z]", local)
    first, last = (word.replace("-", "") for word in (words[0], words[-1]))
    return re.sub(r"[^a-z]", "", local) in (first + last, last + first, first[:1] + last, last + first[:1])
