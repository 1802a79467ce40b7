"""Who is who: the role of each person whom a draft names, by form field, kinship, work, age and the words around the name."""

from __future__ import annotations

import numpy as np
import pytest

from referral_lint.engine import Linter
from referral_lint.errors import ModelError
from referral_lint.model import Source
from referral_lint.understanding import layers
from referral_lint.understanding.people import roles

ADULT = """\
To: Adult social care

Re: Mr Arthur Penrose, 8 Quarry Cottages, born 21/02/1944

I am the housing officer for Mr Penrose, who lives on his own. His daughter Jean lives in Leeds and rings him on
Sundays. On 19 November 2026 the smoke alarm had been taken down. Please visit him.

Mike Tarrant
Housing officer
"""
CHILD = """\
Dear early help team

I teach Otis Marlow, who is seven. His mum, Gemma Marlow, and her partner Dean asked me to write to you. His sister
Ivy, 4, comes to our nursery. Our school nurse, Joan Amankwah, saw Otis on 3 November 2026. A neighbour, Mrs Krol, has
Otis on Fridays. Please could you ring Gemma?

Tom Ellery
Class teacher
"""


def found(text: str) -> dict[str, str]:
    report = Linter().lint(Source("draft.txt", text.encode())).documents[0]
    return {person.name: person.role for person in report.people}


def test_an_adult_with_a_grown_daughter() -> None:
    people = found(ADULT)
    assert people["Arthur Penrose"] == "adult"
    assert people["Jean"] == "relative"
    assert people["Mike Tarrant"] == "professional"


def test_a_child_and_those_around() -> None:
    people = found(CHILD)
    expected = {
        "Otis Marlow": "child",
        "Gemma Marlow": "parent",
        "Dean": "partner",
        "Ivy": "sibling",
        "Joan Amankwah": "professional",
        "Mrs Krol": "third-party",
        "Tom Ellery": "professional",
    }
    assert {name: people[name] for name in expected} == expected


def test_the_likeliest_role_is_taken_and_unknown_signs_count_for_nothing() -> None:
    keys = np.array(sorted(map(layers.checksum, ("grown", "minor"))), np.uint32)
    table = np.zeros((2, len(roles.ROLES)))
    table[list(keys).index(layers.checksum("minor")), roles.ROLES.index("child")] = 2
    table[list(keys).index(layers.checksum("grown")), roles.ROLES.index("parent")] = 2
    weights = roles.Weights(keys, table, np.zeros(len(roles.ROLES)))
    assert weights.role({"minor": 2.0, "never seen": 5.0}, "child") == "child"
    assert weights.role({"grown": 2.0, "minor": 0.5}, "child") == "parent"
    assert weights.role({"never seen": 1.0}, "unknown") == "unknown"
    assert weights.role({"minor": 0.5}, "unknown") == "unknown"


def test_missing_weights_are_told_in_one_sentence(tmp_path) -> None:
    with pytest.raises(ModelError, match="install referral-lint again"):
        roles.load(tmp_path / "roles.npz")


def test_whoever_lives_next_door_is_a_third_party() -> None:
    people = found(f"{ADULT}\nMr Jolly next door has shingles, and Mrs Hill at number 5 has the key.\n")
    assert {people["Mr Jolly"], people["Mrs Hill"]} == {"third-party"}


@pytest.mark.parametrize(
    "said",
    [
        "Risk: Amber. Please visit Kit.",
        "RAG: amber\n\nPlease visit Kit.",
        "It is an Amber rating. Please visit Kit.",
        "Level of risk | Amber\n",
    ],
)
def test_amber_as_a_level_of_risk_is_nobody(said: str) -> None:
    assert "Amber" not in found(f"Pupil: Kit Marlow (7)\n\n{said}\n")


def test_a_girl_of_that_name_is_somebody() -> None:
    assert found("Children at risk: Amber and Kit\n\nPlease see Amber, who is seven.\n")["Amber"] == "child"


