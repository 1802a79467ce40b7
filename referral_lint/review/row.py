"""What one file comes to: plain rows, small enough to cross processes and machines. No words of the draft by default.

`look` is the task of the worker processes, here and on a cluster.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from referral_lint.engine import Linter
from referral_lint.model import Document, DocumentReport, Finding, Report, Severity, Source, Verdict
from referral_lint.review import privacy
from referral_lint.review.dated import day_of, how_of
from referral_lint.waivers import Waivers


@dataclass(frozen=True, slots=True)
class Job:
    """One file to look at: where it is, and what is known of it already. The key makes fingerprints and codes."""

    path: str
    name: str  # below the folder
    settings: str  # a hash of everything else that the result depends on
    known: str  # the fingerprint that the last result was made from; "" = none
    key: bytes
    show_text: bool = False


class FindingRow(NamedTuple):
    """Fields of this and the following rows are columns of schema.sql."""

    rule: str
    family: str
    severity: str
    start: int | None
    end: int | None
    place: str
    fingerprint: str
    waived: bool
    term: str
    words: str


class StatementRow(NamedTuple):
    name: str
    status: str


class SharingRow(NamedTuple):
    who: str
    category: str
    standing: str
    explained: bool
    places: int


class RecipientRow(NamedTuple):
    agency: str
    outside: bool


class GapRow(NamedTuple):
    what: str
    why: str
    note: bool


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document, and the rows about it in the other tables."""

    part: str
    kind: str
    mode: str
    media_type: str
    words: int
    verdict: str
    complete: bool
    urgent: bool
    danger_beside: bool
    purpose: str
    sender_agency: str
    sender_domain: str
    day: str  # ISO date, "" = none
    dated_by: str
    stop: int
    fix: int
    think: int
    findings: tuple[FindingRow, ...]
    statements: tuple[StatementRow, ...]
    sharing: tuple[SharingRow, ...]
    recipients: tuple[RecipientRow, ...]
    gaps: tuple[GapRow, ...]


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file. `documents` None: it is as it was, and so is its result."""

    fingerprint: str
    size: int = 0
    personal: str = ""  # which words of its name, by place, name somebody whom it is about
    problem: str = ""
    documents: tuple[DocumentRow, ...] | None = ()


def look(linter: Linter, job: Job) -> FileRow:
    """The row of a file. A file that cannot be opened gives a row that says why; nothing is raised for it."""
    path = Path(job.path)
    try:
        with path.open("rb") as file:
            data = file.read(linter.limits.bytes + 1)
        state = path.stat()
    except (OSError, ValueError) as fault:
        why = (
            "You may not read this file. Ask its owner."
            if isinstance(fault, PermissionError)
            else "This file could not be opened. Copy it to another folder and try again."
        )
        return FileRow("", problem=why)
    linter = with_key(linter, job.key)
    fingerprint = _fingerprint(job, data, linter.waivers)
    if fingerprint == job.known:
        return FileRow(fingerprint, documents=None)
    report = linter.lint(Source(job.path, data))
    names = privacy.Names(job.key, job.show_text)
    rows = tuple(_rows(report, how_of(job.name, state.st_mtime), names, job))
    personal = _personal(job.name, report.documents)
    return FileRow(fingerprint, len(data), personal, _problem(report, job), rows)


def with_key(linter: Linter, key: bytes) -> Linter:
    """The same linter with the key of whoever asked: on another machine findings get the same fingerprints."""
    if linter.waivers is None or linter.waivers.key == key:
        return linter
    other = copy(linter)
    other.waivers = replace(linter.waivers, key=key, trouble="")
    return other


def _fingerprint(job: Job, data: bytes, waivers: Waivers | None) -> str:
    """Of the content, the decisions kept beside it and the settings: the result is the same while this is."""
    found = hashlib.sha256(job.settings.encode())
    found.update(job.name.encode())
    found.update(hashlib.sha256(data).digest())
    if waivers is not None:
        with suppress(OSError, ValueError):
            found.update(waivers.file_for(job.path).read_bytes())
    return found.hexdigest()[:32]


def _problem(report: Report, job: Job) -> str:
    """Why nothing could be read, if that is so; without the file's name, which may be somebody's."""
    if any(_verdict(d) is not Verdict.UNCHECKED for d in report.documents):
        return ""
    whys = [gap.why for d in report.documents for gap in d.gaps if not gap.note]
    return _nameless(whys[0], job) if whys else "Nothing could be read."


def _verdict(one: DocumentReport) -> Verdict:
    """The verdict, but that the properties of a scan make no draft: it would count as one that says nothing."""
    return Verdict.UNCHECKED if one.unread else one.verdict


def _nameless(sentence: str, job: Job) -> str:
    return (
        sentence if job.show_text else sentence.replace(job.path, "the file").replace(Path(job.path).name, "the file")
    )


def _personal(name: str, reports: Iterable[DocumentReport]) -> str:
    """The places, counted from 0, of words in the file's name that name somebody of the family."""
    named = {word for name in _family(reports) for word in privacy.words_of(name) if len(word) > 2}
    return " ".join(str(i) for i, word in enumerate(privacy.words_of(name)) if word in named)


