"""Whether a place lies inside a date or a quotation, found by halving, is what looking at each of them says."""

from dataclasses import replace

import numpy as np
import spacy
from hypothesis import given
from hypothesis import strategies as st

from referral_lint.model import Block, BlockKind, Mention, Person, Source, Span
from referral_lint.readers import read
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.setting import Setting
from referral_lint.understanding.wording import tokens

NLP = spacy.blank("en")
PIECES = ("on 3 May 2024", "3/10", "“not now”", '"yes"', "he said", "‘later’", ".", "\n\n", "March 2023")


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
def test_inside_a_date_or_a_quotation(pieces):
    (document,) = read(Source("draft.txt", ("Hello. " + " ".join(pieces)).encode(), "text/plain"))
    draft = Draft(document, NLP(document.text), Setting())
    dates = [date.span for date in draft.dates]
    offsets = np.arange(len(document.text) + 1)
    in_date, in_quotation = tokens.inside(offsets, dates), tokens.inside(offsets, draft.quotations)
    for offset in offsets.tolist():
        assert in_date[offset] == any(start <= offset < end for start, end in dates)
        assert in_quotation[offset] == draft.is_quoted_offset(offset)
        assert draft.is_quoted_offset(offset) == any(start <= offset < end for start, end in draft.quotations)


def test_the_line_the_question_and_the_person_at_a_place():
    text = "Who lives at home?\nHer mother, Jo Marlow"
    blocks = (Block(0, 18, BlockKind.QUESTION), Block(19, len(text), BlockKind.ANSWER, question=0))
    (document,) = read(Source("form.txt", text.encode(), "text/plain"))
    draft = Draft(replace(document, blocks=blocks), NLP(text), Setting())
    jo = Person("Jo Marlow", "parent", (Mention(31, 40, "name"),))
    draft.__dict__["people"] = (Person("Ivy", "child"), jo)
    assert draft.words(draft.line_at(25)) == "Her mother, Jo Marlow"
    assert draft.line_at(18) == Span(0, 18)
    assert [draft.question_of(block) for block in (*blocks, None)] == ["", "Who lives at home?", ""]
    assert draft.person_at(Span(31, 33)) is jo
    assert draft.person_at(Span(34, 40)) is None
