"""What happened to each message, one line of JSON each, only ever added to: counts, verdicts and rules, no words.

A message that is being looked at has an empty file in `in-hand/`. What is still there when the filter starts again was
broken off: the mail server did with it what its own setting says, and a line says so.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from referral_lint.errors import ReferralLintError, trouble
from referral_lint.patterns import compiled

_ID = compiled(r"[A-Za-z0-9]{1,40}")


class Records:
    """The records in a folder. Only one filter at a time may use it: raises ReferralLintError for the second."""

    def __init__(self, folder: Path) -> None:
        self._in_hand, self._torn = folder / "in-hand", False
        try:
            self._in_hand.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._file = os.open(folder / "records.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except BlockingIOError as fault:
            raise ReferralLintError("another mail filter uses this folder; end that one first", folder) from fault
        except OSError as fault:
            raise ReferralLintError(f"this folder cannot be used {trouble(fault)}", folder) from fault

    def broken_off(self) -> int:
        """Write down what the last run left unfinished. Returns how many messages that were."""
        left = sorted(self._in_hand.iterdir())
        for mark in left:
            self.add(id=mark.name, action="unknown", why="broken off")
            mark.unlink()
        return len(left)

    def begin(self, queue_id: str) -> None:
        """A message is in hand. Raises OSError."""
        if _ID.fullmatch(queue_id):
            (self._in_hand / queue_id).touch(mode=0o600)

    def end(self, queue_id: str) -> None:
        """The mail server has its answer."""
        if _ID.fullmatch(queue_id):
            with suppress(OSError):
                (self._in_hand / queue_id).unlink()

    def add(self, **what: Any) -> None:
        """One line, in one piece. Raises OSError (a full disk)."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"at": at, **what}, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        if self._torn:
            line = b"\n" + line  # the line that a full disk cut short must not spoil this one
        written = os.write(self._file, line)
        self._torn = written != len(line)
        if self._torn:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def close(self) -> None:
        os.close(self._file)
        os.close(self._lock)


def read(folder: Path) -> Iterator[dict[str, Any]]:
    """The records of a folder, oldest first; a line that a full disk cut short is passed over. Raises ReferralLintError."""
    if not (folder / "records.jsonl").exists():
        raise ReferralLintError(
            "the mail filter has kept no record here: has it run yet, and is this the folder that mail.state names?",
            folder,
        )
    with (folder / "records.jsonl").open(encoding="utf-8", errors="replace") as file:
        for line in file:
            with suppress(ValueError):
                yield json.loads(line)
