"""Everything that a page shows of one draft, made ready for the templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PureWindowsPath

from referral_lint.model import DocumentReport, Gap
from referral_lint.writers.page import sharing, wording
from referral_lint.writers.page.checklist import Checklist, checklist
from referral_lint.writers.page.notes import Card, Matter, cards, what_matters
from referral_lint.writers.page.sheet import Sheet, sheet


@dataclass(frozen=True, slots=True)
class View:
    """One draft as a page shows it. `key` begins the name of every anchor, so that several drafts fit on one page."""

    key: str
    name: str  # of the file
    part: str  # "attachment: NAME" and the like; empty for a whole file
    about: str  # a sentence: what the draft was taken for
    headline: wording.Headline
    urgent: bool
    matters: tuple[Matter, ...]
    changes: tuple[Card, ...]
    questions: tuple[Card, ...]
    waived: tuple[Card, ...]
    sheet: Sheet
    checklist: Checklist
    sharing: sharing.Table
    gaps: tuple[Gap, ...]  # what was not checked
    notes: tuple[Gap, ...]  # what is worth knowing
    linked: frozenset[str]  # anchors that the sheet has
    of: str = ""  # among several drafts on a page: which one, after the name of each part


def views(reports: Sequence[DocumentReport]) -> list[View]:
    """The drafts of one page, `d1`, `d2` …; each says which one it is."""
    made = [view(report, f"d{n}") for n, report in enumerate(reports, 1)]
    if len(made) == 1:
        return made
    return [replace(v, of=f" ({n}: {v.part or v.name})") for n, v in enumerate(made, 1)]


def view(report: DocumentReport, key: str = "d1") -> View:
    """The page of one draft."""
    said = checklist(report, key)
    told = {id(finding) for finding in said.findings}
    shown = cards((f for f in report.findings if id(f) not in told), report.document, key)
    points = [item.point for item in said.present if item.point] + [p for card in shown for p in card.points]
    page = sheet(report.document, [card.mark for card in shown if card.mark], points)
    shown = [replace(card, shown=card.key in page.shown) for card in shown]
    open_cards = [card for card in shown if card.look != "waived"]
    targets = [(card.finding, f"{card.key}-note") for card in open_cards]
    targets += [(item.finding, item.key) for item in said.missing if item.finding]
    return View(
        key=key,
        name=base_name(report.document.source),
        part="The email itself" if report.document.part == "body" else report.document.part,
        about=wording.about(report),
        headline=wording.headline(report),
        urgent=report.in_danger,
        matters=tuple(what_matters(targets, report.document)),
        changes=tuple(card for card in open_cards if card.look != "think"),
        questions=tuple(card for card in open_cards if card.look == "think"),
        waived=tuple(card for card in shown if card.look == "waived"),
        sheet=page,
        checklist=said,
        sharing=sharing.table(report),
        gaps=tuple(gap for gap in report.gaps if not gap.note),
        notes=tuple(gap for gap in report.gaps if gap.note),
        linked=page.shown,
    )


def base_name(source: str) -> str:
    """The file's name without its folders, whichever way the slashes lean."""
    return PureWindowsPath(source).name or source
