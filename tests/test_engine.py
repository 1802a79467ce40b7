"""A check that breaks says so: it never calls a draft ready, and danger is told all the same."""

from __future__ import annotations

import pytest

from referral_lint.checks import file_names
from referral_lint.engine import Linter
from referral_lint.model import Block, BlockKind, Document, Gap, Source, Verdict
from referral_lint.writers import text

DANGER = b"He is outside now with a knife and she is alone in the flat with the baby. Please send somebody at once."


@pytest.fixture
def broken(linter: Linter, monkeypatch: pytest.MonkeyPatch) -> Linter:
    """A linter whose reports fail after the draft was read."""

    def fail(draft: object, document: object) -> None:
        raise IndexError("of our own making")

    monkeypatch.setattr(linter, "_report", fail)
    return linter


def test_a_draft_that_broke_the_check_is_never_called_ready(broken: Linter) -> None:
    report = broken.lint(Source("draft.txt", b"Please see the plan that we made on Monday.", "text/plain"))
    assert report.documents[0].verdict is Verdict.UNCHECKED
    assert not report.complete
    assert "could not be checked" in text.render(report)
    assert "ready" not in text.render(report).lower()


def test_danger_comes_first_also_where_the_check_breaks(broken: Linter) -> None:
    report = broken.lint(Source("draft.txt", DANGER, "text/plain"))
    assert report.documents[0].urgent
    assert "999" in text.render(report)


def test_a_check_that_breaks_is_named_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(draft: object, rule: object) -> None:
        raise IndexError("of our own making")

    monkeypatch.setattr(file_names, "name_in_attachment", fail)
    report = Linter().lint(Source("draft.txt", b"He was born on 31 June 2015.")).documents[0]
    assert "The rule name-in-attachment failed on this text (IndexError); the others ran." in [
        g.why for g in report.gaps
    ]
    assert "impossible-date" in {finding.rule for finding in report.findings}


def test_a_process_without_memory_is_not_asked_for_the_next_draft(
    linter: Linter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`Workers` end a process that raises MemoryError; one that goes on would fail the next draft as well."""

    def greedy(draft: object) -> None:
        raise MemoryError

    monkeypatch.setattr(linter, "_finders", [("", greedy)])
    with pytest.raises(MemoryError):
        linter.lint(Source("draft.txt", b"Please see the plan that we made on Monday."))


@pytest.mark.parametrize(
    ("title", "verdict"),
    [("Referral to early help for Theo Quill", Verdict.UNCHECKED), ("Scan 12", Verdict.UNCHECKED)],
)
def test_of_a_scan_only_its_details_are_judged(title, verdict):
    """Nobody knows what it says: nothing is missing there, and nothing is as it should be."""
    line = f"Title: {title}"
    document = Document("a.pdf", line, (Block(0, len(line), BlockKind.PROPERTY),), gaps=(Gap("a.pdf", "A picture."),))
    report = Linter().check(document)
    assert report.statements == report.purposes == ()
    assert all(finding.span for finding in report.findings)
    assert report.verdict is not Verdict.READY


def test_without_the_core_rules_each_report_says_so(tmp_path):
    (tmp_path / "pack.yaml").write_text("name: our-rules\nversion: '1'\n")
    draft = Source("a.txt", b"Theo is frequently late.")
    alone = Linter([str(tmp_path)]).lint(draft)
    assert [gap.why for gap in alone.documents[0].gaps] == [
        "Only the rules of our-rules were checked; the core rules are off."
    ]
    assert alone.complete
    assert not Linter(["core", str(tmp_path)]).lint(draft).documents[0].gaps
