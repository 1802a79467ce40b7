"""Whose information of which category the draft shares, against what the purpose needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.model import Block, BlockKind, Mention, Sharing, Span
from referral_lint.understanding import heads, whose
from referral_lint.understanding.lexicon import Lexicon
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.purposes import DANGER, profile

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_MAY_BE_THE_RISK = frozenset({"criminal", "substance_use", "domestic_abuse", "child_abuse"})
_OFFENCES_ASKED_FOR = frozenset({"police_request", "youth_justice"})
OUTSIDERS = frozenset({"relative", "third-party", "professional"})

# That somebody left for it is no reason to tell it.
_WHY = r"why(?! (?:\w+ ){1,2}(?:went|left|split|moved out|walked))"
_REASON = Sought(
    rf"(?i)\b(?:because|so (?:that|you|i|we|please|can|could|a|the (?:visit|appointment|letter|school|house|flat)|needs?)|which (?:means|is why|affects|matters)|this means|it means|that means|relevant|needed|matters?\b|(?:that is|that's|this is) {_WHY}"
    r"|hence|therefore|in case|for safety|explains?|important|reason|as this|bearing on|affects?|means (?:that|he|she|they|the)|i (?:mention|include|tell you|say) (?:this|it|that)|you (?:will )?need|in order|agreed (?:that|to)|asked (?:me|us) to (?:say|tell)"
    r"|mustn['’]?t|can(?:['’]?t|not)|unable|not on|vegetarian|halal|kosher|pork|(?:do(?:es)?n['’]?t|(?:do|does) not) eat|diet|lunch|prefers?|would (?:like|rather)|so (?:no|whoever|her|his)\b|do(?: not|n['’]?t) (?:send|visit|ring)|ring (?:her|him)"
    r"|please (?:do not|don't|ring|visit|use|avoid|send|ask|plan|allow|book|make|call|write|phone|keep))\b"
)
_STRONG_REASON = Sought(
    rf"(?i)\b(?:because|which (?:means|is why|affects|matters)|this means|it means|relevant|needed|matters?\b|for one reason|included (?:as|because|since)|(?:that is|this is|that's) {_WHY}|hence|therefore|in case|explains?|important|bearing on"
    r"|i (?:mention|include|tell you|say) (?:this|it|that)|you (?:will )?need|agreed (?:that|to)|lives? (?:with|there|in the)|looks? after|cares? for|collects?|babysits?)\b"
)
_NEXT_REASON = re.compile(
    r"(?i)\s*(?:this|that|it|so|which|hence|therefore|i mention|i include|please|because|for that|as a result|for this)\b[^.\n]{0,80}"
    rf"\b(?:because|{_WHY}|means?|matters?|relevant|affects?|so|need|explains?|mention|important|please|reason|bearing|help)\b|\s*(?:so|please|because|therefore)\b|\s*(?:he|she|they|mum|dad|m[rs]+ \w+) (?:has |have )?(?:asked|wants?|wanted|agreed)[^.\n]{{0,20}} (?:me|us|you) to (?:put|say|know|tell|include|mention|write (?:this|that|it|about))"
)
# Words that give a reason and take it back: “this has no bearing on the case”, “not that it matters”.
_NO_REASON = Sought(
    r"(?i)\b(?:no|not|nothing|never|hardly|neither|without|(?:is|are|was|has|have|does|do|did)n['’]?t)(?! (?:only|just|because)\b) (?:\w+ ){0,4}?"
    r"(?:bearing|relevan(?:t|ce)|important|importance|matters?|needed|need|affects?|reason|explains?)\b"
)
_NEGATED = re.compile(
    r"(?i)\b(?:no|not|never|without|denies|denied|nothing|nor|neither|isn['’]?t|wasn['’]?t|hasn['’]?t|haven['’]?t|hadn['’]?t|doesn['’]?t)\b(?![^.;\n]*\b(?:but|and|either)\b)(?!(?<=not)\W\w+ [^.;]{0,25}\b(?:was|is|has|had)\b)[^.;:,\n]{0,40}$"
)
# The writers' own doings, and what was agreed, are no fact about the family.
_OURS = re.compile(
    r"(?:\W|\d)*(?:I|We|Our|My)\b(?! (?:may add|might add|should add|also know|happen to know|gather|hear|heard|understand|am told|was told|think|believe|know)| \w+ (?:says|said|told))"
)
_AGREED = Sought(r"(?i)\b(?:knows?|agree[sd]?|consent(?:s|ed)?|understands?)(?: that)? (?:it|you|this|we|i|to this)\b")
_OF_A_PLACE = re.compile(
    r"(?i)\W{1,3}(?:(?!(?:at|in|to|from|the|and|by|for|her|his)\b)[\w'’]+ ){0,2}(?:school|primary|academy|college|high|church|hall|centre|infants?|juniors?|nursery|team|scale|clinic|lead\b|service)\b"
)
_OF_A_STREET = re.compile(
    r"(?:['’]s)? (?:Street|Road|Lane|Avenue|Close|Terrace|Gardens|Crescent|Grove|Square|Mews|Walk|Hill|Row|St|Rd)\b"
)
_PART_OF_A_NAME = re.compile(r"\b[A-Z][\w'’]+ (?:Mosque|Church|Temple|Gurdwara|Synagogue|Chapel|Mandir)$")
# Illnesses and faiths that bear somebody's name.
_EPONYM = re.compile(r"(?:Parkinson|Crohn|Alzheimer|Huntington|Raynaud|Tourette|Jehovah)")
_LEFT_OUT = re.compile(
    r"(?i)\b(?:leav(?:es?|ing)|left|kept|keep(?:s|ing)?) out\b[^.;\n]*$|\b(?:does|do|did|will)(?: not|n['’]t) (?:cover|include|mention)\b[^.;\n]*$"
)
_CHECKED = re.compile(r"(?i) (?:check|checks|bureau)\b")
_LONG_AGO = Sought(
    r"(?i)\b(?:back in the day|years ago|as a (?:lad|teenager|youth|young (?:man|woman)|child)|in (?:his|her) (?:youth|teens|twenties)|when (?:he|she) was (?:young|a (?:lad|boy|girl|teenager))|at one time|in (?:19\d\d|200\d))\b"
)
# A clause ends where another statement begins.
_JOINT = re.compile(
    r"(?i)\n+|[;:|]\s+|(?<=\w{3})\. +(?=[a-z])|\s[-–—]\s|,? and (?=\w)|, but |, so |,? who(?:se)? |,? which |,? while |,? whilst |, (?=(?:her|his|the|their|she|he|they|mum|dad|our|my)\b)"
)
# Somebody of whom nothing has been said yet: “Mum and dad met on holiday” is one clause.
_ONE_OF_TWO = re.compile(
    r"\s*(?:(?:[Hh]er|[Hh]is|[Tt]heir|[Tt]he|[Bb]oth|[Mm]y) )?(?:(?:birth |step-?|grand|foster )?(?i:mum|mam|dad|mother|father|nan|gran|brother|sister|aunt|uncle|parents)"
    r"|(?:(?:Mr|Mrs|Ms|Miss) )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?) and "
)
_ASKED = re.compile(
    r"(?i)religio|faith|ethnic|nationalit|immigration|sexual|gender|medical|health|medic|diagnos|allerg|disab|income|benefit|debt|financ|money|employ|offen|convict|risk|substance|alcohol|drug|special|additional|past (?:history|medical)|hospital"
)


_RELATIVE_CLAUSE = re.compile(r"(?i)\b(?:who(?:se|['’]s)?|which) $")
_OF_OTHERS = re.compile(r"(?i)famil|parent|mother|father|carer|household|adult|sibling|home")


@dataclass(frozen=True, slots=True)
class Fact:
    """One private fact: whose, of which category, how private, in which clause, and is a reason beside it?"""

    who: str
    category: str
    nature: str
    clause: Span
    explained: bool
    standing: str


_INNOCENT = ""  # the group of the everyday words in which a cue does not count


@dataclass(frozen=True, slots=True)
class _Kind:
    """A group of private_facts.yaml. `needed_where`: a draft with these words needs the fact, whosever it is."""

    category: str
    nature: str
    needed_where: Sought | None = None


@cache
def _lexicon() -> tuple[Lexicon, dict[str, _Kind]]:
    read = facts("private_facts.yaml")
    groups = read["groups"]
    cues = {name: entry["cues"].split("|") for name, entry in groups.items()}
    lexicon = Lexicon({_INNOCENT: read["innocent"].split("|"), **cues})
    return lexicon, {name: _kind(entry) for name, entry in groups.items()}


def _kind(entry: dict[str, str]) -> _Kind:
    where = entry.get("needed_where")
    return _Kind(entry["category"], entry["nature"], Sought(where, re.I) if where else None)


def standing(purposes: tuple[str, ...], who: str, category: str) -> str:
    """needed | explain | not-expected: the most generous of the purposes found; without any, explain."""
    best = "not-expected" if purposes else "explain"
    for purpose in purposes:
        lists = profile(purpose)
        if category in lists.get("necessary", {}).get(who, ()):
            return "needed"
        if category not in lists.get("not_expected", {}).get(who, ()):
            best = "explain"
    return best


def found_facts(draft: Draft) -> list[Fact]:
    """Every private fact of the draft, one a clause and category, in order."""
    lexicon, kinds = _lexicon()
    known = draft.introduced | _people(draft) | _subject(draft)
    ids = tuple(p.id for p in draft.purposes)
    out: list[Fact] = []
    begins = heads.salutation(draft)
    for block in draft.document.blocks:
        if block.end <= begins or not (draft.is_own_block(block) or block.kind is BlockKind.QUOTED):
            continue
        for group, cue in _cues(lexicon, draft.text, block):
            category, nature = kinds[group].category, kinds[group].nature
            if _is_other(draft, cue, category):
                continue
            sentence = draft.sentence_at(cue.start)
            clause = _clause(draft.text, sentence, cue)
            if _OURS.match(draft.text, clause.start, clause.end) or draft.has(_AGREED, sentence):
                continue
            who = _who(draft, sentence, clause, cue.start, known, ids)
            if nature == "weighed" and draft.has(_LONG_AGO, sentence) and not DANGER.intersection(ids):
                nature = "private"
            explained = is_explained(draft, sentence, who in OUTSIDERS) or is_asked_for(draft, block, who)
            needed_where = kinds[group].needed_where
            is_needed = needed_where is not None and draft.searched.first(needed_where) is not None
            nature = "needed" if is_needed else nature
            out.append(Fact(who, category, nature, clause, explained, judged(ids, who, category, nature)))
    return joined(out, draft.text)


def _cues(lexicon: Lexicon, text: str, block: Block) -> Iterator[tuple[str, Span]]:
    """Every cue of the block but those that end within words that tell nothing private: “in bed with flu”, “owing to the snow”."""
    found = list(lexicon.find(text, block.start, block.end))
    innocent = [span for group, span in found if group == _INNOCENT]
    for group, cue in found:
        if group != _INNOCENT and not any(s.start < cue.end <= s.end for s in innocent):
            yield group, cue


def _subject(draft: Draft) -> dict[str, str]:
    """First word of a name -> role for the first child or adult whom the draft is about, however seldom it names them."""
    person = next((p for p in draft.people if p.role in ("child", "adult")), None)
    if person is None:
        return {}
    words = person.name.split()
    titles = ("Mr", "Mrs", "Ms", "Miss", "Dr") if person.role == "adult" else ()  # “Mrs Hale” is no child of that name
    return dict.fromkeys((*words, *(f"{title} {word}" for title in titles for word in words)), person.role)


def _people(draft: Draft) -> dict[str, str]:
    """First word of a name, or title and family name -> role, for those of the family whose role is clear."""
    found: dict[str, str] = {}
    for person in draft.people:
        if person.role in _FAMILY:
            for mention in person.mentions:
                if mention.kind == "name":
                    found.setdefault(_called(draft.text, mention), person.role)
    return found


_FAMILY = frozenset({"child", "adult", "parent", "partner", "sibling", "relative"})
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? $")


def _called(text: str, name: Mention) -> str:
    title = _TITLED.search(text, max(0, name.start - 6), name.start)
    return f"{title[0].strip(' .')} {text[name.start : name.end]}" if title else text[name.start : name.end].split()[0]


def judged(ids: tuple[str, ...], who: str, category: str, nature: str) -> str:
    """How a fact of this nature stands: outsiders' private matters are hardly ever expected."""
    if nature == "needed":
        return "needed"
    base = standing(ids, _profile_who(who, ids, category), category)
    if base == "needed" and (nature != "strong" or (who in ("child", "adult") and category != "finances")):
        return "needed"
    danger = DANGER.intersection(ids)
    if category == "criminal" and _OFFENCES_ASKED_FOR.intersection(ids) and who in ("child", "adult"):
        return "needed"
    if not ids and nature == "private" and category == "physical_health" and who not in OUTSIDERS:
        return "needed"
    may_be_the_risk = nature == "weighed" and danger and category in _MAY_BE_THE_RISK
    if (who, category) == ("third-party", "child_abuse") or (
        who == "professional" and "allegation_against_staff" not in ids
    ):
        may_be_the_risk = False  # another child's care; a colleague's habits
    if who in OUTSIDERS and not (base == "explain" and may_be_the_risk):
        return "not-expected"
    if nature == "weighed":
        asks = who == "sibling" and base == "explain" and not danger
        return "not-expected" if base == "not-expected" else "explain" if asks else "needed"
    return "explain" if base == "needed" else base


