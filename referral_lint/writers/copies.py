"""Annotated copies: their names, and how they are known again."""

from __future__ import annotations

import io
import os
import re
import zipfile
import zlib
from itertools import chain, count
from pathlib import Path, PurePath
from typing import TypeVar

from referral_lint.marks import CHECKED_COPY
from referral_lint.patterns import compiled

Named = TypeVar("Named", bound=PurePath)

QUOTED = 80  # characters that a comment names of words that it does not stand beside

_SUFFIX = " (checked - do not send)"
_NAMED = compiled(rf"(.*){re.escape(_SUFFIX)}(?: \d+)?", re.S)
_LOOKED_AT = ("docProps/custom.xml", "meta.xml")
_MOST = 1_000_000  # bytes of such a part; the mark stands in the first few thousand


def annotated_name(path: Named) -> Named:
    """What the annotated copy of `path` is called: `draft.docx` becomes `draft (checked - do not send).docx`.

    So is the copy of that copy; `unused` then numbers it, so that nothing is ever written over what was read.
    """
    copied = _NAMED.fullmatch(path.stem)
    return path.with_name(f"{copied[1] if copied else path.stem}{_SUFFIX}{path.suffix}")


def is_annotated_name(path: Path) -> bool:
    """Whether `annotated_name` gave this name: an ordinary draft is not called so."""
    return bool(_NAMED.fullmatch(path.stem))


def unused(path: Path, data: bytes) -> Path:
    """`path`, or if there is something else of that name, the same with a number: "… 2.docx".

    A copy that is there already may be the one that somebody is working in. One that is just `data` may stay.
    """
    numbered = (path.with_name(f"{path.stem} {n}{path.suffix}") for n in count(2))
    return next(one for one in chain([path], numbered) if _is_free(one, data))


def _is_free(path: Path, data: bytes) -> bool:
    return not os.path.lexists(path) or (path.is_file() and path.read_bytes() == data)


def is_annotated(data: bytes) -> bool:
    """Whether these are the bytes of an annotated copy, whatever its name is now."""
    mark = CHECKED_COPY.encode()
    if not data.startswith(b"PK"):
        return mark in data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            for name in _LOOKED_AT:
                if name in names:
                    with archive.open(name) as part:
                        if mark in part.read(_MOST):
                            return True
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return False  # damaged, or protected with a password: none of ours is
    return False
