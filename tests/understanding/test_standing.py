"""What the purpose of a draft needs of whom: a line for each rule of the judgement."""

import pytest

from referral_lint.understanding.sharing.standing import judged

CASES = [
    # The purpose lists it as necessary; but what not even the usual form asks for is asked about, unless it is the subject's own.
    (("housing_support",), "parent", "finances", "private", "needed"),
    (("housing_support",), "parent", "finances", "strong", "explain"),
    (("health_visiting",), "parent", "physical_health", "strong", "explain"),
    (("health_visiting",), "child", "physical_health", "strong", "needed"),
    # A draft with this need says so itself.
    (("charity_practical_help",), "third-party", "physical_health", "needed", "needed"),
    # Money told without a name is the parents'.
    (("housing_support",), "unknown", "finances", "private", "needed"),
    # What they did is the matter itself for the police and for youth justice, and for nobody else.
    (("youth_justice",), "child", "criminal", "strong", "needed"),
    (("early_help",), "parent", "criminal", "weighed", "not-expected"),
    # With no purpose known, an illness in the family passes; anybody else's does not.
    ((), "parent", "physical_health", "private", "needed"),
    ((), "relative", "physical_health", "private", "not-expected"),
    # Outsiders: only what can be the danger itself; not another child's care, nor a colleague's habits.
    (("prevent",), "relative", "substance_use", "weighed", "needed"),
    (("early_help",), "relative", "substance_use", "weighed", "not-expected"),
    (("prevent",), "third-party", "child_abuse", "weighed", "not-expected"),
    (("prevent",), "professional", "substance_use", "weighed", "not-expected"),
    (("allegation_against_staff",), "professional", "substance_use", "weighed", "needed"),
    # A brother's or sister's matter wants a reason, unless there is danger.
    (("early_help",), "sibling", "substance_use", "weighed", "explain"),
    (("prevent",), "sibling", "substance_use", "weighed", "needed"),
]


@pytest.mark.parametrize(("purposes", "who", "category", "nature", "standing"), CASES)
def test_standing(purposes, who, category, nature, standing):
    assert judged(purposes, who, category, nature) == standing
