"""The report at a terminal: what comes first, what is folded, and that it is safe to show."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_lint.model import (
    Block,
    BlockKind,
    Document,
    DocumentReport,
    Gap,
    Local,
    Report,
    Statement,
    Status,
    Verdict,
    Waiver,
)
from referral_lint.phrasing import ASK_FOR_PICTURES
from referral_lint.writers import plain
from referral_lint.writers.excerpt import columns
from referral_lint.writers.text import render
from tests.writers.hand_made import document, finding

TEXT = "Dear team,\nHe is often late.\nThe school knows."
LOCAL = Local(area="Northfield", duty_team="01632 960001", out_of_hours="01632 960002")


def shown(*documents, local=None, **more):
    return render(Report(documents, local=local or Local()), **more)


def test_a_finding_stands_at_its_place_with_its_words_underlined():
    lines = shown(document(TEXT, finding(TEXT, "often"))).splitlines()
    at = lines.index("  | He is often late.")
    assert lines[0] == "draft.txt"
    assert lines[1].startswith("Have another look before you send it.")
    assert lines[at - 1] == "To change · line 2"
    assert lines[at + 1] == "  |       ^^^^^"
    assert lines[at + 2 : at + 5] == [
        "  “often” could mean anything.",
        "  Say how many times.",
        "  vague-frequency 01234567",
    ]


def test_wide_characters_are_underlined_over_their_width():
    text = "Her name 李小龙 is often misspelt; she came cafe\u0301 first."
    lines = shown(document(text, finding(text, "李小龙"))).splitlines()
    at = next(i for i, line in enumerate(lines) if "^" in line)
    assert lines[at] == "  |          ^^^^^^"
    assert columns("e\u0301") == 1


@given(st.text(), st.text(min_size=1), st.text(), st.integers(40, 120))
def test_whatever_the_draft_holds_no_line_is_too_wide_and_nothing_commands_the_terminal(before, words, after, width):
    text = before + words + after
    report = Report((document(text, finding(text, words), source=f"a{before}.txt"),))
    page = render(report, width=width)
    assert all(char.isprintable() or char == "\n" for char in page)
    excerpt = [line for line in page.split("\n") if line.startswith("  | ")]
    assert len(excerpt) == 2
    assert all(columns(line) <= width for line in excerpt)


def test_stretches_over_lines_end_in_an_ellipsis():
    lines = shown(document(TEXT, finding(TEXT, "late.\nThe school"))).splitlines()
    assert "  | He is often late.…" in lines


def test_colour_only_where_it_is_wanted():
    report = document(TEXT, finding(TEXT, "often"))
    coloured = shown(report, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == shown(report)


def test_nothing_to_change():
    page = shown(document(TEXT))
    assert page.startswith("draft.txt\nReady to send. Nothing needs changing.\n")


def test_danger_comes_first_and_everything_else_is_folded():
    report = document(TEXT, finding(TEXT, "often", "stop"), finding(TEXT, "late", "think"), urgent=True)
    lines = shown(report, local=LOCAL).splitlines()
    assert " ".join(lines[1:3]) == (
        "If anyone is in immediate danger ring 999. You can send this as it is and correct it after."
    )
    assert lines[3:5] == ["  Northfield duty team: 01632 960001", "  Evenings, nights and weekends: 01632 960002"]
    at = lines.index("  - “often” could mean anything.")
    assert lines[at + 1] == "    vague-frequency: line 2, 01234567"
    assert "^" not in "".join(lines)
    assert "“late”" not in "".join(lines)


def test_what_is_for_later_says_its_words_and_codes_once_a_rule():
    found = [finding(TEXT, words, message="Is this needed?", where={"page": 1}) for words in ("often", "late")]
    lines = shown(document(TEXT, *found, urgent=True), width=100).splitlines()
    assert lines.count("  - Is this needed?") == 1
    assert "    vague-frequency: “often” (page 1, 01234567); “late” (page 1, 01234567)" in lines


def missing(count, severity="fix"):
    names = ["informed", "wishes", "risk", "rationale", "benefit", "timing"][:count]
    rules = ["family-told", "wishes", "risk", "rationale", "benefit", "timing"]
    found = [
        finding(TEXT, "", severity, rule, "missing-statement", message=f"{rule} is missing.") for rule in rules[:count]
    ]
    return document(TEXT, *found, statements=tuple(Statement(name, Status.ABSENT) for name in names))


def test_at_most_four_missing_statements_are_shown_at_once():
    page = shown(missing(6))
    assert page.count("____") > 4
    assert "Whether the person or family knows" in page
    assert "When these are there: what difference it would make; why now." in page


def test_few_missing_statements_are_all_shown():
    page = shown(missing(2))
    assert "When these are there" not in page
    assert "What matters most" not in page


def test_what_matters_comes_before_the_rest():
    words = ["Dear", "often", "late", "school", "knows"]
    rules = ["one", "two", "three", "four", "five"]
    found = [finding(TEXT, w, "stop" if w == "school" else "fix", r) for w, r in zip(words, rules, strict=True)]
    page = shown(document(TEXT, *found))
    first = page.split("What matters most\n")[1].split("\n\n")[0].splitlines()
    assert len(first) == 3
    assert first[0] == "  - “school” could mean anything."


def test_questions_stand_apart_and_last():
    page = shown(document(TEXT, finding(TEXT, "often", "think"), finding(TEXT, "late")))
    assert page.index("“late”") < page.index("Questions you may want to ask yourself") < page.index("“often”")


def test_gaps_and_notes_are_always_said():
    gaps = (Gap("page 2", "It is a picture."), Gap("plan.docx", "It has a password.", note=True))
    page = shown(document(TEXT, gaps=gaps))
    assert "Not checked\n  - page 2: It is a picture." in page
    assert "Good to know\n  - plan.docx: It has a password." in page
    assert "Ready to send" not in page
    assert "Not checked\n  - nix: No." in render(Report(gaps=(Gap("nix", "No."),)))


def test_an_urgent_draft_says_its_gaps_too():
    assert "Not checked" in shown(document(TEXT, gaps=(Gap("page 2", "It is a picture."),), urgent=True))


def test_waived_findings_are_shown_as_waived():
    waiver = Waiver("0123456789abcdef", "It is a quotation", "A. Lee", "2026-11-24")
    page = shown(document(TEXT, finding(TEXT, "often", waived=waiver)))
    assert "Ready to send." in page
    assert "Left as it is" in page
    assert "It is a quotation (A. Lee, 2026-11-24)" in page
    assert "^" not in page


def test_parts_have_their_names():
    page = shown(document(TEXT, part="body"), document(TEXT, part="attachment: plan.docx"))
    assert "draft.txt (attachment: plan.docx)\n" in page


@pytest.mark.parametrize("words", ["score", "%", "consent", "GDPR"])
def test_our_own_words_are_plain(words):
    assert words not in shown(missing(6), document(TEXT, finding(TEXT, "often", "stop")), local=LOCAL)


def test_numbers_to_ring_as_far_as_they_are_known():
    assert list(plain.numbers(Local())) == []
    assert list(plain.numbers(Local(duty_team="1"))) == [("Duty team", "1")]


PROPERTY = Block(0, 10, BlockKind.PROPERTY)


def test_what_was_not_read_is_never_ready():
    scan = DocumentReport(Document("a.pdf", "Title: Fox", (PROPERTY,)), gaps=(Gap("a.pdf", "These are pictures."),))
    assert scan.verdict is Verdict.UNCHECKED
    page = render(Report((scan,)))
    assert "This could not be checked." in page
    assert "ready" not in page.lower()


def test_part_of_it_is_not_all_of_it():
    page = shown(document(TEXT, gaps=(Gap("8 pages", "They are pictures."),)))
    assert "Part of this could not be checked. Look at that part yourself before you send it." in " ".join(page.split())
    assert "Nothing in the rest needs changing." in " ".join(page.split())


def test_what_is_no_referral_is_told_so():
    page = shown(document("milk\neggs\nwashing powder"))
    assert "It does not look like a referral." in " ".join(page.split())


def test_what_was_not_read_is_said_first():
    gap = (Gap("page 2", "It is a picture."),)
    page = shown(document(TEXT, finding(TEXT, "often"), gaps=gap))
    assert page.index("Not checked") < page.index("To change")
    scan = DocumentReport(Document("scan.pdf", "Title: Fox", (PROPERTY,)), gaps=gap)
    urgent = document(TEXT, urgent=True, part="note.docx")
    page = shown(document(TEXT, finding(TEXT, "often")), scan, urgent)
    assert page.startswith("draft.txt (note.docx)")
    assert page.index("ring 999") < page.index("scan.pdf") < page.index("To change")
    page = render(Report((urgent, document(TEXT)), gaps=(Gap("list.nix", "No."),)))
    assert page.index("ring 999") < page.index("list.nix") < page.index("Ready to send")


@pytest.mark.parametrize("width", range(44, 100, 4))
def test_a_command_in_a_sentence_can_be_copied(width):
    scan = document(TEXT, gaps=(Gap("page 2", f"It is a picture. {ASK_FOR_PICTURES}"),))
    assert "pip install 'referral-lint[ocr]'" in shown(scan, width=width)
    assert "pip" not in shown(scan, width=width, commands=False)
    assert "pip" not in shown(document(TEXT), width=width)
