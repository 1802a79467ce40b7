"""The units in which a draft says something: a sentence, or one answer of a form together with its question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral_lint.model import Block, BlockKind, Span
from referral_lint.patterns import compiled
from referral_lint.understanding.blocks import is_own

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_TITLES = frozenset({BlockKind.HEADING, BlockKind.EMAIL_HEADER})
_BARE = compiled(r"(?i)\W*(?:part|section|question|q)?\W*\d*(?:\.\d+)?\W*")
_CUT = compiled(r"(?:(?<=[a-z\d)’'\"])[.!?;] +(?=[a-z“\"'A-Z])|(?<=[^\s])\n+)(?<!e\.g\. )(?<!i\.e\. )")
_SAME_LINE, _PARAGRAPH = compiled(r"[ \t\xa0]*\S"), compiled(r"\n[ \t\r]*\n")
_SUBJECT = compiled(r"(?i)subject\s*:\s*")
_BLANK = compiled(
    r"(?i)(?<!\w)__+(?!\w)|\[ ?(?:insert|add|enter|your|name|names|date|month|day|time|who|what|why|reason|address|school|team|service|agency"
    r"|(?:first|full|child['’]s|parent['’]s|mum['’]s|dad['’]s) (?:first |full )?name)\b[^\]\n]{0,40}\]|\[ ?(?:…|\.{2,}|\?+) ?\]"
    r"|\b(?:because|that|to|for|of|on|with|by) (?:…|\.{3})(?=\s*(?:[.,;]|$))"
)
_TO_SIGN = compiled(r"(?i)\b(?:sign\w*|signature|initials|received by|office|date)\b\W*(?:by\W*)?$")  # left for a pen


@dataclass(frozen=True, slots=True)
class Unit:
    """Something the writer says, with the printed words that it answers.

    `question` is the form's wording that it answers, "" outside forms; `heading` the title above it;
    `role` is "title", "answer", "option" or "prose"; `place` the share of the draft that stands before it, 0 to 1;
    `before` what was said just before it in the same block.
    """

    span: Span
    text: str
    question: str = ""
    heading: str = ""
    role: str = "prose"
    place: float = 0.0
    before: str = ""

    @property
    def unfilled(self) -> bool:
        """Is a word of it still to be filled in: “I told ____ on ____”? What it would say is not said yet."""
        return any(not _TO_SIGN.search(self.text, 0, found.start()) for found in _BLANK.finditer(self.text))


def of(draft: Draft) -> tuple[Unit, ...]:
    """The units of the writer's own words, in order. A question that nobody answered gives none."""
    return tuple(_units(draft))


def unanswered(draft: Draft) -> tuple[str, ...]:
    """The form's questions that nobody answered, in its printed words."""
    blocks = draft.document.blocks
    answered = {b.question for b in blocks if b.question is not None and is_own(b)}
    return tuple(
        draft.words(block)
        for index, block in enumerate(blocks)
        if block.kind is BlockKind.QUESTION and index not in answered
    )


def _units(draft: Draft) -> Iterator[Unit]:
    blocks, text = draft.document.blocks, draft.text
    heading, prompts, size = "", {}, max(1, len(text))
    for index, block in enumerate(blocks):
        words = text[block.start : block.end].strip()
        if block.kind in _TITLES:
            if block.kind is BlockKind.EMAIL_HEADER:
                subject = _SUBJECT.match(words)
                if subject is None:
                    continue
                words = words[subject.end() :]
            else:
                heading = words
            if words:
                start = text.index(words, block.start)
                yield Unit(Span(start, start + len(words)), words, role="title", place=block.start / size)
            continue
        if block.kind is BlockKind.QUESTION:
            prompts[index] = words
            continue
        if not is_own(block):
            continue
        question = "" if block.question is None or _is_beyond(text, blocks, block) else prompts.get(block.question, "")
        if question and _BARE.fullmatch(question) and len(words) < 80 and _is_prompt(block, blocks, index):
            prompts[block.question or 0] = f"{question} {words}"  # "Part 4:" and then its own title
            continue
        role = {BlockKind.ANSWER: "answer", BlockKind.OPTION: "option"}.get(block.kind, "prose")
        before = ""
        for sentence in draft.sentences_of(block):
            for clause in _clauses(text, sentence):
                said = text[clause.start : clause.end]
                yield Unit(clause, said, question, heading, role, clause.start / size, before)
                before = said


def _clauses(text: str, sentence: Span) -> Iterator[Span]:
    """A sentence as it stands, or the parts of one that runs on in small letters over full stops, lines or semicolons."""
    start = sentence.start
    if sentence.end - start > 90:
        for cut in _CUT.finditer(text, start, sentence.end):
            if cut.start() - start > 25 and sentence.end - cut.end() > 25:
                yield Span(start, cut.start() + 1)
                start = cut.end()
    yield Span(start, sentence.end)


def _is_beyond(text: str, blocks: tuple[Block, ...], block: Block) -> bool:
    """Does it stand in a paragraph of its own below an answer that began on its label's own line (“Why now: …”)?"""
    label = blocks[block.question or 0]
    begins_there = _SAME_LINE.match(text, label.end) is not None
    return (
        block.kind is BlockKind.ANSWER and begins_there and _PARAGRAPH.search(text, label.end, block.start) is not None
    )


def _is_prompt(block: Block, blocks: tuple[Block, ...], index: int) -> bool:
    """Does more of the answer to the same bare number follow this short line?"""
    return index + 1 < len(blocks) and blocks[index + 1].question == block.question
