"""Who lives in the home is what social care asks for: there it is never surplus."""

from __future__ import annotations

import pytest

from tests.understanding.test_private_facts import report

WORRIED = "{}\n\nI am worried that Kit Adeyemi, 7, is not being fed. {} On 3 November Kit told me that the kitchen is locked.\n"


def surplus(head: str, said: str) -> list[str]:
    return [f.rule for f in report(WORRIED.format(head, said)).findings if f.family == "over-sharing"]


@pytest.mark.parametrize(
    "said",
    [
        "Her mother has a new partner, Dean Rook.",
        "There's a new partner in the home (Dean, surname not known), whom school have not met.",
        "Mum's new boyfriend lives in the house.",
    ],
)
@pytest.mark.parametrize("head", ["MASH REFERRAL", "To: Northmoor Children's Social Care"])
def test_who_lives_there_is_not_surplus_to_social_care(head: str, said: str) -> None:
    assert surplus(head, said) == []


def test_more_than_that_may_be() -> None:
    found = report(
        "To: Speech therapy team\n\nPlease assess Ben's stammer. Ben is five. There's a new partner in the home (Dean, surname not known).\n"
    )
    assert "private-wording" in {f.rule for f in found.findings}
