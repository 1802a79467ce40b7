"""Cards, what matters most, the checklist, the table, and the words of the report itself."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from referral_lint.facts import facts
from referral_lint.model import BlockKind, DocumentReport, Severity, Sharing, Span, Statement, Status
from referral_lint.understanding.statements import NAMES
from referral_lint.writers import html
from referral_lint.writers.page import sharing, wording
from referral_lint.writers.page.checklist import checklist
from referral_lint.writers.page.notes import cards, letters, shortened, what_matters
from referral_lint.writers.page.sheet import sheet
from tests.writers.reports import document, everything, finding

DRAFT = document((BlockKind.PARAGRAPH, "Ben is often late. Dad shouts regularly."))


def test_changes_are_numbered_and_questions_lettered_in_reading_order() -> None:
    found = [
        finding(DRAFT, "regularly"),
        finding(DRAFT, "often", severity=Severity.THINK),
        finding(DRAFT, "Dad", severity=Severity.STOP),
        finding(DRAFT),
    ]
    made = cards(found, DRAFT, "d1")
    assert [(c.label, c.look, c.words) for c in made] == [
        ("1", "fix", ""),
        ("a", "think", "often"),
        ("2", "stop", "Dad"),
        ("3", "fix", "regularly"),
    ]


def test_letters_go_on_after_z() -> None:
    assert [letters(n) for n in (1, 26, 27, 52, 53, 703)] == ["a", "z", "aa", "az", "ba", "aaa"]


def test_long_words_lose_their_middle() -> None:
    text = shortened("one " * 100, 40)
    assert len(text) <= 40
    assert " … " in text


def test_what_matters_is_grave_few_and_said_once() -> None:
    found = [
        finding(DRAFT, "often"),
        finding(DRAFT, "regularly"),
        finding(DRAFT, rule="no-purpose", family="missing-statement"),
        finding(DRAFT, "Dad", "acronym-unexplained", family="acronym"),
        finding(DRAFT, "Ben", "name-in-subject", family="identity", severity=Severity.STOP),
        finding(DRAFT, "late", "in-doubt", severity=Severity.THINK),
    ]
    matters = what_matters([(f, "x") for f in found], DRAFT)
    assert [m.words for m in matters] == ["Ben", "", "often"]
    assert [m.more for m in matters] == [0, 0, 1]


UNSEEN_WORDS = document(
    (BlockKind.PARAGRAPH, "Ben is often late."),
    (BlockKind.DELETED, "Dad lies to us."),
    (BlockKind.COMMENT, "Ask Kerry about this."),
)


def test_what_is_not_seen_is_numbered_as_it_is_shown() -> None:
    found = [finding(UNSEEN_WORDS, words) for words in ("lies", "Kerry", "often")]
    made = cards(found, UNSEEN_WORDS, "d1")
    assert [(c.label, c.words) for c in made] == [("1", "often"), ("2", "Kerry"), ("3", "lies")]
    titles = [node.title for node in sheet(UNSEEN_WORDS).unseen]
    assert titles == ["Comments", "Deleted words that are still in the file"]


def test_a_comment_is_not_more_of_a_deletion() -> None:
    found = [finding(UNSEEN_WORDS, words, "unseen") for words in ("lies", "Kerry")]
    (matter,) = what_matters([(f, "x") for f in found], UNSEEN_WORDS)
    assert matter.more == 0


def test_a_missing_statement_is_told_once_in_the_checklist() -> None:
    report = everything()
    said = checklist(report, "d1")
    assert [f.rule for f in said.findings] == ["no-purpose"]
    assert said.missing[1].finding is said.findings[0]


def test_whether_anyone_is_in_danger_now_is_asked_first() -> None:
    names = ("purpose", "consent", "risk", "imminence", "sources")
    missing = checklist(
        DocumentReport(DRAFT, statements=tuple(Statement(n, Status.ABSENT) for n in names)), "d1"
    ).missing
    assert missing[0].label == "Whether anyone is in danger now"
    assert missing[1].label == "What you are asking for"


def test_a_ticked_box_is_shown_with_its_question() -> None:
    (agreed,) = (item for item in checklist(everything(), "d1").present if item.key.endswith("-consent"))
    assert agreed.words == "Agreed? Yes"


def test_a_waived_missing_statement_stays_missing_but_asks_nothing() -> None:
    report = everything()
    waived = tuple(replace(f, waived=w) for f in report.findings if (w := report.findings[2].waived))
    assert checklist(replace(report, findings=waived), "d1").findings == ()


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [("ppap", Status.ABSENT), ("pppp", Status.PRESENT), ("nnnn", Status.NOT_APPLICABLE), ("npnn", Status.PRESENT)],
)
def test_the_four_parts_of_an_agreement_are_one_question(statuses: str, expected: Status) -> None:
    known = {"p": Status.PRESENT, "a": Status.ABSENT, "n": Status.NOT_APPLICABLE}
    names = ("consent_what", "consent_who", "consent_onward", "consent_why")
    parts = tuple(Statement(n, known[s]) for n, s in zip(names, statuses, strict=True))
    said = checklist(DocumentReport(DRAFT, statements=parts), "d1")
    (item,) = (*said.missing, *said.present, *said.not_asked)
    assert item.status is expected
    assert item.parts == (("They know whom those people may tell",) if expected is Status.ABSENT else ())


def test_what_they_agreed_to_is_not_asked_in_danger() -> None:
    parts = tuple(Statement(f"consent_{what}", Status.ABSENT, waits=True) for what in ("what", "who", "onward", "why"))
    said = checklist(DocumentReport(DRAFT, urgent=True, statements=parts), "d1")
    assert not said.missing
    assert [item.key for item in said.not_asked] == ["d1-says-agreed"]


def test_the_table_begins_with_what_needs_a_word() -> None:
    report = DocumentReport(
        DRAFT,
        sharing=(
            Sharing("child", "education", "needed", False, (Span(13, 17),)),
            Sharing("parent", "criminal", "explain", False),
            Sharing("parent", "religion", "not-expected", False),
            Sharing("child", "religion", "not-expected", True),
        ),
    )
    made = sharing.table(report)
    assert made.roles == ("the child", "a parent")
    assert [name for name, _ in made.rows] == [
        "religion or belief",
        "offences and contact with the police",
        "school and education",
    ]
    assert [e.look if e else None for e in made.rows[0][1]] == ["explained", "unexpected"]
    entry = made.rows[2][1][0]
    assert entry is not None
    assert entry.words == ("late",)


def test_of_two_entries_for_one_person_the_one_that_asks_is_shown() -> None:
    asks = Sharing("parent", "criminal", "not-expected", False, (Span(0, 3),))
    needed = Sharing("parent", "criminal", "needed", False, (Span(13, 17),))
    for rows in ((asks, needed), (needed, asks)):
        (entry,) = sharing.table(DocumentReport(DRAFT, sharing=rows)).rows[0][1]
        assert entry is not None
        assert (entry.look, entry.words) == ("unexpected", ("Ben", "late"))


def test_every_name_has_its_plain_words() -> None:
    words = wording.report_words()
    assert set(words["purposes"]) == set(facts("purposes.yaml")["purposes"])
    assert set(words["categories"]) == set(facts("categories.yaml")["categories"])
    assert set(wording.statement_words()["statements"]) == set(NAMES)
    assert set(wording.statement_words()["together"]["parts"]) == {n for n in NAMES if n.startswith("consent_")}
    for entry in wording.statement_words()["statements"].values():
        assert "____" in entry["sentence"]


def test_our_own_words_hold_no_abbreviation() -> None:
    own = [str(wording.statement_words()), str(wording.report_words())]
    folder = Path(html.__file__).parent / "templates"
    own += [re.sub(r"{[{%#].*?[}%#]}|<[^>]*>", " ", p.read_text()) for p in folder.glob("*.html.j2")]
    for text in own:
        found = set(re.findall(r"\b[A-Z][A-Za-z]?[A-Z]+s?\b", text)) - {"UK", "UTF"}
        assert not {word for word in found if not re.fullmatch(r"[SG]\d+[a-d]?", word)}


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"table": 4, "row": 1, "cell": 2, "paragraph": 9}, "table 4, row 1"),
        ({"page": 2, "line": 3}, "page 2"),
        ({"line": 12, "column": 5}, "line 12"),
        ({"part": "comment 1", "by": "Ann"}, "comment 1"),
        ({}, ""),
    ],
)
def test_a_place_in_a_few_words(place: dict[str, int | str], expected: str) -> None:
    assert wording.where(place) == expected


def test_a_source_is_said_in_words_and_once() -> None:
    assert wording.sources(finding(DRAFT, source="S26 · S26 · Made up")) == [
        "Guidance on information sharing: use clear, unambiguous language",
        "Made up",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Nothing needs changing."),
        (["often"], "One question you may want to ask yourself first."),
        ([""], "One thing could still be said."),
        (["often", "", ""], "One question you may want to ask yourself first. Two things could still be said."),
    ],
)
def test_a_ready_draft_says_what_stands_below(words: list[str], said: str) -> None:
    asked = tuple(finding(DRAFT, one, severity=Severity.THINK) for one in words)
    assert wording.headline(DocumentReport(DRAFT, findings=asked)).more == said
