"""Every abbreviation of a draft, once each, at its first use in the writer's own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral_lint.model import Block, BlockKind, Span
from referral_lint.patterns import compiled
from referral_lint.understanding.abbreviations import senses
from referral_lint.understanding.abbreviations.explained import Explained, glossary, is_short_for, where_explained
from referral_lint.understanding.abbreviations.forms import Form, candidates
from referral_lint.understanding.abbreviations.lists import Meaning

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_DATED = compiled(r"(?i)(?:date|sent):")
_OTHERS = frozenset({BlockKind.QUOTED, BlockKind.BANNER})  # earlier messages and disclaimers explain nothing


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """The first use of one abbreviation that counts."""

    span: Span
    form: str  # as the table knows it
    sort: str  # capitals | clinical | lower | section | system
    explained: Explained
    meanings: tuple[Meaning, ...]  # those that it can have here
    sure: bool = False  # the only one is certain enough to be put in for the writer


def find(draft: Draft) -> tuple[Abbreviation, ...]:
    uses: dict[str, list[Form]] = {}
    for form in candidates(draft):
        block = draft.document.block_at(form.span.start)
        if block is not None and block.kind not in _OTHERS:
            uses.setdefault(form.bare, []).append(form)
    return tuple(sorted(_first_uses(draft, uses), key=lambda a: a.span))


def _first_uses(draft: Draft, uses: dict[str, list[Form]]) -> Iterator[Abbreviation]:
    listed = glossary(draft.text)
    known = {word.upper() for word in draft.setting.known_words}
    for form, places in uses.items():
        own = [use for use in places if _is_written(draft, use)]
        if not own or form.upper() in known:
            continue
        spans = [use.span for use in places]
        in_body = [span for span in spans if _kind(draft, span) is not BlockKind.EMAIL_HEADER]
        first = own[0]
        # A subject line may be opened by the body, and a printed title by the first line of the writer's own.
        met = next((use.span for use in own if use.span in in_body), first.span)
        explained = where_explained(draft.text, form, in_body or spans, listed, met.start)
        sense = senses.of(draft, form, first.span)
        if explained is Explained.NOWHERE and _is_written_out_for(draft, form, sense):
            explained = Explained.IN_TIME
        yield Abbreviation(first.span, form, first.sort, explained, sense.meanings, sense.sure)


def _is_written_out_for(draft: Draft, form: str, sense: senses.Sense) -> bool:
    """Does the name of a reader, as the draft has it, stand for these letters: `To: Educational Psychology Service`, `Dear EP team`?"""
    meanings = [meaning.plain for meaning in sense.meanings]
    return any(is_short_for(form, party.name, meanings) for party in draft.recipients)


def _kind(draft: Draft, span: Span) -> BlockKind | None:
    block = draft.document.block_at(span.start)
    return block.kind if block else None


_NOBODYS = (BlockKind.PRINTED, BlockKind.PLACEHOLDER)


def _is_date_line(draft: Draft, block: Block) -> bool:
    return block.kind is BlockKind.EMAIL_HEADER and _DATED.match(draft.words(block)) is not None


def _is_written(draft: Draft, use: Form) -> bool:
    """The writer's own: no title, no printed question of a form, no box left empty, no time zone of a mail program."""
    block = draft.document.block_at(use.span.start)
    if block is None or block.ticked is False or block.kind in _NOBODYS:
        return False
    if _is_date_line(draft, block) or _sends_back(draft, use.span.start):
        return False
    if block.kind in (BlockKind.HEADING, BlockKind.QUESTION):
        return draft.kind != "form" and any(c.islower() for c in draft.words(block)) and len(draft.words(block)) > 24
    return True


_RETURN_TO = compiled(
    r"(?i)\W*(?:please )?(?:return|send)(?: (?:this |the )?(?:completed )?(?:form|request|referral))?(?: by e-?mail)? to\b"
)


def _sends_back(draft: Draft, at: int) -> bool:
    """In the line in which a form prints where it goes."""
    return _RETURN_TO.match(draft.text, draft.text.rfind("\n", 0, at) + 1, at) is not None
