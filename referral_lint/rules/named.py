"""Finding a rule by the name that somebody types."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from referral_lint.errors import RuleError
from referral_lint.rules.rule import Rule


def named(rules: Iterable[Rule], name: str) -> Rule:
    """The rule of that name; an apostrophe may be left out. Raises RuleError that names the nearest ones."""
    known = {_plain(rule.id): rule for rule in rules}
    if found := known.get(_plain(name)):
        return found
    near = [known[n].id for n in difflib.get_close_matches(_plain(name), known, n=3, cutoff=0.5)]
    hint = f"; did you mean {' or '.join(near)}?" if near else "; `referral-lint rules` lists them all"
    raise RuleError(f"there is no rule {name!r}{hint}")


def _plain(name: str) -> str:
    return name.strip().casefold().replace("'", "").replace("’", "")
