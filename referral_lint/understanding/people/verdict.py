"""Is a run of capitalised words the name of a person? Name lists, the pipeline's names and the words around it decide."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.people.candidates import Name, is_illness
from referral_lint.understanding.people.words import (
    PLACE_OR_ORG,
    ROLE_OF,
    WORK,
    is_family,
    is_given,
    is_only_place,
    is_place,
    is_word,
)

_KIN = either(ROLE_OF)
# What leads up to a name …
_LEADS = compiled(
    rf"(?i)(?:\b(?:{_KIN}|{WORK})(?:['’]?s name)?(?:,| is| was|:| \(| called| named| -| –)? ?\(?|\b(?:called|named|name is|name['’]s|known as|dear|hi|hello|re:?|regarding|named person:?|i am|i['’]m|signed:?) )$"
)
# … and what follows one, and hardly anything else.
_FOLLOWS = compiled(
    rf"(?:['’]?s? (?:{_KIN})\b|(?:['’]s)? (?:said|says|told|tells|asked|asks|lives?|came|comes|went|rang|refused|cried|attended|attends|moved|thinks|wants|loves|likes|hates|feels|felt|never|always|still|also|has|was|is|had|will|goes|does|did|gets|got|can|cannot|could|would|and (?:his|her|I))\b"
    r"|,? \(?(?:born|aged?|dob|d\.o\.b|DOB)\b|,? \(?\d{1,2}\)|, \d{1,2}(?=[,.;\n]| (?:and|years|months))|,? who(?:se)?\b|,? \((?:he|she|they)\b)"
)
_GREETS = compiled(r"(?i)\b(?:dear|hi|hiya|hello|hey|(?:good )?(?:morning|afternoon|evening)) $")
_GREETED = compiled(r"[,!.:;]|\s*(?:[–—-]|$|\n)")
_NO_NAME = compiled(r"\b(?:[Tt]he|[Aa]n?|[Oo]ur|[Tt]his|[Yy]our|[Ii]n|[Aa]t|[Oo]f) $|[:|/(] ?$")
_PLACE_BEFORE = compiled(
    r"(?:(?<![,/\d] )(?<![A-Za-z)] )\b\d{1,4}[a-zA-Z]? |\b(?:[Ii]n|[Aa]t|near|off|[Ss]t\.?|Flat \w+,?|opposite) )$"
)
_BESIDE = compiled(r"\b([A-Z][\w'’-]+)(?:,| and|, and) $")
_STORM = compiled(r"(?:Hurricane|Storm|Cyclone|Typhoon) ")
_AGED = compiled(r" \((?:aged? )?\d{1,2}\b")


class Stretches:
    """Stretches of a text that do not overlap, to ask about a place."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._known = frozenset(self._spans)

    def __contains__(self, span: Span) -> bool:
        return span in self._known

    def hold(self, span: Span) -> bool:
        """Does one of them hold all of this?"""
        i = bisect_right(self._starts, span.start) - 1
        return i >= 0 and span.end <= self._spans[i].end

    def touch(self, span: Span) -> bool:
        """Does one of them hold a part of this?"""
        i = bisect_right(self._starts, span.end - 1) - 1
        return i >= 0 and span.start < self._spans[i].end