def _profile_who(who: str, ids: tuple[str, ...], category: str) -> str:
    """The list of a purpose profile that this role is judged by. Money and homes are the parents', not the child's."""
    if who in ("child", "unknown") and category in ("finances", "housing", "employment"):
        who = "parent"
    if who in OUTSIDERS:
        return "third_party"
    if who in ("adult", "parent", "partner", "named", "unknown") and any(
        "adult" in profile(i).get("necessary", {}) for i in ids
    ):
        return "adult"
    return {"partner": "parent", "adult": "parent", "named": "child", "unknown": "child"}.get(who, who)


def _is_other(draft: Draft, cue: Span, category: str) -> bool:
    """Quoted words, names of places, and denials are no facts; but to have no leave to remain is one."""
    if (
        draft.is_quoted(cue)
        or _CHECKED.match(draft.text, cue.end)
        or _OF_A_PLACE.match(draft.text, cue.end, cue.end + 40)
        or _OF_A_STREET.match(draft.text, cue.end)
    ):
        return True
    named = any(n.span.start < cue.end and cue.start < n.span.end for n in draft.names_between(cue.start - 30, cue.end))
    if named and not _EPONYM.match(draft.text, cue.start, cue.end):
        return True
    if _LEFT_OUT.search(draft.text, max(draft.sentence_at(cue.start).start, cue.start - 60), cue.start):
        return True
    if category == "religion" and _PART_OF_A_NAME.search(draft.text, max(0, cue.start - 20), cue.end):
        return True
    if category == "immigration":
        return False
    sentence = draft.sentence_at(cue.start)
    return _NEGATED.search(draft.text, max(sentence.start, cue.start - 60), cue.start) is not None


