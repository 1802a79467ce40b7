"""What speaks for and against a pronoun being unclear: signs with a number each, by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.patterns import compiled
from referral_lint.understanding.pronouns.known import Known
from referral_lint.understanding.pronouns.pairs import Pair
from referral_lint.understanding.pronouns.words import KIN, NAME
from referral_lint.understanding.saying.features import stem

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_AND = compiled(r"(?i)^[\s,]*(?:and|&|or|nor|/|\+)\s+(?:then |also |both |maybe |a |an )?$")
_WITH = compiled(r"(?i)^.{0,50}\b(?:with|by|w/|against|to)\s+(?:a |an )?$")
_NEAR = 30  # characters between two people who stand side by side
# What stands right before the pronoun.
_SAYS = compiled(
    r"(?i)\b(?:that|if|whether|because|cos|as|when|while|what|how|where|why|who|until|before|after|since|said|says|thinks?|reckons?|feels?|told \w+)\s+$"
)
_JOINS = compiled(r"(?i)(?:\b(?:and|but|so|then|though|yet|or)|[,;:–-])\s+$")
_TELLS = compiled(
    r"(?i)^(?:[\s,]*(?:has|had|have|then|also|since|often|both|were))*\s+(?:told|tells|telling|asked|warned|texted|messaged|said to|reminded|promised)\s+$"
)
# What two people do with each other.
_MUTUAL = compiled(
    r"(?i)\b(?:words|row(?:s|ed|ing)?|argu\w+|fell out|fallen out|falling out|fall out|fight\w*|fought|scrap|scuffle|clash\w*|blows|both|each|share\w*|swap\w*"
    r"|(?:dis)?agree\w*|gets? on|got on|speak\w*|spoke\w*|talk\w*|whisper\w*|shout\w*|differ\w*|quarrel\w*|barney|set[- ]to|a do|friends|mates|cousins|together"
    r"|take turns|exchang\w+|altercation|met|going at it|kick\w* off|squared up|run the|split)\b"
)
_WORD = compiled(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LEAD = " \t•*-–~"  # before the first word of a sentence
_SOON, _FAR = 8, 25  # words
_SIGHT = 80  # characters before a pronoun
_WORDS = 12  # so many after the second person are looked at


def of(draft: Draft, pair: Pair, known: Known) -> dict[str, float]:
    """The signs of one pronoun."""
    text = draft.text
    between, after = text[pair.one.span.end : pair.other.span.start], text[pair.other.span.end : pair.pronoun.start]
    place = "far" if pair.is_far else "across" if pair.is_across else "here"
    signs = {"always": 1.0, f"two {place}": 1.0}
    signs |= dict.fromkeys(_of_the_two(pair, known), 1.0)
    signs |= dict.fromkeys(_of_the_words(draft, pair, between, after, place), 1.0)
    ahead = text[pair.pronoun.end : pair.pronoun.end + 30]
    signs |= dict.fromkeys((f"then {stem(w)}" for w in _words(ahead)[:1]), 1.0)
    signs |= dict.fromkeys((f"after them {stem(w)}" for w in _words(after)[:_WORDS]), 1.0)
    own = r"\b(?:his|him)\b" if pair.sex == "he" else r"\bhers?\b"
    return signs | {
        "words since": min(_FAR, len(_words(after))) / 10,
        "same pronoun since": float(min(2, len(re.findall(rf"(?i)\b{pair.sex}s?\b", after)))),
        "its other forms since": float(min(2, len(re.findall(f"(?i){own}", after)))),
        "people since": float(min(2, pair.since)),
        "share of this pronoun": known.share[pair.sex],
    }


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _of_the_two(pair: Pair, known: Known) -> Iterator[str]:
    """Who they are."""
    yield f"fitting {min(4, pair.fitting)}"
    yield f"{pair.one.kind} and {pair.other.kind}"
    yield f"sex known of {bool(pair.one.sex) + bool(pair.other.sex)}"
    if pair.other.owner in ("his", "her"):
        is_own = (pair.other.owner == "his") == (pair.sex == "he")
        yield "second is first's own" if is_own else "second is another's"
    for label, who in (("first", pair.one), ("second", pair.other)):
        if who.owns:
            yield f"{label} only owns"
        if who.kind == NAME and known.is_most_named(who.key):
            yield f"{label} is named most"
        if who.kind == NAME and known.named.get(who.key) == 1:
            yield f"{label} is named once"


def _of_the_words(draft: Draft, pair: Pair, between: str, after: str, place: str) -> Iterator[str]:
    """How the two and the pronoun hang together."""
    text, start = draft.text, pair.sentence.start
    ahead = text[max(start, pair.pronoun.start - _SIGHT) : pair.pronoun.start]
    opens = not ahead.strip(_LEAD)
    yield (
        "opens"
        if opens
        else "is said"
        if _SAYS.search(ahead)
        else "is joined"
        if _JOINS.search(ahead)
        else "stands bare"
    )
    joined = "and" if _AND.match(between) else "with" if _WITH.search(between) else ""
    if joined:
        yield joined
        yield f"{joined} {place}"
    else:
        yield "near" if len(between) < _NEAR else "apart"
    if len(_words(after)) <= _SOON:
        yield "soon"
    if re.search(r"[.;\n]", after):
        yield "a stop since"
    if _MUTUAL.search(after):
        yield "mutual"
        yield f"mutual {place}"
    if _TELLS.search(between):
        yield "tells"
        if pair.other.kind == KIN and after.strip(" ,") in ("", "that"):
            yield "tells a relation that"
    if _MUTUAL.search(between):
        yield "mutual between"
    if re.search(rf"(?i)\b{pair.sex}s?\b", text[start : pair.one.span.start]):
        yield "said earlier"
    first = draft.sentence_at(pair.one.span.start).start
    if not text[first : pair.one.span.start].strip(_LEAD):
        yield "first opens"
