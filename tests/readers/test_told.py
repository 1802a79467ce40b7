"""A table cell that ends in a question is the writer's, unless a form would print it: what somebody tells is never silent."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from html import escape

import pytest
import spacy
from openpyxl import Workbook

from referral_lint.model import BlockKind, Document, Source
from referral_lint.readers import read
from referral_lint.readers.lines import is_told
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.setting import Setting
from tests.readers.test_xlsx import saved
from tests.readers.wordfile import p, r, table, word

Rows = list[list[str]]
LEDGE = "She is out on the window ledge and says she will let go. Can you send someone?"
TOLD = [
    LEDGE,
    "Do we keep her at school?",
    "Dad rang at 2.15 and shouted. Is that enough?",
]
ASKED = [
    "Who lives at home? Please list everybody. Is anyone at risk?",
    "Does she understand who will see this?",
    "What does he/she want?",
    "Have you told the parents? If not, why not?",
    "Who is in the home (include anyone who stays overnight)? Is anybody unwell?",
    "What are you worried about?",
    "Can we leave a message on this number?",
    "Is the child in immediate danger now?",
    "Is she in danger tonight?",
    "Where is he now?",
    "Mum told?",
    "Section 2. What do you want us to do?",
    "C5. Is anyone in immediate danger?",
]


def as_word(rows: Rows) -> Source:
    return Source("form.docx", word(table(*rows)))


def as_word_in_bold(rows: Rows) -> Source:
    return Source("form.docx", word(table(*([p(r(row[0], "<w:b/>")), *row[1:]] for row in rows))))


def as_csv(rows: Rows) -> Source:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return Source("form.csv", out.getvalue().encode())


def as_workbook(rows: Rows) -> Source:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return Source("form.xlsx", saved(book))


def as_page(rows: Rows) -> Source:
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return Source("form.html", f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>".encode())


FORMATS = [as_word, as_word_in_bold, as_csv, as_workbook, as_page]
Format = Callable[[Rows], Source]


def document_of(source: Source) -> Document:
    (document,) = read(source)
    return document


def printed(document: Document) -> str:
    return "\n".join(document.words(block) for block in document.blocks_of(BlockKind.QUESTION))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("words", TOLD)
@pytest.mark.parametrize("label", ["What are you worried about?", "Worries", "Worries:"])
def test_a_question_beside_a_label_is_the_writers(form: Format, words: str, label: str) -> None:
    document = document_of(form([["Name of child", "Orla Finch"], [label, words], ["School", "Hallbeck"]]))
    assert words.split("?")[0] not in printed(document)


@pytest.mark.parametrize("form", [as_word, as_csv, as_workbook])
@pytest.mark.parametrize("rows", [[[LEDGE]], [["Worries?"], [LEDGE]], [["Worries?"], [LEDGE], [""]], [["Note", LEDGE]]])
def test_danger_in_a_cell_that_ends_in_a_question_is_heard(form: Format, rows: Rows) -> None:
    document = document_of(form(rows))
    assert Draft(document, spacy.blank("en")(document.text), Setting()).urgent


@pytest.mark.parametrize("form", [as_word, as_word_in_bold, as_csv, as_workbook])
@pytest.mark.parametrize("label", ["What are you worried about?", "Worries", "Worries:"])
def test_what_a_form_may_print_is_the_writers_beside_a_label(form: Format, label: str) -> None:
    document = document_of(form([["Name of child", "Orla Finch"], [label, "Is he safe there tonight?"]]))
    assert "Is he safe" not in printed(document)


def test_a_question_below_its_label_and_one_below_a_column_name_are_the_writers() -> None:
    below = document_of(as_word([["Worries?"], ["Do we keep her at school?"]]))
    column = document_of(as_word_in_bold([["Date", "What happened", "Who"], ["3 May", LEDGE, "Jo"]]))
    assert printed(below) == "Worries?"
    assert LEDGE not in printed(column)


def test_a_cell_in_an_answers_place_is_an_answer_where_its_label_looks_different() -> None:
    document = document_of(as_word_in_bold([["Name", "Orla Finch"], ["What do you ask for?", "Police needed?"]]))
    assert "Police" not in printed(document)


@pytest.mark.parametrize("words", ASKED)
def test_a_forms_own_questions_stay_its_own(words: str) -> None:
    beside = document_of(as_word([["Name of child", "Orla Finch"], [words, "All is well."]]))
    below = document_of(as_word([[words], ["All is well."]]))
    assert words in printed(beside)
    assert words in printed(below)


def test_two_questions_and_answers_a_row_stay_two() -> None:
    document = document_of(as_word([["Name?", "Orla", "Do they agree?", "Yes"], ["Age?", "9", "Do they know?", "No"]]))
    assert printed(document) == "Name?\nDo they agree?\nAge?\nDo they know?"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Children of secondary age may agree themselves. Has consent been given?", True),  # in doubt
        ("Please say who. Has consent been given?", False),
        ("Tyler has a knife at the gate, can you come?", True),
        ("If so, could you say more?", False),
        ("Mum has gone with the baby, is that all right?", True),
        ("Mum's name?", False),
    ],
)
def test_what_tells_and_what_asks(words: str, told: bool) -> None:
    assert is_told(words) is told


def test_a_marked_cell_without_people_is_printed() -> None:
    assert not is_told("Children of secondary age may agree themselves. Has consent been given?", printed=True)
    assert is_told(LEDGE, printed=True)
