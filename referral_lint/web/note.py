"""The decision note: what was shared, with whom and why, or why not; for the case record, in the person's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from referral_lint.model import DocumentReport, Party, Report, Status
from referral_lint.phrasing import answer, answered
from referral_lint.writers.page import wording
from referral_lint.writers.page.notes import shortened

SHARE, NOT = "share", "not"


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the note. `says` names the statements of a draft that may answer it."""

    name: str
    label: str
    hint: str = ""
    says: tuple[str, ...] = ()
    only: str = ""  # asked only for this decision


FIELDS = (
    Field("about", "About whom", "Initials or your own record number are enough."),
    Field("what", "What was shared", "The kinds of information, and about whom.", only=SHARE),
    Field("whom", "With whom", "Name, team and organisation.", only=SHARE),
    Field("why", "Why", "What it is for, and what you hope it will change.", ("purpose", "rationale"), SHARE),
    Field("why_not", "Why not", "Your reason; the draft cannot know it.", only=NOT),
    Field(
        "agreed",
        "Whether the family agreed, or why you went ahead without that",
        "Any answer is fine: agreed, refused, or not asked, and the reason.",
        ("consent", "override"),
    ),
    Field("told", "Who was told that you would share it", "Who, when and how. Or why nobody was told.", ("informed",)),
    Field("left_out", "What you left out, and why", "Things you know that they did not need."),
    Field("risk", "How at risk somebody is", "What you fear may happen, to whom.", ("risk",)),
    Field("imminence", "How soon it could happen", "Today, or safe for now, and how you know.", ("imminence",)),
    Field("benefit", "How much safer or better it will be", "What would be different.", ("benefit",)),
    Field("relationship", "What it means for your work with them", "", ("relationship", "wishes")),
    Field("timing", "Why now", "Or why it can wait.", ("timing",)),
    Field("advice", "Whom you talked to about it", "Your manager, or one professional without names; the day."),
    Field("by", "Your name and role"),
    Field("on", "The day"),
)
IN_DOUBT = (
    "In doubt? Speak to your manager. Or talk it through in general, without names, with one professional you trust, "
    "and only then, if you still cannot tell, with one more."
)
WEIGHED = frozenset({"risk", "imminence", "benefit", "relationship", "timing"})


def begun(report: Report, today: date | None = None) -> dict[str, str]:
    """What the drafts answer of themselves: a beginning that the person reads and changes."""
    day = today or date.today()
    found = {field.name: _said(report.documents, field.says) for field in FIELDS}
    found["what"] = "\n".join(_shared(report.documents))
    readers = [_reader(party) for document in report.documents for party in document.recipients]
    found["whom"] = "\n".join(dict.fromkeys(readers or _answers(report.documents, "recipient")))
    found["on"] = f"{day.day} {day:%B %Y}"
    sender = next((d.sender for d in report.documents if d.sender), None)
    found["by"] = sender.name if sender else ""
    found["decision"] = SHARE
    return found


def _said(documents: Iterable[DocumentReport], names: tuple[str, ...]) -> str:
    words = [
        shortened(answered(document.document, s), 300)
        for document in documents
        for s in document.statements
        if s.name in names and s.status is Status.PRESENT and s.text
    ]
    return "\n".join(dict.fromkeys(words))


def _answers(documents: Iterable[DocumentReport], name: str) -> list[str]:
    return [shortened(answer(s), 300) for d in documents for s in d.statements if s.name == name and s.text]


def _shared(documents: Iterable[DocumentReport]) -> list[str]:
    """A line a role: "The child: school and education; physical health"."""
    found: dict[str, list[str]] = {}
    for sharing in (s for document in documents for s in document.sharing):
        name = wording.plain("categories", sharing.category)
        kinds = found.setdefault(wording.plain("roles", sharing.who), [])
        if name not in kinds:
            kinds.append(name)
    return [f"{who[:1].upper()}{who[1:]}: {'; '.join(kinds)}" for who, kinds in found.items()]


def _reader(party: Party) -> str:
    named = f"{party.name} ({party.address})" if party.address and party.name else party.name or party.address
    return f"{named}, outside your own organisation" if party.outside else named


def text(note: Mapping[str, str], report: Report) -> str:
    """The note as plain text, ending in a newline. Questions without an answer are left out."""
    shares = note.get("decision") != NOT
    lines = ["Decision to share information" if shares else "Decision not to share information", ""]
    weighed = False
    for field in FIELDS:
        answer = note.get(field.name, "").strip()
        if not answer or (field.only and (field.only == SHARE) is not shares):
            continue
        if field.name in WEIGHED and not weighed:
            lines += ["What was weighed", ""]
            weighed = True
        lines += [f"{field.label}:", *(f"  {line.strip()}" for line in answer.splitlines() if line.strip()), ""]
    lines += _kept_as_it_is(report) if shares else []
    return "\n".join(lines).rstrip() + "\n"


def _kept_as_it_is(report: Report) -> list[str]:
    waived = [(f, f.waived) for document in report.documents for f in document.findings if f.waived]
    if not waived:
        return []
    lines = ["Looked at and left as it is:"]
    for finding, waiver in waived:
        words = f"“{shortened(finding.text, 60)}”" if finding.text else "The draft as a whole"
        lines.append(f"  {words}: {waiver.reason}")
    return [*lines, ""]
