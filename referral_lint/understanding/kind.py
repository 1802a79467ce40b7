"""Is it an email, a letter, a form or a note; does it name the family or ask in general?"""

from __future__ import annotations

import re

from referral_lint.model import BlockKind, Document
from referral_lint.patterns import compiled

_NOTE = compiled(r"(?im)^\W*(?:file ?note|case ?note|handover|hand-over|record of|telephone note|note (?:of|for|to))\b")
_SALUTATION = compiled(r"(?im)^[^\S\n]*(?:dear|to whom|for the attention of|re:)\b")
_NO_NAMES = compiled(
    r"(?i)(?<!gets )(?<!has )(?<!takes )(?<!keeps )(?<!sees )(?<!holds )(?<!have )(?<!get )(?<!bears )(?<!gave )\bno[- ]names?\b|\bwithout (?:naming|giving (?:you )?(?:any |the )?names?|any names?|identifying|names)\b"
    r"|\b(?:not|n't|won't|rather not) (?:be )?(?:naming|name|giving (?:you )?(?:the |any |a )?names?|give (?:the |any )?names?)\b"
    r"|\banonym(?:ous(?:ly|ed)?|ised?) (?:advice|enquiry|query|consultation|question|discussion|case|basis)\b"
    r"|\b(?:not|without) (?:saying|telling you) (?:who(?:se)?|which (?:child|family|one|house))\b|\(anonymous\)|\b(?:leav|keep)ing (?:all |the |their |any )?names? out\b|n['’]t need to give (?:us )?any(?:one|body)['’]s names?\b"
    r"|(?:^|[.!\n] ?)anonymous,? please\b|\bleft out anything that(?:['’]d| would| could| might) (?:point|identif|say who)\w*"
    r"|\bhypothetical(?:ly)?\b|\bgeneral (?:advice|enquiry|query|question|discussion)\b"
)


def of(document: Document) -> str:
    if document.media_type == "message/rfc822" or next(document.blocks_of(BlockKind.EMAIL_HEADER), None):
        return "email"
    questions = sum(1 for _ in document.blocks_of(BlockKind.QUESTION, BlockKind.PRINTED))
    head = document.text[:400]
    if _NOTE.search(head):
        return "note"
    if questions >= 6 and not re.search(r"(?im)^[^\S\n]*dear\b", document.text):
        return "form"
    return "letter" if _SALUTATION.search(document.text) else ("form" if questions >= 3 else "note")


def asks_in_general(document: Document) -> bool:
    """Does it say that it names nobody, in the subject, the heading or the first paragraphs?"""
    return _NO_NAMES.search(document.text[:1200]) is not None