def _family(reports: Iterable[DocumentReport]) -> Iterator[str]:
    return (p.name for report in reports for p in report.people if p.role != "professional")


def _rows(report: Report, other: tuple[str, str], names: privacy.Names, job: Job) -> Iterator[DocumentRow]:
    day, domain = other, ""
    for one in report.documents:
        document, own = one.document, day_of(one.document)
        if document.envelope is not None:  # what is attached was sent with it
            day, domain = own or other, _domain(document)
        yield _row(one, own or day, domain, names, job)


def _row(one: DocumentReport, day: tuple[str, str], domain: str, names: privacy.Names, job: Job) -> DocumentRow:
    counts = {severity: sum(f.severity is severity for f in one.open_findings) for severity in Severity}
    people = [person.name for person in one.people]
    return DocumentRow(
        part=names.part(one.document.part),
        kind=one.kind,
        mode=one.mode,
        media_type=one.document.media_type,
        words=len(one.document.text.split()),
        verdict=_verdict(one).value,
        complete=one.complete,
        urgent=one.urgent,
        danger_beside=one.danger_beside,
        purpose=one.purposes[0].id if one.purposes else "",
        sender_agency=one.sender.agency if one.sender else "",
        sender_domain=domain,
        day=day[0],
        dated_by=day[1],
        stop=counts[Severity.STOP],
        fix=counts[Severity.FIX],
        think=counts[Severity.THINK],
        findings=tuple(_finding(f, people, job.show_text) for f in one.findings),
        statements=tuple(StatementRow(s.name, s.shown.value) for s in one.statements),
        sharing=tuple(SharingRow(s.who, s.category, s.standing, s.explained, len(s.spans)) for s in one.sharing),
        recipients=tuple(dict.fromkeys(RecipientRow(p.agency, p.outside) for p in one.recipients)),
        gaps=tuple(GapRow(names.part(gap.what) if gap.what != job.path else "", _nameless(gap.why, job), gap.note) for gap in one.gaps),
    )  # fmt: skip


def _finding(finding: Finding, people: list[str], show_text: bool) -> FindingRow:
    start, end = finding.span or (None, None)
    term = finding.text if finding.family == "acronym" and privacy.may_be_kept(finding.text, people) else ""
    words = finding.text if show_text else ""
    waived = finding.waived is not None
    return FindingRow(
        finding.rule,
        finding.family,
        finding.severity.value,
        start,
        end,
        privacy.place(finding.where),
        finding.fingerprint,
        waived,
        term,
        words,
    )


def _domain(document: Document) -> str:
    sender = document.envelope.sender if document.envelope else None
    return sender.address.rpartition("@")[2].strip(" >").lower() if sender else ""
