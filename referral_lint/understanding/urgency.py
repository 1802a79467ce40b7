"""Does the text itself show that somebody is in immediate danger, now or today?

Better once too often than once too seldom: an urgent draft is shown its findings below the line about 999 and is never held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import BlockKind, Span
from referral_lint.patterns import compiled
from referral_lint.understanding import danger
from referral_lint.understanding.blocks import is_own
from referral_lint.understanding.danger import ordinary, plain, signs
from referral_lint.understanding.saying.units import Unit

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

LIMIT = -2.3  # the odds above which a draft is urgent
NEAR = (
    1.0  # how much lower the odds may be of a draft in which somebody may be in danger, though it is not called urgent
)
TICKED = 0.8  # how much lower they may be where a box says “now”
DENIED = (
    0.4  # how much higher they must be where a box says that nobody is in immediate danger; more would silence some
)
_NOW = compiled(
    r"(?i)\W*(?:x\W+)?(?:now|immediate(?:ly)?|emergency|today|tonight|same day|within (?:\d|one|two|four|a few) hours?)\s*(?:$|[-–—:;,.(\[])"
)


# A form's own question, and an answer that says it: “Immediate or not? Immediate, because …”.
_ASKED_NOW = compiled(
    r"(?i)\b(?:immediate(?:ly)?|imminent)\b(?! (?:famil|relativ|action|need|next))|\b(?:danger|at risk|unsafe|harm) (?:right )?(?:now|today|tonight)\b"
)
_SAID_NOW = compiled(
    r"(?i)\W*(?:x\W+)?(?:yes|immediate(?:ly)?|imminent|now|today|tonight)\b(?!\W*(?:or |and )?(?:no|not|[-/|] ?no)\b)(?!\W{0,3}\[)"
    r"(?!\W*(?:(?:please )?(?:ring|call|dial|phone|contact) (?:999|the police|the emergency)|go to|complete|tick)\b)"  # printed advice
)
# A question after the danger itself, not after what was done about it, and a box that says “No” to it.
_ASKED_DANGER = compiled(
    r"(?i)(?:\b(?:in|at|of) (?:an? |any )?|\A\W*(?:\d+\W+)?(?:any )?)(?:immediate|imminent) (?:danger|risk|harm)\b"
    r"|\b(?:in danger|at risk|unsafe) (?:right )?(?:now|today|tonight)\b"
)
_ABOUT_IT = compiled(
    r"(?i)\b(?:safe|safety|free|police|999|protect\w*|prevent\w*|reduc\w*|report\w*|informed|told|called|steps|taken|done|plan)\b"
)
_SAID_NO = compiled(r"(?i)\W*(?:x\W+)?no\b(?!\W+(?:one|t|information|answer|idea|contact)\b)")
_BEFORE = 2000  # characters before an answer in which its question is looked for
_ONE_LINE = 120  # characters in which a question and its answer may stand


def is_urgent(draft: Draft) -> bool:
    """True if a few sentences that stand together tell of danger now strongly enough, or a form's question after it is answered so."""
    if answers_now(draft) or plain.is_said(weighed(draft), draft.heard):
        return True
    return draft.danger_odds > _limit(draft)


def odds(draft: Draft) -> float:
    """How strongly the writer's own words tell of danger now, as the logarithm of the odds."""
    return danger.odds(weighed(draft), draft.heard)


def is_near(draft: Draft) -> bool:
    """Is it urgent, or not far from it? Where that is so, better no question too many."""
    return draft.in_danger or draft.danger_odds > _limit(draft) - NEAR


def telling(draft: Draft) -> tuple[Span, ...]:
    """The sentences that tell of the danger in a draft which does, or nearly. Of earlier messages, too; not of what is printed."""
    said = [sentence for sentence in draft.sentences if _is_said(draft, sentence)]
    found = [signs.of(Unit(sentence, draft.words(sentence)), draft.heard) for sentence in said]
    return tuple(said[i] for i in signs.telling(found))


def _is_said(draft: Draft, sentence: Span) -> bool:
    block = draft.document.block_at(sentence.start)
    return block is not None and (is_own(block) or block.kind is BlockKind.QUOTED)


def _limit(draft: Draft) -> float:
    """What is ticked shifts the limit a little; danger that is told plainly is beyond it either way."""
    if says_now(draft):
        return LIMIT - TICKED
    return LIMIT + DENIED * denies_now(draft)


def answers_now(draft: Draft) -> bool:
    """Did the writer answer that the danger is immediate?"""
    return any(_ASKED_NOW.search(asked) and _SAID_NOW.match(said) for asked, said in _answers(draft))


def _answers(draft: Draft) -> Iterator[tuple[str, str]]:
    """Questions and what is answered, also where both stand in one line."""
    for unit in draft.units:
        if unit.question and "?" not in _between(draft.text, unit):
            yield unit.question, unit.text
        if unit.before.rstrip().endswith("?"):
            yield re.split(r"[?.!\n]", unit.before.rstrip()[:-1])[-1][-_ONE_LINE:], unit.text
        asked, mark, said = unit.text[:_ONE_LINE].partition("?")
        if mark:
            yield asked, said


def _between(text: str, unit: Unit) -> str:
    """What stands between a question and its answer: another question, where columns were read as one line."""
    asked = text.rfind(unit.question, max(0, unit.span.start - _BEFORE), unit.span.start)
    return text[asked + len(unit.question) : unit.span.start] if asked >= 0 else ""


def says_now(draft: Draft) -> bool:
    """Did the writer tick that something is needed now, or today?"""
    return any(
        block.ticked and _NOW.match(draft.text, block.start, block.end)
        for block in draft.document.blocks_of(BlockKind.OPTION)
    )


def denies_now(draft: Draft) -> bool:
    """Did the writer tick “No” where the form asks whether somebody is in immediate danger?"""
    blocks = draft.document.blocks
    return any(
        block.ticked
        and block.question is not None
        and _SAID_NO.match(draft.text, block.start, block.end)
        and _asks_after_danger(draft.words(blocks[block.question]))
        for block in draft.document.blocks_of(BlockKind.OPTION)
    )


def _asks_after_danger(question: str) -> bool:
    return bool(_ASKED_DANGER.search(question)) and not _ABOUT_IT.search(question)


def spoken(draft: Draft) -> list[Unit]:
    """What the writer says, without titles, subject lines and the words of others in quotation marks."""
    return [unit for unit in draft.units if unit.role != "title" and not draft.is_quoted(unit.span)]


def weighed(draft: Draft) -> list[Unit]:
    """What is said, without what sounds like danger and is none."""
    return ordinary.without(spoken(draft), draft.heard)
