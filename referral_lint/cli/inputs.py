"""Paths as they were given become sources; what gives none is reported in its own place."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from referral_lint.cli.terminal import say
from referral_lint.model import Gap, Report, Source, unread
from referral_lint.readers.detect import is_document
from referral_lint.readers.folder import REFUSED, files, passed_over
from referral_lint.writers.copies import is_annotated_name

NOTHING_PASTED = "Nothing was pasted or piped in. Paste the words, or name a file."


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to check: a file, standard input (`path` None), or (with `said`) only a report of why not."""

    name: str
    path: Path | None = None
    said: Report | None = None

    def read(self, most: int) -> Source | Report:
        """Its bytes, at most `most` + 1 of them; or a report that says why it cannot be read."""
        if self.said is not None:
            return self.said
        try:
            if self.path is None:
                if sys.stdin.isatty():
                    say("Reading what you type or paste; end it with Ctrl-D on a line of its own.")
                data = sys.stdin.buffer.read(most + 1)
                return Source(self.name, data) if data else unread(self.name, NOTHING_PASTED)
            with self.path.open("rb") as file:
                return Source(self.name, file.read(most + 1))
        except FileNotFoundError:
            return unread(self.name, "There is no such file. Check the name and the folder.")
        except PermissionError:
            return unread(self.name, "You may not read this file. Ask its owner, or copy it to a folder of yours.")
        except (OSError, ValueError):
            return unread(self.name, "This file could not be read. Copy it to another folder and try again.")


def inputs(paths: Iterable[str], stdin_name: str = "-") -> Iterator[Input]:
    """What the paths of a command line stand for, in order; a folder stands for the documents in it."""
    for path in paths:
        if path == "-":
            yield Input(stdin_name)
        elif os.path.isdir(path):  # noqa: PTH112  (a hostile name makes Path.is_dir raise)
            yield from _folder(path)
        else:
            yield Input(path, Path(path))


def _folder(folder: str) -> Iterator[Input]:
    found = others = copies = 0
    closed: list[OSError] = []
    for file in files(folder, closed.append):
        if is_annotated_name(file):
            copies += 1
        elif is_document(file.name):
            found += 1
            yield Input(str(file), file)
        else:
            others += 1
    for fault in closed:
        place = str(fault.filename or folder)
        yield Input(place, said=Report(gaps=(Gap(place, REFUSED),)))
    if not found and not closed:
        why = "There is no document in this folder. Name the file that you want checked."
        yield Input(folder, said=Report(gaps=(Gap(folder, why),)))
    elif why := passed_over(others, copies):
        yield Input(folder, said=Report(gaps=(Gap(folder, why, note=True),)))
