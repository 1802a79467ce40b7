"""Single drafts: those most worth reading, those to learn from, and what could not be read."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from referral_lint.review import periods, wording
from referral_lint.review.suppress import hidden

WORST, BEST, UNREAD = 20, 10, 200
ENOUGH_WORDS = 100  # a note of two lines is no example


@dataclass(frozen=True, slots=True)
class Entry:
    """A draft as the reading lists show it. `team` and `month` only where names are shown: they could pick one out."""

    code: str
    name: str
    part: str
    kind: str
    words: int
    stop: int
    fix: int
    think: int
    danger: str  # "in" the draft or "beside" it, "" = none that was seen
    families: tuple[str, ...]  # keys, the most frequent first
    team: str
    month: str

    @property
    def family_words(self) -> str:
        return ", ".join(wording.families().get(family, family).lower() for family in self.families[:3])


@dataclass(frozen=True, slots=True)
class Unread:
    code: str
    name: str
    why: str


_COLUMNS = "SELECT d.file, f.name, part, kind, words, stop, fix, think, CASE WHEN urgent THEN 'in' WHEN danger_beside THEN 'beside' ELSE '' END, d.document, shown, month FROM d JOIN file f ON f.file = d.file "


def worst(db: sqlite3.Connection, shown: bool) -> list[Entry]:
    """The drafts with most to look at: first those that show danger, then those with something to stop at, then by what
    there is to change.
    """
    order = "WHERE stop + fix > 0 OR urgent OR danger_beside ORDER BY urgent OR danger_beside DESC, stop DESC, fix DESC, words, d.file, d.document LIMIT ?"
    return _entries(db, order, WORST, shown)


def best(db: sqlite3.Connection, shown: bool) -> list[Entry]:
    """Drafts with nothing to change that say most of what a good one says."""
    order = (
        "WHERE stop + fix = 0 AND complete AND words >= ? ORDER BY (SELECT count(*) FROM statement s WHERE s.file = d.file AND "
        "s.document = d.document AND status = 'present') DESC, think, words DESC, d.file, d.document LIMIT ?"
    )
    return _entries(db, order, BEST, shown, ENOUGH_WORDS)


def _entries(db: sqlite3.Connection, order: str, most: int, shown: bool, *values: int) -> list[Entry]:
    found: list[Entry] = []
    rows: list[tuple[Any, ...]] = db.execute(_COLUMNS + order, (*values, most)).fetchall()
    for code, name, part, kind, words, stop, fix, think, danger, document, team, month in rows:
        families = db.execute(
            "SELECT family FROM finding WHERE file = ? AND document = ? AND waived = 0 AND severity <> 'think' "
            "GROUP BY 1 ORDER BY count(*) DESC, 1",
            (code, document),
        ).fetchall()
        place = (team, periods.label(month, 1) if month else "") if shown else ("", "")
        keys = tuple(family for (family,) in families)
        found.append(Entry(code, name, part, kind, words, stop, fix, think, danger, keys, *place))
    return found


def unread(db: sqlite3.Connection) -> tuple[list[Unread], int]:
    """Files that gave nothing, at most UNREAD of them, and how many there are."""
    query = "SELECT file, name, problem FROM file WHERE problem <> '' ORDER BY problem, name, file"
    rows = [Unread(*row) for row in db.execute(f"{query} LIMIT ?", (UNREAD,))]
    return rows, db.execute("SELECT count(*) FROM file WHERE problem <> ''").fetchone()[0]


def partly_read(db: sqlite3.Connection, smallest: int) -> list[tuple[str, int | None]]:
    """Why parts of drafts were not read, and in how many drafts; None where that must not be shown."""
    query = (
        "SELECT why, count(DISTINCT g.file || ' ' || g.document) FROM gap g JOIN d USING (file, document) "
        "WHERE note = 0 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 12"
    )
    rows = db.execute(query).fetchall()
    whole = partly_read_count(db)
    away = hidden([[n for _, n in rows]], smallest, wholes=[[max(whole, n) for _, n in rows]])
    return [(why, None if (0, j) in away else n) for j, (why, n) in enumerate(rows)]


def partly_read_count(db: sqlite3.Connection) -> int:
    """How many drafts were read, but not to the end."""
    return int(db.execute("SELECT count(*) FROM d WHERE NOT complete").fetchone()[0])
