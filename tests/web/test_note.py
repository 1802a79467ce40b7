"""The decision note: begun from the draft, finished by the person."""

from datetime import date
from pathlib import Path

import pytest

from referral_lint.model import Source
from referral_lint.web import note
from tests.linting import linter


@pytest.fixture(scope="module")
def report():
    path = Path("samples/early-help-ready.docx")
    return linter().lint(Source(path.name, path.read_bytes()))


def test_the_draft_begins_the_note(report):
    begun = note.begun(report, date(2026, 11, 4))
    assert begun["on"] == "4 November 2026"
    assert "Early Help" in begun["whom"]
    assert begun["why"]
    assert begun["told"]


def test_the_note_says_what_was_decided(report):
    words = note.text({**note.begun(report), "about": "record 4711", "left_out": "Grandad’s illness"}, report)
    assert words.startswith("Decision to share information\n\nAbout whom:\n  record 4711\n")
    assert "What you left out, and why:\n  Grandad’s illness" in words
    assert words.count("What was weighed") == 1


def test_not_sharing_is_a_decision_too(report):
    filled = {
        "decision": "not",
        "why": "We ask for help.",
        "why_not": "it can wait\nand she asked me not to",
        "whom": "nobody",
        "risk": "none now",
    }
    words = note.text(filled, report)
    assert words.startswith("Decision not to share information")
    assert "Why not:\n  it can wait\n  and she asked me not to" in words
    assert "With whom" not in words
    assert "We ask for help." not in words


def test_why_it_is_not_shared_is_no_answer_of_the_draft(report):
    begun = note.begun(report)
    assert begun["why"]
    assert "Why not" not in note.text({**begun, "decision": note.NOT}, report)


def test_every_question_has_plain_words():
    assert all(field.label and not field.label.isupper() for field in note.FIELDS)


FORM = """CONCERN REPORT

Name of adult: Edna Frith
Date of birth: 4 May 1941
Has she been told that this is shared? Yes ☒ No ☐
Consent to share: Yes ☐ No ☒
If shared without consent, why: She may be seriously hurt if nobody calls.
Details: She said on 3 November 2026 that her nephew pushed her.
"""


def test_a_ticked_box_is_said_in_words():
    form = linter().lint(Source("form.txt", FORM.encode()))
    begun = note.begun(form, date(2026, 11, 4))
    assert begun["told"] == "Has she been told that this is shared? Yes"
    assert begun["agreed"].startswith("Consent to share: no")
    offered = next(f.suggestion for f in form.documents[0].findings if f.rule == "decision-note")
    assert "Told: yes. Agreed: no. Reason: “She may be seriously hurt" in offered


def test_what_a_form_prints_at_its_top_is_not_quoted():
    printed = "INTER-AGENCY REFERRAL FORM\nPlease complete all sections. Has the family been told? Yes [x] No [ ]\n\nName\tDOB\nIvy Roe\t03/05/2019\n\nIvy has missed 9 days of school. Please could she have a mentor.\n"
    begun = note.begun(linter().lint(Source("form.txt", printed.encode())), date(2026, 11, 4))
    assert begun["told"] == "Has the family been told? Yes"
    assert begun["whom"] == ""
