"""The way a draft travels: to whom, by which road, and with what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import Mailbox, Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.streets import HOUSE, SHORT, STREET
from referral_lint.understanding.withheld import KEPT_FROM_SOMEBODY, KNOWS_NOT, MUST_NOT, SECRET_PLACE, SOMEBODY

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_WEBMAIL = compiled(
    r"(?i)@(?:[\w-]+\.)*(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|aol|btinternet|talktalk|gmx|protonmail|proton|virginmedia|ntlworld|tiscali)\.(?:co\.uk|com|net|me|org|example)\b"
)
_ROADS = compiled(
    r"(?i)\b(?P<w>(?:(?:i|we)(?:['’]ll| will| can| could)? (?:(?:whatsapp|fax|snapchat|messenger)(?: it| them| this| you| the)|text (?:it|them|you (?:a|the|her|his) (?:photo|picture|report|form))\w*)\b[^.;\n]{0,30}"
    r"|(?:send|sent|sending|share|sharing) (?:it|them|this|the \w+|her \w+|his \w+|photos?)[^.;\n]{0,20} (?:by|on|via|over|through) (?:whatsapp|fax|facebook|messenger|text message|sms|dropbox|wetransfer)"
    r"|(?:by|on|via|through) (?:whatsapp|messenger)|(?:faxed|whatsapped)(?: it| you| them| to)?[^.;\n]{0,20}|anyone (?:with|who has) the link(?: can \w+ it)?))"
)
_NOT_SO = compiled(
    r"(?i)\b(?:no|not|never|n['’]t|do not|instead of|rather than|please don['’]?t|he|she|they|mum|dad|her|his|their)\b[^.;\n]{0,40}$"
)
_SECURE = compiled(r"(?i)\[?\b(?:secure|encrypt\w*|egress|official[- ]sensitive|protected)\b\]?")
_KNOWS_THE_RISK = compiled(
    r"(?i)\b(?:asked (?:me|us|for)[^.\n]{0,30} e-?mail|knows? (?:that )?(?:the )?e-?mail[^.\n]{0,30}(?:safe|secure|risk)|risk of e-?mail)"
)
_HEADER = compiled(r"(?im)^(?P<key>to|cc|bcc)[ \t]*:[ \t]*(?P<value>[^\n]+)")

MANY = 6  # recipients, from which the question is asked whether each needs all of it
_EVERYBODY = compiled(
    r"(?i)\b(?:all (?:staff|teachers|agencies|partners|members|parents)|whole (?:school|staff|team|class)(?: staff)?|(?:class|staff|school|distribution|mailing|year group) list|everyone|everybody)\b"
    r"|\b(?:(?:all|whole)[._-](?:staff|team|school|teachers|members|parents|users)|(?:staff|school|team|teachers|parents)[._-]?(?:all|list)|all(?:staff|teachers|parents|users))(?:[._-][\w.-]+)?@"
)
CIRCULATION = compiled(
    r"(?i)\b(?:circulation|distribution|conference (?:members|invitees)|panel members|core group members|members of the (?:panel|conference|core group)|invited to the conference)\b"
)


def _headers(draft: Draft) -> Iterator[tuple[str, Span]]:
    for found in _HEADER.finditer(draft.text, 0, min(len(draft.text), 2500)):
        yield found["key"].lower(), Span(*found.span("value"))


def place_of(draft: Draft, box: Mailbox) -> Span | None:
    """Where the header names this address or person."""
    for words in (box.address, box.name):
        at = draft.text.find(words, 0, 3000) if words else -1
        if at >= 0:
            return Span(at, at + len(words))
    return None


def insecure(draft: Draft, rule: Rule) -> Iterator[Match]:
    """Personal mail boxes and outside addresses with no sign of protection, if anything is told; chat, fax and open links."""
    envelope = draft.document.envelope
    if envelope is not None and not _KNOWS_THE_RISK.search(draft.text):
        secure = draft.setting.own_domains + draft.setting.secure_domains
        for box in envelope.recipients:
            if _is_open(draft, box, secure, envelope.subject) and draft.tells:
                if (span := place_of(draft, box)) is not None:
                    yield Match(rule, span)
    for found in _ROADS.finditer(draft.text):
        sentence = draft.sentence_at(found.start())
        if not _NOT_SO.search(draft.text[sentence.start : found.start()]) and not draft.is_quoted_offset(found.start()):
            yield Match(rule, Span(*found.span("w")))


def _is_open(draft: Draft, box: Mailbox, secure: tuple[str, ...], subject: str) -> bool:
    domain = box.address.rpartition("@")[2].lower()
    if not domain or any(domain == s or domain.endswith("." + s) for s in secure):
        return False
    if _WEBMAIL.search(box.address):
        return True
    # Only who knows which addresses are inside can say which are outside.
    return bool(secure) and not _SECURE.search(subject) and not _SECURE.search(draft.text[:400])


def too_many(draft: Draft, rule: Rule) -> Iterator[Match]:
    """More readers than such a message needs, or a list that nobody has counted."""
    envelope = draft.document.envelope
    if envelope is None or CIRCULATION.search(draft.text):
        return
    count = len(envelope.recipients)
    for key, value in _headers(draft):
        everybody = _EVERYBODY.search(draft.text, value.start, value.end)
        if everybody:
            yield Match(rule, Span(*everybody.span()), {"count": "A whole list of people"})
        elif count >= MANY and key == ("to" if len(envelope.to) >= len(envelope.cc) else "cc"):
            yield Match(rule, value, {"count": f"{count} people"})


_STREET = rf"(?:{STREET}|{SHORT}|{HOUSE})"
_ADDRESS = compiled(
    rf"\b(?:[Ff]lat \d+\w?,? )?\d{{1,4}}[a-z]? (?:[A-Z][\w'’]+ ){{1,3}}{_STREET}|\b[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}\b"
    r"|\b(?:above|over|behind|opposite|next to) the (?:[a-z]+ ){1,3}(?:in|on) [A-Z][\w'’]+"
)
# No home, or one that was left.
_ELSEWHERE = compiled(
    r"(?i)\b(?:(?:surgery|practice|school|nursery|academy|college|clinic|hospital|offices?|centre|hub|library|solicitors?|church|mosque|pharmacy)(?:['’]s)?(?:[,:(]| at| in| on| is| address)*|from|left|fled) ?\(?$"
)
# His own: “She lives with him at …”, “Nathan lives at … and must not know”.
_WITH_HIM = compiled(r"(?i)\bwith (?:him|her (?:husband|partner|ex(?:-\w+)?))(?: (?:at|in))? $")
_AND_KNOWS_NOT = compiled(rf"(?i)(?:, [\w'’ -]{{1,30}})?,? (?:and|but) (?:{MUST_NOT}|{KNOWS_NOT})\b")
_REFUGE = compiled(
    rf"\b[Rr]efuge\b(?: is)?[, ]+(?:in|at|on)? ?(?:the )?(?P<w>(?:\d{{1,4}} )?(?:[A-Z][\w'’]+ ){{1,3}}{_STREET})"
)
_HIDDEN = Sought(
    r"(?i)\b(?:refuge|safe (?:house|address)|new address|confidential address|in hiding|fled|moved (?:away|out)? ?to|has moved|have moved|staying (?:at|with)|now (?:living|lives|staying))\b"
)
_FROM_HIM = compiled(
    rf"(?i)\b(?:{SOMEBODY}(?:{KNOWS_NOT}|must not (?:know|find))|fled|refuge|safe (?:house|address)|domestic (?:abuse|violence)|injunction|non-molestation|restraining order|hiding)\b"
)


def address(draft: Draft, rule: Rule) -> Iterator[Match]:
    """The place where somebody is hiding, written out."""
    for found in _REFUGE.finditer(draft.text):
        yield Match(rule, Span(*found.span("w")))
    for sentence in draft.sentences:
        if not draft.is_own_offset(sentence.start) or _ADDRESS.search(draft.text, *sentence) is None:
            continue
        following = draft.next_sentence(sentence)
        near = Span(sentence.start, following.end if following is not None else sentence.end)
        hidden = draft.has(_HIDDEN, sentence) and (draft.has(_FROM_HIM, near) or draft.has(KEPT_FROM_SOMEBODY, near))
        if not hidden and not draft.has(SECRET_PLACE, near):
            continue
        for found in _ADDRESS.finditer(draft.text, sentence.start, sentence.end):
            if not _is_known(draft.text, sentence, Span(*found.span())):
                yield Match(rule, Span(*found.span()))


def _is_known(text: str, sentence: Span, address: Span) -> bool:
    """No hiding place: a school or surgery, a home that was left, or the one of him who must not know another."""
    before = text[sentence.start : address.start]
    return bool(_ELSEWHERE.search(before) or _WITH_HIM.search(before) or _AND_KNOWS_NOT.match(text, address.end))
