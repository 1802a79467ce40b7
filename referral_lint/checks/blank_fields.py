"""A field of a form that nobody filled in: no answer, or boxes of which none is ticked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import Block, BlockKind, Span
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

# What a form may leave empty: equality monitoring, its own office's part, second lines of a name or an address.
_OPTIONAL = re.compile(
    r"(?i)\b(?:ethnic\w*|religion|sexual\w*|gender identity|optional|monitoring|office use|for (?:our|internal|official) use|received (?:by|on)"
    r"|reference|ref\b|e-?mail|fax|title|middle name|alias|known as|any other|anything else|other\b|further|details?\b|if (?:yes|no|so|not|other|applicable)"
    r"|signature|signed|part|section|additional|outcome of)|^(?:please|could|can|would|will|grateful|thank)\b"
)
# A label of a form with nothing behind it, which looks like a heading; the next field stands on the next line.
_LABEL = re.compile(
    r"(?i)\W*(?:name(?: of \w+)?|(?:\w+['’]s )?(?:full |first )?name|surname|gp(?: (?:name|practice|surgery))?|school(?:/\w+)?|nursery|address|date of birth|d\.?o\.?b\.?|"
    r"(?:contact |home )?(?:tele)?phone(?: number)?|mobile|nhs (?:no|number)|parents?(?:/carers?)?|mother|father|carers?|siblings?|language|health visitor|social worker)\s*[:?]\s*"
)
_FIELD = re.compile(r"[A-Z][\w'’ /()-]{1,40}[:?][ \t]*\S")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LIST = re.compile(r"(?i)\s*(?:[-*•]|\d+[.)])")
MOST = 8  # more empty fields than that are a form's second copy, not an oversight


def blank(draft: Draft, rule: Rule) -> Iterator[Match]:
    """One match for each question of a form that has neither an answer nor a ticked box."""
    if draft.kind != "form":
        return
    empty = [block for block in _unanswered(draft) if not _OPTIONAL.search(draft.words(block))]
    for block in empty[:MOST]:
        words = draft.words(block).rstrip(" :?|\n\t")
        yield Match(rule, Span(block.start, block.start + len(words)))


def _unanswered(draft: Draft) -> Iterator[Block]:
    blocks = draft.document.blocks
    answered = {b.question for b in blocks if b.question is not None and _is_answer(b, draft)}
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING and _is_bare_label(blocks, index, draft):
            yield block
        if block.kind is not BlockKind.QUESTION or index in answered:
            continue
        words = draft.words(block).strip()
        asks = words.endswith((":", "?", "|")) and _LETTERS.search(words) is not None
        if asks and not _heads_more(blocks, index, words):
            yield block


def _is_bare_label(blocks: tuple[Block, ...], index: int, draft: Draft) -> bool:
    """“GP:” with the next field of the form below it."""
    if index + 1 >= len(blocks) or not _LABEL.fullmatch(draft.words(blocks[index])):
        return False
    following = blocks[index + 1]
    return following.kind is BlockKind.QUESTION or _FIELD.match(draft.words(following)) is not None


def _is_answer(block: Block, draft: Draft) -> bool:
    if block.kind is BlockKind.OPTION:
        return block.ticked is True
    return bool(draft.words(block).strip(" _.-–…|\n\t"))


def _heads_more(blocks: tuple[Block, ...], index: int, words: str) -> bool:
    """A question in capitals or with a number, with other questions below it, is the title of its part."""
    following = blocks[index + 1].kind if index + 1 < len(blocks) else None
    is_title = (words.upper() == words and not _LABEL.fullmatch(words)) or _LIST.match(words) is not None
    return is_title and following in (BlockKind.QUESTION, BlockKind.LIST_ITEM, BlockKind.PARAGRAPH)
