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
        ("He was seen on HV on 3 May and his leg was red.", "HV", "home visit"),
        ("Reviewed on a DV by the consultant.", "DV", "domiciliary visit"),
        ("Kit DNA'd two scans in May.", "DNA", "did not attend"),  # a verb
        ("The clinic says that Kit DNAed again.", "DNA", "did not attend"),
        ("Two DNA'd appointments were in May.", "DNA", "did not attend"),
        ("He had PR bleeding in May.", "PR", "per rectum"),
    ],
)
def test_words_right_beside_it_are_certain(text, form, meaning):
    assert sense(text, form) == ([meaning], True)


@pytest.mark.parametrize(
    ("text", "form", "meaning"),
    [
        ("Their UC was stopped in May.", "UC", "Universal Credit"),
        # a benefit among benefits
        ("She is on UC and PIP.", "PIP", "Personal Independence Payment"),
        ("She receives DLA for the older boy and UC.", "UC", "Universal Credit"),
        ("They lost their UC on 2 November.", "UC", "Universal Credit"),
        ("His PIP was stopped on 2 November.", "PIP", "Personal Independence Payment"),
        ("Her UC flared in May and the clinic will see her.", "UC", "ulcerative colitis"),
        ("The landlord holds a PO and the bailiffs come on Friday.", "PO", "possession order"),
        ("His CCG for a fridge was refused.", "CCG", "community care grant"),
        ("She is waiting for the OT to visit.", "OT", "occupational therapy"),
        ("Paracetamol 120 mg PR at 3pm.", "PR", "per rectum"),
        # nothing speaks, and the other meanings are far-fetched
        ("Mother: Kate Carr, PR.", "PR", "parental responsibility"),
        ("Is PR held by the grandmother?", "PR", "parental responsibility"),
        ("She left him because of DV.", "DV", "domestic violence"),
        ("The HV came on 3 May.", "HV", "health visitor"),
        ("He has declined a walker and refused POC twice.", "POC", "package of care"),
        ("The miscarriage was complete and no POC was seen.", "POC", "products of conception"),
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


@pytest.mark.parametrize(
    ("text", "form", "act"),
    [
        ("He was convicted of s20 wounding in 2024.", "S20", "section 20 Offences Against the Person Act 1861"),
        ("Mr Hale has a s47 assault on his partner.", "S47", "section 47 Offences Against the Person Act 1861"),
        ("His record shows s20 OAPA.", "S20", "section 20 Offences Against the Person Act 1861"),
        ("He is charged with a s18.", "S18", "section 18 Offences Against the Person Act 1861"),
        ("He got six months for a s39 assault.", "S39", "section 39 Criminal Justice Act 1988"),
        ("Leo is accommodated under s20 with his aunt.", "S20", "section 20 Children Act 1989"),
        ("The s47 enquiry began after the assault on Leo.", "S47", "section 47 Children Act 1989"),
        ("We opened a s47 on 3 May.", "S47", "section 47 Children Act 1989"),
    ],
)
def test_the_words_beside_a_section_tell_its_act(text, form, act):
    assert sense(text, form)[0] == [act]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Dad was charged with assault and a s47 is open.", "S47"),
        ("She has a conviction, and there is a s20 from May.", "S20"),
    ],
)
def test_which_act_is_left_open_where_an_offence_is_spoken_of(text, form):
    assert len(sense(text, form)[0]) == 2


@pytest.mark.parametrize(
    ("text", "form", "meaning"),
    [
        ("He is on a CO until 4 May 2027.", "CO", "community order"),
        ("He lives at the AP in Ash Road.", "AP", "approved premises"),
        ("His RAR days are done.", "RAR", "rehabilitation activity requirement"),
        ("The PSR is due on 4 May 2026.", "PSR", "pre-sentence report"),
        ("His OM is Ray Cole.", "OM", "offender manager"),
        ("This was an SFO in 2021.", "SFO", "serious further offence"),
        ("The NSI is closed.", "NSI", "non-statutory intervention"),
        ("He has an SHPO.", "SHPO", "sexual harm prevention order"),
    ],
)
def test_probation_means_its_own_orders(text, form, meaning):
    assert sense(f"To: Ash School\nFrom: Sam Orr, Hale Probation\n\n{text}\n", form)[0] == [meaning]


@pytest.mark.parametrize(
    ("text", "form", "meaning"),
    [
        ("His YRO ends in May.", "YRO", "youth rehabilitation order"),
        ("The PSR is due on 4 May 2026.", "PSR", "pre-sentence report"),
        ("He is on a CO.", "CO", "community order"),
    ],
)
def test_so_does_youth_justice(text, form, meaning):
    assert sense(f"To: Ash School\nFrom: Sam Orr, Hale Youth Justice\n\n{text}\n", form)[0] == [meaning]


def test_an_alarm_is_no_order():
    assert sense("The CO alarm went off.", "CO") == (["carbon monoxide"], True)


def test_a_package_or_a_plan_of_care_is_asked():
    assert sense("The POC is looked at every week.", "POC")[0] == ["package of care", "plan of care"]
