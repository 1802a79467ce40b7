"""The contract's JSON: the words of the sources beside their codes."""

import json

from referral_lint.model import Report
from referral_lint.writers.json import render

from .hand_made import document, finding

TEXT = "The heating was often off."


def test_sources_are_said_in_words_beside_their_codes():
    found = finding(TEXT, "often", source="S26 · S28 · our guide, page 2")
    shown = json.loads(render(Report((document(TEXT, found),))))["documents"][0]["findings"][0]
    assert shown["source"] == "S26 · S28 · our guide, page 2"
    assert shown["sources"] == [
        "Guidance on information sharing: use clear, unambiguous language",
        "Guidance on information sharing: what is inferred can differ from what was said",
        "our guide, page 2",
    ]
