"""Who writes and who reads, from headers, forms and salutations."""

import spacy

from referral_lint.model import Source
from referral_lint.readers import read
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.setting import Setting

NLP = spacy.blank("en")


def draft(text):
    (document,) = read(Source("draft.txt", text.encode("utf-8"), "text/plain"))
    return Draft(document, NLP(text), Setting())


FORM = """REQUEST FOR EARLY HELP
Please return this form to the Early Help Team, Wendle Council.

Your name: Kerry Osgood
Your role: deputy head, Hollin Bank Primary School
Child's name: Theo Marlow
Date of birth: 14 March 2018
"""


def test_a_form_says_who_fills_it_in_and_where_it_goes():
    asked = draft(FORM)
    assert (asked.sender.name, asked.sender.agency) == ("Kerry Osgood", "education")
    assert [(r.name, r.agency) for r in asked.recipients] == [
        ("Early Help Team, Wendle Council", "children's social care")
    ]


def test_the_childs_school_is_not_the_sender():
    asked = draft(
        "Dear Dr Hale\n\nOtis goes to Hollin Bank Primary School.\n\nYours sincerely\n\nJo Reed\nHousing officer\n"
    )
    assert asked.sender.agency == "housing"
    assert [r.agency for r in asked.recipients] == ["health"]


def test_a_school_nurse_is_a_nurse():
    asked = draft("To: Dr Hale, Mill Clinic\nFrom: Jo Reed, school nurse\n\nPlease see him.\n")
    assert asked.sender.agency == "health"


def test_a_reader_is_named_without_the_date_behind():
    for line in ("To: Wendle Family Hub, 3 June 2026", "To: Wendle Family Hub\n3.6.26"):
        assert [r.name for r in draft(f"{line}\n\nPlease see Ivy.\n").recipients] == ["Wendle Family Hub"]


def test_colleagues_are_those_to_whom_the_letter_is_addressed():
    letter = "Elm Surgery\n\n4 March 2026\n\n{}Dear colleagues\n\nPlease see Mr Odell.\n"
    found = draft(letter.format("Balance Clinic\nHarbour Hospital\n\n")).recipients
    assert [(r.name, r.agency) for r in found] == [("Balance Clinic, Harbour Hospital", "")]
    assert not draft(letter.format("")).recipients
