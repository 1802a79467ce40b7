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
