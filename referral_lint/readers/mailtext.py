"""Which lines of a message are not the draft itself: earlier messages, sign-offs, disclaimers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from referral_lint.model import BlockKind
from referral_lint.patterns import compiled
from referral_lint.readers.headings import GREETING
from referral_lint.readers.lines import BOX

Zone = tuple[BlockKind, int]  # the kind of a line and, for quoted text, how deep

_QUOTE = compiled(r"(?:>[ ]?){1,20}")
_WROTE = compiled(r"(?:On|Am|Le) .{4,200}(?:wrote|writes|schrieb|a écrit) ?:$")
_WROTE_OPENS = compiled(r"On .{0,60}(?:\d{4}|\d{1,2}:\d{2}|\bat\b)")
_RULED = compiled(
    r"[-_=*~ ]{0,40}(?:begin )?(?:original|forwarded|replied|reply) (?:message|email|e-mail)"
    r"(?: (?:from|follows) .{0,80})?:?[-_=*~ ]{0,40}$",
    re.I,
)
_SENDER = compiled(r"\*{0,2}From:\*{0,2}(?:\s|$)", re.I)
_OTHER_HEADER = compiled(r"\*{0,2}(Sent|Date|To|Cc|Subject|Reply-To):\*{0,2}(?:\s|$)", re.I)
_RULE = compiled(r"_{20,}$")  # Outlook's line above the message that it answers

# What stands above an earlier message: somebody passes it on. A title, a letterhead or a form's instructions say nothing.
_PASSES_ON = compiled(
    r"\b(?:fyi|pls|plz|thanks|thank you|cheers|see below|below (?:is|are|from)|(?:as|e-?mail|message|chain|thread|reply|note) below"
    r"|(?:can|could|would|will) you|(?-i:I(?:['’](?:m|ve|ll|d))? [a-z]+)"
    r"|please(?! (?:complete|fill|return|print|use|type|tick|write|note|send|e-?mail|submit|refer|answer|give|state|provide|ensure)\b))\b",
    re.I,
)
_NAMED = compiled(r"(?:morning|afternoon|evening)(?: \w+){2,}$", re.I)  # a service, as in “Evening Support Service”
_WITHOUT_STOP = 13  # words of a line that is no title, though no full stop ends it
_INSTRUCTS = compiled(
    r"(?i)\b(?:forms?|sections?|completed?|returned?|referrers?|guidance|block capitals|999|immediate danger|registered)\b|@|www\."
)
_MOST_ABOVE = 15  # lines of a title and a letterhead

_CLOSING = compiled(
    r"(?:(?:with )?(?:(?:very|many|kind|kindest|best|warm|warmest|all good|every good) )?(?:regards|thanks|wishes)"
    r"|(?:many )?thanks (?:again|in advance|so much|all|as ever|as always|a mill(?:ion)?|and (?:kind |best )?regards)"
    r"|thank you(?: so much| very much| in advance| in anticipation| for your (?:help|time|support))?"
    r"|with (?:best|kind|warm|many|every|warmest|kindest) [\w ]{4,20}|(?:every )?blessings?"
    r"|(?:i remain, )?yours(?: \w{3,10}| in \w{4,12})?|sincerely|faithfully|respectfully|best|all the best"
    r"|yn gywir|yr eiddoch (?:yn|chi) [\w ]{3,12}|diolch(?: yn fawr)?|cofion(?: cynnes)?"
    r"|take care|speak soon|signed|ta|cheers|kr|br)[,.!:\s]{0,3}$",
    re.I,
)
_FORM_LINE = compiled(rf"{BOX}|^(?!(?:tel|mob|email|phone|direct|ref)\b)[^:]{{2,40}}:$", re.I)
# A sign-off says nothing of anybody: “PS …”, “He has …”, “Her mum is …”.
_SAYS = compiled(
    r"(?:P\.? ?S\b\.?|(?:(?:He|She|They)(?:['’](?:s|ve|re|ll))?|(?:Her|His|Their) [a-z]+|(?:Mum|Dad)) (?:is|are|has|have|was|were|had|will|can|just|says?|said)?\b)"
    r"[ :,–-].*\w+ \w+"
)
_DEVICE = compiled(r"(?:sent from (?:my|outlook|yahoo|mail)\b|get outlook for\b|sent (?:via|with) )", re.I)
_BANNER = compiled(
    r"\W{0,6}(?:external(?: sender| email| mail)?\b.{0,40}(?:email|mail|sender|external|outside)|disclaimer\b"
    r"|confidentiality (?:notice|statement|warning)"
    r"|(?:caution|warning|\[?external\]?)[:!].{0,200}"
    r"|(?:the information (?:contained )?in )?this (?:e-?mail|message|communication|transmission|document)"
    r"(?:,? (?:and|including|together|with|is|may|any|its?|contains?|message).{0,160})?"
    r"(?:confidential|privileged|intended (?:solely |only )?for"
    r"|originated (?:from )?outside|came from outside|was sent from outside)"
    r"|if you (?:have received|are not the intended|received|do not recogni[sz]e)"
    r"|please consider the environment|this (?:e-?mail|message) (?:has been|was) (?:scanned|sent|checked)"
    r"|.{0,40}\b(?:accepts no (?:liability|responsibility)|is (?:a )?registered (?:in england|charity|office))\b"
    r"|you don't often get email from|do not click (?:on )?(?:any )?(?:links|attachments)).*",
    re.I,
)
# What an organisation prints under everything it sends: looked for below a sign-off alone.
_FOOTER = compiled(
    r"\b(?:please consider the environment|(?:e-?mail|message|letter|response) (?:is|may be) (?:\S+ ){0,6}(?:disclos|subject to)"
    r"|freedom of information|data protection (?:act|legislation)|privacy notice|in large print|another (?:language|format)|braille|easy[ -]read"
    r"|registered (?:charity|office|company|in england)|(?:rated|provider) (?:as )?(?:good|outstanding)\b|rated (?:good|outstanding)"
    r"|living wage employer|disability confident|(?:information|content)s? (?:in|of) this (?:e-?mail|message))",
    re.I,
)
_PRINTED = compiled(
    r"(?i)\b(?:e-?mails?|attach\w+|recipients?|sender|confidential\w*|privileged|liab\w+|virus\w*|links?|deleted?|disclos\w+|cop(?:y|ies|ying)"
    r"|unauthori[sz]ed|opinions|registered|monitor\w*|intended|notify|www|website|data protection|privacy|council|trust|security|print(?:ing|ed)?)\b"
)
_BARE_EXTERNAL = compiled(r"\W{0,6}(?:external|external (?:sender|email|e-mail|mail))\W{0,6}$", re.I)
_MARKING = compiled(
    r"\W{0,3}(?:(?:UK )?(?:OFFICIAL|TOP SECRET|SECRET|RESTRICTED|PROTECT|NOT PROTECTIVELY MARKED|UNCLASSIFIED)"
    r"(?:[ \-–:/]{1,3}(?:SENSITIVE|PERSONAL(?: DATA)?|PRIVATE|STAFF|COMMERCIAL|LOCSEN|WHEN COMPLETE[D]?)){0,3}"
    r"|(?:NHS |STRICTLY |PRIVATE (?:AND|&) |HIGHLY )?CONFIDENTIAL"
    r"(?: WHEN COMPLETED?|[ \-–:]{1,3}(?:PERSONAL|MEDICAL|PATIENT DATA))?"
    r"|(?:STRICTLY |MEDICAL |PRIVATE )?IN[ -](?:STRICT |STRICTEST )?CONFIDENCE)\W{0,3}$"
)


def zones(lines: Sequence[str], known: Sequence[Zone | None] = (), *, letter: bool = False) -> list[Zone | None]:
    """For each line (without its ends): what it is if it is not part of the draft, else None.

    `known`: what the format itself says of each line, if it says anything. `letter`: the draft's own headers, if it has
    any, are not among the lines.
    """
    found: list[Zone | None] = list(known) or [None] * len(lines)
    _mark_quoted(lines, found, letter)
    _mark_banners(lines, found)
    return found


def mark_signature(lines: Sequence[str], found: list[Zone | None], *, form: bool = False) -> None:
    """Mark the sign-off and the print below it in what `zones` found; at the end of a `form` one word alone is an answer, not a name."""
    own = [i for i, zone in enumerate(found) if zone is None and lines[i]]
    start = _signature_start(lines, own)
    if start is None:
        start = _lone_name(lines, own)
        start = None if start is not None and form and " " not in lines[own[start]] else start
    for n in range(len(own) if start is None else start, len(own)):
        if _is_prose(lines[own[n]]) and _FOOTER.search(lines[own[n]]):
            found[own[n]] = (BlockKind.BANNER, 0)
            continue
        if _is_prose(lines[own[n]]) or _SAYS.match(lines[own[n]]) or _FORM_LINE.search(lines[own[n]]):
            break  # a postscript is the writer's own
        found[own[n]] = (BlockKind.SIGNATURE, 0)
    for i in own:
        if _DEVICE.match(lines[i]) and len(lines[i]) < 80:
            found[i] = (BlockKind.SIGNATURE, 0)


# --- earlier messages


def _mark_quoted(lines: Sequence[str], found: list[Zone | None], letter: bool) -> None:
    depth = 0
    above = _Above(letter)
    for i, line in enumerate(lines):
        known = found[i]
        if not line or known is not None:
            above.said |= known is not None and known[0] is BlockKind.QUOTED
            continue
        level, below = _opens_quote(lines, i)
        below = below or (not level and above.is_a_message(lines, i))
        if below and any(zone is not None and zone[0] is BlockKind.QUOTED for zone in found[i + 1 : i + 4]):
            level, below = 1, False  # the format marks the earlier message itself
        if below:
            depth += 1 if not (depth and _RULED.match(lines[i - 1] if i else "")) else 0
        if level:
            found[i] = (BlockKind.QUOTED, level)
        elif depth:
            found[i] = (BlockKind.QUOTED, depth)
        above.take(lines, i, earlier=found[i] is not None)


@dataclass
class _Above:
    """What stands above a line. Only below a message, or a program's own sign, does a block of headers begin an earlier one.

    Below a title or a letterhead such a block is the draft's own: a form or a memorandum says from whom to whom it goes.
    """

    letter: bool  # the draft's own headers were read already
    said: bool = False  # somebody says something there
    lines: int = 0
    headed: bool = False  # a block of headers that is the draft's own stands there

    def is_a_message(self, lines: Sequence[str], i: int) -> bool:
        """Does line `i` begin the headers of an earlier message?"""
        names = _header_block(lines, i)
        if not names or self.said:
            return bool(names)
        by_program = self.letter and ("sent" in names or ("subject" in names and not self.lines))
        self.headed = not (by_program or self.lines > _MOST_ABOVE)
        return not self.headed

    def take(self, lines: Sequence[str], i: int, *, earlier: bool) -> None:
        line = lines[i]
        if earlier or (_RULE.match(line) and not self.lines):
            self.said = True
        elif not (_SENDER.match(line) or _OTHER_HEADER.match(line) or _RULE.match(line) or _MARKING.match(line)):
            self.lines += 1
            self.said = self.said or self.headed or _says_something(lines, i)


def _says_something(lines: Sequence[str], i: int) -> bool:
    """Is it a line of somebody's message, rather than of a title, a letterhead or a form's instructions?"""
    line = lines[i][:400]
    if len(line) < 60 and ((GREETING.match(line) and not _NAMED.match(line)) or _CLOSING.match(line)):
        return True
    if _DEVICE.match(line) or _PASSES_ON.search(line):
        return True
    words = len(line.split())
    if words >= 3 and line[0].islower() and not (i and lines[i - 1]):
        return True  # written in a hurry; a title begins with a capital
    ends = (words >= 6 and line.endswith((".", "!", "?"))) or words >= _WITHOUT_STOP
    return ends and not (_INSTRUCTS.search(line) or _BANNER.match(line) or _FOOTER.search(line))


def without_marks(line: str) -> str:
    """A line without the marks that say how deep it is quoted."""
    found = _QUOTE.match(line)
    return line[found.end() :].strip() if found else line.strip()


def begins_message(line: str) -> bool:
    """Is it a line that mail programs put before an earlier message?"""
    return bool(_SENDER.match(line) or (len(line) < 200 and (_WROTE.match(line) or _RULED.match(line))))


def _opens_quote(lines: Sequence[str], i: int) -> tuple[int, bool]:
    """(depth of `>` marks, whether a program's line says that everything below belongs to an earlier message)."""
    line = lines[i]
    marks = _QUOTE.match(line)
    if marks:
        return marks[0].count(">"), False
    if _WROTE.match(line) or (
        i + 1 < len(lines)
        and len(line) < 200
        and _WROTE_OPENS.match(line)
        and _WROTE.match(f"{line} {lines[i + 1][:200]}")
    ):
        # An answer written between or below `>` lines is the writer's own.
        return 1, not _marked_below(lines, i)
    return 0, len(line) < 200 and bool(_RULED.match(line)) and not _marked_below(lines, i)


def _marked_below(lines: Sequence[str], i: int) -> bool:
    return any(_QUOTE.match(line) for line in lines[i + 1 : i + 6])


def _header_block(lines: Sequence[str], i: int) -> set[str]:
    """The headers that follow a sender's line, by lower-case name; empty if it does not begin a block of them."""
    if not _SENDER.match(lines[i]):
        return set()
    near = [line for line in lines[i + 1 : i + 9] if line][:5]
    found = [header[1].lower() for line in near if (header := _OTHER_HEADER.match(line))]
    return set(found) if len(found) >= 2 else set()


# --- disclaimers and markings


def _mark_banners(lines: Sequence[str], found: list[Zone | None]) -> None:
    inside = False
    for i, line in enumerate(lines):
        head = line[:400]
        if not line or found[i] is not None:
            inside = False
        elif _BANNER.match(head) or _BARE_EXTERNAL.match(head) or (inside and _goes_on(lines[i - 1], head)):
            inside = True
            found[i] = (BlockKind.BANNER, 0)
        else:
            inside = False
            if _MARKING.match(head):
                found[i] = (BlockKind.BANNER, 0)


def _goes_on(before: str, line: str) -> bool:
    """Is the next line of a banner part of it? One after a whole sentence is, if it has the words of a banner."""
    return not (before.endswith((".", "!", "?", "]", "*")) or _BARE_EXTERNAL.match(before)) or bool(
        _PRINTED.search(line)
    )


# --- the sign-off


def _signature_start(lines: Sequence[str], own: list[int]) -> int | None:
    """The index in `own` of the first line of the sign-off."""
    for n in range(len(own) - 1, max(len(own) - 25, 0), -1):
        line = lines[own[n]]
        if line in ("--", "—") or (len(line) < 60 and _CLOSING.match(line)):
            return n
        if _is_prose(line) and n < len(own) - 6:
            break
    return None


def _lone_name(lines: Sequence[str], own: list[int]) -> int | None:
    """A last paragraph or two of nothing but a name, a role and a telephone number."""
    n = len(own)
    start = None
    while n > 1 and len(own) - n < 6 and not _is_prose(lines[own[n - 1]]) and len(lines[own[n - 1]]) < 80:
        n -= 1
        if own[n] - own[n - 1] > 1 and _is_name(lines[own[n]]):
            start = n
    return start


def _is_name(line: str) -> bool:
    words = line.rstrip(",").split()
    if len(line) > 5 and line.isupper():
        return False
    return 1 <= len(words) <= 4 and all(
        re.match(r"(?:[A-Z][\w’'\-]*|[A-Z]\w?\.|de|van|von|al|bin|ap|x+)$", word) for word in words
    )


def _is_prose(line: str) -> bool:
    words = len(line.split())
    return words >= 13 or (
        words >= 6 and line.endswith((".", "!", "?")) and not line.rstrip(".").endswith(("Ltd", "Inc"))
    )
