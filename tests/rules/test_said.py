"""A condition's pattern as a person reads it."""

import pytest

from referral_lint.rules.said import in_words


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b(?:how|as)", "“how” or “as”"),
        (r"(?:a )?mug\b", "“mug” or “a mug”"),
        (r".*\b(?:tea|milk)\b.*", "“…tea…” or “…milk…”"),
        (r"(?!.*\bcup\b).*", "other than “…cup”"),
        (r"\d+|two", "“(a number)” or “two”"),
        (
            "red|blue|pink|gold|grey|lime|teal|navy",
            "“red”, “blue”, “pink”, “gold”, “grey”, “lime” and 2 more like them",
        ),
        (r"(?<=a)b", "words that the rule's file describes by a pattern"),
        (r"(?:[abcd] ?){1}(?:[abcd] ?)(?:[abcd] ?)(?:[abcd] ?)", "words that the rule's file describes by a pattern"),
    ],
)
def test_patterns_read_as_words(pattern, words):
    assert in_words(pattern) == words
