"""A greeting is the same for all that look for one."""

from __future__ import annotations

import pytest
import spacy

from referral_lint.model import Source
from referral_lint.readers import read
from referral_lint.understanding import heads, naming, statements
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.saying.recipient import addressee
from referral_lint.understanding.setting import Setting

TOKENIZER = spacy.blank("en")


def draft(text: str) -> Draft:
    document = next(iter(read(Source("draft.txt", text.encode(), "text/plain"))))
    return Draft(document, TOKENIZER(document.text), Setting())


@pytest.mark.parametrize("greeting", ["Dear", "Hi", "Hiya", "Hey", "Good evening", "Morning", "Annwyl", "Respected"])
def test_whoever_is_greeted_reads_it(greeting: str) -> None:
    greeted = draft(f"{greeting} Priya,\n\nIvy has not been in since Monday. Can you ring me?\n")
    assert addressee(greeted) is not None
    assert greeted.words(heads.addressees(greeted)[0]) == "Priya"
    assert "priya" in naming.others(greeted)
    assert [party.name for party in greeted.recipients] == ["Priya"]
    assert not statements.is_fragment(greeted)


@pytest.mark.parametrize(
    "line", ["Morning: Ivy came late.", "Afternoon visit cancelled.", "Hilary rang.", "Evening meals are late."]
)
def test_a_line_of_a_diary_greets_nobody(line: str) -> None:
    told = draft(f"{line}\n")
    assert addressee(told) is None
    assert naming.others(told) == frozenset()
    assert statements.is_fragment(told)


def test_whoever_is_named_and_greeted_is_one_reader() -> None:
    told = draft("To: Priya Rowan, Wendle Housing\n\nHi Priya,\n\nIvy has not been in since Monday. Can you ring me?\n")
    assert [party.name for party in told.recipients] == ["Priya Rowan, Wendle Housing"]
