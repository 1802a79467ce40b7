"""Invented reports for the tests of what a report looks like: no reader and no rule is needed for them."""

from __future__ import annotations

from dataclasses import replace

from referral_lint.model import (
    Block,
    BlockKind,
    Document,
    DocumentReport,
    Envelope,
    Finding,
    Gap,
    Purpose,
    Severity,
    Sharing,
    Span,
    Statement,
    Status,
    Waiver,
)

Line = tuple[BlockKind, str] | tuple[BlockKind, str, dict[str, object]]


def document(*lines: Line, between: str = "\n", name: str = "draft.docx") -> Document:
    """A document of blocks, one after the other."""
    text, blocks = "", []
    for kind, words, *more in lines:
        text += between if text else ""
        blocks.append(Block(len(text), len(text) + len(words), kind, **(more[0] if more else {})))
        text += words
    return Document(name, text, tuple(blocks))


def finding(found_in: Document, words: str = "", rule: str = "vague-frequency", **more: object) -> Finding:
    """A finding on the first place where the words stand, or about the whole document."""
    at = found_in.text.index(words) if words else 0
    made = Finding(
        rule=rule,
        family="ambiguity",
        severity=Severity.FIX,
        message=f"“{words}” could be twice a year or twice a day." if words else "It does not say what you ask for.",
        suggestion="Say how many times, in what period.",
        why="A number lets someone else judge the risk.",
        source="S26 · S28",
        span=Span(at, at + len(words)) if words else None,
        text=words,
        where=found_in.locate(at, at + len(words)) if words else {},
    )
    return replace(made, **more)  # type: ignore[arg-type]


def cell(row: int, number: int, **more: object) -> dict[str, object]:
    return {"where": (("table", 1), ("row", row), ("cell", number)), **more}


def everything() -> DocumentReport:
    """A report with one of each: every sort of block, every severity, gaps, a waiver, statements, a table."""
    kinds = BlockKind
    draft = document(
        (kinds.EMAIL_HEADER, "Subject: Ben Frost, late"),
        (kinds.EMAIL_HEADER, "From: Jo Bell <jo@example.org>"),
        (kinds.HEADING, "Request for help", {"level": 1}),
        (kinds.PARAGRAPH, "Ben is regularly late and <b>often</b> hungry."),
        (kinds.LIST_ITEM, "- He has a TAF."),
        (kinds.LIST_ITEM, "- Dad is in prison."),
        (kinds.QUESTION, "Name", cell(1, 1)),
        (kinds.ANSWER, "Ben Frost", cell(1, 2, question=6)),
        (kinds.QUESTION, "Agreed?", cell(2, 1)),
        (kinds.OPTION, "☒ Yes", cell(2, 2, question=8, ticked=True)),
        (kinds.OPTION, "☐ No", cell(2, 2, question=8, ticked=False)),
        (kinds.QUESTION, "What he wants", cell(3, 1)),
        (kinds.PARAGRAPH, "He is 9 years old.", {"where": (("page", 1),)}),
        (kinds.PARAGRAPH, "She would like a visit.", {"where": (("page", 2),)}),
        (kinds.SIGNATURE, "Jo Bell\nHead of year"),
        (kinds.BANNER, "This message may be confidential."),
        (kinds.QUOTED, "From: Ann\nSent: 3 November 2026", {"level": 1}),
        (kinds.QUOTED, "Can you send it?", {"level": 1}),
        (kinds.COMMENT, "Is this the same family?", {"where": (("part", "comment 1"), ("by", "Ann Lee"))}),
        (kinds.DELETED, "She is hopeless."),
        (kinds.PROPERTY, "Author: Jo Bell"),
        name="folder/ben.eml",
    )
    findings = (
        finding(draft, "Ben Frost", "name-in-subject", severity=Severity.STOP, family="identity", message="Ring Ann."),
        finding(draft, "regularly"),
        finding(draft, "often", waived=Waiver("0123", "counted in the table", "Jo", "2026-11-24")),
        finding(draft, "TAF", "acronym-unexplained", family="acronym", replacement="team around the family (TAF)"),
        finding(draft, "Dad is in prison", "history-without-link", severity=Severity.THINK),
        finding(draft, "She", "pronoun-mismatch", family="accuracy", related=(Span(*_place(draft, "He is 9")),)),
        finding(draft, "", "no-purpose", family="missing-statement"),
        finding(draft, "She is hopeless.", "label-or-blame", family="opinion"),
        finding(draft, "", "in-doubt", severity=Severity.THINK, message="Not sure whether to share?"),
    )
    said = Span(*_place(draft, "She would like a visit."))
    statements = (
        Statement("purpose", Status.ABSENT),
        Statement("consent", Status.PRESENT, Span(*_place(draft, "☒ Yes")), "☒ Yes"),
        Statement("consent_what", Status.ABSENT),
        Statement("consent_why", Status.PRESENT),
        Statement("wishes", Status.PRESENT, said, "She would like a visit."),
        *(Statement(name, Status.ABSENT) for name in ("risk", "imminence", "benefit")),
        Statement("relationship", Status.NOT_APPLICABLE),
    )
    return DocumentReport(
        replace(draft, envelope=Envelope()),
        kind="email",
        purposes=(Purpose("early_help", "early help"),),
        statements=statements,
        sharing=(
            Sharing("parent", "criminal", "not-expected", False, (Span(*_place(draft, "prison")),)),
            Sharing("child", "education", "needed", True, (Span(*_place(draft, "late")),)),
        ),
        findings=findings,
        gaps=(Gap("scan.pdf", "Page 2 is a picture."), Gap("list.zip", "It has a password.", note=True)),
    )


def _place(draft: Document, words: str) -> tuple[int, int]:
    at = draft.text.index(words)
    return at, at + len(words)
