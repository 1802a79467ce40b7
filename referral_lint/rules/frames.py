"""Frames: short patterns over words and word classes, the way that people say a thing.

A frame is words with spaces between them; what stands in [brackets] is the span:

    "<person> <be> <degree>? [<flaw>]"     a class of rules/data/word_classes.yaml is in <angles>
    "[a|some history of|with]"             alternatives of one place have a bar between them
    "_" one word · "__" none to three words · "?" after a place: it may be missing
    "^" at the beginning: only where a sentence begins · "$" at the end: only where it ends

An entry of a class may itself have several words and {a,b,} variants. An apostrophe may be straight, curly or left out.
Only sentences that hold an anchor (the rarest place of a frame) are tried, so that many frames cost little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from referral_lint.facts import facts
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.alternatives import written
from referral_lint.understanding.edges import as_phrase
from referral_lint.understanding.variants import spelled
from referral_lint.understanding.vocabulary import WORD, plain

_PLACE = compiled(r"(?<!\S)(\[?)([^\[\]\s?]+)(\?)?(\]?)(?!\S)")
# Words that a sentence has anyway: no anchor.
_COMMON = frozenset(
    "a about all am an and are as at be been being but by can could did do does doing for from get gets getting got had has"
    " have having he he's her him his i if in into is isn't isnt it it's its like make me more my no not of on one or other our"
    " out over own said says she she's so some such than that the their them then there there's they they're this those to too"
    " up very was wasn't way we were what when which who will with would you your just really only time child mum dad".split()
)


@cache
def word_class(name: str) -> tuple[str, ...]:
    """The entries of a class; an entry `<other>` takes in another class. Raises KeyError for an unknown name."""
    out: dict[str, None] = {}
    for entry in facts("word_classes.yaml")[name]:
        if not isinstance(entry, str):  # YAML reads a bare off, on, yes and no as something else
            raise ValueError(f"quote {entry!r} in the word class {name!r}")
        inner = re.fullmatch(r"<([\w-]+)>", entry)
        for one in word_class(inner[1]) if inner else spelled(entry):
            out[one] = None
    return tuple(out)


def _regex(entries: Iterable[str]) -> str:
    """The entries as one alternation with shared beginnings taken out, longest first."""
    return written(map(str.lower, entries), _character)


def _character(char: str) -> str:
    return {"'": "['’]?", " ": r"\s+", "-": r"[\s-]?"}.get(char) or re.escape(char)


def _place(text: str, low: str | None) -> str:
    """One place of a frame as a pattern; if `low` is given, of those entries alone that this text, in small letters, can hold.

    Not cached: a cache would keep the text.
    """
    if not text.strip("_"):
        return r"[\w'’-]+"
    entries = (entry for entry in _words(text) if low is None or all(part in low for part in _pieces(entry)))
    return _regex(entries) or _NOTHING


@lru_cache(maxsize=20000)
def _pieces(entry: str) -> tuple[str, ...]:
    """The stretches of an entry that every text with it has, however it writes apostrophes, hyphens and white space."""
    return tuple(re.split(r"[' -]+", entry.lower()))


def _words(text: str) -> Iterator[str]:
    """What can stand in a place. Raises KeyError for an unknown class."""
    for choice in text.split("|"):
        named = re.fullmatch(r"<([\w-]+)>", choice)
        yield from word_class(named[1]) if named else spelled(choice.replace("~", " "))


class Frame:
    """One compiled frame: `pattern` with the group `words`, and the `anchors`, one of which its sentence must hold."""

    def __init__(self, text: str) -> None:
        """Raises ValueError for a frame without a span, without an anchor or with an unknown class."""
        if text.count("[") != 1 or text.count("]") != 1:
            raise ValueError(f"a frame has one span in [brackets]: {text!r}")
        self.at_start, self.at_end = text.startswith("^"), text.endswith("$")
        self._places = _PLACE.findall(text.strip("^$ "))
        try:
            filled = [_anchors(place) for _, place, maybe, _ in self._places if not maybe and place.strip("_")]
        except KeyError as fault:
            raise ValueError(f"there is no word class {fault} (in {text!r})") from fault
        usable = [anchors for anchors in filled if anchors.rare]
        if not usable:
            raise ValueError(f"every place of this frame can be a common word: {text!r}")
        best = min(usable, key=lambda anchors: (anchors.common, len(anchors.words)))
        self.anchors = best.words
        last = next(place for _, place, _, closes in self._places if closes)
        self._ends_anyhow = not last.strip("_")
        self._others = tuple(anchors.met for anchors in filled if anchors is not best)
        # Hash of the text that first needed the frame, and its pattern: no text is kept.
        self._first: tuple[int, re.Pattern[str]] | None = None

    def may_match(self, words: Set[str]) -> bool:
        """Could the frame stand in a sentence of these plain words? Each of its places wants one of them."""
        return not any(map(words.isdisjoint, self._others))

    def pattern(self, text: str) -> re.Pattern[str]:
        """What finds the frame in this text.

        Most words of a class stand in no one draft, and to compile them all takes longer than to read the draft: for the
        first text the pattern holds that text's words alone, for all others everything.
        """
        if self._first is None:
            self._first = (hash(text), self._compiled(text.lower()))
        return self._first[1] if self._first[0] == hash(text) else self._whole

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return self._compiled(None)

    def _compiled(self, low: str | None) -> re.Pattern[str]:
        written, fresh = "", True
        for opens, place, maybe, closes in self._places:
            if opens:
                written += ("" if fresh else _GAP) + "(?P<words>"
                fresh = True
            written += _joined(_place(place, low), fresh, bool(maybe), place == "__")
            fresh = fresh and bool(maybe)
            written += ")" if closes else ""
        # A frame may begin with the “'s” of “he's”.
        return re.compile(rf"(?:(?<![\w'’-])|(?<=\w)(?=['’]s\b)){written}(?![\w])", re.I)

    def spans(self, text: str, sentence: Span) -> Iterator[Span]:
        """Where the frame stands in this sentence of the text."""
        for found in self.pattern(text).finditer(text, sentence.start, sentence.end):
            if self.at_start and text[sentence.start : found.start()].strip(" -–•*\t"):
                continue
            if self.at_end and text[found.end() : sentence.end].strip(" .;!?)\"'”’"):
                continue
            span = Span(found.end("words") - len(_IS.sub("", found["words"])), found.end("words"))
            if self._ends_anyhow:
                span = as_phrase(text, span, sentence.end)
            if span.end > span.start:
                yield span


_GAP = r",?\s+"
_IS = compiled(r"(?i)^['’]s\s+")  # is not underlined: it hangs on the word before
_NOTHING = "(?!)"  # no entry of the place is in the text


def _joined(regex: str, fresh: bool, maybe: bool, several: bool) -> str:
    """A place with its white space: a place that may be missing takes it along."""
    if several:
        return rf"(?:{_GAP}{regex}){{0,3}}?"
    if fresh:
        return rf"(?:{regex}{_GAP})?" if maybe else regex
    return rf"(?:{_GAP}{regex})?" if maybe else _GAP + regex


class Anchors(NamedTuple):
    """The words that show a place: `words`, one for each way of filling it; `met`, those and how else they are written."""

    words: frozenset[str]
    met: frozenset[str]
    common: int  # how many of them stand in most texts
    rare: bool  # is there one that does not?


@lru_cache(maxsize=2000)
def _anchors(place: str) -> Anchors:
    """For each way of filling a place the one word to look for: the longest that is not common."""
    chosen, joined = (frozenset().union(*sets) for sets in zip(*map(_telling, place.split("|")), strict=True))
    common = len(chosen & _COMMON)
    return Anchors(chosen, chosen | joined, common, common < len(chosen))


@lru_cache(maxsize=4000)
def _telling(choice: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words to look for of one choice of a place, a class or an entry; and how else those with a hyphen are written."""
    chosen: set[str] = set()
    joined: set[str] = set()
    for entry in _words(choice):
        parts = [plain(word) for word in WORD.findall(entry)]
        if parts:
            chosen.add(max(parts, key=lambda w: (w not in _COMMON, len(w))))
            if "-" in entry:  # a hyphen may be left out
                joined.update(plain(word) for word in WORD.findall(entry.replace("-", "")))
    return frozenset(chosen), frozenset(joined)
