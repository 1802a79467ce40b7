"""Names where they must not stand: in an email's subject, and anywhere in a no-names enquiry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks import pointers
from referral_lint.checks.pointers import NAME, NAMED, Clue
from referral_lint.model import Severity, Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding import naming
from referral_lint.understanding.people.words import is_given, is_ordinary

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_SUBJECT = compiled(r"(?im)\A(?:[^\n]*\n){0,6}?subject[ \t]*:[ \t]*(?P<s>[^\n]+)")
_BIRTH = compiled(r"(?i)\b(?:d\.?o\.?b\.?|born)[ :]*\d{1,2}[/. ]\w+[/. ]\d{2,4}")


def subject_of(draft: Draft) -> Span | None:
    """The words of the subject line; None if the draft has none."""
    found = _SUBJECT.search(draft.text[:1500])
    return Span(*found.span("s")) if found else None


def name_in_subject(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A name or date of birth of the child or family in the subject of an email that names them."""
    subject = subject_of(draft)
    if subject is None or draft.mode == "no-names":
        return
    names = list(naming.in_subject(draft, subject))
    for name in names:
        yield Match(rule, name)
    for found in _BIRTH.finditer(draft.text, subject.start, subject.end):
        if not any(n.start < found.end() and found.start() < n.end for n in names):
            yield Match(rule, Span(*found.span()))


_NAME = compiled(r"(?P<n>(?:(?:Mr|Mrs|Ms|Miss) )?\b[A-Z][a-z]+(?:-[A-Z][a-z]+)?\b(?: [A-Z][a-z]*\b)?(?: [A-Z]\b)?)")
_SAID_OF = compiled(
    r"(?:['’]s (?:mum|dad|brother|sister|nan|parents|family|dog|dad\b)|(?:['’]s)? (?:is|was|has|had|said|says|told|tells|lives|goes|comes?|came|gets?|asked|drops|does|did|who|and (?:his|her))\b|,? \(?(?:thats|that['’]s|the) (?:boy|girl|mum|dad|child|lad)|,? who\b)"
)
_LED_TO = compiled(
    r"(?i)(?:\b(?:called|named|little|brother|sister|twin|son|daughter|mum|dad|boy|girl|lad|child|partner|boyfriend|dog|cat|said to|told|asked|with|re|about|ask|is)\b,? )$"
)


def in_no_names(draft: Draft, rule: Rule) -> Iterator[Match]:
    """Whatever in an enquiry without names says which family it is, with what to say instead of a clue of its kind.

    Options: `advice` by the kind of clue; `at_first`: what the first of them says besides.
    """
    if draft.mode != "no-names":
        return
    own, options = _own_words(draft), rule.matcher["options"]
    named = (*_names(draft, own), *_family(draft, own), *_subject_names(draft, own))
    names = (Clue(span, pointers.kind_of(draft.words(span), NAME)) for span in named)
    clues = (*pointers.of(draft, own), *pointers.of_their_own(draft, own), *names)
    taken: list[Span] = []
    for span, kind in sorted(clues, key=lambda clue: (clue.span, clue.kind == NAMED)):
        if not any(t.start < span.end and span.start < t.end for t in taken):
            advice = options["advice"][kind] if taken else f"{options['advice'][kind]} {options['at_first']}"
            taken.append(span)
            # Only its writer's words tell whether a name of something points to anybody.
            yield Match(rule, span, suggestion=advice, severity=Severity.FIX if kind == NAMED else None)


def _own_words(draft: Draft) -> frozenset[str]:
    return naming.others(draft) | {"no", "names"}


def _names(draft: Draft, own: frozenset[str]) -> Iterator[Span]:
    for block in draft.own_blocks():
        for found in _NAME.finditer(draft.text, block.start, block.end):
            if _is_name(draft, found, own):
                yield Span(*found.span("n"))


_FAMILY = frozenset({"child", "sibling", "parent", "partner", "relative"})


def _family(draft: Draft, own: frozenset[str]) -> Iterator[Span]:
    """Names of people whom the draft itself shows to be of the family."""
    for person in draft.people:
        for mention in person.mentions if person.role in _FAMILY else ():
            span = Span(mention.start, mention.end)
            near = draft.text[max(0, span.start - 45) : span.end + 45]
            words = [w.lower() for w in re.findall(r"[^\W\d_]+", draft.words(span))]
            theirs = any(w in own or naming.is_common(w) for w in words) or naming.STAFF.search(near) is not None
            if mention.kind == "name" and not theirs and draft.is_own_offset(span.start):
                if not draft.is_quoted_offset(span.start):
                    yield span


def _is_name(draft: Draft, found: re.Match[str], own: frozenset[str]) -> bool:
    text, (start, end) = draft.text, found.span("n")
    words = found["n"].split()
    first = words[1] if words[0] in ("Mr", "Mrs", "Ms", "Miss") and len(words) > 1 else words[0]
    if first.lower() in own or naming.is_common(first) or first in naming.NOT_NAMES or draft.is_quoted_offset(start):
        return False
    near = text[max(0, start - 45) : end + 45]
    if naming.STAFF.search(near):
        return False
    sentence = draft.sentence_at(start)
    opens = not re.search(r"\w", text[sentence.start : start])
    said = _SAID_OF.match(text, end) is not None
    if opens:  # where every word has a capital
        return said and (words[0] != first or is_given(first))
    led = _LED_TO.search(text[max(0, start - 20) : start]) is not None
    return led or (said and text[end : end + 1] != "")


def _subject_names(draft: Draft, own: frozenset[str]) -> Iterator[Span]:
    subject = subject_of(draft)
    if subject is None:
        return
    found = re.search(
        r"(?P<w>\b(?:(?:boy|girl|lad|mum|child|Mrs?|Ms|Miss) )?(?:[A-Z]\.?[A-Z]?\.?|[A-Z][a-z]+(?: [A-Z][a-z]+)?|(?:[A-Z]\.){1,3} [A-Z][a-z]+)(?: (?:at|from|in) [A-Z]\w+(?: [A-Z]\w+)*)?)\s*(?:$|Year \d+|\W)",
        draft.text[subject.start : subject.end][_after_re(draft.words(subject)) :],
    )
    first = _FIRST_NAME.match(draft.text, subject.start, subject.end)
    if first and is_given(first["w"].split()[0]) and not any(w.lower() in own for w in first["w"].split()):
        yield Span(*first.span("w"))
    theirs = _THEIRS.match(draft.text, subject.start, subject.end)
    if theirs and not (is_ordinary(theirs["w"].lower()) or theirs["w"].lower() in own or naming.is_common(theirs["w"])):
        yield Span(*theirs.span("w"))
    if found:
        offset = subject.start + _after_re(draft.words(subject))
        words = [w.lower() for w in re.findall(r"[A-Za-z]+", found["w"])]
        if not all(w in own or naming.is_common(w) for w in words):
            yield Span(offset + found.start("w"), offset + found.end("w"))


_THEIRS = compiled(
    r"(?P<w>[A-Z][a-z]+)['’]s (?:situation|case|family|home|mum|dad|behaviour|attendance|circumstances)\b"
)
_FIRST_NAME = compiled(r"(?P<w>[A-Z][a-z]+(?: [A-Z]\b\.?| [A-Z][a-z]+)?)(?= ?[-–—:,] ?)")


def _after_re(subject: str) -> int:
    """Where the subject stops saying what kind of message it is."""
    ends = [found.end() for found in re.finditer(r"(?i)\b(?:re|about|regarding|concerning|for)\b:? |[-–—:] ", subject)]
    return ends[-1] if ends else len(subject)
