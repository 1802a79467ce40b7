"""What was asked before, so that the same message sent again goes. Fingerprints, numbers and days; no words."""

from __future__ import annotations

import secrets
import sqlite3
import time
from pathlib import Path

from referral_lint.mail.decide import Known

DAYS = 30  # for which something is remembered
MOST_ASKED = 2  # refusals a day of one sender's messages under one subject, however often they were changed
_DAY = 86_400.0
_TABLE = """
CREATE TABLE IF NOT EXISTS remembered (
    fingerprint TEXT NOT NULL, what TEXT NOT NULL, number TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (fingerprint, what)
) WITHOUT ROWID
"""


class Memory:
    """One SQLite file, or (`path` None) nothing that outlives the process. Raises sqlite3.Error if it cannot be used."""

    def __init__(self, path: Path | None) -> None:
        self._base = sqlite3.connect(path or ":memory:", timeout=2.0, isolation_level=None)
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute(_TABLE)
        self._base.execute("DELETE FROM remembered WHERE at < ?", (time.time() - DAYS * _DAY,))

    def known(self, fingerprint: str, thread: str = "") -> Known:
        """What is remembered of a message; `thread` stands for its sender and subject, whatever the words."""
        rows = self._base.execute("SELECT what FROM remembered WHERE fingerprint = ?", (fingerprint,))
        whats = {what for (what,) in rows}
        query = "SELECT count(*) FROM remembered WHERE fingerprint = ? AND at > ?"
        asked = self._base.execute(query, (thread, time.time() - _DAY)).fetchone()[0]
        return Known(asked="asked" in whats or asked >= MOST_ASKED, deferred="deferred" in whats)

    def remember(self, fingerprint: str, what: str) -> tuple[str, bool]:
        """`what`: asked | deferred | told. The number that it is known by, and whether this is new."""
        number = f"{secrets.randbelow(900_000) + 100_000}"
        row = self._base.execute(
            "INSERT INTO remembered VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING number",
            (fingerprint, what, number, time.time()),
        ).fetchone()
        if row is not None:
            return number, True
        where = "SELECT number FROM remembered WHERE fingerprint = ? AND what = ?"
        return str(self._base.execute(where, (fingerprint, what)).fetchone()[0]), False

    def close(self) -> None:
        self._base.close()
