"""A form's instructions and its office's part are the form's own words; everything in doubt stays the writer's."""

from __future__ import annotations

import pytest

from referral_lint.model import BlockKind, Document, Source
from referral_lint.readers import read
from tests.readers.wordfile import p, r, table, word

FIELDS = "Name of child: Ada Finch\nDate of birth: 4 May 2020\nSchool: Oak Park Primary\nGP: Dr Vale, Mill Lane\n\n"


def text(words: str) -> Document:
    return next(iter(read(Source("form.txt", words.encode(), "text/plain"))))


def printed(document: Document) -> list[str]:
    return [document.words(block) for block in document.blocks_of(BlockKind.PRINTED)]


@pytest.mark.parametrize(
    "line",
    [
        "This referral form is for professionals. Please complete all sections; incomplete forms will be returned.",
        "Please complete this form in block capitals and return the completed form to hub@example.org.",
        "Read the guidance notes first. Continue on a separate sheet where you need to.",
    ],
)
def test_instructions_are_printed(line):
    assert printed(text(f"EARLY HELP REQUEST\n\n{line}\n\n{FIELDS}")) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "I have gone through this form with Mrs Finch, who will keep a copy of it.",
        "They know that your officer keeps this form for two years.",
        "Please complete the assessment with her by Friday.",
        "Please complete all sections. She is alone tonight and nobody answers the door.",
        "Mr Finch agreed by phone that this form can be read by your workers. This form must not go to his brother.",
        "The office use of the hall ends at six, so Ada goes to her aunt.",
    ],
)
def test_what_the_writer_says_is_no_instruction(line):
    assert not printed(text(f"EARLY HELP REQUEST\n\n{FIELDS}What is the worry?\n{line}\n"))


def test_a_title_with_an_instruction_in_it_says_what_the_form_is_for():
    assert not printed(text(f"REQUEST FOR RESPITE (please complete all boxes)\n\n{FIELDS}"))


def test_instructions_in_a_letter_are_the_writers():
    assert not printed(text("Dear Hub,\n\nPlease complete all sections of the plan.\n\nYours, M Vale\n"))


OFFICE = "For office use only\nDate received:    LCS ID:\nRAG:    Outcome (NFA / EHA):\n"


@pytest.mark.parametrize(
    "title", ["For office use only", "OFFICE USE", "To be completed by the hub", "7. MASH use only:"]
)
def test_the_offices_part_is_not_the_writers(title):
    document = text(f"EARLY HELP REQUEST\n\n{FIELDS}{OFFICE.replace('For office use only', title)}")
    assert {"Date received:", "RAG:", "Outcome (NFA / EHA):"} <= set(printed(document))


@pytest.mark.parametrize(
    "line",
    [
        "Ada was not in school on any day last week and nobody has seen her since Monday.",
        "My number is 01632 960111",
        "He has not come home",
        "Name of parent: Rosa Finch",
    ],
)
def test_the_offices_part_ends_where_the_writer_goes_on(line):
    document = text(f"EARLY HELP REQUEST\n\n{OFFICE}{line}\n{FIELDS}")
    assert "RAG:" in printed(document)
    assert not any(part in words for words in printed(document) for part in (line, "Oak Park", "Ada Finch"))


def test_a_field_of_the_offices_own_ends_with_itself():
    document = text(f"EARLY HELP REQUEST\n\nReference (office use only):\n{FIELDS}What is the worry?\nShe is late.\n")
    assert printed(document) == ["Reference (office use only):"]


def test_the_offices_table_in_word_and_nothing_behind_it():
    form = table(["Name of child:", "Ada Finch"], ["School:", "Oak Park"], ["What is the worry?", "She is late."])
    office = table(["LCS ID", ""], ["RAG", ""])
    last = p(r("Ada has been late on nine days."))
    (document,) = read(Source("a.docx", word(form + p(r("For office use only")) + office + last)))
    assert printed(document)[-2:] == ["LCS ID", "RAG"]
    assert not any("late" in words for words in printed(document))


def test_a_row_for_the_office_in_the_forms_own_table():
    form = table(
        ["Office use only", "LCS ID", ""],
        ["Name of child:", "Ada Finch"],
        ["School:", "Oak Park"],
        ["What is the worry?", "She is late."],
    )
    (document,) = read(Source("a.docx", word(form)))
    assert set(printed(document)) == {"Office use only", "LCS ID"}


@pytest.mark.parametrize(
    ("question", "answer"),
    [("Any risks to visitors? (e.g. dogs, stairs)", "None known"), ("NHS no. (if known)", "999 000 1111")],
)
def test_a_hint_behind_a_label_is_part_of_the_label(question, answer):
    form = table(["Name of child:", "Ada Finch"], ["School:", "Oak Park"], [question, answer])
    (document,) = read(Source("a.docx", word(form)))
    block = next(b for b in document.blocks if document.words(b) == answer)
    assert block.question is not None
    assert document.words(document.blocks[block.question]) == question
