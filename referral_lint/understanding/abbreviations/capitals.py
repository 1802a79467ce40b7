"""Capitals that are abbreviations, and capitals that are not: shouted words, names, references, postcodes, brands."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from referral_lint.understanding.abbreviations.lists import lists, table
from referral_lint.understanding.people.words import is_family, is_given, is_ordinary, is_place, is_word

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_REFERENCE = re.compile(
    r"(?i)(?:\b(?:refs?|reference|booking|voucher|log|crime|account|policy|plate|registration|reg|occurrence|serial|licence|invoice"
    r"|insurance|ins|code|postcode|file|urn|order|badge|collar)\b\.?(?: (?:no|number|nos|is|as|code)\b)*[ :.#|]*(?:on our file as )?)$"
)
_PART_OF_CODE = re.compile(
    r"\b(?:ends|ending|letters|starts|starting)(?: in| with)? (?:[A-Z]{2,3} or )?$"
)  # of a number plate
# What follows letters that begin a code; a year does not (`the MCA 2005`).
_CODE_AFTER = re.compile(
    r"[-/]\d|/MM|[-/][A-Z0-9]{2,}[-/]\d|-?\d{3,}| (?!(?:19|20)\d\d\b(?![/-]))\d{3,}|[ ]\d\d \d\d|\d? ?\d[A-Z]{2}\b"
)
_NAME_SHAPE = re.compile(r"(?:Mc|Mac)[A-Z][A-Za-z]+|(?:Fitz|De|Di|Da|La|Le|Van|Al|El|Ja|Ke|Jo|Sha)[A-Z][a-z]+")
_CAMEL = re.compile(r"[A-Z]?[a-z]+[A-Z][a-z]{2,}")
# The shift key held too long (`DIsclosed`), or letters shown that make a name (`JOint COMpany`).
_SLIP = re.compile(r"[A-Z]{2,4}[a-z]+")
# No short form ends like these words, and no list of words has them all: `FURIOUS`, `SCREAMING`.
_WORD_ENDING = re.compile(
    r"[A-Z]{2,}(?:FUL|ING|OUS|IED|TED|DED|SED|NED|RED|LED|KED)|[A-Z]{3,}(?:LY|NESS|MENT|TION|SION|ABLE|LESS)"
)
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_SUM = re.compile(r"[A-Z]\+[A-Z]")
_NUMBERED = re.compile(r"[A-Z]{2,6}\.\d{1,4}")  # a form or a committee with a number: `IS.96`
_LETTERS_DIGITS = re.compile(r"[A-Z]{3,6}-?\d{1,2}|[A-Z]{2,6}-(?:[A-Z]{1,3}|\d{1,2})|[A-Z]{1,2}2[A-Z]{1,3}")
_ODD = re.compile(r"T[12]DM?|[UL][LR]\d|G\dP\d|2Y[OC]|KS[1-5]|EP3|HbA1c")
_AREAS = frozenset(
    "AB AL BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY EC EH EN EX FK FY GL GU GY"
    " HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY LA LD LE LL LN LS LU ME MK ML NE NG NN NP NR NW OL OX PA PE PH PL"
    " PO PR RG RH RM SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB WA WC WD WF WN WR WS WV YO ZE".split()
)


def _is_certificate(form: str) -> bool:
    """`CP12`, `MF2`: two letters and a number that begin no postcode; `3GPP`."""
    found = re.fullmatch(r"([A-Z]{2})[1-9]\d?|\d[A-Z]{3,4}", form)
    return found is not None and found[1] not in _AREAS | {"AM", "PM"} and form[1:] not in _UNITS


_UNITS = frozenset("DAYS WKS YRS MINS HRS MLS MCG TIMES".split())
# Behind a number only; `3 TB cases` and `2 FT staff` may be something else.
_MEASURES = frozenset("MG ML MLS MCG UG IU GB MB KB GHZ MHZ KHZ KW KWH KJ KCAL MM LB LBS OZ HRS MINS YRS WKS".split())
_ADDRESS = re.compile(r".@.|https?://|www\.")
_CAPITAL_WORD = re.compile(r"[A-Z][A-Z&'’.-]*")
_FULL_NAME = re.compile(r"\b([A-Z][a-zà-ÿ]+)(?:[ ,]+|[ -][A-Z][a-zà-ÿ]+[ -])([A-Z][a-zà-ÿ]+)")
# What only people do, and what is done by and with them.
_DOES = re.compile(
    r" (?:visit|call|ask|agree|confirm|explain|attend|email|phone|contact|arriv|discuss|stat|report|advis|offer|observ|complet)(?:e?d|s)\b"
    r"| (?:said|says|told|tells|rang|rings|saw|sees|spoke|met|meets|wrote|writes|went|took|gave|thinks|thought|felt|will|to (?:ring|call|ask|visit|chase|email|write|speak|see))\b"
)
_DONE_BY = re.compile(
    r"\b(?:(?:seen|visited|written|completed|done|signed|checked|rung|told|spoken to) by|spoke (?:to|with)|met with|[Aa]ction:) (?:[A-Z]{2} (?:and|&) )?$"
)
_PAIR = re.compile(r"\b[A-Z]{2}\b")
_WHO_ACTS = re.compile(r"(?:(?<!provid)(?<!ord)er|or|ist|ian|nurse|doctor|parent|partner|team|service|\w*man|adult)\b")
_NAMED = re.compile(r"[A-Z][\w.’']+(?: \(?[A-Z][\w.’']*){0,3} \(?$")
_NAME_BEFORE = re.compile(r"[A-Z][\w’']+ (?:(?:and|&|of|the|for|in) )?[A-Z][\w’']+ \(?$")
_SCHOOL_AFTER = re.compile(
    r"[)]?(?:[ -]\(?[A-Z][\w’']*\)?){0,3}? \(?(?:Primary|Infants?|Juniors?|Middle|Secondary|High|First|Grammar|School|Academy|Nursery|College|Controlled|Aided)\b"
)


# What English puts behind letters: `EHCPs`, `IDed`, `IDd`, `IDing`.
_INFLECTION = re.compile(r"(?<=.[A-Z])s$|(?<=[A-Z]{2})(?:d|ed|ing)$")


def uninflected(form: str) -> str:
    return _INFLECTION.sub("", form)


class Surroundings:
    """What a draft tells about capitals in it. Built once a draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.text = draft, draft.text

    @cached_property
    def _words(self) -> frozenset[str]:
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
        pairs = ((hit[0], *hit.span()) for hit in _PAIR.finditer(self.text))
        return frozenset(form for form, start, end in pairs if form in self._initials and self._acts(form, start, end))

    def is_abbreviation(self, written: str, start: int, end: int) -> bool:
        """Is this word of capitals an abbreviation that somebody may not know?"""
        if _NUMBERED.fullmatch(written):
            return not self._is_reference(written, start, end)
        form = written.replace(".", "").rstrip("+")
        if (form == written[:-1:2] and len(form) == 2) or set(form) in ({"X"}, {"Y"}, {"D"}, {"M"}):
            return False  # J.B., XX/XX/XXXX, DD/MM/YYYY
        stem = uninflected(form)
        if (
            not self._shaped(stem)
            or (stem.upper() in lists().everybody and stem != "MS" and not self._is_other(stem, start))
            or stem in lists().brands
            or form in lists().brands
        ):
            return False
        if stem.upper() in _MEASURES and re.search(r"\d ?$", self.text[max(0, start - 2) : start]):
            return False
        if self._is_reference(written, start, end) or self._is_title(stem, end) or self._is_initials(stem, start):
            return False
        if self._is_part_of_name(stem, start, end):
            return False
        if stem in _NO_NOUNS and self._stands_as_noun(start, end):
            return True
        if stem.upper() in table() and stem not in _NO_NOUNS:
            return not self._shouts(stem, start, end, known=True)
        return not self._is_word(stem, start, end) and not self._shouts(stem, start, end, known=False)

    def _shaped(self, form: str) -> bool:
        if _SUM.fullmatch(form) and form not in table():
            return False
        upper = sum(c.isupper() for c in form)
        if any(c.isdigit() for c in form):
            return (
                form.upper() in table()
                or bool(_ODD.fullmatch(form))
                or bool(_LETTERS_DIGITS.fullmatch(form))
                or _is_certificate(form)
            )
        if upper < 2 or len(form) > 12:
            return False
        if _NAME_SHAPE.fullmatch(form) and form.upper() not in table():
            return False
        if _CAMEL.fullmatch(form):
            return form in lists().systems
        if _ROMAN.fullmatch(form) and form != "VI":  # visual impairment is the one that drafts do use
            return False
        return form.isupper() or upper >= 2

    def _is_reference(self, written: str, start: int, end: int) -> bool:
        """Part of a code: `Ref NM/0391`, `QQ 12 34 56 C`, `AB12 CDE`, `EW-3315`, `LS6 2AB`."""
        before, after = self.text[max(0, start - 30) : start], self.text[end : end + 12]
        if _CODE_AFTER.match(after):
            return True
        if re.search(r"\b[A-Z]{2}\d\d $", before) or _REFERENCE.search(before) or _PART_OF_CODE.search(before):
            return True
        if written == "VI" and re.search(
            r"(?i)^\W*$|[.;:)]\s+$|\b(?:sect(?:ion)?|part|annex|chapter|phase|stage|type|grade|level|table"
            r"|step|schedule|article|appendix|class|category|volume|form)[. ]+$",
            before,
        ):
            return True
        return any(c.isdigit() for c in written) and bool(re.match(r" ?\d[A-Z]{2}\b", after))

    def _is_title(self, form: str, end: int) -> bool:
        """`PC Hughes`, `DC 4410`, `MR SMITH`, `PO Box 4`; `MS` alone is an illness."""
        if form == "PO" and re.match(r"(?i) (?:box|number|no)\b", self.text[end : end + 8]):
            return True
        named = re.match(r"\.? (?:[A-Z][a-zà-ÿ]|[A-Z]\.? [A-Z]|[A-Z]{3}|\d)", self.text[end : end + 6]) is not None
        return named and form in lists().ranks

    def _is_initials(self, form: str, start: int) -> bool:
        """Somebody's initials: `AJ`, or a line of its own at the end with the letters of a name in the draft."""
        if len(form) == 2 and form[1] == "J" and form not in table():
            return True
        line = self._line(start)
        alone = line.strip(" .-–—x()") == form
        signed = form[0] + form[-1] in self._initials
        if alone and (
            (len(form) == 2 and (signed or form not in table())) or (len(form) == 3 and signed and form not in table())
        ):
            return True
        if form in self._people:
            return True
        about = re.search(r"\b(?:re|about|child|pupil|patient)[: ]+$", self.text[max(0, start - 9) : start], re.I)
        return len(form) == 2 and form not in table() and (signed or bool(about))

    def _acts(self, form: str, start: int, end: int) -> bool:
        """`HC visited`, `spoke to HC`: so stands a person, not what a table has for the letters, unless that is a person too."""
        if any(_WHO_ACTS.search(meaning.plain) for meaning in table().get(form, ())):
            return False
        after, before = self.text[end : end + 16], self.text[max(0, start - 24) : start]
        signs = before.endswith((". ", ".  ")) and after[:1] in ("", "\n")
        return signs or _DOES.match(after) is not None or _DONE_BY.search(before) is not None

    def _is_part_of_name(self, form: str, start: int, end: int) -> bool:
        """`St Oswald's CE Primary`, `Linden Nursery CIC`: a school's name is known as a whole, a company's form says nothing."""
        before, after = self.text[max(0, start - 50) : start], self.text[end : end + 40]
        if form in lists().companies:
            return _NAME_BEFORE.search(before) is not None
        return form in lists().schools and _NAMED.search(before) is not None and _SCHOOL_AFTER.match(after) is not None

    def _line(self, at: int) -> str:
        end = self.text.find("\n", at)
        return self.text[self.text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(self.text)]

    def _is_word(self, form: str, start: int, end: int) -> bool:
        """A word or a name that stands in capitals: it is an English word, or the draft has it in small letters."""
        low = form.lower()
        if low in lists().shouted or (len(form) > 3 and low in self._words):
            return True
        if not form.isupper():
            return _SLIP.fullmatch(form) is not None and (is_ordinary(low) or is_given(low) or is_family(low))
        if (is_place(low) and len(form) > 4) or _WORD_ENDING.fullmatch(form):
            return True
        if len(form) > 3 and self._is_label(start, end) and _is_plain(low):
            return True
        if is_ordinary(low) and (len(form) > 5 or (len(form) == 5 and not self._stands_as_noun(start, end))):
            return True
        if "-" in form and all(
            len(part) > 3 or (len(part) > 2 and part.capitalize() in self._words) for part in form.split("-")
        ):
            return True
        if len(form) > 2 and form.capitalize() in self._words:
            return True
        if (
            len(form) > 3
            and (is_given(low) or is_family(low))
            and re.match(r"-[A-Z][a-zà-ÿ]", self.text[end : end + 3])
        ):
            return True  # `KAYE-Marie`
        return len(form) > 3 and bool(set(form) & set("AEIOUY")) and self._beside_a_name(start, end)

    def _stands_as_noun(self, start: int, end: int) -> bool:
        """`the WHO`, `her MUST score`, `MUST 2`: the word itself cannot stand there."""
        before = self.text[max(0, start - 16) : start]
        return (
            re.search(r"(?i)\b(?:the|an?|his|her|their|our) $", before) is not None
            or (self.text[start:end] == "WHO" and self._is_listed(before))
            or re.match(r":? (?:score|tool|form|\d)", self.text[end : end + 8]) is not None
        )

    def _is_listed(self, before: str) -> bool:
        """`work by WHO`, `CARDO, WHO and the bank`: nobody asks so."""
        if re.search(r"\b(?:with|by|including) $", before):
            return True
        listed = re.search(r"\b([A-Z]{3,})(?:,| and) $", before)
        return listed is not None and not _is_common(listed[1].lower())

    def _is_other(self, form: str, start: int) -> bool:
        """`her CC rang`, `the FW is new`: what stands before a list of addresses or in a remark has no article."""
        return form in _REMARKS and bool(
            re.search(r"(?i)\b(?:the|his|her|their|our|my|this|each) $", self.text[max(0, start - 6) : start])
        )

    def _is_label(self, start: int, end: int) -> bool:
        """At the beginning of its line, set off from what follows: `ETHNICITY  White British`, `TARIQ - up at 11`."""
        before = self.text[self.text.rfind("\n", 0, start) + 1 : start]
        return (
            not before.strip(" \t-•*")
            and re.match(r" {2,}|\t| ?[:(]|\. | [-–—] ", self.text[end : end + 4]) is not None
        )

    def _beside_a_name(self, start: int, end: int) -> bool:
        """`Jude MARROW`, `Mr TULL`, `ENTWISTLE, Roland`."""
        before, after = self.text[max(0, start - 25) : start], self.text[end : end + 25]
        first = re.search(r"\b([A-Z][a-zà-ÿ]+)(?:-[A-Z][a-zà-ÿ]+)? $", before)
        if first and is_given(first[1]) and not is_word(first[1]):
            return True
        if (
            re.match(r"(?:,[ ]+|[ ]+)[A-Z][a-zà-ÿ]+(?:\s*(?:[.,(]|$|\n|\s+(?:[Bb]orn|DOB|[Dd]ob|\d)))", after)
            and len(self._line(start)) < 70
        ):
            return True
        return (
            re.search(
                r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|[Rr][Ee]:?)\.? (?:[A-Z][a-zà-ÿ]+ )?|(?:[Nn]ame|[Pp]atient|[Cc]hild|[Aa]dult|[Bb]aby)s?: +|, [A-Z][a-z]+ )$",
                before,
            )
            is not None
        )

    def _shouts(self, form: str, start: int, end: int, *, known: bool) -> bool:
        """One of several words in capitals: a heading, a cry, a name. A known form stays unless it is also a word."""
        word = form.lower() in lists().shouted
        if word and not known:
            return True
        before = _last_word(self.text, start)
        after = _next_word(self.text, end)
        loud = [w for w in (before, after) if len(w) > 1 and (w != "WHO" or _is_loud(self._line(start)))]
        loud = [
            w for w in loud if _CAPITAL_WORD.fullmatch(w) and w.upper() not in lists().everybody and w not in table()
        ]
        if known:
            return word and (bool(loud) or form.lower() in _ALWAYS_WORDS)
        if any(_is_common(w.lower().rstrip("'’s")) or _is_plain(w.lower().strip(".'’")) for w in loud):
            return True
        if loud and _is_plain(form.lower()):
            return True
        return bool(loud) and (len(form) > 4 or len(max(loud, key=len)) > 5) and _is_loud(self._line(start))


