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


def test_who_is_written_to_is_not_who_writes():
    to_hub = "Linden Housing Association\n2 Wharf Street\n\nTo: Family Hub, Linden\n\nDear colleague\n\nPlease invite Ms Beck.\n\nTom Fell\n"
    assert draft(to_hub).sender.agency == "housing"
    assert draft("Please ask Linden Food Bank for a parcel.\n\nRosie Hart").sender is None


def test_the_words_of_an_address_are_parted_by_dots_or_by_nothing():
    sent = "From: r.hart@{}.example.org\nTo: team@pantry.example.org\nSubject: A parcel\n\nPlease may she have one?\n\nRosie\n"
    for service, agency in (
        ("earlyhelp", "children's social care"),
        ("early.help", "children's social care"),
        ("adultservices", "adult social care"),
        ("housing", "housing"),
    ):
        assert draft(sent.format(service)).sender.agency == agency


def test_a_court_in_an_address_is_no_court_of_law():
    assert draft("Please visit Ms Beck.\n\nIan Moor\nFlat 2, Orchard Court").sender is None
    assert draft("Please visit Ms Beck.\n\nIan Moor\nWendle Family Court").sender.agency == "police/justice"


def test_other_words_for_sender_and_reader():
    form = draft(
        "Sender: Linden Women's Refuge\nRecipient: Adult Mental Health Team\nDate: 1 December 2026\n\nPlease could you see Ms Holt?\nMia\n"
    )
    assert (form.sender.name, form.sender.agency) == ("Linden Women's Refuge", "domestic abuse")
    assert [r.name for r in form.recipients] == ["Adult Mental Health Team"]


def test_a_request_behind_hello_names_no_reader():
    for asks in ("could somebody repair the boiler", "please send us her report", "would it be possible to see her"):
        assert not draft(f"Hello, {asks} on 3 March?\n\nJo\n").recipients
