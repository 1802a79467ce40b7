"""What people think, believe or feel of themselves, told by somebody else: a symptom or their own word, and nobody's judgement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.harm_done import spelled
from referral_lint.understanding.whose import gender

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_DATA = facts("of_oneself.yaml")
_WAYS = tuple(compiled(rf"(?i)\b(?:{spelled(way, _DATA['words'])})(?P<rest>[^.;:!?\n]*)$") for way in _DATA["ways"])
_ANOTHER = compiled(rf"(?i)\b(?:{_DATA['another']})\b")
_OF = {"he": "he", "him": "he", "she": "she", "her": "she", "they": "", "them": ""}


def is_of_oneself(draft: Draft, span: Span) -> bool:
    """Do the words at the span say what somebody thinks or feels of themselves?"""
    said = draft.text[draft.sentence_at(span.start).start : span.end]
    return any(_is_same(found) for way in _WAYS for found in way.finditer(said))


def _is_same(found: re.Match[str]) -> bool:
    """Is it of the one who thinks it, and has the sentence gone on to nobody else since?"""
    of, who = (found.groupdict().get("of") or "").lower(), found["who"]
    thinker, thought_of = gender(who), _OF.get(of, "")
    if thinker and thought_of and thinker != thought_of:
        return False
    return _ANOTHER.search(found["rest"]) is None
