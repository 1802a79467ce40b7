"""Word documents: .docx, and their macro (.docm) and template (.dotx, .dotm) forms.

The text is what somebody sees who opens the document: headers, the body with its tables and text boxes, notes, footers.
Below it, each on a line of its own, stands what travels unseen with the file: tracked deletions, hidden words,
comments and the document's properties. Numbers that Word itself puts before a paragraph are not among the text.
"""

from __future__ import annotations

from collections.abc import Iterable

from referral_lint.model import Document, Gap, Source
from referral_lint.readers import Limits
from referral_lint.readers.compose import Composer
from referral_lint.readers.word.package import Package
from referral_lint.readers.word.parts import Contents, contents
from referral_lint.readers.word.properties import properties

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LITTLE_TEXT = 40  # characters: with no more than this and pictures, the pictures are the document


def read(source: Source, limits: Limits) -> Iterable[Document]:
    """One document a file. Raises `Unreadable` if it is protected, damaged or no Word document."""
    package = Package(source.data, limits)
    found = contents(package, limits)
    composer = Composer(limits.characters)
    composer.add(found.seen)
    seen = composer.length
    composer.unseen(found.unseen)
    composer.unseen(properties(package))
    text, blocks = composer.result()
    gaps = [*_gaps(source.name, found, package, seen)]
    if composer.full:
        why = f"Only the first {limits.characters:,} characters were checked: the document is very long."
        gaps.append(Gap(source.name, why))
    yield Document(source.name, text, blocks, MEDIA_TYPE, sha256=source.sha256, gaps=tuple(gaps))


def _gaps(name: str, found: Contents, package: Package, seen: int) -> Iterable[Gap]:
    for label in found.objects:
        yield Gap(label, "A file inside the document was not checked. Open it there and read it before you send.")
    if found.elsewhere:
        yield Gap(name, "A part of the text is kept in another document and was not checked. Paste it in as text.")
    if found.pictures:
        what = "1 picture" if found.pictures == 1 else f"{found.pictures} pictures"
        why = "Words inside a picture were not checked. Look at it yourself before you send."
        yield Gap(what, why, note=seen > _LITTLE_TEXT)
    if found.too_deep:
        yield Gap(name, "Some text is in tables inside tables inside tables, too deep to be read. Make it simpler.")
    if any(part.endswith(".xml") for part in package.damaged):
        yield Gap(name, "The file is damaged, so some words may be missing here. Save it again in Word and check that.")
