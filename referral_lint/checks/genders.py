"""“He” and “she” for one child: a pronoun that text pasted from another letter left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.people.words import HE, SHE, WORK, gender

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_KIN = either((HE | SHE) - {"boy", "girl", "lad"})
_KIN_WORD = Sought(rf"(?i)\b(?:{_KIN})s?\b")
_NEAR = 1_000  # characters after a name in which its pronoun is looked for: a sentence may have no end
_SUBJECT = re.compile(r"\b(?P<p>[Hh]e|[Ss]he|HE|SHE)\b(?!['’](?:d|ll)\b|/)")

_ANY = Sought(r"(?i)\b(?P<p>he|she|his|her|hers|him|himself|herself|hes|shes)\b(?!/)")
_SEX = {"he": "he", "his": "he", "him": "he", "himself": "he", "hes": "he"}
_EXPLAINED = Sought(r"(?i)\b(?:trans(?:gender)?|non-?binary|pronouns?|assigned|they/them|gender identity)\b")
_NOUN = Sought(
    r"(?i)\b(?:is|was|hes|shes|he['’]s|she['’]s) (?:a|an|our) (?:[\w-]+ ){0,2}?(?P<n>boy|girl|lad|lass|young man|young lady|young woman)\b"
)

_IS_A = re.compile(r"(?: [A-Z][\w'’-]+)? (?:is|was) an? (?:[\w-]+,? ){0,3}?(?P<n>boy|girl|lad|lass)\b")


def mismatch(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A pronoun that does not fit the one child of the draft, in a sentence that speaks of nobody else."""
    if draft.searched.first(_EXPLAINED):
        return
    children = [p for p in draft.people if p.role in ("child", "adult") and any(m.kind == "name" for m in p.mentions)]
    if not children:
        return
    child = max(children, key=lambda p: sum(m.kind == "name" for m in p.mentions))
    sex = _sex_of(draft, [m.start for m in child.mentions if m.kind == "name"], child.name)
    words = {w.lower() for w in re.findall(r"[^\W\d_]+", child.name)}
    if any(p.id == "marac" for p in draft.purposes):
        return  # there the other pronoun is the one who is feared
    taken = 0
    for sentence in draft.sentences:
        if not draft.is_own_offset(sentence.start):
            continue
        finders = (_odd, _opens, _follows, _at_school) if sex else ()
        odd = next(filter(None, (find(draft, sentence, sex, words) for find in finders)), None) or _not_own(
            draft, sentence
        )
        if odd is not None and not draft.is_quoted(odd):
            taken += 1
            if taken <= 3:
                yield Match(rule, odd)


def _sex_of(draft: Draft, starts: list[int], name: str) -> str:
    """What the draft mostly says of the child: by gender words and by the first pronoun after each naming."""
    told = re.search(r"(?im)\b(?:gender|sex)\b\W{1,4}(?P<g>boy|girl|male|female|m|f)\b", draft.text)
    if told:
        return "he" if told["g"].lower() in ("boy", "male", "m") else "she"
    called = {gender(n.title) for at in starts for n in draft.names_between(at, at + 1)}
    called |= {gender(hit["n"]) for at in starts if (hit := _IS_A.match(draft.text, at + len(name.split()[0])))}
    if len(called - {""}) == 1:
        return (called - {""}).pop()
    every = _counted(list(draft.searched.every(_ANY)))
    near = {"he": 0, "she": 0}
    for at in starts:
        sentence = draft.sentence_at(at)
        hit = _SUBJECT.search(draft.text, at, min(sentence.end, at + _NEAR)) or _opening(draft, sentence)
        if hit and not draft.names_between(at + len(name) + 1, hit.start()):
            near[hit["p"].lower()] += 1
    weight = {sex: 2 * near[sex] + every[sex] for sex in near}
    best, other = ("he", "she") if weight["he"] > weight["she"] else ("she", "he")
    sure = near[best] > near[other] and weight[best] >= 2 * weight[other]
    return best if sure and every[best] > 1 else ""


def _opening(draft: Draft, sentence: Span) -> re.Match[str] | None:
    """The pronoun that opens the next sentence."""
    following = draft.next_sentence(sentence)
    return _SUBJECT.match(draft.text, following.start) if following is not None else None


