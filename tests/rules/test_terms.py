"""The kind `term`: explained words are left alone, neighbours are one remark."""

import pytest

from referral_lint.facts import rows
from referral_lint.model import Source, Span
from referral_lint.rules.spell import spelled
from referral_lint.rules.terms import is_explained
from tests.linting import linter


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


@pytest.mark.parametrize(
    ("words", "suggestion"),
    [
        ("He has delirium.", "In plain words: sudden confusion caused by illness."),
        (
            "She is dysregulated at transitions.",
            "In plain words: “dysregulated” is finding it hard to manage strong feelings;"
            " “transitions” is moves from one stage or place to the next.",
        ),
        ("She had glomerulonephritis in May.", "Say it in everyday words, or explain it in brackets."),
    ],
)
def test_what_a_term_means_is_said(words: str, suggestion: str) -> None:
    text = f"To: Early help team\n\nI am asking for a family worker for Ivy Marlow, who is six. {words}\n"
    report = linter().lint(Source("draft.txt", text.encode())).documents[0]
    assert [f.suggestion for f in report.findings if f.rule == "jargon-unexplained"] == [suggestion]


def test_every_term_has_a_meaning_that_can_stand_in_its_place() -> None:
    for row in rows("jargon.tsv"):
        plain = row["plain"]
        assert 1 <= len(plain.split()) <= 12, row
        assert not plain.startswith(("say ", "give ", "tell ", "write ")), row
        assert not set(plain) & set(":;"), row


BABY = "To: Dr Venn, {to}\nFrom: Ada Low, Health Visiting Team\n\nHe is on the 50th centile.\n"


@pytest.mark.parametrize(
    ("to", "message"),
    [
        ("Lime Surgery", "You and your reader both use “centile”; the family may not follow it."),
        ("Hale Council Children's Services", "Not every reader will follow “centile”."),
    ],
)
def test_the_everyday_language_of_both_is_asked_about_for_the_family(to, message):
    (report,) = linter().lint(Source("d.txt", BABY.format(to=to).encode())).documents
    assert [f.message for f in report.findings if f.rule == "jargon-unexplained"] == [message]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("The bed alarm was not plugged in.", []),
        ("The hoist charger is plugged into the wall by the window.", []),
        ("He told me that he had plugged six wraps of heroin.", ["plugged"]),
        ("She was rooting in the kitchen drawer.", []),
        ("The calls are diverted to my mobile.", []),
        ("The committee gave the trip its backing.", []),
        ("His speech shows backing of most sounds.", ["backing"]),
    ],
)
def test_an_everyday_word_is_the_trades_only_beside_its_words(words: str, found: list[str]) -> None:
    (report,) = (
        linter()
        .lint(Source("draft.txt", f"To: Early help team\n\nPlease visit Ivy Marlow, who is six. {words}\n".encode()))
        .documents
    )
    seen = [f.text for f in report.findings if f.rule == "jargon-unexplained"]
    assert seen == found