# What these words are cannot follow an article: `the WHO`, `her MUST score`.
_NO_NOUNS = frozenset({"WHO", "MUST", "AS", "SO"})
# Everybody knows them in their own place only: `CC: Ann Lee`, `NB he is deaf`.
_REMARKS = frozenset({"CC", "BCC", "FW", "FWD", "IE", "EG", "ETC", "NB", "EXT"})
# In the table, but as a lone word in capitals nearly always the English word.
_ALWAYS_WORDS = frozenset(
    {"is", "or", "no", "so", "an", "us", "it", "on", "am", "as", "at", "be", "do", "he", "me", "we"}
)


def _is_plain(word: str) -> bool:
    """A common word or a name; shorter ones are too many."""
    return len(word) > 3 and (is_ordinary(word) or is_given(word) or is_family(word))


def _is_common(word: str) -> bool:
    """Is this a word, a name or one of those that are often shouted?"""
    return word in lists().shouted or _is_plain(word)


def _is_loud(line: str) -> bool:
    """Are most of its words in capitals? In a list of short forms (`UNICEF, UNESCO and the bank`) they are not."""
    words: list[str] = re.findall(r"[^\W\d_]{2,}", line)
    return 3 * sum(word.isupper() for word in words) > 2 * len(words)


def _last_word(text: str, start: int) -> str:
    found = re.search(r"([A-Za-z][\w'’&.-]*)[ ,:()–-]{1,3}$", text[max(0, start - 24) : start])
    return found[1] if found else ""


def _next_word(text: str, end: int) -> str:
    found = re.match(r"['’s]{0,2}[ ,:()–-]{1,3}([A-Za-z][\w'’&.-]*)", text[end : end + 24])
    return found[1] if found else ""
