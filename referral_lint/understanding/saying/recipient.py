"""Does the draft say who will read it? A named person or team; "Dear all" and "To whom it may concern" say nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from referral_lint.model import BlockKind, Span

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_NOBODY = re.compile(
    r"(?i)\W*(?:(?:dear|hi|hello|good (?:morning|afternoon|evening))?\W*(?:all|everyone|everybody|both|colleagues?|partners?|sirs?|madam|sir ?(?:/|or) ?madam|team|there|folks|whoever)?"
    r"|(?:to )?whom(?:so\w+)? it may concern|whoever|partners?|undisclosed recipients|(?:the )?(?:relevant|right|appropriate) (?:people|person|teams?|agenc(?:y|ies)|services?)\b.*|tbc|tba|n/?k|unknown|not known|(?:select|insert|enter|choose|name)\b.*|\[.*\]|_+)\W*"
)
_ADDRESS = re.compile(
    r"(?im)^[ \t]*(?:dear|hi|hello|hiya|morning|good (?:morning|afternoon|evening))[ \t,]+(?P<dear>[^\n,:]{2,60})"
    r"|^[ \t>*\-\d.)\[\]]*(?:(?!from)\w{1,40} ?/ ?)?(?:to|to[_ ](?:agency|team|service)|fao|for the attention of|for|attention|referral to|referred to|referring to|send(?:ing)? to|sent to|submit(?:ted)? to|return(?:ed)? to|where to|send back to|handed (?:over|across) to|delivered to|circulation|circulated to|"
    r"receiving (?:team|service|school|setting)|to be sent to|copy to|copied to|copies to|copy|cc|pass to|routed to|disclosed to|shared? with|emailed to|distribution|addressed to|passed to|handed to|recipient|service (?:requested|referred to)|name of (?:the )?service[^:|\n]*|notification (?:to|for)|report(?:ed)? to)"
    r"[ \t]*[:|\-][ \t]*(?P<name>[^\n]{2,120})"
    # "FROM: … TO: …" on one line of a form, and "Please return to …" without a colon.
    r"|(?<=\S)[ \t]{2,}to:[ \t]*(?P<beside>[^\n]{3,80})"
    r"|(?:^[ \t]*|[-–—] )(?:please )?(?:return|send back|handed (?:over|across)|delivered) to (?P<back>(?:the )?[^\n:]{3,80})"
    r"|\b(?:note|message|letter|handover|copy|copies|email|referral|record) (?:to|for) (?P<note>(?:the )?[A-Z][^\n.;]{3,60})"
    r"|^[ \t]*(?:to|for|call to|ringing|rang|phoned|email this (?:form|page) to|attention) (?P<line>(?:the )?[A-Z]?[a-z]*[^\n:.;]{3,60})[:.]?$"
    r"|^(?P<open>[A-Z][a-z]+(?: [A-Z][a-z]+)?),[ \t]*(?:see|as|I|please|pls|just|can|a |the )"
)


def addressee(draft: Draft) -> Span | None:
    """Where the draft names its reader; None if it does not."""
    envelope = draft.document.envelope
    for block in draft.document.blocks_of(BlockKind.EMAIL_HEADER):
        words = draft.words(block)
        if re.match(r"(?i)\s*(?:to|cc)\s*:\s*\S", words) and not _NOBODY.fullmatch(words.partition(":")[2]):
            return Span(block.start, block.end)
    if envelope is not None and envelope.recipients:
        return Span(0, 0)
    for found in _ADDRESS.finditer(draft.text):
        said = next(g for g in ("dear", "name", "beside", "back", "note", "line", "open") if found[g])
        if not _NOBODY.fullmatch(found[said]):
            return Span(*found.span())
    return (
        _letter_address(draft)
        or _block_address(draft)
        or _below_date(draft)
        or _for_line(draft)
        or _spoken_to(draft)
        or (_title(draft) if draft.kind == "form" else None)
        or (_own_form(draft) if draft.kind in ("form", "note") else None)
    )


_SERVICE = re.compile(
    r"(?i)\b(?:services?|team|panel|food ?bank|pantry|children['’]s centre|hub|front door|trust|fund|scheme|project|carers|camhs|recovery|clinic|department|social care|foster\w*|college|desk|gateway|helpline|(?:advice|consultation) line|pathway|therap(?:y|ies)|nursing|health visiting|social prescribing|bank)\b"
)


def _title(draft: Draft) -> Span | None:
    """A receiving service's own form, with its name at the top."""
    top = draft.text[:220]
    end = 0
    for line in top.splitlines(keepends=True)[:3]:
        found = _SERVICE.search(line)
        if found and not line.lower().startswith(("from", "referrer", "completed")):
            return Span(end, end + len(line.rstrip()))
        end += len(line)
    return None


_ASKS = re.compile(r"(?i)\b(?:referrals?|requests?|application|nomination|tell us about|submission)\b")
# What a form's title says of any form: whoever is named beside that is the reader.
_ANY_FORM = frozenset(
    """referral referrals request requests application nomination tell us about submission form forms sheet page part section child children childs young person people
    adult adults family families parent parents professional professionals agency agencies inter multi multi-agency inter-agency partner partners general urgent confidential information
    new the and for from with your our help support services service record copy date ref reference version official sensitive prevent carer carers
    substance use misuse surgery""".split()
)


