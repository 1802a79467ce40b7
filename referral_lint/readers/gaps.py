"""What readers of laid-out documents say of what they could not check."""

from __future__ import annotations

from referral_lint.model import Gap

PROTECTED = "The file is protected with a password, so nothing in it was checked."
_LITTLE_TEXT = 40  # characters: with no more than this and pictures, the pictures are the document


def embedded(what: str) -> Gap:
    """A file inside the document."""
    return Gap(what, "A file inside the document was not checked. Open it there and read it before you send.")


def pictures(count: int, seen: int) -> Gap:
    """Pictures; only a note where there are `seen` characters of text beside them (a logo on a letter)."""
    what = "1 picture" if count == 1 else f"{count} pictures"
    why = "Words inside a picture were not checked. Look at it yourself before you send."
    return Gap(what, why, note=seen > _LITTLE_TEXT)


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
