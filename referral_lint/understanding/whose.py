"""Whose fact a clause tells: the first person it names, by kinship word, role word, name or pronoun."""

from __future__ import annotations

import re
from itertools import islice

from referral_lint.model import Span
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.people.candidates import is_stop

# Words for people, by the role they have towards the child or adult whom a draft is about.
WORDS = {
    "relative": r"(?:great[- ])?(?:nanna|nana|nan|nanny|granny|gran|grandma|grandmother|grand?dad|granda|grandfather|grandparents?|aunt(?:ie|y)?|uncle|cousins?|niece|nephew|in-laws?"
    r"|(?:sister|brother|mother|father|daughter|son)[- ]in[- ]law|(?:maternal|paternal) \w+|her own m(?:other|um)|his own m(?:other|um)|her late \w+|his late \w+)",
    "third-party": r"neighbours?|(?:best )?friends?|mates?|lodger|(?:other|another|previous|new) tenant|tenants|(?:other|another|one of the(?: other)?) (?:boys?|girls?|pupils?|child(?:ren)?|mums?|dads?|parents?|famil(?:y|ies)|residents?|lad(?:s|y|ies)?|couple)"
    r"|(?:lady|man|woman|lad|bloke|couple|people|family|chap|girl|boy|wife) (?:at|in|from|on|next|upstairs|downstairs|opposite|they|over) (?:the|number|no|room|flat|next|\d+\w?|door)\w*|next door|(?:number|no\.?|flat|room) \d+\w?"
    r"|classmate|customer|informant|complainant|visitor|pastor|employer|boss",
    "professional": r"colleague|social worker|support worker|teaching assistant|(?:class )?teacher|volunteers?|helpers?|staff|manager|coach|foster carer|dinner lad(?:y|ies)|nursery nurse|(?:my|our) (?:own )?(?:husband|wife|partner|mum|mother|dad|father|sister|brother|son|daughter|nan|friend|colleague|manager|boss|head|secretary|receptionist|nurse|worker|officer|assistant|cleaner|cook|driver|caretaker|student|apprentice|trainee)s?|receptionist|key ?worker|childminder",
    "partner": r"partner|boyfriend|girlfriend|step-?(?:dad|father|mum|mother)|ex-?(?:husband|wife|partner)?|husband|wife|hubby|fianc[eé]e?|fella|missus|bloke",
    "sibling": r"(?:half[- ]|step-?|older |younger |elder |little |big )?(?:brother|sister|siblings?|twin)s?|the big one|eldest|youngest",
    "parent": r"(?:birth )?(?:mum|mam|mother|mummy|mom|dad|father|daddy|parents?)",
    "offspring": r"grandson|granddaughter|(?:her|his|adult) (?:son|daughter)|son|daughter",
}
_REST = r"(?:[\w-]|['’](?!s\b)(?=\w))"  # of a name, without the ending of a possessive
_TERM = re.compile(
    "|".join(rf"(?P<{role.replace('-', '_')}>(?i:\b(?:{words})\b))" for role, words in WORDS.items())
    + r"|(?P<pronoun>\b(?:[Hh]e|[Ss]he|[Tt]hey|HE|SHE|[Hh]es|[Ss]hes|[Tt]heyve)\b)"
    + rf"|(?P<name>\b(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z]|[A-Z][a-z]){_REST}*(?: [A-Z]{_REST}+){{0,2}})"
)
_POSSESSIVE = re.compile(r"(?:['’]s?|s['’])(?=\s)")
NOT_NAMES = frozenset(
    "The A An In On At It If And But So When While This That There These Those His Her Their He She They Its We I You My Our Your Not No Yes As By For From Of Or To With Since After Before"
    " Also Both Each Some One Two Three What Who Why How Please Would Could Can Is Are Was Were Has Have Had Had Been Tablets Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    " January February March April May June July August September October November December Year Family Household Also Now Then Owes Address Relationship Termination Previous Divorced Tested Polish".split()
)
_KIN = either(
    "mum|mam|mother|dad|father|stepdad|stepmum|stepfather|step-father|stepmother|step-mother|partner|husband|wife|boyfriend|girlfriend|ex|brother|sister|half-brother|half brother|half-sister|half sister|twin|nan|nana|gran|granny|grandma|granddad|grandad|aunt|auntie|uncle|cousin|son|daughter|friend|neighbour|colleague".split(
        "|"
    )
)
_INTRODUCED = re.compile(
    rf"\b(?P<kin>(?i:{_KIN}))(?:\W{{1,3}}|\s+is\s+|\s+called\s+)(?P<after>(?:(?:Mr|Mrs|Ms|Miss) )?[A-Z][a-z'’-]+)|(?P<before>(?:(?:Mr|Mrs|Ms|Miss) )?[A-Z][a-z'’-]+)(?: [A-Z][\w'’-]+)?[,(]? ?[(,] ?(?:(?:his|her|their|the|whose) )?(?P<kin2>(?i:{_KIN}))\b"
)
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr)\b"
_CHILD = re.compile(
    rf"(?im)^[\W\d]*(?:child|pupil|young person|(?P<any>name|full name|first name|person|client|patient|re)|baby|child'?s name)\b[^\n:|]{{0,30}}[:|][ \t]*(?-i:(?!{_TITLE})(?P<child>[A-Z][a-z'’-]+))"
    rf"|(?-i:(?!{_TITLE})(?P<born>[A-Z][a-z'’-]+)(?: [A-Z][\w'’-]+){{0,2}}),? \(?(?:born|aged? (?!(?:1[89]|[2-9]\d)\b)|dob|d\.o\.b|date of birth|(?:\d|1[0-7])\)|\d{{1,2}}[/.]\d)"
)


