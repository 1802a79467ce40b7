"""Urgency on a hundred short drafts: half of them show danger now or today, half only look or sound like it."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
import yaml

from referral_lint.model import Source
from referral_lint.readers import read
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.setting import Setting

DRAFTS = yaml.safe_load(Path(__file__).with_name("urgency_drafts.yaml").read_text(encoding="utf-8"))
TOKENIZER = spacy.blank("en")


def is_urgent(text: str) -> bool:
    document = next(iter(read(Source("draft.txt", text.encode("utf-8"), "text/plain"))))
    return Draft(document, TOKENIZER(document.text), Setting()).urgent


def test_there_are_a_hundred_drafts_half_and_half():
    assert len(DRAFTS["urgent"]) == len(DRAFTS["calm"]) == 50


def test_nearly_no_danger_is_overlooked_and_few_alarms_are_false():
    found = sum(map(is_urgent, DRAFTS["urgent"]))
    false = sum(map(is_urgent, DRAFTS["calm"]))
    assert found / len(DRAFTS["urgent"]) >= 0.98
    assert found / (found + false) >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Dear team",
        "He is safe tonight.",
    ],
)
def test_nothing_said_is_not_urgent(text):
    assert not is_urgent(text)


def test_danger_in_an_earlier_message_below_is_not_this_drafts():
    draft = (
        "Subject: Re: meeting\nFrom: A Reader\nTo: B Writer\n\nThank you, Tuesday is fine.\n\n"
        "-----Original Message-----\nFrom: B Writer\nSent: 3 March 2026 09:00\nTo: A Reader\nSubject: meeting\n\n"
        "He is in immediate danger now and we have rung 999.\n"
    )
    assert not is_urgent(draft)
