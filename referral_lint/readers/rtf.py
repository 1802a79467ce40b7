"""Rich text (.rtf), which old systems and Outlook write.

Own code and not striprtf: that loses headers, notes, text boxes and tick boxes, and shows deleted and hidden words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from referral_lint.model import BlockKind, Document, Source
from referral_lint.readers import Limits, Unreadable, gaps
from referral_lint.readers.compose import Composer
from referral_lint.readers.detect import RTF
from referral_lint.readers.richtext.walk import Walk
from referral_lint.readers.structure import Item, Line, Table, without_blank_runs

_MARGINS = (BlockKind.PAGE_HEADER, BlockKind.PAGE_FOOTER)
_ORDER = (BlockKind.FOOTNOTE, BlockKind.TEXT_BOX, BlockKind.PAGE_FOOTER)


def read(source: Source, limits: Limits) -> Iterable[Document]:
    """One document a file. Raises `Unreadable` if it is no rich text."""
    if b"\\" not in source.data or b"{" not in source.data[:4096]:
        raise Unreadable("This is not rich text. Save it again as .rtf or .docx.")
    walk = Walk(source.data.decode("latin-1"))
    walk.run()
    composer = Composer(limits.characters)
    composer.add(_of(walk, BlockKind.PAGE_HEADER))
    composer.add(without_blank_runs(walk.page.items))
    for kind in _ORDER:
        composer.add(_of(walk, kind))
    for page in (walk.page, *walk.others):
        composer.unseen(page.unseen)
    composer.unseen(line for item in _of(walk, BlockKind.COMMENT) if isinstance(line := item, Line))
    composer.unseen(
        Line(f"{label}: {value}", BlockKind.PROPERTY, (("property", label.lower()),))
        for label, value in walk.properties
    )
    text, blocks = composer.result()
    said = []
    if walk.objects:
        said.append(gaps.embedded(f"{walk.objects} embedded"))
    if walk.pictures:
        said.append(gaps.pictures(walk.pictures, blocks))
    if walk.lost_boxes:
        said.append(gaps.lost_boxes(source.name, walk.lost_boxes))
    if composer.full:
        said.append(gaps.too_long(source.name, limits.characters))
    yield Document(source.name, text, blocks, RTF, sha256=source.sha256, gaps=tuple(said))


def _of(walk: Walk, kind: BlockKind) -> Iterator[Item]:
    """What stands in the parts of one kind, without empty lines; headers and footers say the same thing once."""
    said: set[str] = set()
    for page in walk.others:
        words = "\n".join(line.text for line in page.lines()).strip()
        if page.kind is kind and words and not (kind in _MARGINS and words in said):
            said.add(words)
            yield from (item for item in page.items if isinstance(item, Table) or item.text.strip())
