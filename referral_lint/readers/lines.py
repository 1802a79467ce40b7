"""What one line of a form holds: printed questions, typed answers, tick boxes.

Offsets are characters of the line. Nothing here looks at the lines around it: see `layout`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from referral_lint.boxes import BOXES, TICKED, TICKS
from referral_lint.model import BlockKind
from referral_lint.patterns import compiled

LONGEST = 4_000  # characters; a longer line is prose, whatever it holds

QUESTION, ANSWER, OPTION = BlockKind.QUESTION, BlockKind.ANSWER, BlockKind.OPTION


class Piece(NamedTuple):
    """One stretch of a line: characters `start` to `end` (exclusive) of it."""

    start: int
    end: int
    kind: BlockKind
    ticked: bool | None = None


NUMBER = r"(?:\(?(?:\d{1,2}(?:\.\d{1,2}){0,2}[a-z]?|[A-Za-z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2})+|Q\d{1,2}[.:)]?)"
_NUMBERED = compiled(rf"{NUMBER}[ \t]+")
_OF_A_PART = compiled(r"(?i)\A(?:(?:section|part|box|question)[ ]+)?[a-z]?\d{0,2}[.):][ ]+")
_DASHED = compiled(r"\s*[-–—*•·‣◦▪▫●○]\s")
BOX = (  # drawn as one character or typed in brackets
    rf"[{BOXES}]"
    r"|\[(?:[ _]{0,3}|[ _]?[xX✓✔√✗✘][ _]?)\]"
    r"|\{(?:[ _]{0,3}|[ _]?[xX✓✔√✗✘][ _]?)\}"
    r"|\((?:[ _]{1,3}|[ _]?[xX✓✔√✗✘][ _]?)\)"
)
_BOX = compiled(rf"{BOX}|(?<!\S)[{TICKS}](?!\w)")
_TICK = compiled(f"[{TICKED}]")
_GAP = compiled(r"[ \xa0]{2,}|[ \xa0]*\t[ \t\xa0]*|[ \xa0]\|[ \xa0]")
_YES_NO = compiled(
    r"\(?(?P<yes>\[?\b(?:Y|YES|Yes|yes)\b\]?)\*?[ ]?/[ ]?(?P<no>\[?\b(?:N|NO|No|no)\b\]?)\*?\)?:?"
    r"(?P<note>[ ]{0,3}\(?(?:please )?(?:delete|circle|tick)\b[^()\n]{0,40}\)?)?"
)
_LABEL = compiled(rf"(?P<words>[^:?\n]{{1,140}}?)[ ]?(?P<mark>[:?])(?=\s|$|[{BOXES}\[])")
_DATED = compiled(
    r"\d(?:st|nd|rd|th)?[ ]?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)|\d/\d|\d[.:]\d\d ?[ap]m", re.I
)
_SPOKEN = compiled(
    r"\b(?:told|tells|said|says|saying|wrote|writes|asked|asks|replied|stated|states|added|reported|shouted)\b",
    re.I,
)
_OPENS_PROSE = compiled(
    r"(?:I|We|He|She|They|It|There|This|That|These|Those|You|And|But|So|Because|Then|When I|Mr|Mrs|Ms|Miss|Dr|Not|No"
    r"|Yes|Please|Could|Can|Note|NB|Thanks|Thank|Dear|Hi|Hello|If|As|PS)\b",
)
_GOES_ON = compiled(r"\s*(?:he|she|they|it)\b")
# Words that are an option wherever a form prints them, and never the value that somebody typed before a row of boxes.
_ANSWER = compiled(
    r"(?i)\s*(?:y|n|yes|no|none|never|n/?a|n/?k|not (?:known|applicable)|unknown|low|high|male|female)\s*"
)
# What is said of a choice, behind the last box: "- see below", "(since May)", "please say", "in 2025", "Date: 3 May".
_REMARK = compiled(
    r"[-–—(,;:]|(?:please|if|in|on|since|by|at|from|for|see|as|but|with|until|about|because)\b"
    r"|(?:[Ii]f|[Pp]lease|[Dd]ate|[Ww]hen|[Ww]hy|[Ww]ho|[Bb]y whom|[Dd]etails|[Cc]omments?|[Nn]otes?|[Rr]easons?)\b[^:?]{0,30}[:?]"
)
_ASKS = compiled(
    r"(?:what|who|whom|whose|when|where|which|why|how|is|are|am|was|were|do|does|did|has|have|had|can|could|will|would"
    r"|should|may|any|anything|anyone|in what|for how|to what|at what|on what|by whom|if)\b",
    re.I,
)

# Whoever says “he”, “her” or “I” speaks of somebody: a form prints “he/she”, “the child” or “you”. (“We” may be the form's own.)
_PERSON = compiled(r"(?<![/\w(])(?:I|[Mm]e|[Mm]y|[Hh]e|[Ss]he|[Hh]im|[Hh]ers?|[Hh]is|[Hh]imself|[Hh]erself)\b(?![/(])")
_OPENS_WITH_PERSON = compiled(
    rf"(?:{_PERSON.pattern}|(?:They|Mum|Dad|Mr|Mrs|Ms|Miss|Dr)\b(?![/(])|(?:We|You)['’](?:ve|re|ll|d)\b)(?!['’]s\b)(?:\W+\w+){{3}}"
)
_REQUEST = compiled(
    r"(?i)(?:please\W+)?(?:can|could|would|will|shall|should|do|must) (?:i|we|you|some(?:one|body)|any(?:one|body))\b"
)
_AT_ONCE = compiled(
    r"(?i)\b(?:now|today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening)|last night|at the moment)\b"
)
_SENTENCES = compiled(r"(?<=[.!;])(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)(?<!no\.)[”\"’')]?\s+|(?<=\?)\s+")
_GUIDES = compiled(
    r"(?i)\W*(?:please|include|list|give|say|tell us|describe|tick|circle|state|see|use|note|think|consider|attach|explain"
    r"|provide|continue|complete|write|add|enter|record|specify|if|for example|e\.g|this|these|you|your)\b"
)


def split_line(text: str, *, form: bool = False) -> list[Piece]:
    """The questions, answers and tick boxes of one line; an empty list if it is plain prose.

    `form` says that the document is known to be a form: then "How soon? By Friday." is a question and its answer,
    and a line that ends in a question mark is a question. Without it such a line stays prose.
    """
    if len(text) > LONGEST or not text.strip():
        return []
    boxes = list(_BOX.finditer(text))
    if not boxes and _DASHED.match(text):
        return []  # a list that somebody typed
    if boxes:
        pieces = _boxed(text, boxes, form)
    elif found := _yes_no(text):
        pieces = _choice(text, found, form)
    else:
        pieces = list(_fields(text, 0, len(text), form))
        if not any(p.kind is QUESTION for p in pieces):
            return []
    return [p for p in pieces if p.end > p.start]


def is_label(words: str, longest: int = 8) -> bool:
    """Whether these words, that stand before a colon, are a printed label and not the start of a sentence."""
    words = _unnumbered(words.strip())
    if not words or len(words.split()) > longest or re.search(r"[.!;] ", words):
        return False
    if _DATED.search(words) or not any(c.isalpha() for c in words):
        return False
    if _ASKS.match(words):
        return True
    return not (_OPENS_PROSE.match(words) or _SPOKEN.search(words) or words[0].islower())


def is_told(words: str, *, printed: bool = False) -> bool:
    """Whether words that end in a question are the writer's own and no form's: “He is on the roof. Can you come?”

    What is in doubt is the writer's, unless it looks `printed`: nothing that somebody tells may fall silent.
    """
    words = _OF_A_PART.sub("", _unnumbered(words.strip()), count=1)
    people = _PERSON.search(words) is not None
    sentences = _SENTENCES.split(words)
    if any(not s.endswith("?") and (_speaks(s) or not (printed or _GUIDES.match(s))) for s in sentences[:-1]):
        return True
    if any(_OPENS_WITH_PERSON.match(s) or _ends_in_request(s) for s in sentences):
        return True
    if len(sentences) == 1 and _ASKS.match(words) and not _REQUEST.match(words):
        return False  # “Is she in danger tonight?” is printed too; beside a label it is an answer all the same
    return people and any(_AT_ONCE.search(s) or _DATED.search(s) or _REQUEST.match(s) for s in sentences)


def is_of_somebody(words: str) -> bool:
    """Whether a question speaks of somebody, asks the reader for something, or of a day: in an answer's place nobody prints it."""
    return any(sign.search(words) for sign in (_PERSON, _REQUEST, _AT_ONCE, _DATED))


