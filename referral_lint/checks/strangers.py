"""A name that occurs once and matches nobody: text that was pasted from another family's letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.people.spellings import alike, sound
from referral_lint.understanding.people.words import is_given, is_word

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft
    from referral_lint.understanding.people import Name

# What drafts say of the child they are about.
_OF_THE_CHILD = re.compile(
    r"(?:['’]s (?:behaviour|needs|attendance|progress|speech|language|teacher|class|school|mother|mum|father|dad|parents|home|learning|development|safety|education|plan|difficulties|family|diagnosis|sleep|weight|hearing)\b"
    r"| (?:would benefit|will need|needs?|requires?|struggles?|finds|presents?|has difficulty|can (?:be|become|struggle)|is (?:a|an|able|unable|working|currently|not|at risk|often|very|also|making|behind)|was (?:last )?seen|was in (?:his|her)|attends?|lives with|enjoys|has been|continues|displays|shows|appears|likes|has (?:a|an|no|had)|was (?:able|observed|seen|referred)|does not|cannot)\b)"
)


# After a name much like the child's any of these will do.
_OF_ANYBODY = re.compile(
    r"(?:['’]s\b| (?:is|was|has|had|does|did|said|says|told|tells|still|also|will|can|wants|likes|loves|came|went|gets|got|and (?:his|her))\b)"
)


def unknown_name(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A first name that stands once, where the child is meant, in a draft about one other child."""
    subjects = [p for p in draft.people if p.role in ("child", "adult")]
    heard = [p for p in subjects if sum(m.kind == "name" for m in p.mentions) > 1]
    if len(heard) != 1:
        return
    words = Counter(w.lower() for n in draft.names for w in n.words)
    child = heard[0].name.split()[0].lower()
    for name in draft.names:
        if _is_stranger(draft, name, words, child):
            yield Match(rule, Span(*name.span), {"name": draft.words(name.span)})


def _is_like(word: str, child: str) -> bool:
    """Could one be written for the other by a slip: Gethin and Geraint, Aaron and Erin?"""
    return abs(len(word) - len(child)) <= 2 and (word[0] == child[0] or sound(word) == sound(child))


def _is_stranger(draft: Draft, name: Name, words: Counter[str], child: str) -> bool:
    if len(name.words) != 1 or name.title or words[name.words[0].lower()] > 1:
        return False
    word = name.words[0].lower()
    if (
        not is_given(word)
        or is_word(word)
        or any(alike(word, other) or other.startswith(word) for other in words if other != word)
    ):
        return False
    sentence = draft.sentence_at(name.span.start)
    start = max(sentence.start, draft.text.rfind("\n", 0, name.span.start) + 1)
    opens = draft.text[start : name.span.start].strip(' -–•*"“') == ""
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
