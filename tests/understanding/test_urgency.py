"""Urgency on 944 short drafts, nearly half of which show danger now or today, the others only sound like it; and on calm long ones."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
import yaml

from referral_lint.model import Source, Span
from referral_lint.readers import read
from referral_lint.understanding import urgency
from referral_lint.understanding.danger import unanswered
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.saying.units import Unit
from referral_lint.understanding.setting import Setting

SETS = {
    name: yaml.safe_load(Path(__file__).with_name(f"urgency_{name}.yaml").read_text(encoding="utf-8"))
    for name in ("drafts", "more", "unseen", "fresh", "later", "six", "formal", "passing", "paragraphs")
}
TOKENIZER = spacy.blank("en")


def is_urgent(text: str) -> bool:
    document = next(iter(read(Source("draft.txt", text.encode("utf-8"), "text/plain"))))
    return Draft(document, TOKENIZER(document.text), Setting()).urgent


def rates(name: str) -> tuple[float, float]:
    """Recall and precision on one file of short drafts."""
    found = sum(map(is_urgent, SETS[name]["urgent"]))
    false = sum(map(is_urgent, SETS[name]["calm"]))
    return found / len(SETS[name]["urgent"]), found / max(1, found + false)


@pytest.mark.parametrize(("name", "count"), [("drafts", 50), ("more", 50), ("unseen", 30), ("later", 50)])
def test_half_of_the_drafts_are_urgent(name: str, count: int) -> None:
    assert len(SETS[name]["urgent"]) == len(SETS[name]["calm"]) == count


def test_a_little_less_than_half_of_the_fresh_drafts_are_urgent() -> None:
    assert (len(SETS["fresh"]["urgent"]), len(SETS["fresh"]["calm"])) == (45, 55)


@pytest.mark.parametrize("name", ["drafts", "more"])
def test_nearly_no_danger_is_overlooked_and_few_alarms_are_false(name: str) -> None:
    recall, precision = rates(name)
    assert recall >= 0.98
    assert precision >= 0.9


@pytest.mark.parametrize(
    ("name", "least", "precise"),
    [
        ("unseen", 0.96, 0.88),
        ("fresh", 0.97, 0.93),
        ("later", 0.96, 0.86),
        ("six", 0.92, 0.83),
        ("formal", 0.95, 0.76),
        ("passing", 0.82, 0.78),
    ],
)
def test_most_danger_is_seen_in_drafts_that_nothing_was_learned_from(name: str, least: float, precise: float) -> None:
    recall, precision = rates(name)
    assert recall >= least
    assert precision >= precise


def test_danger_said_in_passing_does_not_drown_in_calm_paragraphs() -> None:
    around = SETS["paragraphs"]["calm"]
    said = [t for name in ("fresh", "unseen", "later") for t in SETS[name]["urgent"] if len(t) < 160 and "\n" not in t]
    drafts = [f"{around[i % 40]} {text} {around[(i + 7) % 40]}" for i, text in enumerate(said)]
    assert len(drafts) > 40
    assert sum(map(is_urgent, drafts)) / len(drafts) >= 0.88


def test_few_long_calm_drafts_that_speak_of_danger_are_called_urgent() -> None:
    parts = SETS["paragraphs"]["calm"]
    drafts = ["\n\n".join(parts[first : first + 5]) for first in range(0, len(parts), 5)]
    assert len(drafts) == 8
    assert sum(map(is_urgent, drafts)) <= 1


def test_together_the_first_three_sets_reach_what_was_asked_for() -> None:
    """Recall of .98 at precision .9."""
    every = [SETS[name] for name in ("unseen", "fresh", "later")]
    found, false = (sum(map(is_urgent, [t for texts in every for t in texts[key]])) for key in ("urgent", "calm"))
    assert found / sum(len(texts["urgent"]) for texts in every) >= 0.98
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


ALONE = """CREW REFERRAL

Sent to: Duty team, Wendle Council
Names: Ola Kay, 6, and Ned Kay, 17 months

What happened?
Ola rang and said that her mum would not wake up. Her mum could be roused by voice and goes to hospital. There is no other adult.

How urgent?
{}

Your name: Ada Penn
"""
NOW, LATER = "[x] Now   [ ] This week", "[ ] Now   [x] This week"


def read_draft(text: str) -> Draft:
    return Draft(next(iter(read(Source("form.txt", text.encode(), "text/plain")))), TOKENIZER(text), Setting())


def _form(urgent: str) -> Draft:
    return read_draft(ALONE.format(urgent))


def test_a_box_that_says_now_counts() -> None:
    assert urgency.says_now(_form(NOW))
    assert not urgency.says_now(_form(LATER))
    assert not urgency.says_now(_form("[x] Not known   [ ] Now"))
    assert not urgency.says_now(_form("[x] Immediate family   [x] Emergency contact   [x] Today's form"))
    assert urgency.says_now(_form("[ ] This week   [x] Immediate - please ring"))


def test_what_is_nearly_danger_is_danger_where_a_box_says_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urgency.danger, "odds", lambda *_: urgency.LIMIT - 0.1)
    assert _form(NOW).urgent
    assert not _form(LATER).urgent
    monkeypatch.setattr(urgency.danger, "odds", lambda *_: urgency.LIMIT - urgency.TICKED - 0.1)
    assert not _form(NOW).urgent


DENIAL = """CREW REFERRAL

Name: Ola Kay

{}

