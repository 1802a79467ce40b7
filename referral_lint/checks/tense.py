"""Days to come that are told as past, and days gone by that are told as to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from referral_lint.checks.calendar import around
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.dates import MONTHS, Dated, without_stop
from referral_lint.understanding.needles import Sought

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_TOLD = compiled(
    r"(?i)\b(?:was|were|had|did|told|said|saw|seen|came|went|attended|visited|rang|called|reported|noticed|disclosed|met|spoke|wrote|gave|took|found|asked|agreed|arrived|left|moved|started|fell|hit|presented|happened|occurred|discharged|admitted|DNA['’]?d|brought|moved in|seen on|approved|signed|confirmed|explained|showed)\b"
)
_COMING = compiled(
    r"(?i)\b(?:will|shall|due|next|until|till|by|before|from|review|deadline|appointment|book\w*|plan(?:s|ned)?|start(?:s|ing)?|begin\w*|return\w*|expir\w*|valid|meeting|hearing|conference|court|trial|listed|ends?|EDD|expected|going|to be|can|could|would|comes|beyond|please|session is|is on|are on|set for|arranged|scheduled|hold|holds|birthday|turns|moves|moving|transfer|leaves?|leaving|collect\w*|invit\w*|postponed|cancelled|after|offered|next seen|asked for|requested|moved to|now on|rearranged|swapped|changed to)\b"
)
_NEXT = compiled(
    r"(?i)\b(?:will (?:\w+ ){0,4}|next (?:\w+ ){0,3}(?:is|was|on|appt)?|is due (?:\w+ ){0,3}|see (?:him|her|them|you) (?:again )?)(?:on |in |by |until |at )?(?:the )?$|\bwill (?:see|visit|review|meet|ring|write) [^.]{0,30}\b(?:on|in|by) $"
)


def wrong_time(draft: Draft, rule: Rule) -> Iterator[Match]:
    """What lies on the other side of the day of the draft than its sentence says."""
    for question in (_dates, _years, _mixed):
        yield from question(draft, rule)


AHEAD = "is later than this draft, but told as past"
BEHIND = "is earlier than this draft, but told as still to come"


def _dates(draft: Draft, rule: Rule) -> Iterator[Match]:
    """Days and months."""
    for day in draft.dates:
        does_not_fit = _day_does_not_fit if day.day else _month_does_not_fit
        if does_not_fit(draft, day) or _born_ahead(draft, day):
            yield Match(rule, without_stop(draft.text, day.span), {"why": AHEAD if _is_ahead(draft, day) else BEHIND})


def _is_ahead(draft: Draft, day: Dated) -> bool:
    now = draft.dated or draft.setting.today
    value = day.value or (_nearest(now, day) if day.day else None)
    return value > now if value is not None else (day.year, day.month) > (now.year, now.month)


_BORN = compiled(r"(?i:\b(?:born|birth)\b)(?:[^.;\n]|\.\d){0,30}$|\bBaby(?: [A-Z][\w'’-]+){1,2}, $")
_NOT_YET = compiled(r"(?i)\b(?:due|expected|to be|will|edd)\b")


def _born_ahead(draft: Draft, day: Dated) -> bool:
    """“Baby Noor, born 4 December” in a draft of November."""
    if draft.dated is None or not day.day:
        return False
    before = draft.text[max(draft.text.rfind("\n", 0, day.span.start), day.span.start - 45, 0) : day.span.start]
    value = day.value or _nearest(draft.dated, day)
    born = _BORN.search(before) is not None and not _NOT_YET.search(before)
    return (
        born and value is not None and 0 < (value - draft.dated).days < _CLOSE and draft.is_own_offset(day.span.start)
    )


_CLOSE = 120  # days; a birth further ahead is said to be an impossible year


_SINCE = compiled(r"(?i)\bsince ?[:|]? ?$")
_DONE = compiled(
    r"(?i)\b(?:was|were|had|been|did|carried out|held|completed|issued|served|died|born|left|moved|met|saw|went|lost|passed|came|discharged|seen|refused|started|began|reported)\b[^.;\n]{0,50}(?:\b(?:in|of) |\()$"
    r"|^\W*(?:discharged|admitted|diagnosed|born|died)\b[^.;\n]{0,25}[ \t:|]$"
)
_EARS = compiled(r"(?i)\b(?:his|her|their) hearing\b")  # no hearing in a court
# What is so and is to come: “his order finishes in”, “the panel is in”; not “the last entry is in”.
_ENDS = compiled(r"(?i)\b(?:ends|finishes|expires|runs out|lapses|closes) (?:on |in |by |at the end of )?(?:the )?$")
_IS_IN = compiled(
    r"(?i)^(?!.*\b(?:last|first|latest|earlier|previous|dated|entry|note|record|born|birth|was|were|had)\b).*\b(?:is|are) (?:due )?in $"
)
_WRONG_YEAR = 3  # months: a month that is told as to come and is so long gone has the wrong year


def _month_does_not_fit(draft: Draft, month: Dated) -> bool:
    """A month to come that is told as past, or one gone by that is told as to come."""
    before = re.split(r"[.;\n]", draft.text[max(0, month.span.start - 60) : month.span.start])[-1]
    if _is_after(month, draft.dated or draft.setting.today):
        told = draft.dated and _DONE.search(before) and not _COMING.search(_EARS.sub("", before))
        return bool(told) or _SINCE.search(before[-10:]) is not None
    if draft.dated is None:
        return False
    months = 12 * (draft.dated.year - month.year) + draft.dated.month - month.month
    return months > 0 and (
        _promised(before)
        or _PLANNED.fullmatch(before) is not None
        or _BABY_DUE.search(before) is not None
        or _ENDS.search(before) is not None
        or (months >= _WRONG_YEAR and _IS_IN.search(before) is not None)
    )


_PLANNED = compiled(r"(?i)\W*(?:next )?(?:review|appointment|follow[- ]?up|going home|return)(?: date)?[\s:|]*")
_BABY_DUE = compiled(
    r"(?i)\b(?:baby|babies|twins|child) (?:is |are )?(?:due|expected)(?: date)?(?: in| on|:)? $|\bEDD:? $"
)


def _is_after(month: Dated, today: date) -> bool:
    """Is it a month that has not begun?"""
    return month.month > 0 and (month.year, month.month) > (today.year, today.month)


_SOON = 10  # days ahead; of a day further off without its year drafts tell in other ways that it is to come


def _day_does_not_fit(draft: Draft, day: Dated) -> bool:
    """A full date after the day of the draft that is told as past, or one before it that is told as to come."""
    if draft.dated is None or not draft.is_own_offset(day.span.start):
        return False
    value = day.value
    if value is None and re.search(r"[A-Za-z]", draft.words(day.span)):
        value = _nearest(draft.dated, day)
    before = _said_before(draft, day)
    if value is None or _QUOTED_DAY.search(before):
        return False
    if value <= draft.dated:
        return day.value is not None and _told_too_late(before, (draft.dated - value).days)
    return _told_too_soon(draft, day, before, (value - draft.dated).days)


def _said_before(draft: Draft, day: Dated) -> str:
    """What its sentence says before a date, on the same line."""
    sentence, at = draft.sentence_at(day.span.start), day.span.start
    return draft.text[max(sentence.start, draft.text.rfind("\n", sentence.start, at) + 1, at - 110) : at]


def _told_too_late(before: str, gone: int) -> bool:
    """Is a day so many days ago told as to come?"""
    planned = _PLANNED.fullmatch(before) is not None
    return (gone > 0 and planned) or (gone > 1 and (_promised(before) or _ENDS.search(before) is not None))


def _told_too_soon(draft: Draft, day: Dated, before: str, ahead: int) -> bool:
    """Is a day so many days ahead told as past?"""
    if re.search(r"\bdated $", before):
        return True
    if before.endswith(" on ") and _SHOWED.match(draft.text, day.span.end):
        return ahead <= _CLOSE
    if day.value is None and (
        ahead > _SOON or not _TOLD.search(before) or re.search(r"(?i)\b(?:is|are|for|without)\b", before[-30:])
    ):
        return False
    if re.search(r"(?i)\bsince $", before):
        return True
    verbs = list(_TOLD.finditer(before))
    if verbs and _TURN.search(before, verbs[-1].end()):
        return False
    start, end = day.span.start - len(before), draft.sentence_at(day.span.start).end
    near = Span(max(start, day.span.start - 60), min(end, day.span.end + 25))
    question = draft.question_of(draft.document.block_at(day.span.start))
    told = draft.has(_TOLD, Span(start, min(end, day.span.end + 60))) or _TOLD.search(question) is not None
    return told and not draft.has(_COMING, near)


# “Her scan on 4 November showed …”
_SHOWED = compiled(r" (?:showed|confirmed|revealed|found|went (?:well|badly|ahead)|came back)\b")
# Between what was and a day to come: “wrote to say that she cannot stay beyond …”.
_TURN = compiled(
    r"(?i)\b(?:to (?!(?:me|us|him|her|them|you|the|a|our|my|his|their|school|court|hospital|clinic|[A-Z])\b)\w+|that (?:he|she|they|it|we|I)|is|are|be|can|cannot|can['’]t|comes?|goes|gets?|wants?|about|for (?:a|an|the|his|her|their|our)|if|before)\b"
)
# “You said 20 June”, “17 to 30 June”.
_QUOTED_DAY = compiled(
    r"(?i)\b(?:you|letter|email|form|website|they) (?:said|says?|gave|give) $|\b\d{1,2}(?:st|nd|rd|th)? ?(?:to|-|–) ?$"
)


def _promised(before: str) -> bool:
    """Is the day told as still to come?"""
    return _NEXT.search(before[-40:]) is not None and not re.search(
        r"(?i)\b(?:said|told|promised|would|was to|agreed|was)\b", before
    )


def _nearest(dated: date, day: Dated) -> date | None:
    """The day in the year that brings it nearest to the draft."""
    return next(iter(around(dated, day)), None)


_YEAR_AHEAD = compiled(
    r"\b(?:died|was born|left|moved|married|divorced|began|started|happened|since|(?:last|previous|first|only) [^.;\n]{0,30}\b(?:was|were)|was (?:[a-z]+ed|seen|done|held|made|given)) in (?P<y>20\d\d)\b(?![/.-]\d)"
)


def _years(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“She was born in 2031”."""
    for year in _YEAR_AHEAD.finditer(draft.text):
        if int(year["y"]) > draft.date.year and not draft.is_quoted_offset(year.start()):
            yield Match(rule, Span(*year.span("y")), {"why": AHEAD})


_TENSES = Sought(
    r"\b(?P<ahead>(?:is|are) (?:visiting|coming|going|meeting|seeing \w+|starting)) (?:\w+ ){0,2}(?P<past>last (?:week|month|year|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|yesterday)\b"
    r"|\b(?P<ahead2>(?:would|['’]d) like to (?:be )?\w+)(?: \w+){0,3} (?P<past2>last (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|week)|yesterday)\b"
    rf"|\b(?P<past3>(?:turned (?:\d{{1,2}}|[a-z]+)|was born|died) next (?i:week|month|year|{either(m for m in MONTHS if len(m) > 2)})\b)(?!['’]s)"
)


def _mixed(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Is coming last Monday”, “turned six next March”."""
    for found in draft.searched.every(_TENSES):
        if draft.is_own_offset(found.start()):
            group = next(name for name in ("past", "past2", "past3") if found[name])
            coming = found["ahead"] or found["ahead2"]
            why = f"is past, but “{coming}” is still to come" if coming else "has not happened yet"
            yield Match(rule, Span(*found.span(group)), {"why": why})
