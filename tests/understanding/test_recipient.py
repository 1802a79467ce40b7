"""Who a draft says will read it."""

from __future__ import annotations

import pytest
import spacy

from referral_lint.model import Source
from referral_lint.readers import read
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.saying.recipient import addressee
from referral_lint.understanding.setting import Setting

TOKENIZER = spacy.blank("en")


def named(text: str) -> str:
    document = next(iter(read(Source("draft.txt", text.encode(), "text/plain"))))
    span = addressee(Draft(document, TOKENIZER(document.text), Setting()))
    return document.text[span.start : span.end] if span else ""


LETTER = "Oak Park School\n\n4 March 2026\n\n{address}\n\n{greeting}\n\nI am writing about Ivy Marlow, who is six.\n"


@pytest.mark.parametrize(
    "address", ["Early Help Services\nWendle Council", "Sensory Support Team", "Children's Social Care\nWendle"]
)
@pytest.mark.parametrize("greeting", ["Dear Sir or Madam", "Our ref: OP/22", "To whom it may concern"])
def test_a_service_above_the_greeting_reads_the_letter(address: str, greeting: str) -> None:
    found = named(LETTER.format(address=address, greeting=greeting))
    assert found
    assert found in address


def test_whom_it_may_concern_alone_is_nobody() -> None:
    assert named("Oak Park School\n\n4 March 2026\n\nTo whom it may concern\n\nI am writing about Ivy Marlow.\n") == ""


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("For the nurse coming on at 07:00", "the nurse"),
        ("Call to the emergency duty team. Saturday, 6.20pm", "the emergency duty team"),
    ],
)
def test_a_note_names_its_reader_in_the_first_lines(line: str, who: str) -> None:
    assert who in named(f"HANDOVER SHEET\nSunday 15 March 2026\n{line}\n\nIvy, six, here since 01:55.\n")


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("FROM: Ada Penn, early help     TO: Quay Lane Hub, outreach", "Quay Lane Hub"),
        ("Please return to Adult Safeguarding, Wendle Council", "Adult Safeguarding"),
        ("Where to: the nurses' inbox", "the nurses' inbox"),
        ("Circulation: all who came and Dr Odell", "Dr Odell"),
        ("I / To: Mrs Non Harri, Ysgol y Bryn", "Mrs Non Harri"),
        ("TO_AGENCY: Wendle housing", "Wendle housing"),
        ("Referral - return to the coordinator: mail@example.org", "the coordinator"),
    ],
)
def test_a_form_says_where_it_goes(line: str, who: str) -> None:
    assert who in named(f"SHEET 4\n{line}\n\nIvy, six, is new here.\n")


@pytest.mark.parametrize("line", ["Where to: TBC", "Circulation: all", "FROM: Ada Penn     TO: ____"])
def test_a_place_left_open_names_nobody(line: str) -> None:
    assert named(f"SHEET 4\n{line}\n\nIvy, six, is new here.\n") == ""


@pytest.mark.parametrize(
    "address",
    [
        "Moor Park Young Carers",
        "The Neighbourhood Sergeant, Wendle Police",
        "Dr Rowan, Elm Surgery",
        "Hillside Surgery",
    ],
)
def test_what_stands_between_date_and_greeting_reads_the_letter(address: str) -> None:
    letter = f"Oak Park School\n\n4 March 2026\n\n{address}\n\nDear colleague\n\nI am writing about Ivy Marlow, who is six.\n"
    assert named(letter) == address


@pytest.mark.parametrize("subject", ["Ivy Marlow, born 3 May 2019", "Re Ivy Marlow", "Our ref OP/22"])
def test_a_subject_between_date_and_greeting_is_nobody(subject: str) -> None:
    letter = (
        f"Oak Park School\n\n4 March 2026\n\n{subject}\n\nTo whom it may concern\n\nI am writing about Ivy Marlow.\n"
    )
    assert named(letter) == ""


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("TELEPHONE NOTE. Call to Carer Link, 14 October 2025", "Carer Link"),
        ("FAX: Dr Rowan, Quay Surgery", "Dr Rowan"),
        ("NOTES FOR CALL, no names. Who I am ringing: designated officer advice line", "advice line"),
        ("Day book, page copied to Wendle Housing", "Wendle Housing"),
    ],
)
def test_a_note_says_at_its_top_whom_it_is_for(line: str, who: str) -> None:
    assert who in named(f"{line}\n\nIvy is six. Her gran told me on 3 May that she has not eaten.\n")


