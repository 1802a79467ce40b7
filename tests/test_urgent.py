"""A draft that tells of danger now, from end to end: the way to act comes first, and nothing delays it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from referral_lint.engine import Linter
from referral_lint.model import Local, Report, Severity, Source, Status, Verdict
from referral_lint.understanding.setting import Setting
from referral_lint.writers import html, text
from referral_lint.writers.page.checklist import checklist

LOCAL = Local(area="Wendle", duty_team="01632 960111", out_of_hours="01632 960112")
LINTER = Linter(setting=Setting(local=LOCAL))
DRAFTS = {
    "refused": (
        "Subject: Ivy Marlow DOB 4/5/20\nFrom: Ann Lee <a.lee@school.example>\nTo: duty@council.example\n\n"
        "Ivy must not go home today. Her mother's partner, who hit her last night, is in the car park now and says that he will "
        "take her. Mum refused when I asked her. He is clearly a thug and there have been a number of incidents.\n"
    ),
    "asked nobody": "To: duty desk\n\nThe baby is floppy and will not wake, and Mum won't let me ring an ambulance. I am at the flat now.\n",
    "form": "REFERRAL\nIs anyone in immediate danger? Yes\nWhy? He has a knife and is in the house with them now.\nHas consent been obtained? Yes ☐ No ☐\n",
}


@pytest.fixture(params=DRAFTS)
def report(request: pytest.FixtureRequest) -> Report:
    return LINTER.lint(Source("draft.txt", DRAFTS[request.param].encode()))


def test_it_is_urgent_and_never_held(report: Report) -> None:
    (document,) = report.documents
    assert document.urgent
    assert document.verdict is not Verdict.HOLD


def test_waiting_and_the_relationship_are_not_asked_about(report: Report) -> None:
    (document,) = report.documents
    assert not {"timing", "relationship", "benefit", "in-doubt", "decision-note"} & {f.rule for f in document.findings}
    absent = {s.name for s in document.statements if s.status is Status.ABSENT}
    assert not {"timing", "relationship"} & absent


def test_the_way_to_act_comes_before_every_finding(report: Report) -> None:
    messages = [f.message for f in report.documents[0].open_findings if f.severity is not Severity.THINK]
    for shown in (text.render(report), html.render(report)):
        line, numbers = shown.index("999"), [shown.index(n) for n in (LOCAL.duty_team, LOCAL.out_of_hours)]
        told = [place for m in messages if (place := shown.find(m[:25])) >= 0]
        assert line < min(numbers)
        assert all(max(numbers) < place for place in told)


def test_on_the_page_findings_are_folded(report: Report) -> None:
    page = html.render(report)
    assert page.index("999") < page.index('<details class="later">')


def test_at_most_four_missing_statements_are_shown_first() -> None:
    draft = "Dear team,\n\nI am asking for early help for the Marlow family. There is a lot going on and they are often late to school.\n"
    (document,) = LINTER.lint(Source("draft.txt", draft.encode())).documents
    missing = [s for s in document.statements if s.status is Status.ABSENT]
    assert len(missing) > 4
    assert len(checklist(document, "d").first) == 4


def test_a_calm_draft_keeps_its_questions() -> None:
    draft = (
        DRAFTS["refused"].partition("\n\n")[0]
        + "\n\nMum refused when I asked her. Ivy was late on nine mornings in October 2026.\n"
    )
    report = replace(LINTER.lint(Source("draft.txt", draft.encode())))
    assert not report.documents[0].urgent
    assert "999" not in text.render(report)
