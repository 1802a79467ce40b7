"""Words that name a person of the family, told apart from the writer's, the reader's and other professionals' names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from referral_lint.model import BlockKind, Span
from referral_lint.patterns import compiled
from referral_lint.understanding import whose
from referral_lint.understanding.greetings import GREETING
from referral_lint.understanding.people.words import PLACE_OR_ORG, is_family, is_given, is_ordinary, is_place, is_word
from referral_lint.understanding.streets import STREET

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft
    from referral_lint.understanding.people import Name

_STAFF = (
    r"manager|lead|colleague|supervisor|(?:head|class|deputy|support|form) ?teacher|head\b|teacher|teaching assistant|assistant|nurse|doctor|midwife|officer|worker|volunteer"
    r"|coach|minister|governor|chair|trustee|playworker|keyworker|constable|detective|sergeant|inspector|secretary|receptionist|driver|co-?ordinator|SENCO|DSL|PC|DC|DS|PCSO|Dr|Cllr|therapist|psychologist|adviser|staff|librarian|warden|caretaker"
)
_ROLE_AFTER = compiled(rf"\W{{1,3}}(?:who is |is |was |our |my |the |a |an |your )*(?:\w+ ){{0,3}}?(?:{_STAFF})\b")
# “Our nurse, Ola”, not “a support worker for Ola”.
_ROLE_BEFORE = compiled(rf"(?:{_STAFF})(?![^.\n]* (?:for|to|about|with|re|regarding) )[^.\n]{{0,12}}\W$")
_ORGANISATION = compiled(
    r"(?:[A-Z][\w'’&-]*[ ]){0,3}(?:School|Primary|Infants?|Juniors?|Academy|College|Nursery|Pre-?school|Comp|High|Council|Hospital|Clinic|Surgery|Centre|Trust|Services?|Team|Church|Library|House|Hall|Police|Homes|Court|Street|Road|Lane|Close|Row|Avenue|Hill|Way|Drive|Place|Park|Estate|Terrace|Gardens)\b"
)
# What can be said of a person and hardly of anything else.
_OF_A_PERSON = compiled(
    r"(?i)(?:['’]?s (?:mum|mam|mother|dad|father|parents?|nan|brother|sister|family|partner|home|school|behaviour|speech|class|worker)|(?:['’]s)? (?:is|was|has|had|said|says|told|tells|lives?|goes|came|comes|went|gets?|will|would|needs?|and (?:his|her)|does(?:n['’]?t)?|did|cannot|can)\b"
    r"|,? \(?(?:born|aged?|dob|d\.o\.b)|,? \(?\d{1,2}\b|,? (?:who|whose)\b)"
)
_COMMON = frozenset(
    """referral referrals urgent child children children's family families help please request concern concerns new advice general question query enquiry names name safeguarding
    protection meeting review appointment update reply your you the and for with from about regarding note form letter call today tomorrow now home housing school place places
    support early assessment service team transfer visit two beds date dates ref reference information police allegation member staff adult older carer pupils one our
    application grant speech language therapy mental health young carers urgent! risk high domestic abuse chat incident finances needs care discharge baby stuff recs physio
    notes note diary plan plans session sessions visit visits course address check section notification proposed pre trial items household xmas parcel re fwd fw secure room noise reports rent area change options follow up confidential case case work number boy girl teacher cp cin eh
    camhs mash lado ehcp wrap prevent next week this that has was is are not someone somebody hypothetical hello records answer answers three questions worried a an in on at of to as
    single daily year class flat rm lad lady mum dad mother father friday monday tuesday wednesday thursday saturday sunday morning afternoon january february march april may june july
    august september october november december conversation off record steer toddler""".split()
)
STAFF = compiled(rf"\b(?:{_STAFF})\b")
NOT_NAMES = whose.NOT_NAMES | frozenset(
    "He She They Him Them Who Pupil Parent Parents Person Client Tenant Baby Girl Lad Hello Hi Dear Thanks Thank Kind Regards Best Yours Morning Afternoon Anyway However Although Because Nobody Nothing Everyone Somebody Someone Hypothetically Also Could"
    " Children Child English Scottish Welsh Irish British Christmas Easter Eid Ramadan Halloween Key Stage Section Council Services Service Police School Please Sorry Many Most"
    " Last Next Today Yesterday Tomorrow Later Earlier Once Twice First Second Another Other Any All Dad Mum Nan Grandad Brother Sister Mother Father Little Boy Girl Neighbour Secondary Primary".split()
)
_CAPITALISED = compiled(r"\b[A-Z][\w'’-]*[a-z]\b")
_WORD = compiled(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


# Who answered a call for advice: “Bill, duty adviser”, “rang the advice line, spoke to Ayesha”, “Bill said: no referral”.
_ADVISER = compiled(
    r"\b([A-Z][a-z]+),? (?:the |a |our )?(?:duty |advice |front[- ]door )?(?:adviser|advisor|duty (?:worker|officer|social worker))\b"
    r"|\b(?i:line|desk|team|service|council|hub|front door)\b[^.\n]{0,50}\b(?:[Ss]poke|[Tt]alked) (?:to|with) ([A-Z][a-z]+)\b"
    r"|(?:^|[.\n] ?)([A-Z][a-z]+) (?:said|advised): (?![\"“'‘])"
)


# Whom a line at the top says that it is from or to; in a greeting that runs on (“Hi Jo, she was late”), as far as it greets.
_ADDRESSED = compiled(
    r"(?im)^[ \t]*(?:(?:from|to|by|completed by|written by)\b[ :,]*(?P<to>[^\n]{0,80})"
    rf"|(?:{GREETING})\b[ :,]*(?P<greeted>[^\n]{{0,80}}?)(?=$|[.?!]\s|,\s(?-i:[a-z])))"
)


def others(draft: Draft) -> frozenset[str]:
    """Lower-case words of the names of the writer, the readers and their services."""
    words: set[str] = set()
    envelope = draft.document.envelope
    boxes = [*envelope.recipients, *([envelope.sender] if envelope.sender else [])] if envelope else []
    for box in boxes:
        words.update(w.lower() for w in _WORD.findall(f"{box.name} {box.address}"))
    for block in draft.document.blocks_of(BlockKind.SIGNATURE):
        words.update(w.lower() for w in _WORD.findall(draft.words(block)))
    for found in _ADDRESSED.finditer(draft.text[:2000]):
        words.update(w.lower() for w in _WORD.findall(found["to"] or found["greeted"] or ""))
    for found in re.finditer(r"\b(?:my name is|i['’]?m|i am|its|this is) ([A-Za-z]+)", draft.text[:1200]):
        words.add(found[1].lower())
    words.update(w.lower() for found in _ADVISER.finditer(draft.text) for w in found.groups() if w)
    for line in draft.text.rstrip().splitlines()[-3:] if len(draft.text) > 400 else ():  # a sign-off
        if len(line) < 50 and not line.rstrip().endswith((".", "?")):
            words.update(w.lower() for w in _WORD.findall(line))
    return frozenset(words)


def in_full(draft: Draft) -> bool:
    """Does the draft give the whole name of somebody who is neither the writer nor the reader nor at work?"""
    return any(len(name.words) > 1 for name in _of_outsiders(draft))


def names_somebody(draft: Draft) -> bool:
    """Does it give the whole name, or title and name, of such a person?"""
    return any(len(name.words) > 1 or name.title in whose.COURTESY for name in _of_outsiders(draft))


def _of_outsiders(draft: Draft) -> Iterator[Name]:
    """The names of those who are neither the writer nor the reader nor at work."""
    theirs = others(draft)
    for name in draft.names:
        if (
            draft.is_own_offset(name.span.start)
            and not any(word.lower() in theirs for word in name.words)
            and not STAFF.search(draft.text, max(0, name.span.start - 45), name.span.end + 45)
        ):
            yield name


def is_common(word: str) -> bool:
    return word.lower() in _COMMON


def in_subject(draft: Draft, subject: Span) -> Iterator[Span]:
    """Stretches of the subject that name somebody of whom the body tells, with an address or date that follows."""
    body = Span(subject.end, len(draft.text))
    theirs = others(draft)
    taken: list[Span] = []
    has_capitals = any(c.isupper() for c in draft.text[subject.start : subject.end])
    wholes = list(_whole_names(draft, subject, body))
    for found in _WORD.finditer(draft.text, subject.start, subject.end):
        word = found[0]
        if word.islower() and has_capitals:
            continue  # in a subject with capitals a name has one
        titled = _TITLED.search(draft.text, max(subject.start, found.start() - 6), found.start()) is not None
        common = is_common(word.removesuffix("'s").removesuffix("’s")) and not titled  # “Mrs May”
        is_whole = any(whole.start <= found.start() < whole.end for whole in wholes)
        if not is_whole and (common or (word.isupper() and len(word) < 4) or len(word) < 3):
            continue
        if not (
            is_whole
            or _is_person(draft, word.removesuffix("'s").removesuffix("’s"), body)
            or _looks_like_name(draft.text, subject, found)
            or _may_be_all_of_it(draft, subject, found)
        ):
            continue
        if not (titled or is_whole) and (word in NOT_NAMES or _in_organisation(draft.text, subject, found)):
            continue
        if _is_staff(draft, word, body):
            continue
        if word.lower() in theirs and not _is_child(draft, word):
            continue
        taken.append(Span(*found.span()))
    yield from _grown(draft, subject, _with_addresses(draft.text, subject, taken))


_SIDE_BY_SIDE = compiled(r"\b(?=(?P<whole>(?P<a>[A-Z][\w’'-]+) (?:[A-Z]\.? )?(?P<b>[A-Z][\w-]+)\b))")
_PLACED = compiled(r"(?:\b(?i:at|in|from|to|near|of|outside|around|st)\.?|\d[a-z]?) $")
_REFERRED = compiled(r"(?i)\b(?:re|about|regarding|concerning):? $")
_BORN = compiled(r"(?i)\W{1,3}(?:d\.?o\.?b\b|born\b|aged?\b|\(?\d{1,2}[/.]\d{1,2}[/.]\d{2})")
_GIVEN_TOO = frozenset("may rich will".split())  # words that our lists hold for no names
_NAMED_AFTER = frozenset("victoria albert alexandra elizabeth".split())  # every town has a park of theirs
# Named after somebody more often than anybody is called so: “Nelson Street”.
_STREETS = frozenset("street road lane way lodge house court centre mill mills station bridge".split())


def _whole_names(draft: Draft, subject: Span, body: Span) -> Iterator[Span]:
    """A given name beside a family name that may be a word or a place, too: “Anna Hall”, “Will Young”."""
    for pair in _SIDE_BY_SIDE.finditer(draft.text, subject.start, subject.end):
        whole = Span(*pair.span("whole"))
        next_word = _WORD.match(draft.text, whole.end + 1, subject.end)
        is_longer = next_word is not None and next_word[0].istitle() and next_word[0].lower() in PLACE_OR_ORG
        if not is_family(pair["b"]) or is_longer or _PLACED.search(draft.text, subject.start, whole.start):
            continue
        a, b = pair["a"].lower(), pair["b"].lower()
        if b in PLACE_OR_ORG:
            # “Rose Hill” and “Victoria Park” are places, unless the draft knows her; “Re: Tanner Street” is one still.
            is_street = b in _STREETS
            doubted = is_street or is_word(a) or is_place(a) or a in _NAMED_AFTER
            is_told = (
                _is_told_whole(draft, whole, body)
                if is_street
                else _is_person(draft, pair["a"], body)
                or _REFERRED.search(draft.text, subject.start, whole.start) is not None
            ) or _BORN.match(draft.text, whole.end, subject.end) is not None
            is_name = is_given(a) and (is_told or not doubted)
        else:
            is_name = is_given(a) or (a in _GIVEN_TOO and _is_told_whole(draft, whole, body))
        if is_name:
            yield whole


def _is_told_whole(draft: Draft, whole: Span, body: Span) -> bool:
    """Does the body speak so of somebody, whatever the two words mean besides (“May Bishop”)?"""
    said = _mention(draft.words(whole)).finditer(draft.text, body.start, body.end)
    return any(_OF_A_PERSON.match(draft.text, hit.end(), body.end) for hit in said)


def _is_within(span: Span, whole: Span) -> bool:
    return whole.start <= span.start and span.end <= whole.end


# A title in a subject that is written with capitals: “Mr Lane” is no street.
_TITLED = compiled(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.? \Z")
_NO_NAME = compiled(
    r"(?i).*(?:tion|ment|ing|ology|ity|ance|ence|ical|ional|ive|ory|ist|able|ful|ness|ship|age|ly|ed|ics|ary|als?)$"
)
_PAIR = compiled(r"(?P<a>[A-Z][\w'’-]+) (?:[A-Z]\.? )?(?P<b>[A-Z][\w'’-]+)")
_FAMILY = compiled(r" (?:family|children|household|kids|twins|siblings|brothers|sisters|boys|girls)\b")


def _looks_like_name(text: str, subject: Span, found: re.Match[str]) -> bool:
    """Two unusual capitalised words side by side, or “the X family”."""
    if _FAMILY.match(text, found.end(), subject.end) and found[0][0].isupper() and not _NO_NAME.match(found[0]):
        return True
    for pair in _PAIR.finditer(text, subject.start, subject.end):
        if pair.start() <= found.start() < pair.end():
            words = (pair["a"], pair["b"])
            return not any(
                is_common(w) or w in NOT_NAMES or _NO_NAME.match(w) or (w.isupper() and len(w) < 5) for w in words
            )
    return False


def _may_be_all_of_it(draft: Draft, subject: Span, found: re.Match[str]) -> bool:
    """A subject that is one word: a first name, or a word that may be a name where the message tells of a family (“Rota”)."""
    word = found[0]
    if draft.text[subject.start : subject.end].strip() != word or not word[0].isupper():
        return False
    if is_ordinary(word) or _NO_NAME.match(word):
        return False
    told = (p for p in draft.people if p.role not in _NO_FAMILY and p.mentions[-1].start >= subject.end)
    return is_given(word) or any(told)


_NO_FAMILY = frozenset({"professional", "unknown"})


def _is_child(draft: Draft, word: str) -> bool:
    return draft.introduced.get(word.capitalize()) == "child"


def _is_person(draft: Draft, word: str, body: Span) -> bool:
    """Does the body speak of this word as one speaks of a person?"""
    if draft.introduced.get(word.capitalize()):
        return True
    if any(
        e.label_ == "PERSON" and word.lower() in _WORD.findall(e.text.lower())
        for e in draft.doc.ents
        if e.start_char >= body.start
    ):
        return True
    said = list(_mention(word).finditer(draft.text, body.start, body.end))
    alone = [hit for hit in said if _EDGE.match(draft.text, hit.end())]
    if not is_given(word) and any(hit[0] == word.lower() for hit in alone):
        return False  # a word that the body writes small is no name, unless it is one elsewhere
    if len(alone) > 1 and not any(_ARTICLE_BEFORE.search(draft.text, hit.start() - 6, hit.start()) for hit in alone):
        return True
    if any(_TITLE_BEFORE.search(draft.text, hit.start() - 6, hit.start()) for hit in said):
        return True
    return any(_OF_A_PERSON.match(draft.text, hit.end(), body.end) for hit in said)


@lru_cache(4096)  # the same words stand in many subjects
def _mention(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}", re.I)


_EDGE = compiled(r"\b")
_ARTICLE_BEFORE = compiled(r"\b(?:the|a|an|of|this|each|our|no) \Z", re.I)
_TITLE_BEFORE = compiled(r"\b(?:Mr|Mrs|Ms|Miss) \Z", re.I)


def _is_staff(draft: Draft, word: str, body: Span) -> bool:
    for found in _mention(word).finditer(draft.text, body.start, body.start + 2500):
        at = found.end()
        if found[0] != word or not _EDGE.match(draft.text, at):
            continue
        if _ROLE_AFTER.match(draft.text, at, at + 60):
            return True
        if _ROLE_BEFORE.search(draft.text[max(body.start, found.start() - 40) : found.start()]):
            return True
    return False


def _in_organisation(text: str, subject: Span, found: re.Match[str]) -> bool:
    if re.search(r"\d\w? +$", text[subject.start : found.start()]):
        return False  # a house number: an address
    return any(
        org.start() <= found.start() < org.end() for org in _ORGANISATION.finditer(text, subject.start, subject.end)
    )


_ADDRESS = compiled(
    rf"(?:(?:Flat|Room) \d{{1,3}}[a-z]?,? )?(?:\d{{1,4}}[a-z]? )?(?:[A-Z][\w'’-]+ ){{1,3}}(?i:{'|'.join(sorted(PLACE_OR_ORG))})\b"
)


def _with_addresses(text: str, subject: Span, words: list[Span]) -> list[Span]:
    """A home's address whole, in the place of its words, where one of them was taken or a name stands before it."""
    addresses = [
        home
        for found in _ADDRESS.finditer(text, subject.start, subject.end)
        for home in [Span(*found.span())]
        if any(c.isdigit() for c in found[0])
        and any(_is_within(word, home) or _BETWEEN.fullmatch(text, word.end, home.start) for word in words)
    ]
    return sorted([*addresses, *(word for word in words if not any(_is_within(word, home) for home in addresses))])


