"""What readers of laid-out documents say of what they could not check."""

from __future__ import annotations

from collections.abc import Iterable

from referral_lint.model import Block, Gap, written

PROTECTED = "The file is protected with a password, so nothing in it was checked."
LITTLE_TEXT = 40  # characters: with no more than this and pictures, the pictures are the document


def embedded(what: str) -> Gap:
    """A file inside the document."""
    return Gap(what, "A file inside the document was not checked. Open it there and read it before you send.")


LOOK = "Look at it yourself before you send."
TYPED = "If it is a scan of something typed, check and send the typed file instead."


def pictures(count: int, blocks: Iterable[Block], pages: int = 0) -> Gap:
    """Pictures; only a note where there is text beside them (a logo on a letter) and none is as large as a page."""
    what = "1 picture" if count == 1 else f"{count} pictures"
    why = f"Words inside a picture were not checked. {LOOK}"
    beside = not pages and written(blocks) > LITTLE_TEXT
    return Gap(what, why if beside else f"{why} {TYPED}", note=beside)


def too_deep(name: str) -> Gap:
    """Tables nested beyond the limit."""
    return Gap(name, "Some text is in tables inside tables inside tables, too deep to be read. Make it simpler.")


def too_much(name: str) -> Gap:
    """Rows and cells beyond the limit, or repeated without end."""
    return Gap(
        name, "The document has very many rows or cells, and only the first of them were checked. Send it in parts."
    )


def damaged(name: str) -> Gap:
    """A part of the file that could be read only up to a fault."""
    return Gap(name, "The file is damaged, so some words may be missing here. Save it again and check that.")


def too_long(name: str, characters: int) -> Gap:
    """A text beyond the limit of characters."""
    return Gap(name, f"Only the first {characters:,} characters were checked: the document is very long.")


def lost_boxes(name: str, count: int) -> Gap:
    """Tick boxes of which the file does not say whether they are ticked."""
    which = "its tick box is" if count == 1 else f"its {count} tick boxes are"
    why = "Say it in words there, or save the form as .docx or .odt, and check that."
    return Gap(name, f"The file does not say whether {which} ticked, so that was not checked. {why}")
