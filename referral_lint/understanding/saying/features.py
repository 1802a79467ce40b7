"""What a unit is made of, as the classifier sees it: word classes, stems, pairs and triples, the question, the place.

Names, numbers and dates are never features of their own: only their class is, so that no weight holds anybody's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from referral_lint.patterns import compiled
from referral_lint.understanding.saying import frames
from referral_lint.understanding.saying.units import Unit

_WORD = compiled(
    r"\d+(?:[:.]\d\d)+(?:\s?[ap]m)?|\d+\s?[ap]m\b|\d+(?:[/.-]\d+)+|\d+|[^\W\d_]+(?:['’][^\W\d_]+)*|[☐☒☑✓✗x]\b|[?!:;\"“”]"
)
_CLASSES = {
    "@parent": "mum mam mummy mother mothers mum's dad daddy father parent parents parental carer carers mums dads ma mammy guardian grandparents stepdad stepmum",
    "@kin": "nan gran grandma granny nana grandmother grandad granddad grandfather aunt auntie aunty uncle brother sister sibling siblings cousin wife husband partner boyfriend girlfriend ex stepfather stepmother",
    "@child": "child boy girl son daughter baby pupil toddler infant children boys girls babies kids kid bairn wean weans twins youngster teenager lad",
    "@client": "tenant client patient resident victim survivor adult family couple household learner student",
    "@them": "him her them",
    "@they": "he she they hes shes theyre",
    "@their": "his their",
    "@day": "monday tuesday wednesday thursday friday saturday sunday mon tues wed weds thurs thur fri sat sun",
    "@month": "january february march april june july august september october november december jan feb apr jun jul aug sept sep oct nov dec",
    "@num": "one two three four five six seven eight nine ten eleven twelve fourteen fifteen twenty once twice both",
    "@letter": "letter email e-mail form note page sheet message referral referrals report",
    "@tonight": "tonight",
    "@meal": "breakfast dinner tea lunch supper",
}
_CLASS_OF = {word: name for name, words in _CLASSES.items() for word in words.split()}
_SPELLED = {
    "cant": "can't", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "hasnt": "hasn't", "havent": "haven't",
    "wont": "won't", "wouldnt": "wouldn't", "isnt": "isn't", "wasnt": "wasn't", "im": "i'm", "ive": "i've", "thats": "that's",
    "cos": "because", "cause": "because", "cuz": "because", "couldnt": "couldn't", "arent": "aren't",
}  # fmt: skip
_SHORTENED = compiled(r"(?i)\b(?:" + "|".join(bare for bare, word in _SPELLED.items() if "'" in word) + r")\b")
TITLED = frozenset({"mr", "mrs", "ms", "miss", "dr"})
_CLOCK = compiled(r"[ap]m$|[:.]\d\d$")
_ENDING = compiled(r"(?:'s|ations?|ings?|edly|ed|ies|es|s|ly)$")
_YES = compiled(r"(?i)[☒☑✓✔\[\]x\s*]*(?:yes|y|agreed|given|true)\b")
_NO = compiled(r"(?i)[☒☑✓✔\[\]x\s*]*(?:no|n|not|refused|declined|none)\b")
_LETTERS = compiled(r"(?i)\b(?:referrals?|form|report|letter|note|transfer|notification|application)\b")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its commonest endings; short words stay as they are."""
    if len(word) <= 4 or word[0] == "@":
        return word
    bare = _ENDING.sub("", word)
    if len(bare) < 3:
        return word
    return bare[:-1] if bare[-1] == "e" else bare


@lru_cache(maxsize=20_000)
def _token(word: str) -> tuple[str, bool]:
    """A word as it stands at the beginning of a sentence, and whether it is a name anywhere else."""
    if word[0].isdigit():
        if "/" in word:
            return "@date", False
        return ("@clock" if _CLOCK.search(word) else "@num"), False
    low = word.lower().replace("’", "'")
    if low in TITLED:
        return "@name", False
    token = _CLASS_OF.get(low) or _SPELLED.get(low, low)
    return token, token == low and word[0].isupper() and len(word) > 1


