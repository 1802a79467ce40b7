"""A line of the draft with the words in question underlined, as wide as they are on the screen."""

from __future__ import annotations

import unicodedata

from referral_lint.model import Document, Span


def excerpt(document: Document, span: Span, width: int) -> tuple[str, str, str]:
    """The line that holds the start of the span, in three pieces: before, the words, after.

    `width` screen columns at the most: what does not fit is cut from the ends and shown as an ellipsis.
    """
    first = document.text.rfind("\n", 0, span.start) + 1
    last = document.text.find("\n", span.start)
    last = len(document.text) if last < 0 else last
    # Never more than a screen can show is looked at: a "line" can be a whole document.
    words, cut = _fitted(_shown(document.text[span.start : min(span.end, last)][: width + 1]), max(width - 2, 1))
    room = max(width - columns(words) - 2, 0)
    before = _shown(document.text[max(first, span.start - room - 1) : span.start]).lstrip()
    after = _shown(document.text[span.end : last][: room + 1]).rstrip()
    # A third of the room is for what follows; what one side does not need, the other may have.
    after, cut_after = _fitted(after, max(room // 3, room - columns(before) - 1))
    before, cut_before = _fitted(before[::-1], max(room - columns(after) - 1, 0))
    return (
        ("…" if cut_before else "") + before[::-1],
        words + ("…" if cut or span.end > last else ""),
        after + ("…" if cut_after else ""),
    )


def columns(text: str) -> int:
    """How many columns of a screen the text takes."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _fitted(text: str, room: int) -> tuple[str, bool]:
    """As much of the text as fits, and whether something was left out."""
    taken = 0
    for at, char in enumerate(text):
        taken += _columns(char)
        if taken > room:
            return text[:at], True
    return text, False


def _shown(text: str) -> str:
    """One character for one: what a terminal would obey, a tab or a line break becomes a space."""
    return "".join(c if c.isprintable() else " " for c in text)
