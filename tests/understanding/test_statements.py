"""What the draft states: agreement carries two statements, a frame is not believed against the sentence, and weak words are not quoted."""

from __future__ import annotations

import pytest

from referral_lint.engine import Linter
from referral_lint.model import Document, DocumentReport, Source, Span, Statement, Status
from referral_lint.understanding import statements
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.saying import frames
from referral_lint.understanding.saying.reading import Reading
from referral_lint.understanding.saying.weights import COLUMNS
from referral_lint.understanding.setting import Setting
from referral_lint.web import note
from referral_lint.writers.page.checklist import checklist

OPENING = (
    "To: Early Help Hub, Northmoor Council\nFrom: Tess Ward, Oak Park Primary\nDate: 12 November 2026\n\nDear team\n\n"
    "I am asking for a family support worker for Ivy Marlow, aged six. Ivy was late on nine mornings in October 2026.\n\n"
)
LINTER = Linter()


def report(words: str) -> DocumentReport:
    return LINTER.lint(Source("draft.txt", f"{OPENING}{words}\n\nTess Ward\n".encode())).documents[0]


def status(words: str, name: str) -> Status:
    return next(s.status for s in report(words).statements if s.name == name)


@pytest.mark.parametrize("name", ["consent", "informed"])
@pytest.mark.parametrize(("against", "expected"), [(False, Status.PRESENT), (True, Status.ABSENT)])
def test_whoever_agreed_was_asked_and_told(name: str, against: bool, expected: Status) -> None:
    text = "Please offer a place. Date consent given: 9 November."
    place = Span(text.index("Date"), len(text))
    draft = Draft(Document("draft.txt", text, (), ""), LINTER.pipeline.doc(text), Setting(purposes=("early_help",)))
    reading = Reading(
        {column: column in ("agreed", "against")[: 1 + against] for column in COLUMNS},
        {column: place if column == "agreed" else None for column in COLUMNS},
    )
    draft.__dict__["reading"] = reading  # as if the draft read so
    found = next(s for s in statements.find(draft) if s.name == name)
    assert found.status is expected
    assert found.span == (place if expected is Status.PRESENT else None)


def test_a_sentence_of_something_else_tells_nobody_anything() -> None:
    assert status("If her aunt comes to the door, don't let Ivy go, and ring the office.", "informed") is Status.ABSENT
    assert status("I told her mother on Monday that I would send you this.", "informed") is Status.PRESENT


def test_a_title_that_says_urgent_says_how_soon() -> None:
    assert status("URGENT - please read first", "imminence") is Status.PRESENT


def test_frames_that_hold_in_any_case_are_sure_ones() -> None:
    assert frames.always() <= frames.sure().keys()


def test_a_statement_without_words_has_no_quotation_anywhere() -> None:
    document = Document("draft.txt", "Ivy is six.", (), "")
    said = (Statement("informed", Status.PRESENT), Statement("consent_what", Status.PRESENT))
    one = DocumentReport(document, statements=said)
    items = checklist(one, "d").present
    assert [(item.words, item.point) for item in items] == [("", None)] * len(items)
    assert len(items) == 2
    assert note._said([one], ("informed",)) == ""


def test_of_a_title_the_sentence_below_it_is_quoted() -> None:
    text = (
        "Enquiry without names\n\nFor: the advice line, Northmoor\n\nI run a club for girls on Mondays.\n\nWhat I am asking\n"
        "Whether what follows should go further, and to whom.\n\nWhat I saw\nOn 3 November 2026 a girl of twelve fell asleep at the table.\n"
    )
    found = LINTER.lint(Source("draft.txt", text.encode())).documents[0]
    purpose = next(s for s in found.statements if s.name == "purpose")
    assert purpose.text == "Whether what follows should go further, and to whom."


def absent(text: str) -> set[str]:
    return {
        s.name
        for s in LINTER.lint(Source("draft.txt", text.encode())).documents[0].statements
        if s.status is Status.ABSENT
    }


@pytest.mark.parametrize(
    "answer",
    [
        "Hi Dee, no, he was in school all day and went home with his nan. Ann",
        "Hello Jo\n\nYes, I have put the form on your desk, and her mother has signed it too.\n\nAnn",
        "Dear Ola\n\nThank you for your letter about Ms Beck. We have put it on her file and will write when she has moved.\n\nTom, Linden Housing",
    ],
)
def test_a_line_that_only_answers_or_thanks_is_asked_for_nothing(answer: str) -> None:
    assert not absent(answer)


@pytest.mark.parametrize(
    "more", ["He had a bruise on his arm.", "I am worried about him.", "Could you visit him, please?"]
)
def test_an_answer_that_tells_of_harm_or_asks_is_a_draft(more: str) -> None:
    assert absent(f"Hi Dee, no, he was in school all day and went home with his nan. {more} Ann")
