"""Does the draft give a reason for telling a private fact, or does the form itself ask for it?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.model import Block, Span
from referral_lint.patterns import compiled
from referral_lint.understanding.needles import Sought

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_WORDS = facts("reasons.yaml")


def _any(*lists: list[str]) -> str:
    return "|".join(pattern for words in lists for pattern in words).replace("{WHY}", _WORDS["why"])


_NEXT = {name: _any(words) for name, words in _WORDS["next"].items()}
_OF_FAMILY = Sought(rf"(?i)\b(?:{_any(_WORDS['strong'], _WORDS['mild'])})\b")
_OF_OTHERS = Sought(rf"(?i)\b(?:{_any(_WORDS['strong'], _WORDS['of_others'])})\b")
_FOLLOWS = compiled(rf"(?i)\s*(?:{_NEXT['whole']}|(?:{_NEXT['opens']})\b[^.\n]{{0,80}}\b(?:{_NEXT['goes_on']})\b)")
# Words that give a reason and take it back: “this has no bearing on the case”, “not that it matters”.
_TAKEN_BACK = Sought(
    r"(?i)\b(?:no|not|nothing|never|hardly|neither|without|(?:is|are|was|has|have|does|do|did)n['’]?t)(?! (?:only|just|because)\b) (?:\w+ ){0,4}?"
    rf"(?:{_any(_WORDS['taken_back'])})\b"
)
_ASKS = compiled(rf"(?i){_any(_WORDS['form_asks'])}")
_ASKS_OF_OTHERS = compiled(rf"(?i){_any(_WORDS['form_asks_of_others'])}")


def is_explained(draft: Draft, sentence: Span, strictly: bool = False) -> bool:
    """Does a reason stand in the sentence, or begin the next? For outsiders a mere “so” is gossip going on."""
    reason = _OF_OTHERS if strictly else _OF_FAMILY
    if any(draft.has(reason, part) for part in _without_denials(draft, sentence)):
        return True
    following = draft.next_sentence(sentence)
    return (
        following is not None
        and not draft.has(_TAKEN_BACK, following)
        and _FOLLOWS.match(draft.text, following.start, following.end) is not None
    )


def _without_denials(draft: Draft, sentence: Span) -> Iterator[Span]:
    """The parts of a sentence between those that say that something does not matter."""
    start = sentence.start
    for denied in draft.searched.every(_TAKEN_BACK, *sentence):
        yield Span(start, denied.start())
        start = denied.end()
    yield Span(start, sentence.end)


def is_asked_for(draft: Draft, block: Block, who: str) -> bool:
    """Does the form itself ask for this kind of information? A question about the child asks nothing of the others."""
    question = draft.question_of(block)
    return _ASKS.search(question) is not None and (
        who in ("child", "adult") or _ASKS_OF_OTHERS.search(question) is not None
    )
