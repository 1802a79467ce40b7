"""Files that are there whole or not at all: written beside their place, then put there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO

OWN = 0o600  # readable by its owner only


def write_whole(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Writes a file so that it is either there complete or not there at all. Raises `OSError`.

    A pipe or a device (`/dev/null`) is written to: no file is put in its place. A link is replaced.
    """
    if is_no_file(path):
        path.write_bytes(data)
        return
    with writing(path, mode) as out:
        out.write(data)


def write_new(path: Path, data: bytes, mode: int) -> None:
    """The same for a file that must not replace one that another process made meanwhile. Raises `OSError`."""
    with _beside(path, mode, _unless_there) as out:
        out.write(data)


def writing(path: Path, mode: int = OWN) -> AbstractContextManager[BinaryIO]:
    """What is written in the block becomes the file at its end; nothing does if the block raises. Raises `OSError`."""
    return _beside(path, mode, Path.replace)


@contextmanager
def _beside(path: Path, mode: int, put: Callable[[Path, Path], object]) -> Iterator[BinaryIO]:
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)  # made as OWN
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())  # else a power cut could leave an empty file under the final name
        if mode != OWN:
            part.chmod(mode & ~_umask())
        put(part, path)
    finally:
        part.unlink(missing_ok=True)


def _unless_there(part: Path, path: Path) -> None:
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        part.replace(path)


def at_end_of_link(path: Path) -> Path:
    """The file that a link leads to; a pipe or device as it is called."""
    return path if is_no_file(path) else path.resolve()


def is_no_file(path: Path) -> bool:
    """Is something there that is no file, as a pipe or a device?"""
    return path.exists() and not path.is_file()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
