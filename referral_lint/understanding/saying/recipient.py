"""Does the draft say who will read it? A named person or team; "Dear all" and "To whom it may concern" say nobody.

The words are rules/data/addressees.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.model import BlockKind, Span
from referral_lint.patterns import compiled
from referral_lint.understanding.greetings import GREETING

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_TOP = 900  # characters in which the address of a letter stands
_FIRST = 260  # characters in which a note or a form says whom it is for
_LINES, _WIDTH = 4, 110  # an address has no more lines, and no longer ones (two may have been joined)


def addressee(draft: Draft) -> Span | None:
    """Where the draft names its reader; None if it does not."""
    found = _in_headers(draft) or _on_a_line(draft) or above_the_greeting(draft) or _at_the_top(draft)
    return Span(found.start, found.start + len(without_day(draft.words(found)))) if found else None


def without_day(who: str) -> str:
    """A reader without the date that follows on the line, or on the next."""
    day = _DAY.search(who)
    return (who[: day.start()].rstrip(" ,;:.–-\n\t") if day else "") or who


def _in_headers(draft: Draft) -> Span | None:
    lines = [
        (block, who)
        for block in draft.document.blocks_of(BlockKind.EMAIL_HEADER)
        for label, _, who in [draft.words(block).partition(":")]
        if label.strip().lower() in ("to", "cc")
    ]
    named = next((Span(block.start, block.end) for block, who in lines if is_somebody(who)), None)
    envelope = draft.document.envelope
    return named or (Span(0, 0) if envelope is not None and envelope.recipients and not lines else None)


def _on_a_line(draft: Draft) -> Span | None:
    """“To: …”, “Dear …”, “Please return to …”, “a note for the …”."""
    for found in _lines().finditer(draft.text):
        if found.lastindex is not None and is_somebody(found[found.lastindex]):
            return Span(*found.span(found.lastindex))
    return None


def above_the_greeting(draft: Draft) -> Span | None:
    """A letter's address: lines below the letterhead that follow the date or name a service or a post."""
    if draft.kind == "form" or draft.document.envelope is not None:
        return None
    parts = list(_head(draft.text))
    for above, part in pairwise(parts):
        words = draft.text[part.start : part.end]
        if words.count("\n") >= _LINES or not is_somebody(words.splitlines()[0]) or _UNKNOWN.search(words):
            continue
        if _DAY.search(draft.text[above.start : part.start].strip()) or _readers().search(words):
            return part
    return None


def _head(text: str) -> Iterator[Span]:
    """What stands above the letter itself: groups of lines, with a blank line, a date or a reference between them."""
    start = end = None
    for line in _LINE.finditer(text, 0, _TOP):
        is_between = not line[0].strip() or _DAY.fullmatch(line[0]) or _REFERENCE.match(line[0])
        if end is not None and not is_between and (_opens(line[0]) or (start is None and _SHOUTED.match(line[0]))):
            break
        if not is_between:
            start, end = line.start() if start is None else start, line.start() + len(line[0].rstrip())
        elif start is not None and end is not None:
            yield Span(start, end)
            start = None
    if start is not None and end is not None:
        yield Span(start, end)


def _opens(line: str) -> bool:
    """Does the letter itself begin here, with a greeting, with whom it is about, or with a sentence?"""
    return bool(_OPENING.match(line)) or len(line) > _WIDTH or line.rstrip().endswith((".", "?"))


_LINE = compiled(r"[^\n]*\n?")
_DAY = compiled(r"(?i)(?:^|\s)\W*(?:date\W+)?(?:\w+day,? )?\d{1,2}(?:st|nd|rd|th)?[ ./-]\w+[ ./-]\d{2,4}\W*$")
_UNKNOWN = compiled(r"(?i)\b(?:who(?:m)?ever|tb[ac])\b")
_REFERENCE = compiled(r"(?i)\W*(?:our |your )?ref\b")
_SHOUTED = compiled(r"[A-Z ]{8,}$")  # a title above what the letter says
# A greeting, or whom the letter is about.
_OPENING = compiled(
    rf"(?i)\W*(?:(?:{GREETING})\b|sirs?\b|madam|to whom|to who|re\b|subject\b)"
    r"|[^\n]*(?:\b(?:dob|d\.o\.b|born|date of birth|aged?)\b|,? \d{1,2}[/.]\d{1,2}[/.]\d{2,4}$|_)"
)


