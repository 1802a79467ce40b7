"""A name that occurs once and matches nobody: text that was pasted from another family's letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from referral_lint.model import BlockKind, Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.people.spellings import alike, sound
from referral_lint.understanding.people.words import is_given, is_word

if TYPE_CHECKING:
    from referral_lint.model import Person
    from referral_lint.understanding.draft import Draft
    from referral_lint.understanding.people import Name

# What drafts say of the child they are about.
_OF_THE_CHILD = compiled(
    r"(?:['’]s (?:behaviour|needs|attendance|progress|speech|language|teacher|class|school|mother|mum|father|dad|parents|home|learning|development|safety|education|plan|difficulties|family|diagnosis|sleep|weight|hearing)\b"
    r"| (?:would benefit|will need|needs?|requires?|struggles?|finds|presents?|has difficulty|can (?:be|become|struggle)|is (?:in (?:[Yy]ear|[Rr]eception|[Nn]ursery|Primary|P) ?\d{0,2}|a|an|able|unable|working|currently|not|at risk|often|very|also|making|behind)|was (?:last )?seen|was in (?:his|her)|attends?|lives with|enjoys|has been|continues|displays|shows|appears|likes|has (?:a|an|no|had)|was (?:able|observed|seen|referred)|does not|cannot)\b)"
)


# After a name much like the child's any of these will do.
_OF_ANYBODY = compiled(
    r"(?:['’]s\b| (?:is|was|has|had|does|did|said|says|told|tells|still|also|will|can|wants|likes|loves|came|went|gets|got|and (?:his|her))\b)"
)


# What belongs to the one whom a letter is about, and is sent with it.
_OWN = compiled(
    r"['’]s (?:own )?(?:drawings?|pictures?|logs?|files?|forms?|folder|copy|diary|chart|passport|photos?|photographs?|timetable|paperwork|notes|reports?|book|letter|plan|school|nursery)\b"
)
_KIN_BEFORE = compiled(r"(?i)\b(?:and|or|&|brother|sister|twin|cousin|friend|son|daughter|called|mate|neighbour),? $")


def unknown_name(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A first name that stands once, where the one is meant whom the draft is about."""
    subjects = [p for p in draft.people if p.role in ("child", "adult")]
    heard = [p for p in subjects if sum(m.kind == "name" for m in p.mentions) > 1]
    words = Counter(w.lower() for n in draft.names for w in n.words)
    if draft.kind == "form" and not heard:  # a form need not say again whose it is
        heard = [p for p in subjects if any(m.kind == "name" for m in p.mentions)]
    child = heard[0].name.split()[0].lower() if len(heard) == 1 else ""
    everywhere = [
        p for p in heard if len({draft.document.block_at(m.start) for m in p.mentions if m.kind == "name"}) > 1
    ]
    main = everywhere[0].name.split()[0].lower() if len(everywhere) == 1 else ""
    for name in draft.names:
        stands_once = len(name.words) == 1 and words[name.words[0].lower()] == 1
        about = child if stands_once else main if _fills_a_paragraph(draft, name, words, main) else ""
        if (about and _is_stranger(draft, name, about, words)) or _owns(draft, name, words):
            yield Match(rule, Span(*name.span), {"name": draft.words(name.span)})


def _owns(draft: Draft, name: Name, words: Counter[str]) -> bool:
    """“Enc: log, Simon's drawing”, “cc Leyla Petrie's file”: papers of somebody of whom nothing else is said."""
    word = name.words[0].lower()
    if name.title or words[word] > 1 or not is_given(word) or is_word(word) or not _is_sent(draft, name):
        return False
    family = _family(draft, name)
    if not family or (
        len(name.words) > 1 and name.words[-1].lower() not in {p.name.split()[-1].lower() for p in family}
    ):
        return False
    start = max(0, name.span.start - 20)
    return (
        (_OWN.match(draft.text, name.span.end) is not None or _is_file(draft, name))
        and not _KIN_BEFORE.search(draft.text, start, name.span.start)
        and not draft.is_quoted_offset(name.span.start)
        and not _has_like(word, words)  # last, as it looks at every name of the draft
    )


