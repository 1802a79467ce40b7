"""Does a message tell something of a person or a family, or is it an order, a booking, a rota?"""

import pytest

from referral_lint.engine import Linter
from referral_lint.model import Source
from referral_lint.readers import Limits, read

HEAD = "Subject: {}\nFrom: Ann Lee <a.lee@school.example>\nTo: {}\n\n"
SIGNED = "\n\nKind regards\nAnn Lee (she/her)\nOffice, Northfield Primary School\n01632 960145\n"


@pytest.fixture(scope="module")
def tells():
    linter = Linter()

    def asked(words, subject="Our call", to="office@firm.example"):
        (document,) = read(Source("m.txt", f"{HEAD.format(subject, to)}{words}{SIGNED}".encode()), Limits())
        with linter.pipeline.memory_zone():
            return linter._draft(document, linter.setting).tells

    return asked


@pytest.mark.parametrize(
    "words",
    [
        "Please send us 30 chairs and two tables for the hall. Our order number is 2217.",
        "Thank you for the quote. Mr Osei, our caretaker, will show you the windows on 3 December 2026.",
        "We would like to bring 28 pupils and four staff on 9 December. Is there a place for coats?",
        "The children need new bibs. Could the team have them by Friday 4 December?",
        "We need the hall for the parents' evening on 10 December. Mums and dads will bring the food.",
        "The family kitchen needs two taps. Our caretaker is in from nine; please ring him before you come.",
        "Could we swap the duty on Thursday? The rota is on the wall of the office.",
    ],
)
def test_nobody_is_told_of(tells, words):
    assert not tells(words)


def test_a_subject_shows_no_family(tells):
    assert not tells("Please print 200 copies for us.", "Newsletter")


@pytest.mark.parametrize(
    "words",
    [
        "Jay Bright has missed 14 days this term. Could you see him?",
        "He came in without a coat again and says that it was sold.",
        "Mum has told us that the flat is damp.",
        "Mr Lee, the tenant of flat 4, has dementia.",
        "NHS number 943 476 5919, born 4 May 2019. Please send the last letter.",
        "The family at 14 Quarry Rise have no heating.",
        "A boy in Year 4 told his teacher that there is no food at weekends. What should we do?",
        "An older person above the shop sleeps in a chair. Is that for you?",
        "Please see below.\n\nFrom: Pat Moss\nSent: 3 May 2026\nTo: Ann Lee\nSubject: Visit\n\nKayla was in bed at noon and her dad was out.",
    ],
)
def test_somebody_is_told_of(tells, words):
    assert tells(words)
    assert tells(words, to="Duty desk <duty@surgery.example>")
