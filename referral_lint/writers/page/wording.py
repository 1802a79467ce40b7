"""The words of a report on screen, in one place: plain, short, and never a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from referral_lint.facts import facts
from referral_lint.model import DocumentReport, Finding, Severity, Verdict
from referral_lint.phrasing import listed

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

DANGER = "If anyone is in immediate danger ring 999. You can send this as it is and correct it after."
SEVERITIES = {Severity.STOP: "Stop and look", Severity.FIX: "To change", Severity.THINK: "A question"}
STANDINGS = {
    ("needed", True): ("needed", "needed for this"),
    ("needed", False): ("needed", "needed for this"),
    ("explain", True): ("explained", "you say why"),
    ("explain", False): ("explain", "say why it matters"),
    ("not-expected", True): ("explained", "you say why"),
    ("not-expected", False): ("unexpected", "is it needed here?"),
}


@dataclass(frozen=True, slots=True)
class Headline:
    """A verdict in words: `name` for the page's looks, a headline and a sentence."""

    name: str
    words: str
    more: str


def headline(report: DocumentReport) -> Headline:
    """The verdict of a document in words. An urgent draft can always go."""
    verdict = report.verdict
    found = report.open_findings
    if report.in_danger:
        better = found or any(s.missing for s in report.statements)
        more = "What could be better is below, for when there is time." if better else "Nothing in it needs changing."
        return Headline("urgent", "You can send this as it is.", "" if report.broke else more)
    if verdict is Verdict.UNCHECKED:
        why = "The reason is below." if report.broke else "Nothing in it could be read. The reason is below."
        return Headline("unchecked", "This could not be checked.", why)
    if verdict is Verdict.HOLD:
        more = f"{things(_count(found, Severity.STOP))} here cannot be taken back once this is sent."
        return Headline("hold", "Please look at this before you send it.", more + _unread(report))
    if verdict is Verdict.REVIEW:
        more = f"{things(_count(found, Severity.FIX))} to change."
        return Headline("review", "Have another look before you send it.", more + _unread(report))
    asked = _could_be_asked(found)
    if not report.complete:
        more = f"Look at that part yourself before you send it. {asked or 'Nothing in the rest needs changing.'}"
        return Headline("part", "Part of this could not be checked.", more)
    return Headline("ready", "Ready to send.", asked or "Nothing needs changing.")


def about(report: DocumentReport) -> str:
    """What the draft was read as; "" if nothing could be read."""
    if report.unread or report.verdict is Verdict.UNCHECKED:
        return ""
    for_what = [plain("purposes", p.id, p.label) for p in report.purposes]
    if report.mode == "no-names":
        for_what = [plain("purposes", "no_names_consultation")]
    if for_what:
        return f"We read this {report.kind} as {listed(for_what)}."
    looks = "" if _tells_of_somebody(report) else " It does not look like a referral."
    return f"What this {report.kind} is for was not clear to us.{looks}"


def _tells_of_somebody(report: DocumentReport) -> bool:
    """Is there somebody whom it could be about, or something about them?"""
    return bool(report.sharing) or any(person.role != "professional" for person in report.people)


def _unread(report: DocumentReport) -> str:
    """What to do about what was not read, behind what was found in the rest; "" if all was read."""
    if report.unread:
        return " Its words could not be read: look at them yourself."
    if report.complete:
        return ""
    unsaid = any(f.span is None and f.severity is not Severity.THINK for f in report.open_findings)
    there = " What is not said here may stand there." if unsaid else ""
    return f" Part of it could not be checked: look at that part yourself.{there}"


def _could_be_asked(found: Sequence[Finding]) -> str:
    """How many questions stand beside places of the draft, and how many things it could say besides; "" if none."""
    asked = _count([f for f in found if f.span is not None], Severity.THINK)
    unsaid = _count(found, Severity.THINK) - asked
    parts = (
        f"{things(asked, 'question')} you may want to ask yourself first." if asked else "",
        f"{things(unsaid)} could still be said." if unsaid else "",
    )
    return " ".join(filter(None, parts))


def things(count: int, thing: str = "thing") -> str:
    """ "Three things", "One thing": a number in words as far as ten, with its noun."""
    number = _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
    return f"{number.capitalize()} {thing}{'' if count == 1 else 's'}"


def where(place: Mapping[str, int | str]) -> str:
    """A finding's place in a few words: "table 1, row 3", "page 2", "line 12"; empty if nothing helps."""
    shown = [key for key in ("part", "page", "sheet", "table", "row", "cell", "paragraph", "line") if key in place]
    if "table" in shown:
        shown = [key for key in shown if key in ("table", "row")]
    if "page" in shown:
        shown = ["page"]
    return ", ".join(str(place[key]) if key == "part" else f"{key} {place[key]}" for key in shown)


def sources(finding: Finding) -> list[str]:
    """Where a finding's reason comes from, a line each; a code that nobody explained stays as it is."""
    known = report_words()["sources"]
    lines = (known.get(code.strip(), code.strip()) for code in finding.source.split("·"))
    return list(dict.fromkeys(line for line in lines if line))


def statement_words() -> dict[str, Any]:
    """rules/data/statement_words.yaml."""
    return dict(facts("statement_words.yaml"))


def report_words() -> dict[str, Any]:
    """rules/data/report_words.yaml: purposes, roles, categories and sources in plain words."""
    return dict(facts("report_words.yaml"))


def plain(table: str, key: str, otherwise: str = "") -> str:
    """The plain words for a purpose, role or category."""
    return str(report_words()[table].get(key) or otherwise or key.replace("_", " "))


def _count(findings: Sequence[Finding], severity: Severity) -> int:
    return sum(1 for finding in findings if finding.severity is severity)