def _clause(text: str, sentence: Span, cue: Span) -> Span:
    start, end = sentence
    for joint in _JOINT.finditer(text, sentence.start, sentence.end):
        if joint.end() <= cue.start:
            start = start if _ONE_OF_TWO.fullmatch(text, start, joint.end()) else joint.end()
        elif joint.start() >= cue.end:
            end = joint.start()
            break
    if _RELATIVE_CLAUSE.search(text, max(sentence.start, start - 8), start):  # “…, who is ill, …”
        comma = text.find(", ", cue.end, end)
        end = comma if comma > 0 else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1] in " .,\n":
        end -= 1
    return Span(start, end)


def _who(draft: Draft, sentence: Span, clause: Span, at: int, known: dict[str, str], ids: tuple[str, ...]) -> str:
    role = whose.owner(draft.text, clause, at, known)
    if role in ("", "pronoun"):
        role = _by_name(draft, clause, at) or role
    if role in ("", "pronoun") and _RELATIVE_CLAUSE.search(
        draft.text, max(sentence.start, clause.start - 8), clause.start
    ):
        role = whose.nearest(draft.text, Span(max(sentence.start, clause.start - 70), clause.start), known) or role
    if role in ("", "pronoun"):
        earlier = whose.owner(draft.text, Span(sentence.start, clause.start), clause.start, known)
        of = whose.gender(draft.text[clause.start : at])
        role = earlier if earlier not in ("", "pronoun") else _topic(draft, sentence, known, of)
        role = role or _of_the_section(draft, sentence)
    of_an_adult = _is_about_an_adult(draft, ids)
    if role == "offspring":  # somebody's son is the child, unless it is the parent whom the draft is about
        return "relative" if of_an_adult else "child"
    if "adult_safeguarding" in ids and role in ("parent", "partner", "sibling"):
        return "relative"
    if role == "named" and any(p.role in ("child", "adult") for p in draft.people):
        return "unknown"  # somebody else, whom nothing ties to the family
    return ("adult" if of_an_adult else "child") if role in ("", "named") else role


