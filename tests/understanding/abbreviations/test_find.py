"""Every abbreviation once, at its first use, and only the writer's own."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_lint import language
from referral_lint.model import Source
from referral_lint.readers import read
from referral_lint.understanding.abbreviations.explained import Explained
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.setting import Setting

NLP = language.load(())


def found(text, **setting):
    document = read(Source("x.txt", text.encode(), "text/plain"))[0]
    draft = Draft(document, NLP.doc(document.text), Setting(**setting))
    return [(draft.words(a.span), a.form) for a in draft.abbreviations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She had two DNAs and then DNA'd again.", [("DNAs", "DNA")]),
        ("The E.H.C.P. is due.", [("E.H.C.P.", "EHCP")]),
        ("He has SEN/EAL needs.", [("SEN", "SEN"), ("EAL", "EAL")]),
        ("Is it a s.47 or a S17?", [("s.47", "S47"), ("S17", "S17")]),
        ("Seen in 2/52, o/e well.", [("2/52", "2/52"), ("o/e", "O/E")]),
        ("The PHQ-9 was 12.", [("PHQ-9", "PHQ-9")]),
        ("A QZB-led group, non-QZB staff.", [("QZB", "QZB")]),
        ("The KX.96 is in force.", [("KX.96", "KX96")]),
        ("Seen by CAMHS.12 May is next.", [("CAMHS", "CAMHS")]),
        ("She lacks capacity under the MCA 2005.", [("MCA", "MCA")]),
        ("We asked QUNICO, QUNESCA and the bank.", [("QUNICO", "QUNICO"), ("QUNESCA", "QUNESCA")]),
        ("Her MUST score is 2.", [("MUST", "MUST")]),
        ("The QZBRA rang; write to qzbra@example.org.", [("QZBRA", "QZBRA")]),
        ("A QZB-Led group, Pre-QZB work.", [("QZB", "QZB")]),
        ("The quiet befriending group (QBG)-QZB project.", [("QBG", "QBG"), ("QZB", "QZB")]),
        ("It follows work by WHO and others.", [("WHO", "WHO")]),
        ("We wrote to QUNICA, WHO and the bank.", [("QUNICA", "QUNICA"), ("WHO", "WHO")]),
        ("Her CC rang.", [("CC", "CC")]),  # no copy
        ("She goes to the SPARK group.", [("SPARK", "SPARK")]),  # a word of five letters may be a project's name
        ("The MG clinic has his MB notes.", [("MG", "MG"), ("MB", "MB")]),  # measures only behind a number
        ("Honor Cole came. HC was 46 cm.", [("HC", "HC")]),  # nobody's initials where nobody acts
        ("Hugh Vane came. HV visited him.", [("HV", "HV")]),  # a health visitor visits too
        ("She is the CE of a firm.", [("CE", "CE")]),
        ("Ruby is CIC.", [("CIC", "CIC")]),
        ("An enquiry under s42 was opened.", [("s42", "S42")]),
        ("We had an Operation Encompass call.", [("Operation Encompass", "Encompass")]),
    ],
)
def test_forms(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Our ref: KQW/20714 and log 4471.",
        "She lives at 4 Mill Lane, LS6 2AB.",
        "Mr TULLOCH came. Mr Tulloch was late.",
        "PLEASE RING ME. He is NOT well.",
        "Louis XIV and King Henry VIII.",
        "DOB: DD/MM/YYYY and XX/XX/XXXX",
        "PC Hughes and DC 4410 rang the GP.",
        "Her number is QQ 12 34 56 C.",
        "He watched YouTube with Ms McFadden and J.B. Smith.",
        "AJ was late.",
        "Rhiannon PEVERELL, 02/02/2011, came.",
        "CRABTREE. House tidy.",
        "A blue car, reg ends KXQ or KPX, drove off.",
        "Write to PO Box 118.",
        "He is in HMP Stallworth.",
        "WHY IS IT HAPPENING? You MUST ring.",
        "Write to SENCo@school.example.org.",
        "The reason is given in part V.\n\nVI. Next steps",
        "He is on step VI and schedule VI lists it.",
        "He DIsclosed it to TOm at once.",
        "CHIldren and PARents is what the group is called.",
        "He was ABUSIVE, and it was AWFUL and DISTRESSING.",
        "They moved from LEEDS to HULL, then to SOUTH Wales.",
        "He takes 250 MG and 5 ML of it, and has a 32 GB phone.",
        "Our paper TD/B/EX(34)/R.3 has it.",
        "Jess HUGHES-Price and Anna KAYE-Marie came.",
        "It was SPARK that he said.",
        "CC: Ann Lee. NB he is deaf.",
        "It is due by MAY 2026 at the LEEDS office.",
        "WHO DID THAT? I want to know WHO did it.",
        "You MUST ring him. He MUST not be left.",
        "Honor Cole called on 2 May. HC visited again and the landlord spoke to HC.",
        "He goes to St Bede's CE Primary, his sister to Holy Well CofE (VA) Primary School.",
        "Tern Lane Nursery CIC has a place.",
        "Please assess him under s.9 Care Act 2014 and s17 of the Children Act 1989.",
        "Please send this form to: MARAC coordinator, Tern Council\nThank you.",
    ],
)
def test_capitals_that_are_none(text):
    assert found(text) == []


def test_known_words_are_left_out():
    assert found("The LADO rang.", known_words=frozenset({"LADO"})) == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ABCDEabcde/.&'’-()12 \n", max_size=80))
def test_spans_are_in_order_and_apart(text):
    document = read(Source("x.txt", text.encode(), "text/plain"))
    if document and document[0].text.strip():
        draft = Draft(document[0], NLP.doc(document[0].text), Setting())
        spans = [a.span for a in draft.abbreviations]
        assert spans == sorted(spans)
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


def test_the_time_zone_that_a_mail_program_wrote_is_not_the_writers():
    raw = b"From: a@b.example\nSubject: QZB\nDate: Mon, 30 Nov 2026 15:05:00 +0000 (UTC)\n\nSeen at 10:00 CET.\n"
    document = read(Source("x.eml", raw, "message/rfc822"))[0]
    draft = Draft(document, NLP.doc(document.text), Setting())
    assert [a.form for a in draft.abbreviations] == ["QZB", "CET"]


def test_what_the_mail_program_writes_into_a_date_is_nobodys_abbreviation():
    assert not found("Subject: Drill\nFrom: Ada Penn\nDate: Mon, 30 Nov 2026 15:05:00 +0000 (UTC)\n\nIt is at two.")


def unexplained(text):
    document = read(Source("x.txt", text.encode(), "text/plain"))[0]
    draft = Draft(document, NLP.doc(document.text), Setting())
    return [a.form for a in draft.abbreviations if a.explained is Explained.NOWHERE]


@pytest.mark.parametrize(
    ("reader", "said", "forms"),
    [
        ("Educational Psychology Service, Northmoor Council", "Dear EP team\n\nCould the EP see Kit in May?", []),
        ("Northmoor Council", "Dear EP team\n\nCould the EP see Kit in May?", ["EP"]),
        ("Community Paediatrics, Northmoor", "Dear team\n\nKit is on a CP plan.", ["CP"]),  # by chance the same letters
    ],
)
def test_the_readers_know_the_short_form_of_their_own_name(reader, said, forms):
    assert unexplained(f"To: {reader}\nFrom: Tess Ward, Oak Park Primary\nDate: 12 November 2026\n\n{said}\n") == forms