class Judge:
    """Judges the candidates of one text. `people`: where the pipeline sees people; `fields`: where a form asks for them."""

    def __init__(self, text: str, people: Stretches, fields: list[Span]) -> None:
        self._text, self.people, self._fields = text, people, fields

    def verdict(self, name: Name, at_start: bool) -> int:
        """1 a name, 0 perhaps, -1 none."""
        words = [w for w in name.words if len(w) > 1]
        if not words or (len(words) == 1 and words[0].isupper() and len(words[0]) < 4 and not name.title):
            return -1
        if self._is_place(name):
            return -1
        if name.title:
            return 1
        if len(name.words) == 1 and is_illness(self._text, name.span.start):
            return -1
        if is_place(" ".join(name.words)):
            return self._named_like_a_place(name)
        return self._of_several(name, words) if len(words) > 1 else self._of_one(name, words[0], at_start)

    def _led(self, name: Name) -> bool:
        start = name.span.start
        return _LEADS.search(self._text[max(0, start - 45) : start]) is not None

    def speaks(self, name: Name) -> bool:
        """Would a word that is also a common one be a name here, if the draft knows somebody called so?"""
        return (
            name.span in self.people or self._follows(name) or self._text.startswith((":", "'s ", "’s "), name.span.end)
        )

    def _follows(self, name: Name) -> bool:
        """Do words come after that are said of people, and hardly of anything else?"""
        return _FOLLOWS.match(self._text, name.span.end) is not None

    def _in_field(self, name: Name) -> bool:
        start, end = name.span
        return any(f.start <= start and end <= f.end and start - f.start < 12 for f in self._fields)

    def _of_one(self, name: Name, word: str, at_start: bool) -> int:
        start, end = name.span
        in_field = self._in_field(name)
        plain = is_word(word)
        if word.isupper() and not in_field:
            return int(is_given(word) and not plain and _AGED.match(self._text, end) is not None)
        if not plain and is_given(word):
            return 0 if self._beside_a_place(name) else 1
        if len(name.words) > 1 and "." in self._text[start:end]:
            return 1  # J. Oduya
        known = is_given(word) or is_family(word)
        led, follows, entity = self._led(name), self._follows(name), self.people.hold(name.span)
        if in_field and (known or led or not (plain or word.isupper())):
            return 1 if known or led or any(f.start == start for f in self._fields) else 0
        if self._is_greeted(name) or (led and (follows or known or entity) and not (at_start and plain)):
            return 1
        if known:
            return 1 if (entity or follows) and not (at_start and plain) else 0
        return int(self._is_heard(name, at_start, plain) or (entity and (follows or led) and not at_start))

    def _is_heard(self, name: Name, at_start: bool, plain: bool) -> bool:
        """An unknown word that the pipeline takes for a name, and for no part of one."""
        start, end = name.span
        if plain or name.span not in self.people or self._text.startswith((":", "|", " :", " |"), end):
            return False
        return self._follows(name) if at_start else not _NO_NAME.search(self._text, max(0, start - 12), start)

    def _is_greeted(self, name: Name) -> bool:
        start, end = name.span
        return (
            _GREETS.search(self._text, max(0, start - 16), start) is not None
            and _GREETED.match(self._text, end) is not None
        )

    def _beside_a_place(self, name: Name) -> bool:
        """“Syria and Jordan”."""
        start = name.span.start
        found = _BESIDE.search(self._text, max(0, start - 30), start)
        return found is not None and is_only_place(found[1]) and not self._follows(name)

    def _named_like_a_place(self, name: Name) -> int:
        """“Jordan” after a kinship word, or before “told us”, is a person; else perhaps, if the draft knows such a one."""
        if len(name.words) > 1:
            return -1
        if not is_given(name.words[0]):
            return 0
        return int(self._led(name) or (self._follows(name) and name.span in self.people))

    def _of_several(self, name: Name, words: list[str]) -> int:
        known = [is_given(w) or is_family(w) for w in words]
        plain = [is_word(w) for w in words]
        shouted = all(w.isupper() for w in words)
        if is_given(words[0]) and not plain[0]:
            return 1
        if self._in_field(name) and any(known):
            return 1
        if is_given(words[0]) and known[-1] and not (plain[0] and plain[-1]):
            return 1
        if self.people.touch(name.span) and any(k and not p for k, p in zip(known, plain, strict=True)):
            return 1
        if name.span in self.people and (any(known) or not (shouted or any(plain))):
            return 1
        if self._led(name) and not shouted:
            return 1
        if self._follows(name) and (any(known) or self.people.touch(name.span)):
            return 1
        return int(known[-1] and not plain[-1] and not shouted and len(words) == 2 and not plain[0])

    def _is_place(self, name: Name) -> bool:
        """A house number before it, or “in” before a word that is not firmly a given name."""
        start, end = name.span
        after = re.match(r"(?:['’]s)? ([A-Z][\w-]+)", self._text[end : end + 25])
        if after and after[1].lower() in PLACE_OR_ORG and not (is_family(after[1]) and not is_word(after[1])):
            return True
        if re.match(
            r"['’]?s (?:[A-Z]\w+ )?(?:Primary|School|Church|Hospital|Academy|Nursery|RC|C of E|CE)\b",
            self._text[end : end + 40],
        ):
            return True
        before = self._text[max(0, start - 12) : start]
        if re.search(r"\bSt\.? $", before) or _STORM.search(before + self._text[start:end]):
            return True
        found = _PLACE_BEFORE.search(before)
        if not found or name.title:
            return False
        firm = is_given(name.words[0]) and not is_word(name.words[0]) and not is_place(name.words[0])
        return found[0][0].isdigit() or not firm