def _at_the_top(draft: Draft) -> Span | None:
    """A note says in its first lines whom it was for or who was rung; a form's title, whose form it is."""
    if draft.kind not in ("note", "form") or draft.document.envelope is not None:
        return None
    told = (found for found in _told().finditer(draft.text, 0, _FIRST) if is_somebody(found["who"]))
    found = next(told, None)
    if found is not None:
        return Span(*found.span("who"))
    return _own_form(draft) or (_title(draft) if draft.kind == "form" else None)


def _title(draft: Draft) -> Span | None:
    """A receiving service's own form, with its name at the top."""
    end = 0
    for line in draft.text[:_FIRST].splitlines(keepends=True)[:3]:
        if (
            _services().search(line)
            and not _INSTRUCTS.search(line)
            and not line.lower().startswith(("from", "referrer", "completed"))
        ):
            return Span(end, end + len(line.rstrip()))
        end += len(line)
    return None


# What is printed below a title: what to do with the form, a question, boxes to tick.
_NO_TITLE = r"(?i:[^\n]*(?:[?☐☑☒]|\[[ x]?\]|\b(?:please|(?:complete|fill in|tick|answer) (?:all|every|each|the|this|one|both|as)|block (?:capitals|letters))\b))"
_INSTRUCTS = compiled(_NO_TITLE)
_ASKS = compiled(r"(?i)\b(?:referrals?|requests?|application|nomination|tell us about|submission)\b")


def _own_form(draft: Draft) -> Span | None:
    """“Homechoice: request for a move”, “Keystep – referral form”: the form of somebody whose name stands in its title."""
    title = re.match(rf"\s*(?!{_NO_TITLE})[^\n]+(?:\n(?!{_NO_TITLE})[^\n:]+(?=\n))?", draft.text[:_FIRST])
    if title is None or not _ASKS.search(title[0]) or title[0].lower().startswith(("from", "to:", "dear")):
        return None
    any_form = facts("addressees.yaml")["any_form"].split()
    named = set(re.findall(r"[^\W\d_]{3,}", title[0].lower())).difference(any_form)
    return Span(*title.span()) if named else None


def is_somebody(who: str) -> bool:
    """Is it more than “all”, “colleagues” or “whom it may concern”?"""
    return not _nobody().fullmatch(who)


def _any(key: str) -> str:
    return "|".join(facts("addressees.yaml")[key])


@cache
def _nobody() -> re.Pattern[str]:
    return compiled(rf"(?i)\W*(?:(?:{GREETING}|to)?\W*(?:{_any('nobody')})?)\W*")


@cache
def _services() -> re.Pattern[str]:
    return compiled(rf"(?i)\b(?:{_any('services')})\b")


@cache
def _readers() -> re.Pattern[str]:
    return compiled(rf"(?i)\b(?:{_any('services')}|{_any('posts')})\b")


@cache
def _told() -> re.Pattern[str]:
    """Who is told in a note: a name, or a post within a few words."""
    who = rf"(?:the |an? )?(?:(?-i:[A-Z])[\w'’]+|(?:[\w'’]+ ){{0,4}}(?:{_any('services')}|{_any('posts')})\b)[^\n;]{{0,60}}"
    return compiled(rf"(?im)(?:\b|^)(?:{_any('told')})\b:?[ \t]+(?P<who>{who})")


@cache
def _lines() -> re.Pattern[str]:
    """The one group that took part is the reader."""
    return re.compile(
        rf"(?im)^[ \t]*(?:{GREETING})[ \t,]+([^\n,:]{{2,60}})"
        rf"|^[ \t>*\-\d.)\[\]]*(?:(?!from)\w{{1,40}} ?/ ?)?(?:{_any('labels')})[ \t]*[:|\-\t][ \t]*([^\n]{{2,120}})"
        # "FROM: … TO: …" on one line of a form, and "Please return to …" without a colon.
        r"|(?<=\S)[ \t]{2,}to:[ \t]*([^\n]{3,80})"
        r"|(?:^[ \t]*|[-–—:] )(?:please )?(?:return|send back|handed (?:over|across)|delivered) to ((?:the )?[^\n:]{3,80})"
        r"|\b(?:note|message|letter|handover|copy|copies|email|referral|record) (?:to|for) ((?:the )?(?-i:[A-Z])(?:[^\n.;]|\.(?=\w)){3,60})"
        r"|^[ \t]*(?:to|for|call to|ringing|rang|phoned|attention) ((?:the )?[A-Z]?[a-z]*[^\n:.;]{3,60})[:.]?$"
        r"|^((?-i:[A-Z][a-z]+(?: [A-Z][a-z]+)?)),[ \t]*(?:see|as|I|please|pls|just|can|a |the )"
    )
