"""The annotated copy of a Word document: a comment on the very words of each open finding, nothing else changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from referral_lint.errors import ReferralLintError
from referral_lint.model import UNSEEN, BlockKind, Document, DocumentReport, Finding, Source, Span
from referral_lint.readers import Limits, Unreadable
from referral_lint.readers.word import names as n
from referral_lint.readers.word.package import Package
from referral_lint.readers.word.parts import main_story
from referral_lint.readers.word.walk import Story
from referral_lint.writers.copies import QUOTED
from referral_lint.writers.docx_edits import next_id, suggest
from referral_lint.writers.docx_parts import Copy
from referral_lint.writers.docx_ranges import Ruler, mark, mark_start
from referral_lint.writers.page.wording import DANGER, SEVERITIES

_ELSEWHERE = UNSEEN | {BlockKind.TEXT_BOX}


def annotate(source: Source, report: DocumentReport, suggest_edits: bool = False) -> bytes:
    """The same Word file with a comment for each open finding, by "referral-lint".

    What has no place of its own in the body (a header, a text box, the document as a whole) is said in one comment
    at the top. `suggest_edits`: certain replacements are put in as tracked changes. Raises `ReferralLintError`.
    """
    try:
        package = Package(source.data, Limits())
        root, story, _ = main_story(package, Limits())
        if package.main in package.damaged:
            raise Unreadable("The file is damaged. Save it again in Word before it is annotated.")
        copy = Copy(package)
        page = _Page(root, story, report.document, copy)
        page.comment_on(report.open_findings, [DANGER] if report.in_danger else [])
        if suggest_edits:
            page.suggest()
        copy.put(package.main, root)
        return copy.bytes()
    except Unreadable as why:
        raise ReferralLintError(str(why), source.name) from why


class _Spot(NamedTuple):
    """Characters `start` to `end` of what one paragraph shows."""

    paragraph: etree._Element
    start: int
    end: int


@dataclass
class _Page:
    root: etree._Element
    story: Story
    document: Document
    copy: Copy
    edits: list[tuple[_Spot, str]] = field(default_factory=list)
    rulers: dict[etree._Element, Ruler] = field(default_factory=dict)

    def comment_on(self, findings: tuple[Finding, ...], first: list[str]) -> None:
        """One comment a finding, at its words or at the top; there what comes `first`, then the graver."""
        at_top = []
        for finding in findings:
            spot = self._spot(finding.span) if finding.span else None
            if spot is None:
                at_top.append(finding)
                continue
            self._put(spot, finding)
            if finding.replacement is not None and not self._is_option(finding):
                self.edits.append((spot, finding.replacement))
        at_top.sort(key=lambda finding: -finding.severity.rank)
        if said := [*first, *(line for finding in at_top for line in _lines(finding, quoted=True))]:
            self._top(said)

    def _is_option(self, finding: Finding) -> bool:
        """Whether the words are a box's that somebody ticked: theirs to explain, but the form's to print."""
        block = self.document.block_at(finding.span.start) if finding.span else None
        return block is not None and block.kind is BlockKind.OPTION

    def suggest(self) -> None:
        """Certain replacements as tracked changes, the last first: those before keep their places."""
        number = next_id(self.root)
        done: list[_Spot] = []
        for spot, replacement in sorted(self.edits, key=lambda edit: edit[0].start, reverse=True):
            if any(spot.paragraph is old.paragraph and spot.end > old.start for old in done):
                continue
            words = self._ruler(spot.paragraph).text[spot.start : spot.end]
            number = suggest(self._ruler(spot.paragraph).cut(spot.start, spot.end), words, replacement, number)
            done.append(spot)

    def _ruler(self, paragraph: etree._Element) -> Ruler:
        if paragraph not in self.rulers:
            self.rulers[paragraph] = Ruler(self.story, paragraph)
        return self.rulers[paragraph]

    def _spot(self, span: Span) -> _Spot | None:
        """Where the words are in the body; None if they are not in one of its paragraphs."""
        touched = [b for b in self.document.blocks if b.start < span.end and span.start < b.end]
        if not touched or len(touched[0].anchor) != 3 or touched[0].anchor[0] or touched[0].kind in _ELSEWHERE:
            return None
        first = touched[0]
        last = [b for b in touched if b.anchor[:2] == first.anchor[:2]][-1]
        start = first.anchor[2] + max(span.start - first.start, 0)
        end = last.anchor[2] + min(span.end, last.end) - last.start
        paragraph = self.story.paragraphs[first.anchor[1]]
        words = self.document.text[max(span.start, first.start) :][: end - start]
        if not words.strip() or self._ruler(paragraph).text[start:end] != words:
            return None
        return _Spot(paragraph, start, end)

    def _put(self, spot: _Spot, finding: Finding) -> None:
        if _in_control(spot.paragraph):
            mark_start(spot.paragraph, self.copy.comment(_lines(finding, quoted=True)))
        else:
            mark(self._ruler(spot.paragraph).cut(spot.start, spot.end), self.copy.comment(_lines(finding)))

    def _top(self, lines: list[str]) -> None:
        """One comment at the first paragraph."""
        paragraphs = [p for p in self.story.paragraphs if next(p.iterancestors(n.BOX_CONTENT), None) is None]
        first = next((p for p in paragraphs if self._ruler(p).text.strip()), next(iter(paragraphs), None))
        if first is not None:
            mark_start(first, self.copy.comment(lines))


def _in_control(paragraph: etree._Element) -> bool:
    return next(paragraph.iterancestors(n.CONTROL), None) is not None


def _lines(finding: Finding, quoted: bool = False) -> list[str]:
    """What a comment says; `quoted` with the words that it is about, where it does not stand on them."""
    words = finding.text.strip()[:QUOTED] if quoted else ""
    lead = f"{SEVERITIES[finding.severity]}{f', at “{words}”' if words else ''}: {finding.message}"
    return [lead, finding.suggestion] if finding.suggestion else [lead]
