"""Phrases in tokens: case and spaces do not matter, ends of tokens do."""

from referral_lint import language
from referral_lint.rules.phrases import Phrases, longest

PIPELINE = language.load(())


def found(phrases: list[str], text: str) -> list[str]:
    index = Phrases([(p, p) for p in phrases], PIPELINE.light.tokens)
    return [text[p.span.start : p.span.end] for p in longest(index.find(PIPELINE.doc(text)))]


def test_whole_tokens_in_any_case():
    assert found(["core group"], "The Core Group met; encore groups and CORE GROUP's minutes.") == [
        "Core Group",
        "CORE GROUP",
    ]


def test_the_longest_of_overlapping_phrases():
    assert found(["child protection", "child protection plan"], "a child protection plan") == ["child protection plan"]


def test_a_phrase_does_not_go_on_over_a_line():
    assert found(["core group"], "the core\ngroup") == []


def test_special_cases_are_cut_as_in_a_text():
    assert found(["won't engage", "i'm worried"], "She won't engage. I'm worried.") == ["won't engage", "I'm worried"]
