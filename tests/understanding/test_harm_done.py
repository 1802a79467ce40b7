"""That somebody takes an adult's money, food, tablets or freedom is evidence of harm: nothing asks to leave it out."""

from __future__ import annotations

import pytest
import spacy

from referral_lint.model import Source, Span
from referral_lint.readers import read
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.setting import Setting
from referral_lint.understanding.sharing import tells_of_harm
from tests.understanding.test_private_facts import report

TOLD = "To: Housing Options\n\nPlease find Mrs Olive Penn a ground floor flat. She agrees to this.\n\n{}\n\nJan Hill, district nurse\n"


def surplus(said: str) -> list[str]:
    return [f.rule for f in report(TOLD.format(said)).findings if f.family == "over-sharing"]


@pytest.mark.parametrize(
    "said",
    [
        "Her neighbour borrows money from her every week and never pays it back.",
        "Her nephew spends her pension on drink.",
        "The carer helped herself to Mrs Penn's savings, and she has debts of £900.",
        "Her lodger keeps her bank card to pay off his own debts.",
        "Her daughter is living off her and has got her into debt.",
        "Her son has been selling her tablets to drug users.",
        "Her partner will not let her see the psychiatrist.",
    ],
)
def test_harm_done_to_an_adult_is_not_surplus(said: str) -> None:
    assert surplus(said) == []


def tells(said: str) -> bool:
    document = next(iter(read(Source("a.txt", said.encode(), "text/plain"))))
    return tells_of_harm(Draft(document, spacy.blank("en")(said), Setting()), Span(0, len(said)))


def test_who_takes_is_another_than_the_owner() -> None:
    assert tells("Her nephew spends her pension on drink.")
    assert tells("His niece lives off him.")
    assert tells("The lodger locks him in.")
    assert not tells("Her nephew spends his pension on drink.")
    assert not tells("His niece lives off her savings.")
    assert not tells("Her sister borrows money from her boyfriend.")
    assert not tells("Mum takes her medication and keeps her phone on.")


def test_what_else_is_told_of_somebody_is_still_asked_about() -> None:
    assert surplus("Her neighbour takes antidepressants.")
    assert surplus("Her nephew, who is gay, is behind with his own rent.")


def asked_how_known(said: str) -> list[str]:
    return [f.text for f in report(TOLD.format(said)).findings if f.rule == "money-taken"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Her cleaner has sold her rings.", "Her cleaner has sold her rings"),
        ("The window cleaner has conned her out of £600.", "cleaner has conned her"),
        ("Her son put the bungalow in his own name.", "Her son put the bungalow in his own name"),
        ("Her tenant holds her cheque book.", "Her tenant holds her cheque book"),
    ],
)
def test_money_that_is_taken_is_asked_how_it_is_known(said: str, words: str) -> None:
    assert asked_how_known(said) == [words]


@pytest.mark.parametrize(
    "said",
    [
        "Her cleaner has sold her rings. She told me so on 3 November.",
        "The bank confirmed on 3 November that her tenant holds her cheque book.",
        "Her son may be taking her pension, and I would like somebody to ask her.",
        "Her sister takes her shopping on Mondays.",
        "Her daughter holds her bank card as her appointee.",
    ],
)
def test_with_its_source_or_as_a_worry_it_is_not(said: str) -> None:
    assert asked_how_known(said) == []


def hurt(said: str) -> bool:
    document = next(iter(read(Source("draft.txt", said.encode(), "text/plain"))))
    return Draft(document, spacy.blank("en")(document.text), Setting()).harm_is_told


@pytest.mark.parametrize(
    "said",
    [
        "He says that Uncle Ray kicked him on Sunday.",
        "Her stepfather has been hitting her brother.",
        "I am not sure who hit her.",
        "She is being groomed by a man she met online.",
        "There were slap marks on his back.",
        "He told me that he is scared of his dad.",
        "The twins look badly neglected.",
        "Her mum threw a cup at her.",
        "The baby's father shook the baby on Friday.",
    ],
)
def test_that_somebody_hurts_another_is_known(said: str) -> None:
    assert hurt(said)


@pytest.mark.parametrize(
    "said",
    [
        "Nobody has ever hit him.",
        "He is not being hurt.",
        "She beats me at chess.",
        "She shook her head.",
        "He shook my hand and left.",
        "He was burnt out after the exams.",
        "Please see the Domestic Abuse Notification Desk.",
        "He will come on his own, so please book a short visit.",
    ],
)
def test_what_hurts_nobody_is_left_alone(said: str) -> None:
    assert not hurt(said)
