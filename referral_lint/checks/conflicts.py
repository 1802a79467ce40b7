"""A reader who, as the draft itself says, may cause harm or must not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.routes import place_of
from referral_lint.model import Mailbox
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.people.words import is_given, is_word
from referral_lint.understanding.withheld import MUST_NOT

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_KIN = re.compile(
    r"(?i)^(?:the )?(?:mum|mam|mother|dad|father|parents?|step-?(?:dad|mum|father|mother)|family|partner|husband|wife|nan|gran\w*|uncle|aunt\w*)(?! (?:hub|help|support|team|services?|centre|worker|liaison|solutions|court))\b|^the[a-z]+family@|^[a-z]+\.?family@"
)
_NOT_TOLD = re.compile(
    rf"(?i)\b(?:(?:has|have|had) not (?:been )?told|not (?:been )?(?:told|informed|aware|asked)|do(?:es)? ?n[o'’]?t know|{MUST_NOT}|without (?:his|her|their) knowledge|afraid of (?:him|her|dad|mum)|(?:hit|hurt|slapped|punched|kicked|threatened|strangled|touched) (?:him|her|them|me|us))\b"
)

# Who it is said of, by name. Weaker wording (“has not been told”) counts only where a kind of relative stands beside it.
_WHO = r"(?P<who>(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?[A-Z][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30}){0,2})"
_BESIDE = r"(?:, [^,.;:\n]{1,40},|,| \([^()\n]{1,40}\))? "
_HURT = r"(?:hit|hurt|slapped|punched|kicked|threatened|strangled|choked|assaulted|attacked|abused|raped|beat(?:en)?)"
_WHOM = r"(?:her|him|them|me|us|the|his|their|my|[A-Z]\w+)"
_HAS = r"(?:has |had |have )?(?:also |often |once |repeatedly )?"
_RELATION = r"(?:(?:her|his|their|the) (?:[\w-]{1,30} )?[\w-]{1,30},? )?"
_NOT = r"(?:not|never|n['’]t)"
_STRONG = (
    re.compile(
        rf"\b{_WHO}{_BESIDE}(?:{MUST_NOT}\b|{_HAS}{_HURT} {_WHOM}\b|is (?:a|the) (?:danger|risk|threat) to|is (?:dangerous|violent))"
    ),
    re.compile(rf"\b(?:afraid|scared|frightened|terrified) of {_RELATION}{_WHO}"),
    re.compile(
        rf"(?:\b{_NOT}|{_NOT}|\b[Ww]ithout) (?:ever )?(?:to )?(?:tell|telling|copy|copying|inform|informing) (?:in )?{_RELATION}{_WHO}"
    ),
    re.compile(
        rf"\b(?:hidden|safe|secret|kept|keep (?:this|it|them|her|him)) from {_RELATION}{_WHO}|\b{_HURT} by {_RELATION}{_WHO.replace('who', 'by')}"
    ),
)
_WEAK = re.compile(
    rf"\b{_WHO}{_BESIDE}(?:(?:has|have|had|is|was) ?{_NOT} (?:yet )?(?:been )?(?:told|aware|informed)\b(?! of any))"
)
_RELATIVE = re.compile(
    r"(?i)\b(?:step-?\w+|mum|mother|dad|father|parents?|partner|ex|husband|wife|boyfriend|girlfriend|uncle|aunt\w*|grand\w+|brother|sister|neighbour)\b"
)
_TITLE = re.compile(r"(Mr|Mrs|Ms|Miss|Dr)\.? ")
_SEX = {"Mr": "male", "Mrs": "female", "Ms": "female", "Miss": "female"}


def conflict(draft: Draft, rule: Rule) -> Iterator[Match]:
    """Somebody among the readers who the draft says may cause harm, must not know, or has not been told."""
    envelope = draft.document.envelope
    if envelope is None:
        return
    untold = _NOT_TOLD.search(draft.text) is not None
    named = _named(draft)
    for box in envelope.recipients:
        if (untold and _is_family(draft, box)) or any(_is_meant(box, who) for who in named):
            span = place_of(draft, box)
            if span is not None:
                yield Match(rule, span)


def _is_family(draft: Draft, box: Mailbox) -> bool:
    word = box.name.split(",")[0].strip()
    first = word.split()[0] if word.split() else ""
    relation = draft.introduced.get(first) in ("parent", "partner", "relative")
    return relation or bool(_KIN.search(word) or _KIN.search(box.address))


def _named(draft: Draft) -> frozenset[str]:
    """The people whom the draft calls a danger, or says must not know, as it calls them."""
    found = {
        match.groupdict().get("by") or match["who"] for pattern in _STRONG for match in pattern.finditer(draft.text)
    }
    for match in _WEAK.finditer(draft.text):
        if draft.has(_RELATIVE, draft.sentence_at(match.start("who"))):
            found.add(match["who"])
    return frozenset(found)


def _is_meant(box: Mailbox, who: str) -> bool:
    """Does the reader's name or address say the name that the draft says? “Mr Cole” is Dean Cole, not Mrs Cole."""
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
