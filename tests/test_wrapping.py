"""Lines broken by a program are read as if they ran on; lists, fields and short lines are left as they are."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_lint.model import Source
from referral_lint.readers import read
from referral_lint.wrapping import unwrapped

LETTER = """To: Family Support Hub, Northmoor
From: Tomasz Adeyemi, Learning Mentor, Marlfield Primary School

I am writing to ask you to ring Mrs Grant about help with the mornings, because Leo has come in after ten on eleven of the last twenty school days.

Her sister came out as gay in January and the neighbours at number nine are behind with their rent. Mrs Grant agrees to this and knows that you may speak to the school nurse, who will write to the surgery, and that it is kept on his school record, because we cannot do this alone.
"""


def document(text: str):
    return next(iter(read(Source("draft.txt", text.encode("utf-8"), "text/plain"))))


def wrapped(text: str, width: int) -> str:
    return "\n".join("\n".join(textwrap.wrap(line, width)) if len(line) > width else line for line in text.split("\n"))


@pytest.mark.parametrize("width", [44, 65, 72, 76, 90])
def test_a_wrapped_letter_says_what_it_says_on_long_lines(linter, width):
    reports = [linter.check(document(text)) for text in (LETTER, wrapped(LETTER, width))]
    findings = [
        sorted((f.rule, " ".join(r.document.words(f.span).split()) if f.span else "") for f in r.findings)
        for r in reports
    ]
    assert findings[0] == findings[1]
    assert [s.status for s in reports[0].statements] == [s.status for s in reports[1].statements]
    assert any(rule == "third-party-detail" for rule, _ in findings[0])


def test_a_place_is_a_line_and_column_of_the_file_as_the_writer_sees_it(linter):
    text = wrapped(LETTER, 72)
    found = [f for f in linter.check(document(text)).findings if f.span]
    assert any(text.count("\n", 0, f.span.start) > 4 for f in found)
    for finding in found:
        line, column = finding.where["line"], finding.where["column"]
        assert text.split("\n")[line - 1][column - 1 :].startswith(finding.text.split()[0])


def test_a_list_a_field_and_a_short_line_stay_lines():
    text = (
        "Seen at home on Monday with her mother and with the health visitor who\n"
        "- was weighed and had put on two hundred grams since the visit in October\n"
        "Name of the school: Marlfield Primary\n"
        "mum tired\n"
        "house cold"
    )
    assert unwrapped(document(text)).text == document(text).text


@settings(deadline=None)
@given(st.text(alphabet="ab .:->\n", max_size=400))
def test_nothing_but_newlines_and_signs_of_quoting_inside_the_text_becomes_a_space(text):
    before = document(text)
    after = unwrapped(before)
    assert len(after.text) == len(before.text)
    assert all(a == b or (b, a) in (("\n", " "), (">", " ")) for b, a in zip(before.text, after.text, strict=True))
    assert after.blocks == before.blocks


CHAIN = """From: Ann Lee <a.lee@one.example.org>
To: Bea Cole <b.cole@two.example.org>

Dear Bea, the visit is on Friday 4 December at ten.

Ann

> The key worker rang on Monday and she said that they all wanted to stay put and
> go to the school round the corner. His aunt lost her job at the bank last week.
>> And at number nine is the lodger who we had to
>> ask about the noise.
"""


def test_signs_of_quoting_are_read_as_spaces_and_a_quoted_sentence_runs_on():
    before = document(CHAIN)
    after = unwrapped(before)
    assert ">" in before.text
    assert ">" not in after.text[after.text.index("Ann\n") :]
    assert "stay put and   go to the school" in after.text
    assert len(after.text) == len(before.text)
    assert after.blocks == before.blocks


def test_the_words_of_a_finding_in_a_quoted_chain_begin_with_a_word(linter):
    report = linter.check(document(CHAIN.replace("lost her job at the bank", "has cancer")))
    found = [report.document.words(f.span) for f in report.findings if f.span and "aunt" in f.text]
    assert found
    assert all(words[0].isalpha() for words in found)


def test_a_list_of_short_lines_is_no_column():
    text = "Their classes this autumn term:\nMonday swimming, first group\nTuesday football, the hall\nWednesday reading at library\nThursday piano with Mr Krol\n"
    assert unwrapped(document(text)).text == text
