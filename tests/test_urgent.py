"""A draft that tells of danger now, from end to end: the way to act comes first, and nothing delays it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from html import escape

import pytest
from docx import Document as Word
from reportlab.pdfgen.canvas import Canvas

from referral_lint.cli.check import exit_code
from referral_lint.engine import Linter
from referral_lint.facts import facts
from referral_lint.model import Local, Report, Severity, Source, Status, Verdict
from referral_lint.understanding.setting import Setting
from referral_lint.writers import html, text
from referral_lint.writers.json import as_dict
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
    waiting = set(facts("statement_needs.yaml")["never_when_urgent"])
    rules = {f.rule for f in document.findings}
    assert not {"timing", "relationship", "benefit", "in-doubt", "decision-note", "risk"} & rules
    assert not {"consent-status", "consent-informed", "override-reason"} & rules
    assert "hether they agree" not in text.render(report)
    missing = {s.name for s in document.statements if s.missing}
    assert not waiting & missing
    (shown,) = as_dict(report)["documents"]
    assert not waiting & {s["name"] for s in shown["statements"] if s["asked"]}
    assert not waiting & {item.key.rpartition("-")[2] for item in checklist(document, "d1").missing}


def test_the_way_to_act_comes_before_every_finding(report: Report) -> None:
    findings = [f for f in report.documents[0].open_findings if f.severity is not Severity.THINK]
    assert findings
    for shown, told in (
        (text.render(report), [f.rule for f in findings]),
        (html.render(report), [f.message[:25] for f in findings]),
    ):
        line, numbers = shown.index("999"), [shown.index(n) for n in (LOCAL.duty_team, LOCAL.out_of_hours)]
        assert line < min(numbers)
        assert max(numbers) < min(shown.index(words) for words in told)


def test_what_they_agreed_to_is_not_asked_in_danger() -> None:
    draft = (
        "To: early help\n\nI am asking for early help for Ivy Marlow. Her mother agreed to this referral on 3 November. {} "
        "She was late on nine mornings in October 2026.\n"
    )
    for told, asks in (
        ("Her mother's partner is in the kitchen with a knife now and says that he will kill her.", False),
        ("She has a cough.", True),
    ):
        (document,) = LINTER.lint(Source("draft.txt", draft.format(told).encode())).documents
        assert document.urgent is not asks
        assert ("consent-informed" in {f.rule for f in document.findings}) is asks
        (agreed,) = (s for s in document.statements if s.name == "consent_why")
        assert (agreed.status, agreed.missing) == (Status.ABSENT, asks)  # it is as absent as ever


OVER_SHARING = {
    "private-wording",
    "third-party-detail",
    "criminal-data-unjustified",
    "special-category-unjustified",
    "not-needed-for-purpose",
}
# The danger; a word about health or money between, which somebody may well have to know; and an old matter far from it.
TOLD = (
    "Her uncle is drunk and is driving her to the coast now, and he does not answer his phone.",
    "My neighbour's brother is drunk and is at her bedroom door with a hammer now.",
    "He has just gone to his ex-wife's flat with a knife.",
    "Mr Oake told our rent team this minute that he has swallowed all his tablets.",
)
CALM = "Ivy says ten words. She likes the sand tray. She comes on Mondays. She has a red coat. She can count to six."


@pytest.mark.parametrize("told", TOLD)
def test_words_that_tell_of_the_danger_are_never_too_much(told: str) -> None:
    draft = f"Please assess Ivy's speech. {CALM}\n\n{told} Her mother is on antidepressants.\n\n{CALM} Her aunt went bankrupt in 2015.\n"
    setting = Setting(purposes=("speech_language_therapy",), local=LOCAL)
    (document,) = Linter(setting=setting).lint(Source("draft.txt", draft.encode())).documents
    assert document.urgent
    marked = [draft[f.span.start : f.span.end] for f in document.findings if f.rule in OVER_SHARING and f.span]
    assert [words for words in marked if words in told or "antidepressants" in words] == []
    assert any("bankrupt" in words for words in marked)  # an old matter elsewhere is as it was


def test_an_attachment_goes_with_an_email_that_tells_of_danger() -> None:
    linter = Linter(severities={"vague-frequency": Severity.STOP})
    message = EmailMessage()
    message["To"] = "duty@council.example"
    message.set_content(DRAFTS["asked nobody"])
    message.add_attachment(b"He is regularly late.", maintype="text", subtype="plain", filename="letter.txt")
    alone = linter.lint(Source("letter.txt", b"He is regularly late."))
    report = linter.lint(Source("draft.eml", message.as_bytes()))
    assert [d.verdict for d in alone.documents] == [Verdict.HOLD]
    assert len(report.documents) == 2
    assert [(d["urgent"], d["verdict"]) for d in as_dict(report)["documents"]] == [(True, "review")] * 2
    assert html.render(report).count("You can send this as it is.") >= 2
    assert (exit_code(report, "stop"), exit_code(alone, "stop")) == (0, 1)


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
    report = LINTER.lint(Source("draft.txt", draft.encode()))
    assert not report.documents[0].urgent
    assert "999" not in text.render(report)


# --- in any format: headers below a title are the draft's own; an earlier message is looked at, too

NOW = "Her mother's partner is in the car park now and says that he will take her. He has a hammer and he hit her last night."
TITLED = f"CAUSE FOR CONCERN\n\nFrom: Ann Lee, Hill School\n\nTo: Duty team\n\nDate: 26 November 2026\n\n{NOW}"
BELOW = (
    "Hello,\n\nPlease could you look at this for me.\n\nThank you\nAnn Lee\n\n"
    f"From: Pat Lee\nSent: 26 November 2026 14:50\nTo: Ann Lee\nSubject: Ivy\n\n{NOW}"
)


def as_text(words: str) -> Source:
    return Source("draft.txt", words.encode())


def as_word(words: str) -> Source:
    file, made = io.BytesIO(), Word()
    for line in filter(None, words.split("\n")):
        made.add_paragraph(line)
    made.save(file)
    return Source("draft.docx", file.getvalue())


def as_pdf(words: str) -> Source:
    file = io.BytesIO()
    page = Canvas(file, pagesize=(900, 842))
    page.setFont("Helvetica", 10)
    for n, line in enumerate(words.split("\n")):
        page.drawString(60, 780 - 14 * n, line)
    page.save()
    return Source("draft.pdf", file.getvalue())


def as_html(words: str) -> Source:
    lines = "".join(f"<p>{escape(line)}</p>" for line in words.split("\n"))
    return Source("draft.html", f"<html><body>{lines}</body></html>".encode())


def as_attached(words: str) -> Source:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "ann@hill.example.org", "duty@council.example.org", "Form"
    made.set_content("The form is attached.\n\nKind regards\nAnn Lee\n")
    made.add_attachment(words, filename="form.txt")
    return Source("draft.eml", bytes(made))


FORMATS = pytest.mark.parametrize("made", [as_text, as_word, as_pdf, as_html, as_attached])


@FORMATS
def test_danger_below_headers_and_a_title_is_the_drafts_own(made: Callable[[str], Source]) -> None:
    assert LINTER.lint(made(TITLED)).documents[-1].urgent


@FORMATS
def test_danger_in_an_earlier_message_is_told_to_the_writer(made: Callable[[str], Source]) -> None:
    report = LINTER.lint(made(BELOW))
    document = report.documents[-1]
    assert (document.urgent, document.danger_beside, document.in_danger) == (False, True, True)
    assert "999" in text.render(report)
    assert html.render(report).index("999") < html.render(report).index('<details class="later">')


def test_what_tells_of_danger_beside_the_draft_is_never_held() -> None:
    report = LINTER.lint(as_text(BELOW)).documents[0]
    leak = replace(report.findings[0], severity=Severity.STOP, waived=None)
    assert replace(report, findings=(leak,)).verdict is Verdict.REVIEW


@FORMATS
def test_a_calm_earlier_message_says_nothing(made: Callable[[str], Source]) -> None:
    report = LINTER.lint(made(BELOW.replace(NOW, "She was late twice last week. Can we talk about her bus on Monday?")))
    assert not any(document.in_danger for document in report.documents)
    assert "999" not in text.render(report)


def test_a_calm_form_beside_a_message_of_danger_asks_nothing_that_waits() -> None:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "ann@hill.example.org", "duty@council.example.org", "Form"
    form = "EARLY HELP REFERRAL\n\n" + "Ivy Marlow came in late on nine mornings in October 2026, without a coat.\n" * 6
    for words, waits in ((NOW, True), ("The form is attached, as we agreed.", False)):
        made.set_content(f"Dear team,\n\n{words}\n\nAnn Lee\n")
        made.make_mixed()
        made.add_attachment(form, filename="form.txt")
        rules = {
            f.rule for document in LINTER.lint(Source("draft.eml", bytes(made))).documents for f in document.findings
        }
        assert bool({"timing", "benefit"} & rules) is not waits
        made.clear_content()


@pytest.mark.parametrize("name", ["Denise", "Karen", "Trish", "Sue Marlow", "Many thanks"])
def test_a_bare_name_at_the_end_is_no_danger(name: str) -> None:
    draft = f"To: duty@adults.example.org\nSubject: Request, our ref 11\n\nHello\n\nMr Penn would like a befriender.\n\n{name}\n"
    assert not LINTER.lint(as_text(draft)).documents[0].in_danger


def test_a_sign_off_that_tells_of_danger_is_heard() -> None:
    draft = "To: duty@adults.example.org\nSubject: Ivy\n\nHello\n\nThe form is attached.\n\nDenise\nHe is outside her door now with a hammer\n"
    assert LINTER.lint(as_text(draft)).documents[0].in_danger


@pytest.mark.parametrize(
    "ending",
    [
        "",
        " The next meeting is on 9 April at ten in the library.",
        " I am at work on Mondays to Thursdays.",
        " Thank you for the list.",
    ],
)
def test_an_ordinary_ending_does_not_hide_what_is_planned(ending: str) -> None:
    said = (
        "He told his tutor on Monday that he knows how he would end it and has it ready at home. He goes home at three."
    )
    assert LINTER.lint(as_text(f"{said}{ending}\n")).documents[0].urgent
