"""What is being worked on, in memory alone: a desk a tab, forgotten when it is cleared or not used for an hour."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from referral_lint.model import DocumentReport, Report, Source, Waiver
from referral_lint.web.refusal import Refused
from referral_lint.writers import annotator, as_one

IDLE_SECONDS = 3600.0
MOST_DESKS = 300
MOST_BYTES = 600_000_000  # of all files on all desks
PASTED = "your words"  # the name of a text that was typed or pasted


def pasted(text: str) -> Source:
    """A text that was typed or pasted, as an input."""
    return Source(PASTED, text.encode("utf-8", "replace"), "text/plain")


@dataclass(slots=True)
class Desk:
    """One person's drafts, and what the last check of them said. `owner` is who signed in behind a proxy, else empty."""

    id: str
    owner: str
    used: float
    text: str = ""
    files: tuple[Source, ...] = ()
    no_names: bool = False
    to: str = ""  # the kind of service that will read it; empty = as the draft shows
    words: Report | None = None  # about the text
    reads: tuple[Report, ...] = ()  # about the files, one each
    waivers: dict[str, Waiver] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)  # fingerprint -> words to put into the copy of a file
    note: dict[str, str] = field(default_factory=dict)
    turn: int = 0  # counts the checks asked for, so that a late answer does not overwrite a newer one

    @property
    def report(self) -> Report:
        """Text first, then the files, with what was decided here."""
        parts = [report for report in (self.words, *self.reads) if report is not None]
        total = sum(parts[1:], parts[0]) if parts else Report()
        return replace(total, documents=tuple(self._decided(document) for document in total.documents))

    def owner_of(self, number: int) -> tuple[Source | None, DocumentReport]:
        """The document of that number (from 0), and the file that is it: None for a part of a file, and for the text.

        A file's document says, without a place, what is found in the files inside it.

        Raises Refused (404) if there is no such document.
        """
        at = len(self.words.documents) if self.words else 0
        documents = self.report.documents
        if not 0 <= number < len(documents):
            raise Refused(404, "There is no such draft here.")
        for file, report in zip(self.files, self.reads, strict=True):
            if at == number and (len(report.documents) == 1 or annotator(report.documents)):
                return file, as_one(documents[at : at + len(report.documents)])
            at += len(report.documents)
        return None, documents[number]

    def _decided(self, document: DocumentReport) -> DocumentReport:
        found = tuple(
            replace(f, waived=f.waived or self.waivers.get(f.fingerprint)) if f.fingerprint else f
            for f in document.findings
        )
        return replace(document, findings=found)


class Desks:
    """All desks. Nobody finds a desk without its id, nor the desk of another person."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._desks: dict[str, Desk] = {}

    def new(self, owner: str = "") -> Desk:
        """An empty desk. Raises Refused (503) if there are too many, all in use."""
        self._sweep()
        if len(self._desks) >= MOST_DESKS:
            raise Refused(503, "Too many people are using this page at the moment. Try again in a few minutes.")
        desk = Desk(secrets.token_urlsafe(12), owner, self._clock())
        self._desks[desk.id] = desk
        return desk

    def get(self, desk_id: str, owner: str = "") -> Desk:
        """Raises Refused (404) if it is not there any more."""
        self._sweep()
        desk = self._desks.get(desk_id)
        if desk is None or desk.owner != owner:
            raise Refused(404, "This draft is no longer here: it was cleared, or not used for an hour. Begin again.")
        desk.used = self._clock()
        return desk

    def room(self, desk: Desk, files: tuple[Source, ...]) -> None:
        """Raises Refused (413) if there is no more room for these files on a desk."""
        held = sum(len(file.data) for one in self._desks.values() if one is not desk for file in one.files)
        if held + sum(len(file.data) for file in files) > MOST_BYTES:
            raise Refused(413, "There is no room for files of that size at the moment. Try again later.")

    def clear(self, owner: str = "") -> None:
        """Everything that this person had here is gone."""
        self._desks = {key: desk for key, desk in self._desks.items() if desk.owner != owner}

    def __len__(self) -> int:
        return len(self._desks)

    def _sweep(self) -> None:
        oldest = self._clock() - IDLE_SECONDS
        self._desks = {key: desk for key, desk in self._desks.items() if desk.used >= oldest}
