"""What the text says is attached, and what is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.numbers import number
from referral_lint.model import BlockKind, Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

# Not the attachment between a child and a parent.
_ATTACHED = compiled(
    r"(?i)(?<!secure )(?<!insecure )(?<!good )(?<!strong )(?<!close )(?<!warm )(?<!poor )(?<!emotionally )(?<!very )"
    r"\b(?:please find )?(?P<w>attach(?:ed|ing)?(?! to (?!th(?:is|e) (?:e-?mail|message)\b))|(?:in the |as an |see |my |our )attachments?|enclos(?:ed?|ing))\b"
    r"(?! (?:to (?:his|her|their|mum|mam|dad|the (?:baby|child)|[A-Z])|issues?|disorders?|styles?|difficult\w+|figures?|behaviours?))"
)
_LISTED = compiled(r"(?im)^attachments?[ \t]*:[ \t]*(?P<files>[^\n]*)")
_NONE = compiled(r"(?i)\s*(?:none|nil|no|0|-|–|n/a)?\s*")
_FILE = r"(?:attachment|document|file|report|letter|form|photo|plan|chronology)"
_COUNTED = compiled(
    rf"(?i)\b(?P<n>two|three|four|five|six|[2-6]) (?:\w+ ){{0,2}}{_FILE}s\b[^.\n]{{0,20}}\battached|\battach(?:ed|ing)?(?: are)?(?: the)? (?P<n2>two|three|four|five|six|[2-6]) (?:\w+ ){{0,2}}{_FILE}s\b"
)
# Whatever could be meant by a file that goes with the message.
_SPOKEN_OF = compiled(
    r"(?i)\b(?:attach\w*|enclos\w+|please find|here (?:is|are)|see the|copy|copies|files?|documents?|forms?|reports?|letters?|plans?|photos?|pictures?|scans?|notes?|lists?|minutes|chronolog\w+|assessments?|charts?|certificates?|referrals?|spreadsheets?|pdf|forward\w*|fwd?)\b"
)


def attachments(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Attached” with nothing attached, another number than the text says, or a file of which the text says nothing.

    Silent where the files are not known.
    """
    files = _files(draft)
    if files is None:
        return
    for block in draft.own_blocks():
        counted = _COUNTED.search(draft.text, block.start, block.end)
        if counted and files:
            said = number(counted["n"] or counted["n2"])
            if said != files:
                yield Match(rule, Span(*counted.span()))
                return
        found = _ATTACHED.search(draft.text, block.start, block.end)
        if found and not files:
            yield Match(rule, Span(*found.span("w")))
            return
    if files:
        yield from _unspoken(draft, rule)


def _unspoken(draft: Draft, rule: Rule) -> Iterator[Match]:
    """The first file of a message whose own words speak of none."""
    named = next(draft.document.blocks_of(BlockKind.FILE_NAME), None)
    envelope = draft.document.envelope
    own = [draft.words(block) for block in draft.own_blocks()]
    if named is None or envelope is None or not any(re.search(r"\w", words) for words in own):
        return
    if not any(_SPOKEN_OF.search(words) for words in (envelope.subject, *own)):
        yield Match(rule, Span(named.start, named.end), suggestion=_NAME_IT)


_NAME_IT = "The text says nothing of this file: open it, see that it is the right one, and say what it is."


def _files(draft: Draft) -> int | None:
    """How many files go with the message; None where nobody can tell."""
    listed = _LISTED.search(draft.text[:3000])
    if listed:
        return (
            0 if _NONE.fullmatch(listed["files"]) else len([f for f in re.split(r"[;,]", listed["files"]) if f.strip()])
        )
    if draft.document.envelope is not None and draft.document.media_type != "text/plain":
        return len(draft.document.envelope.attachments)
    return None
