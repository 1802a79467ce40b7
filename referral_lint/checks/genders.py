"""“He” and “she” for one child: a pronoun that text pasted from another letter left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from referral_lint.checks.one_child import PRONOUN, Child, child_of, sex_in
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.people.words import HE, SHE, WORK, gender

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_MOST = 3  # in one draft: who is shown so many looks for the rest
_EXPLAINED = Sought(r"(?i)\b(?:trans(?:gender)?|non-?binary|pronouns?|assigned|they/them|gender identity)\b")


def mismatch(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A pronoun that does not fit the one child of the draft, in a sentence that speaks of nobody else."""
    if draft.searched.first(_EXPLAINED) or any(p.id == "marac" for p in draft.purposes):
        return  # in a referral to MARAC the other pronoun is the one who is feared
    child = child_of(draft)
    if child is not None:
        yield from (Match(rule, span) for span in islice(_stray(draft, child), _MOST))


def _stray(draft: Draft, child: Child) -> Iterator[Span]:
    """The first odd pronoun of each sentence."""
    questions = (_beside_the_child, _opens, _follows, _at_school, _not_own) if child.sex else (_not_own,)
    for sentence in draft.sentences:
        if draft.is_own_offset(sentence.start):
            odd = next(filter(None, (ask(draft, sentence, child) for ask in questions)), None)
            if odd is not None and not draft.is_quoted(odd):
                yield odd


_REACH = 250  # characters back in which a “he” that opens a paragraph may have its person
_ROLE = Sought(
    rf"(?i)\b(?:{WORK}|teacher|worker|nurse|doctor|midwife|gp|officer|neighbour|friend|manager|therapist|visitor|assistant|consultant|psychologist|adult|parents?|carers?|landlord|landlady|baby|driver|coach|victim|staff|lead|colleague|pupil|child|somebody|someone|tutor|police|head|referee|caller|client|tenant|lodger|owner|paramedic|interpreter|sibling|twins?|partner|ex|boss|employer|mate)\b"
)
_KIN = either((HE | SHE) - {"boy", "girl", "lad"})
_KIN_WORD = Sought(rf"(?i)\b(?:{_KIN})s?\b")
# Words for somebody of this sex, and the pronouns.
_LIKE = {
    "he": Sought(rf"(?i)\b(?:{either(HE)}|mr)s?\b"),
    "she": Sought(rf"(?i)\b(?:{either(SHE)}|mrs|ms|miss)s?\b"),
}
_PRONOUN = {"he": Sought(r"(?i)\b(?:he|his|him)s?\b"), "she": Sought(r"(?i)\b(?:she|her)s?\b")}
_NOUN = Sought(
    r"(?i)\b(?:is|was|hes|shes|he['’]s|she['’]s) (?:a|an|our) (?:[\w-]+ ){0,2}?(?P<n>boy|girl|lad|lass|young man|young lady|young woman)\b"
)


def _is_spoken_of(draft: Draft, span: Span, child: Child) -> bool:
    """Is there anybody of the other sex, or of whom the words do not say, other than the child?"""
    return (
        draft.has(_LIKE[child.other], span)
        or draft.has(_PRONOUN[child.other], span)
        or draft.has(_ROLE, span)
        or any(not child.is_called(n) for n in draft.names_between(*span))
    )


def _beside_the_child(draft: Draft, sentence: Span, child: Child) -> Span | None:
    """The stray pronoun in a sentence about the child alone."""
    hits = list(draft.searched.every(PRONOUN, *sentence))
    wrong = [hit for hit in hits if sex_in(hit) != child.sex]
    noun = draft.searched.first(_NOUN, *sentence)
    kin = {gender(hit[0]) for hit in draft.searched.every(_KIN_WORD, *sentence)}
    if not (wrong or noun) or _others(draft, sentence, child) or kin - {child.sex}:
        return None
    if wrong and _is_spoken_of(draft, Span(max(0, sentence.start - _REACH), sentence.start), child):
        return None
    about = draft.names_between(*sentence)
    if noun and (about or len(hits) > len(wrong)):
        called = "he" if noun["n"].lower() in ("boy", "lad", "young man") else "she"
        if called != child.sex:
            return Span(*noun.span("n"))
    if not wrong or draft.has(_ROLE, sentence):
        return None
    after_the_name = about and not kin and wrong[0].start() > about[0].span.start
    return Span(*wrong[0].span("p")) if after_the_name or _is_alone(draft, wrong[0]) else None


def _others(draft: Draft, sentence: Span, child: Child) -> bool:
    """Is anybody else named shortly before?"""
    return any(
        (n.title or not child.is_called(n))
        and (n.span.start >= sentence.start or "\n" not in draft.text[n.span.start : sentence.start])
        for n in draft.names_between(sentence.start - 90, sentence.end)
    )


_YOUNG = compiled(r"(?i)\b(?:baby|babies|newborn|toddler|unborn)\b")
_LOOK_BACK = 120  # characters before a pronoun in which its person may stand


