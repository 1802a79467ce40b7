"""Which meaning the words beside an abbreviation leave, and when it is certain enough to be put in for the writer."""

import pytest

from referral_lint import language
from referral_lint.facts import rows
from referral_lint.model import Source
from referral_lint.readers import read
from referral_lint.understanding.abbreviations.lists import table
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.setting import Setting

NLP = language.load(())


def sense(text, form):
    document = read(Source("x.txt", text.encode(), "text/plain"))[0]
    draft = Draft(document, NLP.doc(document.text), Setting())
    (found,) = (a for a in draft.abbreviations if a.form == form)
    return [meaning.plain for meaning in found.meanings], found.sure


@pytest.mark.parametrize(
    ("text", "form", "meaning"),
    [
        ("Both girls are on a CP plan.", "CP", "child protection"),
        ("They have been CIN since March.", "CIN", "child in need"),
        ("She found CIN 2 at the clinic.", "CIN", "cervical intraepithelial neoplasia"),
        ("The SALT report came on Monday.", "SALT", "speech and language therapy"),
        ("On 2 May: PNC no trace.", "PNC", "Police National Computer"),
        ("A new UC claim was made on 2 May.", "UC", "Universal Credit"),
        ("He came home with a POC of three calls.", "POC", "package of care"),
        ("We filled in the CSE toolkit.", "CSE", "child sexual exploitation"),
        ("She was seen under the ASP Act.", "ASP", "adult support and protection"),
        ("The desk wrote: NFA re the younger boy.", "NFA", "no further action"),
        ("His UC hasn't come through.", "UC", "Universal Credit"),
        ("He has a PA who comes in on Mondays.", "PA", "personal assistant"),
    ],
)
def test_words_right_beside_it_are_certain(text, form, meaning):
    assert sense(text, form) == ([meaning], True)


@pytest.mark.parametrize(
    ("text", "form", "meaning"),
    [
        ("Their UC was stopped in May.", "UC", "Universal Credit"),
        ("The landlord holds a PO and the bailiffs come on Friday.", "PO", "possession order"),
        ("His CCG for a fridge was refused.", "CCG", "community care grant"),
        ("She is waiting for the OT to visit.", "OT", "occupational therapy"),
        # nothing speaks, and the other meanings are far-fetched
        ("She left him because of DV.", "DV", "domestic violence"),
        ("Copies: school, SW, GP.", "SW", "social worker"),
        ("Her BP was taken.", "BP", "blood pressure"),
    ],
)
def test_words_further_away_make_it_likely(text, form, meaning):
    assert sense(text, form) == ([meaning], False)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("CP was talked about.", "CP"),
        ("The UC is bad again.", "UC"),
        ("Her PO came up.", "PO"),
        ("CCG is on hold.", "CCG"),
    ],
)
def test_nothing_beside_it_leaves_all(text, form):
    meanings, sure = sense(text, form)
    assert len(meanings) > 1
    assert not sure


@pytest.mark.parametrize(
    ("text", "form", "sure"),
    [
        ("She has an EHCP.", "EHCP", False),  # an emergency health care plan in some places
        ("We rang CAMHS on Monday.", "CAMHS", True),
        ("He did the ASSET with her.", "ASSET", False),  # may be the word
        ("The HC was on the chart.", "HC", False),  # two letters may be anything
        ("She was seen at the ANC.", "ANC", False),  # nobody knows who writes
        ("She was seen at the ANC.\n\nYours sincerely\n\nJo Lee\nCommunity midwife\n", "ANC", True),
        ("She was seen at the ANC.\n\nYours sincerely\n\nJo Lee\nHousing officer\n", "ANC", False),
        ("The DWP wrote to him.", "DWP", True),
    ],
)
def test_the_only_meaning_is_not_always_certain(text, form, sure):
    assert sense(text, form)[1] is sure


def test_the_file_speaks_of_meanings_that_there_are():
    wrong = [(row["acronym"], row["meaning"]) for row in rows("acronym_senses.tsv") if not _known(row)]
    assert wrong == []


def _known(row):
    return row["meaning"] in {meaning.plain for meaning in table()[row["acronym"]]}


def test_what_is_sure_stands_right_beside_it():
    assert all("_" in phrase for row in rows("acronym_senses.tsv") for phrase in row["sure"].split(" | ") if phrase)


OFFICER = "To: {to}\nFrom: PC Dee Marsh, Hale Police\n\nIP was in the kitchen when we came.\n"


def test_the_senders_trade_settles_it_where_the_reader_has_no_other_meaning():
    assert sense(OFFICER.format(to="Victim Support"), "IP") == (["injured party"], False)
    assert len(sense(OFFICER.format(to="Hale Hospital"), "IP")[0]) > 1


def test_a_sender_who_is_only_guessed_from_the_lines_settles_nothing():
    assert len(sense("To: Housing team\n\nThe NFA was on 3 March. Please ring me.\n", "NFA")[0]) > 1
