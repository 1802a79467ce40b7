"""“Please do the needful” asks for nothing that the reader could do; what a draft is for is then still to be said."""

from __future__ import annotations

import pytest

from referral_lint.engine import Linter
from referral_lint.model import Source


def purpose(ask: str) -> str:
    text = f"Wren Abbott is in Year 4 at our school.\nShe was late on nine mornings in October 2026.\nHer coat is thin.\n{ask}\n"
    found = Linter().lint(Source("note.txt", text.encode())).documents[0]
    return next(str(s.status.value) for s in found.statements if s.name == "purpose")


@pytest.mark.parametrize(
    ("ask", "status"),
    [
        ("Could you please do the needful.", "absent"),
        ("See attached, I think this is one for you.", "absent"),
        ("I should be grateful if you would give the matter your attention.", "absent"),
        ("Please give this your attention and visit her at home.", "present"),
        ("See attached, could you ring her mother about breakfast club.", "present"),
        ("Please send us the date of her review.", "present"),
    ],
)
def test_an_ask_with_nothing_to_do_in_it_is_no_purpose(ask: str, status: str) -> None:
    assert purpose(ask) == status


def test_that_somebody_knows_of_the_sending_is_not_what_it_is_for() -> None:
    assert purpose("Her mother knows that we are sending this.") == "absent"
