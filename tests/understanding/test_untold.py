"""“Not told” says that nobody was told; `informed` also wants to know why not."""

from __future__ import annotations

import pytest

from referral_lint.engine import Linter
from referral_lint.model import DocumentReport, Source


def report(words: str) -> DocumentReport:
    text = f"To: Northfield family support team\n\nPlease visit Ivy Marlow, who is six, at home. {words} She was late on nine mornings in October 2026.\n"
    return Linter().lint(Source("draft.txt", text.encode())).documents[0]


def informed(found: DocumentReport) -> str:
    return next(str(s.status.value) for s in found.statements if s.name == "informed")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("I have not told her mother about this email.", "absent"),
        ("We haven't mentioned this to her parents.", "absent"),
        ("I have not told her mother, because he reads her post.", "present"),
        ("I told her mother today that I would be writing to you.", "present"),
        ("We haven't told them yet, we would like your advice first.", "present"),
    ],
)
def test_not_told_wants_its_reason(words: str, status: str) -> None:
    assert informed(report(words)) == status


def test_whoever_says_that_nobody_was_told_is_asked_why_and_not_whether() -> None:
    rules = {f.rule for f in report("I have not told her mother about this email.").findings}
    assert "override-reason" in rules
    assert "family-told" not in rules


def test_what_a_child_has_told_nobody_is_not_what_the_family_was_told() -> None:
    rules = {
        f.rule
        for f in report("She has not told her brother about the lost shoe, she said on 3 November 2026.").findings
    }
    assert "family-told" in rules


@pytest.mark.parametrize(
    "words",
    [
        "She asked me not to tell her nan about this.",
        "Ivy asked that we do not say anything to her father.",
        "Ivy does not want her mother to know.",
    ],
)
def test_a_wish_that_somebody_is_not_told_is_no_agreement(words: str) -> None:
    found = {s.name: s for s in report(words).statements}
    assert found["wishes"].status.value == "present"
    assert found["consent"].status.value == "absent"