def _counted(hits: list[re.Match[str]]) -> dict[str, int]:
    he = sum(_SEX.get(hit["p"].lower(), "she") == "he" for hit in hits)
    return {"he": he, "she": len(hits) - he}


_ROLE = Sought(
    rf"(?i)\b(?:{WORK}|teacher|worker|nurse|doctor|midwife|gp|officer|neighbour|friend|manager|therapist|visitor|assistant|consultant|psychologist|adult|parents?|carers?|landlord|landlady|baby|driver|coach|victim|staff|lead|colleague|pupil|child|somebody|someone|tutor|police|head|referee|caller|client|tenant|lodger|owner|paramedic|interpreter|sibling|twins?|partner|ex|boss|employer|mate)\b"
)


def _odd(draft: Draft, sentence: Span, sex: str, words: set[str]) -> Span | None:
    """The stray pronoun in a sentence about the child alone."""
    hits = list(draft.searched.every(_ANY, *sentence))
    right = [h for h in hits if _SEX.get(h["p"].lower(), "she") == sex]
    wrong = [h for h in hits if _SEX.get(h["p"].lower(), "she") != sex]
    noun = draft.searched.first(_NOUN, *sentence)
    kin = {gender(hit[0]) for hit in draft.searched.every(_KIN_WORD, *sentence)}
    if not (wrong or noun) or _others(draft, sentence, words) or kin - {sex}:
        return None
    if wrong and _spoken_of(draft, Span(max(0, sentence.start - _REACH), sentence.start), words, _other(sex)):
        return None
    about = draft.names_between(*sentence)
    if noun and ("he" if noun["n"].lower() in ("boy", "lad", "young man") else "she") != sex and (about or right):
        return Span(*noun.span("n"))
    if not wrong or draft.has(_ROLE, sentence):
        return None
    if about and not kin and wrong[0].start() > about[0].span.start:
        return Span(*wrong[0].span("p"))
    return _alone(draft, wrong[0])


# Words for somebody of this sex, and the pronouns.
_LIKE = {
    "he": Sought(rf"(?i)\b(?:{either(HE)}|mr)s?\b"),
    "she": Sought(rf"(?i)\b(?:{either(SHE)}|mrs|ms|miss)s?\b"),
}
_PRONOUN = {"he": Sought(r"(?i)\b(?:he|his|him)s?\b"), "she": Sought(r"(?i)\b(?:she|her)s?\b")}
_FOLLOWS = re.compile(r"[\"“(]?(?P<p>He|She)\b")
_OPENS = re.compile(r"(?P<p>He|She|His|Her)\b(?!['’](?:d|ll)\b|/)")


def _follows(draft: Draft, sentence: Span, sex: str, words: set[str]) -> Span | None:
    """“Sienna has had some support. He is shy”: after a sentence, and a paragraph, about the child alone."""
    before = draft.sentence_at(sentence.start - 2)
    found = _FOLLOWS.match(draft.text, sentence.start, sentence.end)
    if found is None or found["p"].lower() == sex or "\n" in draft.text[before.start : sentence.start]:
        return None
    named = draft.names_between(before.start, before.start + 4)
    opened = bool(named) and {w.lower() for w in named[0].words} <= words
    said = _OPENS.match(draft.text, before.start)
    if not (opened or (said and _SEX.get(said["p"].lower(), "she") == sex)):
        return None
    block = draft.document.block_at(sentence.start)
    start = block.start if block is not None else before.start
    further = Span(max(0, sentence.start - 2 * _REACH), sentence.start)
    told = draft.has(_PRONOUN[_other(sex)], further) and not draft.has(_NOUN, sentence)  # “she is a bright girl”
    silent = told or _spoken_of(draft, Span(start, sentence.start), words, _other(sex))
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


