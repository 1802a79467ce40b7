"""The copy line at the head or foot of a letter: “cc: Dr Amin; Mr D Foley”, and the lines that go on with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import BlockKind, Mailbox, Span
from referral_lint.patterns import compiled

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_LABEL = r"(?:(?:b?c\.?c|copy|copies|copied)\b\.?(?: sent)?(?: to)?[ \t]*[:–-]|c\.?c\.?[ \t]|cop(?:y|ies|ied)(?: sent)? to\b:?)"
_GOES_ON = r"(?:\n[ \t•*\d.)-]*(?!Dear|Yours|Enc|Re\b)[A-Z][^\n:.?!]{1,70}(?=\n|$)){0,8}"
_LINE = compiled(rf"(?m)^[ \t•*-]*(?i:{_LABEL})(?P<who>[^\n]{{0,160}}{_GOES_ON})")
# “Mr and Mrs Foley” are not parted: the surname is of both.
_ONE = compiled(r"(?:(?<=Mr) (?:and|&) |(?! and | & )[^;,\n])+")
_NOT_TO = compiled(r"(?i)\b(?:not|no|never|n['’]t|without|refused|withheld|except|instead)\b")
# “Mr Foley's solicitor” is not he; “Mum's partner” is one whom the letter may speak of.
_WHOSE = compiled(
    r"(?i)['’]s? (?!(?:new |ex-?|former )*(?:partner|husband|wife|boyfriend|girlfriend|mum|mother|dad|father|parents)\b)"
)
_OF = compiled(r"(?i)^.*['’]s? ")


def copied(draft: Draft) -> Iterator[tuple[Mailbox, Span]]:
    """Who is named on the copy lines that the writer put into the text itself."""
    for line in _LINE.finditer(draft.text):
        block = draft.document.block_at(line.start("who"))
        is_header = block is not None and block.kind is BlockKind.EMAIL_HEADER
        if is_header or _NOT_TO.search(line["who"]) or draft.is_quoted_offset(line.start("who")):
            continue
        for found in _ONE.finditer(draft.text, *line.span("who")):
            words = found[0].strip()
            if words and not _WHOSE.search(words):
                start = found.start() + found[0].index(words)
                yield Mailbox(_OF.sub("", words)), Span(start, start + len(words))
