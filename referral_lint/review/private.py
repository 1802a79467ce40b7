"""Files that only their owner can read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from referral_lint import files
from referral_lint.errors import ReferralLintError, trouble


def folder(path: Path) -> Path:
    """The folder, made if it is not there. Raises ReferralLintError."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise ReferralLintError(f"this folder cannot be made {trouble(fault)}", path) from fault
    return path


def empty(path: Path) -> None:
    """An empty file, or the one that is there, readable by its owner only."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    path.chmod(0o600)


@contextmanager
def writing(path: Path) -> Iterator[IO[str]]:
    """A text file in UTF-8 that is there whole or not at all. Raises OSError."""
    with files.writing(path) as out:
        file = TextIOWrapper(out, encoding="utf-8", errors="replace", newline="")
        yield file
        file.flush()
        file.detach()
