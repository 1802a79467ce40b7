"""Which files a review looks at, the name that each has below the folder, and what else lies there."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from referral_lint.patterns import compiled
from referral_lint.readers.detect import is_document
from referral_lint.readers.folder import files, passed_over
from referral_lint.writers.copies import is_annotated_name

_ENDING = compiled(r"\.[a-z0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Found:
    """One file. `name` is its path below the folder, with `/`, the same on every machine."""

    path: Path
    name: str


def documents(folder: Path, but: Path) -> Iterator[Found]:
    """Every document below the folder, by name; not what lies in `but`, where the results go."""
    for path in _files(folder, but):
        if is_document(path.name) and not is_annotated_name(path):
            yield Found(path, _written(path.relative_to(folder)))


def others(folder: Path, but: Path) -> str:
    """What lies there besides and is not looked at, in a sentence; "" if nothing does. Says how names end, not names."""
    endings, copies = Counter[str](), 0
    for path in _files(folder, but):
        if is_annotated_name(path):
            copies += 1
        elif not is_document(path.name):
            ending = path.suffix.lower()
            endings[ending if _ENDING.fullmatch(ending) else "no known ending"] += 1
    said = passed_over(endings.total(), copies)
    named = ", ".join(f"{ending}: {n:,}" for ending, n in endings.most_common(6))
    return f"{said.removesuffix('.')} ({named})." if endings else said


def closed(folder: Path) -> int:
    """How many folders cannot be read, so that nobody knows what lies there."""
    faults: list[OSError] = []
    for _ in files(folder, faults.append):
        pass
    return len(faults)


def copies(found: Iterable[Found]) -> int:
    """How many files are the same as an earlier one, byte for byte. Only those of one size are read for it."""
    by_size = defaultdict[int, list[Path]](list)
    for one in found:
        with suppress(OSError):
            by_size[one.path.stat().st_size].append(one.path)
    return sum(_same(paths) for size, paths in by_size.items() if size and len(paths) > 1)


def _same(paths: Iterable[Path]) -> int:
    contents = Counter[bytes]()
    for path in paths:
        with suppress(OSError), path.open("rb") as file:
            contents[hashlib.file_digest(file, "sha256").digest()] += 1
    return contents.total() - len(contents)


def _files(folder: Path, but: Path) -> Iterator[Path]:
    but = but.resolve()
    return (path for path in files(folder) if not path.resolve().is_relative_to(but))


def _written(name: Path) -> str:
    """The name as text that every file and database takes; an odd byte in it stays as it was, but written out."""
    return name.as_posix().encode("utf-8", "backslashreplace").decode("utf-8")
