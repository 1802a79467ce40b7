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
