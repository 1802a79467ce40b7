"""What travels unseen with a file: words under a black box, hidden or deleted words, comments, another person's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import Block, BlockKind, Severity, Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_SAYS_SOMETHING = compiled(r"\w{2}")
# The writer believes that it is gone, and sending it cannot be undone. Of words that were deleted or hidden a few are a slip, more tell something.
_GONE = {BlockKind.COVERED: 1, BlockKind.HIDDEN: 4, BlockKind.DELETED: 4}


def travels(draft: Draft, rule: Rule) -> Iterator[Match]:
    """One match a kind of unseen text, at its first place; the others are `related`.

    The rule's options give, for each kind, what is said of it (`said`) and what to do (`do`).
    """
    for kind, words in rule.matcher["options"].items():
        blocks = [b for b in draft.document.blocks_of(BlockKind(kind)) if _SAYS_SOMETHING.search(draft.words(b))]
        if blocks:
            first, *others = (Span(b.start, b.end) for b in blocks)
            yield Match(
                rule,
                first,
                {"said": words["said"].format(count=_counted(len(blocks)))},
                related=tuple(others),
                severity=Severity.STOP if _tells(draft, blocks) else None,
                suggestion=words["do"],
            )


def _tells(draft: Draft, blocks: list[Block]) -> bool:
    return any(block.kind in _GONE and len(draft.words(block).split()) >= _GONE[block.kind] for block in blocks)


def _counted(count: int) -> str:
    return "" if count == 1 else f" (in {count} places)"


_PEOPLE = (
    "title",
    "subject",
    "keywords",
    "comments",
    "category",
    "bookmark",
)  # properties that are about a case, not about an author


def another_case(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A name of a person in the file's title, subject or keywords who is nowhere in what the file shows."""
    shown = {
        word.lower() for b in draft.document.blocks if b.kind is not BlockKind.PROPERTY for word in _words(draft, b)
    }
    for block in draft.document.blocks_of(BlockKind.PROPERTY):
        if dict(block.where).get("property") not in _PEOPLE:
            continue
        for name in draft.names:
            inside = block.start <= name.span.start and name.span.end <= block.end
            if inside and not {word.lower() for word in name.words} & shown:
                yield Match(rule, name.span)
                break


def _words(draft: Draft, block: Block) -> list[str]:
    return re.findall(r"[^\W\d_]+", draft.words(block))
