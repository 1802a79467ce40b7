"""“He” and “she”: two people whom one pronoun could mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.people.words import HE, SHE, gender

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_KIN = either(HE | SHE)
_PERSON = re.compile(
    rf"(?i)\b(?:(?:his|her|their|the|my|our|a|an|this|that|another|\w+['’]s|\w+s(?=\s(?:{_KIN})))\s+)?(?:(?:own|new|birth|older|younger|elder|big|little|maternal|paternal|ex|other|counter|school|great|step)[ -])*(?P<kin>{_KIN})\b(?!['’]s?\s)(?!s\s)(?P<of> of \w+)?"
)
# People by what they do or are to somebody; who of them is a man or a woman the words do not say.
_ROLE = (
    r"(?:[\w-]*(?:work|teach|lodg|manag|own|train|help|drive|offic|organis|supervis|mind|watch|keep|advis|visit|sitt|clean|foster|bounc|car)ers?"
    r"|[\w-]*(?:therap|recept|dent|pharmac|psycholog|psychiatr|art)ist|doctor|tutor|visitor|counsellor|director|governor|pastor|vicar|priest|imam|nurse|midwife"
    r"|assistant|consultant|tenant|accountant|sergeant|constable|head|coach|ref|referee|captain|caretaker|neighbour|friend|mate|ex|partner|cousin|cellmate|flatmate"
    r"|housemate|colleague|warden|volunteer|secretary|clerk|cook|chef|solicitor|technician|chair|deputy|home help|landlord|driver|interpreter|escort|buddy|other one|youngest|eldest)"
)
_OTHER = re.compile(
    rf"(?i:\b(?:(?:the|her|his|their|a|an|our|my|your|another)(?: other)? |\w+['’]s )(?:[\w-]+ )?{_ROLE}\b)(?!['’]s?\s)(?: [A-Z][a-z]+)?"
)
_SUBJECT = re.compile(r"\b(?P<p>[Hh]e|[Ss]he|HE|SHE)\b(?!['’](?:d|ll)\b|/)")
_OBJECT = re.compile(r"(?i)\b(?P<p>him|her|he|she)\b")
# What two people do with each other, after which “he” or “she” could be either.
_JOINED = re.compile(r"(?i)^[\s,]*(?:and|&|or|nor|with|/|\+)\s+(?:then\s+|also\s+|both\s+)?$")
_DEALT = re.compile(
    r"(?i)^[\s,]*(?:(?:has|have|had|did|does|would|was|were|also|then|just|often|always|not|never|really|both|been)\s+)*(?:told|rang|phoned|texted|said to|asked|met|saw|spoke (?:to|with)|talked (?:to|with)|rowed with|argued with|fought with|fell out with|fallen out with|shouted at|hit|pushed|slapped|threatened|messaged|visited|took a call from|blames?|accused"
    r"|had (?:a |an |words|it|some )[\w -]{0,20}\bwith|(?:was|were) (?:at the \w+ )?with|came (?:\w+ )?with|turned up with|clashed with|sided with|warned|stopped|is arguing with|lives with|went with|sat with|attended [\w ]{2,20} with|has [\w ]{2,20} with|came (?:to \w+ )?with)(?:\s+by)?\s+$"
)


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody whom a sentence speaks of."""

    span: Span
    sex: str  # he | she | "" if the words do not say
    key: str
    is_kin: bool = False  # a kinship word, not a name


