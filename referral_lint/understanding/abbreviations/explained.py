"""Is an abbreviation explained, and where? Both ways round, in brackets, after a dash, in a list of abbreviations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.abbreviations.lists import table
from referral_lint.understanding.abbreviations.spelled import initials_of, spelled_from, spells


class Explained(StrEnum):
    NOWHERE = "nowhere"
    IN_TIME = "in time"  # at or before the first use
    TOO_LATE = "too late"


_GLOSSARY = compiled(r"(?im)^[^\w\n]*(?:glossary|abbreviations(?: used)?|key to (?:abbreviations|terms)|terms used)\b")
_JOINS = r"(?:[-–—:=\]]|(?:means?|meaning|stands? for|is short for|is|are|refers to|denotes)\b(?: the| an?)?)"
# What may lead to the words inside the brackets or after the comma: `SF (short for …)`, `SF, which stands for …`.
_TO_WORDS = (
    r"(?:(?:i\.?e\.?|that is|this is|(?:which |it )?(?:means|is|was|stands for|stood for)|(?:is |are )?short for|standing for|meaning|namely"
    r"|or|for|our|the|an?|=|:)[ ,]+|[\"“‘'])*"
)
_AFTER = compiled(
    rf"[\"”’']?(?:['’]s|s)?[ \t]*(?P<opens>[(\[{{])[ \t]*{_TO_WORDS}"
    rf"|[\"”’']?(?:['’]s|s)?[ \t]*(?:,? (?:or|i\.?e\.?|that is|(?:which |it )?(?:means|is|stands for)|short for|standing for|namely),? "
    rf"|{_JOINS}\s*|,\s+|[ \t][–—-][ \t]*|/ ?){_TO_WORDS}"
)
# A noun may come between: `an SF plan (long words)`, `SF lessons (long words)`.
_AFTER_NOUN = compiled(rf" [a-z]+(?: [a-z]+)? ?[(\[{{] ?{_TO_WORDS}")
_GLOSS = compiled(
    r"(?:(?:['’]s|s)?\s*\(|\s[–—-]\s|, (?:which is|that is|i\.?e\.?,?|meaning) )(?:a|an|the|our|their|his|her|my|your|this|what|it|how|people|someone|plain|in (?:other|plain) words)\b (?!from|to\b|on\b|at\b)[a-z][^()\n;]{6,}"
)
_EQUALS = compiled(
    r"[\"”’')\]]*\s*(?:=|means\b|stands? for\b|is short for\b|denotes\b)\s*[\"“‘']?(?:[Tt]he |[Aa]n? )?"
    r"(?:[^\W\d_]{4,}|[A-Z][\w/]*[ -]\w{2,})"
)
# How a writer passes from the words to their short form: `(from now on the SF`, `(which we call SF`, `, denoted by SF`.
_CALLED = (
    r"(?:(?:also |formerly |sometimes |often |usually |better |now )*(?:(?:which is|is|are) )?(?:known(?: here| below| locally| to us)?(?: as)?|called|termed|named|dubbed|nicknamed|aka|a\.k\.a\.)"
    r"|(?:which |that |as )?we (?:call|say|write)(?: it| this| them)?|(?:from (?:here|now) on|here(?:in)?after|henceforth|below|in short|for short)"
    r"|(?:which is |is |are |was )?(?:(?:here(?:in)?after |below )?\w+(?:ed|wn|en)(?: here| below)? (?:as|by|to as|to)|abbreviated|shortened))"
)
_BRACKET = compiled(
    rf"[\[({{]\s*(?:the |an? |or |also |sometimes |formerly |now |i\.?e\.?,? |{_CALLED}[:,]? |[“\"'‘])*$"
)
_LINK = compiled(rf"(?:,? (?:or|{_CALLED}),?(?: the| an?)? [“\"'‘]?|[=–—:/-] ?[“\"'‘]?|, | [“\"‘])$")
# A name of several words with capitals right before the bracket, whatever letters of it were taken.
_TITLE_BEFORE = compiled(
    r"(?:\b[A-Z][\w’'-]+,? (?:(?:of|for|the|and|in|on|to|against|from|with|by|at|all) )*){2,}[A-Z][a-z]+ ?$"
)
_WORD = compiled(r"[^\W_]+(?:['’]\w+)?")
_LETTERS = compiled(r"[A-Za-z]+")
_SMALL = frozenset("and of the for in to a an on with at or by from over into about between against through".split())
_FIGURES = frozenset("one two three four five six seven eight nine ten".split())


def glossary(text: str) -> int | None:
    """Where the text begins to list its short forms, if it does."""
    found = _GLOSSARY.search(text)
    return found.start() if found else None


def where_explained(
    text: str, form: str, places: Sequence[Span], listed: int | None = None, met: int | None = None
) -> Explained:
    """`places`: every use of the form as (start, end), in order; offsets are characters of `text`; `listed`: its glossary.

    `met`: the use that has to be clear to the reader, if it is not the first (a form's title stands before it).
    """
    met = places[0][0] if met is None else met
    form = form.strip("0123456789-") or form  # a number (PHQ-9) is seldom part of the words
    places = _dotted(text, form, places[0][0]) + list(places)
    for i, (start, end) in enumerate(places[:8]):
        if _explained_at(text, form, start, end):
            in_glossary = listed is not None and listed < start
            return Explained.IN_TIME if i == 0 or start <= met or in_glossary else Explained.TOO_LATE
    if _said_before(text, form, met):
        return Explained.IN_TIME
    return Explained.NOWHERE


def _dotted(text: str, form: str, before: int) -> list[Span]:
    """`the quiet time (Q.T.)`: two letters with dots look like somebody's initials, and are no use of their own."""
    if len(form) != 2 or not form.isalpha():
        return []
    dots = f"{form[0]}.{form[1]}."
    at = text.find(f"({dots})", 0, before)
    return [Span(at + 1, at + 1 + len(dots))] if at >= 0 else []


def _explained_at(text: str, form: str, start: int, end: int) -> bool:
    return _words_before(text, form, start, end) or _words_after(text, form, end)


def _words_before(text: str, form: str, start: int, end: int) -> bool:
    """`long words (SF`, `long words, known as SF`, `long words - SF`."""
    before = text[max(0, start - 60 - 20 * len(form)) : start]
    bracket = _BRACKET.search(before)
    link = bracket or _LINK.search(before)
    if link is None:
        return False
    lead = before[: link.start()].rsplit("\n\n", 1)[-1]
    words = _WORD.findall(lead)[-(2 * len(form) + 3) :]
    if bracket and (text[end : end + 1] in ")],;}" or re.search(r"[)\]}]", text[end : end + 40])):
        closed = text[end : end + 1] in ")],;}"
        titled = closed and _TITLE_BEFORE.search(lead)
        return (
            _long_enough(form, words)
            or bool(titled and re.search(rf"\b{form[0]}", titled[0]))
            or (closed and (_in_other_order(form, words) or _goes_on(form, words, text[end + 1 : end + 60])))
        )
    title = _TITLE_BEFORE.search(lead)
    return _exactly(form, words[-(len(form) + 3) :]) or bool(title and len(form) > 3 and spells(form, title[0]))


def _long_enough(form: str, words: list[str]) -> bool:
    joined = " ".join(words)
    at = spelled_from(form, joined)
    taken = [word for word in joined[at:].split() if word not in _SMALL]
    if at >= 0 and len(taken) <= 2 * len(form) + 2 and len(joined) - at > len(form) + 1:
        return True
    return _expanded(form, joined)


def _in_other_order(form: str, words: list[str]) -> bool:
    """`the worker for quiet befriending (QBW)`: right before the brackets, every letter begins one of the words."""
    main = [word for word in words if word.lower() not in _SMALL][-len(form) :]
    return len(form) > 2 and sorted(word[0].lower() for word in main) == sorted(form.lower())


def _goes_on(form: str, words: list[str], after: str) -> bool:
    """`the quiet befriending (QBW) worker`: the last of the words follow the brackets."""
    rest = _WORD.findall(re.split(r"[^\w '’-]", after, maxsplit=1)[0])
    return any(
        _gives(form, [*words[-count:], *rest[:more]], len(form) + (len(form) > 2))
        for more in range(1, min(len(rest), 2) + 1)
        for count in range(max(1, len(form) - more), min(len(words), len(form) + 1) + 1)
    )


def _exactly(form: str, words: list[str]) -> bool:
    """The words right before are the long form, none is left over."""
    counts = range(2, min(len(words), len(form) + 3) + 1)
    if any(_gives(form, words[-count:], len(form)) for count in counts):
        return True
    return _expanded(form, " ".join(words), end=True)


def _gives(form: str, words: list[str], most: int) -> bool:
    """Do these words, at most so many that count, give the letters? Capitals give none: `CCC, CCD` are two short forms."""
    main = [w for w in words if w.lower() not in _SMALL]
    if words[0][0].lower() != form[0].lower() or words[0] not in main or all(w.isupper() for w in main) or form in main:
        return False
    return len(main) <= most and initials_of(form, main if len(form) == 2 else words)


def _words_after(text: str, form: str, end: int) -> bool:
    """`SF (long words)`, `SF, long words,`, `SF = long words`, `SF means long words`."""
    after = text[end : end + 60 + 14 * len(form)].split("\n\n", 1)[0]
    if (
        _GLOSS.match(after)
        or _EQUALS.match(after)
        or (form.isalpha() and after[:1] in (" ", "\n") and _titled(form).match(after, 1))
        or (
            after[:1] == "\n" and _expanded(form, after.split("\n", 2)[1], start=True)
        )  # below a name: `J Hale, SF⏎Long Words`
    ):
        return True
    found = _AFTER.match(after) or _AFTER_NOUN.match(after)
    if found is None:
        return False
    rest = after[found.end() :]
    bracketed = found.groupdict().get("opens") is not None
    inside = re.split(r"[)\]}]", rest, maxsplit=1)[0] if bracketed else re.split(r"[.;()\n]", rest, maxsplit=1)[0]
    words = _WORD.findall(inside)
    if words and words[0].lower() in _FIGURES and text[end - len(form) - 1 : end - len(form)].isdigit():
        words.pop(0)  # `6DOF (six days of food)`
    if (
        bracketed
        and words
        and spells(form, " ".join(words))
        and words[0][:1].lower() == form[:1].lower()
        and len(inside) > len(form) + 1
    ):
        return True
    while words and words[0].lower() in ("the", "a", "an", "our"):
        words.pop(0)
    most = len(form) + (len(form) > 2)  # one may give no letter (`grid-based motion clustering`)
    counts = range(2, min(len(words), len(form) + 3) + 1)
    return any(_gives(form, words[:count], most) for count in counts) or _expanded(form, " ".join(words), start=True)


@cache
def _expansions(form: str) -> tuple[str, ...]:
    """The table's meanings without their notes, in small letters."""
    meanings = [re.sub(r"\s*\(.*?\)|\(s\)", "", m.words).lower() for m in table().get(form.upper(), ())]
    return tuple(part.strip() for m in meanings for part in m.split(" / ") if " " in part.strip())


def _expanded(form: str, words: str, *, start: bool = False, end: bool = False) -> bool:
    low = re.sub(r"[^\w ]+", "", words.lower().replace("-", " "))
    for meaning in _expansions(form):
        plain = re.sub(r"[^\w ]+", "", meaning.replace("-", " "))
        if (start and low.startswith(plain)) or (end and low.rstrip("s").endswith(plain.rstrip("s"))):
            return True
        if not start and not end and plain in low:
            return True
    return False


def _said_before(text: str, form: str, at: int) -> bool:
    """The full words stand earlier, as a name of their own (`Family Court Advisory Service … the FCAS`)."""
    if len(form) < 2 or not form.isalpha():
        return False
    low = text[:at].lower()
    if len(form) > 2 and any(meaning in low for meaning in _expansions(form)):
        return True
    if form.lower() not in _beginnings(text[:at]):
        return False
    if len(form) == 2:  # any two words may begin so; these stand right before: `Quiet Befriending QB`
        near = text[max(0, at - 60) : at]
        return any(found.end() == len(near) - 1 and near[-1] == " " for found in _titled(form).finditer(near))
    return _titled(form).search(text, 0, at) is not None


def is_short_for(form: str, name: str, meanings: Sequence[str]) -> bool:
    """Are these letters short for words of this name, in a meaning that they can have: the EP of an Educational Psychology Service?"""
    found = _titled(form).search(name) if len(form) > 1 and form.isalpha() else None
    if found is None:
        return False
    words = [word.lower()[:_ROOT] for word in _WORD.findall(found[0]) if word.lower() not in _SMALL]
    return not meanings or any(
        [word.lower()[:_ROOT] for word in _WORD.findall(meant) if word.lower() not in _SMALL][: len(words)] == words
        for meant in meanings
    )


_ROOT = 6  # letters in which `psychology` and `psychologist` agree


def _beginnings(text: str) -> str:
    """The first letters of all words but small ones: what `_titled` finds begins so, and is dear to look for."""
    return "".join(word[0] for word in _LETTERS.findall(text) if word not in _BETWEEN).lower()


_BETWEEN = ("and", "of", "the", "for", "in", "to")  # words of a name that give no letter


@lru_cache(4096)  # the same short forms come again from draft to draft
def _titled(form: str) -> re.Pattern[str]:
    """The words in order, each with a capital, or (for four and more) of four letters; small words may stand between."""
    small = len(form) > 3
    words = (
        letter.upper() + "[a-z]+" if not small else rf"(?:{letter.upper()}[a-z]+|{letter.lower()}[a-z]{{3,}})"
        for letter in form
    )
    return re.compile(r"\b" + rf"(?:[ -]+(?:{'|'.join(_BETWEEN)}|&))?[ -]+".join(words))
