"""What one sentence says plainly is said, however unlike the sentences are that stand before it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from referral_lint.engine import Linter
from referral_lint.model import DocumentReport, Source, Status

SENTENCES = yaml.safe_load(Path(__file__).with_name("saying_plainly.yaml").read_text("utf-8"))
LINTER = Linter()
HEAD = (
    "To: Early Help Hub, Northmoor Council\nFrom: Tess Ward, Oak Park Primary\nDate: 12 November 2026\n\nDear team\n\n"
)


def report(text: str) -> DocumentReport:
    return LINTER.lint(Source("draft.txt", text.encode())).documents[0]


def status(found: DocumentReport, name: str) -> Status:
    return next(s.status for s in found.statements if s.name == name)


def note(name: str, words: str) -> DocumentReport:
    """A careless note in which something quite unlike it stands before the sentence."""
    agreed = "Mum agreed to this referral. " if name.startswith("consent_") else ""
    return report(
        f"To: Early Help Hub\n\nHi, can you see Tomasz Bell (9) please for support at home. {agreed}He was off again and mum rang, its all a bit"
        f" much. They have two cats and the lift is broken. {words} Shoes too small on 9 November.\n\nTess"
    )


@pytest.mark.parametrize(("name", "words"), [(n, w) for n, of in SENTENCES.items() for w in of["said"]])
def test_what_is_said_plainly_is_heard(name: str, words: str) -> None:
    assert status(note(name, words), name) is Status.PRESENT


@pytest.mark.parametrize(("name", "words"), [(n, w) for n, of in SENTENCES.items() for w in of["not_said"]])
def test_what_only_sounds_so_is_not(name: str, words: str) -> None:
    assert status(note(name, words), name) is Status.ABSENT


def test_what_somebody_wants_is_not_quoted_as_what_is_asked() -> None:
    found = report(
        "VULNERABLE PERSON REPORT\n\nName: Jean Orrin, aged 78\nReporting officer: PC Innes\nViews of the person: “I just want him to get help.”\n"
        "What happened: on 7 November 2026 her son took her bank card; she told me so at 10pm.\n"
    )
    purpose = next(s for s in found.statements if s.name == "purpose")
    assert purpose.text == "VULNERABLE PERSON REPORT"


def test_whoever_has_nothing_to_do_changes_nothing() -> None:
    asked = "Please visit them."
    told = "There is nothing you need to do."
    letter = (
        HEAD
        + "I have closed my work with Ivy Marlow, aged six. Her weight on 3 November 2026 was 20 kg. {}\n\nTess Ward\n"
    )
    assert status(report(letter.format(asked)), "benefit") is Status.ABSENT
    assert status(report(letter.format(told)), "benefit") is Status.NOT_APPLICABLE


def test_not_keen_and_why_it_goes_on_all_the_same() -> None:
    found = report(
        HEAD
        + "Please assess Mr Orrin, aged 81, under section 42. The stairs were blocked on 3 November 2026, which I saw. I told him I would"
        " have to let you know as I am worried about a fire. He wasn't keen but didn't say no.\n\nTess Ward\n"
    )
    assert not {"consent-status", "override-reason", "rationale"} & {f.rule for f in found.findings}
