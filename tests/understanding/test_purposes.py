"""What a draft is for, found from its words and the places where they stand."""

from __future__ import annotations

import re

import numpy as np
import pytest
import spacy

from referral_lint.errors import ModelError
from referral_lint.model import Source, Span
from referral_lint.readers import read
from referral_lint.understanding import layers, naming
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.purposes import looks, signs, weights
from referral_lint.understanding.purposes.signs import GENERAL
from referral_lint.understanding.setting import Setting

TOKENIZER = spacy.blank("en")


def draft(text: str, setting: Setting | None = None) -> Draft:
    document = next(iter(read(Source("draft.txt", text.encode(), "text/plain"))))
    return Draft(document, TOKENIZER(document.text), setting or Setting())


def purposes(text: str) -> list[str]:
    return [purpose.id for purpose in draft(text).purposes]


POLICE = (
    "Subject: Your request of 3 November\nTo: DC Rowan, Wendle police\n\nDear DC Rowan,\n\nYou asked us for what our records say about"
    " Kit Marlow between May and July. He was absent on 4 and 5 May. Our log holds nothing else for those weeks.\n\nAnn Lee, Oak Park School\n"
)
HURT = (
    "Subject: A boy in year 2\nTo: Children's social care, Wendle\n\nHello,\n\nKit told his teacher at ten today that his mother's partner"
    " hit him with a belt last night. There is a fresh bruise across his back. Please ring me before he goes home at 3.15.\n\nAnn Lee\n"
)
CHASER = (
    "Subject: Any news?\nTo: Early Help Team\n\nHi,\n\nJust chasing my form of 3 November. Could you let me know by Friday who has it?\n\n"
    "Thanks, Ann\n"
)
HEARING = (
    "To: Audiology, Wendle Hospital\n\nDear colleague,\n\nThank you for seeing Kit, aged five, who has had three ear infections since May."
    " Please could his hearing be tested?\n\nDr A Lee, Moor Surgery\n"
)


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        (POLICE, "police_request"),
        (HURT, "child_protection"),
        (CHASER, "appointment_admin"),
        (HEARING, "health_medical"),
    ],
)
def test_the_main_purpose(text: str, purpose: str) -> None:
    assert purposes(text)[0] == purpose


MOVED = (
    "Subject: Annual review for Kit - new date\nTo: Dr A Lee, Educational Psychology; Speech and Language Therapy\n\nDear all,\n\nThe review has"
    " moved from Tuesday 2 June to Thursday 4 June at 2pm in room 6. Please let me have your report by Friday. Reports already sent"
    " need not be sent again.\n\nBea, school office\n"
)
CHASED = (
    "Subject: Chaser: care assessment, sent 2 February\nTo: Assessment Team, Adult Social Care\n\nGood morning,\n\nWe asked for a care"
    " assessment on 2 February and have not heard since. Could you tell me who has it?\n\nBea, Moor Surgery\n"
)
CHASED_HURT = (
    "Subject: Chaser: safeguarding referral for our pupil\nTo: Duty team, Wendle Children's Social Care\n\nDear team,\n\nI sent a referral on"
    " 20 February and have not heard. On Monday he told Mrs Odell that his uncle hit him on Saturday, and I saw a bruise. Could you tell me"
    " who has it?\n\nAnn Lee, Oak Park School\n"
)


@pytest.mark.parametrize("text", [MOVED, CHASED])
def test_a_subject_may_say_by_itself_that_something_is_arranged(text: str) -> None:
    assert purposes(text)[0] == "appointment_admin"
    assert purposes(re.sub("Subject: .*", "Subject: Kit", text))[0] != "appointment_admin"


def test_harm_is_no_arrangement_whatever_the_subject_says() -> None:
    assert purposes(CHASED_HURT)[0] == "child_protection"


@pytest.mark.parametrize("subject", ["Our ref 61", "Your ref: PW/7, call back", "Ref 9034, meeting on Tuesday"])
@pytest.mark.parametrize(
    "told",
    [
        "Nia Roe told me on 4 May that her uncle slaps her when he has been drinking.",
        "On 4 May I saw a bruise on Nia Roe's cheek, and she would not say how she came by it.",
        "Nia Roe, 6, was left on her own from Friday to Sunday.",
        "Mrs Ada Roe says that her lodger has threatened to hurt her.",
    ],
)
def test_a_reference_for_a_subject_makes_no_arrangement_of_harm(subject: str, told: str) -> None:
    assert "appointment_admin" not in purposes(
        f"Subject: {subject}\nTo: duty@example.org\n\nDear team\n\n{told} Please ring me.\n\nJo Moss, Hill School\n"
    )


