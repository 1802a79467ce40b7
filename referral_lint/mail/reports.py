"""The email that tells a sender what was found, with the page and the marked copies; and the note to who releases."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import PurePath

from referral_lint.engine import Linter
from referral_lint.errors import ReferralLintError
from referral_lint.mail import mime
from referral_lint.mail.decide import QUARANTINE, REFUSE
from referral_lint.mail.errands import Errand
from referral_lint.mail.judge import checked
from referral_lint.mail.replies import DANGER, MOST_SAID
from referral_lint.marks import CHECKED_COPY
from referral_lint.model import Report, Source, Verdict
from referral_lint.patterns import compiled
from referral_lint.readers.parts import clean_name
from referral_lint.writers import annotator, as_one, html, named, text
from referral_lint.writers.copies import annotated_name

_ID = compiled(r"<[^<>\s]{1,250}>")
MOST_COPIES = 10
_HAPPENED = {
    REFUSE: ("Not sent yet: please look at your message", "Your message was not sent yet. Please look at it."),
    QUARANTINE: (
        "Held: your message waits for somebody to look at it",
        "Your message was not delivered yet. A colleague who looks after the mail has been asked to look at it.",
    ),
    "": ("Sent: what could be better in your message", "Your message was sent. This is what could be better in it."),
}
_WHY = {
    "danger": "It was not held up, because it says that somebody is in danger.",
    "protection": "It was not held up, because it is about somebody's protection.",
    "unjudged": "It was sent before it could be checked, so that it would not wait.",
    "not all read": "Not all of it could be read, so it was not held up.",
    "reader": "It was not held up, because of who it goes to.",
    "not remembered": "It was sent, because the filter could not remember what it would have asked you.",
}
_AGAIN = {
    REFUSE: (
        "Right as it is? Send the same message again and it goes, or write [send: your reason] in its subject; "
        "the reader does not see that."
    ),
    QUARANTINE: (
        "Please do not send it again as it is: that would be held too, and the reader could get it twice. If it cannot "
        "wait, send it with [send: your reason] in its subject: it goes at once, and the reader does not see that. Then "
        "say to your colleague that the one that is held is not needed."
    ),
}


def compose(linter: Linter, work: tuple[Errand, bytes, str]) -> bytes:
    """The report on one message, as an email. A task for `Workers`; `work`: the errand, the message, whom it is from."""
    errand, raw, sender = work
    report = checked(linter, raw)
    message = _begun(errand, sender, _subject(errand))
    message.set_content("\n\n".join(_words(errand, report)) + "\n")
    page = f"{html.render(report)}\n<!-- {CHECKED_COPY} -->\n"
    name = annotated_name(PurePath("report.html")).name
    message.add_attachment(page.encode("utf-8", "replace"), maintype="text", subtype="html", filename=name)
    for name, data in _copies(linter, raw):
        kind = (mimetypes.guess_type(name)[0] or "application/octet-stream").split("/")
        message.add_attachment(data, maintype=kind[0], subtype=kind[1], filename=name)
    return message.as_bytes()


def brief(errand: Errand, sender: str) -> bytes:
    """The email without a report: for a message that cannot be checked at all, and for who releases held messages."""
    if errand.kind == "release":
        message = _begun(errand, sender, f"A message is held (number {errand.number})")
        message.set_content("\n\n".join(_release(errand)) + "\n")
    else:
        message = _begun(errand, sender, _subject(errand))
        lines = [
            _HAPPENED.get(errand.action, _HAPPENED[""])[1],
            "It could not be checked; nothing in it was looked at.",
        ]
        message.set_content("\n\n".join(lines) + "\n")
    return message.as_bytes()


def _subject(errand: Errand) -> str:
    subject = _HAPPENED.get(errand.action, _HAPPENED[""])[0]
    return f"{subject} (number {errand.number})" if errand.number else subject


def _begun(errand: Errand, sender: str, subject: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = errand.to
    message["Subject"] = subject
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    if _ID.fullmatch(errand.message_id):
        message["In-Reply-To"] = errand.message_id
        message["References"] = errand.message_id
    message["Auto-Submitted"] = "auto-replied"  # RFC 3834: nobody's program answers it
    message["X-Auto-Response-Suppress"] = "All"
    return message


def _words(errand: Errand, report: Report) -> Iterator[str]:
    yield _HAPPENED.get(errand.action, _HAPPENED[""])[1]
    if errand.why in _WHY:
        yield _WHY[errand.why]
    if errand.action in _AGAIN:  # of a message that went, the report below says what matters
        yield _reasons(errand)
        yield _AGAIN[errand.action]
    yield DANGER
    yield "The page attached shows every place. These papers hold words of your message: do not send them on."
    yield "-" * 70
    yield text.render(report, commands=False).rstrip()


def _reasons(errand: Errand) -> str:
    return "Why:\n" + "\n".join(f"  {n}. {title}" for n, title in enumerate(errand.titles[:MOST_SAID], 1))


def _release(errand: Errand) -> Iterator[str]:
    yield f"The mail server holds a message, {errand.queue_id}."
    if errand.again:
        yield "The very same message was held before, under the same number: let only one of them go."
    if errand.sender_is_told:
        yield "Its sender gets an email about it."
    else:
        yield "Its sender is not told, because nobody logged in to send it: please tell them."
    yield _reasons(errand)
    yield (
        f"To look at it: postcat -q {errand.queue_id}\n"
        f"To let it go:  postsuper -H {errand.queue_id}\n"
        f"To take it away, after asking its sender: postsuper -d {errand.queue_id}"
    )


def _copies(linter: Linter, raw: bytes) -> Iterator[tuple[str, bytes]]:
    """A marked copy of each attachment that can have one. One that cannot be made is passed over: the page says all."""
    made = 0
    for name, data in mime.attachments(mime.parsed(raw)):
        documents = linter.lint(Source(name, data)).documents if made < MOST_COPIES else ()
        entry = annotator(documents)
        if entry is None or documents[0].verdict is Verdict.UNCHECKED or not as_one(documents).open_findings:
            continue
        try:
            copy = named(entry)(Source(name, data), as_one(documents), suggest_edits=False)
        except ReferralLintError:
            continue
        made += 1
        yield annotated_name(PurePath(clean_name(name))).name, copy
