"""What points to one family without naming it: where they live, what only they do, what everybody has heard of them.

The patterns stand in rules/data/identity_pointers.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from referral_lint.facts import facts
from referral_lint.model import BlockKind, Span
from referral_lint.patterns import compiled
from referral_lint.understanding import edges, naming
from referral_lint.understanding.people.words import STOP, is_given, is_place
from referral_lint.understanding.streets import STREET

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_STANDS_FOR = {
    "{KIN}": r"(?:mum|mam|mother|dad|father|nan|gran|brother|sister|stepdad|parents?|uncle|aunt)",
    "{PLACE}": f"(?:{STREET}|[Ee]state|Flats)",
    "{CAPS}": r"[A-Z][\w'’]+(?: [A-Z][\w'’]+){0,3}",
}
# The writer's own school, number or office says nothing of the family.
_OWN = compiled(
    r"(?i)\b(?:i (?:am|work|run|teach|manage)|i['’]m|we are|our (?:school|club|nursery|practice|team|service|office|centre)"
    r"|my (?:school|office|manager|team)|ring me|call me|reach me|contact me|based (?:at|in))\b|\bmy (?:direct |mobile |phone |work )?$"
)
# Words with a capital, small ones between them: what has a name of its own is seldom far from who it is.
_NAMED = compiled(r"[A-Z][\w'’-]{0,40}[a-z][\w'’-]*(?: (?:of |the |and |in |on )?[A-Z][\w'’-]{0,40}[a-z][\w'’-]*)*")
_CAPITAL = compiled(r"[A-Z][\w'’-]+")
_SHORT_FORM = compiled(r"['’](?:m|d|ve|ll|re|s)$")
# Public bodies, laws, benefits, charities, sites and goods that are known everywhere, without a possessive ending.
_EVERYWHERE = frozenset(
    "council adviser advisor officer partnership commission act credit benefit aid line hub samaritans childline tesco asda lidl aldi co-op"
    " youtube xbox playstation fortnite roblox google discord telegram tinder calpol lego disney netflix amazon"
    " french spanish german italian greek latin maths science xmas samaritan victim action barnardo nspcc children women".split()
)
_AT_A_TIME = compiled(r"(?i)(?:the )?(?:mother|father|mum|dad|he|she) .*(?:am|pm|mon|tue|wed|thu|fri|sat|sun)")


NAME, SCHOOL, HOME, NAMED = "name", "school", "home", "named"
# A word with a capital that is nobody's name is a street, a school or something else that has a name of its own.
_KINDS = (
    (SCHOOL, compiled(r"\bSt\.? [A-Z]|\b(?:Primary|School|Infants?|Juniors?|Academy|College|Nursery|Pre-?school|High)\b")),
    (HOME, compiled(rf"\b{_STANDS_FOR['{PLACE}']}\b|\b(?:Parade|Rise|Mews|Fold|Wharf|Yard|Cottages|Villas)\b")),
)  # fmt: skip


class Clue(NamedTuple):
    """Words that point to one family, and the kind of clue: a group of identity_pointers.yaml, NAME or NAMED."""

    span: Span
    kind: str


def of(draft: Draft, own: frozenset[str]) -> Iterator[Clue]:
    """Every pointer in the writer's own words; one may lie over another. `own`: words of the writer's and the reader's names."""
    for block in draft.own_blocks():
        for kind, pattern in _patterns():
            for found in pattern.finditer(draft.text, block.start, block.end):
                span = _whole(draft.text, Span(*found.span("w")), block.end)
                if not _is_harmless(draft, span, own):
                    yield Clue(span, kind)


_REST = compiled(r"\b|\w*")  # of a word in which a pattern's count of characters ran out


def _whole(text: str, span: Span, end: int) -> Span:
    """Without spaces at its ends, the last word whole and one that a phrase may end with."""
    last = _REST.match(text, span.end, end).end()  # type: ignore[union-attr]
    words = text[span.start : last]
    return edges.as_phrase(text, Span(last - len(words.lstrip(" ")), last), end)


def of_their_own(draft: Draft, own: frozenset[str]) -> Iterator[Clue]:
    """Words in the middle of a sentence that name a place, a club, a shop or a person, and not the writer's or the reader's."""
    own = own | _letterhead(draft)
    for block in draft.own_blocks():
        if block.kind is not BlockKind.PARAGRAPH or not _SENTENCE.search(draft.text, block.start, block.end):
            continue
        for found in _NAMED.finditer(draft.text, block.start, block.end):
            span = Span(*found.span())
            if not _opens(draft, span) and not _is_known(draft.words(span), own) and not _is_work(draft, span):
                if not _is_harmless(draft, span, own):
                    yield Clue(span, _kind(draft, span))


def kind_of(words: str, otherwise: str) -> str:
    """Is it a school, a street, or what it is taken for otherwise?"""
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), otherwise)


def _kind(draft: Draft, span: Span) -> str:
    words = draft.words(span)
    kind = kind_of(words, NAMED)
    is_person = is_given(words.split()[0]) or any(n.span.start < span.end for n in draft.names_between(*span))
    return NAME if kind == NAMED and is_person else kind


_ABOUT = compiled(r"(?i)\W*(?:re|subject|about|child|family)\b")
_SENTENCE = compiled(r"[a-z]{2}[.?!](?:\s|$)")


def _letterhead(draft: Draft) -> frozenset[str]:
    """Lower-case words of the short lines at the top, which say who writes to whom; not of the line on what it is about."""
    lines = (line for line in draft.text[:400].splitlines() if len(line) < 60 and not _SENTENCE.search(line))
    return frozenset(word.lower() for line in lines if not _ABOUT.match(line) for word in _CAPITAL.findall(line))


def _opens(draft: Draft, span: Span) -> bool:
    """Is it the first word of a sentence, which has a capital in any case?"""
    return not re.search(r"\w", draft.text[draft.sentence_at(span.start).start : span.start])


def _is_known(words: str, own: frozenset[str]) -> bool:
    every = [_SHORT_FORM.sub("", word.lower()) for word in _CAPITAL.findall(words)]
    return is_place(words) or all(
        word in own or word in STOP or word in _EVERYWHERE or naming.is_common(word) or is_place(word) or len(word) < 3
        for word in every
    )


def _is_work(draft: Draft, span: Span) -> bool:
    return naming.STAFF.search(draft.text, max(0, span.start - 30), span.end + 25) is not None


def _is_harmless(draft: Draft, span: Span, own: frozenset[str]) -> bool:
    words = draft.words(span)
    capitals = [word.lower() for word in re.findall(r"[A-Z]\w+", words)]
    return (
        (bool(capitals) and own.issuperset(capitals))
        or _AT_A_TIME.fullmatch(words) is not None
        or draft.has(_OWN, Span(draft.sentence_at(span.start).start, span.start))
        or draft.is_quoted_offset(span.start)
    )


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compiled when the first enquiry without names is read: most drafts never need them."""
    out = []
    for kind, group in facts("identity_pointers.yaml").items():
        for pattern in group:
            for name, words in _STANDS_FOR.items():
                pattern = pattern.replace(name, words)
            out.append((kind, re.compile(pattern)))
    return tuple(out)
