"""Where names of people stand: runs of capitalised words, weighed by name lists, the pipeline's entities and what is around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral_lint.model import BlockKind, Span
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.people.spellings import Spellings
from referral_lint.understanding.people.words import (
    PLACE_OR_ORG,
    ROLE_OF,
    STOP,
    TITLES,
    WORK,
    bare,
    is_family,
    is_given,
    is_only_place,
    is_ordinary,
    is_place,
    is_word,
)

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_CAP = r"[^\W\d_a-zà-öø-ÿß][\w]*(?:['’-][^\W\d_][\w]*)*"
_RUN = re.compile(
    rf"(?<![\w@./'’-]){_CAP}\.?(?:(?: |(?<=[A-ZÀ-Þ]{2}),[ ](?=[A-Z][a-z]+\b))(?:(?:de|da|dos|van|der|den|bin|al|el|ul|von|la)[ ])*{_CAP}\b(?![@/])(?:(?<=\b[A-Z])\.)?)*"
)
_WORD = re.compile(rf"{_CAP}|\b(?:de|da|dos|van|der|den|bin|al|el|ul|von|la)\b")
_TITLE = re.compile(rf"\b{TITLES}\.?$")
_KIN = either(ROLE_OF)
# What leads up to a name …
_LEADS = re.compile(
    rf"(?i)(?:\b(?:{_KIN}|{WORK})(?:['’]?s name)?(?:,| is| was|:| \(| called| named| -| –)? ?\(?|\b(?:called|named|name is|name['’]s|known as|dear|hi|hello|re:?|regarding|named person:?|i am|i['’]m|signed:?) )$"
)
# … and what follows one, and hardly anything else.
_FOLLOWS = re.compile(
    rf"(?:['’]?s? (?:{_KIN})\b|(?:['’]s)? (?:said|says|told|tells|asked|asks|lives?|came|comes|went|rang|refused|cried|attended|attends|moved|thinks|wants|loves|likes|hates|feels|felt|never|always|still|also|has|was|is|had|will|goes|does|did|gets|got|can|cannot|could|would|and (?:his|her|I))\b"
    r"|,? \(?(?:born|aged?|dob|d\.o\.b|DOB)\b|,? \(?\d{1,2}\)|, \d{1,2}(?=[,.;\n]| (?:and|years|months))|,? who(?:se)?\b|,? \((?:he|she|they)\b)"
)
_FIELD = re.compile(
    r"(?im)^[ \t>*•-]*(?:\d+[a-z]?[.)] *)?(?:(?:full |first |sur|last |family |given |fore|your |legal |other )*names?\b[^\n:|]{0,25}|(?:child|pupil|student|young person|client|patient|person|service user|resident|tenant|customer|applicant|baby|mother|mum|father|dad|parent|carer|partner|sibling|brother|sister"
    r"|social worker|gp|doctor|health visitor|midwife|school nurse|teacher|class teacher|head ?teacher|key ?worker|key person|completed by|form completed by|written by|referrer|referred by|worker|officer|contact|next of kin|signed|signature|from|by|re|witness|staff|adult|subject)(?:['’]?s?)?(?: ?\(?\w+\)?){0,3}) *[:|] *(?P<v>[^\n|]{2,60})"
)
_SIGN_OFF = re.compile(
    r"(?im)^[ \t]*(?:(?:kind(?:est)?|best|warm|many|with)?[ ]?(?:regards|wishes|thanks)|thanks|thank you|cheers|yours(?: \w+)?|ta|all the best|rgds)[^\n]{0,25}\n\s*(?P<v>[^\n]{2,50})"
)


@dataclass(frozen=True, slots=True)
class Name:
    """One name as it stands. `title` is the title before it, which is not part of the span."""

    span: Span
    words: tuple[str, ...]  # without possessive endings
    title: str = ""


def find(draft: Draft) -> tuple[Name, ...]:
    """Every name of a person, in order, none overlapping."""
    text = draft.text
    entities = entity_spans(draft, "PERSON")
    fields = _fields(draft)
    places = {
        span.start
        for span in entity_spans(draft, "PLACE")
        if _TO_PLACE.search(text, max(0, span.start - 10), span.start)
    }
    unsure: list[tuple[Name, bool]] = []
    sure: list[Name] = []
    for name, at_start in _candidates(text):
        if name.span.start in places and not name.title:
            continue
        verdict = _verdict(text, name, at_start, entities, fields)
        if verdict > 0:
            sure.append(name)
        elif verdict == 0:
            unsure.append((name, at_start))
    known = {w.lower() for n in sure for w in n.words if len(w) > 1}
    firm = {w for w in known if not is_word(w)}
    spellings = Spellings(firm)
    for name, at_start in unsure:
        parts = [w.lower() for w in name.words]
        if (all(p in known for p in parts) and (not at_start or all(p in firm for p in parts))) or (
            len(parts) > 1 and parts[0] in firm
        ):
            sure.append(name)
        elif len(parts) == 1 and len(parts[0]) > 3 and not is_word(parts[0]) and spellings.like(parts[0]):
            sure.append(name)  # the same name in another spelling
    return tuple(sorted([*sure, *_small(draft, known, sure)], key=lambda n: n.span))


# What the pipelines call a label.
_LABELS = {"PLACE": ("PLACE", "GPE", "LOC", "FAC")}


def entity_spans(draft: Draft, label: str) -> list[Span]:
    """Spans of the pipeline's named entities of one label."""
    wanted = _LABELS.get(label, (label,))
    return [Span(e.start_char, e.end_char) for e in draft.doc.ents if e.label_ in wanted]


