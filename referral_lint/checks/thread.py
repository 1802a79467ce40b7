"""Other families in the earlier messages below a draft: whoever forwards a thread forwards them too."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from referral_lint.model import BlockKind, Span
from referral_lint.patterns import compiled
from referral_lint.phrasing import listed
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding import naming
from referral_lint.understanding.needles import Sought

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft
    from referral_lint.understanding.people import Name

MANY = 2  # households apart from that of the draft
_LISTED = 3  # names side by side, which are a list whatever it is of
# What is said of children and of homes, and not of people at work.
_AT_HOME = Sought(
    r"(?i)\b(?:lates?|absen(?:t|ces?)|off (?:sick|ill|today)|attendance|pupils?|child(?:ren)?|kids?|boys?|girls?|lads?|(?:his|her|their|the|same) class|classmates?"
    r"|year \d{1,2}|y\d{1,2}|reception|nursery|born|d\.?o\.?b\.?|mums?|mams?|mothers?|dads?|fathers?|parents?|nan|gran|brothers?|sisters?|siblings?|twins?"
    r"|exclu(?:ded|sion)|suspended|detention|free school meals|tenants?|arrears|rent|evict\w*|neighbours?|complain\w*|(?:at|number|no\.?|flat|house) \d{1,4})\b"
)
# Of one household alone these say that it is another one.
_ANOTHER = Sought(
    r"(?i)\b(?:(?:his|her|their|the|same|in) (?:same )?class|classmates?|(?:an)?other (?:child|pupil|boy|girl|lad|parent|mum|dad|family|tenant|household|patient|resident)"
    r"|friends?|mates?|neighbours?|next door|complain\w*|(?:number|no\.?|flat|house) \d{1,4})\b"
)
_AT_WORK = Sought(
    r"(?i)\b(?:present:|apologies|attendees|attending|in attendance|invited|copied in|minutes by|rota|training|governors?|interviews?)"
)
_HEADER = compiled(r"(?i)[ \t]*(?:from|sent|date|to|cc|bcc|subject)[ \t]*:")
_GREETING = 25  # characters of a line that may be no more than “Hi Ann” or “Thanks, Bea”
_SIDE_BY_SIDE = compiled(r"(?:,|;|\s+and|,\s+and|\s*&|\s*/)?\s+(?:and\s+)?")


def other_families(draft: Draft, rule: Rule) -> Iterator[Match]:
    """The first person of another household in the quoted chain; the others are related places."""
    ours = {word.lower() for name in draft.names if not _is_below(draft, name) for word in name.words}
    writers = _correspondents(draft)
    found = [name for name in draft.names if _is_below(draft, name) and _is_of_a_family(draft, name, ours, writers)]
    households = {name.words[-1].lower(): name for name in reversed(found)}
    if len(households) >= MANY or any(_is_another(draft, name, ours) for name in households.values()):
        first = [draft.words(_titled(draft, name)) for name in sorted(households.values(), key=lambda n: n.span)]
        places = list(_joined(draft, [_titled(draft, name) for name in found]))
        yield Match(rule, places[0], {"names": _quoted(first)}, related=tuple(places[1:]))


def _is_below(draft: Draft, name: Name) -> bool:
    block = draft.document.block_at(name.span.start)
    return block is not None and block.kind is BlockKind.QUOTED


def _line(draft: Draft, name: Name) -> str:
    start = draft.text.rfind("\n", 0, name.span.start) + 1
    end = draft.text.find("\n", name.span.end)
    return draft.text[start : end if end > 0 else len(draft.text)]


def _is_of_a_writer(draft: Draft, name: Name) -> bool:
    """Does it stand in the head of a message, in its greeting or below it?"""
    line = _line(draft, name)
    return _HEADER.match(line) is not None or (len(line.strip()) < _GREETING and not line.strip().endswith("."))


def _correspondents(draft: Draft) -> set[str]:
    """Words of the names of those who wrote and received the earlier messages."""
    return {
        word.lower()
        for name in draft.names
        if _is_below(draft, name) and _is_of_a_writer(draft, name)
        for word in name.words
    } | set(naming.others(draft))


def _is_of_a_family(draft: Draft, name: Name, ours: set[str], writers: set[str]) -> bool:
    """Is it a whole name, of nobody whom the draft itself names and of nobody at work, where homes or children are spoken of?"""
    if _is_of_a_writer(draft, name) or (len(name.words) < 2 and not name.title):
        return False
    words = {word.lower() for word in name.words}
    if words & ours or name.words[-1].lower() in writers or name.title.startswith(("Dr", "Prof")):
        return False
    sentence = draft.sentence_at(name.span.start)
    if draft.has(_AT_WORK, sentence) or _is_at_work(draft, name, sentence):
        return False
    if name.title and len(name.words) < 2:
        return draft.has(_ANOTHER, sentence)  # “Mrs Hart” is as often a teacher
    return draft.has(_AT_HOME, sentence) or len(draft.names_between(*sentence)) >= _LISTED


def _is_at_work(draft: Draft, name: Name, sentence: Span) -> bool:
    person = next((p for p in draft.people if any(m.start == name.span.start for m in p.mentions)), None)
    if person is not None and person.role == "professional":
        return True
    return naming.STAFF.search(draft.text, max(sentence.start, name.span.start - 30), name.span.end + 30) is not None


def _is_another(draft: Draft, name: Name, ours: set[str]) -> bool:
    """Where the draft names its own family: is this one said to be another pupil, tenant, neighbour?"""
    return bool(ours) and draft.has(_ANOTHER, draft.sentence_at(name.span.start))


def _titled(draft: Draft, name: Name) -> Span:
    start = draft.text.rfind(name.title, 0, name.span.start) if name.title else name.span.start
    return Span(start, name.span.end)


def _joined(draft: Draft, places: list[Span]) -> Iterator[Span]:
    """Names that stand side by side are one place."""
    if not places:
        return
    start = places[0].start
    for last, place in pairwise(places):
        if not _SIDE_BY_SIDE.fullmatch(draft.text, last.end, place.start):
            yield Span(start, last.end)
            start = place.start
    yield Span(start, places[-1].end)


def _quoted(names: list[str]) -> str:
    """The first two, and how many there are besides."""
    shown = [f"“{name}”" for name in names[:2]]
    rest = len(names) - len(shown)
    return listed([*shown, f"{rest} more"] if rest else shown)
