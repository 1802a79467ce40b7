"""Rules of kind `model`: their labels are checked, and they share one voice with the patterns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from referral_lint.engine import Linter
from referral_lint.errors import RuleError
from referral_lint.model import Source
from referral_lint.rules.docs import sections
from referral_lint.rules.load import load_packs

RULES = {rule.id: rule for rule in load_packs(["core"])[0]}


def test_an_unknown_label_does_not_load() -> None:
    rule = replace(RULES["unclear-wording"], matcher={"label": "VAGUE", "threshold": 0.5})
    with pytest.raises(RuleError, match="there is no label 'VAGUE': one of AMB, OPN, JRG"):
        Linter(rules=[rule])


def test_the_reference_names_label_and_threshold() -> None:
    rule = RULES["unclear-wording"]
    said = dict(sections(rule, str))["How it looks"][0]
    assert "AMB" in said
    assert str(rule.matcher["threshold"]) in said


def test_a_pattern_speaks_before_the_network() -> None:
    everywhere = replace(RULES["unclear-wording"], matcher={"label": "AMB", "threshold": 0.0}, unless=())
    text = "He is regularly late."
    linter = Linter(rules=[RULES["vague-frequency"], everywhere])
    document = linter.lint(Source("draft.txt", text.encode(), "text/plain")).documents[0]
    found = [(f.rule, f.text) for f in document.findings if f.span and "regularly" in f.text]
    assert found == [("vague-frequency", "regularly")]