_TO_PLACE = re.compile(r"\b(?:in|of|at|to|into|near|from|outside|around|across) (?:the )?$")


def _fields(draft: Draft) -> list[Span]:
    """Where a form, a header or a sign-off puts somebody's name."""
    text = draft.text
    spans = [Span(*f.span("v")) for f in _FIELD.finditer(text)]
    spans += [Span(*f.span("v")) for f in _SIGN_OFF.finditer(text)]
    return spans


def _candidates(text: str) -> Iterator[tuple[Name, bool]]:
    """Runs of capitalised words, cut at words that are no names; True if one opens a sentence or line."""
    for run in _RUN.finditer(text):
        words = [(m.start() + run.start(), m[0]) for m in _WORD.finditer(run[0])]
        while words and words[-1][1].islower():
            words.pop()
        group: list[tuple[int, str]] = []
        for at, word in [*words, (run.end(), "")]:
            plain = bare(word)
            if word and not _is_stop(plain) and not (group and ("'s" in group[-1][1] or "’s" in group[-1][1])):
                group.append((at, word))
                continue
            if group and plain.lower() not in PLACE_OR_ORG and not is_only_place(plain):
                yield from _name(text, group)
            group = [(at, word)] if word and not _is_stop(plain) else []


def _is_stop(word: str) -> bool:
    return (
        word.lower() in STOP
        or is_only_place(word)
        or is_ordinary(word)
        or (word.lower() in PLACE_OR_ORG and not (is_family(word) and not is_word(word)))
        or re.fullmatch(TITLES, word) is not None
    )


def _name(text: str, group: list[tuple[int, str]]) -> Iterator[tuple[Name, bool]]:
    words = tuple(bare(w) for _, w in group)
    start, end = group[0][0], group[-1][0] + len(words[-1])
    if len(words) > 5 or (len(words) == 1 and len(words[0]) < 2):
        return
    head = text[max(0, start - 14) : start]
    title = _TITLE.search(head.rstrip(" ."))
    before = head[: title.start()] if title else head
    at_start = re.search(r"(?:^|[.!?:;\n•*–|\]\t-]|\d\.)[\s\"“‘'(]*$", before) is not None
    yield Name(Span(start, end), words, title[0] if title and head.endswith((" ", ".")) else ""), at_start