@pytest.mark.parametrize(
    "line", ["Copy to the relevant people please", "Duty log, lunch, Monday 3 May", "To: undisclosed recipients"]
)
def test_nobody_in_particular_is_nobody(line: str) -> None:
    assert named(f"{line}\n\nIvy is six. Her gran told me that she has not eaten.\n") == ""


@pytest.mark.parametrize(
    ("top", "who"),
    [
        ("Over to Femi at Wendle Housing for the rest", "Femi"),
        ("For adult social care, front door team: please look at this", "adult social care"),
        ("DUTY HANDOVER  TO EARLY HELP, WENDLE", "EARLY HELP"),
        ("With: Hana Voss, social worker, Wendle", "Hana Voss"),
        ("Summary for Ms Rowan (social worker), 17 July 2026", "Ms Rowan"),
    ],
)
def test_whom_a_note_is_for_is_said_in_many_ways(top: str, who: str) -> None:
    assert who in named(f"PHONE NOTE\nThursday 4 June 2026\n{top}\n\nIvy is six. Her gran told me on 3 May.\n")


@pytest.mark.parametrize("greeting", ["Respected Sir or Madam", "Dear Sirs", "Dear team"])
def test_the_date_may_stand_below_the_address(greeting: str) -> None:
    letter = (
        f"Quay Lane Mosque\n\nThe Clerk\nWendle Relief Fund\n12 June 2026\n\n{greeting}\n\nI write about Ivy Marlow.\n"
    )
    assert "Wendle Relief Fund" in named(letter)


@pytest.mark.parametrize(
    "line",
    ["handover bits for whoever has Mr Rowan now", "To [insert name]", "Passed to: TBC", "can he go on the list."],
)
def test_whoever_it_may_be_is_nobody(line: str) -> None:
    assert named(f"WENDLE HOUSE\n4 June 2026\n\n{line}\n\nIvy is six. She has not eaten.\n") == ""


OWN_FORM = "{title}\n\nName of child: Ivy Marlow\nDate of birth: 3/5/2019\nSchool: Oak Park\nYour name: Ada Penn\n"


@pytest.mark.parametrize(
    "title",
    [
        "KEYSTEP: REFERRAL FORM",
        "WENDLE COUNCIL ONLINE\nRequest for early help - your submission",
        "Homechoice\nApplication",
    ],
)
def test_the_name_in_a_forms_title_reads_it(title: str) -> None:
    assert named(OWN_FORM.format(title=title)) == title


@pytest.mark.parametrize("title", ["REFERRAL FORM", "Inter-agency referral\nConfidential", "Young carer referral"])
def test_a_title_that_any_form_has_names_nobody(title: str) -> None:
    assert named(OWN_FORM.format(title=title)) == ""


@pytest.mark.parametrize("date", [", 3 June 2026", "\n3.6.26", " - Wednesday 3 June 2026"])
def test_the_date_behind_is_no_part_of_the_reader(date: str) -> None:
    assert named(f"To: Wendle Family Hub{date}\n\nIvy is six.\n") == "Wendle Family Hub"


def test_an_address_within_a_sentence_is_read_to_its_end() -> None:
    assert (
        named("Please pass this on, email to Earlyhelp@example.org. She would like a call.\n")
        == "Earlyhelp@example.org"
    )


@pytest.mark.parametrize(
    "below",
    [
        "Please fill in every part. Do the parents know? Yes [x] No [ ]",
        "Complete all pages in block capitals",
        "Does the family team know? ☐ Yes ☒ No",
    ],
)
def test_what_is_printed_below_a_title_is_no_reader(below: str) -> None:
    assert named(f"INTER-AGENCY REFERRAL FORM\n{below}\n\nName: Ivy Marlow\n\nIvy was late on 4 days.\n") == ""


def test_the_title_of_a_services_own_form_goes_without_what_is_printed_below_it() -> None:
    text = "KEYSTEP REFERRAL FORM\nPlease fill in every part.\n\nName: Ivy Marlow\n\nIvy was late on 4 days.\n"
    assert named(text) == "KEYSTEP REFERRAL FORM"
