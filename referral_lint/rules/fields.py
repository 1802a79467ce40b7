"""Which fields the words of a rule may name: `{words}`, and what its kind or its check fills in besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from string import Formatter
from typing import Any

from referral_lint.patterns import compiled
from referral_lint.rules.registry import CHECKS
from referral_lint.rules.shapes import Fault

_OF_KIND = {"term": {"plain", "shared"}, "statement": {"missing"}, "sharing": {"category", "who"}}
_GROUP = compiled(r"\(\?P<(\w+)>")


def faults(rule: Mapping[str, Any]) -> Iterator[Fault]:
    """Fields in the message, the suggestion and the variants that nothing would fill."""
    always, sometimes = filled(rule)
    yield from _in_words(rule, always)
    for i, variant in enumerate(rule.get("variants", ())):
        where = variant["where"]
        given = where.get("gives") if isinstance(where, Mapping) else None
        if given is not None and given not in always | sometimes:
            yield ("variants", i, "where", "gives"), _only(f"cannot be {given!r}", always | sometimes)
        # Where the check gives one of the fields that it fills only sometimes, which ones come with it is its own affair.
        known = always if given is None else always | sometimes
        yield from ((("variants", i, *place), why) for place, why in _in_words(variant, known))


def filled(rule: Mapping[str, Any]) -> tuple[Set[str], Set[str]]:
    """What is filled in at every place that the rule finds, and what only at some."""
    always, sometimes = {"words"}, set()
    if rule["kind"] == "regex":
        groups = [set(_GROUP.findall(pattern)) for pattern in rule["patterns"]]
        always |= set.intersection(*groups)
        sometimes |= set().union(*groups) - always
    elif rule["kind"] == "python":
        named = CHECKS[rule["check"]].fills.split() if rule["check"] in CHECKS else []
        always |= {name for name in named if not name.endswith("?")}
        sometimes |= {name.strip("?") for name in named} - always
    return always | _OF_KIND.get(rule["kind"], set()), sometimes


def _in_words(said: Mapping[str, Any], known: Set[str]) -> Iterator[Fault]:
    for key in ("message", "suggestion"):
        try:
            parts = list(Formatter().parse(said[key]))
        except ValueError as fault:
            yield (key,), f"has a brace that does not belong to a field: {fault}"
            continue
        for _, name, shape, conversion in parts:
            if name is not None and (name not in known or shape or conversion):
                written = name + (f"!{conversion}" if conversion else "") + (f":{shape}" if shape else "")
                yield (key,), _only(f"cannot name {{{written}}}", known)


def _only(what: str, known: Set[str]) -> str:
    return f"{what}: this rule fills {', '.join(f'{{{name}}}' for name in sorted(known))}"