@pytest.mark.parametrize("text", ["He is often late.", "Ivy is six and lives with her gran. She has two cats."])
def test_a_sentence_or_two_show_no_purpose(text: str) -> None:
    assert purposes(text) == []


def test_an_enquiry_without_names_is_for_advice() -> None:
    assert purposes("Could I have some advice without giving names? A boy in our club is often hungry.") == [
        "no_names_consultation"
    ]


@pytest.mark.parametrize(
    "words",
    [
        "without saying whose home it is",
        "I am keeping names out of it",
        "not saying which child",
        "Advice please (anonymous)",
    ],
)
def test_an_enquiry_may_say_in_many_ways_that_it_names_nobody(words: str) -> None:
    assert (
        draft(f"Hello, could I talk something over with you? {words}. A boy in our club is often hungry.").mode
        == "no-names"
    )


def test_what_is_known_before_wins() -> None:
    found = draft(POLICE, Setting(purposes=("camhs", "marac"))).purposes
    assert [purpose.id for purpose in found] == ["camhs", "marac"]


@pytest.mark.parametrize("text", [POLICE, HURT, CHASER, HEARING])
def test_each_purpose_has_words_that_show_it(text: str) -> None:
    for purpose in draft(text).purposes:
        assert purpose.span is not None
        assert text[purpose.span.start : purpose.span.end].strip()


def test_without_words_of_its_own_the_sentence_that_says_most_shows_a_purpose() -> None:
    one = draft(HURT)
    look = looks.of(one)
    bare = looks.Look(look.places, look.words, look.signs, {})
    span = looks.shown(one, bare, "child_protection")
    assert span is not None
    assert span in (*look.places.addressees, *look.places.titles, *look.places.own)


def test_an_empty_draft_has_no_purpose() -> None:
    assert purposes("\n") == []


def test_the_words_of_a_place_share_its_weight() -> None:
    keys = sorted((layers.checksum("T:a"), layers.checksum("T:b")))
    table = np.array([[1.0, 0.0], [1.0, 2.0]])
    model = weights.Weights(np.array(keys, np.uint32), table, np.zeros((3, 2)), np.zeros(2))
    np.testing.assert_allclose(model.of_words(["T:a", "T:b", "T:unknown"]), [2 / np.sqrt(2), 2 / np.sqrt(2)])
    np.testing.assert_allclose(model.of_words(["T:unknown"]), [0, 0])


def test_the_weights_fit_the_purposes() -> None:
    known = weights.load()
    assert known.by_feature.shape[1] == len(known.bias) == len(signs.names()) + 1
    assert known.by_sign.shape[0] == len(signs.names()) * signs.SIGNS + signs.CIRCUMSTANCES
    assert (np.diff(known.keys.astype(np.int64)) > 0).all()


def test_broken_weights_are_said_to_be_so(tmp_path) -> None:
    broken = tmp_path / "weights.npz"
    broken.write_bytes(b"PK")
    with pytest.raises(ModelError, match="install referral-lint again"):
        weights.load(broken)


def test_numbers_are_looked_up_among_sorted_ones() -> None:
    keys, sought = np.array([3, 7, 9], np.uint32), np.array([9, 8, 3, 10], np.uint32)
    at, known = layers.looked_up(keys, sought)
    assert known.tolist() == [True, False, True, False]
    assert keys[at[known]].tolist() == [9, 3]
    assert not layers.looked_up(keys[:0], sought)[1].any()


CALLED = (
    "Subject: {subject}\nFrom: Ann Lee <a.lee@school.example>\nTo: hub@council.example\n\n{body} Ola sleeps badly.\n"
)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Could you find a support worker for Ola?", True),
        ("Please talk to our head of year, Ola.", False),
        ("Our nurse, Ola, will ring.", False),
    ],
)
def test_who_is_helped_is_no_worker(body: str, found: bool) -> None:
    one = draft(CALLED.format(subject="a request - Ola", body=body))
    subject = Span(one.text.index("a request"), one.text.index("\nFrom"))
    assert bool(list(naming.in_subject(one, subject))) is found


