"""Which files a review looks at, and the name that each has below the folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from referral_lint.readers.detect import is_document
from referral_lint.readers.folder import files
from referral_lint.writers.copies import is_annotated_name


@dataclass(frozen=True, slots=True)
class Found:
    """One file. `name` is its path below the folder, with `/`, the same on every machine."""

    path: Path
    name: str


def documents(folder: Path, but: Path) -> Iterator[Found]:
    """Every document below the folder, by name; not what lies in `but`, where the results go."""
    but = but.resolve()
    for path in files(folder):
        if is_document(path.name) and not is_annotated_name(path) and not path.resolve().is_relative_to(but):
            yield Found(path, _written(path.relative_to(folder)))


def _written(name: Path) -> str:
    """The name as text that every file and database takes; an odd byte in it stays as it was, but written out."""
    return name.as_posix().encode("utf-8", "backslashreplace").decode("utf-8")