def _is_alone(draft: Draft, wrong: re.Match[str]) -> bool:
    """In a draft without anybody of that gender a single pronoun of it is a slip."""
    sex = sex_in(wrong)
    line = draft.text.rfind("\n\n", 0, wrong.start()) + 1
    if _YOUNG.search(draft.text) or draft.has(_ROLE, Span(max(line, wrong.start() - _LOOK_BACK), wrong.start())):
        return False
    if draft.searched.first(_LIKE[sex]):
        return False
    return sum(sex_in(hit) == sex for hit in draft.searched.every(PRONOUN)) <= 2


_FOLLOWS = compiled(r"[\"“(]?(?P<p>He|She)\b")
_OPENS = compiled(r"(?P<p>He|She|His|Her)\b(?!['’](?:d|ll)\b|/)")


def _follows(draft: Draft, sentence: Span, child: Child) -> Span | None:
    """“Sienna has had some support. He is shy”: after a sentence, and a paragraph, about the child alone."""
    before = draft.sentence_at(sentence.start - 2)
    found = _FOLLOWS.match(draft.text, sentence.start, sentence.end)
    if found is None or sex_in(found) == child.sex or "\n" in draft.text[before.start : sentence.start]:
        return None
    named = draft.names_between(before.start, before.start + 4)
    opened = bool(named) and {w.lower() for w in named[0].words} <= child.words
    said = _OPENS.match(draft.text, before.start)
    if not (opened or (said and sex_in(said) == child.sex)):
        return None
    block = draft.document.block_at(sentence.start)
    start = block.start if block is not None else before.start
    further = Span(max(0, sentence.start - 2 * _REACH), sentence.start)
    told = draft.has(_PRONOUN[child.other], further) and not draft.has(_NOUN, sentence)  # “she is a bright girl”
    silent = told or _is_spoken_of(draft, Span(start, sentence.start), child)
    return None if silent else Span(*found.span("p"))


# What is said of a child and of nobody else in a letter about one.
_PUPIL = Sought(
    r"\b(?P<p>[Hh]e|[Ss]he)(?:['’]s| is| was| will be)? (?:(?:also|now|still|usually|always) )?"
    r"(?:(?:in|at|into|back (?:in|at)|starting|starts|started|joins|joining|attends|goes to|off to|late for|missed) (?:our |the |a |her |his |my )?"
    r"(?:school|nursery|Year \d+|Reception|class|pre-?school|lessons?|netball|football|registration|playgroup|high school|secondary)\b"
    r"|(?:an?|our) (?:[\w-]+,? ){0,3}(?:girl|boy|lad|lass)\b|(?P<clinic>otherwise well\b|to be (?:seen|reviewed|weighed) again))"
)
_CHILDREN = Sought(
    r"(?i)\b(?:sisters?|brothers?|daughters?|sons?|girls?|boys?|lads?|niece|nephew|cousins?|twins?|siblings?|children|pupils?|students?|friends?|mates?)\b"
)


def _at_school(draft: Draft, sentence: Span, child: Child) -> Span | None:
    """“She starts school in September” in a letter about a boy, where no other child is spoken of."""
    found = draft.searched.first(_PUPIL, *sentence)
    if found is None or sex_in(found) == child.sex:
        return None
    before = Span(max(0, found.start() - _REACH), found.start())
    if found["clinic"] and _is_spoken_of(draft, before, child):
        return None
    grown = {p.name for p in draft.people if p.role in ("parent", "professional", "partner", "relative")}
    named = any(
        not n.title and not child.is_called(n) and " ".join(n.words) not in grown for n in draft.names_between(*before)
    )
    others = any(gender(hit[0].removesuffix("s")) != child.sex for hit in draft.searched.every(_CHILDREN, *before))
    return None if named or others else Span(*found.span("p"))


_FIRST = compiled(r"(?P<p>He|She)(?= [a-z])")


def _opens(draft: Draft, sentence: Span, child: Child) -> Span | None:
    """A “He” that opens a paragraph after one that speaks of nobody but a girl and other women."""
    found = _FIRST.match(draft.text, sentence.start)
    if found is None or sex_in(found) == child.sex or not _opens_a_paragraph(draft, sentence):
        return None
    before = Span(draft.text.rfind("\n\n", 0, max(0, sentence.start - 2 - _REACH)) + 1, sentence.start)
    named = any(not child.is_called(n) for n in draft.names_between(*sentence))
    kin = draft.has(_KIN_WORD, Span(found.end(), sentence.end))
    return None if named or kin or _is_spoken_of(draft, before, child) else Span(*found.span())


def _opens_a_paragraph(draft: Draft, sentence: Span) -> bool:
    block = draft.document.block_at(sentence.start)
    answers = block is not None and block.question is not None and block.start == sentence.start
    return answers or draft.text[: sentence.start].endswith("\n\n")


_OWN = Sought(r"\b(?:(?P<he>[Hh]e)|[Ss]he)(?: [a-z'’]+){1,4} (?P<o>his|her) own\b")


def _not_own(draft: Draft, sentence: Span, _child: Child) -> Span | None:
    """“He carries her own kit”: one person, two genders."""
    found = draft.searched.first(_OWN, *sentence)
    if found is None or (found["he"] is None) == (found["o"] == "her"):
        return None
    where = Span(max(0, sentence.start - 90), sentence.end)
    return None if draft.has(_KIN_WORD, where) else Span(*found.span("o"))
