"""Full names that cannot be two people: one given name, and two family names that are near each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.people.spellings import alike, distance, sound
from referral_lint.understanding.people.words import is_given

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft
    from referral_lint.understanding.people import Name

_RENAMED = compiled(r"(?i)\b(?:née|nee|formerly|previously|now|also|aka|a\.k\.a|maiden|married|known)\b")
_FAR = 3  # edits between two family names after the same given name


def two_family_names(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Callum Rigby” and “Callum Rugby”, “Vera Lacey” and “V. Lacy”; the later is marked."""
    done: set[str] = set()
    for one, other in _pairs(draft.names):
        last, first = other.words[-1].lower(), one.words[-1].lower()
        if last in done or _is_explained(draft, one, other):
            continue
        done.add(last)
        start = other.span.end - len(other.words[-1])
        if draft.text.startswith(other.words[-1], start) and first not in done:
            yield Match(rule, Span(start, other.span.end), {"other": one.words[-1]}, related=(one.span,))


def _pairs(names: Iterable[Name]) -> list[tuple[Name, Name]]:
    """Two spellings of one full name, each where it stands first.

    Only names that begin with the same letter are held against each other: the list of a school has thousands of others.
    """
    by_letter: dict[str, dict[str, Name]] = defaultdict(dict)
    for name in names:
        if len(name.words) > 1:
            by_letter[name.words[0][:1].lower()].setdefault(" ".join(name.words).lower(), name)
    every = (pair for same in by_letter.values() for pair in combinations(same.values(), 2))
    pairs = [(one, other) for one, other in every if _are_one(one, other)]
    return sorted(pairs, key=lambda pair: (pair[0].span, pair[1].span))


def _are_one(one: Name, other: Name) -> bool:
    """The same given name or its initial, and family names that differ by a slip."""
    given, also = one.words[0].lower(), other.words[0].lower()
    last, second = one.words[-1].lower(), other.words[-1].lower()
    if last == second or min(len(last), len(second)) < 3:
        return False
    if set(last.split("-")) & set(second.split("-")):
        return given == also and _is_half_slip(last.split("-"), second.split("-"))
    is_initial = min(len(given), len(also)) == 1
    if given[0] != also[0] or (given != also and not is_initial):
        return False
    if is_initial and last.rstrip("s") == second.rstrip("s"):
        return False
    if given == also and not is_initial and distance(last, second) == 1:
        return True  # Tull and Hull
    return _is_near(last, second) and (not is_initial or distance(last, second) < _FAR or last[:4] == second[:4])


def _is_half_slip(one: list[str], other: list[str]) -> bool:
    """Ridley-Watt and Ridley-Watts: one half of a double name is a letter off."""
    unlike = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    return len(one) == len(other) and len(unlike) == 1 and distance(*unlike[0]) == 1


def _is_near(one: str, other: str) -> bool:
    far = distance(one, other)
    if one[0] != other[0]:
        return False
    return far < _FAR or (far == _FAR and min(len(one), len(other)) > 5) or sound(one) == sound(other)


def _is_explained(draft: Draft, one: Name, other: Name) -> bool:
    """Does the draft say that somebody has two names?"""
    return any(_RENAMED.search(draft.text, max(0, n.span.start - 25), n.span.end + 25) for n in (one, other))


def titled(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Mr Yeo” and “Mr Yoe”: after a title, or beside the same name in full, one letter is enough."""
    alone = [n for n in draft.names if n.title and len(n.words) == 1]
    for name in alone:
        last = name.words[0].lower()
        others = [n for n in draft.names if n.span < name.span and n.words[-1].lower() != last]
        like = [n for n in others if (n.title or len(n.words) > 1) and _is_one_slip(n.words[-1].lower(), last)]
        like = like or _only_one_titled(name, others)
        if like and sum(n.words[-1].lower() == last for n in draft.names) == 1:
            yield Match(rule, name.span, {"other": like[0].words[-1]}, related=(like[0].span,))


_BEGINNING = 3  # letters that two names share if one was meant for the other


def _only_one_titled(name: Name, others: list[Name]) -> list[Name]:
    """“Mr Arthur Fenwick”, and once “Mr Fenton”: nobody else before has the title, and the names begin alike."""
    same = [n for n in others if n.title.lower() == name.title.lower()]
    begun = [n for n in same if n.words[-1][:_BEGINNING].lower() == name.words[0][:_BEGINNING].lower()]
    return begun if len({n.words[-1].lower() for n in same}) == 1 and len(begun) > 1 else []


def _is_one_slip(one: str, other: str) -> bool:
    """One letter more, less, another or two that changed places; not a plural, not a woman's form."""
    return (
        min(len(one), len(other)) > 2
        and one[0] == other[0]
        and distance(one, other) == 1
        and one.rstrip("s") != other.rstrip("s")
        and not (one[:-1] == other[:-1] and "a" in (one[-1], other[-1]))
    )


_SLASH = compiled(
    r"(?<![\w/])(?P<one>[A-Z][a-z]{2,})(?: ?/ ?(?P<other>[A-Z][a-z]{2,})(?![\w/])| \((?:or )?(?P<b>[A-Z][a-z]{2,})\??\))"
)


def undecided(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Isla / Ilsa”, “Kayleigh (Kaleigh)”: two spellings side by side, of which one was to be struck out."""
    known = {w for n in draft.names for w in n.words}
    for found in _SLASH.finditer(draft.text):
        place = "other" if found["other"] else "b"
        one, other = found["one"].lower(), found[place].lower()
        is_name = is_given(one) or is_given(other) or found["one"] in known or found[place] in known
        same = alike(one, other) if found["b"] else alike(one, other) or distance(one, other) == 1
        if is_name and same and (found["other"] or sound(one) == sound(other)):  # Zofia (Zosia) is called both
            yield Match(rule, Span(*found.span(place)), {"other": found["one"]}, related=(Span(*found.span("one")),))
