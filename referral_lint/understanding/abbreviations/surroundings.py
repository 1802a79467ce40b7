"""What stands around capitals in a draft: a code, a title, somebody's name, other words that are shouted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from referral_lint.patterns import compiled
from referral_lint.understanding.abbreviations.letters import is_common
from referral_lint.understanding.abbreviations.lists import lists, table
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.people.words import is_family, is_given, is_word

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_REFERENCE = compiled(
    rf"(?i)(?:\b{either(lists().references)}\b\.?(?: (?:no|number|nos|is|as|code)\b)*[ :.#|]*(?:on our file as )?)$"
)
_PART = compiled(rf"(?i)^\W*$|[.;:)]\s+$|\b{either(lists().parts)}[. ]+$")
_PART_OF_CODE = compiled(
    r"\b(?:ends|ending|letters|starts|starting)(?: in| with)? (?:[A-Z]{2,3} or )?$"
)  # of a number plate
# What follows letters that begin a code; a year does not (`the MCA 2005`).
_CODE_AFTER = compiled(
    r"[-/]\d|/MM|[-/][A-Z0-9]{2,}[-/]\d|-?\d{3,}| (?!(?:19|20)\d\d\b(?![/-]))\d{3,}|[ ]\d\d \d\d|\d? ?\d[A-Z]{2}\b"
)
_ADDRESS = compiled(r".@.|https?://|www\.")
_FULL_NAME = compiled(r"\b([A-Z][a-zà-ÿ]+)(?:[ ,]+|[ -][A-Z][a-zà-ÿ]+[ -])([A-Z][a-zà-ÿ]+)")
# What only people do, and what is done by and with them.
_DOES = compiled(
    r" (?:visit|call|ask|agree|confirm|explain|attend|email|phone|contact|arriv|discuss|stat|report|advis|offer|observ|complet)(?:e?d|s)\b"
    r"| (?:said|says|told|tells|rang|rings|saw|sees|spoke|met|meets|wrote|writes|went|took|gave|thinks|thought|felt|will|to (?:ring|call|ask|visit|chase|email|write|speak|see))\b"
)
_DONE_BY = compiled(
    r"\b(?:(?:seen|visited|written|completed|done|signed|checked|rung|told|spoken to) by|spoke (?:to|with)|met with|[Aa]ction:) (?:[A-Z]{2} (?:and|&) )?$"
)
_PAIR = compiled(r"\b[A-Z]{2}\b")
_WHO_ACTS = compiled(r"(?:(?<!provid)(?<!ord)er|or|ist|ian|nurse|doctor|parent|partner|team|service|\w*man|adult)\b")
_ABOUT = compiled(r"(?i)\b(?:re|about|child|pupil|patient)[: ]+$")
_TITLED = compiled(r"\.? (?:[A-Z][a-zà-ÿ]|[A-Z]\.? [A-Z]|[A-Z]{3}|\d)")
_NAMED = compiled(r"[A-Z][\w.’']+(?: \(?[A-Z][\w.’']*){0,3} \(?$")
_NAME_BEFORE = compiled(r"[A-Z][\w’']+ (?:(?:and|&|of|the|for|in) )?[A-Z][\w’']+ \(?$")
_SCHOOL_AFTER = compiled(rf"[)]?(?:[ -]\(?[A-Z][\w’']*\)?){{0,3}}? \(?{either(lists().school_words)}\b")
_ARTICLE = compiled(r"(?i)\b(?:the|an?|his|her|their|our) $")
_OF_ONE = compiled(r"(?i)\b(?:the|his|her|their|our|my|this|each) $")
_LABELLED = compiled(r" {2,}|\t| ?[:(]|\. | [-–—] ")
_NAME_BESIDE = compiled(
    r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|[Rr][Ee]:?)\.? (?:[A-Z][a-zà-ÿ]+ )?|(?:[Nn]ame|[Pp]atient|[Cc]hild|[Aa]dult|[Bb]aby)s?: +|, [A-Z][a-z]+ )$"
)
_GIVEN_BEFORE = compiled(r"\b([A-Z][a-zà-ÿ]+)(?:-[A-Z][a-zà-ÿ]+)? $")
_GIVEN_AFTER = compiled(r"(?:,[ ]+|[ ]+)[A-Z][a-zà-ÿ]+(?:\s*(?:[.,(]|$|\n|\s+(?:[Bb]orn|DOB|[Dd]ob|\d)))")
_LONG_LINE = 70  # characters: a name on a line that is no shorter is not one that is set apart


@dataclass(frozen=True, slots=True)
class Capitals:
    """A word of capitals where it stands. `form` is the word without dots and without an English ending."""

    text: str
    written: str
    form: str
    start: int
    end: int

    def before(self, reach: int) -> str:
        return self.text[max(0, self.start - reach) : self.start]

    def after(self, reach: int) -> str:
        return self.text[self.end : self.end + reach]


class Surroundings:
    """What a draft tells about capitals in it. Built once a draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.text = draft, draft.text

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word as written, once; addresses write everything small and say nothing about capitals."""
        pieces = (piece for piece in self.text.split() if not _ADDRESS.search(piece))
        return frozenset(word for piece in pieces for word in re.findall(r"[^\W\d_]+", piece))

    @cached_property
    def _initials(self) -> frozenset[str]:
        """Initials of the names in the draft: `Vera Stokes` may sign VS."""
        pairs = _FULL_NAME.findall(self.text)
        return frozenset(a[0] + b[0] for a, b in pairs if is_given(a) or is_given(b) or is_family(b))

    @cached_property
    def _people(self) -> frozenset[str]:
        """Those of the initials by which somebody does something in the draft: they are that person wherever they stand."""
        pairs = (Capitals(self.text, hit[0], hit[0], *hit.span()) for hit in _PAIR.finditer(self.text))
        return frozenset(pair.form for pair in pairs if pair.form in self._initials and _acts(pair))

    def line(self, word: Capitals) -> str:
        return self.draft.words(self.draft.line_at(word.start))

    def is_initials(self, word: Capitals) -> bool:
        """Somebody's initials: `AJ`, or a line of its own at the end with the letters of a name in the draft."""
        form = word.form
        if form in self._people:
            return True
        signed = form[0] + form[-1] in self._initials
        if len(form) == 2 and form not in table():
            return form[1] == "J" or signed or self._is_alone(word) or _ABOUT.search(word.before(9)) is not None
        return signed and (len(form) == 2 or (len(form) == 3 and form not in table())) and self._is_alone(word)

    def _is_alone(self, word: Capitals) -> bool:
        return self.line(word).strip(" .-–—x()") == word.form

    def is_beside_a_name(self, word: Capitals) -> bool:
        """`Jude MARROW`, `Mr TULL`, `ENTWISTLE, Roland`."""
        before = word.before(25)
        first = _GIVEN_BEFORE.search(before)
        if first and is_given(first[1]) and not is_word(first[1]):
            return True
        if _GIVEN_AFTER.match(word.after(25)) and len(self.line(word)) < _LONG_LINE:
            return True
        return _NAME_BESIDE.search(before) is not None


