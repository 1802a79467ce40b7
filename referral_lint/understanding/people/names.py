"""Where names of people stand: runs of capitalised words, weighed by what is around them and by the rest of the draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.people.candidates import Name, candidates, may_end_a_name, turned
from referral_lint.understanding.people.careless import without_capitals
from referral_lint.understanding.people.spellings import Spellings
from referral_lint.understanding.people.verdict import Judge, Stretches
from referral_lint.understanding.people.words import is_given, is_word

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_FIELD = compiled(
    r"(?im)^[ \t>*•-]*(?:\d+[a-z]?[.)] *)?(?:(?:full |first |sur|last |family |given |fore|your |legal |other )*names?\b[^\n:|]{0,25}|(?:child|pupil|student|young person|client|patient|person|service user|resident|tenant|customer|applicant|baby|mother|mum|father|dad|parent|carer|partner|sibling|brother|sister"
    r"|social worker|gp|doctor|health visitor|midwife|school nurse|teacher|class teacher|head ?teacher|key ?worker|key person|completed by|form completed by|written by|referrer|referred by|worker|officer|contact|next of kin|signed|signature|from|by|re|witness|staff|adult|subject)(?:['’]?s?)?(?: ?\(?\w+\)?){0,3}) *[:|] *(?P<v>[^\n|]{2,60})"
)
_SIGN_OFF = compiled(
    r"(?im)^[ \t]*(?:(?:kind(?:est)?|best|warm|many|with)?[ ]?(?:regards|wishes|thanks)|thanks|thank you|cheers|yours(?: \w+)?|ta|all the best|rgds)[^\n]{0,25}\n\s*(?P<v>[^\n]{2,50})"
)
# What the pipelines call a label.
_LABELS = {"PLACE": ("PLACE", "GPE", "LOC", "FAC")}
# “Risk: Amber”, “RAG rated Amber”; not “Children at risk: Amber and Kit”.
_RATED = compiled(
    r"(?i)(?<!at )\b(?:risk|RAG|level|levels of \w+|level of \w+|rating|rated|grad(?:e|ed|ing)|banding|priority|status|triaged?)(?: (?:level|rat(?:ing|ed)|status|score|grade|band))?(?: (?:is|was|as|at|now|of|to))*[ \t:|=–—-]*\n?$"
)
_RATING = compiled(r"(?i)[ -](?:risk|rated|rating|alert|warning|status|level)\b")
_TO_PLACE = compiled(r"\b(?:in|of|at|to|into|near|from|outside|around|across) (?:the )?$")


def find(draft: Draft) -> tuple[Name, ...]:
    """Every name of a person, in order, none overlapping."""
    text = draft.text
    people = entity_spans(draft, "PERSON")
    judge = Judge(text, Stretches(people), _fields(text))
    places = {
        span.start
        for span in entity_spans(draft, "PLACE")
        if _TO_PLACE.search(text, max(0, span.start - 10), span.start)
    }
    others = Stretches([*entity_spans(draft, "ORG"), *entity_spans(draft, "PLACE")])
    sure = list(turned(text))
    unsure: list[tuple[Name, bool]] = []
    taken = Stretches(name.span for name in sure)
    for name, at_start in candidates(text):
        if taken.touch(name.span) or _is_rating(text, name) or (name.span.start in places and not name.title):
            continue
        verdict = judge.verdict(name, at_start)
        # What the pipeline takes for an organisation or a place is a name only if the rest of the draft says so.
        doubted = others.touch(name.span) and not judge.people.touch(name.span) and not name.title
        if verdict > 0 and not doubted:
            sure.append(name)
        elif verdict >= 0:
            unsure.append((name, at_start))
    known = {w.lower() for n in sure for w in n.words if len(w) > 1}
    sure.extend(_agreeing(judge, known, unsure))
    sure = [_whole(text, name, judge.people) for name in sure]
    careless = (name for name in without_capitals(text, known, sure, people) if not _is_rating(text, name))
    return tuple(sorted([*sure, *careless], key=lambda n: n.span))


def _is_rating(text: str, name: Name) -> bool:
    """Is it the colour between green and red, and no girl's name?"""
    start, end = name.span
    return [word.lower() for word in name.words] == ["amber"] and (
        _RATED.search(text, max(0, start - 50), start) is not None or _RATING.match(text, end) is not None
    )


def _agreeing(judge: Judge, known: set[str], unsure: list[tuple[Name, bool]]) -> Iterator[Name]:
    """Those of which the draft's other names leave no doubt: the same word, or another spelling of it."""
    firm = {w for w in known if not is_word(w)}
    spellings = Spellings(firm)
    for name, at_start in unsure:
        parts = [w.lower() for w in name.words]
        if all(p in known for p in parts):
            if not at_start or all(p in firm for p in parts) or judge.speaks(name):
                yield name
        elif len(parts) > 1:
            if parts[0] in firm:
                yield name
        elif len(parts[0]) > 3 and not is_word(parts[0]) and spellings.like(parts[0]):
            yield name


_NEXT = compiled(r" ([A-Z][a-z'’-]+)")


def _whole(text: str, name: Name, people: Stretches) -> Name:
    """With a family name that is a common word, if the pipeline sees it so: “Kelly Cloud”."""
    more = _NEXT.match(text, name.span.end)
    whole = Span(name.span.start, more.end()) if more else name.span
    if not more or whole not in people or not is_given(name.words[0]) or not may_end_a_name(more[1]):
        return name
    return replace(name, span=whole, words=(*name.words, more[1]))


def entity_spans(draft: Draft, label: str) -> list[Span]:
    """Spans of the pipeline's named entities of one label."""
    wanted = _LABELS.get(label, (label,))
    return [Span(e.start_char, e.end_char) for e in draft.doc.ents if e.label_ in wanted]


def _fields(text: str) -> list[Span]:
    """Where a form, a header or a sign-off puts somebody's name."""
    spans = [Span(*f.span("v")) for f in _FIELD.finditer(text)]
    return spans + [Span(*f.span("v")) for f in _SIGN_OFF.finditer(text)]
