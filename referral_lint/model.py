"""The core types: what is read, what is found, what is reported. Standard library only.

All offsets are characters (Unicode code points) of `Document.text`; `end` is exclusive.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding matters. `THINK` is a question and never counts against the writer."""

    STOP = "stop"
    FIX = "fix"
    THINK = "think"

    @property
    def rank(self) -> int:
        """2 for stop, 1 for fix, 0 for think."""
        return {"stop": 2, "fix": 1, "think": 0}[self.value]


class Verdict(StrEnum):
    READY = "ready"
    REVIEW = "review"
    HOLD = "hold"
    UNCHECKED = "unchecked"


class BlockKind(StrEnum):
    """What a stretch of the text is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    CELL = "cell"
    QUESTION = "question"  # a form's own printed wording
    ANSWER = "answer"  # what the writer put there
    OPTION = "option"  # one tick box with its words; see Block.ticked
    PLACEHOLDER = "placeholder"  # "Choose an item.": a form's words where an answer would be
    PRINTED = "printed"  # a form's instructions, and the part that its office fills in
    EMAIL_HEADER = "email header"  # a whole `Subject: …` line; the envelope has the values
    SIGNATURE = "signature"
    BANNER = "banner"  # disclaimers, "external sender" warnings, security markings
    QUOTED = "quoted"  # an earlier message below the draft
    PAGE_HEADER = "page header"
    PAGE_FOOTER = "page footer"
    FOOTNOTE = "footnote"
    TEXT_BOX = "text box"
    # What travels unseen with the file:
    DELETED = "tracked deletion"
    COMMENT = "comment"
    HIDDEN = "hidden text"
    COVERED = "covered text"  # still there under a black box
    PROPERTY = "document property"
    FILE_NAME = "file name"


UNSEEN = frozenset(
    {BlockKind.DELETED, BlockKind.COMMENT, BlockKind.HIDDEN, BlockKind.COVERED, BlockKind.PROPERTY, BlockKind.FILE_NAME}
)


# What stands around the words of the writer: on every page, in the head of a message, or unseen. A scan has these too.
AROUND = UNSEEN | {BlockKind.PAGE_HEADER, BlockKind.PAGE_FOOTER, BlockKind.EMAIL_HEADER, BlockKind.BANNER}


class Span(NamedTuple):
    """A stretch of a document's text, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a path, standard input, an upload or a part of an email are all the same thing."""

    name: str
    data: bytes
    media_type: str = ""  # empty: decided from the name and the bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was not checked, and why, in words for the person who asked."""

    what: str
    why: str
    note: bool = (
        False  # true: a fact worth saying that does not make the check incomplete (a password on an attachment)
    )
    unread: bool = False  # true of such a note where words may have stayed unread all the same: mail is not held for it


Where = tuple[tuple[str, int | str], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of a document with one role in it. Blocks are ordered and do not overlap."""

    start: int
    end: int
    kind: BlockKind
    where: Where = ()  # in the reader's own terms: (("page", 2),) or (("table", 1), ("row", 3), ("cell", 2))
    anchor: tuple[int, ...] = ()  # the reader's private way back to the original, for the annotating writer
    question: int | None = None  # for ANSWER, OPTION and PLACEHOLDER: index of the QUESTION block it belongs to
    ticked: bool | None = None  # for OPTION
    level: int = 0  # for HEADING and QUOTED: depth


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One address of an email, as written."""

    name: str
    address: str = ""

    @property
    def domain(self) -> str:
        """What follows the @, in lower case: it is the same in capitals."""
        return self.address.rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True)
class Envelope:
    """The header of an email or of a pasted email draft."""

    subject: str = ""
    sender: Mailbox | None = None
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    bcc: tuple[Mailbox, ...] = ()
    sent: date | None = None
    attachments: tuple[str, ...] = ()  # file names
    is_reply: bool = False

    @property
    def recipients(self) -> tuple[Mailbox, ...]:
        return self.to + self.cc + self.bcc


