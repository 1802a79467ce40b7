"""What travels unseen, from real files of each format to the finding."""

import io

from openpyxl import Workbook
from openpyxl.comments import Comment

from referral_lint.model import Severity, Source, Verdict
from tests.readers.pdffile import both, box, pdf, text
from tests.readers.wordfile import p, r, word

RULES = ("travels-unseen", "another-case-in-properties", "other-peoples-rows")


def findings(linter, name, data):
    (document,) = linter.lint(Source(name, data)).documents
    return document, [f for f in document.findings if f.rule in RULES]


def workbook(rows, hidden=(), note=""):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    other = book.create_sheet("Year 5")
    other.append(["Amina Yusuf", "7 June 2019"])
    other.sheet_state = "hidden" if hidden else "visible"
    if note:
        book.active["A1"].comment = Comment(note, "A colleague")
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_black_box_in_a_pdf_is_a_stop(linter):
    page = both(text((60, 700, "We write about Jay."), (60, 680, "His aunt is Ann Lee.")), box(55, 676, 120, 14))
    document, found = findings(linter, "letter.pdf", pdf(page))
    assert [(f.rule, f.severity, f.text) for f in found] == [("travels-unseen", Severity.STOP, "His aunt is Ann Lee.")]
    assert document.verdict is Verdict.HOLD


def test_one_finding_a_kind_in_a_word_file(linter):
    body = p(
        "Seen. ",
        "<w:del><w:r><w:delText>He is a liar.</w:delText></w:r></w:del>",
        r("Ann Lee", "<w:vanish/>"),
        r(" and more. "),
        r("Kofi", "<w:vanish/>"),
    )
    note = "<w:comment w:author='A Colleague'>" + p("Is this true?") + "</w:comment>"
    _, found = findings(linter, "letter.docx", word(body, {"comments": note}))
    assert sorted(f.text for f in found) == ["Ann Lee", "He is a liar.", "Is this true?"]
    hidden = next(f for f in found if f.text == "Ann Lee")
    assert "in 2 places" in hidden.message
    assert len(hidden.related) == 1
    # What was deleted and tells something is believed to be gone; a name that is hidden, and a note, are looked at before.
    assert {f.text for f in found if f.severity is Severity.STOP} == {"He is a liar."}


def test_the_title_of_another_case(linter):
    body = p("We write about Jay Bright, who is nine.")
    _, found = findings(linter, "letter.docx", word(body, {}, "<dc:title>Referral: Kofi Mensah</dc:title>"))
    assert [(f.rule, f.text) for f in found] == [("another-case-in-properties", "Kofi Mensah")]


def test_hidden_sheets_and_rows_of_other_children(linter):
    one = [["Jay Bright", "4 May 2019"]]
    _, found = findings(linter, "list.xlsx", workbook(one, hidden=True))
    assert [f.rule for f in found] == ["travels-unseen"]
    three = [*one, ["Kofi Mensah", "7 June 2019"], ["Ella Hart", "1 July 2019"]]
    _, found = findings(linter, "list.xlsx", workbook(three, note="not sure about this one"))
    assert sorted(f.rule for f in found) == ["other-peoples-rows", "travels-unseen"]
