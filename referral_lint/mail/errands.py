"""Reports to senders that are still to be sent: each waits as one file, so that none is lost when the filter ends."""

from __future__ import annotations

import json
import secrets
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from referral_lint.files import write_whole

DAYS = 2.0  # after which a report that nobody takes is given up
FOLDER = "errands"
_ENDING = ".errand"


@dataclass(frozen=True, slots=True)
class Errand:
    """A report to write: to whom, about which message, and what happened to it.

    `kind`: report (to the sender) | release (to whoever releases held messages; names nobody).
    """

    kind: str
    to: str
    action: str
    why: str
    number: str = ""
    queue_id: str = ""
    message_id: str = ""
    titles: tuple[str, ...] = ()
    again: bool = False  # the very same message is held already
    sender_is_told: bool = False


class Errands:
    """A folder of errands; only this user can read it, and each file goes when its report is sent. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for part in folder.glob(".*.part"):
            part.unlink()

    def add(self, errand: Errand, raw: bytes = b"") -> None:
        name = f"{time.time():017.6f}-{secrets.token_hex(4)}{_ENDING}"
        write_whole(self._folder / name, json.dumps(asdict(errand)).encode() + b"\n" + raw)

    def waiting(self) -> list[Path]:
        """The errands, oldest first."""
        return waiting_in(self._folder)

    def is_old(self, path: Path) -> bool:
        """Has it waited so long that it is given up?"""
        return time.time() - path.stat().st_mtime >= DAYS * 86_400

    def done(self, path: Path) -> None:
        with suppress(FileNotFoundError):
            path.unlink()


def waiting_in(folder: Path) -> list[Path]:
    """The errands in a folder, oldest first; none if there is no such folder."""
    return sorted(folder.glob(f"[!.]*{_ENDING}"))


def read(path: Path) -> tuple[Errand, bytes]:
    """Raises OSError, or ValueError if it is damaged."""
    head, _, raw = path.read_bytes().partition(b"\n")
    try:
        given = json.loads(head)
        return Errand(**{**given, "titles": tuple(given["titles"])}), raw
    except (TypeError, KeyError) as fault:
        raise ValueError("not an errand") from fault
