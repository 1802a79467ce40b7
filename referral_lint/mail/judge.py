"""What a worker does with a message: check it, and say of the result only what holds no words of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from referral_lint.engine import Linter
from referral_lint.mail import mime
from referral_lint.mail.decide import COPY_RULE, Judgement
from referral_lint.mail.message import Mail
from referral_lint.mail.policy import Found
from referral_lint.mail.tag import encoded, reason_in, without
from referral_lint.model import BlockKind, DocumentReport, Finding, Report, Severity, Source, Verdict, worst
from referral_lint.patterns import compiled
from referral_lint.readers.envelope import mailboxes

NAME = "your message"
COPY_TITLE = "A checked copy with our comments is attached, not your own file"
# Purposes of rules/data/purposes.yaml for which nothing may wait, and words that show them where none was found.
PROTECTION = frozenset(
    {"child_protection", "marac", "adult_safeguarding", "allegation_against_staff", "prevent"}
)  # fmt: skip
_PROTECTION = compiled(
    r"\b(?:MARAC|MASH|MARF|DASH|LADO|(?i:(?:child|adult) protection|section ?47|s\.? ?47|significant harm|"
    r"safeguarding (?:referral|concern|alert|hub|enquir\w+)|strategy (?:meeting|discussion)|"
    r"multi-agency (?:referral form|risk assessment)))\b"
)
# The team that writes may be called so, in every message that it sends.
_WRITERS = frozenset({BlockKind.SIGNATURE, BlockKind.BANNER, BlockKind.PAGE_HEADER, BlockKind.PAGE_FOOTER})
_LOOKED_THROUGH = 50_000  # characters of a document in which these words are looked for

WORKER_MEMORY = 3_000_000_000  # bytes of address space; a message that needs more ends its worker, not the machine


@dataclass(frozen=True, slots=True)
class Job:
    """A message for a worker: its bytes as they are to be checked, who sends it to whom, the key for its fingerprint."""

    raw: bytes
    sender: str
    recipients: tuple[str, ...]
    key: bytes


def job_of(mail: Mail, key: bytes) -> Job:
    """The message without the tag, and with the readers whom its headers do not name. Raises like `Mail.raw`."""
    return Job(_with_all_readers(mail), mail.login or mail.sender, mail.recipients, key)


def judge(linter: Linter, job: Job) -> Judgement:
    """The judgement on one message. A task for `Workers`."""
    message = mime.parsed(job.raw)
    sealed = mime.is_sealed(message)
    report = checked(linter, job.raw)
    documents = report.documents
    titles = titles_of(linter)
    found = list(_found(documents, titles, headers_only=sealed))
    if mime.has_checked_copy(message):
        found.insert(0, Found(COPY_RULE, "stop", COPY_TITLE))
    return Judgement(
        verdict=_verdict(documents),
        complete=report.all_read,
        urgent=any(document.in_danger for document in documents),  # also where nobody but another sender tells of it
        protection=any(is_protection(document) for document in documents),
        found=tuple(found),
        fingerprint=mime.fingerprint(message, job.key, job.sender, job.recipients),
        sealed=sealed,
        invitation=mime.is_invitation(message),
    )


def titles_of(linter: Linter) -> dict[str, str]:
    """What each rule is called, for somebody who sees nothing but that."""
    return {r.id: f"Not said: {r.title[:1].lower()}{r.title[1:]}" if r.family == "missing-statement" else r.title
            for r in linter.rules}  # fmt: skip


def checked(linter: Linter, raw: bytes) -> Report:
    """The report on a message."""
    return linter.lint(Source(NAME, raw, "message/rfc822"))


def is_protection(report: DocumentReport) -> bool:
    """Does it read like a referral for protection, or tell of harm? Here, being wrong must mean that the message goes."""
    if report.harm_told or any(purpose.id in PROTECTION for purpose in report.purposes):
        return True
    return any(_PROTECTION.search(words) for words in _said(report))


def _said(report: DocumentReport) -> Iterable[str]:
    """The words of a document apart from those about who writes."""
    document = report.document
    for block in document.blocks:
        words = document.words(block)
        if block.start < _LOOKED_THROUGH and block.kind not in _WRITERS and not words.startswith("From:"):
            yield words


def _found(documents: Iterable[DocumentReport], titles: dict[str, str], headers_only: bool) -> Iterable[Found]:
    """One entry a rule, the gravest first. Of a sealed message only what its headers show."""
    by_rule: dict[str, list[Finding]] = {}
    for document in documents:
        for finding in document.open_findings:
            if not headers_only or _in_header(document, finding):
                by_rule.setdefault(finding.rule, []).append(finding)
    entries = [
        Found(rule, (worst(several) or several[0].severity).value, titles.get(rule, rule), len(several))
        for rule, several in by_rule.items()
    ]
    return sorted(entries, key=lambda one: Severity(one.severity).rank, reverse=True)


def _in_header(report: DocumentReport, finding: Finding) -> bool:
    block = report.document.block_at(finding.span.start) if finding.span else None
    return block is not None and block.kind in (BlockKind.EMAIL_HEADER, BlockKind.FILE_NAME)


def _verdict(documents: Iterable[DocumentReport]) -> str:
    """The gravest verdict of its parts."""
    order = (Verdict.HOLD, Verdict.REVIEW, Verdict.READY, Verdict.UNCHECKED)
    return min((document.verdict for document in documents), key=order.index, default=Verdict.UNCHECKED).value


def _with_all_readers(mail: Mail) -> bytes:
    """A blind copy counts as a reader, and only the envelope knows of it."""
    shown = {
        box.address.lower()
        for name in ("To", "Cc", "Bcc")
        for line in mail.all_headers(name)
        for box in mailboxes(line)
    }
    headers = [(name, _untagged(name, value)) for name, value in mail.headers]
    if hidden := [address for address in mail.recipients if address not in shown]:
        headers.append(("Bcc", f" {', '.join(hidden)}"))
    return Mail(headers=tuple(headers), body=mail.body).raw()


def _untagged(name: str, value: str) -> str:
    if name.lower() != "subject":
        return value
    subject = Mail(headers=((name, value),)).header("Subject")
    return encoded(without(subject)) if reason_in(subject) else value
