"""What a rule says to a writer under pressure: one plain sentence, a ready alternative, and never that sharing is forbidden."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from referral_lint.engine import Linter
from referral_lint.model import Finding, Source
from referral_lint.rules.examples import run
from referral_lint.rules.fields import filled
from referral_lint.rules.load import load_packs
from referral_lint.rules.rule import Match, Rule
from referral_lint.rules.words import finding
from referral_lint.understanding.draft import Draft
from tests.linting import linter

LOADED, _ = load_packs(["core"])
RULES = [rule for rule in LOADED if rule.message != "{said}"]  # one rule says what it found in words of its own
_QUOTED = re.compile(r"“[^”]*”|\{\w+\}")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_SHORT_FORM = re.compile(r"\b(?=[A-Z&]*[A-Z])[A-Z&]{2,}s?\b")
_FORBIDS = re.compile(
    r"(?i)\b(?:must not|may not|cannot|can't|not allowed to|never|do not) (?:share|send|pass|disclose|report)\b"
    r"|\b(?:consent|agreement|permission) (?:is|was) (?:required|needed|necessary|missing)\b|\bwithout consent\b"
    r"|\byou need (?:consent|their agreement|permission)\b|\b(?:unlawful|illegal|an offence to|prohibited|forbidden)\b"
    r"|\bmust be (?:removed|deleted|left out|taken out)\b|\bdo not send\b|\bwait (?:for|until) (?:\w+ )?(?:consent|agree\w*|permission|told)\b"
)
_OPTION = re.compile(r"“her uncle”")  # one of several examples
_ONE_CHILD = re.compile(r"\b(?:the|same|right|wrong|a) child\b(?! or adult)|\b(?:[Nn]an|[Mm]um|[Uu]ncle)\b")
_OF_CHILDREN = {"child's-words-changed", "was-not-brought"}  # what they say of a child they say so
_SCORES = re.compile(r"(?i)%|\bper ?cent\b|\bscore\b|\bout of (?:10|ten|100)\b|\bpoints\b|\brating\b")


SAID = [(rule.id, rule.title, words) for rule in RULES for words in (rule, *rule.variants)]


@pytest.fixture(params=SAID, ids=lambda said: said[0])
def said(request):
    """A rule, or one of its variants: what it says to the writer."""
    return request.param[2]


@pytest.fixture(params=SAID, ids=lambda said: said[0])
def every(request):
    """All of its words: title, message, suggestion."""
    _, title, words = request.param
    return (title, words.message, words.suggestion)


def test_the_message_is_one_sentence(said):
    plain = _QUOTED.sub("x", said.message)
    assert len(_SENTENCE_END.findall(plain)) == 1, said.message
    assert plain.strip()[-1] in ".?", said.message


def test_the_message_is_short(said):
    assert len(_QUOTED.sub("x", said.message).split()) <= 26, said.message


def test_the_message_holds_no_short_form(said):
    assert not _SHORT_FORM.findall(_QUOTED.sub("", said.message)), said.message


def test_there_is_a_ready_alternative(said):
    assert len(said.suggestion.split()) >= 3, said.suggestion


def test_nothing_forbids_sharing(every):
    for words in every:
        assert not _FORBIDS.search(words), words


def test_nothing_is_scored(every):
    for words in every:
        assert not _SCORES.search(_QUOTED.sub("", words)), words


def test_nothing_speaks_of_a_child_in_a_draft_that_may_be_about_an_adult() -> None:
    for rule in RULES:
        if rule.id not in _OF_CHILDREN and "family-purpose" not in {condition.name for condition in rule.when}:
            for words in (rule, *rule.variants):
                assert not _ONE_CHILD.search(f"{words.message} {_OPTION.sub('', words.suggestion)}"), rule.id


def test_a_finding_does_not_point_to_itself() -> None:
    words = "Child: Theo Marlow\nDate of birth: 14 March 2018\nAge: 12\nDate: 24 November 2026\n"
    report = linter().lint(Source("form.txt", words.encode())).documents[0]
    found = [f for f in report.findings if f.rule == "age-against-dob"]
    assert found
    assert all(place != f.span for f in found for place in f.related)


@pytest.mark.parametrize("form", ["NFA", "EHM", "TA"])
def test_two_meanings_are_not_given_to_the_same_people(form: str) -> None:
    words = f"To: Housing team\n\nThe {form} was on 3 March. Please ring me.\n"
    report = linter().lint(Source("draft.txt", words.encode())).documents[0]
    (said,) = (f.message for f in report.findings if f.rule == "acronym-two-meanings")
    one, other = re.findall(r"” to ([^“”]+?)(?= and |\.)", said)
    assert one != other, said


def test_a_rule_whose_words_cannot_be_filled_in_is_told_and_the_others_stay() -> None:
    broken = [replace(rule, message="{nothing}") if rule.id == "vague-time" else rule for rule in LOADED]
    text = "To: Early help team\n\nShe was in hospital a while ago. He is frequently late.\n"
    report = Linter(rules=broken).lint(Source("draft.txt", text.encode())).documents[0]
    assert "vague-frequency" in {finding.rule for finding in report.findings}
    assert [gap.why for gap in report.gaps] == ["The rule vague-time failed on this text (RuleError); the others ran."]
    told = {o.fault for o in run([rule for rule in broken if rule.id == "vague-time"]) if o.expected == "bad"}
    assert told - {""} == {"The rule vague-time failed on this text (RuleError); the others ran."}


CHECKED = [rule for rule in LOADED if rule.kind == "python"]


@pytest.mark.parametrize("rule", CHECKED, ids=lambda rule: rule.id)
def test_a_check_fills_the_fields_that_it_is_said_to_fill(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[str]] = []

    def keep(match: Match, draft: Draft) -> Finding:
        seen.append({"words", *match.fields})
        return finding(match, draft)

    monkeypatch.setattr("referral_lint.rules.words.finding", keep)
    list(run([rule]))
    always, sometimes = filled({"kind": "python", "check": rule.matcher["check"]})
    assert seen
    assert all(always <= one <= always | sometimes for one in seen)


def test_the_draft_s_own_braces_stay_in_what_a_check_says():
    words = "To: The {duty} team\n\nThis is a child protection referral about Ivy. Mum does not agree. I am going ahead because {the} baby may be hurt.\n"
    report = linter().lint(Source("draft.txt", words.encode())).documents[0]
    (note,) = (f.suggestion for f in report.findings if f.rule == "decision-note")
    assert "with The {duty} team" in note
    assert "because {the} baby" in note
