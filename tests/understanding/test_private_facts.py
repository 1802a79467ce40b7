"""Which facts are private, and whose: everyday words are none, and a fact is booked to whom it is about."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from referral_lint.engine import Linter
from referral_lint.model import DocumentReport, Source

SENTENCES = yaml.safe_load((Path(__file__).parent / "private_sentences.yaml").read_text(encoding="utf-8"))


@cache
def linter() -> Linter:
    return Linter()


@cache
def report(text: str) -> DocumentReport:
    return linter().lint(Source("draft.txt", text.encode())).documents[0]


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(name, said, id=f"{name}: {said[:50]}")
        for name, sentences in SENTENCES[kind].items()
        for said in sentences
    ]


def categories(said: str) -> set[str]:
    return {row.category for row in report(f"Dear team,\n\n{said}\n").sharing}


@pytest.mark.parametrize(("category", "said"), cases("told"))
def test_a_private_fact_is_seen(category: str, said: str) -> None:
    assert category in categories(said)


@pytest.mark.parametrize(("category", "said"), cases("innocent"))
def test_everyday_words_tell_nothing_private(category: str, said: str) -> None:
    assert category not in categories(said)


def whose(text: str, words: str) -> set[str]:
    found = report(text)
    return {row.who for row in found.sharing for span in row.spans if words in found.document.text[slice(*span)]}


CHILD = """\
To: Northfield family support team

Re: Otis Marlow, aged 7

Please visit Otis at home. Ms Gemma Marlow, his mother, collects him. {}

Joan Price
School nurse
"""
ADULT = """\
To: Northfield housing team

Re: Mrs Edna Crowther, 14 Farley Court, born 09/02/1957

Mrs Crowther would like to move to the ground floor. {}

Joan Price
Social worker
"""
FORM = """\
CONFERENCE REFERRAL

VICTIM
Name: Agnes Novak
Date of birth: 08/12/1991
Address: 6 Farley Court

ALLEGED PERPETRATOR
Name: Colin Barrow   Relationship: ex-partner
Anything else: bipolar, hepatitis

