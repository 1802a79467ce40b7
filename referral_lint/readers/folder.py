"""The files of a folder, in an order that is the same every time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

REFUSED = "You may not read this folder, so nothing in it was checked. Ask its owner, or copy it to a folder of yours."


def files(folder: str | Path, refused: Callable[[OSError], object] | None = None) -> Iterator[Path]:
    """Every file below, by name; nothing hidden, nothing that an office program left behind, no link followed.

    `refused` is told of folders that cannot be read.
    """
    for place, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith((".", "~$")))


def passed_over(others: int, copies: int) -> str:
    """What of a folder is not read: files that are no documents, and copies with our comments. "" if there are none."""
    said = (
        [f"{others:,} {'file that is not a document' if others == 1 else 'files that are not documents'}"]
        if others
        else []
    )
    said += [f"{copies:,} {'checked copy' if copies == 1 else 'checked copies'}"] if copies else []
    return f"Passed over in this folder: {' and '.join(said)}." if said else ""
