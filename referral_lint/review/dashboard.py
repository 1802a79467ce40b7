"""OUT/index.html: one page that loads nothing, can be printed, and reads as well with the script switched off."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from referral_lint import __version__
from referral_lint.review import charts, lists, periods, wording
from referral_lint.review.audit import Missed, Precision, in_words
from referral_lint.review.counts import ALL, MOST_TEAMS, SMALLER, Counts, count
from referral_lint.review.panels import Panels, readers_of_terms
from referral_lint.review.suppress import hidden
from referral_lint.review.tune import FEWEST, WEIGHTS
from referral_lint.writers import templating


@dataclass(frozen=True, slots=True)
class Extras:
    """Parts that are there only when asked for: a comparison, what is new, what readers said of the findings; and what
    is to be said of how it was counted.
    """

    compared: Any = None
    news: Any = None
    precision: Sequence[Precision] = ()
    notes: tuple[str, ...] = ()
    others: str = ""  # what lay in the folder besides
    missed: Missed = field(default_factory=lambda: Missed(0, 0, ()))


def render(db: sqlite3.Connection, smallest: int, shown: bool, extras: Extras) -> str:
    """The page, from a database of results. `shown`: names of files, with team and month, stand in the lists."""
    counts = count(db, smallest)
    rules = {rule: (family, severity, title) for rule, family, severity, title in db.execute("SELECT * FROM rule")}
    panels = Panels(counts, rules)
    readers = readers_of_terms(db, counts)
    scopes = [panels.scope(ALL, "all", readers)]
    scopes += [panels.scope(team, f"team-{i}", {}) for i, team in enumerate(counts.teams, 1) if len(counts.teams) > 1]
    style, script = (templating.source(environment(), f"dashboard.{kind}") for kind in ("css", "js"))
    page = environment().get_template("dashboard.html.j2")
    text = page.render(
        about=dict(db.execute("SELECT * FROM about")),
        files=db.execute("SELECT count(*) FROM file").fetchone()[0],
        counts=counts,
        scopes=scopes,
        teams=panels.teams() if len(counts.teams) > 1 else [],
        months=panels.months(),
        period=_period(counts),
        beyond=_beyond(counts),
        notes=[*_notes(db, counts), *extras.notes],
        dated=_dated(db, smallest),
        judged=[one for one in extras.precision if min(one.judged, one.drafts) >= max(smallest, FEWEST)],
        weights=WEIGHTS,
        overlooked=in_words(extras.missed, smallest),
        danger=wording.danger(panels.cell("danger", "danger", ALL), smallest),
        worst=lists.worst(db, shown),
        best=lists.best(db, shown),
        unread=lists.unread(db),
        partly=lists.partly_read(db, smallest),
        shown=shown,
        severities=wording.severities(),
        smallest=smallest,
        extras=extras,
        style=Markup(style),  # noqa: S704  (our own file)
        style_hash=templating.fingerprint(style),
        script=Markup(script),  # noqa: S704  (our own file)
        script_hash=templating.fingerprint(script),
        version=__version__,
    )
    return text.encode("utf-8", "replace").decode("utf-8")


def _period(counts: Counts) -> str:
    ends = dict.fromkeys(periods.label(month, 1) for month in (*counts.months[:1], *counts.months[-1:]))
    part = "" if not counts.outside else "most from " if 2 * counts.outside < counts.whole else "some from "
    return f"{part}{' to '.join(ends)}" if ends else ""


def _beyond(counts: Counts) -> str:
    """How many drafts are not from the months in the headline, where they are many."""
    if not counts.months or counts.outside * 10 <= counts.whole:
        return ""
    number = wording.few(counts.outside, counts.smallest)
    lie = "lies" if counts.outside == 1 == counts.smallest else "lie"
    return f"of {counts.whole:,} drafts {number} {lie} outside these months"


def _notes(db: sqlite3.Connection, counts: Counts) -> Iterator[str]:
    """What is not in some of the figures, or stands elsewhere than one would look for it."""
    if part := lists.partly_read_count(db):
        are = "was" if part == 1 == counts.smallest else "were"
        yield (
            f"{wording.part(part, counts.whole, counts.smallest).capitalize()} of them {are} read only in part. What stands in the rest is "
            "not in these figures: “Nothing to change” says only that nothing was found in what was read."
        )
    if not counts.months:
        yield "No month has enough drafts for figures over time."
    elif counts.outside:
        are = "is" if counts.outside == 1 == counts.smallest else "are"
        yield (
            f"{wording.few(counts.outside, counts.smallest).capitalize()} of them {are} from before or after these months, "
            "from months with few drafts. They count in all figures but those over time."
        )
    query = "SELECT team FROM d WHERE shown = ? GROUP BY 1 HAVING count(*) >= ?"
    if joined := [team for (team,) in db.execute(query, (SMALLER, counts.smallest))]:
        named = ", ".join(f"“{team}”" for team in joined[:3]) + (f" and {len(joined) - 3} others" if joined[3:] else "")
        yield (
            f"{named} {'stands' if len(joined) == 1 else 'stand'} under “{SMALLER}”, "
            + (
                f"beside teams with fewer than {counts.smallest} drafts: alone, these could be worked out."
                if len(joined) == 1
                else f"because at most {MOST_TEAMS} teams are shown."
            )
        )


def _dated(db: sqlite3.Connection, smallest: int) -> list[tuple[str, str]]:
    """Where the dates come from, in words, and for how many drafts."""
    rows = db.execute("SELECT dated_by, count(*) FROM d GROUP BY 1 ORDER BY 2 DESC").fetchall()
    away = hidden([[n for _, n in rows]], smallest)
    return [(wording.DATED.get(how, how), "–" if (0, j) in away else f"{n:,}") for j, (how, n) in enumerate(rows)]


@cache
def environment() -> Environment:
    made = templating.environment("referral_lint.review")
    made.filters.update(
        share=wording.share,
        between=wording.between,
        missing=wording.missing,
        number=lambda n: f"{n:,}",
        chart=lambda one: charts.interval(one.share),
    )
    return made
