"""What was asked before, so that the very same message sent again goes. Fingerprints, numbers and days; no words."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from referral_lint.errors import ReferralLintError

DAYS = 30  # for which something is remembered
_DAY = 86_400.0
_TABLE = """
CREATE TABLE IF NOT EXISTS remembered (
    fingerprint TEXT NOT NULL, what TEXT NOT NULL, number TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (fingerprint, what)
) WITHOUT ROWID
"""


def memory_in(folder: Path, log: Callable[[str], None]) -> Memory:
    """The memory that a filter keeps in its folder. One that is damaged is put aside and begun anew: messages that were
    asked about before are asked about once more, and the filter need not be away for that. Raises ReferralLintError."""
    path = folder / "memory.sqlite"
    try:
        try:
            return Memory(path)
        except sqlite3.OperationalError:  # no room, no right: another file would not help
            raise
        except sqlite3.DatabaseError as fault:
            aside = path.replace(folder / "memory.damaged")
            for more in ("-wal", "-shm"):
                path.with_name(f"{path.name}{more}").unlink(missing_ok=True)
            log(f"{path}: damaged ({fault}); it is now {aside.name}, and what was asked before is forgotten")
            return Memory(path)
    except (sqlite3.Error, OSError) as fault:
        raise ReferralLintError(
            f"this file cannot be used ({fault}); see to its folder, then start again", path
        ) from fault


class Memory:
    """One SQLite file, or (`path` None) nothing that outlives the process. Raises sqlite3.Error if it cannot be used."""

    def __init__(self, path: Path | None) -> None:
        self._base = sqlite3.connect(path or ":memory:", timeout=2.0, isolation_level=None)
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute(_TABLE)
        self._base.execute("DELETE FROM remembered WHERE at < ?", (time.time() - DAYS * _DAY,))

    def asked(self, fingerprint: str) -> bool:
        """Was this very message refused before?"""
        where = "SELECT 1 FROM remembered WHERE fingerprint = ? AND what = 'asked'"
        return self._base.execute(where, (fingerprint,)).fetchone() is not None

    def remember(self, fingerprint: str, what: str) -> tuple[str, bool]:
        """`what`: asked | held | told …. The number that it is known by, and whether this is new."""
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