CHILDREN
Names and ages: Zosia 9
"""


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        (CHILD.format("Ms Marlow's brother stays there. She is £900 behind with the rent."), "£900", {"parent"}),
        (CHILD.format("Gemma Marlow, aged 26, was asleep. She had been sectioned in May."), "sectioned", {"parent"}),
        (
            CHILD.format("Carl rang. Carl has been waiting. Carl came. Carl has prostate cancer."),
            "prostate",
            {"unknown"},
        ),
        (ADULT.format("Her son is being investigated for tax evasion."), "tax", {"relative"}),
        (ADULT.format("She came out as gay after her marriage ended."), "gay", {"adult"}),
        (ADULT.format("Farley Court has no lift. There are rent arrears."), "arrears", {"adult"}),
        (ADULT.format("Rents Arrears rang on Monday. The account is in arrears by £300."), "£300", {"adult"}),
        (FORM, "bipolar", {"partner"}),
    ],
)
def test_a_fact_is_booked_to_whom_it_is_about(text: str, words: str, who: set[str]) -> None:
    assert whose(text, words) == who


OF_AN_ADULT = (
    "Referral to adult social care.\n\nRuby Marsden, 83, lives in a bungalow. {}\n\nPlease assess what she needs.\n"
)


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        (OF_AN_ADULT.format("Her son Clive and Clive's wife Jo shop. PMHx: COPD, vasc dementia."), "dementia", "adult"),
        (OF_AN_ADULT.format("Husband Stan is at work all day. Background: Parkinson's."), "Parkinson", "adult"),
        (OF_AN_ADULT.format("Husband Stan came.\nPMH  Underactive thyroid."), "thyroid", "adult"),
        (OF_AN_ADULT.format("Daughter Carol visits. Doubly incontinent."), "incontinent", "adult"),
        (OF_AN_ADULT.format("Daughter Carol visits. Has depression herself."), "depression", "relative"),
        (OF_AN_ADULT.format("She lives alone. Parkinson's is in its early stage."), "Parkinson", "adult"),
        (CHILD.format("Dad works away. Has epilepsy."), "epilepsy", "parent"),
        (CHILD.format("His aunt brought him. PMHx: epilepsy."), "epilepsy", "child"),
        (OF_AN_ADULT.format("Her daughter pays the bills. She's got dementia we think."), "dementia", "adult"),
        (OF_AN_ADULT.format("Carol, her daughter, came. She's got dementia we think."), "dementia", "relative"),
        ("Fire safety visit\n\nOccupier is a hoarder. Smoke alarms were fitted.\n", "hoarder", "adult"),
        ("Repairs visit\n\nThe customer has a stoma and needs the toilet mended.\n", "stoma", "adult"),
        (OF_AN_ADULT.format("A neighbour shouts. Pt has schizophrenia."), "schizophrenia", "adult"),
        (OF_AN_ADULT.format("Another passenger has epilepsy."), "epilepsy", "third-party"),
    ],
)
def test_what_nobody_else_is_said_to_have_is_the_subjects(text: str, words: str, who: str) -> None:
    assert whose(text, words) == {who}


@pytest.mark.parametrize(
    "said",
    [
        "After the birth of her son Otis in 2021 she was treated by her GP with sertraline.",
        "When her daughter Wren was born in 2019 she had postnatal depression.",
    ],
)
def test_what_she_had_when_her_child_was_born_is_her_own(said: str) -> None:
    text = f"Dear Perinatal Mental Health Team,\n\nPlease see Ms Orla Tierney, 31, who is 20 weeks pregnant.\n\n{said}\n\nJo Marsh\nMidwife\n"
    assert whose(text, "she") == {"adult"}


def test_what_her_child_has_is_the_childs() -> None:
    said = "When her son Otis was born he had a heart murmur."
    text = f"Dear Perinatal Mental Health Team,\n\nPlease see Ms Orla Tierney, 31, who is 20 weeks pregnant.\n\n{said}\n\nJo Marsh\nMidwife\n"
    assert "adult" not in whose(text, "murmur")


def test_an_urge_to_ask_and_the_table_tell_one_story() -> None:
    """A finding of the network, which no list has, leaves no “needed for this” in the table."""
    found = report(CHILD.format("Mum had a breakdown before Otis was born."))
    asked = [f.span for f in found.findings if f.family == "over-sharing" and f.span]
    rows = [row for row in found.sharing for s in row.spans for a in asked if s.start < a.end and a.start < s.end]
    assert all(row.standing != "needed" and not row.explained for row in rows)


UNNAMED = "To: {to}\nSubject: Client\n\nDear team\n\n{said}\n\nHanna Tesh\nCaseworker, Lantern Welcome\n"


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (
            "safeguarding@health.example.org",
            "We support a lady in the Mill Hotel who is 28 weeks pregnant. Please could you arrange a booking appointment?",
        ),
        (
            "surgery@example.org",
            "We look after a man in the hostel. He is HIV positive and his tablets ran out on 3 May. Could you find him a clinic?",
        ),
        ("surgery@example.org", "Could you find a doctor for a resident in the hostel who is on dialysis?"),
    ],
)
def test_what_is_asked_for_is_needed_of_somebody_unnamed(to: str, said: str) -> None:
    found = report(UNNAMED.format(to=to, said=said))
    assert not [f.text for f in found.findings if f.family == "over-sharing"]
    assert {row.standing for row in found.sharing} == {"needed"}


def test_a_neighbour_of_somebody_unnamed_is_still_an_outsider() -> None:
    said = "We support a lady in the Mill Hotel who needs a cot. The woman in the next room has cancer."
    assert whose(UNNAMED.format(to="cots@example.org", said=said), "cancer") == {"third-party"}


@pytest.mark.parametrize(
    "told",
    [
        "Her uncle Ray Dunn was in prison for arson in 2015 and had treatment for depression, and lost his job in May",
        "His aunt is bipolar and was convicted of fraud in 2018, and owes money to a lender",
    ],
)
def test_all_that_is_told_of_an_outsider_is_one_thing_to_look_at(told: str) -> None:
    found = report(
        f"To: Northfield family support team\n\nRe: Otis Marlow, aged 7\n\nPlease visit Otis at home. {told}.\n"
    )
    assert [f.text for f in found.findings if f.family == "over-sharing"] == [told]


def test_no_heading_and_no_service_is_a_person() -> None:
    text = "Subject: No-names advice please\n\nHello\n\nAntenatal handover. I rang Rents Arrears and Lettings today about a young person.\n"
    assert not {"No-names", "Antenatal", "Rents Arrears", "Lettings"} & {p.name for p in report(text).people}


REQUEST = "To: Speech therapy team\n\nPlease assess Ben's speech. Ben is five. {}\n"


@pytest.mark.parametrize(
    ("said", "explained"),
    [
        ("Dad came on a spousal visa, which has no bearing on this request.", False),
        ("Mum has bipolar disorder. This is not relevant to the referral.", False),
        ("Mum has bipolar disorder, not that it matters.", False),
        ("Mum has epilepsy, which is not only relevant to the visit but needed for the room.", True),
        (
            "Mum has epilepsy; it does not affect her reading, but please ring her because she may not hear the bell.",
            True,
        ),
        ("Mum drinks too much and that is why he left.", False),
        ("Mum has depression and that is why Ben lives with his nan.", True),
        ("His aunt has cancer. That's why she left.", False),
    ],
)
def test_that_it_does_not_matter_is_no_reason(said: str, explained: bool) -> None:
    assert {row.explained for row in report(REQUEST.format(said)).sharing} == {explained}


PARCEL = "To: Welbury Food Bank\n\nCould you give Ms Dell a parcel for one adult and two children? {}\n\nJo Marsh\n"
STAMMER = "To: Speech therapy team\n\nPlease assess Ben Dell's stammer. Ben is five. {}\n"


@pytest.mark.parametrize(
    "said",
    [
        "One of the kids is coeliac.",
        "One of the children is coeliac so no bread please.",
        "Grandad, who lives with them, is diabetic.",
        "Sam has a nut allergy and they eat halal.",
        "They are Muslim and do not eat pork.",
        "She needs nappies size 4 and baby formula, and Ella is lactose intolerant.",
    ],
)
def test_what_somebody_may_not_eat_is_needed_where_food_is_asked_for(said: str) -> None:
    found = report(PARCEL.format(said))
    assert [f.text for f in found.findings if f.family in ("over-sharing", "jargon")] == []
    assert all(row.standing == "needed" or row.explained for row in found.sharing)


def test_elsewhere_it_is_asked_about() -> None:
    (row,) = report(STAMMER.format("His uncle is coeliac.")).sharing
    assert row.standing == "not-expected"


@pytest.mark.parametrize(
    "said",
    [
        "She has had her share of bother, bipolar, a bad time with her ex (Carl), and lots of DV.",
        "She has had a rough few years, is on antidepressants and sees a CPN.",
    ],
)
def test_of_what_a_food_bank_does_not_need_no_more_is_asked(said: str) -> None:
    found = report(PARCEL.format(said))
    about = [f for f in found.findings if f.span and f.text in said]
    assert any(f.family == "over-sharing" for f in about)
    assert not any("Add what you know" in f.suggestion for f in about)


def test_letters_with_a_figure_are_nobodys_name() -> None:
    text = "To: Lorna\n\nMr Sandhu's appointment is moved to 1 December 2026. His HbA1c is 81 and he has been drinking a bit.\n"
    assert whose(text, "drinking") == {"adult"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Dear Citizens Advice,\n\nPlease could you see Ms Dell.", "She owes £1,150 on two catalogues."),
        ("To: StepLine\n\nPlease ring Ms Dell about her debts.", "Her rent arrears are £640."),
        ("To: Money Advice Service\n\nPlease offer Ms Dell an appointment.", "Her arrears are £640."),
        (
            "To: Housing Options\nRe: Ms Dell, born 3 May 1985\n\nNotice was served on 3 November. Could you see her?",
            "Her rent arrears are £640.",
        ),
        (
            "To: Revenues\n\nI am applying for a discretionary housing payment for Ms Dell.",
            "Her rent is £130 a week and her wages are £205.",
        ),
        ("Subject: Ms Dell - debt advice\nTo: Harbour Advice\n\nPlease see Ms Dell.", "She owes us £640 in rent."),
    ],
)
def test_of_money_nothing_is_asked_where_money_is_what_is_asked_about(asked: str, said: str) -> None:
    found = report(f"{asked} {said}\n\nJo Marsh, Larch Homes\n")
    assert [f.text for f in found.findings if f.family == "over-sharing"] == []
    assert {row.standing for row in found.sharing} <= {"needed"}


@pytest.mark.parametrize(
    "text",
    [
        STAMMER.format("Mum owes £640 in rent."),
        "To: Money Advice Service\n\nPlease see Ms Dell about her debts. Her cousin owes £900 on a catalogue.\n",
        PARCEL.format("Ms Dell was made bankrupt in 2019 and owes £640 to a catalogue."),
        "Dock Money Advice\n3 November 2026\n\nDear Dr Hale,\n\nPlease send us a letter about Ms Dell's knees. She owes £640 on a catalogue.\n",
    ],
)
def test_elsewhere_and_of_others_money_is_asked_about(text: str) -> None:
    assert any(f.family == "over-sharing" for f in report(text).findings)


def test_a_tenants_own_matters_are_not_her_childs() -> None:
    text = (
        "To: Debt Advice\n\nPlease offer Ms Ada Dell an appointment for debt advice. She has been our tenant since May 2023"
        " and lives with her son Kit (6).\n\nShe owes £640 in rent. She has epilepsy.\n\nJo Marsh, Larch Homes\n"
    )
    assert {row.who for row in report(text).sharing} == {"adult"}
