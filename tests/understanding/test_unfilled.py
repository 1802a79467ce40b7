"""A sentence with a blank that nobody filled in says nothing yet; danger in it is heard all the same."""

from __future__ import annotations

import pytest

from referral_lint import Linter
from referral_lint.facts import facts
from referral_lint.model import DocumentReport, Source, Span, Status
from referral_lint.understanding.saying.units import Unit


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter()


def of(linter: Linter, words: str) -> DocumentReport:
    return linter.lint(Source("draft.txt", words.encode(), "text/plain")).documents[0]


@pytest.mark.parametrize(
    "words",
    [
        "I told ____ on 3 November that I was writing to you.",
        "[name] agreed on [date].",
        "I am sharing this now because ….",
        "His class teacher, [insert name], saw it.",
        "I decided to share this because [...].",
    ],
)
def test_a_blank_is_seen(words: str) -> None:
    assert Unit(Span(0, len(words)), words).unfilled


@pytest.mark.parametrize(
    "words",
    [
        "I told his mother on 3 November that I was writing to you.",
        "His mother agreed on 3 November. Signed: ________",
        "Date: ____",
        "She said that it was … difficult.",
        "Does the family agree? [x] Yes [ ] No",
        "The file is called class_list__2026.",
    ],
)
def test_what_is_left_for_a_pen_and_other_signs_are_no_blank(words: str) -> None:
    assert not Unit(Span(0, len(words)), words).unfilled


def test_sentences_to_adapt_say_nothing_until_they_are_filled_in(linter: Linter) -> None:
    sentences = [entry["sentence"] for entry in facts("statement_words.yaml")["statements"].values()]
    begun = "Dear early help team,\n\nElis Parry came to nursery without a coat on 4 November 2026.\n\n"
    report = of(linter, begun + "\n\n".join(sentences))
    said = [s.name for s in report.statements if s.status is Status.PRESENT]
    assert said == ["recipient"]
    assert len([f for f in report.findings if f.rule == "placeholder-left"]) > 9


def test_danger_is_heard_beside_a_blank(linter: Linter) -> None:
    words = "He is outside her house now with a knife and says that he will kill her. Ring me on ____."
    assert of(linter, words).urgent
