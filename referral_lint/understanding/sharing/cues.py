"""Which words of a draft tell a private fact: the cues of private_facts.yaml, but not in names, quotations and denials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.model import Block, Span
from referral_lint.patterns import compiled
from referral_lint.understanding.lexicon import Lexicon
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.streets import STREET

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_WORDS = facts("private_facts.yaml")
_INNOCENT = ""  # the group of the everyday words in which a cue does not count
_NEGATED = compiled(
    r"(?i)\b(?:no|not|never|without|denies|denied|nothing|nor|neither|isn['’]?t|wasn['’]?t|hasn['’]?t|haven['’]?t|hadn['’]?t|doesn['’]?t)\b(?![^.;\n]*\b(?:but|and|either)\b)(?!(?<=not)\W\w+ [^.;]{0,25}\b(?:was|is|has|had)\b)[^.;:,\n]{0,40}$"
)
_LEFT_OUT = compiled(
    r"(?i)\b(?:leav(?:es?|ing)|left|kept|keep(?:s|ing)?) out\b[^.;\n]*$|\b(?:does|do|did|will)(?: not|n['’]t) (?:cover|include|mention)\b[^.;\n]*$"
)
_OF_A_PLACE = compiled(
    rf"(?i)\W{{1,3}}(?:(?!(?:at|in|to|from|the|and|by|for|her|his)\b)[\w'’]+ ){{0,2}}(?:{_WORDS['places']})\b"
)
_OF_A_STREET = compiled(rf"(?:['’]s)? (?:{STREET}|St|Rd)\b")
_CHECKED = compiled(r"(?i) (?:check|checks|bureau)\b")
_OF_A_HOUSE_OF_PRAYER = compiled(rf"\b[A-Z][\w'’]+ (?:{_WORDS['houses_of_prayer']})$")
_BEARS_A_NAME = compiled(_WORDS["bear_a_name"])


@dataclass(frozen=True, slots=True)
class Kind:
    """A group of private_facts.yaml.

    `needed_where`: a draft with these words needs the fact, whosever it is; `needed_if_asked`: a request with these
    words needs it, of the family.
    """

    category: str
    nature: str
    needed_where: Sought | None = None
    needed_if_asked: Sought | None = None


def found(draft: Draft, block: Block) -> Iterator[tuple[Kind, Span]]:
    """Every cue of the block that tells a private fact, in order."""
    lexicon, kinds = _lexicon()
    for group, cue in _cues(lexicon, draft.text, block):
        if not _is_other(draft, cue, kinds[group].category):
            yield kinds[group], cue


@cache
def _lexicon() -> tuple[Lexicon, dict[str, Kind]]:
    groups = _WORDS["groups"]
    cues = {name: entry["cues"].split("|") for name, entry in groups.items()}
    lexicon = Lexicon({_INNOCENT: _WORDS["innocent"].split("|"), **cues})
    return lexicon, {name: _kind(entry) for name, entry in groups.items()}


def _kind(entry: dict[str, str]) -> Kind:
    needed = (_sought(entry.get(key)) for key in ("needed_where", "needed_if_asked"))
    return Kind(entry["category"], entry["nature"], *needed)


def _sought(pattern: str | None) -> Sought | None:
    """The pattern may run over lines in the file; they are joined with a space before each |."""
    return Sought(pattern.replace(" |", "|").strip(), re.I) if pattern else None


def _cues(lexicon: Lexicon, text: str, block: Block) -> Iterator[tuple[str, Span]]:
    """Every cue of the block but those that end within words that tell nothing private: “in bed with flu”, “owing to the snow”."""
    every = list(lexicon.find(text, block.start, block.end))
    innocent = [span for group, span in every if group == _INNOCENT]
    for group, cue in every:
        if group != _INNOCENT and not any(s.start < cue.end <= s.end for s in innocent):
            yield group, cue


def _is_other(draft: Draft, cue: Span, category: str) -> bool:
    """Quoted words, names of places, and denials are no facts; but to have no leave to remain is one."""
    if (
        draft.is_quoted(cue)
        or _CHECKED.match(draft.text, cue.end)
        or _OF_A_PLACE.match(draft.text, cue.end, cue.end + 40)
        or _OF_A_STREET.match(draft.text, cue.end)
    ):
        return True
    named = any(n.span.start < cue.end and cue.start < n.span.end for n in draft.names_between(cue.start - 30, cue.end))
    if named and not _BEARS_A_NAME.match(draft.text, cue.start, cue.end):
        return True
    if _LEFT_OUT.search(draft.text, max(draft.sentence_at(cue.start).start, cue.start - 60), cue.start):
        return True
    if category == "religion" and _OF_A_HOUSE_OF_PRAYER.search(draft.text, max(0, cue.start - 20), cue.end):
        return True
    if category == "immigration":
        return False
    sentence = draft.sentence_at(cue.start)
    return _NEGATED.search(draft.text, max(sentence.start, cue.start - 60), cue.start) is not None
