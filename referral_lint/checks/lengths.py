"""How long something lasts, against the days between which it lasts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.calendar import day_in
from referral_lint.checks.numbers import IN_WORDS, number
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.dates import Dated, without_stop

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_LENGTH = rf"(?P<n>\d{{1,3}}|{IN_WORDS}) (?P<u>days|nights|weeks|months)(?! (?:old|of age|ago|later|before|after))"
_BEFORE = compiled(
    rf"(?i)(?<!school )\b{_LENGTH}(?: order| placement| stay| course)?(?:,| \(| from| between|:|, from)*(?: the)? ?$"
)
_AFTER = compiled(rf"(?i),? ?\(?(?:that is |so |i\.e\. |a total of |in all )?{_LENGTH}\b(?! (?:notice|a week))")
_JOIN = compiled(r"(?: to | until | till | and | ?[-–] ?)(?:the )?")
_DAYS = {"days": 1.0, "nights": 1.0, "weeks": 7.0, "months": 30.44}
_SLACK = {"days": 1.5, "nights": 1.0, "weeks": 5.0, "months": 20.0}  # days by which a count in this unit may be out


def so_long(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Nine months, 16 January to 15 July”, “8 weeks (10 March to 1 April)”."""
    for one, other in zip(draft.dates, draft.dates[1:], strict=False):
        between = draft.text[one.span.end : other.span.start]
        if not _JOIN.fullmatch(between) or not draft.is_own_offset(one.span.start):
            continue
        told = _BEFORE.search(draft.text, max(0, one.span.start - 45), one.span.start) or _AFTER.match(
            draft.text, other.span.end
        )
        days = _between(draft, one, other)
        if told is None or days is None or (between.strip() == "and" and "between" not in told[0]):
            continue
        unit = told["u"].lower()
        if abs(number(told["n"]) * _DAYS[unit] - days) > _SLACK[unit]:
            place = Span(one.span.start, other.span.end) if told.end() <= one.span.start else Span(*told.span("n"))
            why = f"does not fit: from “{draft.words(one.span)}” to “{draft.words(other.span)}” it is not {told['n']} {told['u']}"
            yield Match(rule, without_stop(draft.text, place), {"why": why}, related=(one.span, other.span))


def _between(draft: Draft, one: Dated, other: Dated) -> int | None:
    """Days from the one to the other, the year filled in from the other or from the draft."""
    year = other.year or one.year or draft.date.year
    end = day_in(year, other.month, other.day)
    start = day_in(one.year or year - ((one.month, one.day) > (other.month, other.day)), one.month, one.day)
    return (end - start).days if start is not None and end is not None and end > start else None


_STAY = compiled(rf"(?i)\b(?P<n>\d{{1,2}}|{IN_WORDS}) (?P<u>nights?|days?)\b")
_UNTIL = compiled(
    r"[ ,]*(?:to|until|till|-|–)(?: \d{1,2}(?:[.:]\d\d)? ?(?:am|pm|noon) (?:on )?| )?| to \d{1,2}(?:am|pm)? (?:on )?"
)
_MOST = 60  # characters from the dates of a stay to its length


def stay(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“From Friday 9 May to Sunday 11 May, three nights”: within a month, where every night counts."""
    for one, other in zip(draft.dates, draft.dates[1:], strict=False):
        days = other.day - one.day if one.day and one.month == other.month else 0
        told = _STAY.search(draft.text, other.span.end, other.span.end + _MOST)
        if days < 1 or told is None or not _UNTIL.fullmatch(draft.text[one.span.end : other.span.start]):
            continue
        if re.search(r"[.;\n]", draft.text[other.span.end : told.start()].rstrip("0123456789")):
            continue
        count, nights = number(told["n"]), told["u"].lower().startswith("night")
        if not (count == days if nights else days <= count <= days + 1):
            why = f"does not fit: from “{draft.words(one.span)}” to “{draft.words(other.span)}” it is {days} night{'s' * (days > 1)}"
            yield Match(rule, Span(told.start(), told.end()), {"why": why}, related=(one.span, other.span))


_WEEKS = compiled(
    r"(?i)\b(?P<w>\d{1,2})(?:\+\d)? ?(?:weeks|wks|/40)\b(?: (?:pregnant|gestation|gone|today|by scan|now))"
    r"|\b(?:weeks pregnant|gestation|weeks of pregnancy)\b[^:|\n.]{0,25}[:|]\s*(?P<f>\d{1,2})\b"
)
_DUE = compiled(r"(?i)\b(?:due|edd)\b[^.;,\n]{0,30}$|\bso $")
_TERM = 40  # weeks
_EARLY = 16  # days by which a due date may differ from the weeks told


def due(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Due 9 November … baby is due 9 October”; “24 weeks today, due 28 December”."""
    told = [d for d in draft.dates if d.day and _DUE.search(draft.text, max(0, d.span.start - 45), d.span.start)]
    births = [d for d in told if re.search(r"(?i)\b(?:baby|edd|birth)\b", _clause(draft, d))]
    for one, other in zip(births, births[1:], strict=False):
        if (one.day, one.month) != (other.day, other.month):
            yield Match(
                rule,
                without_stop(draft.text, other.span),
                {"why": f"does not fit the other due date, “{draft.words(one.span)}”"},
            )
            return
    weeks = _WEEKS.search(draft.text)
    births = births or [d for d in told if _DUE_DATE.fullmatch(_clause(draft, d))]
    if weeks is None or draft.dated is None or len(births) != 1 or births[0].value is None:
        return
    left = (births[0].value - draft.dated).days
    if abs(7 * (_TERM - int(weeks["w"] or weeks["f"])) - left) > _EARLY:
        told_first, later = sorted([births[0].span, Span(*weeks.span(0 if weeks["w"] else "f"))])
        said = " ".join(draft.words(told_first).split())
        yield Match(rule, later, {"why": f"does not fit “{said}” on the day of this draft"})


_DUE_DATE = compiled(r"(?i)\W*(?:estimated |expected )?due(?: date)?\W*")


def _clause(draft: Draft, day: Dated) -> str:
    """The line before a date, from its last comma on."""
    line = draft.text[draft.text.rfind("\n", 0, day.span.start) + 1 : day.span.start]
    return re.split(r", (?!so $)", line)[-1]
