"""A rule is found by its name, and by the words that somebody read."""

from __future__ import annotations

import pytest

from referral_lint.errors import RuleError
from referral_lint.rules.load import load_packs
from referral_lint.rules.named import named_or_saying
from referral_lint.rules.rule import Rule


@pytest.fixture(scope="module")
def rules() -> tuple[Rule, ...]:
    return load_packs(("core",))[0]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("vague-frequency", "vague-frequency"),
        ("could be twice a year", "vague-frequency"),
        ("“Regularly” could be twice a year or twice a day.", "vague-frequency"),
        ("A conclusion put as a fact", "inference-as-fact"),
    ],
)
def test_a_rule_is_found_by_its_name_or_its_words(rules: tuple[Rule, ...], asked: str, name: str) -> None:
    assert named_or_saying(rules, asked).id == name


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("290452a7", "the code of one finding"),
        ("vague-frequenzy", "did you mean vague-frequency"),
        ("the moon is made of cheese", "no rule says"),
        ("the draft does not say", "more than one rule says that: benefit"),
    ],
)
def test_whatever_fits_no_single_rule_is_told(rules: tuple[Rule, ...], asked: str, said: str) -> None:
    with pytest.raises(RuleError, match=said):
        named_or_saying(rules, asked)