def _at_school(draft: Draft, sentence: Span, sex: str, words: set[str]) -> Span | None:
    """“She starts school in September” in a letter about a boy, where no other child is spoken of."""
    found = draft.searched.first(_PUPIL, *sentence)
    if found is None or found["p"].lower() == sex:
        return None
    before = Span(max(0, found.start() - _REACH), found.start())
    if found["clinic"] and _spoken_of(draft, before, words, _other(sex)):
        return None
    grown = {p.name for p in draft.people if p.role in ("parent", "professional", "partner", "relative")}
    named = any(
        not n.title and not {w.lower() for w in n.words} & words and " ".join(n.words) not in grown
        for n in draft.names_between(*before)
    )
    others = any(gender(hit[0].removesuffix("s")) != sex for hit in draft.searched.every(_CHILDREN, *before))
    return None if named or others else Span(*found.span("p"))


def _other(sex: str) -> str:
    return "he" if sex == "she" else "she"


def _spoken_of(draft: Draft, span: Span, words: set[str], sex: str) -> bool:
    """Is there anybody of this sex, or of whom the words do not say, other than the child?"""
    return (
        draft.has(_LIKE[sex], span)
        or draft.has(_PRONOUN[sex], span)
        or draft.has(_ROLE, span)
        or any(not {w.lower() for w in n.words} & words for n in draft.names_between(*span))
    )


_FIRST = re.compile(r"(?:He|She)(?= [a-z])")
_REACH = 250  # characters back in which a “he” that opens a paragraph may have its person


def _opens(draft: Draft, sentence: Span, sex: str, words: set[str]) -> Span | None:
    """A “He” that opens a paragraph after one that speaks of nobody but a girl and other women."""
    found = _FIRST.match(draft.text, sentence.start)
    if found is None or found[0].lower() == sex or not _opens_a_paragraph(draft, sentence):
        return None
    before = Span(draft.text.rfind("\n\n", 0, max(0, sentence.start - 2 - _REACH)) + 1, sentence.start)
    named = any(not {w.lower() for w in n.words} & words for n in draft.names_between(before.start, sentence.end))
    others = Span(sentence.start + len(found[0]), sentence.end)
    if (
        named
        or draft.has(_LIKE[found[0].lower()], before)
        or draft.has(_PRONOUN[found[0].lower()], before)
        or draft.has(_ROLE, before)
        or draft.has(_KIN_WORD, others)
    ):
        return None
    return Span(*found.span())


def _opens_a_paragraph(draft: Draft, sentence: Span) -> bool:
    block = draft.document.block_at(sentence.start)
    answers = block is not None and block.question is not None and block.start == sentence.start
    return answers or draft.text[: sentence.start].endswith("\n\n")


def _others(draft: Draft, sentence: Span, words: set[str]) -> bool:
    """Is anybody else named shortly before?"""
    return any(
        (n.title or not {w.lower() for w in n.words} & words)
        and (n.span.start >= sentence.start or "\n" not in draft.text[n.span.start : sentence.start])
        for n in draft.names_between(sentence.start - 90, sentence.end)
    )


_OWN = Sought(r"\b(?:(?P<he>[Hh]e)|[Ss]he)(?: [a-z'’]+){1,4} (?P<o>his|her) own\b")


def _not_own(draft: Draft, sentence: Span) -> Span | None:
    """“He carries her own kit”: one person, two genders."""
    found = draft.searched.first(_OWN, *sentence)
    if found is None or (found["he"] is None) == (found["o"] == "her"):
        return None
    where = Span(max(0, sentence.start - 90), sentence.end)
    return None if draft.has(_KIN_WORD, where) else Span(*found.span("o"))


_YOUNG = re.compile(r"(?i)\b(?:baby|babies|newborn|toddler|unborn)\b")
_LOOK_BACK = 120  # characters before a pronoun in which its person may stand


def _alone(draft: Draft, wrong: re.Match[str]) -> Span | None:
    """In a draft without anybody of that gender a single pronoun of it is a slip."""
    sex = _SEX.get(wrong["p"].lower(), "she")
    line = draft.text.rfind("\n\n", 0, wrong.start()) + 1
    if _YOUNG.search(draft.text) or draft.has(_ROLE, Span(max(line, wrong.start() - _LOOK_BACK), wrong.start())):
        return None
    if draft.searched.first(_LIKE[sex]):
        return None
    same = sum(_SEX.get(h["p"].lower(), "she") == sex for h in draft.searched.every(_ANY))
    return Span(*wrong.span("p")) if same <= 2 else None
