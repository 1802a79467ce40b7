"""How a draft greets its reader: one list for all that ask, in rules/data/addressees.yaml. For patterns that do not heed case."""

from __future__ import annotations

from referral_lint.facts import facts

GREETING = "|".join(facts("addressees.yaml")["greetings"])