What happened?
Ola was left with her aunt, who stays with her tonight.

Your name: Ada Penn
"""


@pytest.mark.parametrize(
    ("line", "denied"),
    [
        ("Is anyone in immediate danger?  [ ] Yes  [x] No", True),
        ("Immediate risk?  ☐ Yes  ☒ No", True),
        ("Is the person unsafe tonight?  YES ☐  NO ☒", True),
        ("Is anyone in immediate danger?  [x] Yes  [ ] No", False),
        ("Is anyone in immediate danger?  [ ] Yes  [ ] No", False),
        ("Is everybody safe from immediate harm?  [ ] Yes  [x] No", False),
        ("Have the police been told of the immediate danger?  [ ] Yes  [x] No", False),
        ("Have you taken immediate steps?  [ ] Yes  [x] No", False),
        ("Is she at immediate risk?  [ ] Yes  [x] Not known", False),
        ("Do the parents agree?  [ ] Yes  [x] No", False),
    ],
)
def test_a_box_that_says_no_to_danger_counts(line: str, denied: bool) -> None:
    assert urgency.denies_now(read_draft(DENIAL.format(line))) is denied


def test_what_is_hardly_danger_is_calm_where_a_box_says_that_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    no, unsaid = (f"Is anyone in immediate danger?  [ ] Yes  [{tick}] No" for tick in "x ")
    monkeypatch.setattr(urgency.danger, "odds", lambda *_: urgency.LIMIT + 0.1)
    assert read_draft(DENIAL.format(unsaid)).urgent
    assert not read_draft(DENIAL.format(no)).urgent
    assert read_draft(DENIAL.format(f"{no}\n\nHow soon?  [x] Now   [ ] This week")).urgent


def test_a_box_that_says_no_silences_no_danger_that_is_told() -> None:
    """Every third draft that shows danger, in a form that denies it."""
    form = "REPORT\n\nName: Ola Kay\n\nIs anyone in immediate danger?  [ ] Yes  [{}] No\n\nWhat happened?\n{}\n\nYour name: Ada Penn\n"
    told = [text.replace("\n\n", "\n") for name in ("fresh", "unseen", "later") for text in SETS[name]["urgent"]][::3]
    assert len(told) > 40
    assert [text for text in told if is_urgent(form.format(" ", text)) and not is_urgent(form.format("x", text))] == []


FORM = "Referral form\nName: Ivy Marlow\nWhat has happened? Her brother rang to say that he is on his way.\n{}\nWhat do you want? A visit.\n"


@pytest.mark.parametrize(
    "line",
    [
        "Immediate or not? Immediate, because of what he wrote.",
        "Is anybody in danger now? Yes, she is at home alone.",
        "Is there an immediate risk?\nYes - tonight.",
        "Immediate danger? ☒ Yes ☐ No",
    ],
)
def test_a_form_that_is_answered_so_is_urgent(line: str) -> None:
    assert urgency.answers_now(read_draft(FORM.format(line)))


@pytest.mark.parametrize(
    "line",
    [
        "Immediate or not? Not immediate.",
        "Is anybody in danger now? No, she is with her aunt.",
        "Is anybody in danger now? Yes / No",
        "Is anybody in danger now? ☐ Yes ☐ No",
        "Immediate risk? no\nShared with the parent? Yes, on 5 September.",
        "Who is in the immediate family? Yes, two brothers.",
        "Is a place needed now? Yes.",
        "Is anybody in immediate danger? Yes: ring 999. No: go to question 3.",
    ],
)
def test_a_form_that_is_not_answered_so_says_nothing(line: str) -> None:
    assert not urgency.answers_now(read_draft(FORM.format(line)))


@pytest.mark.parametrize(
    "text",
    [
        "I have rung Mr Dale about his council tax bill twice and he isn't answering. Please send him the form.",
        "We have called Ms Bell four times about the boiler service and she is not picking up.",
        "Mrs Noor isn't picking up her phone. I only wanted to book the survey for the roof.",
        "Mr Webb is still not answering my calls, so I have posted the letter about his parking permit.",
    ],
)
def test_a_call_about_business_that_nobody_answers_is_no_danger(text: str) -> None:
    assert not urgency.is_urgent(read_draft(text))


@pytest.mark.parametrize(
    "text",
    [
        "I rang Mrs Penn about her rent and she is not answering. She always answers, and nobody has seen her since Friday.",
        "I called about the repair and he is not answering the door. His lights are on and I heard a fall.",
        "Mum is not answering my calls about the nursery place and Jay was not collected at 4pm.",
        "Mr Pell (84) isn't picking up when I ring about his rent.",
        "She texted that she was sorry for everything and is not answering about the arrears.",
        "She is not answering. She rang about her rent an hour ago and said that he was outside with a hammer.",
    ],
)
def test_nor_does_business_calm_what_is_feared(text: str) -> None:
    assert urgency.is_urgent(read_draft(text))


def test_only_the_call_is_said_calmly() -> None:
    said = [Unit(Span(0, 1), text) for text in ("Mr Webb isn't answering about the invoice.", "He is out of work.")]
    assert [unit.text for unit in unanswered.said(said)] == [
        "Mr Webb has yet to reply about the invoice.",
        "He is out of work.",
    ]
    for text in (
        "Mum is not picking up Ben after the meeting about the form.",
        "She is not answering the door about the rent.",
    ):
        assert unanswered.said([Unit(Span(0, 1), text)])[0].text == text