def names(text: str) -> dict[str, str]:
    """First word of a name -> role, from how the text introduces people."""
    found: dict[str, str] = {}
    for hit in _CHILD.finditer(text, 0, min(len(text), 2500)):
        if not hit["any"] or "child" not in found.values():  # the second “Name:” of a form is somebody else's
            found.setdefault(hit["child"] or hit["born"], "child")
    for hit in _INTRODUCED.finditer(text):
        name, kin = (hit["after"], hit["kin"]) if hit["after"] else (hit["before"], hit["kin2"])
        if name not in NOT_NAMES and name not in found:
            found[name] = role_of(kin)
    return found


def role_of(word: str) -> str:
    """The role that a kinship or role word gives; "" if it is none."""
    return next((role for role, words in WORDS.items() if re.fullmatch(f"(?i:{words})", word.strip())), "")


_HE = re.compile(
    r"(?i)\b(?:he|hes|he['’]s|dad|da|father|daddy|brother|uncle|nephew|son|grandson|husband|boyfriend|stepdad|stepfather|grand?dad|granda|grandfather|hubby|fella|mr|man|lad|boy)\b"
)
_SHE = re.compile(
    r"(?i)\b(?:she|shes|she['’]s|mum|mam|mother|mummy|sister|aunt|auntie|niece|daughter|granddaughter|wife|girlfriend|stepmum|nan|nana|gran|granny|grandma|grandmother|missus|mrs|ms|miss|lady|woman|girl)\b"
)


_BEGINS = re.compile(r"(?:^|[.!?:;\n)•*-])\s*$")
_OF_A_PERSON = re.compile(
    r"(?:['’]s?|,| and| \(| (?:is|was|has|had|who|herself|himself|came|went|gets?|got|owes?|drinks?|told|says|said|lives?|also|did|does|still|needs?)\b)"
)


def gender(words: str) -> str:
    """“he”, “she” or "" from kinship words, titles and pronouns."""
    he, she = _HE.search(words) is not None, _SHE.search(words) is not None
    return "" if he == she else "he" if he else "she"


def owner(text: str, clause: Span, before: int, known: dict[str, str], of: str = "") -> str:
    """The role of the first person in the clause who is not merely a possessor; "pronoun" or "" if it has none.

    With `of` ("he" or "she") people of the other gender are passed over.

    `before` is where the fact begins: people named after it are not its owners.
    """
    at, possessor = clause.start, ""
    while True:
        hit = _TERM.search(text, at, before)
        if hit is None:
            return possessor
        role = _role(hit, known)
        at = hit.end()
        if not role:
            continue
        owns = _POSSESSIVE.match(text, at)
        if owns is None and of and gender(hit[0]) not in ("", of):
            continue
        if owns is None:
            return _of(possessor, role)
        at, possessor = owns.end(), _of(possessor, role)


def nearest(text: str, span: Span, known: dict[str, str]) -> str:
    """The role of the last person named in the span: whom a following “who” means."""
    roles = [role for hit in _TERM.finditer(text, *span) if (role := _role(hit, known)) not in ("", "pronoun")]
    return roles[-1] if roles else ""


def _role(hit: re.Match[str], known: dict[str, str]) -> str:
    """The role of one person term. A name that the draft hardly mentions is not whom it is about."""
    if hit.lastgroup == "pronoun":
        return "pronoun"
    if hit.lastgroup != "name":
        return (hit.lastgroup or "").replace("_", "-")
    words = hit[0].split()
    first = words[0]
    is_titled = first.rstrip(".") in ("Mr", "Mrs", "Ms", "Miss", "Dr")
    if first in NOT_NAMES or any(c.isdigit() for c in hit[0]):  # “HbA1c”
        return ""
    if is_stop(words[-1]) and not (is_titled and len(words) == 2):  # a court, a team; but “Mr Lane”
        return ""
    if (
        len(words) == 1
        and not _OF_A_PERSON.match(hit.string, hit.end())
        and _BEGINS.search(hit.string[max(0, hit.start() - 4) : hit.start()])
    ):
        return ""  # only the capital of a sentence's first word
    if first not in known and " ".join(words[:2]) not in known and _is_rare(hit.string, words[-1]):
        return "third-party"
    if is_titled:
        return known.get(" ".join(hit[0].split()[:2]), "adult")
    return known.get(first, "named")


def _is_rare(text: str, name: str) -> bool:
    """Does the name stand there twice at most?"""
    whole = re.compile(
        rf"{re.escape(name)}\b"
    )  # begins with plain letters, so that a search leaps from one to the next
    places = (hit.start() for hit in whole.finditer(text))
    starts = (at for at in places if not at or not (text[at - 1].isalnum() or text[at - 1] == "_"))
    return sum(1 for _ in islice(starts, 3)) < 3


def _of(possessor: str, role: str) -> str:
    """Somebody's relation: a parent's mother is a relative, another pupil's father a third party."""
    if not possessor or possessor in ("child", "pronoun", "named", "sibling"):
        return role
    if possessor == "adult":
        return "relative" if role in ("parent", "sibling", "adult", "partner") else role
    if possessor in ("parent", "partner"):
        return "relative" if role in ("parent", "sibling", "relative") else role
    return possessor
