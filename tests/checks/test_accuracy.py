"""What clashes with what: one draft a kind, and its twin in which nothing does."""

from __future__ import annotations

from datetime import date

import pytest

from referral_lint.engine import Linter
from referral_lint.model import Finding, Severity, Source
from referral_lint.understanding.setting import Setting

LINTER = Linter(setting=Setting(today=date(2026, 11, 29)))
RULES = {rule.id for rule in LINTER.rules if rule.family == "accuracy"}


def found(text: str) -> list[Finding]:
    (report,) = LINTER.lint(Source("draft.txt", text.encode())).documents
    assert not report.gaps
    return [finding for finding in report.findings if finding.rule in RULES]


LETTER = "20 November 2026\n\nDear team\n\nPlease could {}.\n\nYours sincerely\n\nAlan Moss\nHeadteacher\n{}"


@pytest.mark.parametrize(
    ("text", "words", "against"),
    [
        (LETTER.format("Hannah Petrel (9) be seen", "\ncc Hannah Petrol"), "Petrol", "Petrel"),
        (LETTER.format("Jay Bright (9) be seen. Jay sings", "\nJay, 8, would like a walk."), "8", "9"),
        (LETTER.format("Jay Bright (9) be seen", "\nSigned 19 November 2026"), "19 November 2026", "20 November 2026"),
        (LETTER.format("you ring. He turns 9 in March. Jay Bright, 9, waits", ""), "", ""),
        (LETTER.format("you come from 4pm to 3.30pm", ""), "3.30pm", "4"),
        (LETTER.format("you come. In three weeks, on 1 December, we close", ""), "1 December", "11 December"),
        (LETTER.format("she be seen on Feb 31st", ""), "31st", "no calendar"),
        (
            LETTER.format("you help. Her two children are ill. All three children cough", ""),
            "All three children",
            "two",
        ),
        (LETTER.format("you help. He was offered four visits and kept five", ""), "five", "four visits"),
        (LETTER.format("you ring 01632 960123 or 01632 960132", ""), "01632 960132", "01632 960123"),
        (LETTER.format("you help. Ola Kay (9) came with her younger sister Mia, 11, by bus", ""), "11", "9"),
        (
            LETTER.format("you read this. Mr Yeo rang. He is well. His coat was left, and Mr Yoe will ring", ""),
            "Yoe",
            "Yeo",
        ),
        (LETTER.format("you help for six weeks, 2 March to 30 March", ""), "2 March to 30 March", "six weeks"),
    ],
)
def test_a_finding_says_what_clashes_with_what(text, words, against):
    findings = found(text)
    if not words:
        assert findings == []
        return
    (finding,) = findings
    assert finding.text == words
    assert against in finding.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "20 November 2026\n\nOla Kay   DOB: 02/06/2013   Age: 11",
            "Somebody born on 02/06/2013 is 13 on 20 November 2026; the draft says “11”.",
        ),
        ("Ola Kay   DOB: 02/06/2013   Age: 4", "Somebody born on 02/06/2013 is 13 today; the draft says “4”."),
        (
            "20 November 2026\n\nMr Yeo, age 84, born 1946, waits.",
            "Somebody born in 1946 is 79 or 80 on 20 November 2026; the draft says “84”.",
        ),
        (
            "20 November 2026\n\nBaby Noor, born 3 August 2026, 5 months.",
            "Somebody born on 3 August 2026 is 3 months old on 20 November 2026; the draft says “5 months”.",
        ),
        ("20 November 2026\n\nHis sister turned six next March.", "“turned six next March” has not happened yet."),
        ("He came in on Monday 3 November 2026.", "“Monday 3 November 2026” is a Tuesday."),
        ("18 December 2026\n\nThe review is on Monday 6 January.", "“Monday 6 January” is a Wednesday."),  # of 2027
        ("12 January 2027\n\nHe came on Monday 24 December.", "“Monday 24 December” is a Thursday."),  # of 2026
    ],
)
def test_what_is_wrong_is_said_in_one_short_sentence(text, message):
    (finding,) = found(text)
    assert finding.message == message


@pytest.mark.parametrize(
    "text",
    [
        LETTER.format("Hannah Petrel (9) be seen", "\ncc Hannah Petrel's mother"),
        LETTER.format("Jay Bright (9) be seen. Jay sings", "\nJay, 9, would like a walk."),
        LETTER.format("Jay Bright (9) be seen", "\nSigned 20 November 2026"),
        LETTER.format("Jay Bright be seen. Her letter came on 2 November 2026", "\nEnc: letter of 2 November 2026"),
        LETTER.format("you come from 4pm to 6.30pm", ""),
        LETTER.format("you come from 22.00 to 06.00", ""),
        LETTER.format("you come from 12.30pm to 7pm", ""),
        LETTER.format("you help. The twins have a brother two years older", ""),
        LETTER.format("you ring " + ", ".join(f"01632 9601{n:02}" for n in range(80)), ""),
        LETTER.format("you help. Her two children are ill. Three children of the class cough too", ""),
        LETTER.format("you help. He was offered five visits and kept four", ""),
        LETTER.format("you ring 01632 960123 or 01632 960871", ""),
        LETTER.format("you help. Ola Kay (9) came with her older sister Mia, 11, by bus", ""),
        LETTER.format("you help for four weeks, 2 March to 30 March", ""),
    ],
)
def test_nothing_is_said_where_all_fits(text):
    assert found(text) == []


def test_more_named_than_counted_is_certain_and_fewer_is_a_question():
    (certain,) = found("She has two sons, Ben, Kit and Leo, all at school.")
    (question,) = found("She has three sons: Ben and Kit.")
    assert (certain.severity, question.severity) == (Severity.FIX, Severity.THINK)


@pytest.mark.parametrize(
    ("field", "is_wrong"), [("Year group: 10", True), ("Year group: 8", False), ("Last year group: 7", False)]
)
def test_a_form_s_school_year_against_its_date_of_birth(field, is_wrong):
    form = f"REFERRAL FORM\nTo: Early Help\nDate: 20 November 2026\nName: Kit Hale\nDate of birth: 11/10/2013\n{field}\nReason: help\n"
    assert bool(found(form)) is is_wrong


def test_a_date_of_birth_is_not_the_day_of_the_draft():
    assert found("Kit Hale, 11/10/2013 (13), has moved. He was seen on 3 November 2026 and on 10 November 2026.") == []


def test_papers_of_somebody_unknown_are_another_letter_s():
    (finding,) = found(LETTER.format("Jay Bright (9) be seen", "\nEnc: plan, Olivia's drawing"))
    assert (finding.rule, finding.text) == ("wrong-person-paste", "Olivia")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("We met on Tuesday 17 November 2026. We meet again on Thursday 26 November, and on Monday 30 November.", []),
        ("We met on Tuesday 17 November 2026. We meet again on Friday 26 November.", ["Friday 26 November"]),
        ("The club met on Monday 10 November. It meets next on Friday 27 November 2026.", ["Monday 10 November"]),
        ("We met on Tuesday 15 December 2026. We meet again on Tuesday 5 January.", []),
        ("We met on Tuesday 15 December 2026. We meet again on Monday 5 January.", ["Monday 5 January"]),
        ("Kit Hale was born on 20 November 2015. We met on Monday 23 November.", []),
        ("We met on Tuesday 3 March 2026. We meet again on Friday 26 November.", []),
    ],
)
def test_a_weekday_is_held_against_the_year_of_the_dates_beside_it(text, wrong):
    assert [finding.text for finding in found(text)] == wrong
