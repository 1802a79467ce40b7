"""A table with a date and a source in every row says who saw or said each thing, and when."""

from __future__ import annotations

import pytest
import spacy

from referral_lint.model import Source
from referral_lint.readers import read
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.saying.log import attributed_rows
from referral_lint.understanding.setting import Setting

TOKENIZER = spacy.blank("en")


def row(text: str, name: str = "draft.txt") -> str:
    document = next(iter(read(Source(name, text.encode()))))
    span = attributed_rows(Draft(document, TOKENIZER(document.text), Setting()))
    return document.text[span.start : span.end] if span else ""


@pytest.mark.parametrize("who", ["Reported by", "Source", "Seen by", "Staff member", "Who said it"])
@pytest.mark.parametrize("bar", [" | ", "\t", "    "])
def test_rows_with_a_date_and_a_source(who, bar):
    lines = [["Date", "Concern", who], ["3/2/2026", "No coat", "Mrs Finn"], ["9 March 2026", "Late again", "Office"]]
    assert row("LOG\n\n" + "\n".join(bar.join(line) for line in lines)).startswith("3/2/2026")


def test_narrow_columns_of_a_page_that_ran_into_one():
    text = "Date    Source    Event    Outcome\n3/2/2026 HC | Visit. Tidy. | None\n9/2/2026 HC | Rang. | Letter sent\n"
    assert row(text).startswith("3/2/2026 HC")


def test_a_table_that_a_system_exported():
    assert row("Date,Child,Concern,Recorded by\n3/2/2026,Leo,No coat,TA\n4/2/2026,Leo,Late,Office\n", "log.csv")


@pytest.mark.parametrize(
    "text",
    [
        "Date | Concern | Action\n3/2/2026 | No coat | None\n9/3/2026 | Late | Rang home\n",  # nobody is named
        "Date | Concern | Seen by\n3/2/2026 | No coat | \n9/3/2026 | Late | \n",  # nobody is filled in
        "Date | Concern | Seen by\n3/2/2026 | No coat | Mrs Finn\n",  # one thing is no log
        "Name | Age | Seen by\nLeo | 6 | Mrs Finn\nMia | 9 | Office\n",  # no dates
        "Date: 3/2/2026\nSource: school\nHe was late on 3/2/2026 and on 9/2/2026.\n",
    ],
)
def test_what_does_not_say_who_and_when(text):
    assert row(text) == ""