@pytest.mark.parametrize(
    "named",
    [
        "Name: Nora Hollis\nDOB: 14/06/1941\n",
        "Nora Hollis, born 14 June 1941, falls at home.\n",
        "Name | DOB | Relationship\nNora Hollis | 14/06/1941 | Subject\nTed Hollis | 1966 | Son\n",
        "Nora Hollis (84) falls at home.\n",
    ],
)
def test_who_is_of_age_is_never_the_child(named: str) -> None:
    assert found(f"3 November 2026\n\n{named}\nPlease visit Nora.\n")["Nora Hollis"] != "child"


def test_a_date_in_the_next_cell_that_is_no_birth_tells_no_age() -> None:
    assert found("Name | Seen\nOtis Marlow | 14/06/2026\n\nOtis is in year 3.\n")["Otis Marlow"] == "child"


LETTER = "To: duty@hale.example.org\nFrom: Jo Reed, {work} <jo@{at}.example.org>\nSubject: Help\n\nDear colleague\n\n{said}\n\nJo Reed\n{work}\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Graham Ostler", "I am writing regarding Graham Ostler, one of our tenants. Graham owes us £700 in rent."),
        ("Ivy Parrott", "We would like to refer our service user Ivy Parrott. Ivy is low since her husband Ron died."),
        ("Peter Hallam", "One of our residents, Peter Hallam, fell twice in May. Could your team see Peter at home?"),
        (
            "Terence Gale",
            "I am writing about our client Terence Gale. Terence drinks. His neighbour Bob Sykes does too.",
        ),
    ],
)
def test_whom_a_letter_without_a_re_line_is_written_about(name: str, said: str) -> None:
    assert found(LETTER.format(work="Housing Officer", at="homes", said=said))[name] == "adult"


@pytest.mark.parametrize(
    ("name", "role", "said"),
    [
        ("Kai Marsh", "child", "I would like to refer Kai Marsh, who is in Year 4 with us. Kai has been quiet."),
        ("Dean Hale", "professional", "I am writing about Mr Dean Hale, a teacher at our school. Mr Hale was late."),
        ("Kelly Marsh", "parent", "I am writing regarding Kelly Marsh, mum of Tyler (4). Kelly was late."),
    ],
)
def test_written_about_but_a_child_a_colleague_or_a_parent(name: str, role: str, said: str) -> None:
    assert found(LETTER.format(work="Headteacher", at="school", said=said))[name] == role


OF_AN_ADULT = (
    "Adult social care referral\n\nName: Ruby Marsden\nDOB: 03/02/1939\n{}\n\nShe falls at home. Please assess her.\n"
)
OF_A_CHILD = "Early help referral\n\nChild: Otis Marlow, 6\n{}\n\nOtis comes to school hungry.\n"


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        (OF_AN_ADULT.format("NOK Carol Marsden (daughter, 52)"), "Carol Marsden", "relative"),
        (OF_AN_ADULT.format("Carer Neil Ash (son, 48)"), "Neil Ash", "relative"),
        (OF_AN_ADULT.format("Her daughter Carol visits."), "Carol", "relative"),
        ("Re: Mr Cyril Dobbs, born 04/05/1940\n\nNOK: Lisa Dobbs (daughter)\nHe falls.\n", "Lisa Dobbs", "relative"),
        (OF_A_CHILD.format("HCA Joy Tan weighed him."), "Joy Tan", "professional"),
        (OF_A_CHILD.format("Parents: Gemma M., Craig M. (separated)"), "Craig M", "parent"),
        (OF_A_CHILD.format("\nParent/carer\nName: Gemma Marlow\nDOB: 04/05/1989"), "Gemma Marlow", "parent"),
        (OF_A_CHILD.format("Gemma Marlow | 04/05/1989 | Mother"), "Gemma Marlow", "parent"),
        (OF_A_CHILD.format("Gemma Marlow DOB 04/05/1989 (mother)"), "Gemma Marlow", "parent"),
    ],
)
def test_a_form_says_who_belongs_to_whom(text: str, name: str, role: str) -> None:
    assert found(text)[name] == role