def ambiguous(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A “he” or “she” after two people whom it fits, both in play in the same clause or the one before."""
    sexes = _sexes(draft)
    marked: set[int] = set()
    for sentence in draft.sentences:
        if not draft.is_own_offset(sentence.start):
            continue
        here = _people(draft, sentence, sexes)
        for first, second in _pairs(draft, here):
            pronoun = _pronoun_after(draft, sentence, first, second)
            if pronoun is not None and pronoun.start not in marked and not draft.is_quoted_offset(pronoun.start):
                marked.add(pronoun.start)
                yield Match(rule, pronoun, related=(first.span, second.span))
                break


def _people(draft: Draft, sentence: Span, sexes: dict[str, str]) -> list[Who]:
    found: list[Who] = []
    for name in draft.names_between(*sentence):
        if name.span.end <= sentence.end:
            if draft.text[name.span.end : name.span.end + 2] in ("'s", "’s"):
                continue
            key = " ".join(name.words).lower()
            found.append(Who(name.span, gender(name.title) or sexes.get(name.words[0].lower(), ""), key))
    for hit in _PERSON.finditer(draft.text, *sentence):
        kin = hit["kin"].lower()
        if not any(w.span.start < hit.end() and hit.start() < w.span.end for w in found):
            found.append(Who(Span(*hit.span()), gender(kin), hit[0].lower(), True))
    for hit in _OTHER.finditer(draft.text, *sentence):
        if not any(w.span.start < hit.end() and hit.start() < w.span.end for w in found):
            found.append(Who(Span(*hit.span()), "", hit[0].lower()))
    for hit in re.finditer(r"(?i)\b(?:he|she|him|her)\b", draft.text[sentence.start : sentence.end]):
        at = sentence.start + hit.start()
        if not any(w.span.start <= at < w.span.end for w in found):
            sex = "he" if hit[0].lower() in ("he", "him") else "she"
            found.append(Who(Span(at, at + len(hit[0])), sex, "pronoun"))
    return sorted(found, key=lambda w: w.span)


def _sexes(draft: Draft) -> dict[str, str]:
    """First names and the pronoun that the draft itself uses of them, where it says."""
    found: dict[str, str] = {}
    for name in draft.names:
        head = draft.text[max(0, name.span.start - 30) : name.span.start].lower()
        tail = draft.text[name.span.end : name.span.end + 40].lower()
        before = re.search(rf"\b({_KIN})[\s,:(]*(?:is |called )?$", head)
        after = re.match(rf"[\s,(]+(?:is )?(?:his |her |the |their |a |my )?({_KIN})\b", tail)
        kin = before or after
        if kin and name.words:
            found.setdefault(name.words[0].lower(), gender(kin[1]))
    for name in draft.names:
        own = re.match(
            r"(?:['’]s)?[^.\n;]{0,40}?\b(he|she|his|her|himself|herself)\b",
            draft.text[name.span.end : name.span.end + 60],
            re.I,
        )
        if own and name.words[0].lower() not in found and not name.title:
            found[name.words[0].lower()] = "he" if own[1].lower() in ("he", "his", "himself") else "she"
    return found


def _pairs(draft: Draft, people: list[Who]) -> Iterator[tuple[Who, Who]]:
    """Two different people of one gender whom the sentence joins or sets against each other."""
    for one, other in zip(people, people[1:], strict=False):
        if one.key == other.key or other.key == "pronoun":
            continue
        if one.sex and other.sex and one.sex != other.sex:
            continue
        if not (one.sex or other.sex):
            continue
        title = re.search(r"(?:Mr|Mrs|Ms|Miss|Dr)\.? $", draft.text[one.span.end : other.span.start])
        between = draft.text[one.span.end : other.span.start - (len(title[0]) if title else 0)]
        if _JOINED.match(between) or (
            _DEALT.match(between) and (other.is_kin or not re.search(r"(?i)told|asked|said", between))
        ):
            yield one, other


_FAR = 130


def _pronoun_after(draft: Draft, sentence: Span, one: Who, other: Who) -> Span | None:
    """The first “he” or “she” after the two, in this sentence or at the start of the next."""
    sex = one.sex or other.sex
    end = sentence.end
    following = draft.next_sentence(sentence)
    stop = min(end, other.span.end + _FAR)
    for hit in _SUBJECT.finditer(draft.text, other.span.end, stop):
        if hit["p"].lower() == sex:
            return None if _settled(draft, other.span.end, hit.start()) else Span(*hit.span())
    if following is not None and end - other.span.end < 70:
        hit2 = _SUBJECT.match(draft.text, following.start)
        if hit2 and hit2["p"].lower() == sex and not _settled(draft, other.span.end, hit2.start()):
            return Span(*hit2.span())
    return None


def _settled(draft: Draft, start: int, end: int) -> bool:
    """Another person named between, or a bracket that says who is meant."""
    between = draft.text[start:end]
    if draft.names_between(start, end):
        return True
    return bool(re.match(r"\s*\(", draft.text[end:]) or re.search(rf"(?i)\b(?:{_KIN})\b", between))