def _verdict(text: str, name: Name, at_start: bool, entities: list[Span], fields: list[Span]) -> int:
    """1 a name, 0 perhaps, -1 none."""
    start, end = name.span
    words = [w for w in name.words if len(w) > 1]
    if not words or (len(words) == 1 and words[0].isupper() and len(words[0]) < 4 and not name.title):
        return -1
    if _is_place(text, name):
        return -1
    if name.title:
        return 1
    if is_place(" ".join(name.words)):
        return _named_like_a_place(text, name, entities)
    in_field = any(f.start <= start and end <= f.end and start - f.start < 12 for f in fields)
    shouted = all(w.isupper() for w in words)
    known = [is_given(w) or is_family(w) for w in words]
    plain = [is_word(w) for w in words]
    if len(words) > 1:
        return _of_several(words, known, plain, in_field, shouted, text, name, entities)
    if shouted and not in_field:
        return int(is_given(words[0]) and not plain[0] and _AGED.match(text, end) is not None)
    if not plain[0] and is_given(words[0]):
        return 1
    led = _LEADS.search(text[max(0, start - 45) : start]) is not None
    follows = _FOLLOWS.match(text, end) is not None
    entity = any(e.start <= start and end <= e.end for e in entities)
    if in_field and (known[0] or led or not (plain[0] or shouted)):
        return 1 if known[0] or led or any(f.start == start for f in fields) else 0
    if led and (follows or known[0] or entity) and not (at_start and plain[0]):
        return 1
    if known[0]:
        return 1 if (entity or follows) and not (at_start and plain[0]) else 0
    exact = (
        Span(start, end) in entities
        and not at_start
        and not plain[0]
        and not _NO_NAME.search(text, max(0, start - 12), start)
    )
    exact = exact and text[end : end + 1] not in (":", "|") and text[end : end + 2] not in (" :", " |")
    return 1 if exact or (entity and (follows or led) and not at_start) else 0


def _named_like_a_place(text: str, name: Name, entities: list[Span]) -> int:
    """“Jordan” after a kinship word, or before “told us”, is a person; else perhaps, if the draft knows such a one."""
    start, end = name.span
    if len(name.words) > 1:
        return -1
    led = _LEADS.search(text[max(0, start - 45) : start]) is not None
    follows = _FOLLOWS.match(text, end) is not None
    return 1 if is_given(name.words[0]) and (led or (follows and name.span in entities)) else 0


def _of_several(
    words: list[str],
    known: list[bool],
    plain: list[bool],
    in_field: bool,
    shouted: bool,
    text: str,
    name: Name,
    entities: list[Span],
) -> int:
    start, end = name.span
    if is_given(words[0]) and not plain[0]:
        return 1
    if in_field and any(known):
        return 1
    if is_given(words[0]) and known[-1] and not (plain[0] and plain[-1]):
        return 1
    entity = any(e.start < end and start < e.end for e in entities)
    if (entity and any(k and not p for k, p in zip(known, plain, strict=True))) or (
        name.span in entities and any(known)
    ):
        return 1
    if _LEADS.search(text[max(0, start - 45) : start]) and not shouted:
        return 1
    if _FOLLOWS.match(text, end) and (any(known) or entity):
        return 1
    if known[-1] and not plain[-1] and not shouted and len(words) == 2 and not plain[0]:
        return 1
    return 0


