"""Somebody who told something and asked not to be known, by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.needles import Sought

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft
    from referral_lint.understanding.people import Name

_NOBODY = r"(?:nobody|no[ -]one|not anybody|(?:he|she|they|the \w+|(?:her|his|their) \w+|[\w’-]+)(?: (?:is|are|must|should|may|does|do|will|ever)?)? ?(?:not|never|n['’]?t))(?: ever| to)?"
_LEARN = r"(?:knows?|be told|told|learns?|finds? out|hears?) (?:that )?(?:it was|(?:she|he|they) (?:rang|called|told|said|spoke|wrote|reported|has|have)|who (?:rang|told|called|said|reported|it was)|(?:her|his|their) name|where (?:it|this) came from)"
_UNNAMED = r"(?:(?:not (?:to )?be|not being) (?:named|identified|known|mentioned|quoted)|(?:to )?(?:stay|remain|staying|remaining|be kept|be) (?:anonymous|unnamed|nameless)|anonymity|that (?:her|his|their) name (?:is|be|stays?) (?:not|kept|left)\b|(?:her|his|their) name (?:kept|left) out)"
_ASKS = r"(?<!not )(?<!n['’]t )\b(?:asked|asks|asking|wants?|wanted|wish|wishes|wished|prefers?|would (?:like|prefer)|begged|insists?|insisted|requested|requests)\b"
_UNKNOWN = Sought(
    rf"(?i)(?:{_ASKS}(?: (?:me|us|for|on|that|very much|firmly|strictly|again|expressly)){{0,3}} (?:{_UNNAMED}|{_NOBODY} {_LEARN})"
    r"|\b(?:do(?:es)?|did) ?n[o'’]?t (?:want|wish) (?:to be (?:named|identified|known|mentioned|quoted)|(?:her|his|their) name\b|(?:it|this) known|(?:anybody|anyone|them|him|her|the \w+) to (?:know|find out|hear) (?:that )?(?:it was|who|she|he|they))"
    r"|\b(?:is|was|are|were) (?:very |so )?(?:afraid|frightened|scared|terrified) of being (?:named|identified|found out|known)"
    r"|\b(?:must|should) (?:not be (?:named|identified)|(?:stay|remain|be kept) (?:anonymous|unnamed))"
    r"|\b(?:keep|leave) (?:her|his|their) name out of|\b(?:please )?do(?: not|n['’]t) (?:name|identify) (?:her|him|them)\b"
    r"|(?<!was )(?<!were )(?<!been )(?<!not )(?<!she )(?<!he )(?<!they )\b(?:told|tells|said|says|rang|spoke|confided|reported|wrote|mentioned|shared)\b[^.;:\n]{0,40}? in (?:strict(?:est)? |the strictest )?confidence\b)"
)
# Not who told it, but to whom or of whom it was told.
_NO_SUBJECT = compiled(
    r"(?i)\b(?:told|tell|tells|asked|to|with|about|of|from|for|by|that|saw|heard|near|at)(?: (?:mr|mrs|ms|miss|dr)\.?)? $"
)
# Somebody without a name between the name and these words: it is they who ask.
_UNNAMED_ONE = compiled(
    r"(?i)\b(?:somebody|someone|the (?:caller|source|informant|person|neighbour|reporter)|(?<!, )(?<!is )(?<!as )(?:an?|another|one|his|her|their) (?:[\w-]+ ){0,2}?(?:neighbour|caller|relative|friend|parent|mum|mother|father|aunt|uncle|cousin|pupil|colleague|resident|tenant|source|informant|customer|volunteer))\b"
)
_TITLE = compiled(r"(?:Mr|Mrs|Ms|Miss)\.? $")
_SUBJECT = compiled(r"\W*(?P<who>She|He|They)\b")
_OTHER_SEX = {"She": ("Mr",), "He": ("Mrs", "Ms", "Miss")}
# The one whom it is about, whoever brings them up, and people at work: their names stand there in any case.
_NAMED_ANYWAY = ("child", "adult", "parent", "professional")


def named(draft: Draft, rule: Rule) -> Iterator[Match]:
    """The name of a source in the sentence that asks for it to be left out, or where that says only “she”, in the one before."""
    marked: set[Span] = set()
    for found in draft.searched.every(_UNKNOWN):
        if not draft.is_own_offset(found.start()) or draft.is_quoted_offset(found.start()):
            continue
        name = _source(draft, found.start())
        if name is not None and (span := _with_title(draft.text, name)) not in marked:
            marked.add(span)
            yield Match(rule, span)


def _source(draft: Draft, asked: int) -> Name | None:
    """Who asks: the last name before these words that is the subject, unless their name stands there in any case."""
    sentence = draft.sentence_at(asked)
    name = _last_subject(draft, sentence.start, asked)
    pronoun = _SUBJECT.match(draft.text, sentence.start, asked)
    if name is None and pronoun:
        before = draft.sentence_at(max(0, sentence.start - 2))
        name = _last_subject(draft, before.start, before.end) if before.start < sentence.start else None
        if name is not None and name.title in _OTHER_SEX.get(pronoun["who"], ()):
            return None
    if name is None:
        return None
    person = draft.person_at(name.span)
    return None if person is not None and person.role in _NAMED_ANYWAY else name


def _last_subject(draft: Draft, start: int, end: int) -> Name | None:
    subjects = [
        name
        for name in draft.names_between(start, end)
        if name.span.end <= end
        and not _NO_SUBJECT.search(draft.text, start, name.span.start)
        and not re.match(r"['’]s?\b", draft.text[name.span.end : name.span.end + 2])
    ]
    return subjects[-1] if subjects and not _UNNAMED_ONE.search(draft.text, subjects[-1].span.end, end) else None


def _with_title(text: str, name: Name) -> Span:
    title = _TITLE.search(text, max(0, name.span.start - 6), name.span.start)
    return Span(title.start() if title else name.span.start, name.span.end)
