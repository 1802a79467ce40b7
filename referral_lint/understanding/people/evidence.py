"""What the words around a name say of the person: role, age, and whether the name heads the draft."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral_lint.model import BlockKind
from referral_lint.patterns import compiled
from referral_lint.understanding import dates
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.people.candidates import Name
from referral_lint.understanding.people.words import HE, ROLE_OF, SHE, TITLES, TITLES_OF_WORK, TRADES, WORK, gender

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_KIN = either(ROLE_OF)
_OF = (
    r"(?P<of>mum|mam|mother|dad|father|nan|gran|partner|friend|neighbour)['’]?s (?:new |own |ex[- ]?|older |younger )?"
)
_BEFORE = compiled(
    rf"(?i)(?:{_OF})?\b(?P<kin>{_KIN})(?:['’]?s name)?(?:,| is| was|:| \(| called| named| -| –| \||\t)*[ (:|]*(?:{TITLES}\.? )?$"
)
_WORK_BEFORE = compiled(
    rf"(?i)\b(?:{WORK})(?: at [\w ]{{3,30}})?(?:,| is| was|:| \(| called| named| -| –| \|)*[ (:|]*(?:{TITLES}\.? )?$"
)
_BIRTH = r"\(?(?:born|dob|d\.o\.b\.?)?:? ?(?:\d{1,2}[/.]\d{1,2}[/.])?(?:\d\d){1,2}\)?"
_TRADE_BEFORE = compiled(rf"\b(?:{'|'.join(TRADES)})[: ]{{1,2}}$")
_AFTER = compiled(
    rf"(?i)(?:['’]s)?(?:,? {_BIRTH}(?=[ ,])| \| {_BIRTH}(?= \|))?(?: \| |,? \(?| - | – | is | was )(?:\(?aged? \d+,? |\d+,? )?(?:who (?:is|was) )?(?:his|her|their|the|a|an|my|our|\w+['’]s)? ?(?:{_OF})?(?:older |younger |elder |little |big |half[- ]|new |birth |baby )?(?P<kin>{_KIN})\b(?!['’])"
)
_WORK_AFTER = compiled(
    rf"(?i)(?:,? \(?| - | – |\n| is | was |, who is )(?:the |a |an |my |our |your |his |her |their |is )?(?:[\w'’-]+ ){{0,3}}?(?:{WORK}|PC\b|DSL|SENDCo|SENCO|staff)\b"
)
_AGE = compiled(
    r"(?i)(?:['’]s)?,? ?\(?(?:who is |is |was )?(?:(?P<age>\d{1,3})(?! ?[/.:\d]|(?:st|nd|rd|th)\b| [A-Z]|pm|am| (?:of|days?|times|weeks?|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))|(?P<small>\d+ ?(?:months?|weeks?|days?|mths?|/12|/52))|(?:aged?|age:?) (?P<age2>\d{1,3}))\b"
)
_SURELY_AN_AGE = compiled(r"(?i)\)| ?(?:years?|yrs?|y/?o)\b")  # and no number of a house
_SPELT_AGE = compiled(
    r"(?i),? (?:who is |who was |is |was |aged )(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven)teen)"
    r"(?= (?:years|and|next|now|today|this|in)\b|[.,;:)\n]|$)"
)
# The heading of the fields in which a form asks for a parent: “Parent/carer”, then “Name: …”.
_OF_A_PARENT = compiled(
    r"(?i)(?:^|\n)\W*(?:\d\W*)?(?:parents?|mother|father|mum|dad)\b[^\n:|.]{0,30}:?\n+(?:[^\n:|]{2,40}[:|][^\n]*\n){0,3}$"
)
# Whoever is called so cares or answers for somebody, and is no child.
_IS_OF_AGE_BEFORE = compiled(r"(?i)\b(?:NOK|next of kin|carer|emergency contact)\b[^.\n]{0,20}$")
_OLD = 65  # years from which one's sons and daughters are grown up
OFFSPRING = frozenset(("son", "daughter"))
# Whom a service has, in its own words: “our tenant”, “one of our customers”. Nobody calls a child so …
_GROWN_SERVED = r"tenants?|leaseholders?|residents?|customers?|clients?|service[- ]users?|claimants?|borrowers?"
_GROWN_BEFORE = compiled(
    r"(?i)\b(?:tenant|leaseholder|householder|homeowner|landlord|landlady|defendant|offender|lodger)(?: is| was|:|,)? \(?$"
    rf"|\b(?:our|my) (?:{_GROWN_SERVED})(?: is| was|:|,| called| named)? \(?(?:{TITLES}\.? )?$"
)
# … nor says this of one.
_GROWN_AFTER = compiled(
    r"(?i)(?:['’]s (?:husband|wife|tenancy|rent|landlord|landlady|pension|mortgage|employer)\b"
    r"| (?:has |had |have )?(?:owes? (?:us|£|the council|his landlord|her landlord)|lost (?:his|her|their) (?:job|tenancy)"
    r"|(?:is|are|has fallen|fell|got) (?:now |about |already )?(?:[\w-]+ (?:weeks?|months?) )?(?:behind with|in arrears)"
    r"|(?:is|was) (?:now |recently )?(?:married|divorced|widowed|retired|separated)|retired\b)"
    r"|(?: and|,? who has| has| lives with) (?:his|her|their) (?:\w+ )?(?:husband|wife|sons?|daughters?|children|kids)\b)"
)
# How a letter without a “Re:” line says whom it is about: “I am writing about our tenant Ada Moss”, “I would like to refer Mr Moss”.
_WRITTEN_ABOUT = compiled(
    r"(?i)\b(?:(?:writing|contacting you|emailing|getting in touch|in touch)(?: to you| with you)? (?:about|regarding|concerning|on behalf of|in (?:relation|regard|respect) (?:to|of)|with regard to)"
    r"|(?:like|wish|want|writing|hoping|hope) to (?:refer|make a referral for)|(?:am|are) referring|this is a referral (?:for|of)|accept this (?:letter as a )?referral (?:for|of)"
    r"|(?:could|can|would|will) you(?: please| kindly)? (?:see|assess|visit|support|help)|thank you for (?:seeing|agreeing to see|accepting))"
    rf" (?:(?:one of )?(?:our|my|your|a|the|this) (?:[\w-]+ )?(?:{_GROWN_SERVED}|patients?)(?: called| named)?[,:]? )?(?:{TITLES}\.? )?$"
)
_LABEL = compiled(r"(?i)^[ \t>*•-]*(?:\d+[a-z]?[.)] *)?(?P<l>[^\n:|]{2,45}?) *[:|][ \t]*(?:" + TITLES + r"\.? )?$")
_SUBJECT_LABEL = compiled(
    r"(?i)\b(?:re|child|pupil|student|young person|baby|client|patient|person(?: referred)?|service user|resident|tenant|customer|applicant|subject|adult)\b|^(?:full |first |sur|last |family |given |fore|legal )?names?\b|^(?:about|regarding|concerning)$"
)
_WORK_LABEL = compiled(
    rf"(?i)\b(?:{WORK}|completed by|complet|written|referr\w+|referred|signed|signature|sign|form|from|to|cc|bcc|by|worker|contact|gp|school|sender|author|dictated|your|seen by|reported to|passed to|line|agency|professional)\b"
)
_DEAR = compiled(
    rf"(?im)^[ \t]*(?:dear|hi|hello|hiya|morning|fao|attn|for the attention of|to|cc|from)\b[: ,]*(?:[\w@.<>, ]{{0,60}}, |(?:{TITLES})\.? )?(?:[\w-]+ and )?(?:{TITLES}\.? )?$"
)
_CLASS = compiled(
    r"(?i)(?:,| is in|,? \() ?(?:who is )?(?:in )?(?:year \d{1,2}|y\d{1,2}|reception|nursery|p[1-7]|s[1-6])\b"
)


# “Mr Jolly next door”, “Mrs Hale at number 5”
_LIVES_NEAR = compiled(
    r"(?i),? \(?(?:who (?:is|lives) |from )?(?:next door|upstairs|downstairs|over the road|across the (?:road|landing|hall)|(?:at|in|from) (?:number|no\.?|flat|room) \d)"
)


@dataclass
class Evidence:
    """Votes for a role of one person, gathered over all mentions."""

    votes: dict[str, float]
    subject: int = 0  # in a “Re:” line, in the field for the child or client, or named as the one written about
    minor: bool = False
    grown: bool = False
    of_age: bool = False  # by the date of birth or the age given, and not by a title or a word alone
    old: bool = False  # at an age at which one's sons and daughters are grown up
    he: int = 0
    she: int = 0

    def vote(self, role: str, weight: float = 1.0) -> None:
        self.votes[role] = self.votes.get(role, 0.0) + weight

    def in_an_adults_draft(self) -> None:
        """Whom nothing calls a minor is of age there: somebody's daughter is a relative."""
        if not self.minor:
            self.of_age = True
            self.grown = self.grown or "child" in self.votes