def with_apostrophes(text: str) -> str:
    """The text with “can't” for “cant”: a model that reads pieces of words takes the two for different words."""
    return _SHORTENED.sub(lambda bare: _SPELLED[bare[0].lower()], text)


def may_be_name(word: str) -> bool:
    """Is this word with a capital a title or one that is in no class, so that it may be a name?"""
    token, can_be_name = _token(word)
    return can_be_name or token == "@name"


def tokens(text: str) -> list[str]:
    """The words of a text in lower case, names, numbers, dates and kin as classes."""
    out: list[str] = []
    last = ""
    for word in _WORD.findall(text):
        token, can_be_name = _token(word)
        if can_be_name and last and last not in ".:?!":
            token = "@name"
        if token != "@name" or last != "@name":
            out.append(token)
            last = token
    return out


class Heard:
    """The words of the texts of one draft: a sentence is read as itself, as what stood before the next, and for the signs of danger."""

    def __init__(self) -> None:
        self._known: dict[str, list[str]] = {}

    def __call__(self, text: str) -> list[str]:
        """As `tokens`; the list is shared and not to be changed."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = tokens(text)
        return known


def answer(unit: Unit) -> str:
    """ "yes" or "no" where the unit answers a question so, else ""."""
    if not unit.question:
        return ""
    return "yes" if _YES.match(unit.text) else "no" if _NO.match(unit.text) else ""


def _grams(words: list[str], mark: str = "") -> Iterator[str]:
    stems = [stem(w) for w in words]
    for word, bare in zip(words, stems, strict=True):
        yield mark + bare
        if bare != word:
            yield f"{mark}={word}"
    padded = ["<", *stems, ">"]
    for a, b in zip(padded, padded[1:], strict=False):
        yield f"{mark}{a} {b}"
    for a, b, c in zip(padded, padded[1:], padded[2:], strict=False):
        yield f"{mark}{a} {b} {c}"
        yield f"{mark}{a} * {c}"


_DATES = frozenset({"@day", "@month", "@date", "@clock", "today", "tonight", "tomorrow", "week", "weeks", "now"})
_AHEAD = frozenset(
    "will shall due before by until until starts start ends end closes close begins leaves moves needs need must going is are in deadline next".split()
)
_BEHIND = frozenset("was were had did came went said told saw has have been last ago yesterday since".split())


def _time(words: list[str]) -> Iterator[str]:
    """Is a time spoken of, and does the unit look ahead or back?"""
    seen = set(words)
    timed = not _DATES.isdisjoint(seen)
    ahead = not _AHEAD.isdisjoint(seen)
    behind = not _BEHIND.isdisjoint(seen) or any(w.endswith("ed") for w in words)
    yield f"#time{int(timed)}{int(ahead)}{int(behind)}"


def of(unit: Unit, cut: Callable[[str], list[str]] = tokens) -> set[str]:
    """The features of a unit: a set of short strings. `cut` gives the words of a text, as `tokens` does."""
    words = cut(unit.text)
    found = set(_grams(words))
    asked: list[str] = []
    said = ""
    found.add(f"#{unit.role}")
    found.add(f"#long{min(5, len(words) // 8)}")
    found.add(f"#place{int(unit.place * 4)}")
    if unit.question:
        asked = cut(unit.question)
        found.update(_grams(asked, "q:"))
        said = answer(unit)
        if said or unit.role == "option":
            found.update(f"q{said}:{stem(word)}" for word in asked)
            found.add(f"#answer{said}")
    found.update(f"f:{name}" for name in frames.fitting(words, asked, bool(said)))
    found.update(_time(words))
    found.update(f"r:{word.lower()}" for word in _LETTERS.findall(unit.text))
    if unit.before:
        found.update(f"p:{stem(word)}" for word in cut(unit.before) if len(word) > 3)
    if unit.heading:
        found.update(f"h:{stem(word)}" for word in cut(unit.heading))
    return found


def all_of(units: Iterable[Unit], cut: Callable[[str], list[str]] = tokens) -> list[set[str]]:
    """The features of every unit."""
    return [of(unit, cut) for unit in units]
