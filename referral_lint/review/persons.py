"""Is a team called as a person is? Figures of such a team would be figures about somebody."""

from __future__ import annotations

from referral_lint.patterns import compiled
from referral_lint.understanding import agencies
from referral_lint.understanding.people.words import (
    PLACE_OR_ORG,
    TITLES,
    is_family,
    is_given,
    is_ordinary,
    is_place,
)

_WORD = compiled(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TITLE = compiled(rf"(?i){TITLES}")
_LETTERS = 4  # of a family name behind an initial: with fewer, any short word would be one


def is_called(label: str) -> bool:
    """`Jane Smith`, `Smith, Jane`, `Ms Smith`, `J Smith`, `JSMITH`; not `Northfield`, `Florence Road`, `Health`."""
    words = _WORD.findall(label)
    if len(words) == 2 and _TITLE.fullmatch(words[0]) and is_family(words[1]):
        return True
    if not words or {word.casefold() for word in words} & PLACE_OR_ORG or agencies.sector(label) or is_place(label):
        return False
    if len(words) == 1:
        return _signed(words[0])
    first, last = words[0], words[-1]
    return len(words) < 5 and (_named(first, last) or _named(last, first))


def _named(given: str, family: str) -> bool:
    """A given name or an initial, and a family name; two common words are no name, whoever is called so."""
    return (
        (len(given) == 1 or is_given(given))
        and (is_family(family) or is_given(family))
        and not (is_ordinary(given) and is_ordinary(family))
    )


def _signed(word: str) -> bool:
    """An initial and a family name in one, as names of accounts are."""
    known = is_given(word) or is_family(word) or is_ordinary(word)
    return not known and any(len(rest) >= _LETTERS and is_family(rest) for rest in (word[1:], word[:-1]))