@pytest.mark.parametrize(
    "text",
    [
        "Dear Debt Advice,\n\nPlease offer Ms Adeyemi an appointment. She would like help with her budget.\n\nAnn Lee\n",
        "To: Advice Line\n\nPlease ring Mrs Cole about her benefits. Her number is 07700 900 318.\n\nAnn\n",
        "Dear Advice Team,\n\nMr Hale would like advice about his pension.\n\nAnn\n",
        "To: Advice Line\n\nDaniel Frost would like to speak to somebody about his tenancy.\n\nAnn\n",
    ],
)
def test_who_asks_for_somebody_by_name_asks_no_general_question(text: str) -> None:
    asked = draft(text)
    assert asked.mode == "named"
    assert GENERAL not in [purpose.id for purpose in asked.purposes]


@pytest.mark.parametrize(
    "text",
    [
        "To: MASH advice line\n\nI have a girl in year 9 whose father shouts at her. Do I need to refer?\n\nAnn\n",
        "To: Consultation line\n\nA boy of about 8 comes to school hungry on most days. Would this meet threshold?\n\nAnn\n",
        "To: Advice Line\n\nMrs Cole leaves her two at home until five. What should I do?\n\nAnn\n",
        "To: Advice Team\n\nCan I ask you something without names? A tenant cannot pay. Please tell me who could help.\n\nAnn\n",
    ],
)
def test_a_question_of_what_to_do_is_general_though_a_name_slips_in(text: str) -> None:
    assert draft(text).mode == "no-names"


CARE = {
    "rails": "Dear Adult Social Care team,\n\nPlease could an occupational therapist visit Mr Tarn to look at a second stair rail? He has a new hip.",
    "carer": "To: Adult Services\n\nMrs Pell looks after her husband and is tired. She would like a carer's assessment and some time to herself.",
    "reablement": "Dear Reablement Team\n\nMr Stone goes home from Ward 6 on 4 December. He would benefit from help with washing and dressing.",
    "telecare": "To: Telecare\n\nCould Mrs Firth please have a pendant alarm? Her daughter lives in Leeds and would feel happier.",
    "review": "To: Adult Social Care Reviews\n\nPlease could you review Mr Gale's package of care? He makes his own breakfast now.",
    "sheltered": "Dear Adult Services,\n\nMrs Brook would like to move to sheltered housing. Please could somebody visit her to talk about it?",
}
HARM_TO_AN_ADULT = (
    "He has asked me for money twice, and £90 of her pension was missing on 3 November.",
    "I am concerned about how her nephew speaks to her.",
    "Nobody had given him a drink since the evening before.",
    "She had a sore on her heel that had not been dressed.",
    "She has gone missing twice since Sunday.",
    "Her lunch was left untouched on three days.",
)


@pytest.mark.parametrize("letter", CARE.values(), ids=list(CARE))
def test_a_request_for_care_that_tells_of_no_harm_is_no_safeguarding_concern(letter: str) -> None:
    assert purposes(f"{letter}\n\nYours sincerely\nAnna Reed\n") == ["adult_social_care"]


@pytest.mark.parametrize("harm", HARM_TO_AN_ADULT)
@pytest.mark.parametrize("letter", [CARE["rails"], CARE["review"]])
def test_one_that_tells_of_harm_or_of_a_worry_stays_one(letter: str, harm: str) -> None:
    assert "adult_social_care" not in purposes(f"{letter} {harm}\n\nYours sincerely\nAnna Reed\n")


def test_that_there_is_no_risk_is_no_worry() -> None:
    assert purposes(f"{CARE['rails']} He is not at risk, and there is no concern about him.\n") == ["adult_social_care"]


def test_a_first_appointment_for_somebody_new_is_a_referral() -> None:
    asked = "To: Midwives, Wendle Hospital\n\nHi, could you arrange {} for {}?\n\nThanks, Ola\n"
    assert purposes(asked.format("a booking appointment", "a woman whom we support, who is 31 weeks pregnant")) == [
        "health_medical"
    ]
    assert purposes(asked.format("another room", "the meeting on Friday"))[0] == "appointment_admin"
