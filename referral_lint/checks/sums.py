"""An age against a date of birth, with the sum that the writer can check."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from referral_lint.checks.lifetimes import Age, Birth, days_of, elapsed
from referral_lint.model import Span
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.dates import without_stop

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_UNITS = {"m": "month", "w": "week", "d": "day"}
_SMALL = 2  # years below which an age in months, weeks or days is worked out as such


def not_so_old(draft: Draft, rule: Rule, place: Span, age: Age, birth: Birth) -> Match:
    """Marks `place` and says how old somebody born then is on the day that the age is told of."""
    first, last = days_of(draft, age.span.start)
    day = f"on {last.day} {last:%B %Y}" if first == last else "today"
    born = draft.words(without_stop(draft.text, birth.span))
    fields = {
        "other": f"“{born}”",
        "born": f"{'on' if birth.first == birth.last else 'in'} {born}",
        "day": day,
        "told": draft.words(age.span),
    }
    if birth.first < last:
        fields["right"] = _so_old(age, birth, last)
    return Match(rule, place, fields, related=tuple(s for s in sorted([age.span, birth.span]) if s != place))


def _so_old(age: Age, birth: Birth, day: date) -> str:
    """“13”; “72 or 73” of somebody born in 1953; “5 months old”."""
    years = elapsed(birth.first, day, "y")
    unit = "y" if years >= _SMALL else age.unit if age.unit != "y" or years else "m"
    least, most = (elapsed(born, day, unit) for born in (birth.last, birth.first))
    said = f"{max(least, 0)} or {most}" if least != most else str(most)
    return said if unit == "y" else f"{said} {_UNITS[unit]}{'s' * (most != 1)} old"
