"""“He” and “she”: two people whom one pronoun could mean, and two genders for one child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.people.words import HE, SHE, gender

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_KIN = "|".join(sorted((re.escape(w) for w in HE | SHE), key=len, reverse=True))
_PERSON = re.compile(
    rf"(?i)\b(?:(?:his|her|their|the|my|our|a|an|this|that|another|\w+['’]s|\w+s(?=\s(?:{_KIN})))\s+)?(?:(?:own|new|birth|older|younger|elder|big|little|maternal|paternal|ex|other|counter|school|great|step)[ -])*(?P<kin>{_KIN})\b(?!['’]s?\s)(?!s\s)(?P<of> of \w+)?"
)
_OTHER = re.compile(
    r"(?i)\b(?:the )(?:caretaker|head|worker|nurse|teacher|neighbour|manager|cellmate|cleaner|warden|landlord|lodger|wife|befriender|volunteer|driver|officer|carer|other (?:lad|lady|man|woman|mum|dad|boy|girl))\b(?!['’])"
)
_SUBJECT = re.compile(r"\b(?P<p>[Hh]e|[Ss]he|HE|SHE)\b(?!['’](?:d|ll)\b|/)")
_OBJECT = re.compile(r"(?i)\b(?P<p>him|her|he|she)\b")
# What two people do with each other, after which “he” or “she” could be either.
_JOINED = re.compile(r"(?i)^[\s,]*(?:and|&|or|with|/)\s+(?:then\s+|also\s+)?$")
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
        if one.key == other.key or (other.key == "pronoun" and other.span.end - other.span.start < 3):
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


# --- two genders for one child ---------------------------------------------------------------------------------

_ANY = re.compile(r"(?i)\b(?P<p>he|she|his|her|hers|him|himself|herself|hes|shes)\b(?!/)")
_SEX = {"he": "he", "his": "he", "him": "he", "himself": "he", "hes": "he"}
_EXPLAINED = re.compile(r"(?i)\b(?:trans(?:gender)?|non-?binary|pronouns?|assigned|they/them|gender identity)\b")
_NOUN = re.compile(
    r"(?i)\b(?:is|was|hes|shes|he['’]s|she['’]s) (?:a|an|our) (?:[\w-]+ ){0,2}?(?P<n>boy|girl|lad|lass|young man|young lady|young woman)\b"
)


def mismatch(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A pronoun that does not fit the one child of the draft, in a sentence that speaks of nobody else."""
    if _EXPLAINED.search(draft.text):
        return
    children = [p for p in draft.people if p.role in ("child", "adult") and any(m.kind == "name" for m in p.mentions)]
    if not children:
        return
    child = max(children, key=lambda p: sum(m.kind == "name" for m in p.mentions))
    sex = _sex_of(draft, [m.start for m in child.mentions if m.kind == "name"], child.name)
    if not sex:
        return
    words = {w.lower() for w in re.findall(r"[^\W\d_]+", child.name)}
    taken = 0
    for sentence in draft.sentences:
        if not draft.is_own_offset(sentence.start):
            continue
        odd = _odd(draft, sentence, sex, words)
        if odd is not None and not draft.is_quoted(odd):
            taken += 1
            if taken <= 3:
                yield Match(rule, odd)


def _sex_of(draft: Draft, starts: list[int], name: str) -> str:
    """What the draft mostly says of the child: by gender words and by the first pronoun after each naming."""
    told = re.search(r"(?im)\b(?:gender|sex)\b\W{1,4}(?P<g>boy|girl|male|female|m|f)\b", draft.text)
    if told:
        return "he" if told["g"].lower() in ("boy", "male", "m") else "she"
    every = _counted(list(_ANY.finditer(draft.text)))
    near = {"he": 0, "she": 0}
    for at in starts:
        sentence = draft.sentence_at(at)
        hit = _SUBJECT.search(draft.text, at, sentence.end) or _opening(draft, sentence)
        if hit and not draft.names_between(at + len(name) + 1, hit.start()):
            near[hit["p"].lower()] += 1
    weight = {sex: 2 * near[sex] + every[sex] for sex in near}
    best, other = ("he", "she") if weight["he"] > weight["she"] else ("she", "he")
    return best if near[best] and weight[best] >= 2 * weight[other] and every[best] > 1 else ""


def _opening(draft: Draft, sentence: Span) -> re.Match[str] | None:
    """The pronoun that opens the next sentence."""
    following = draft.next_sentence(sentence)
    return _SUBJECT.match(draft.text, following.start) if following is not None else None


def _counted(hits: list[re.Match[str]]) -> dict[str, int]:
    he = sum(_SEX.get(hit["p"].lower(), "she") == "he" for hit in hits)
    return {"he": he, "she": len(hits) - he}


def _odd(draft: Draft, sentence: Span, sex: str, words: set[str]) -> Span | None:
    """The stray pronoun in a sentence about the child alone."""
    hits = list(_ANY.finditer(draft.text, *sentence))
    right = [h for h in hits if _SEX.get(h["p"].lower(), "she") == sex]
    wrong = [h for h in hits if _SEX.get(h["p"].lower(), "she") != sex]
    noun = _NOUN.search(draft.text, *sentence)
    if not wrong and not noun:
        return None
    others = [
        n
        for n in draft.names_between(sentence.start - 90, sentence.end)
        if (n.title or not {w.lower() for w in n.words} & words)
        and (n.span.start >= sentence.start or "\n" not in draft.text[n.span.start : sentence.start])
    ]
    text = draft.words(sentence)
    if others or re.search(rf"(?i)\b(?:{_KIN.replace('|boy', '').replace('|girl', '').replace('|lad', '')})\b", text):
        return None
    about = draft.names_between(*sentence)
    if noun and ("he" if noun["n"].lower() in ("boy", "lad", "young man") else "she") != sex and (about or right):
        return Span(*noun.span("n"))
    if not wrong or re.search(
        r"(?i)\b(?:teacher|worker|nurse|doctor|midwife|gp|officer|neighbour|friend|manager|therapist|visitor|assistant|consultant|psychologist|adult|parent|carer|landlord|baby|driver|coach|victim|staff|lead|colleague|pupil|child|somebody|someone|tutor|police)\b",
        text,
    ):
        return None
    if about and wrong[0].start() > about[0].span.start:
        return Span(*wrong[0].span("p"))
    if (
        right
        and right[0].start() < wrong[0].start()
        and wrong[0]["p"].lower() in ("her", "his")
        and re.match(r" own\b", draft.text[wrong[0].end() :])
    ):
        return Span(*wrong[0].span("p"))
    return _alone(draft, wrong[0])


def _alone(draft: Draft, wrong: re.Match[str]) -> Span | None:
    """In a draft without anybody of that gender a single pronoun of it is a slip."""
    sex = _SEX.get(wrong["p"].lower(), "she")
    if re.search(
        rf"(?i)\b(?:{'|'.join(HE if sex == 'he' else SHE)}|{'mr' if sex == 'he' else 'mrs|ms|miss'})s?\b", draft.text
    ):
        return None
    same = sum(_SEX.get(h["p"].lower(), "she") == sex for h in _ANY.finditer(draft.text))
    return Span(*wrong.span("p")) if same <= 2 else None
