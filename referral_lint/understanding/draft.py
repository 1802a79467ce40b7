"""The draft as the rules see it. Each part is found once, when a rule first asks for it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from referral_lint.model import Block, Document, Party, Person, Purpose, Sharing, Span, Statement
from referral_lint.understanding import (
    agencies,
    dates,
    day_written,
    harm_done,
    introduced,
    kind,
    naming,
    people,
    purposes,
    quotes,
    sentences,
    sharing,
    telling,
    urgency,
    vocabulary,
    wording,
)
from referral_lint.understanding import statements as saying
from referral_lint.understanding.abbreviations import find as abbreviations
from referral_lint.understanding.blocks import is_own
from referral_lint.understanding.needles import Searched, Sought
from referral_lint.understanding.purposes import places, signs
from referral_lint.understanding.purposes.places import Places
from referral_lint.understanding.saying import reading, units
from referral_lint.understanding.saying.features import Heard
from referral_lint.understanding.saying.reading import Reading
from referral_lint.understanding.saying.units import Unit
from referral_lint.understanding.setting import Setting

if TYPE_CHECKING:
    from referral_lint.language import Text


class Draft:
    """A document, what the pipeline finds in it, and what is understood of it. `doc.text == document.text`."""

    def __init__(self, document: Document, doc: Text, setting: Setting) -> None:
        self.document, self.doc, self.setting = document, doc, setting
        self.text = document.text

    @cached_property
    def searched(self) -> Searched:
        """The text, to look for patterns in."""
        return Searched(self.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences, within blocks, in order."""
        return tuple(sentences.of(self.document))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds `offset`; an empty span there if none does."""
        i = bisect_right(self._sentence_starts, offset) - 1
        if i >= 0 and offset < max(self.sentences[i].end, self.sentences[i].start + 1):
            return self.sentences[i]
        return Span(offset, offset)

    def next_sentence(self, sentence: Span) -> Span | None:
        """The sentence after this one in the same block."""
        i = bisect_right(self._sentence_starts, sentence.start)
        if i < len(self.sentences):
            block = self.document.block_at(sentence.start)
            if block is not None and self.sentences[i].start < block.end:
                return self.sentences[i]
        return None

    def around(self, span: Span, beside: int) -> Span:
        """The sentences that hold the span, with so many before and after them, in whatever block."""
        first = max(0, bisect_right(self._sentence_starts, span.start) - 1 - beside)
        last = min(len(self.sentences), bisect_left(self._sentence_starts, span.end) + beside)
        return Span(self.sentences[first].start, self.sentences[last - 1].end) if self.sentences else span

    @cached_property
    def word_places(self) -> Mapping[str, list[int]]:
        """Every word, small and without apostrophes, and the offsets at which it begins."""
        return vocabulary.places(self.text)

    @cached_property
    def _words_by_sentence(self) -> dict[int, frozenset[str]]:
        return {}

    def words_of(self, sentence: Span) -> frozenset[str]:
        """The plain words of a sentence; of one with an apostrophe also what stands before it."""
        known = self._words_by_sentence
        if sentence.start not in known:
            known[sentence.start] = frozenset(vocabulary.words(self.text, sentence))
        return known[sentence.start]

    def words(self, span: Span | Block) -> str:
        return self.text[span.start : span.end]

    def line_at(self, offset: int) -> Span:
        """The line on which `offset` stands, without its end."""
        end = self.text.find("\n", offset)
        return Span(self.text.rfind("\n", 0, offset) + 1, end if end >= 0 else len(self.text))

    def question_of(self, block: Block | None) -> str:
        """The printed question that a block answers; empty if it answers none."""
        asked = block.question if block is not None else None
        return self.words(self.document.blocks[asked]) if asked is not None else ""

    def sentences_of(self, block: Block) -> tuple[Span, ...]:
        """The sentences inside a block, in order."""
        first = bisect_left(self._sentence_starts, block.start)
        return self.sentences[first : bisect_left(self._sentence_starts, block.end, first)]

    def own_blocks(self) -> Iterator[Block]:
        """Blocks that the writer wrote for the recipient: no printed wording, no earlier messages, nothing unseen."""
        return (b for b in self.document.blocks if is_own(b))

    @cached_property
    def _own_spans(self) -> tuple[list[int], list[int]]:
        blocks = list(self.own_blocks())
        return [b.start for b in blocks], [b.end for b in blocks]

    def is_own_offset(self, offset: int) -> bool:
        """Does the character at `offset` stand in a block of the writer's own?"""
        starts, ends = self._own_spans
        i = bisect_right(starts, offset) - 1
        return i >= 0 and offset < ends[i]

    def is_own_block(self, block: Block) -> bool:
        return is_own(block)

    @cached_property
    def kind(self) -> str:
        """email | letter | form | note"""
        return self.setting.kind or kind.of(self.document)

    @cached_property
    def asks_in_general(self) -> bool:
        """Does it say, or was it said of it, that it names nobody?"""
        return self.setting.mode == "no-names" or (not self.setting.mode and kind.asks_in_general(self.document))

    @cached_property
    def mode(self) -> str:
        """named | no-names: an enquiry may be one without saying so, but not if it names somebody in full."""
        if self.setting.mode:
            return self.setting.mode
        asks = [purpose.id for purpose in self.purposes[:1]] == ["no_names_consultation"]
        return "no-names" if self.asks_in_general or (asks and not naming.in_full(self)) else "named"

    @cached_property
    def dated(self) -> date | None:
        """The date that the draft itself carries, if any."""
        return day_written.of_draft(self.document, self.setting.today)

    @cached_property
    def has_day(self) -> bool:
        """Does it give a day at its head by which “yesterday” can be placed, its own or that of a visit?"""
        return day_written.has_day(self.document, self.setting.today)

    @property
    def date(self) -> date:
        """The day on which the draft is to be read: its own date, else today."""
        return self.dated or self.setting.today

    @cached_property
    def dates(self) -> tuple[dates.Dated, ...]:
        """Every date in the text, in order."""
        return tuple(dates.all_in(self.text, today=self.date))

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        """Stretches inside quotation marks, in order."""
        return tuple(quotes.of(self.document))

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [quotation.start for quotation in self.quotations]

    def _quotation_at(self, offset: int) -> Span | None:
        i = bisect_right(self._quotation_starts, offset) - 1
        return self.quotations[i] if i >= 0 and offset < self.quotations[i].end else None

    def is_quoted_offset(self, offset: int) -> bool:
        return self._quotation_at(offset) is not None

    def is_quoted(self, span: Span) -> bool:
        quotation = self._quotation_at(span.start)
        return quotation is not None and span.end <= quotation.end

    @cached_property
    def sender(self) -> Party | None:
        return agencies.sender(self)

    @cached_property
    def recipients(self) -> tuple[Party, ...]:
        return agencies.recipients(self)

    @cached_property
    def purposes(self) -> tuple[Purpose, ...]:
        """What the draft is for; the main purpose first; empty if none was found."""
        return purposes.find(self)

    @cached_property
    def is_for_an_adult(self) -> bool:
        """Is it an adult's own matter, by what it is for?"""
        return any(purpose.id in purposes.ABOUT_AN_ADULT for purpose in self.purposes)

    @cached_property
    def is_calm(self) -> bool:
        """Does it tell of no harm, and of no uneasiness?"""
        return signs.is_calm(self, self.places)

    @cached_property
    def harm_is_told(self) -> bool:
        """Does the writer tell that somebody hurts another?"""
        return next(harm_done.hurts(self), None) is not None

    @cached_property
    def may_tell_of_harm(self) -> bool:
        """Does the writer tell of harm of any kind, or come near to telling of danger?"""
        return self.may_be_in_danger or harm_done.is_told(self)

    @cached_property
    def places(self) -> Places:
        """Where it names its reader, says what it is, and asks."""
        return places.of(self)

    @cached_property
    def names(self) -> tuple[people.Name, ...]:
        """Every name of a person as it stands, in order."""
        return people.find_names(self)

    @cached_property
    def _name_starts(self) -> list[int]:
        return [name.span.start for name in self.names]

    def names_between(self, start: int, end: int) -> tuple[people.Name, ...]:
        """The names that begin at `start` or behind it and before `end`, in order."""
        starts = self._name_starts
        return self.names[bisect_left(starts, start) : bisect_left(starts, end)]

    @cached_property
    def introduced(self) -> dict[str, str]:
        """First word of a name -> role, from how the draft introduces people."""
        return introduced.names(self.text, self.date)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        return people.find(self)

    def person_at(self, mention: Span) -> Person | None:
        """Whose mention begins where this one does."""
        return next((p for p in self.people if any(m.start == mention.start for m in p.mentions)), None)

    @cached_property
    def abbreviations(self) -> tuple[abbreviations.Abbreviation, ...]:
        """Each abbreviation at its first use, explained or not."""
        return abbreviations.find(self)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """What the writer says, unit by unit; see saying/units.py."""
        return units.of(self)

    @cached_property
    def heard(self) -> Heard:
        """Cuts what the units say into words and classes, each text once; see saying/features.py."""
        return Heard()

    @cached_property
    def wording(self) -> wording.Reading:
        """How likely each word is to hide, to judge or to be a term of the trade."""
        return wording.read(self)

    @cached_property
    def urgent(self) -> bool:
        """Does the text itself show that somebody is in immediate danger?"""
        return urgency.is_urgent(self)

    @cached_property
    def danger_odds(self) -> float:
        """How strongly it tells of danger now; see urgency.py."""
        return urgency.odds(self)

    @cached_property
    def may_be_in_danger(self) -> bool:
        """Does it show immediate danger, or come near to it?"""
        return urgency.is_near(self)

    @cached_property
    def _dangers(self) -> tuple[Span, ...]:
        return urgency.telling(self) if self.may_be_in_danger else ()

    def is_of_danger(self, span: Span) -> bool:
        """Do the words stand in a sentence that tells of a danger which may be now, or, where it is plain, in one beside it?"""
        around = self.around(span, beside=1 if self.in_danger else 0)
        return any(told.start < around.end and around.start < told.end for told in self._dangers)

    @property
    def in_danger(self) -> bool:
        """Does it, or what goes with it, show immediate danger?"""
        return self.urgent or self.setting.danger

    @cached_property
    def reading(self) -> Reading:
        """What the units come to, before it is asked which of the statements this draft needs."""
        return reading.read(self)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return saying.find(self)

    def statement(self, name: str) -> Statement:
        return next(s for s in self.statements if s.name == name)

    @cached_property
    def private_facts(self) -> tuple[sharing.Fact, ...]:
        return sharing.private_facts(self)

    @cached_property
    def tells(self) -> bool:
        """Does it, or what goes with it, tell something of a person or a family?"""
        return telling.tells(self)

    @cached_property
    def sharing(self) -> tuple[Sharing, ...]:
        return sharing.find(self)

    def has(self, pattern: Sought | re.Pattern[str], span: Span) -> bool:
        """Does the pattern occur inside the span?"""
        if isinstance(pattern, Sought):
            return self.searched.first(pattern, *span) is not None
        return pattern.search(self.text, *span) is not None