def _ends_in_request(sentence: str) -> bool:
    """ "Tyler is at the gate, can you come?" """
    told, comma, asked = sentence.rpartition(", ")
    return bool(comma and _REQUEST.match(asked) and not _GUIDES.match(told) and not _ASKS.match(told))


def _speaks(sentence: str) -> bool:
    return bool(_PERSON.search(sentence) or _DATED.search(sentence) or _OPENS_WITH_PERSON.match(sentence))


def _unnumbered(words: str) -> str:
    found = _NUMBERED.match(words)
    return words[found.end() :] if found else words


def _trimmed(text: str, start: int, end: int, kind: BlockKind, ticked: bool | None = None) -> Piece:
    words = text[start:end]
    return Piece(start + len(words) - len(words.lstrip()), start + len(words.rstrip()), kind, ticked)


# --- labels and their values


def _columns(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between runs of spaces, tabs and upright bars."""
    at = start
    for gap in _GAP.finditer(text, start, end):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < end:
        yield at, end


def _fields(text: str, start: int, end: int, form: bool) -> Iterator[Piece]:
    """`Label: value` pairs. A column without a label goes on with the value before it."""
    open_at: int | None = None  # where the value began
    last = start
    for a, b in _columns(text, start, end):
        found = _label_in(text, a, b, form)
        if found is None and form and a == start and _bare_label(text[a:b], text[b:end]):
            found = b
        if found is None:
            open_at = a if open_at is None else open_at
        else:
            if open_at is not None:
                yield _trimmed(text, open_at, last, ANSWER)
            yield _trimmed(text, a, found, QUESTION)
            open_at = found if text[found:b].strip() else None
        last = b
    if open_at is not None:
        yield _trimmed(text, open_at, last, ANSWER)


def _label_in(text: str, start: int, end: int, form: bool) -> int | None:
    """Where the label that opens this column ends, or None."""
    numbered = _NUMBERED.match(text, start, end)
    found = _LABEL.match(text, numbered.end() if numbered else start, end)
    if found is None:
        return None
    words, alone = found["words"], not text[found.end() : end].strip()
    if found["mark"] == ":":
        opens_quote = re.match(r"\s*[\"“‘']", text[found.end() : end])
        if opens_quote and " " not in words.strip():
            return None
        if numbered is None and _GOES_ON.match(text[found.end() : end]):
            return None  # "Ongoing: he checks her phone" is the writer's own sentence
        return found.end() if is_label(words, 14 if form and alone else 8) else None
    in_columns = start > 0 or (alone and end < len(text.rstrip()))
    asked = len(words.split()) <= 25 and not re.search(r"[.!;] ", words)
    asked = asked and not (not text[found.end() :].strip() and is_told(f"{words}?"))
    return found.end() if asked and (in_columns or numbered or (form and (alone or _ASKS.match(words)))) else None


def _bare_label(words: str, rest: str) -> bool:
    """ "Service user      Bethan Ruddle": a label without its colon, in a form."""
    return (
        bool(re.match(r"[ ]{3,}\S|[ ]*\t", rest))
        and words[:1].isupper()
        and len(words.split()) <= 3
        and is_label(words)
    )


# --- Yes / No in words


def _yes_no(text: str) -> re.Match[str] | None:
    """A printed choice, if it stands where a form prints one."""
    found = _YES_NO.search(text)
    if found is None:
        return None
    before = text[: found.start()].rstrip()
    wide = found.start() - len(before) > 1
    printed = not before or before[-1] in "?:" or wide or found[0].startswith("(")
    return found if printed else None


def _choice(text: str, found: re.Match[str], form: bool) -> list[Piece]:
    after = found.end()
    typed = text[after:].strip(" \t:-").lower()
    said = None if not typed else typed[0] == "y" if re.match(r"(y|n|yes|no)\b", typed) else None
    marked = [found[name].startswith("[") for name in ("yes", "no")]
    ticked = tuple(marked) if any(marked) else (None, None) if said is None else (said, not said)
    pieces = _lead(text, found.start(), form)
    pieces += [_trimmed(text, *found.span(name), OPTION, t) for name, t in zip(("yes", "no"), ticked, strict=True)]
    if found["note"]:
        pieces.append(_trimmed(text, *found.span("note"), QUESTION))
    return [*pieces, *_fields(text, after, len(text), form)]


def _lead(text: str, end: int, form: bool, start: int = 0) -> list[Piece]:
    """What stands before the first box: fields, the last of which is the question."""
    pieces = list(_fields(text, start, end, form))
    if pieces and pieces[-1].kind is ANSWER:
        last = pieces[-1]
        words = text[last.start : last.end]
        if len(pieces) == 1 or words.endswith(("?", ":")):
            pieces[-1] = last._replace(kind=QUESTION)
    return pieces


# --- tick boxes


def _boxed(text: str, boxes: list[re.Match[str]], form: bool) -> list[Piece]:
    if _stands_after(text, boxes):
        return _boxes_after(text, boxes, form)
    pieces = _lead(text, boxes[0].start(), form)
    for i, box in enumerate(boxes):
        end = boxes[i + 1].start() if i + 1 < len(boxes) else len(text)
        words_end, rest = _option_end(text, box.end(), end, last=i + 1 == len(boxes), form=form)
        pieces.append(_trimmed(text, box.start(), words_end, OPTION, bool(_TICK.search(box[0]))))
        pieces += rest
    return pieces


def _stands_after(text: str, boxes: list[re.Match[str]]) -> bool:
    """Whether a box follows its words ("Yes ☐ No ☐") and does not precede them ("☐ Yes ☐ No")."""
    *label, before = re.split(r"[?:]", text[: boxes[0].start()])
    words, at = before.split(), boxes[-1].end()
    if not words:
        return False
    if not text[at:].strip() or (_GAP.match(text, at) is not None and (_tick_only(boxes) or len(words) <= 3)):
        return True
    return bool(label) and (_ANSWER.fullmatch(before) is not None or _goes_on_after(text, at))


def _goes_on_after(text: str, at: int) -> bool:
    """Whether what stands behind the last box is no option of its own: a remark, or the next label."""
    lead = at + len(text[at:]) - len(text[at:].lstrip())
    return _REMARK.match(text, lead) is not None


def _tick_only(boxes: list[re.Match[str]]) -> bool:
    return all(box[0] in TICKS for box in boxes)


def _boxes_after(text: str, boxes: list[re.Match[str]], form: bool) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for box in boxes:
        words_at = _option_start(text, at, box.start())
        if text[at:words_at].strip():
            pieces += _lead(text, words_at, form, at)
        pieces.append(_trimmed(text, words_at, box.end(), OPTION, bool(_TICK.search(box[0]))))
        at = box.end()
    few = _tick_only(boxes) and len(text[at:].split()) in (1, 2, 3) and ":" not in text[at:]
    if few or _ANSWER.fullmatch(text, at):
        return [*pieces, _trimmed(text, at, len(text), OPTION, False)]  # "Yes ✓   No": the one without a tick
    return [*pieces, *_fields(text, at, len(text), form)]


def _option_start(text: str, start: int, end: int) -> int:
    """Where the words before a box begin: after the last question, label or wide gap (not the gap at the box)."""
    words = text[start:end].rstrip()
    at = 0
    for mark in re.finditer(r"[?:](?=\s)|" + _GAP.pattern, words):
        at = mark.end()
    return start + at


def _option_end(text: str, start: int, end: int, *, last: bool, form: bool) -> tuple[int, list[Piece]]:
    """Where the words after a box end, and what comes between them and the next box."""
    lead = start + len(text[start:end]) - len(text[start:end].lstrip())
    for gap in _GAP.finditer(text, lead, end):
        if not text[gap.end() : end].strip():
            break
        if last:
            return gap.start(), list(_fields(text, gap.end(), end, form))
        pieces = _lead(text, end, form, gap.end())
        if any(p.kind is QUESTION for p in pieces):
            return gap.start(), pieces
    return end, []
