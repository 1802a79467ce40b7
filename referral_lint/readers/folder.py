"""The files of a folder, in an order that is the same every time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def files(folder: str | Path) -> Iterator[Path]:
    """Every file below, by name; nothing hidden, nothing that an office program left behind, no link followed."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith((".", "~$")))
