"""Finding a rule by its name, or by the words of its message."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from referral_lint.errors import RuleError
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Rule

_CODE = compiled(r"[0-9a-f]{8}")
# The words of the draft that a message quotes, and where a rule file leaves room for them.
_QUOTED = compiled(r"[“\"][^”\"]*[”\"]|\{\w+\}")


def named_or_saying(rules: Iterable[Rule], asked: str) -> Rule:
    """The rule of that name, or the one whose message has these words. Raises RuleError that names those that fit."""
    every = tuple(rules)
    if _CODE.fullmatch(asked):
        raise RuleError(f"{asked!r} is the code of one finding; the name of its rule stands before it")
    pieces = [words for words in map(_plain, _QUOTED.split(asked)) if len(words) > 2]
    if len(asked.split()) == 1 or not pieces:
        return named(every, asked)
    found = [rule for rule in every if any(_has(words, pieces) for words in _words(rule))]
    if len(found) == 1:
        return found[0]
    if not found:
        raise RuleError(f"no rule says {asked!r}; `referral-lint rules` lists them all")
    raise RuleError(f"more than one rule says that: {', '.join(rule.id for rule in found)}")


def _words(rule: Rule) -> Iterator[str]:
    """What somebody may have read of the rule."""
    yield from (rule.title, rule.message, rule.suggestion)
    for variant in rule.variants:
        yield from (variant.message, variant.suggestion)


def _has(words: str, pieces: Iterable[str]) -> bool:
    plain = " ".join(_plain(_QUOTED.sub(" ", words)).split())
    return all(piece in plain for piece in pieces)


def named(rules: Iterable[Rule], name: str) -> Rule:
    """The rule of that name; an apostrophe may be left out. Raises RuleError that names the nearest ones."""
    known = {_plain(rule.id): rule for rule in rules}
    if found := known.get(_plain(name)):
        return found
    near = [known[n].id for n in difflib.get_close_matches(_plain(name), known, n=3, cutoff=0.5)]
    hint = f"; did you mean {' or '.join(near)}?" if near else "; `referral-lint rules` lists them all"
    raise RuleError(f"there is no rule {name!r}{hint}")


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("'", "").replace("’", "").split())