def _own_form(draft: Draft) -> Span | None:
    """“Homechoice: request for a move”, “Keystep – referral form”: the form of somebody whose name stands in its title."""
    title = re.match(r"\s*[^\n]+(?:\n[^\n:]+(?=\n))?", draft.text[:_FIRST])
    if title is None or not _ASKS.search(title[0]) or title[0].lower().startswith(("from", "to:", "dear")):
        return None
    named = [w for w in re.findall(r"[^\W\d_]{3,}", title[0].lower()) if w not in _ANY_FORM]
    return Span(*title.span()) if named else None


# A short block between the date and the greeting that names a service: the address of a letter without "Re:".
_READER = re.compile(
    r"(?i)\b(?:services?|team|department|access|therapy|social care|prevent|officer|council|hospital|clinic|panel|hub|desk|centre|school|academy|college)\b"
)
_GREETING = re.compile(r"(?i)\s*(?:dear|sirs?\b|madam|to whom|re\b|(?:our |your )?ref\b|(?-i:[A-Z ]{8,}$))")
_FOR = re.compile(
    r"(?im)^[ \t]*(?:for|call to|note to) (?P<name>(?:the )?(?:\w+ ){0,3}?(?:nurse|sgt|sergeant|team|desk|worker|midwife|manager|officer|doctor|gp|hv|health visitor|ward|crew|lead|teacher))\b"
)


_BLOCK = re.compile(r"(?:[^\n]+\n?)+")
_TOP, _LINES = 900, 4  # characters in which an address stands, and how many lines it has


def _block_address(draft: Draft) -> Span | None:
    """The second or third short block of a letter, if a greeting follows it and it names a service."""
    blocks = _blocks(draft)[:5]
    for block, following in zip(blocks[1:], blocks[2:], strict=False):
        lines = block[0].strip().splitlines()
        if len(lines) <= _LINES and max(map(len, lines)) <= 60 and _GREETING.match(following[0].splitlines()[0]):
            if _READER.search(block[0]) and not _GREETING.match(lines[0]):
                return _trimmed(block)
    return None


def _blocks(draft: Draft) -> list[re.Match[str]]:
    """The first blocks of lines, with blank lines between them."""
    return list(_BLOCK.finditer(draft.text, 0, _TOP))


def _trimmed(block: re.Match[str]) -> Span:
    return Span(block.start(), block.start() + len(block[0].rstrip()))


_DAY = re.compile(r"(?i)\W*(?:date\W+)?(?:\w+day,? )?\d{1,2}(?:st|nd|rd|th)?[ ./-]\w+[ ./-]\d{2,4}\W*")


def _below_date(draft: Draft) -> Span | None:
    """A letter's short block between its date and its greeting is the reader's address, whatever the reader is called."""
    blocks = _blocks(draft)
    for date, block, greeting in zip(blocks, blocks[1:], blocks[2:], strict=False):
        lines = block[0].strip().splitlines()
        if not _DAY.fullmatch(date[0].rstrip().splitlines()[-1]) or not _DEAR.match(greeting[0]):
            continue
        if len(lines) <= _LINES and max(map(len, lines)) <= 80 and not _SUBJECT.search(block[0]):
            return _trimmed(block)
    return None


_DEAR = re.compile(r"(?i)\s*(?:dear|hello|hi|good (?:morning|afternoon)|to whom)\b")
_SUBJECT = re.compile(
    r"(?i)^\W*(?:re|ref|our ref|your ref|subject)\b|\b(?:dob|d\.o\.b|born|aged?)\b|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|_"
)
# A note says whom it was for, or who was rung, in its first lines.
_SPOKEN = re.compile(
    r"(?:(?i:\b(?:call|message|handover|copy|copied|e-?mailed|sent|faxe?d?|notes?|reply|reported|shared?)(?: by [\w ]{3,20})? (?:to|for|with)|\b(?:spoke|speaking|talked) (?:to|with)|\b(?:phoned|rang|ringing|faxed|cc|fax|fao)|(?<=[-–(,:.] )(?:for|to))|(?m:^(?:For|To)))"
    r"\b:?[ \t]+(?P<who>(?:the |an? )?(?:[A-Z][\w'’]+|(?:[\w'’]+ ){0,4}(?:line|desk|officer|team|worker|service|nurse|hub)\b)[^\n;]{0,60})"
)
_FIRST = 260  # characters in which it says so


def _spoken_to(draft: Draft) -> Span | None:
    """“Call to Carer Link”, “FAX: Dr Oram”, “spoke to Ian, duty worker” at the top of a note."""
    if draft.kind not in ("note", "form") or draft.document.envelope is not None:
        return None
    found = next((m for m in _SPOKEN.finditer(draft.text, 0, _FIRST) if not _NOBODY.fullmatch(m["who"])), None)
    return Span(*found.span("who")) if found else None


def _for_line(draft: Draft) -> Span | None:
    """“For the nurse coming on at 07:00” in the first lines of a note."""
    found = _FOR.search(draft.text, 0, 300)
    return Span(*found.span("name")) if found else None


_LETTER = re.compile(
    r"(?m)\A(?:[^\n]*\n){0,14}?(?P<line>[^\n]*\b(?:Service|Team|Department|Hospital|Council|Surgery|School|Hub|Desk|Unit|Officer|Office|Clinic|Centre|Panel|Manager|Worker|Trust|Academy|College)\b[^\n]*)\n(?:[^\n]*\n){0,5}?[ \t]*(?:Dear|Re\b|RE\b)"
)


def _letter_address(draft: Draft) -> Span | None:
    """A letter's address block above "Re:", when a second organisation stands below the letterhead."""
    first = draft.text.find("\n\n")
    if first < 0:
        return None
    found = _LETTER.search(draft.text[first:1500])
    return Span(first + found.start("line"), first + found.end("line")) if found else None