def weigh(draft: Draft, name: Name, to: Evidence) -> None:
    """Add what stands around one mention."""
    text, (start, end) = draft.text, name.span
    line = text.rfind("\n", 0, start) + 1
    before, after = text[max(line, start - 70) : start], text[end : end + 70]
    _title(name, to)
    block = draft.document.block_at(start)
    kind = block.kind if block is not None else None
    label = _label(draft, before, kind, line)
    above = _OF_A_PARENT.search(text, max(0, line - 200), line) if label else None
    if above:
        to.vote("parent", 2)
    elif (
        label
        and _SUBJECT_LABEL.search(label)
        and not re.search(r"(?i)complet|refer(?:r|red by)|contact|worker|gp\b|school|mother|father|parent", label)
    ):
        to.subject += 1
    elif label and _WORK_LABEL.search(label) and not re.search(r"(?i)parent|mother|father|mum|dad|carer|child", label):
        to.vote("professional", 2)
    if kind in (BlockKind.EMAIL_HEADER, BlockKind.SIGNATURE) and not re.match(
        r"(?i)\s*(?:subject|re)\b", text[line : line + 12]
    ):
        to.vote("professional", 3)
    elif _DEAR.match(text[line:start]):
        to.vote("professional", 2)
    _kin(before, after, to)
    if _WRITTEN_ABOUT.search(before) and not (_WORK_AFTER.match(after) or re.fullmatch(TITLES_OF_WORK, name.title)):
        to.subject += 1
    if name.title and _LIVES_NEAR.match(after):
        to.vote("third-party", 2)
    to.grown = to.grown or _GROWN_BEFORE.search(before) is not None or _GROWN_AFTER.match(after) is not None
    if _WORK_BEFORE.search(before) or _TRADE_BEFORE.search(before):
        to.vote("professional", 2)
    if _WORK_AFTER.match(after) and not _AFTER.match(after):
        to.vote("professional", 2)
    if (
        start > len(text) - 350
        and text[line:start].strip() == ""
        and text[end : text.find("\n", end) if "\n" in text[end:] else None].strip(" ,") == ""
        and len(text) > 300
    ):
        to.vote("professional", 2)
    _years(draft, after, to)


