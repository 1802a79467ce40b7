"""The linter of every test that needs no setting of its own: making one loads the rules and the weights."""

from functools import cache

from referral_lint.engine import Linter


@cache
def linter() -> Linter:
    return Linter()
