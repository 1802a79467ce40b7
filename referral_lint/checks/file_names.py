"""Names of the family in the names of files, which travel and are stored unprotected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

from referral_lint.model import BlockKind, Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding import naming
from referral_lint.understanding.people.words import is_family, is_given, is_word

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_MENTIONED = compiled(r"(?i)(?<![\w/.@])[\w()'’-]{3,60}\.(?:docx?|pdf|xlsx?|rtf|odt|jpe?g|png)\b")
_WORD = compiled(r"[A-Z]?[a-z]{2,}|[A-Z]{3,}")  # JayBright.pdf is two


def name_in_attachment(draft: Draft, rule: Rule) -> Iterator[Match]:
    """Names of files, attached, spoken of or checked by themselves, that hold a name of the family."""
    known = naming.family_names(draft)
    yield from _attached(draft, rule, known)
    yield from _mentioned(draft, rule, known)
    yield from _its_own(draft, rule, known)


def _attached(draft: Draft, rule: Rule, known: frozenset[str]) -> Iterator[Match]:
    """A message that is careful to name nobody may still carry a full name here: that is found without being known."""
    for block in draft.document.blocks_of(BlockKind.FILE_NAME):
        words = _WORD.findall(draft.words(block))
        if _known(words, known) or _full_name(words, _on_the_message(draft)):
            yield Match(rule, Span(block.start, block.end))


def _mentioned(draft: Draft, rule: Rule, known: frozenset[str]) -> Iterator[Match]:
    for found in _MENTIONED.finditer(draft.text):
        hit = _known(re.findall(r"[A-Za-z]{3,}", found[0].replace("_", " ")), known)
        holder = draft.document.block_at(found.start())
        if hit and holder is not None and holder.kind is not BlockKind.FILE_NAME:
            start = draft.text.lower().index(hit, found.start())
            begin = draft.text.rfind(" ", found.start(), start) + 1 or found.start()
            yield Match(rule, Span(begin, found.end()))


def _its_own(draft: Draft, rule: Rule, known: frozenset[str]) -> Iterator[Match]:
    """The name of a file that is checked by itself; a saved email's is its subject's, and an attachment's is told above."""
    name = PurePath(draft.document.source).name
    alone = draft.document.envelope is None and draft.document.part in ("", "body")
    if alone and _known(_WORD.findall(PurePath(name).stem), known):
        yield Match(rule, None, {"name": name, "ending": PurePath(name).suffix})


def _known(words: list[str], known: frozenset[str]) -> str:
    return next((word.lower() for word in words if word.lower() in known and len(word) > 2), "")


def _full_name(words: list[str], theirs: frozenset[str]) -> bool:
    """A given and a family name side by side that are not those of who writes or reads."""
    return any(
        is_given(first) and (is_family(last) or is_given(last)) and not is_word(first) and not is_word(last)
        for first, last in pairwise(words)
        if not {first.lower(), last.lower()} & theirs
    )


def _on_the_message(draft: Draft) -> frozenset[str]:
    envelope = draft.document.envelope
    if envelope is None:
        return frozenset()
    boxes = (*envelope.recipients, *([envelope.sender] if envelope.sender else []))
    return frozenset(word for box in boxes for word in re.findall(r"\w+", f"{box.name} {box.address}".lower()))