def _has_like(word: str, words: Iterable[str]) -> bool:
    """Is there another name that this one may be a spelling or a short form of?"""
    return any(alike(word, other) or other.startswith(word) for other in words if other != word)


def _family(draft: Draft, name: Name) -> list[Person]:
    """The child or adult of the draft and the other children, as far as they are named before."""
    roles = ("child", "adult", "sibling")
    return [p for p in draft.people if p.role in roles and p.mentions and p.mentions[0].start < name.span.start]


def _is_sent(draft: Draft, name: Name) -> bool:
    block = draft.document.block_at(name.span.start)
    return block is not None and (block.kind is BlockKind.SIGNATURE or draft.is_own_block(block))


def _is_file(draft: Draft, name: Name) -> bool:
    """“cc: file (Alan Lister)”, “Appendix: log for Jonah”."""
    start = max(0, name.span.start - 20)
    return (
        re.search(r"(?i)\b(?:file|log|form|report|chart)(?: for| \(| of) ?$", draft.text[start : name.span.start])
        is not None
    )


_RHYME = 3  # letters at the end that two names share


def _is_like(word: str, child: str) -> bool:
    """Could one be written for the other by a slip: Gethin and Geraint, Aaron and Erin, Mason and Jason?"""
    is_near = word[0] == child[0] or sound(word) == sound(child) or _ending(word) == _ending(child)
    return is_near and abs(len(word) - len(child)) <= 2


def _ending(name: str) -> str:
    return re.sub(r"(?:ie|ey|i)$", "y", name)[-_RHYME:]


# A sentence, or a clause of it, begins with the name: “I think that Olivia needs”, “because Olivia needs”.
_OPENS = compiled(
    r"""(?i)(?:^|[;:]|\b(?:that|because|as|so|but|when|while|whether|if|since|before|after|until|think|believe|feel|hope|say|says|said|asks?|know|find))[ \-–•*"“]*$"""
)


_A_PARAGRAPH = 100  # characters, from which a block is more than a line of a list


def _fills_a_paragraph(draft: Draft, name: Name, words: Counter[str], child: str) -> bool:
    """Is this the first word of a whole paragraph on somebody who stands in no other, and in which the child does not stand?"""
    block = draft.document.block_at(name.span.start)
    if block is None or block.kind is not BlockKind.PARAGRAPH or block.end - block.start < _A_PARAGRAPH:
        return False
    if draft.text[block.start : name.span.start].strip():
        return False
    here = Counter(w.lower() for n in draft.names_between(block.start, block.end) for w in n.words)
    return (
        here[name.words[0].lower()] > 1
        and child not in here
        and all(here[word.lower()] == words[word.lower()] for word in name.words)
    )


def _is_stranger(draft: Draft, name: Name, child: str, words: Counter[str]) -> bool:
    word = name.words[0].lower()
    if name.title or not is_given(word) or is_word(word) or _has_like(word, words):
        return False
    sentence = draft.sentence_at(name.span.start)
    start = max(sentence.start, draft.text.rfind("\n", 0, name.span.start) + 1)
    opens = _OPENS.search(draft.text[start : name.span.start]) is not None
    introduced = re.match(
        r"(?:['’]s)? ?(?:[,(:]|is (?:his|her|the|a|an|our|my|their) (?:\w+ )?(?:brother|sister|cousin|friend|mum|dad|partner|nan|teacher|worker))",
        draft.text[name.span.end :],
    )
    person = next((p for p in draft.people if any(m.start == name.span.start for m in p.mentions)), None)
    role = person.role if person is not None else "unknown"
    return (
        opens
        and not introduced
        and role in ("unknown", "child")
        and (
            _OF_THE_CHILD.match(draft.text, name.span.end) is not None
            or (_is_like(word, child) and _OF_ANYBODY.match(draft.text, name.span.end) is not None)
        )
        and draft.is_own_offset(name.span.start)
        and not draft.is_quoted_offset(name.span.start)
    )