def _acts(word: Capitals) -> bool:
    """`HC visited`, `spoke to HC`: so stands a person, not what a table has for the letters, unless that is a person too."""
    if any(_WHO_ACTS.search(meaning.plain) for meaning in table().get(word.form, ())):
        return False
    after, before = word.after(16), word.before(24)
    signs = before.endswith((". ", ".  ")) and after[:1] in ("", "\n")
    return signs or _DOES.match(after) is not None or _DONE_BY.search(before) is not None


def is_reference(word: Capitals) -> bool:
    """Part of a code: `Ref NM/0391`, `QQ 12 34 56 C`, `AB12 CDE`, `EW-3315`, `LS6 2AB`; of a list: `VI. Next steps`."""
    before, after = word.before(30), word.after(12)
    if _CODE_AFTER.match(after):
        return True
    if re.search(r"\b[A-Z]{2}\d\d $", before) or _REFERENCE.search(before) or _PART_OF_CODE.search(before):
        return True
    if word.written == "VI" and _PART.search(before):
        return True
    return any(c.isdigit() for c in word.written) and bool(re.match(r" ?\d[A-Z]{2}\b", after))


def is_title(word: Capitals) -> bool:
    """`PC Hughes`, `DC 4410`, `MR SMITH`, `PO Box 4`; `MS` alone is an illness."""
    if word.form == "PO" and re.match(r"(?i) (?:box|number|no)\b", word.after(8)):
        return True
    return word.form in lists().ranks and _TITLED.match(word.after(6)) is not None


def is_part_of_name(word: Capitals) -> bool:
    """`St Oswald's CE Primary`, `Linden Nursery CIC`: a school's name is known as a whole, a company's form says nothing."""
    if word.form in lists().companies:
        return _NAME_BEFORE.search(word.before(50)) is not None
    return (
        word.form in lists().schools
        and _NAMED.search(word.before(50)) is not None
        and _SCHOOL_AFTER.match(word.after(40)) is not None
    )


def is_behind_a_number(word: Capitals) -> bool:
    """`250 MG`."""
    return re.search(r"\d ?$", word.before(2)) is not None


def is_of_somebody(word: Capitals) -> bool:
    """`her CC rang`, `the FW is new`: what stands before a list of addresses or in a remark has no article."""
    return _OF_ONE.search(word.before(6)) is not None


def is_noun(word: Capitals) -> bool:
    """`the WHO`, `her MUST score`, `MUST 2`: the word itself cannot stand there."""
    before = word.before(16)
    return (
        _ARTICLE.search(before) is not None
        or (word.text[word.start : word.end] == "WHO" and _is_listed(before))
        or re.match(r":? (?:score|tool|form|\d)", word.after(8)) is not None
    )


def _is_listed(before: str) -> bool:
    """`work by WHO`, `CARDO, WHO and the bank`: nobody asks so."""
    if re.search(r"\b(?:with|by|including) $", before):
        return True
    listed = re.search(r"\b([A-Z]{3,})(?:,| and) $", before)
    return listed is not None and not is_common(listed[1].lower())


def is_label(word: Capitals) -> bool:
    """At the beginning of its line, set off from what follows: `ETHNICITY  White British`, `TARIQ - up at 11`."""
    before = word.text[word.text.rfind("\n", 0, word.start) + 1 : word.start]
    return not before.strip(" \t-•*") and _LABELLED.match(word.after(4)) is not None


def neighbours(word: Capitals) -> tuple[str, str]:
    """The word before and the word after; empty where there is none on either side."""
    before = re.search(r"([A-Za-z][\w'’&.-]*)[ ,:()–-]{1,3}$", word.before(24))
    after = re.match(r"['’s]{0,2}[ ,:()–-]{1,3}([A-Za-z][\w'’&.-]*)", word.after(24))
    return before[1] if before else "", after[1] if after else ""
