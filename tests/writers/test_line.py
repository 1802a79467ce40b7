"""One line a finding, for editors and scripts."""

from hypothesis import given
from hypothesis import strategies as st

from referral_lint.model import Gap, Report, Waiver
from referral_lint.writers.line import render
from referral_lint.writers.page.wording import where
from tests.writers.hand_made import document, finding

TEXT = "Dear team,\nHe is often late."


def test_line_and_column():
    assert render(Report((document(TEXT, finding(TEXT, "often")),))) == (
        "draft.txt:2:7: fix vague-frequency: “often” could mean anything. Say how many times.\n"
    )


def test_pages_paragraphs_parts_and_whole_documents():
    found = [finding(TEXT, "often", where={"page": 2, "paragraph": 3}), finding(TEXT, "")]
    one, two = render(Report((document(TEXT, *found, part="body"),))).splitlines()
    assert one.startswith("draft.txt [body]:page 2:paragraph 3: fix vague-frequency: ")
    assert two.startswith("draft.txt [body]: fix vague-frequency: ")


def test_a_cell_is_named_with_its_sheet():
    place = {"sheet": "Other", "cell": "A1"}
    assert ":sheet Other:cell A1: fix" in render(Report((document(TEXT, finding(TEXT, "often", where=place)),)))
    assert where(place) == "sheet Other, cell A1"


def test_waived_gaps_and_notes():
    waived = finding(TEXT, "often", waived=Waiver("x", "A quotation", "A", "2026-11-24"))
    gaps = (Gap("page 2", "A picture."), Gap("draft.txt", "A password.", note=True))
    report = Report((document(TEXT, waived, gaps=gaps),), gaps=(Gap("folder", "Nothing in it."),))
    waived_line, *rest = render(report).splitlines()
    assert waived_line.startswith("draft.txt:2:7: waived vague-frequency: ")
    assert waived_line.endswith("(left as it is: A quotation)")
    assert rest == [
        "draft.txt: unchecked: page 2: A picture.",
        "draft.txt: note: A password.",
        "folder: unchecked: Nothing in it.",
    ]


@given(st.text(min_size=1), st.text())
def test_one_line_a_finding_whatever_the_draft_holds(words, name):
    page = render(Report((document(words, finding(words, words), source=f"a{name}"),)))
    assert page.count("\n") == 1
    assert all(char.isprintable() for char in page[:-1])
