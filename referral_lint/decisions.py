"""Notes of decisions to share, kept if somebody asks for it: one SQLite file that only grows, each entry sealed to the last.

A seal is a keyed hash over the entry and the seal before it. Words are sealed by their own salted hash, so that they
can be erased: the entry stays as a tombstone, and what is left still verifies.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from referral_lint.config import Config
from referral_lint.errors import ReferralLintError, trouble
from referral_lint.paths import user_folder
from referral_lint.waivers import secret_key

UNTOUCHED = ""  # the seal before the first one
_TABLES = """
CREATE TABLE IF NOT EXISTS entries (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, kept TEXT NOT NULL, until TEXT NOT NULL, about INTEGER,
    title TEXT, words TEXT, salt BLOB, digest TEXT NOT NULL, seal TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS head (id INTEGER PRIMARY KEY CHECK (id = 1), entries INTEGER NOT NULL, seal TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS only_grows BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER IF NOT EXISTS only_erases BEFORE UPDATE ON entries
    WHEN NEW.words IS NOT NULL OR NEW.title IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.seal <> OLD.seal
    OR NEW.number <> OLD.number OR NEW.kept <> OLD.kept OR NEW.until <> OLD.until OR NEW.digest <> OLD.digest
    BEGIN SELECT RAISE(ABORT, 'entries stay as they are'); END;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One note, or (kind "erasure") that the note `about` was erased. `words` None: erased."""

    number: int
    kind: str  # note | erasure
    kept: str  # ISO date and time, UTC
    until: str  # ISO date after which the words go; empty = they stay
    about: int | None
    title: str | None
    words: str | None
    seal: str


class Decisions:
    """The notes in `file`, sealed with `key`. What is past its day is erased whenever something is kept or shown."""

    def __init__(self, file: Path, key: bytes, keep_days: int = 365) -> None:
        self.file, self._key, self._days = file, key, keep_days

    def keep(self, title: str, words: str, now: datetime | None = None) -> Entry:
        """Appends a note. Raises ReferralLintError if it cannot be written."""
        now = now or datetime.now(UTC)
        until = (now.date() + timedelta(days=self._days)).isoformat() if self._days > 0 else ""
        with self._open() as db:
            _expire(db, self._key, now)
            return _append(db, self._key, "note", now, until, None, title, words)

    def entries(self, today: date | None = None) -> list[Entry]:
        """Every entry, the oldest first; none if nothing was ever kept."""
        if not self.file.exists():
            return []
        with self._open() as db:
            _expire(db, self._key, datetime.now(UTC), today)
            return list(_all(db))

    def erase(self, number: int, reason: str) -> None:
        """Takes the words of a note away and seals that this was done. Raises ReferralLintError if there is no such."""
        entry = next((e for e in self.entries() if e.number == number and e.kind == "note"), None)
        if entry is None or entry.words is None:
            raise ReferralLintError(f"There is no note {number} with words in it.", self.file)
        with self._open() as db:
            _erase(db, self._key, number, reason, datetime.now(UTC))

    def faults(self) -> list[str]:
        """What does not hold together, a sentence each; none if every entry is as it was kept."""
        if not self.file.exists():
            return []
        with self._open() as db:
            return list(_faults(db, self._key))

    def export(self) -> str:
        """Everything as JSON, ending in a newline."""
        return json.dumps([asdict(entry) for entry in self.entries()], ensure_ascii=False, indent=1) + "\n"

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600))
            with closing(sqlite3.connect(self.file, timeout=10)) as db:
                db.execute("PRAGMA secure_delete = ON")  # erased words do not stay in the file's free pages
                db.executescript(_TABLES)
                with db:
                    db.execute("BEGIN IMMEDIATE")
                    yield db
        except sqlite3.DatabaseError as fault:
            raise ReferralLintError(
                "the kept decisions cannot be read or written; is the file damaged? Move it away, and keep it, to go on",
                self.file,
            ) from fault
        except OSError as fault:
            raise ReferralLintError(f"the kept decisions cannot be opened {trouble(fault)}", self.file) from fault


def decisions_from(config: Config) -> Decisions:
    """The decisions as the configuration wants them. Raises ReferralLintError if there is no key to seal them with."""
    settings = config.decisions
    try:
        folder = user_folder()
        file = config.folder / settings.file if settings.file else folder / "decisions.sqlite"
        return Decisions(file, secret_key(folder / "key"), settings.keep_days)
    except (OSError, RuntimeError) as fault:
        raise ReferralLintError(
            "There is no folder of your own to keep decisions in; check that your home folder is there and that you may write in it."
        ) from fault


def _append(
    db: sqlite3.Connection, key: bytes, kind: str, now: datetime, until: str, about: int | None, title: str, words: str
) -> Entry:
    last = db.execute("SELECT number, seal FROM entries ORDER BY number DESC LIMIT 1").fetchone()
    number, before = (last[0] + 1, last[1]) if last else (1, UNTOUCHED)
    kept, salt = now.isoformat(timespec="seconds"), os.urandom(16)
    digest = _digest(salt, title, words)
    seal = _seal(key, before, number, kind, kept, until, about, digest)
    db.execute(
        "INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?,?)",
        (number, kind, kept, until, about, title, words, salt, digest, seal),
    )
    db.execute("INSERT OR REPLACE INTO head VALUES (1, ?, ?)", (number, _seal(key, "head", number, seal)))
    return Entry(number, kind, kept, until, about, title, words, seal)


def _erase(db: sqlite3.Connection, key: bytes, number: int, reason: str, now: datetime) -> None:
    db.execute("UPDATE entries SET title = NULL, words = NULL, salt = NULL WHERE number = ?", (number,))
    _append(db, key, "erasure", now, "", number, "Erased", reason)


def _expire(db: sqlite3.Connection, key: bytes, now: datetime, today: date | None = None) -> None:
    day = (today or now.date()).isoformat()
    past = "SELECT number FROM entries WHERE words IS NOT NULL AND until <> '' AND until < ? ORDER BY number"
    for (number,) in db.execute(past, (day,)).fetchall():
        _erase(db, key, number, "It was past its day.", now)


def _all(db: sqlite3.Connection) -> Iterator[Entry]:
    rows = db.execute("SELECT number, kind, kept, until, about, title, words, seal FROM entries ORDER BY number")
    return (Entry(*row) for row in rows)


def _faults(db: sqlite3.Connection, key: bytes) -> Iterator[str]:
    rows = db.execute(
        "SELECT number, kind, kept, until, about, title, words, salt, digest, seal FROM entries ORDER BY number"
    ).fetchall()
    erased = {row[4] for row in rows if row[1] == "erasure"}
    before = UNTOUCHED
    for place, (number, kind, kept, until, about, title, words, salt, digest, seal) in enumerate(rows, 1):
        if number != place:
            yield f"An entry is missing before number {number}."
            return
        if seal != _seal(key, before, number, kind, kept, until, about, digest):
            yield f"Entry {number} was changed after it was kept, or sealed with another key."
        if words is None and number not in erased:
            yield f"The words of entry {number} were taken away and nothing says why."
        elif words is not None and digest != _digest(salt or b"", title or "", words):
            yield f"The words of entry {number} were changed after they were kept."
        before = seal
    head = db.execute("SELECT entries, seal FROM head").fetchone()
    if head != ((len(rows), _seal(key, "head", len(rows), before)) if rows else None):
        yield "Entries at the end are missing."


def _digest(salt: bytes, title: str, words: str) -> str:
    return hashlib.sha256(salt + json.dumps([title, words]).encode()).hexdigest()


def _seal(key: bytes, *parts: str | int | None) -> str:
    return hmac.digest(key, json.dumps(parts).encode(), "sha256").hex()
