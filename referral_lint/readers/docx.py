"""Word documents: .docx, and their macro (.docm) and template (.dotx, .dotm) forms.

The text is what somebody sees who opens the document: headers, the body with its tables and text boxes, notes, footers.
Below it, each on a line of its own, stands what travels unseen with the file: tracked deletions, hidden words,
comments and the document's properties. Numbers that Word itself puts before a paragraph are not among the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from referral_lint.model import Block, Document, Gap, Source
from referral_lint.readers import Limits, gaps
from referral_lint.readers.compose import Composer
from referral_lint.readers.detect import DOCX
from referral_lint.readers.parts import Parts
from referral_lint.readers.word.package import Package
from referral_lint.readers.word.parts import Contents, contents
from referral_lint.readers.word.properties import properties


def read(source: Source, limits: Limits) -> Iterable[Document]:
    """The document, then the files inside it. Raises `Unreadable` if it is protected, damaged or no Word document."""
    package = Package(source.data, limits)
    found = contents(package, limits)
    composer = Composer(limits.characters)
    composer.add(found.seen)
    composer.unseen(found.unseen)
    composer.unseen(properties(package))
    text, blocks = composer.result()
    parts = Parts(source, limits)
    _attach(found, parts)
    said = [*_gaps(source.name, found, blocks), *parts.gaps]
    if any(part.endswith(".xml") for part in package.damaged):
        said.append(gaps.damaged(source.name))
    if composer.full:
        said.append(gaps.too_long(source.name, limits.characters))
    part = "body" if parts.documents else ""
    yield Document(source.name, text, blocks, DOCX, part, sha256=source.sha256, gaps=tuple(said))
    yield from parts.documents


def _attach(found: Contents, parts: Parts) -> None:
    """Reads the files inside; what cannot be taken out of the document is named."""
    for name, data in found.files:
        if data is None:
            gap = gaps.embedded(f"embedded file {name}")
            parts.say(gap.why, gap.what)
        else:
            parts.attach(name, data)


def _gaps(name: str, found: Contents, blocks: Iterable[Block]) -> Iterator[Gap]:
    for label in found.objects:
        yield gaps.embedded(label)
    if found.elsewhere:
        yield Gap(name, "A part of the text is kept in another document and was not checked. Paste it in as text.")
    if found.pictures:
        yield gaps.pictures(found.pictures, blocks, found.pages)
    if found.too_deep:
        yield gaps.too_deep(name)