def _is_about_an_adult(draft: Draft, ids: tuple[str, ...]) -> bool:
    """Is it an adult's own matter, and no child named in it?"""
    named = {p.role for p in draft.people if any(m.kind == "name" for m in p.mentions)}
    return "adult_safeguarding" in ids or ("adult" in named and "child" not in named)


def _by_name(draft: Draft, clause: Span, at: int) -> str:
    """Whose it is by a name in the clause, small letters too; somebody who hardly occurs is a third party."""
    name = next((n for n in draft.names_between(clause.start, at) if not _OWNS.match(draft.text, n.span.end)), None)
    person = next((p for p in draft.people if name and any(m.start == name.span.start for m in p.mentions)), None)
    if person is None:
        return ""
    if person.role in ("unknown", "child") and sum(m.kind == "name" for m in person.mentions) <= 2 and name is not None:
        is_child = person.role == "child" and not any(p is not person and p.role == "child" for p in draft.people)
        return "child" if is_child else "third-party"
    return {"unknown": "named", "adult": "adult"}.get(person.role, person.role)


_OWNS = re.compile(r"['’]s?\b")


def _topic(draft: Draft, sentence: Span, known: dict[str, str], of: str) -> str:
    """Whom the sentences before are about."""
    block = draft.document.block_at(sentence.start)
    begin = max(block.start if block is not None else 0, sentence.start - 300)
    at = sentence
    for _ in range(3):
        if at.start <= begin:
            break
        at = draft.sentence_at(max(begin, at.start - 2))
        role = whose.owner(draft.text, at, at.end, known, of)
        if role not in ("", "pronoun"):
            return role
        if at.start == at.end:
            break
    return ""