@dataclass(frozen=True)
class Document:
    """One text that remembers where it came from. Built by a reader; never changed."""

    source: str  # the name as it was given
    text: str
    blocks: tuple[Block, ...]
    media_type: str = "text/plain"
    part: str = ""  # "" | "body" | "attachment: NAME" | …
    sha256: str = ""  # of the input's bytes
    envelope: Envelope | None = None
    gaps: tuple[Gap, ...] = ()
    as_written: str = ""  # where `text` runs on over lines that a program broke: the text with its own lines
    beside: tuple[Document, ...] = ()  # the same message in another version: not checked, but looked through for danger

    def __post_init__(self) -> None:
        at = 0
        for block in self.blocks:
            if not at <= block.start <= block.end <= len(self.text):
                raise ValueError(f"block {block} is out of order or outside a text of {len(self.text)} characters")
            at = block.end

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    @cached_property
    def _lines(self) -> list[int]:
        starts = [0]
        starts.extend(i + 1 for i, char in enumerate(self.as_written or self.text) if char == "\n")
        return starts

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at `offset`, or None between blocks."""
        i = bisect_right(self._starts, offset) - 1
        # An empty block can begin where its neighbour does: look back over it.
        while i >= 0:
            block = self.blocks[i]
            if block.start <= offset < block.end:
                return block
            if block.start < offset or block.end > block.start:
                return None
            i -= 1
        return None

    def blocks_of(self, *kinds: BlockKind) -> Iterator[Block]:
        return (block for block in self.blocks if block.kind in kinds)

    @cached_property
    def has_words(self) -> bool:
        """Whether it holds any words of the writer, and not only what stands around them."""
        return bool(written(self.blocks) if self.blocks else self.text.strip())

    def words(self, span: Span | Block) -> str:
        return self.text[span.start : span.end]

    def line_of(self, offset: int) -> int:
        """The line, from 1, that holds `offset`, as the writer's own program counts them."""
        return bisect_right(self._lines, offset)

    def locate(self, start: int, end: int) -> dict[str, int | str]:
        """The only way back to the original: the place of a span in the reader's own terms."""
        block = self.block_at(start) or self.block_at(max(start, end - 1))
        if block is not None and block.where:
            return dict(block.where)
        line = self.line_of(start)
        return {"line": line, "column": start - self._lines[line - 1] + 1}


@dataclass(frozen=True, slots=True)
class Waiver:
    """Somebody's decision to leave a finding as it is."""

    fingerprint: str
    reason: str
    by: str
    on: str  # ISO date
    rule: str = ""
    draft: str = ""  # a fingerprint of the name of the draft


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says about one place, or (span None) about the document as a whole."""

    rule: str
    family: str
    severity: Severity
    message: str
    suggestion: str
    why: str
    source: str
    span: Span | None = None
    text: str = ""
    where: dict[str, int | str] = field(default_factory=dict)
    related: tuple[Span, ...] = ()
    replacement: str | None = None  # the words to put there, when they are certain ("write it out")
    fingerprint: str = ""
    waived: Waiver | None = None


class Status(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a good referral says, and the words that say it. `waits`: somebody is in danger, and nobody asks for it now."""

    name: str
    status: Status
    span: Span | None = None
    text: str = ""
    waits: bool = False

    @property
    def shown(self) -> Status:
        """What the writer and a review see: in danger what is absent and waits is not asked for."""
        return Status.NOT_APPLICABLE if self.waits and self.status is Status.ABSENT else self.status

    @property
    def missing(self) -> bool:
        """Is it absent, and is the writer to be asked for it?"""
        return self.shown is Status.ABSENT


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    kind: str  # name | role | pronoun


