"""A condition's pattern in words, for whoever reads what a rule does and not how: "“how” or “as”"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from referral_lint.patterns import compiled
from referral_lint.understanding import parsed

MOST = 6  # ways of saying it that are shown
_WAYS = 400  # more than that are not written out
_OTHERS = "words that the rule's file describes by a pattern"
_ANY_BUT = compiled(r"\(\?!(?P<not>.*)\)\.\*")


def in_words(pattern: str) -> str:
    """The words that a pattern stands for, “…” for what may be anything; of many the first few."""
    if other := _ANY_BUT.fullmatch(pattern):
        return f"other than {in_words(other['not'])}"
    try:
        ways = list(dict.fromkeys(filter(None, map(_tidy, _sequence(parsed.parts(pattern) or ())))))
    except _Unsaid:  # too much to say
        return _OTHERS
    shown = [f"“{way}”" for way in islice(ways, MOST)]
    if len(ways) > MOST + 1:
        return f"{', '.join(shown)} and {len(ways) - MOST} more like them"
    *first, last = [f"“{way}”" for way in ways] or [_OTHERS]
    return f"{', '.join(first)} or {last}" if first else last


class _Unsaid(Exception):
    """A pattern that is no list of words."""


def _tidy(way: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"…[\s…]*…", "…", way)).strip()


def _sequence(items: Iterable[Any]) -> list[str]:
    """Every way in which these parts read one after the other."""
    ways = [""]
    for operation, value in items:
        ways = [before + after for after in _part(str(operation), value) for before in ways]
        if len(ways) > _WAYS:
            raise _Unsaid
    return ways


def _part(name: str, value: Any) -> list[str]:
    match name:
        case "LITERAL":
            return [chr(value)]
        case "IN" if all(str(operation) == "LITERAL" for operation, _ in value):
            return [chr(char) for _, char in value]
        case "BRANCH":
            return [way for branch in value[1] for way in _sequence(branch)]
        case "SUBPATTERN":
            return _sequence(value[3])
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, inside = value
            if most == 1:
                return [*([] if least else [""]), *_sequence(inside)]
            return ["(a number)"] if "CATEGORY_DIGIT" in str(inside) else ["…"]
        case "AT":
            return [""]
        case "IN" | "ANY" | "NOT_LITERAL" | "CATEGORY":
            return ["…"]
    raise _Unsaid
