"""Countries, towns and common words are nobody's name; a name shared with a place is one where a person is meant."""

import pytest

from referral_lint import Linter
from referral_lint.model import Source

LINTER = Linter()


def named(text):
    report = LINTER.lint(Source("draft.txt", text.encode()))
    people = report.documents[0].people
    return sorted(text[m.start : m.end] for p in people for m in p.mentions if m.kind == "name")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("She flew from Israel to San Francisco and on to Houston with her Polish friend.", []),
        ("The Grill and Burger King are closed, and Guidance was sent to the Consultation Line.", []),
        ("His brother Jordan told us that he had moved to Birmingham.", ["Jordan"]),
        ("We teach Fatima, 13, Tanvir, 10, and Rafi, 7.", ["Fatima", "Rafi", "Tanvir"]),
    ],
)
def test_who_is_named(text, names):
    assert named(text) == names
