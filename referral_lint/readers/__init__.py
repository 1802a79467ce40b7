"""Bytes become text that remembers where it came from.

A reader is a function `(Source, Limits) -> Iterable[Document]` in a file of its own, named in `FORMATS`.
It may raise `Unreadable` with one plain sentence; `read` turns that, and every other failure, into a Gap.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from referral_lint.model import UNSEEN, Document, Gap, Source
from referral_lint.readers import detect, printed

Reader = Callable[[Source, "Limits"], Iterable[Document]]


@dataclass(slots=True)
class Budget:
    """What one input may still cost: all its parts share it, so that many small ones are no more than one large one."""

    unpacked: int
    until: float  # by time.monotonic

    def unpacks(self, size: int) -> bool:
        """Count so many bytes; false if they are more than are left, and then nothing is left."""
        within = size <= self.unpacked
        self.unpacked = self.unpacked - size if within else 0
        return within

    @property
    def seconds(self) -> float:
        return self.until - time.monotonic()

    @property
    def late(self) -> bool:
        return self.seconds < 0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one input is read. Beyond a limit the rest is a Gap, never silence."""

    bytes: int = 50_000_000  # of the input
    unpacked: int = 200_000_000  # of what it unpacks to, all parts together
    characters: int = 2_000_000  # of one document's text
    pages: int = 600
    depth: int = 8  # of messages in messages, tables in tables
    parts: int = 200  # documents in one input
    seconds: float = 120.0  # for all parts of one input; asked before each of them
    budget: Budget | None = field(default=None, repr=False, compare=False)  # of the input that is being read

    def begun(self) -> Limits:
        """These limits for one input: its parts share what the whole may cost, and a new one may cost everything."""
        return self if self.budget else replace(self, budget=Budget(self.unpacked, time.monotonic() + self.seconds))

    @property
    def left(self) -> Budget:
        """What may still be spent on the input that is being read."""
        assert self.budget is not None, "limits that were not begun"
        return self.budget


class Unreadable(Exception):
    """One plain sentence: why this input gave no text and what to do."""


# media type -> "module:function" in this package, imported when first needed
FORMATS: dict[str, str] = {
    detect.TEXT: "text:read",
    detect.EMAIL: "email:read",
    detect.OUTLOOK: "msg:read",
    detect.MBOX: "mbox:read",
    detect.HTML: "html:read",
    detect.ZIP: "archive:read",
    detect.DOCX: "docx:read",
    detect.PDF: "pdf:read",
    detect.ODT: "odt:read",
    detect.RTF: "rtf:read",
    detect.DOC: "doc:read",
    detect.XLSX: "xlsx:read",
    detect.CSV: "csv:read",
}


def reader_for(kind: str) -> Reader | None:
    """The reader of a media type, or None if there is none."""
    entry = FORMATS.get(kind)
    if entry is None:
        return None
    module, name = entry.split(":")
    reader: Reader = getattr(importlib.import_module(f"{__name__}.{module}"), name)
    return reader


def read(source: Source, limits: Limits | None = None) -> list[Document]:
    """Every document of an input. Never raises on bad input: the document is then empty and its gaps say why."""
    limits = (limits or Limits()).begun()
    if not source.data:
        return [_nothing(source, "The file is empty.")]
    if len(source.data) > limits.bytes:
        return [_nothing(source, f"The file is larger than {limits.bytes // 1_000_000} MB. Send a smaller one.")]
    kind = source.media_type or detect.media_type(source.name, source.data)
    try:
        reader = reader_for(kind)
        if reader is None:
            what = detect.UNREAD.get(kind, "This kind of file")
            return [_nothing(source, f"{what} cannot be read. Save it as Word, PDF or text, and check that.")]
        found = [printed.marked(document) for document in reader(source, limits)]
    except Unreadable as why:
        return [_nothing(source, str(why))]
    except (MemoryError, RecursionError):  # mostly a false length, refused before anything is used up
        return [_nothing(source, "The file is too large or too deeply nested to be read safely.")]
    except Exception as fault:  # a hostile or broken file can break any library in any way
        return [_nothing(source, f"The file is damaged or not what its name says ({type(fault).__name__}).")]
    if any(document.gaps or _is_seen(document) for document in found):
        return found
    nothing = _nothing(source, "No text was found in the file. Open it and look at it yourself before you send it.")
    return [replace(found[0], gaps=nothing.gaps), *found[1:]] if found else [nothing]


def _is_seen(document: Document) -> bool:
    """Whether there is anything that somebody sees who opens it, and not only its properties."""
    return (
        any(block.kind not in UNSEEN for block in document.blocks) if document.blocks else bool(document.text.strip())
    )


def _nothing(source: Source, why: str) -> Document:
    return Document(source=source.name, text="", blocks=(), sha256=source.sha256, gaps=(Gap(source.name, why),))