def _of_the_section(draft: Draft, sentence: Span) -> str:
    """Of a form's field: whom the fields above it, below one heading, are about. “Perpetrator: Name, Relationship, Health”."""
    block = draft.document.block_at(sentence.start)
    if block is None or block.kind is not BlockKind.ANSWER:
        return ""
    above = [b for b in draft.document.blocks if b.kind is BlockKind.HEADING and b.end <= block.start]
    if not above:
        return ""
    roles = [p.role for p in draft.people for m in p.mentions if above[-1].end <= m.start < block.start]
    family = [role for role in roles if role not in ("unknown", "professional")]
    return next(iter(family), "unknown" if "unknown" in roles else "")


def is_explained(draft: Draft, sentence: Span, strictly: bool = False) -> bool:
    """Does a reason stand in the sentence, or begin the next? For outsiders a mere “so” is gossip going on."""
    reason = _STRONG_REASON if strictly else _REASON
    if any(draft.has(reason, part) for part in _without_denials(draft, sentence)):
        return True
    following = draft.next_sentence(sentence)
    return (
        following is not None
        and not draft.has(_NO_REASON, following)
        and _NEXT_REASON.match(draft.text, following.start, following.end) is not None
    )


def _without_denials(draft: Draft, sentence: Span) -> Iterator[Span]:
    """The parts of a sentence between those that say that something does not matter."""
    start = sentence.start
    for denied in draft.searched.every(_NO_REASON, *sentence):
        yield Span(start, denied.start())
        start = denied.end()
    yield Span(start, sentence.end)


def is_asked_for(draft: Draft, block: Block, who: str) -> bool:
    """Does the form itself ask for this kind of information? A question about the child asks nothing of the others."""
    if block.question is None:
        return False
    question = draft.words(draft.document.blocks[block.question])
    return _ASKED.search(question) is not None and (
        who in ("child", "adult") or _OF_OTHERS.search(question) is not None
    )


_HEALTH = frozenset({"physical_health", "mental_health", "sexual_health"})


def _gravity(fact: Fact) -> tuple[bool, int]:
    return not fact.explained, ("needed", "explain", "not-expected").index(fact.standing)


_GOING_ON = re.compile(r"(?:he|she|they|his|her|their|is|was|has|had|did|does|got|went|drinks|owes|still|also|now)\b")


def _goes_on(text: str, last: Fact, fact: Fact) -> bool:
    """Does the second clause tell more of the same outsider?"""
    return last.who in OUTSIDERS and _GOING_ON.match(text, fact.clause.start) is not None


def joined(facts_found: list[Fact], text: str) -> list[Fact]:
    """Two facts of one kind about one person that stand side by side are one thing to look at."""
    out: list[Fact] = []
    for fact in facts_found:
        last = out[-1] if out else None
        if last is not None and last.clause == fact.clause:
            if _gravity(fact) > _gravity(last):
                out[-1] = fact
        elif (
            last is not None
            and last.who == fact.who
            and last.standing == fact.standing
            and 0 <= fact.clause.start - last.clause.end <= 6
            and (
                last.category == fact.category
                or {last.category, fact.category} <= _HEALTH
                or _goes_on(text, last, fact)
            )
        ):
            out[-1] = replace(
                last, clause=Span(last.clause.start, fact.clause.end), explained=last.explained and fact.explained
            )
        else:
            out.append(fact)
    return out


def find(draft: Draft) -> tuple[Sharing, ...]:
    rows: dict[tuple[str, str, str, bool], list[Span]] = {}
    for fact in draft.private_facts:
        spans = rows.setdefault((fact.who, fact.category, fact.standing, fact.explained), [])
        if fact.clause not in spans:
            spans.append(fact.clause)
    return tuple(
        Sharing(who, category, how, explained, tuple(spans)) for (who, category, how, explained), spans in rows.items()
    )
