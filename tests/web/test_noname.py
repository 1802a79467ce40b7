"""A general enquiry: what identifies somebody is a stop, and neutral words take its place."""

import pytest

from referral_lint.config import Config
from referral_lint.engine import linter_from
from referral_lint.model import Severity, Source, Verdict
from referral_lint.web.noname import neutral
from referral_lint.web.tasks import checked


@pytest.fixture(scope="module")
def linter():
    return linter_from(Config())


def of(linter, words):
    return checked(linter, Source("your words", words.encode(), "text/plain"), True, "").documents[0]


LETTER = """Subject: Request for advice

Dear advice line,

Theo Marlow, aged 9, born 14 March 2017, lives at 6 Tannery Row, WN4 2QT. His mum Dawn Marlow, 01632 960 777, is ill.
Theo comes hungry.

Please ring me on 01632 960145.

Yours sincerely,
Kerry Osgood
"""


def test_whatever_identifies_is_a_stop(linter):
    report = of(linter, LETTER)
    stopped = [f.text for f in report.findings if f.severity is Severity.STOP]
    for words in ("Theo Marlow", "14 March 2017", "WN4 2QT", "Dawn Marlow", "01632 960 777"):
        assert any(words in text for text in stopped), words
    assert not any("960145" in text or "Osgood" in text for text in stopped)
    assert report.verdict is Verdict.HOLD
    assert all(f.fingerprint for f in report.findings)  # each can be waived


def test_neutral_words_take_their_place(linter):
    words = neutral(of(linter, LETTER))
    assert "Marlow" not in words
    assert "a child of primary age, aged 9" in words.lower()
    assert "[date of birth left out]" in words
    assert "Kerry Osgood" in words
    assert "Subject: Request for advice" in words
    assert "01632 960145" in words


def test_what_names_nobody_stays_as_it_is(linter):
    words = "Could I ask in general? A child of primary age comes hungry on most days. Whom can a school ask?\n"
    report = of(linter, words)
    assert neutral(report) == words
    assert not [f for f in report.findings if f.severity is Severity.STOP]


def test_a_named_draft_is_not_touched_by_the_switch(linter):
    report = checked(linter, Source("your words", LETTER.encode(), "text/plain"), False, "").documents[0]
    assert report.mode == "named"


def test_what_the_page_adds_speaks_in_the_words_of_the_rule(linter):
    (rule,) = (rule for rule in linter.rules if rule.id == "identifier-in-no-names")
    added = [f for f in of(linter, LETTER).findings if f.rule == rule.id]
    assert {(f.message, f.why, f.source) for f in added} == {(rule.message, rule.why, rule.source)}


def test_the_advice_fits_the_kind_of_clue(linter):
    words = "Subject: No names please - family in Tannery Street\n\nDear advice line,\n\nMum has twins of 7 weeks and is tired.\n"
    advice = {f.text: f.suggestion for f in of(linter, words).findings if f.family == "identity"}
    street = next(said for text, said in advice.items() if "Tannery Street" in text)
    assert street.startswith("Leave the place out")
    assert "the babies" in advice["twins of 7 weeks"]
