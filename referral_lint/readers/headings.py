"""Which lines are titles, and whether a text is a filled-in form: what its lines look like beside each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from referral_lint.patterns import compiled
from referral_lint.readers.lines import NUMBER, is_label, split_line

BULLET = compiled(rf"(?:[-–—*•·‣◦▪▫●○■✓➢➤»]|o(?=[ \t]{{1,9}}[A-Z])|{NUMBER})[ \t]+(?=\S)")
BAR = compiled(r"(?<!\S)\|(?!\S)")
_NUMBERED = compiled(
    rf"(?:{NUMBER}|(?:SECTION|Section|PART|Part|Box|BOX)\s+\w{{1,3}}\b[ :.\-–—]*"
    r"|\d{1,2}(?=[ ]\||[ ]{2}|\t)(?:[ ]\|)?)[ \t]*"
)
GREETING = compiled(
    r"(?:dear|hi|hiya|hello|hey|good (?:morning|afternoon|evening)|morning|afternoon|evening|to whom|annwyl|bore da)\b",
    re.I,
)
_REFERENCE = compiled(r"(?:re|ref|fao)\b", re.I)
_MODAL = compiled(r"(?:can|could|will|would|may|if|is|are|do)\b", re.I)


def looks_like_form(lines: Sequence[str], *, letter: bool = False) -> bool:
    """Whether so many lines are labels, tick boxes and questions that the text must be a filled-in form."""
    strong = every = 0
    wraps = False  # whether a line may be the rest of the sentence above
    for i, line in enumerate(lines):
        formal = bool(line) and _is_form_line(lines, i)
        strong += formal
        every += bool(line) and (formal or not wraps)
        wraps = len(line) >= 60 and not formal
    letter = letter or any(len(line) < 60 and GREETING.match(line) for line in [one for one in lines if one][:12])
    return strong >= 5 and strong * (2 if letter else 4) >= every


def _is_form_line(lines: Sequence[str], i: int) -> bool:
    line = lines[i]
    if split_line(line) or is_pairs(line):
        return True
    return len(line) < 120 and (line.endswith("?") or _is_numbered_title(lines, i))


def _is_numbered_title(lines: Sequence[str], i: int) -> bool:
    """Whether line `i` is a numbered title or question, not one of a list of things somebody wrote down."""
    found = _NUMBERED.match(lines[i])
    if not found or lines[i].endswith((".", ",", ";")):
        return False
    words = lines[i][found.end() :]
    return not words[:1].islower() and not (_in_list(lines, i) and not words.endswith(("?", ":")) and len(words) > 40)


def is_pairs(line: str) -> bool:
    """Whether a table row is `label | value`, once or several times over."""
    cells = [cell.strip() for cell in BAR.split(line.strip().strip("|"))]
    return len(cells) % 2 == 0 and all(is_label(words.rstrip(":"), 5) for words in cells[::2])


def is_heading(lines: Sequence[str], i: int, form: bool) -> bool:
    """Whether line `i` is a title. `lines` are without the space at their ends, blank between paragraphs."""
    text, following = lines[i], lines[i + 1] if i + 1 < len(lines) else ""
    if not _may_be_title(text) or following[:1].islower():
        return False
    if text.endswith("?"):
        return form
    number = _NUMBERED.match(text)
    words = text[number.end() :] if number else text
    if not words or len(words.split()) > 12:
        return False
    if number and (_is_numbered_title(lines, i) if form else following and not _in_list(lines, i)):
        return not words[:1].islower() and (len(words) > 3 or " " in words)
    if _shouted(words) and ("," not in text or len(words.split()) >= 5):
        return (len(words) > 3 or " " in words) and (form or not re.search(r"\d", text))
    if text.endswith(":"):
        return bool(following) and is_label(text[:-1]) and (form or not _MODAL.match(text))
    return _titled(lines, i, form)


def _may_be_title(text: str) -> bool:
    if not text or len(text) > 100 or text[0] in "\"“‘'" or text.endswith((".", ",", ";", "!")):
        return False
    return not (GREETING.match(text) or _REFERENCE.match(text))


def _in_list(lines: Sequence[str], i: int) -> bool:
    """Whether this is one of a run of numbered lines: a list, not section titles."""
    return any(BULLET.match(lines[j]) for j in (i - 1, i + 1) if 0 <= j < len(lines))


def _titled(lines: Sequence[str], i: int, form: bool) -> bool:
    """A short line in ordinary letters that opens a paragraph."""
    text, following = lines[i], lines[i + 1] if i + 1 < len(lines) else ""
    if (i and lines[i - 1]) or BULLET.match(text) or not text[0].isupper() or re.search(r"\d|,", text):
        return False
    words = len(text.split())
    if words > 7 or (words == 1 and not any(lines[max(0, i - 3) : i])):
        return False
    return bool(following) and (form or _is_long(following) or bool(BULLET.match(following)))


def _shouted(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def _is_long(line: str) -> bool:
    return len(line) >= 60 or line.endswith((".", ";"))
