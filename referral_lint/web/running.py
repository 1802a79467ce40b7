"""Whether the page is open already: a second start then opens the first one's page instead of failing."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from referral_lint.files import OWN, write_whole


def remember(file: Path, address: str) -> None:
    """Notes where the page is, for this user alone. Where it cannot be noted, a second start is told that it is busy."""
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(file, json.dumps({"address": address, "process": os.getpid()}).encode(), OWN)


def forget(file: Path) -> None:
    """Removes the note, unless another page has put its own there."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        if json.loads(file.read_bytes())["process"] == os.getpid():
            file.unlink()


def address(file: Path, port: int) -> str:
    """Where the page that listens on that port is; empty if it is not one of ours."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        noted = json.loads(file.read_bytes())
        found = str(noted["address"])
        if f":{port}/" in found and _lives(int(noted["process"])):
            return found
    return ""


def _lives(process: int) -> bool:
    if os.name == "nt":  # a signal would end it there
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
