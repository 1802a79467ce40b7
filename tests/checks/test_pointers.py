"""What points to one family in an enquiry that names nobody."""

from __future__ import annotations

import pytest

from referral_lint import language
from referral_lint.checks import pointers
from referral_lint.model import Source
from referral_lint.readers import read
from referral_lint.understanding import naming
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.setting import Setting
from tests.linting import linter

PIPELINE = language.load({"names"})
OPENING = "Subject: General question, no names\n\nHello\n\nI would like advice before I decide whether to refer. "


def found(sentence: str) -> set[str]:
    document = next(iter(read(Source("draft.txt", f"{OPENING}{sentence}\n\nThank you\nAsha Lowe\n".encode()))))
    draft = Draft(document, PIPELINE.doc(document.text), Setting())
    own = naming.others(draft)
    return {draft.words(clue.span) for clue in [*pointers.of(draft, own), *pointers.of_their_own(draft, own)]}


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The family have the caravan behind the chip shop.", "caravan behind the chip shop"),
        ("Her father plays the cornet in the town band.", "the town band"),
        ("He is the vicar's stepson.", "vicar's stepson"),
        ("They are the only Mongolian family in the town.", "only Mongolian family in the town"),
        ("Mum reads the weather on local radio.", "reads the weather"),
        ("There are triplets and an older girl.", "triplets"),
        ("His initials are R.K. if that helps.", "initials are R.K"),
        ("She swims for Hexley Otters twice a week.", "Hexley Otters"),
        ("The grandfather is a retired chief constable.", "retired chief constable"),
        ("Dad came second in the raft race.", "came second in the raft race"),
    ],
)
def test_points_to_a_family(sentence: str, words: str) -> None:
    assert any(words in one for one in found(sentence)), found(sentence)


def test_a_pointer_ends_with_a_whole_word() -> None:
    words = "lives over the biggest and brightest bakery that anybody"
    assert words in found("She lives over the biggest and brightest bakery that anybody has ever seen.")


@pytest.mark.parametrize(
    "sentence",
    [
        "A child of primary age told me about an argument at home on Tuesday 4 March.",
        "The only reason I am writing is that I'd like a second view.",
        "One parent gets Universal Credit and the other works away.",
        "I'm off on Fridays and my manager, Ms Ogden, knows that I've asked.",
        "The young person uses Instagram and came here from France.",
        "The children are well and I'd call the risk low.",
        "The helpline of Women's Aid and a worker from Barnardo’s both said to ask you.",
    ],
)
def test_general_facts_point_to_nobody(sentence: str) -> None:
    assert found(sentence) == set()


def test_an_enquiry_need_not_say_that_it_names_nobody() -> None:
    words = (
        "Subject: A question about thresholds\nTo: Safeguarding advice line\n\nDear adviser\n\nCould I have your advice on a situation, please? A parent we know has"
        " told us that she sometimes leaves a child of about nine at home in the evening. Would you want a referral for this, or is it"
        " something for us to talk through with the parent first?\n\nKind regards\nAsha Lowe\nVolunteer\n"
    )
    document = next(iter(read(Source("draft.txt", words.encode()))))
    draft = Draft(document, PIPELINE.doc(document.text), Setting())
    assert not draft.asks_in_general
    assert draft.mode == "no-names"


@pytest.mark.parametrize(("opening", "severity"), [("No names please. ", "stop"), ("", "fix")])
def test_a_message_is_held_only_where_the_writer_said_that_it_names_nobody(opening: str, severity: str) -> None:
    words = (
        f"Subject: A question about thresholds\nTo: Safeguarding advice line\n\nDear adviser\n\n{opening}Could I have your advice on a"
        " situation, please? A parent tells us that she sometimes leaves a child of about nine at home in the evening. They live in"
        " the end cottage by the ferry. Would you want a referral for this, or is it something for us to talk through with the"
        " parent first?\n\nKind regards\nAsha Lowe\nVolunteer\n"
    )
    report = linter().lint(Source("draft.txt", words.encode())).documents[0]
    found = [f.severity.value for f in report.findings if f.rule == "identifier-in-no-names"]
    assert set(found) == {severity}


def of_clues(sentence: str) -> list[tuple[str, str, str]]:
    """Words, severity and advice of each clue."""
    text = f"{OPENING}No names please. {sentence}\n\nThank you\nAsha Lowe\n"
    report = linter().lint(Source("draft.txt", text.encode())).documents[0]
    return [(f.text, f.severity.value, f.suggestion) for f in report.findings if f.rule == "identifier-in-no-names"]


def test_each_clue_has_the_advice_of_its_kind_and_the_way_on_is_told_once() -> None:
    found = of_clues("His brother Callum told her. She is 6 and drives the school bus. The boy was born on 3 May 2019.")
    assert len({advice for _, _, advice in found}) == len(found) > 2
    assert [("may be harmed" in advice) for _, _, advice in found] == [True] + [False] * (len(found) - 1)


@pytest.mark.parametrize(
    ("sentence", "words", "severity"),
    [
        ("A small girl in Ladybirds cries all day.", "Ladybirds", "fix"),
        ("She has been in St Brannock's since June.", "She has been in St Brannock's", "stop"),
        ("Her cousin Callum minds her.", "Callum", "stop"),
        ("They have the shop on Otter Parade now.", "Otter Parade", "stop"),
    ],
)
def test_a_name_that_is_no_persons_does_not_hold_a_message(sentence: str, words: str, severity: str) -> None:
    assert [(said, how) for said, how, _ in of_clues(sentence)] == [(words, severity)]