@dataclass(frozen=True, slots=True)
class Person:
    name: str  # the fullest form found, or the role word
    role: str  # child parent partner sibling relative adult third-party professional unknown
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Sharing:
    """One category of information about one role, and whether the purpose needs it."""

    who: str
    category: str
    standing: str  # needed | explain | not-expected
    explained: bool
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Purpose:
    id: str
    label: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A sender or recipient, with the agency it belongs to."""

    name: str
    agency: str = ""
    address: str = ""
    outside: bool = False


@dataclass(frozen=True)
class DocumentReport:
    """Everything that is said of one document."""

    document: Document
    kind: str = "letter"
    mode: str = "named"
    urgent: bool = False  # it tells of danger now, or another part of the same input does
    danger_beside: bool = False  # danger is told beside the draft: in a message below it, its subject, a sign-off
    harm_told: bool = False  # it may tell that somebody is or was harmed
    purposes: tuple[Purpose, ...] = ()
    sender: Party | None = None
    recipients: tuple[Party, ...] = ()
    statements: tuple[Statement, ...] = ()
    people: tuple[Person, ...] = ()
    sharing: tuple[Sharing, ...] = ()
    findings: tuple[Finding, ...] = ()  # waived ones too
    gaps: tuple[Gap, ...] = ()
    broke: bool = False  # it could not be judged to the end: no finding means nothing then

    @property
    def in_danger(self) -> bool:
        """Does what would be sent tell of danger, in the draft itself or beside it?"""
        return self.urgent or self.danger_beside

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.waived is None)

    @property
    def complete(self) -> bool:
        return all(gap.note for gap in self.gaps)

    @property
    def unread(self) -> bool:
        """Whether no words of the writer could be read, though there may be some: a scan, a file under a password."""
        missed = not self.complete or any(gap.unread for gap in self.gaps)
        return missed and not self.document.has_words

    @property
    def verdict(self) -> Verdict:
        return verdict(self)


@dataclass(frozen=True, slots=True)
class Local:
    """Where the writer turns to: from the configuration, empty where it says nothing."""

    area: str = ""  # the name of the council or partnership
    procedures: str = ""  # address of the local procedures
    duty_team: str = ""  # telephone number in office hours
    out_of_hours: str = ""  # telephone number at other times


@dataclass(frozen=True, slots=True)
class Report:
    """One run: every document, and the inputs that gave none."""

    documents: tuple[DocumentReport, ...] = ()
    gaps: tuple[Gap, ...] = ()
    rules: dict[str, str] = field(default_factory=dict)  # pack -> version
    model: str = ""
    local: Local = field(default_factory=Local)

    def __add__(self, other: Report) -> Report:
        return replace(self, documents=self.documents + other.documents, gaps=self.gaps + other.gaps)

    @property
    def complete(self) -> bool:
        return all(gap.note for gap in self.gaps) and all(d.complete for d in self.documents)

    @property
    def all_read(self) -> bool:
        """Complete, and no file that nobody here can open: what is in there may be what matters most."""
        gaps = (*self.gaps, *(gap for document in self.documents for gap in document.gaps))
        return self.complete and not any(gap.unread for gap in gaps)


def unread(name: str, why: str, sha256: str = "") -> Report:
    """The report of an input that gave no document at all, or whose check came to no end."""
    document = Document(source=name, text="", blocks=(), sha256=sha256)
    return Report((DocumentReport(document, gaps=(Gap(name, why),)),))


def verdict(report: DocumentReport) -> Verdict:
    """The verdict follows from the findings alone; what tells of danger is never held.

    A text of which no words could be read, or that broke the check, is `unchecked`, never `ready`; what a scan's
    properties give away counts all the same.
    """
    if report.broke:
        return Verdict.UNCHECKED
    top = worst(report.open_findings)
    if top is Severity.STOP:
        return Verdict.REVIEW if report.in_danger else Verdict.HOLD
    if top is Severity.FIX:
        return Verdict.REVIEW
    return Verdict.UNCHECKED if report.unread else Verdict.READY


def written(blocks: Iterable[Block]) -> int:
    """How many characters the writer put there, without what stands around them."""
    return sum(block.end - block.start for block in blocks if block.kind not in AROUND)


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among the findings, or None if there are none."""
    return max((f.severity for f in findings), key=lambda s: s.rank, default=None)
