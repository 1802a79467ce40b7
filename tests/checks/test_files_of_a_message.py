"""The files of a message: what they are called, and what its text says of them."""

from email.message import EmailMessage

import pytest

from referral_lint.model import Source
from tests.readers.wordfile import p, word


def message(body, *files, subject="Our reference 22817", reader="duty@council.example"):
    one = EmailMessage()
    one["Subject"], one["From"], one["To"] = subject, "Ann Lee <a.lee@school.example>", reader
    one.set_content(body)
    for name in files:
        one.add_attachment(
            word(p("We write about a place.")), maintype="application", subtype="octet-stream", filename=name
        )
    return one.as_bytes()


def found(linter, rule, data, name="message.eml"):
    return [f for d in linter.lint(Source(name, data)).documents for f in d.findings if f.rule == rule]


def test_a_file_of_which_the_text_says_nothing(linter):
    (one,) = found(linter, "attachment-check", message("Dear Bea\n\nHe starts on Monday.\n", "ref-22817.docx"))
    assert one.text == "ref-22817.docx"
    assert "says nothing of this file" in one.suggestion


@pytest.mark.parametrize(
    "body", ["Dear Bea\n\nThe report is here.\n", "Please find attached what you asked for.\n", "\n"]
)
def test_a_file_that_the_text_speaks_of(linter, body):
    assert not found(linter, "attachment-check", message(body, "ref-22817.docx"))


def test_attached_with_nothing_attached(linter):
    (one,) = found(linter, "attachment-check", message("Dear Bea\n\nI attach her report.\n"))
    assert one.text == "attach"


def test_a_full_name_in_a_file_name_is_found_in_a_message_that_names_nobody(linter):
    body = "Dear Bea\n\nI attach her attendance.\n"
    (one,) = found(linter, "name-in-attachment", message(body, "Bethany_Harlow_attendance.docx"))
    assert one.text == "Bethany_Harlow_attendance.docx"
    for name in ("early-help-form.docx", "AnnLee-timetable.docx", "Hollin Bank report.docx"):
        assert not found(linter, "name-in-attachment", message(body, name))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Jay_Bright plan.docx", True),
        ("Jay Bright {draft}.docx", True),
        ("JayBright.docx", True),
        ("22817.docx", False),
    ],
)
def test_the_name_of_a_file_that_is_checked_by_itself(linter, name, told):
    data = word(p("Child: Jay Bright") + p("Jay Bright is nine and was born on 4 May 2017."))
    findings = found(linter, "name-in-attachment", data, name)
    assert [f.span for f in findings] == ([None] if told else [])
    assert all(name in f.suggestion and "“”" not in f.message for f in findings)
