"""Times that no clock has, and spans of time that run backwards or are longer or shorter than is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from referral_lint.checks.calendar import day_in
from referral_lint.checks.numbers import IN_WORDS, number
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.dates import without_stop

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_TIME = compiled(
    r"(?im)\btime\b[^\n:|\d]{0,15}[:|]\s*(?P<t>\d{1,2}[.:]\d\d)\b|\b(?P<t2>\d{1,2}[.:]\d\d) ?(?:am|pm|hrs|hours|o'clock)\b"
)
_FROM_TO = compiled(
    r"(?<![\d/.-])(?P<a>\d{1,2}(?:[.:]\d\d)?) ?(?P<x>am|pm) ?(?:to|until|till|-|–) ?(?P<b>\d{1,2}(?:[.:]\d\d)?) ?(?P=x)\b"
    r"|(?<![\d/.-])(?P<a2>[01]\d[.:]?[0-5]\d) ?(?:to|until|till|-|–) ?(?P<b2>[01]\d[.:]?[0-5]\d)\b(?![/.-]?\d)"
)
_OVERNIGHT = 6 * 60  # minutes; what ends so much earlier than it began may have lasted the night


def clocks(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“25.40”, “from 3pm to 2pm”, “six weeks from 28 May, on 4 June”."""
    for clock in _TIME.finditer(draft.text):
        hour, minute = re.split(r"[.:]", clock["t"] or clock["t2"])
        if int(hour) > 24 or int(minute) > 59:
            yield Match(rule, Span(*clock.span("t" if clock["t"] else "t2")), {"why": "is a time that no clock shows"})
    for found in _FROM_TO.finditer(draft.text):
        group = "" if found["a"] else "2"
        hours = 24 if group else 12
        back = _minutes(found["a" + group], hours) - _minutes(found["b" + group], hours)
        if 0 < back < _OVERNIGHT and draft.is_own_offset(found.start()):
            place = Span(found.start("b" + group), found.end())
            began = draft.text[found.start() : found.end("a2" if group else "x")]
            yield Match(rule, place, {"why": f"comes before “{began}”, when it began"})
    yield from in_so_long(draft, rule)


def _minutes(time: str, hours: int) -> int:
    """Minutes since the day of so many hours began, which is half a day where am or pm follows: 12.30pm is half past nothing."""
    hour, minute = re.fullmatch(r"(\d{1,2}?)[.:]?(\d\d)?", time).groups()  # type: ignore[union-attr]
    return int(hour) % hours * 60 + int(minute or 0)


_DAYS = {"day": 1, "week": 7}
_IN = compiled(
    rf"(?i)\bin (?P<n>\d{{1,2}}|{IN_WORDS}|a) (?P<u>day|week)s?(?:['’] time)?,? (?:so |that is |i\.e\. )?(?:on |from )?(?:the )?$"
)
_SLACK = 4  # days by which a count of weeks may be out


def in_so_long(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“In six weeks, on 4 June” in a draft of 28 May."""
    for day in draft.dates if draft.dated is not None else ():
        found = _IN.search(draft.text, max(0, day.span.start - 40), day.span.start)
        if found is None or draft.dated is None:
            continue
        year = draft.dated.year + (day.month < draft.dated.month)
        value = day.value or day_in(year, day.month, day.day)
        if value is None:
            continue
        count = 1 if found["n"].lower() == "a" else number(found["n"])
        then = draft.dated + timedelta(_DAYS[found["u"].lower()] * count)
        if abs((then - value).days) > (_SLACK if found["u"].lower() == "week" else 1):
            said = found[0].strip(" ,")
            yield Match(
                rule,
                without_stop(draft.text, day.span),
                {"why": f"does not fit: “{said}” from the date of the draft is {then.day} {then:%B}"},
            )
