"""Sender and recipients, and the agency each belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from referral_lint.model import BlockKind, Mailbox, Party
from referral_lint.patterns import compiled
from referral_lint.understanding.greetings import GREETING
from referral_lint.understanding.saying.recipient import above_the_greeting, addressee, is_somebody, without_day

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

# The sectors of rules/data/acronyms.tsv, most telling first; a name takes the first that fits.
SECTORS: dict[str, re.Pattern[str]] = {
    sector: compiled(rf"(?i)\b(?:{words})")
    for sector, words in {
        "police/justice": r"police|constabulary|sergeant|sgt\b|pc \d|dc [A-Z]|probation|prison|(?:family|crown|county|youth|high|magistrates\S*) court|fire and rescue|fire service",
        "youth justice": r"youth ?(?:justice|offending)",
        "education": r"school(?! nurs)|academ|nurser|pre-?school|college|primary|sixth form|educat|senco|headteacher|attendance|childmind|kindergarten",
        "adult social care": r"adult(?:s|'s)? ?(?:social|safeguarding|care|services)|adults? team|older people|re-?ablement|home ?care|occupational therapy (?:and|&) equipment",
        "children's social care": r"children'?s? ?(?:social|services|serv)|social ?(?:work|care)|safeguarding hub|mash\b|front door|duty (?:team|desk|worker)|early ?help|family ?(?:hub|help|support)|fostering|looked.after|emergency duty",
        "health": r"health|nhs|hospital|surgery|clinic|gp\b|dr\b|doctor|midwi|nurs|camhs|therap|paediatric|psycholog|dental|dentist|ward\b|pharmac|medical|physio|speech",
        "housing": r"housing|homeless|tenan|landlord|hostel",
        "substance use": r"drug|alcohol|substance|recovery service",
        "domestic abuse": r"domestic ?abuse|refuge|idva|marac|women'?s aid",
        "charity": r"food ?bank|charit|trust\b|project|young carers|youth|club|advice|volunteer|community|church",
    }.items()
}
# Sectors of the table whose people work in the services of another.
_TRADES = {"mental health": "health", "maternity": "health", "voluntary": "charity"}
_TO = compiled(
    r"(?im)^[ \t]*(?:to|return to|send to|for the attention of|fao|referred to|referral to|name of service[^:\n]*)[ \t]*:[ \t]*(?P<name>\S[^\n]*)"
    rf"|^[ \t]*(?:{GREETING})[ \t]+(?P<dear>[^\s,][^\n,]*)"
    r"|^[ \t]*(?:please )?(?:return|send) (?:this |the )?(?:completed )?(?:form|request|referral)? ?to (?:the |our )?(?P<form>[A-Z](?:[^\n.]|\.(?=\w)){2,80})"
)
_FROM = compiled(
    r"(?im)^[ \t]*(?:from|sender|sent by|completed by|referrer|referred by|name and role|your name[^:\n]*|written by|school / setting)[ \t]*:[ \t]*(?P<name>\S[^\n]*)"
)

_PARTED = compiled(r"[._@+-]")  # what stands between the words of an address


def sector(name: str) -> str:
    """The sector that a name of a person, team or address belongs to; "" if it shows none."""
    return next((s for s, words in SECTORS.items() if words.search(name)), "")


def trade(sector: str) -> str:
    """The agency, as senders and recipients have one, where a sector's language is everyday language."""
    return _TRADES.get(sector, sector)


def _party(box: Mailbox, draft: Draft) -> Party:
    domain = box.address.rpartition("@")[2].lower()
    own = draft.setting.own_domains
    outside = bool(domain) and not any(domain == o or domain.endswith("." + o) for o in own) if own else False
    agency = sector(f"{box.name} {box.address}") or sector(f"{box.name} {_PARTED.sub(' ', box.address)}")
    return Party(box.name or box.address, agency, box.address, outside)


def recipients(draft: Draft) -> tuple[Party, ...]:
    """Who reads it; where the draft shows no agency of theirs, what the sender said of them counts."""
    parties = _readers(draft)
    if not parties or any(party.agency for party in parties):
        return parties or tuple(Party(agency, agency) for agency in draft.setting.recipients)
    told = next(iter(draft.setting.recipients), "")
    return (replace(parties[0], agency=told), *parties[1:])


