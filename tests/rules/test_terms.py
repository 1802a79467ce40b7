"""The kind `term`: explained words are left alone, neighbours are one remark."""

import pytest

from referral_lint.model import Span
from referral_lint.rules.spell import spelled
from referral_lint.rules.terms import is_explained


def test_braces_are_spelled_out():
    assert sorted(spelled("self{-, }regulat{e,ed}")) == [
        "self regulate",
        "self regulated",
        "self-regulate",
        "self-regulated",
    ]


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("He is enmeshed (he cannot leave her side).", True),
        ("He is enmeshed, which means that he cannot leave her.", True),
        ("She cannot leave him, which staff call enmeshed.", True),
        ("He is enmeshed (May 2024).", False),
        ("He is enmeshed with her.", False),
    ],
)
def test_explained(text, explained):
    start = text.index("enmeshed")
    assert is_explained(text, Span(start, start + 8)) is explained
