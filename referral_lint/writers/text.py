"""The report for a person at a terminal: what matters first, each thing at its place, in plain words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from referral_lint.model import DocumentReport, Finding, Gap, Local, Report, Span, Verdict
from referral_lint.patterns import compiled
from referral_lint.phrasing import ASK_FOR_PICTURES, COMMAND_FOR_PICTURES
from referral_lint.writers.excerpt import columns, excerpt
from referral_lint.writers.page import wording
from referral_lint.writers.page.checklist import FIRST, Item, checklist
from referral_lint.writers.page.notes import Card, cards, shortened, what_matters
from referral_lint.writers.plain import clean, name_of, numbers

_STYLES = {"bold": "1", "dim": "2", "stop": "1;31", "fix": "33", "think": "36", "waived": "2", "ready": "32"}
# A command in a sentence stays on one line, so that it can be copied.
_COMMAND = compiled(r"\bpip install '[^']+'")
_HELD = "\N{NO-BREAK SPACE}"
_SHORT = 8  # characters of a fingerprint that are enough to name a finding of one draft


def render(report: Report, colour: bool = False, width: int = 80, commands: bool = True) -> str:
    """The report as text of lines of at most `width` columns; with `colour` in the colours of a terminal.

    `commands`: say which commands tell more. Who gets the report in an email does not have them.
    """
    page = _Page(colour, max(width, 40))
    lines: list[str] = []
    unread = list(page.unread(report))
    # The sort is stable: the rest stays in the order of the files.
    for document in sorted(report.documents, key=_turn):
        if unread and not document.in_danger:
            lines += [*unread, "", ""]
            unread = []
        lines += [*page.document(document, report.local), "", ""]
    lines += unread
    lines += page.end(report, commands)
    return "\n".join(lines).strip("\n").rstrip() + "\n"


def _turn(report: DocumentReport) -> int:
    """Danger first, then what could not be read."""
    if report.in_danger:
        return 0
    return 1 if report.verdict is Verdict.UNCHECKED else 2


class _Page:
    """How things look: colour, width, indents."""

    def __init__(self, colour: bool, width: int) -> None:
        self._colour, self._width = colour, width

    def document(self, report: DocumentReport, local: Local) -> Iterator[str]:
        said = [item for item in checklist(report, "d").missing if item.finding is not None]
        told = {id(item.finding) for item in said}
        shown = cards((f for f in report.findings if id(f) not in told), report.document, "d")
        yield self._in("bold", name_of(report))
        if report.in_danger:
            yield from self._urgent(local)
            yield from self._gaps(report.gaps, note=False)
            yield from self._briefly(shown, said)
        else:
            yield from self._headline(report)
            yield from self._gaps(report.gaps, note=False)
            if not report.purposes and report.mode != "no-names":
                yield from self._wrapped(wording.about(report))
            yield from self._fully(report, shown, said)
        yield from self._waived([card.finding for card in shown if card.look == "waived"])
        yield from self._gaps(report.gaps, note=True)

    def _urgent(self, local: Local) -> Iterator[str]:
        yield from self._wrapped(wording.DANGER, style="stop")
        yield from (f"  {label}: {clean(number)}" for label, number in numbers(local))
        if local.procedures:
            yield f"  Local procedures: {clean(local.procedures)}"

    def _briefly(self, shown: list[Card], said: list[Item]) -> Iterator[str]:
        """In an urgent draft nothing stands between the writer and the button: a short list for later, what is alike together."""
        later: dict[tuple[str, str], list[Card]] = {}
        for card in shown:
            if card.look in ("stop", "fix"):
                said_of_any = card.finding.message.replace(card.words, "") if card.words else card.finding.message
                later.setdefault((card.finding.rule, said_of_any), []).append(card)
        if later or said:
            yield from self._title("For later, when there is time")
        for alike in later.values():
            yield from self._wrapped(alike[0].finding.message, "  - ")
            places = "; ".join(_place(card, alone=len(alike) == 1) for card in alike)
            yield from self._wrapped(f"{alike[0].finding.rule}: {places}", "    ", "dim")
        for item in said:
            assert item.finding is not None
            yield from self._wrapped(item.label, "  - ")
            yield self._name(item.finding, "    ")

    def _headline(self, report: DocumentReport) -> Iterator[str]:
        found = wording.headline(report)
        style = {"ready": "ready", "hold": "stop"}.get(found.name, "fix")
        yield from self._wrapped(f"{found.words} {found.more}", style=style)

    def _fully(self, report: DocumentReport, shown: list[Card], said: list[Item]) -> Iterator[str]:
        changes = [card for card in shown if card.look in ("stop", "fix")]
        if len(changes) + len(said) > FIRST:
            yield from self._first([*changes, *said], report)
        for card in changes:
            yield from ("", *self._change(card, report))
        if said:
            yield from self._missing(said)
        questions = [card for card in shown if card.look == "think"]
        if questions:
            yield from self._title("Questions you may want to ask yourself")
        for card in questions:
            yield from self._question(card)

    def _first(self, found: Iterable[Card | Item], report: DocumentReport) -> Iterator[str]:
        matters = what_matters([(one.finding, one.label) for one in found if one.finding is not None], report.document)
        if matters:
            yield from self._title("What matters most")
        for matter in matters:
            yield from self._wrapped(matter.message, "  - ")

    def _change(self, card: Card, report: DocumentReport) -> Iterator[str]:
        place = f" · {card.where}" if card.where else ""
        yield self._in(card.look, card.sign) + self._in("dim", place)
        if card.finding.span is not None:
            yield from self._excerpt(card, report, card.finding.span)
        yield from self._wrapped(card.finding.message, "  ")
        yield from self._wrapped(card.finding.suggestion, "  ", "bold")
        yield self._name(card.finding, "  ")

    def _excerpt(self, card: Card, report: DocumentReport, span: Span) -> Iterator[str]:
        before, words, after = excerpt(report.document, span, self._width - 4)
        yield f"  | {before}{self._in(card.look, words)}{after}"
        yield f"  | {' ' * columns(before)}{self._in(card.look, '^' * max(columns(words), 1))}"

    def _missing(self, said: list[Item]) -> Iterator[str]:
        yield from self._title("Not said yet, with a sentence to adapt")
        for item in said[:FIRST]:
            assert item.finding is not None
            yield from self._wrapped(item.label, "  - ", "bold")
            yield from self._wrapped("____".join(item.sentence), "    ")
            yield self._name(item.finding, "    ")
        if said[FIRST:]:
            rest = "; ".join(item.label[:1].lower() + item.label[1:] for item in said[FIRST:])
            yield from self._wrapped(f"When these are there: {rest}.", "  ")

    def _question(self, card: Card) -> Iterator[str]:
        place = card.where and f"{card.where[:1].upper()}{card.where[1:]}"
        words = f"“{card.words}”" if card.words and not card.says_words else ""
        lead = ", ".join(part for part in (place, words) if part)
        said = f"{card.finding.message} {card.finding.suggestion}"
        yield from self._wrapped(f"{lead}: {said}" if lead else said, "  ? ")
        yield self._name(card.finding, "    ")

    def _waived(self, waived: list[Finding]) -> Iterator[str]:
        if waived:
            yield from self._title("Left as it is, because somebody decided so")
        for finding in waived:
            assert finding.waived is not None
            place = wording.where(finding.where) or "the whole draft"
            words = f"{finding.waived.reason} ({finding.waived.by}, {finding.waived.on})"
            yield from self._wrapped(f"{place}, {finding.rule}: {words}", "  - ")

    def _gaps(self, gaps: Iterable[Gap], note: bool) -> Iterator[str]:
        told = [gap for gap in gaps if gap.note is note]
        if told:
            yield from self._title("Good to know" if note else "Not checked")
        for gap in told:
            yield from self._wrapped(f"{gap.what}: {gap.why}", "  - ")

    def unread(self, report: Report) -> Iterator[str]:
        """What of all the input could not be read and belongs to no document."""
        yield from self._gaps(report.gaps, note=False)

    def end(self, report: Report, commands: bool) -> Iterator[str]:
        """What concerns no document in particular, and where to read on."""
        yield from self._gaps(report.gaps, note=True)
        gaps = [*report.gaps, *(gap for document in report.documents for gap in document.gaps)]
        if commands and any(ASK_FOR_PICTURES in gap.why for gap in gaps):
            yield from ("", *self._wrapped(COMMAND_FOR_PICTURES, style="dim"))
        found = [f for document in report.documents for f in document.open_findings]
        if found and commands:
            gravest = max(found, key=lambda f: (f.severity.rank, f.span is not None))
            yield self._in("dim", f"Why? referral-lint explain {gravest.rule.replace(chr(39), '')}")
            if gravest.fingerprint:
                yield self._in("dim", 'Right as it is? referral-lint waive FILE CODE --reason "…"')

    def _title(self, words: str) -> Iterator[str]:
        yield ""
        yield self._in("bold", words)

    def _name(self, finding: Finding, lead: str) -> str:
        return self._in("dim", f"{lead}{finding.rule} {finding.fingerprint[:_SHORT]}".rstrip())

    def _wrapped(self, text: str, lead: str = "", style: str = "") -> Iterator[str]:
        indent = " " * len(lead)
        whole = _COMMAND.sub(lambda command: command[0].replace(" ", _HELD), clean(text))
        wrapped = textwrap.wrap(
            whole, self._width, initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False
        )
        for line in wrapped:
            told = line.replace(_HELD, " ")
            yield self._in(style, told) if style else told

    def _in(self, style: str, text: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._colour and text else text


def _place(card: Card, alone: bool) -> str:
    """Where a finding is and its code, behind its words unless the message above has just said them."""
    place = ", ".join(part for part in (card.where, card.finding.fingerprint[:_SHORT]) if part)
    if not card.words or (alone and card.says_words):
        return place
    return f"“{shortened(card.words, 60)}” ({place})"
