"""What an email or an archive carries: each attachment becomes documents of its own, within the limits of the whole."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from referral_lint.model import Document, Gap, Source
from referral_lint.patterns import compiled
from referral_lint.readers import Limits, read

PROTECTED = "It is protected with a password, the secure way of sending, so it was not checked."
_MOST_GAPS = 200  # that are named one by one
_MEDIA = {"image": "A picture", "audio": "A sound recording", "video": "A film"}
_PASSWORD = compiled(r"\bpassword\b", re.I)


@dataclass
class Parts:
    """The documents of one input, collected while its parts are walked."""

    source: Source
    limits: Limits
    documents: list[Document] = field(default_factory=list)
    gaps: dict[Gap, None] = field(default_factory=dict)  # what no document of its own can tell, in order

    @property
    def full(self) -> bool:
        return len(self.documents) >= self.limits.parts

    def add(self, document: Document, part: str) -> None:
        """One more document; `part` says where it was, and stands before what the document says itself."""
        if self.full:
            self.say(f"Only the first {self.limits.parts} parts were read: there are very many.")
            return
        whole = part if not document.part or document.part == "body" else f"{part} > {document.part}"
        self.documents.append(
            replace(document, source=self.source.name, part=whole, sha256=document.sha256 or self.source.sha256)
        )

    def nest(self, document: Document, inner: Parts, part: str) -> None:
        """Add a message found inside this input, and what was found inside that message."""
        for one in (document, *inner.documents):
            self.add(one, part)
        for gap in inner.gaps:
            self.say(gap.why, gap.what, note=gap.note, unread=gap.unread)

    def inside(self) -> Parts:
        """The same input one level down."""
        return Parts(self.source, self.lower())

    def lower(self) -> Limits:
        """The limits one level down; the budget is the same."""
        left = max(0, self.limits.parts - len(self.documents))
        return replace(self.limits, depth=self.limits.depth - 1, parts=left)

    @property
    def spent(self) -> bool:
        """Whether nothing more may be read, which is then said."""
        if self.full:
            self.say(f"Only the first {self.limits.parts} parts were read: there are very many.")
        elif self.limits.left.late:
            self.say("Not all parts were read: they take very long. Send them one by one.")
        return self.full or self.limits.left.late

    def attach(self, name: str, data: bytes, media_type: str = "") -> None:
        """Read an attachment and add what it holds."""
        name = clean_name(name)
        if not self.limits.left.unpacks(len(data)):
            self.say(f"Attachments beyond {self.limits.unpacked // 1_000_000} MB in all were not read.")
        elif picture := _MEDIA.get((media_type or mimetypes.guess_type(name)[0] or "").split("/")[0]):
            self.say(f"{picture} was not looked at.", name)
        elif self.limits.depth <= 0:
            self.say("Messages inside messages were not read beyond this depth.", name)
        elif not self.spent:
            for document in read(Source(name, data, media_type), self.lower()):
                self.add(_secured(document), f"attachment: {name}")

    def told(self, media_type: str) -> list[Document]:
        """The documents, and one without text for what none of them tells: a container has no words of its own."""
        if not self.gaps:
            return self.documents
        own = Document(
            source=self.source.name,
            text="",
            blocks=(),
            media_type=media_type,
            sha256=self.source.sha256,
            gaps=tuple(self.gaps),
        )
        return [*self.documents, own]

    def say(self, why: str, what: str = "", *, note: bool = False, unread: bool = False) -> None:
        """Record once what was not read and why; of very many gaps only the first are named."""
        if len(self.gaps) >= _MOST_GAPS:
            what, why = "", "Of many more parts some were not read."
        self.gaps.setdefault(Gap(what or self.source.name, why, note, unread))


def clean_name(name: str) -> str:
    """A file name without folders and control characters, short enough to show."""
    name = PurePath(name.replace("\\", "/")).name
    return "".join(c for c in name if c.isprintable()).strip()[:150] or "unnamed"


def _secured(document: Document) -> Document:
    """A password on an attachment is no fault: readers say "password" in the one gap of such a file."""
    if document.text.strip() or not any(_PASSWORD.search(gap.why) for gap in document.gaps):
        return document
    return replace(document, gaps=tuple(Gap(gap.what, PROTECTED, note=True, unread=True) for gap in document.gaps))
