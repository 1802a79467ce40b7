"""What a Word form still asks where nobody chose or typed anything."""

from __future__ import annotations

import pytest

from referral_lint.model import DocumentReport, Source
from tests.linting import linter
from tests.readers.wordfile import p, r, table, word


def control(prompt: str, around: str = "run") -> str:
    """A content control that shows its prompt: inside a paragraph, around it, or around the whole cell."""
    inside = {"run": r(prompt), "paragraph": p(r(prompt)), "cell": f"<w:tc>{p(r(prompt))}</w:tc>"}[around]
    made = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    return p(made) if around == "run" else made


def checked(prompt: str, around: str, label: str = "School") -> DocumentReport:
    rows = table(["Name of child", "Ada Finch"], ["Date of birth", "4 May 2020"], ["GP", "Dr Vale"], [label, "@"])
    cell = f"<w:tc>{p('@')}</w:tc>" if around == "cell" else p("@")
    body = rows.replace(cell, control(prompt, around)) + p(r("What are you worried about? She is late on most days."))
    return linter().lint(Source("form.docx", word(body))).documents[0]


@pytest.mark.parametrize("around", ["run", "paragraph", "cell"])
@pytest.mark.parametrize("prompt", ["Choose an item.", "Click or tap to enter a date.", "Pick the setting"])
def test_a_control_that_shows_its_prompt_is_a_field_without_an_answer(prompt, around):
    found = [f for f in checked(prompt, around).findings if f.span and f.text == prompt]
    assert [(f.rule, f.message) for f in found] == [("blank-or-unanswered-field", "“School” has no answer.")]


def test_what_may_stay_empty_still_shows_its_prompt():
    found = [f.rule for f in checked("Choose an item.", "run", "Ethnicity").findings if f.text == "Choose an item."]
    assert found == ["placeholder-left"]


SIGNED = """REQUEST FOR HELP

Name of child: Ada Finch
Date of birth: 4 May 2020
School: Hill Primary
What are you asking for? A hearing test

CONSENT
Does the parent agree to this request? Yes ☒ No ☐
Parent's signature:
Date signed: 4 November 2026
"""


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (SIGNED, ["Parent's signature"]),
        (SIGNED.replace("signature:", "signature: B. Finch"), []),
        (SIGNED.replace("CONSENT\nDoes", "FOR OFFICE USE ONLY\nDoes"), []),
        (SIGNED.replace("Yes ☒", "Yes ☐"), ["Does the parent agree to this request"]),
        (SIGNED.replace("Does the parent agree to this request? Yes ☒ No ☐\n", "").replace("CONSENT", "VISIT"), []),
        ("Subject: forms\nFrom: a@example.org\nTo: b@example.org\n\nDoes she agree? Yes\nParent's signature:\n", []),
    ],
)
def test_a_parents_signature_is_part_of_the_agreement(text, asked):
    report = linter().lint(Source("form.txt", text.encode())).documents[0]
    assert [f.text for f in report.findings if f.rule == "blank-or-unanswered-field"] == asked
