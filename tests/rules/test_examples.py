"""Every rule's examples do what the rule says. This is where most of the rules are tested."""

import pytest

from referral_lint.rules.examples import run
from referral_lint.rules.load import load_packs

RULES, _ = load_packs(["core"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples(rule):
    faults = [f"{o.expected}: {o.example.text!r}: {o.fault}" for o in run([rule]) if o.fault]
    assert not faults, "\n".join(faults)