def _readers(draft: Draft) -> tuple[Party, ...]:
    envelope = draft.document.envelope
    if envelope is not None and envelope.recipients:
        return tuple(_party(box, draft) for box in envelope.recipients)
    found = [(m["name"] or m["form"], m["dear"]) for m in _TO.finditer(draft.text[:3000])]
    told = {word for name, _ in found for word in re.findall(r"\w+", name or "")}
    # Who is greeted is mostly named above: “To: D Okonjo … Hi Mr Okonjo”.
    names = [name or dear for name, dear in found if name or told.isdisjoint(re.findall(r"\w+", dear)[-1:])]
    named = [without_day(name.strip()) for name in names if is_somebody(name)]
    # Which of the colleagues at a service opens the letter is open, and so is whose language they speak.
    return tuple(Party(name, sector(name)) for name in dict.fromkeys(named)) or tuple(
        Party(name, "") for name in _addressed(draft)
    )


def _addressed(draft: Draft) -> Iterator[str]:
    """The service to which a letter to “Dear colleagues” is addressed, or which the first lines name, in one line."""
    address = above_the_greeting(draft) or addressee(draft)
    if address:
        name = ", ".join(line.strip(" ,") for line in draft.words(address).splitlines())
        yield _IS_A_FORM.sub("", name) or name


_IS_A_FORM = compiled(
    r"(?i)(?:\W+(?:referrals?|requests?|application|nomination|form))*\W+form\W*$"
)  # “Early Help referral form”


def sender(draft: Draft) -> Party | None:
    envelope = draft.document.envelope
    if envelope is not None and envelope.sender is not None:
        party = _party(envelope.sender, draft)
        return party if party.agency else Party(party.name, _signed(draft), party.address)
    found = _FROM.search(draft.text)
    filled = [found["name"].strip()] if found else list(_answers(draft, _ASKS_SENDER))
    if filled:
        agency = next((agency for words in filled if (agency := sector(words))), "")
        return Party(filled[0], agency or _signed(draft))
    agency = draft.setting.sender or _signed(draft)
    return Party("", agency) if agency else None


# How a form asks who fills it in; "your child's name" is another question.
_ASKS_SENDER = compiled(
    r"(?i)^\W*(?:your (?:name|role|job|title|agency|organisation|service|school|team)\b|(?:name|role|agency|organisation) of referrer"
    r"|referrer|referred by|completed by|form completed by|name and role|referring (?:agency|organisation|service))"
)


def _answers(draft: Draft, question: re.Pattern[str]) -> Iterator[str]:
    """What stands in a form's answers to such a question, in order."""
    for block in draft.document.blocks_of(BlockKind.ANSWER):
        said = draft.words(block).strip()
        if said and question.search(draft.question_of(block)):
            yield said


def _signed(draft: Draft) -> str:
    """The sector shown by the signature, else by the letterhead."""
    blocks = list(draft.document.blocks_of(BlockKind.SIGNATURE))
    for words in [*([draft.words(b) for b in blocks] or [_below(draft.text)]), _above(draft.text)]:
        found = sector(words)
        if found:
            return found
    return ""


_MOST = 160  # characters of a signature or a letterhead
# Where what is said to the reader begins, and where it ends: behind a full stop or a question, not behind an initial or a title.
_ADDRESSED = compiled(
    rf"(?im)^[ \t]*(?:(?:{GREETING})\b|(?:to|fao|re|subject|recipient|for the attention of|refer\w+ (?:to|for))\b)"
)
_SAID = compiled(rf"{_ADDRESSED.pattern}|^[^\n]{{20,}}[.?!][ \t]*$")
_LAST_SENTENCE = compiled(r"(?s).*(?<!\b[A-Za-z])(?<!\b(?:Dr|Mr|Ms|St))(?<!\bMrs)(?<!\bRev)[.?!](?=\s)\s*")


def _above(text: str) -> str:
    """The first lines, down to who is addressed or to the first sentence."""
    top = text[:_MOST]
    addressed = _SAID.search(top)
    return top[: addressed.start()] if addressed else top


def _below(text: str) -> str:
    """The last lines, behind the last sentence and whoever is addressed."""
    end = text.rstrip()[-_MOST:]
    last = _LAST_SENTENCE.match(end)
    below = end[last.end() :] if last and end[last.end() :].strip() else end
    return _ADDRESSED.split(below)[-1]