_BETWEEN = compiled(
    r"(?: (?:family|children|household|kids|weans),? |(?: (?:family|children|household|kids|weans))?,? \d{1,3}[a-z]?(?:/\d+)? |[ ,.'–-]{1,3}(?:[A-Z]\.? ){0,2})"
)
_AFTER = compiled(r",? (?:[A-Z]\b\.?|\d{1,3}[a-z]? [A-Z][a-z]+ [A-Z][a-z]+|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})(?![\w])")
_REST_OF_STREET = compiled(rf"(?<=\w)(?: [A-Z][a-z]+)? (?:{STREET}|[Ee]state|Flats)\b")
_HOUSE = compiled(r"\b\d{1,4}[A-Za-z]? (?:[A-Z][\w'’]+ )?\Z")
_BEFORE = compiled(r"\b(?:(?:Mr|Mrs|Ms|Miss|[A-Z])\.? )+$")


def _grown(draft: Draft, subject: Span, words: list[Span]) -> Iterator[Span]:
    """Words side by side are one name; initials, a title, an address or a date belong to it."""
    text = draft.text
    names: list[Span] = []
    for word in words:
        if names and _BETWEEN.fullmatch(text[names[-1].end : word.start]):
            names[-1] = Span(names[-1].start, word.end)
        else:
            names.append(word)
    for name in names:
        start, end = _in_full(draft, subject, name)
        before = _BEFORE.search(text[subject.start : start])
        if before:
            start = subject.start + before.start()
        after = _AFTER.match(text, end, subject.end)
        yield _with_street(text, subject, Span(start, after.end() if after else end))


def _in_full(draft: Draft, subject: Span, name: Span) -> Span:
    """With the first or the family name beside it that alone would not have shown that it is one: “Tilly Marchetti”."""
    start, end = name
    if " " in draft.words(name):
        return name
    for whole in draft.names_between(*subject):
        words = [w for w in _CAPITALISED.finditer(draft.text, *whole.span) if not is_common(w[0])]
        before = [w.start() for w in words if w.end() + 1 == start]
        after = [w.end() for w in words if w.start() == end + 1]
        start, end = min([start, *before]), max([end, *after])
    return Span(start, end)


def _with_street(text: str, subject: Span, name: Span) -> Span:
    """An address from the number of the house to the end of the street's name."""
    rest = _REST_OF_STREET.match(text, name.end, subject.end)
    house = rest and _HOUSE.search(text, subject.start, text.rfind(" ", name.start, name.end) + 1 or name.start)
    return Span(min(name.start, house.start()), rest.end()) if rest and house else name


def family_names(draft: Draft) -> frozenset[str]:
    """Lower-case names of the family that the draft introduces."""
    return frozenset(name.lower() for name in draft.introduced) - others(draft)