def _title(name: Name, to: Evidence) -> None:
    if re.fullmatch(TITLES_OF_WORK, name.title):
        to.vote("professional", 2)
    if name.title:
        to.grown = True
        to.he += 2 * (gender(name.title) == "he")
        to.she += 2 * (gender(name.title) == "she")


def _label(draft: Draft, before: str, kind: BlockKind | None, line: int) -> str:
    found = _LABEL.match(before)
    if found:
        return found["l"]
    block = draft.document.block_at(line + len(before)) if kind is BlockKind.ANSWER else None
    if block is not None and block.question is not None and draft.text[block.start : line + len(before)].strip() == "":
        return draft.words(draft.document.blocks[block.question])[:60]
    return ""


def _kin(before: str, after: str, to: Evidence) -> None:
    leading, following = _BEFORE.search(before), _AFTER.match(after)
    if leading and following and leading["kin"].lower() == "carer":  # “Carer: Neil Ash (son)”
        leading = None
    for found in (leading, following):
        if not found:
            continue
        kin = found["kin"].lower()
        role = ROLE_OF.get(kin, "")
        if kin in OFFSPRING and _IS_OF_AGE_BEFORE.search(before):
            role, to.grown, to.of_age = "relative", True, True
        if found["of"]:
            role = {"sibling": "relative", "parent": "relative", "child": "sibling"}.get(role, role)
            if found["of"].lower() in ("friend", "neighbour"):
                role = "third-party"
        if role:
            to.vote(role, 2)
            to.he += kin in HE
            to.she += kin in SHE
        return


def _years(draft: Draft, after: str, to: Evidence) -> None:
    age, kin = _AGE.match(after), _AFTER.match(after)
    if age is None and kin is not None and (found := _AGE.match(after, kin.end())):  # “(daughter, 52)”
        age = found if _SURELY_AN_AGE.match(after, found.end()) else None
    if age:
        years = 0 if age["small"] else int(age["age"] or age["age2"])
        to.minor, to.grown = to.minor or years < dates.OF_AGE, to.grown or years >= dates.OF_AGE
        to.old = to.old or years >= _OLD
        to.of_age = to.of_age or (years >= dates.OF_AGE and _SURELY_AN_AGE.match(after, age.end()) is not None)
        return
    born = dates.birth_year(after, draft.date)
    if born:
        years = draft.date.year - born
        to.old = to.old or years >= _OLD
        to.minor, to.grown = to.minor or years < dates.OF_AGE, to.grown or years > dates.OF_AGE
        to.of_age = to.of_age or years > dates.OF_AGE
    elif _CLASS.match(after) or _SPELT_AGE.match(after):
        to.minor = True
