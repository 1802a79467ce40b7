"""The Linter: the only place where reading, understanding and the rules are joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace

from referral_lint import language
from referral_lint.config import Config
from referral_lint.in_force import every_rule, rules_in_force, setting_of
from referral_lint.model import Document, DocumentReport, Finding, Gap, Report, Severity, Source, Span
from referral_lint.readers import Limits, beside, read
from referral_lint.rules import holds, kinds, told, words
from referral_lint.rules.load import load_packs
from referral_lint.rules.overlaps import one_for_one_fault
from referral_lint.rules.rule import Match, Rule
from referral_lint.rules.schema import SCOPES
from referral_lint.understanding import together
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.setting import Setting
from referral_lint.waivers import Waivers, waivers_from
from referral_lint.wrapping import unwrapped

CORE = "core"  # the pack that comes with the program


class Linter:
    """Checks drafts. Built once a process, then immutable; raises only while it is built.

    `rules` are rules that were loaded already, of the packs in `versions`. Rules that are `off` still take their places,
    so that another rule does not say the same there. Without `waivers` findings get no fingerprint and nothing counts as
    waived.

    Raises RuleError or ModelError (both ReferralLintError) if a rule or the pipeline cannot be used.
    """

    def __init__(
        self,
        packs: Iterable[str] = ("core",),
        *,
        off: Iterable[str] = (),
        severities: dict[str, Severity] | None = None,
        setting: Setting | None = None,
        limits: Limits | None = None,
        rules: Iterable[Rule] | None = None,
        versions: dict[str, str] | None = None,
        waivers: Waivers | None = None,
    ) -> None:
        loaded, self.versions = load_packs(packs) if rules is None else (tuple(rules), versions or {})
        loaded = tuple(replace(rule, severity=(severities or {}).get(rule.id, rule.severity)) for rule in loaded)
        self._off = frozenset(off)
        self.rules = tuple(rule for rule in loaded if rule.id not in self._off)
        self.setting = setting or Setting()
        self.limits = limits or Limits()
        self.waivers = waivers
        self.pipeline = language.load(kinds.needs(loaded))
        self._finders = kinds.build(loaded, self.pipeline)

    def with_setting(self, setting: Setting) -> Linter:
        """The same linter (rules, pipeline) for another sender, recipient or day."""
        other = copy(self)
        other.setting = setting
        return other

    def lint(self, source: Source) -> Report:
        """Everything that is to be said of one input. Never raises on bad input: a Gap says what was not checked.

        Raises MemoryError alone, if there is none left to check with: the process is then of no use for the next draft.
        """
        documents = _in_one_danger(self._checked(tuple(read(source, self.limits))))
        if self.waivers is not None:
            documents = self.waivers.apply(documents, {rule.id for rule in self.rules})
        return self.blank() + Report(tuple(map(self._noted, documents)))

    def blank(self) -> Report:
        """A report of nothing yet: what it was checked with."""
        return Report(rules=self.versions, model=self.pipeline.name, local=self.setting.local)

    def _noted(self, report: DocumentReport) -> DocumentReport:
        """Whoever reads “ready” must know where that says nothing of what every other report is checked for."""
        if not self.versions or CORE in self.versions:
            return report
        why = f"Only the rules of {', '.join(self.versions)} were checked; the core rules are off."
        return replace(report, gaps=(*report.gaps, Gap("the rules", why, note=True)))

    def _checked(self, documents: tuple[Document, ...]) -> tuple[DocumentReport, ...]:
        """The reports; a message and its attachments are judged as one for what they state."""
        settings: dict[int, Setting] = {}
        for places in together.groups(documents):
            settings.update(self._together(documents, places))
        for i in together.forwarding(documents):
            settings[i] = replace(settings.get(i, self.setting), tells=True)
        return tuple(self.check(document, settings.get(i)) for i, document in enumerate(documents))

    def _together(self, documents: tuple[Document, ...], places: tuple[int, ...]) -> Iterator[tuple[int, Setting]]:
        with self.pipeline.memory_zone():
            with surviving():
                drafts = [self._draft(documents[i], self.setting) for i in places]
                return zip(places, together.settings(drafts), strict=True)
            return iter(())  # each is judged alone, and what breaks says so there

    def check(self, document: Document, setting: Setting | None = None) -> DocumentReport:
        """The report of one document that was read already; in its own `setting` if one is given."""
        if not document.text.strip():
            return DocumentReport(document, gaps=document.gaps)
        with self.pipeline.memory_zone():
            draft = self._draft(document, setting or self.setting)
            with surviving() as faults:
                report = self._report(draft, document)
                return _of_details(report) if report.unread else report
            why = f"This document could not be checked to the end ({type(faults[0]).__name__})."
            gaps = (*document.gaps, Gap(document.source, why))
            urgent, around = _is_urgent(draft), self._danger_beside(document)
            return DocumentReport(document, urgent=urgent, danger_beside=around, gaps=gaps, broke=True)

    def _draft(self, document: Document, setting: Setting) -> Draft:
        read = unwrapped(document)
        return Draft(read, self.pipeline.doc(read.text), setting)

    def _danger_beside(self, document: Document) -> bool:
        """Does something that goes with a draft tell of danger, such as an earlier message below it?"""
        return any(_is_urgent(self._draft(one, self.setting)) for one in beside.of(document))

    def _report(self, draft: Draft, document: Document) -> DocumentReport:
        findings, gaps = self._findings(draft)
        return DocumentReport(
            document=document,
            kind=draft.kind,
            mode=draft.mode,
            urgent=draft.urgent,
            danger_beside=not draft.urgent and self._danger_beside(document),
            harm_told=draft.may_tell_of_harm,
            purposes=draft.purposes,
            sender=draft.sender,
            recipients=draft.recipients,
            statements=draft.statements,
            people=draft.people,
            sharing=told.table(draft, findings),
            findings=tuple(findings),
            gaps=(*document.gaps, *gaps),
        )

    def _findings(self, draft: Draft) -> tuple[list[Finding], list[Gap]]:
        matches: list[Match] = []
        failed: dict[str, Exception] = {}
        for name, finder in self._finders:
            with surviving() as faults:
                matches.extend(m for m in finder(draft) if in_scope(m, draft) and holds.passes(m, draft))
            failed.update((name, fault) for fault in faults)
        findings: list[Finding] = []
        for match in one_for_one_fault(matches, draft):
            if match.rule.id not in self._off:
                with surviving() as faults:
                    findings.append(words.finding(match, draft))
                failed.update((f"the rule {match.rule.id}", fault) for fault in faults)
        return sorted(findings, key=lambda f: (f.span or Span(-1, -1), f.rule)), [_failed(failed)] if failed else []


def _of_details(report: DocumentReport) -> DocumentReport:
    """Of a document whose words could not be read only what its details give away: what it says, nobody knows."""
    placed = tuple(finding for finding in report.findings if finding.span is not None)
    return replace(report, purposes=(), statements=(), sharing=(), findings=placed)


def _in_one_danger(documents: tuple[DocumentReport, ...]) -> tuple[DocumentReport, ...]:
    """An attachment goes with its email: where one part shows danger, no part holds the others up."""
    urgent = any(document.urgent for document in documents)
    beside = not urgent and any(document.danger_beside for document in documents)
    return tuple(replace(document, urgent=urgent, danger_beside=beside) for document in documents)


@contextmanager
def surviving() -> Iterator[list[Exception]]:
    """What breaks on a strange text must not stop the rest; it is in the list then. MemoryError alone is raised."""
    faults: list[Exception] = []
    try:
        yield faults
    except MemoryError:
        raise
    except Exception as fault:
        faults.append(fault)


def _failed(failed: dict[str, Exception]) -> Gap:
    names = ", ".join(failed)
    faults = ", ".join(dict.fromkeys(type(fault).__name__ for fault in failed.values()))
    return Gap("some rules", f"{names[0].upper()}{names[1:]} failed on this text ({faults}); the others ran.")


def _is_urgent(draft: Draft) -> bool:
    """Danger comes first, also in a draft of which nothing else can be said."""
    with surviving():
        return draft.urgent
    return False


def linter_from(config: Config, only: Iterable[str] = ()) -> Linter:
    """A linter as the configuration wants it; with `only`, of nothing but these rules.

    Raises ConfigError or RuleError for a rule or a pack that there is not, ModelError without a pipeline.
    """
    running, versions = rules_in_force(config, only)
    rules = running if only else every_rule(config)[0]
    off = {rule.id for rule in rules} - {rule.id for rule in running}
    return Linter(rules=rules, off=off, versions=versions, setting=setting_of(config), waivers=waivers_from(config))


def in_scope(match: Match, draft: Draft) -> bool:
    """Does the match stand where its rule looks? A form's printed wording is nobody's fault."""
    if match.span is None:
        return True
    block = draft.document.block_at(match.span.start)
    if block is None or (block.ticked is not True and block.ticked is not None):
        return False
    return any(block.kind in SCOPES[scope] for scope in match.rule.scope)
