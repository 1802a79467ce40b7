"""What a rule says instead where a condition holds: the words must be true of the words that they are about."""

from __future__ import annotations

import textwrap

import pytest

from referral_lint.errors import RuleError
from referral_lint.model import Source
from referral_lint.rules.load import load_rule
from tests.linting import linter


def said(words: str, rule: str) -> list[str]:
    text = f"To: Early help team\n\nI am asking for a family worker for Ivy Marlow, who is six. {words}\n"
    report = linter().lint(Source("draft.txt", text.encode())).documents[0]
    return [finding.message for finding in report.findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("rule", "words", "expected"),
    [
        ("vague-time", "She was recently in hospital.", "“recently” could be last week or last year."),
        ("vague-time", "She was in hospital a few months ago.", "“a few months ago” gives the reader no date."),
        ("vague-time", "He moves out in due course.", "“in due course” leaves the day open."),
        ("vague-time", "He has been hitting her for ages.", "“for ages” leaves open how long."),
        ("vague-time", "The children are up till all hours.", "“till all hours” leaves the time open."),
        ("vague-frequency", "She is often left on her own.", "“often” could be twice a year or twice a day"),
        ("vague-frequency", "He comes in hungry most days.", "“most days” leaves the number of times open."),
        ("vague-frequency", "He sometimes hits his sister.", "“sometimes” leaves the number of times open."),
        ("vague-frequency", "He is invariably late for nursery.", "“invariably” can mean every time or most times."),
        ("vague-frequency", "He shouts at her constantly.", "“constantly” can mean without a break or many times"),
        ("vague-quantity", "There have been several arguments with the neighbour.", "“several” could be two or twenty"),
        ("vague-quantity", "There have been a couple of arguments at night.", "“a couple of” leaves the number open."),
        ("label-or-blame", "Her grandfather lacks capacity.", "“lacks capacity” does not say for which decision"),
        ("label-or-blame", "Mum gambles and is unable to protect her.", "“unable to protect” is a view of somebody"),
        (
            "label-or-blame",
            "Everyone on the estate knows it.",
            "“Everyone on the estate knows it” leaves open who says so",
        ),
        ("label-or-blame", "Dad is a known alcoholic.", "“a known alcoholic” judges a person"),
        (
            "label-or-blame",
            "She has the capacity to decide that obv.",
            "“has the capacity to decide that obv” does not say who",
        ),
        ("vague-quantity", "She eats next to nothing.", "“next to nothing” leaves the amount open."),
        (
            "vague-quantity",
            "There have been dozens of calls from the neighbours.",
            "“dozens of” leaves the number open.",
        ),
    ],
)
def test_the_message_is_true_of_its_words(rule: str, words: str, expected: str) -> None:
    (message,) = said(words, rule)
    assert message.startswith(expected)


@pytest.mark.parametrize(
    ("request_", "advice"),
    [
        ("To: Welbury Food Bank\n\nCould you give Ms Dell a food parcel for three?", "if not, leave it out."),
        ("To: Early help team\n\nI am asking for a family worker for Ivy Marlow.", "Say what was seen, heard or said"),
        ("To: MASH\n\nThis is a child protection referral for Ivy Marlow (6).", "Say what was seen, heard or said"),
    ],
)
def test_more_is_asked_for_only_where_the_reader_may_need_it(request_: str, advice: str) -> None:
    text = f"{request_} There are issues at home.\n"
    report = linter().lint(Source("draft.txt", text.encode())).documents[0]
    (one,) = [finding for finding in report.findings if finding.rule == "euphemism"]
    assert advice in one.suggestion


RULE = textwrap.dedent(
    """\
    id: our-rule
    family: ambiguity
    severity: fix
    kind: phrase
    title: A rule
    flags: Words.
    phrases: [alpha, beta]
    message: "“{words}” is first."
    suggestion: "Say it so."
    variants:
      - VARIANT
    why: Because.
    source: [us]
    examples: {bad: ["[alpha]", "[beta]"], good: ["gamma", "delta"]}
    """
)


@pytest.mark.parametrize(
    "variant",
    [
        '{where: {words: "beta"}, message: "Only a message."}',
        '{where: {nowhere: "beta"}, message: "A.", suggestion: "B."}',
        '{where: {words: "("}, message: "A.", suggestion: "B."}',
    ],
)
def test_a_variant_that_cannot_be_used_is_refused_with_its_line(tmp_path, variant: str) -> None:
    file = tmp_path / "our-rule.yaml"
    file.write_text(RULE.replace("VARIANT", variant), "utf-8")
    with pytest.raises(RuleError, match=r"our-rule\.yaml:11:"):
        load_rule(file)


def told(name: str, draft: str) -> list[tuple[str, str, str]]:
    report = linter().lint(Source(name, draft.encode())).documents[0]
    return [(finding.rule, finding.message, finding.suggestion) for finding in report.findings]


@pytest.mark.parametrize(
    "words",
    [
        "Her neighbour Mr Odell was sectioned in May.",
        "Her sister is an overstayer.",
        "The last social worker was useless.",
    ],
)
def test_of_an_earlier_message_only_cutting_it_is_advised(words: str) -> None:
    above = "From: Ines Wray <i.wray@ferry.example.org>\nTo: Repairs <repairs@council.example.org>\nSubject: Tap\n\n"
    below = "From: Al Rowe\nSent: 4 May 2026 10:00\nTo: Ines Wray\nSubject: Tap\n\nGo ahead."
    asks = "Please mend the kitchen tap for Ms Marlow. She asked me to write."
    found = told("tap.eml", f"{above}{asks}\n\nThanks\nInes Wray\n\n{below} {words}\nAl\n")
    advice = [
        suggestion
        for rule, _, suggestion in found
        if rule in ("third-party-detail", "professional-gossip", "not-needed-for-purpose")
    ]
    assert advice
    assert all(suggestion.startswith("Cut the earlier message off") for suggestion in advice)


@pytest.mark.parametrize(
    ("draft", "message"),
    [
        (
            "To: MASH\n\nIvy Marlow is six and came in hungry.",
            "Whoever this is passed on to may not know what “MASH” stands for.",
        ),
        (
            "PHONE NOTE\nTo: the MASH line\n\nIvy Marlow is six.",
            "Whoever this is passed on to may not know what “MASH” stands for.",
        ),
        (
            "Dear Homes team, the MASH rang me about Ivy Marlow.",
            "People outside your service may not know what “MASH” stands for.",
        ),
        ("Dear Homes team\n\nMs Marlow has sent the UC50.", "People outside your service may not know what “UC50” is."),
    ],
)
def test_an_abbreviation_is_asked_for_as_what_it_is_to_the_reader(draft: str, message: str) -> None:
    assert [said for rule, said, _ in told("note.txt", draft) if rule == "acronym-unexplained"] == [message]