_NO_NAME = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Oo]ur|[Tt]his|[Yy]our|[Ii]n|[Aa]t|[Oo]f) $|[:|/(] ?$")
_PLACE_BEFORE = re.compile(
    r"(?:(?<![,/\d] )(?<![A-Za-z)] )\b\d{1,4}[a-zA-Z]? |\b(?:[Ii]n|[Aa]t|near|off|[Ss]t\.?|Flat \w+,?|opposite) )$"
)


def _is_place(text: str, name: Name) -> bool:
    """A house number before it, or “in” before a word that is not firmly a given name."""
    before = text[max(0, name.span.start - 12) : name.span.start]
    after = re.match(r"(?:['’]s)? ([A-Z][\w-]+)", text[name.span.end : name.span.end + 25])
    if after and after[1].lower() in PLACE_OR_ORG and not (is_family(after[1]) and not is_word(after[1])):
        return True
    if re.match(
        r"['’]?s (?:[A-Z]\w+ )?(?:Primary|School|Church|Hospital|Academy|Nursery|RC|C of E|CE)\b",
        text[name.span.end : name.span.end + 40],
    ):
        return True
    if re.search(r"\bSt\.? $", before):
        return True
    found = _PLACE_BEFORE.search(before)
    if not found or name.title:
        return False
    firm = is_given(name.words[0]) and not is_word(name.words[0]) and not is_place(name.words[0])
    return found[0][0].isdigit() or not firm


_AGED = re.compile(r" \((?:aged? )?\d{1,2}\b")
_LOWER = re.compile(r"(?:^|[.!?]\s+|\n\s*(?:[-*•] ?)?)(?:([a-z])|([A-Z]))")
_SEED = re.compile(
    rf"\b(?:{_KIN}|{WORK})(?: is| called| named|,|:| \(|)? ?(?P<n>[a-z][a-z'’-]{{2,}})(?: (?P<l>[a-z][a-z'’-]{{2,}}))?|\b(?:called|named|name is|im|i'm|its|it's|from:|hi|dear) (?P<m>[a-z][a-z'’-]{{2,}})"
    rf"|\bname ?[:|] ?(?P<f>[a-z][a-z'’-]{{2,}})(?: (?P<g>[a-z][a-z'’-]{{2,}}))?"
    rf"|\b(?P<o>[a-z][a-z-]{{2,}})(?: [a-z-]+)?,? \(?(?:(?:his|her|the|their) )?(?:{_KIN})\b"
)


def is_careless(text: str) -> bool:
    """Do many sentences and lines begin with a small letter?"""
    begins = [m[1] is not None for m in _LOWER.finditer(text)]
    return sum(begins) * 3 > len(begins)


def _small(draft: Draft, known: set[str], taken: list[Name]) -> Iterator[Name]:
    """Names without capitals, in drafts that are written without them."""
    text = draft.text
    careless = is_careless(text)
    if not careless and not re.search(r"(?<![\w.@'’-])i(?:['’]?(?:m|ve|ll|d))? ", text):
        return
    seeds = {k for k in known if not is_word(k) and k not in STOP}
    if careless:
        for found in _SEED.finditer(text):
            for group in ("n", "l", "m", "o", "f", "g"):
                word = re.sub(r"['’]?s$" if group == "o" else r"['’]s$", "", found[group] or "")
                if (
                    len(word) > 2
                    and word not in STOP
                    and not is_word(word)
                    and word not in PLACE_OR_ORG
                    and (is_given(word) or is_family(word) or all(map(is_given, word.split("-"))))
                ):
                    seeds.add(word)
        words = Counter(re.findall(r"(?<![\w@./-])[a-z][a-z-]{2,}(?![\w@])", text))
        for word in words:
            if (
                word not in seeds
                and word not in STOP
                and word not in PLACE_OR_ORG
                and is_given(word)
                and not is_word(word)
                and words[word] > 1
                and len(word) > 3
            ):
                seeds.add(word)
    if not seeds:
        return
    spans = [n.span for n in taken]
    pattern = re.compile(
        rf"(?<![\w@./'’-])(?:{'|'.join(sorted(map(re.escape, seeds), key=len, reverse=True))})(?=(?:['’]?s)?(?![\w@'’.-]*@)(?!\w))"
    )
    for found in pattern.finditer(text):
        if not any(s.start < found.end() and found.start() < s.end for s in spans):
            yield Name(Span(*found.span()), (found[0],))


def is_header(draft: Draft, span: Span) -> bool:
    """Does the name stand in an email's header or in a signature?"""
    block = draft.document.block_at(span.start)
    return block is not None and block.kind in (BlockKind.EMAIL_HEADER, BlockKind.SIGNATURE)
