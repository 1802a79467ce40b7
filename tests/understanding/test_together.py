"""What an email states counts for its attachment, and the other way round; what both lack is asked once."""

from __future__ import annotations

from email.message import EmailMessage
from functools import cache

from referral_lint.engine import Linter
from referral_lint.model import Document, Source, Status
from referral_lint.understanding.together import groups

FORM = (
    "EARLY HELP REFERRAL\n\nThis is a referral to the early help hub for Ivy Marlow, born on 4 May 2020.\n"
    "She was late on nine mornings in October 2026. I saw her without a coat on 3 November 2026 at 8.50am.\n"
    "Her brother is at home with her mother in the day. School has offered a place at the breakfast club.\n"
)
TOLD = "Ms Marlow knows that I am sending you this, and she agreed to it on 3 November 2026."


@cache
def linter() -> Linter:
    return Linter()


def mail(body: str, *attached: str) -> Source:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a.lee@school.example", "hub@council.example", "ref 2217"
    message.set_content(body)
    for n, text in enumerate(attached, 1):
        message.add_attachment(text.encode(), maintype="text", subtype="plain", filename=f"form-{n}.txt")
    return Source("draft.eml", message.as_bytes())


def statuses(source: Source) -> list[dict[str, Status]]:
    return [{s.name: s.status for s in d.statements} for d in linter().lint(source).documents]


def missing(source: Source) -> list[str]:
    return [f.rule for d in linter().lint(source).documents for f in d.findings if f.family == "missing-statement"]


def test_what_the_body_says_counts_for_the_form():
    alone, said = missing(mail("Please see the form.", FORM)), missing(mail(f"Please see the form. {TOLD}", FORM))
    assert "family-told" in alone
    assert "family-told" not in said
    assert "consent-status" not in said


def test_what_the_form_says_counts_for_the_body():
    body = "Dear team,\n\nI am asking for early help for Ivy Marlow. She was late on nine mornings in October 2026, and I saw her cold.\n"
    assert "family-told" not in missing(mail(body, f"{FORM}\n{TOLD}"))


def test_what_both_lack_is_asked_once():
    rules = missing(mail("I am asking for early help for Ivy Marlow. Her form is attached.", FORM))
    assert len(rules) == len(set(rules))


def test_the_words_stay_where_they_stand():
    body, form = linter().lint(mail(f"Please see the form. {TOLD}", FORM)).documents
    told = next(s for s in body.statements if s.name == "informed")
    assert told.status is Status.PRESENT
    assert told.span is not None
    assert next(s for s in form.statements if s.name == "informed").status is not Status.ABSENT


def test_a_forwarded_message_is_somebody_elses():
    inner = EmailMessage()
    inner["From"], inner["To"], inner["Subject"] = "b@nursery.example", "a.lee@school.example", "Ivy"
    inner.set_content(TOLD)
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "a.lee@school.example", "hub@council.example", "ref 2217"
    outer.set_content(FORM)
    outer.add_attachment(inner)
    assert statuses(Source("draft.eml", outer.as_bytes()))[0]["informed"] is Status.ABSENT


def test_only_what_travels_together_is_a_group():
    def part(name: str) -> Document:
        return Document("x", "words", (), part=name)

    parts = [
        part("body"),
        part("attachment: a.txt"),
        part("message 2"),
        part("message 2 > attachment: b.txt"),
        part("alone"),
    ]
    assert list(groups(parts[:2])) == [(0, 1)]
    assert (2, 3) in list(groups(parts))
