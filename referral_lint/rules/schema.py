"""What a rule file may say: keys and what stands behind them, kinds, scopes and conditions. Anything else does not load."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from referral_lint.config_keys import NATIONS
from referral_lint.facts import facts
from referral_lint.language import NEEDS
from referral_lint.model import UNSEEN, BlockKind, Severity, Status
from referral_lint.rules.conditions import CONDITIONS
from referral_lint.rules.shapes import (
    Fault,
    Key,
    Shape,
    day,
    each,
    flag,
    listed,
    mapping,
    one_of,
    one_or_listed,
    probability,
    table,
    text,
)
from referral_lint.rules.spell import spelled
from referral_lint.understanding.blocks import OWN
from referral_lint.understanding.statements import NAMES

# scope -> the kinds of blocks that a rule looks at; unticked options are never anybody's words
SCOPES: dict[str, frozenset[BlockKind]] = {
    "prose": OWN,
    "headings": frozenset({BlockKind.HEADING}),
    "questions": frozenset({BlockKind.QUESTION}),  # also what only looks like one, in a note or letter
    "placeholders": frozenset({BlockKind.PLACEHOLDER}),
    "headers": frozenset({BlockKind.EMAIL_HEADER}),
    "signature": frozenset({BlockKind.SIGNATURE}),
    "quoted": frozenset({BlockKind.QUOTED}),
    "unseen": UNSEEN,
    "all": frozenset(BlockKind),
}

# What `when`, `unless` and `variants` may ask besides the named conditions, with a pattern or several of one's own; as it is told of a rule.
PATTERNS: dict[str, str] = {
    "near": "the sentence has {}",
    "before": "it comes right after {}",
    "after": "it is followed by {}",
    "words": "the words are {}",
    "anywhere": "somewhere the draft has {}",
    "gives": "it is known: {}",  # no pattern: the check fills this field of the message
}


def joined(patterns: str | list[str]) -> str:
    """Several patterns as one."""
    return patterns if isinstance(patterns, str) else "|".join(patterns)


def condition(value: Any) -> Iterator[Fault]:
    """A condition by its name, or one key with a pattern or several."""
    if not isinstance(value, Mapping):
        yield from one_of([*CONDITIONS, *(f"{name}: …" for name in PATTERNS)])(value)
    elif len(value) != 1 or next(iter(value)) not in PATTERNS:
        yield (), f"must be one of {', '.join(PATTERNS)}, with a pattern"
    else:
        ((name, held),) = value.items()
        wrong = [((name, *place), why) for place, why in one_or_listed(text)(held)]
        yield from wrong or (((name,), why) for why in _broken(joined(held)))


def _broken(pattern: str) -> Iterator[str]:
    try:
        re.compile(pattern)
    except re.error as fault:
        yield f"has a bad pattern: {fault}"


def _of(name: str) -> Shape:
    """The name of something that the facts in rules/data describe."""
    return one_of(lambda: facts(f"{name}.yaml")[name])


def _phrase(value: Any) -> Iterator[Fault]:
    yield from list(_braced(value)) or (
        ((), "has a variant without words") for one in spelled(value) if not one.strip()
    )


def _braced(value: Any) -> Iterator[Fault]:
    """A text in which `{a,b}` spells out variants: a brace without its other half would be looked for as it stands."""
    yield from list(text(value)) or (((), BRACE) for one in spelled(value) if {"{", "}"}.intersection(one))


BRACE = "has a brace without its other half: write {one,other}"
_TEXTS = listed(text)
_SEVERITY = one_of([*Severity])
_WHO = listed(one_of("child parent partner sibling relative adult third-party professional unknown".split()), 1)
_VARIANT = mapping({"where": Key(condition), "message": Key(text), "suggestion": Key(text)})

# What an example may say of the setting it is read in.
CONTEXT: dict[str, Key] = {
    "purposes": Key(listed(_of("purposes")), False),
    "sender": Key(text, False),
    "recipients": Key(_TEXTS, False),
    "kind": Key(one_of(("email", "letter", "form", "note")), False),
    "mode": Key(one_of(("named", "no-names")), False),
    "today": Key(day, False),
    "statements": Key(each(NAMES, one_of([*Status])), False),
    "known_words": Key(_TEXTS, False),
    "nation": Key(one_of(NATIONS), False),
    "secure": Key(_TEXTS, False),
    # the kind of block that the last line of the example is, for what no text file can hold
    "ends_with": Key(one_of([*BlockKind]), False),
    # the media type as which it is read, if it is not plain text
    "read_as": Key(text, False),
}
_IN_FULL = mapping({"text": Key(text), "whole": Key(flag, False), **CONTEXT})


def _example(value: Any) -> Iterator[Fault]:
    """A text, or a text with the setting in which it is read."""
    return _IN_FULL(value) if isinstance(value, Mapping) else text(value)


# A key of every rule, and what stands behind it.
STANDARD: dict[str, Key] = {
    "id": Key(text),
    "family": Key(one_of(lambda: facts("report_words.yaml")["families"])),
    "severity": Key(_SEVERITY),
    "kind": Key(text),
    "title": Key(text),
    "flags": Key(text),
    "message": Key(text),
    "suggestion": Key(text),
    "why": Key(text),
    "source": Key(listed(text, 1)),
    "examples": Key(
        mapping(
            {
                "bad": Key(listed(_example, 2)),
                "good": Key(listed(_example, 2)),
                "known_misses": Key(listed(_example), False),
            }
        )
    ),
    "scope": Key(listed(one_of(SCOPES)), False),
    "when": Key(listed(condition), False),
    "unless": Key(listed(condition), False),
    "severity_when": Key(each(CONDITIONS, _SEVERITY), False),
    "variants": Key(listed(_VARIANT), False),
    "needs": Key(listed(one_of(NEEDS)), False),
    "never": Key(_TEXTS, False),
}

# kind -> the keys that only a rule of this kind has
KINDS: dict[str, dict[str, Key]] = {
    "phrase": {"phrases": Key(listed(_phrase, 1))},  # words as they stand, in any case; {a,b,} spells out variants
    "frame": {"frames": Key(listed(_braced, 1))},  # patterns over words and word classes; see frames.py
    "regex": {"patterns": Key(listed(text, 1))},  # Python patterns; a group called `words` is the span
    "term": {  # a table of words and plain words; see terms.py
        "table": Key(one_of(("jargon.tsv", "superseded.tsv"))),
        "endings": Key(_TEXTS, False),
        "beginnings": Key(_TEXTS, False),
        "ordinary": Key(_TEXTS, False),
    },
    "token": {"patterns": Key(listed(listed(table, 1), 1))},  # spaCy Matcher patterns
    "statement": {  # a statement that the draft should make; any: of several, one is enough
        "statement": Key(one_or_listed(one_of(NAMES))),
        "any": Key(flag, False),
    },
    "sharing": {  # information against purpose
        "standing": Key(listed(one_of(("needed", "explain", "not-expected")), 1)),
        "sensitivity": Key(listed(one_of(("article9", "article10", "high", "ordinary")), 1), False),
        "who": Key(_WHO, False),
        "not_who": Key(_WHO, False),
        "category": Key(listed(_of("categories"), 1), False),
        "not_category": Key(listed(_of("categories"), 1), False),
    },
    # a label of the trained network, and from which probability it counts
    "model": {"label": Key(text), "threshold": Key(probability)},
    # a function of referral_lint/checks, for what data cannot say
    "python": {"check": Key(text), "options": Key(table, False)},
}


def faults(rule: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with the contents of a rule file."""
    if "kind" not in rule:
        yield (), "lacks 'kind'"
        return
    unknown = [(("kind", *place), why) for place, why in one_of(KINDS)(rule["kind"])]
    yield from unknown or mapping({**STANDARD, **KINDS[rule["kind"]]})(rule)
