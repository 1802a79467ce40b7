"""PDF pages in the order in which a person reads them, and what they carry unseen."""

from __future__ import annotations

import time

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import FreeText, Text
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from referral_lint.model import BlockKind, Document, Source
from referral_lint.readers import Limits, ocr, read
from tests.readers.pdffile import Draw, both, box, changed, coloured, paragraph, pdf, pinned, text

PROSE = "He was seen by the school nurse on 3 May and she told me that he was tired again and had slept on the sofa."


def one(data: bytes, limits: Limits | None = None) -> Document:
    return read(Source("draft.pdf", data), limits)[0]


def of(document: Document, *kinds: BlockKind) -> list[str]:
    return [document.words(block) for block in document.blocks_of(*kinds)]


def body(document: Document) -> list[tuple[str, str]]:
    return [(b.kind.value, document.words(b)) for b in document.blocks if b.kind is not BlockKind.PROPERTY]


def test_paragraphs_and_pages() -> None:
    document = one(pdf(both(paragraph(PROSE), paragraph(PROSE, y=600)), paragraph("Second page here, as it is.")))
    blocks = list(document.blocks_of(BlockKind.PARAGRAPH))
    assert [" ".join(document.words(b).split()) for b in blocks] == [PROSE, PROSE, "Second page here, as it is."]
    assert [document.locate(b.start, b.end) for b in blocks] == [{"page": 1}, {"page": 1}, {"page": 2}]


def test_a_sentence_goes_on_overleaf() -> None:
    document = one(pdf(paragraph("He was seen by the nurse and she"), paragraph("told me that he was tired.")))
    assert of(document, BlockKind.PARAGRAPH) == ["He was seen by the nurse and she\ntold me that he was tired."]


def test_the_anchor_leads_back_to_the_very_characters() -> None:
    data = pdf(text((60, 700, "Name: Robin Marsh"), (300, 700, "Age: 9")), paragraph(PROSE))
    document = one(data)
    with pypdfium2.PdfDocument(data) as file:
        pages = [page.get_textpage().get_text_range() for page in file]
    for block in document.blocks_of(BlockKind.PARAGRAPH, BlockKind.QUESTION, BlockKind.ANSWER):
        runs = [block.anchor[n : n + 3] for n in range(0, len(block.anchor), 3)]
        ends = [run[2] for run in runs[1:]] + [block.end - block.start]
        for (page, index, offset), end in zip(runs, ends, strict=True):
            words = document.words(block)[offset:end].split()
            assert pages[page][index : index + end - offset].split()[: len(words)] == words


def test_columns_of_a_form_line_are_parted() -> None:
    document = one(pdf(text((60, 700, "Name: Robin Marsh"), (250, 700, "Age: 9"), (400, 700, "Year: 4"))))
    assert of(document, BlockKind.QUESTION) == ["Name:", "Age:", "Year:"]
    assert of(document, BlockKind.ANSWER) == ["Robin Marsh", "9", "4"]


def test_tick_marks_drawn_before_the_words_of_their_line() -> None:
    document = one(
        pdf(
            text((60, 700, "Do they agree?"), (150, 700, "[x]"), (220, 700, "[ ]"), (170, 700, "Yes"), (240, 700, "No"))
        )
    )
    options = list(document.blocks_of(BlockKind.OPTION))
    assert [(document.words(b), b.ticked) for b in options] == [("[x] Yes", True), ("[ ] No", False)]


def test_tick_boxes_drawn_with_lines() -> None:
    """A square, and a cross in the one that is ticked; the squares for the figures of a date are none."""

    def boxes(canvas: Canvas) -> None:
        for x in (200, 250):
            canvas.rect(x, 698, 11, 11)
        canvas.line(250, 698, 261, 709)
        canvas.line(250, 709, 261, 698)
        for n in range(8):
            canvas.rect(110 + 12 * n, 648, 12, 12)
        canvas.rect(400, 500, 12, 12)  # an ornament

    words = text((60, 700, "Are the parents aware?"), (215, 700, "Yes"), (265, 700, "No"), (60, 650, "Seen on:"))
    document = one(pdf(both(words, boxes)))
    assert document.text.split("\n")[0].split() == "Are the parents aware? ☐ Yes ☒ No".split()
    assert document.text.count("☐") == 1
    assert "Seen on:\n" in document.text
    assert [block.ticked for block in document.blocks_of(BlockKind.OPTION)] == [False, True]


def test_values_drawn_after_all_labels() -> None:
    labels = [(60, 700, "Name:"), (60, 680, "Born on:"), (60, 660, "School:")]
    values = [(150, 700, "Robin Marsh"), (150, 680, "30/09/2017"), (150, 660, "Acorns")]
    document = one(pdf(text(*labels, *values)))
    assert body(document)[:4] == [
        ("question", "Name:"),
        ("answer", "Robin Marsh"),
        ("question", "Born on:"),
        ("answer", "30/09/2017"),
    ]


def test_a_cell_of_several_lines_stays_together() -> None:
    document = one(
        pdf(
            text(
                (60, 700, "What worries you"),
                (60, 688, "most?"),
                (250, 700, "He is late on most"),
                (250, 688, "mornings."),
            )
        )
    )
    assert body(document) == [("question", "What worries you most?"), ("answer", "He is late on most mornings.")]


def test_two_columns_of_running_text() -> None:
    left = paragraph("Left column one two three four five six seven eight nine ten.", width=28)
    right = paragraph("Right column one two three four five six seven eight nine ten.", x=320, width=28)
    found = one(pdf(both(left, right))).text
    assert found.index("Left") < found.index("nine ten.") < found.index("Right")


def test_repeated_lines_at_the_edges_are_page_headers_and_footers() -> None:
    def page(n: int) -> object:
        return both(
            text((60, 810, "Saltmere Council")), paragraph(f"{n} {PROSE} {PROSE}"), text((60, 40, f"Page {n} of 3"))
        )

    document = one(pdf(*(page(n) for n in (1, 2, 3))))  # type: ignore[arg-type]
    assert of(document, BlockKind.PAGE_HEADER) == ["Saltmere Council"] * 3
    assert of(document, BlockKind.PAGE_FOOTER) == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]
    assert "Council" not in "".join(of(document, BlockKind.PARAGRAPH))


def test_a_large_line_is_a_heading() -> None:
    document = one(pdf(both(text((60, 740, "Why we write"), size=16), paragraph(PROSE))))
    assert of(document, BlockKind.HEADING) == ["Why we write"]


def test_a_line_as_large_as_words_second_titles_is_a_heading() -> None:
    body = [(60, 680 - 14 * n, "He was late on nine mornings in October and is here today") for n in range(5)]
    document = one(pdf(both(text(*body, size=11), text((60, 700, "Why we write"), size=13))))
    assert of(document, BlockKind.HEADING) == ["Why we write"]


def test_words_under_a_box_are_covered() -> None:
    document = one(
        pdf(both(text((60, 700, "His name is"), (120, 700, "Leo Carr"), (175, 700, "I think.")), box(118, 697, 50, 14)))
    )
    assert of(document, BlockKind.COVERED) == ["Leo Carr"]


def test_words_under_a_highlighter_can_be_read() -> None:
    def ink(canvas: Canvas) -> None:
        canvas._extgstate.set(canvas, "BM", "Multiply")
        box(118, 697, 50, 14, "yellow")(canvas)

    document = one(pdf(both(text((60, 700, "His name is"), (120, 700, "Leo Carr"), (175, 700, "I think.")), ink)))
    assert of(document, BlockKind.COVERED) == []
    assert "Leo Carr" in document.text


def test_words_over_a_white_box_leave_the_old_ones_covered() -> None:
    new = both(box(118, 697, 50, 14, "white"), coloured("black", text((120, 700, "name out"))))
    document = one(pdf(both(text((60, 700, "His name is"), (120, 700, "Leo Carr")), new)))
    assert of(document, BlockKind.COVERED) == ["Leo Carr"]
    assert "name out" in document.text


def test_white_and_invisible_words_are_hidden() -> None:
    def invisible(canvas: Canvas) -> None:
        line = canvas.beginText(60, 600)
        line.setTextRenderMode(3)
        line.textLine("unseen words")
        line.setTextRenderMode(0)
        canvas.drawText(line)

    shown = both(box(55, 645, 300, 20, "darkblue"), coloured("white", text((60, 650, "white on blue"))))
    document = one(pdf(both(paragraph(PROSE), coloured("white", text((60, 500, "ghost"))), invisible, shown)))
    assert sorted(of(document, BlockKind.HIDDEN)) == ["ghost", "unseen words"]
    assert "white on blue" in document.text


def form(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Child's name:")
    canvas.acroForm.textfield(name="a", value="Robin Marsh", x=150, y=696, width=200, height=16)
    canvas.drawString(60, 670, "Does the parent agree?")
    canvas.acroForm.checkbox(name="y", x=190, y=668, size=12, checked=True)
    canvas.drawString(206, 670, "Yes")
    canvas.acroForm.checkbox(name="n", x=240, y=668, size=12)
    canvas.drawString(256, 670, "No")


def test_form_fields_stand_behind_their_labels() -> None:
    document = one(pdf(form))
    assert body(document) == [
        ("question", "Child's name:"),
        ("answer", "Robin Marsh"),
        ("question", "Does the parent agree?"),
        ("option", "☒ Yes"),
        ("option", "☐ No"),
    ]
    assert [b.ticked for b in document.blocks_of(BlockKind.OPTION)] == [True, False]


def test_comments_and_text_boxes() -> None:
    def change(writer: PdfWriter) -> None:
        writer.add_annotation(0, Text(rect=(50, 550, 70, 570), text="Is Leo his cousin?"))
        writer.add_annotation(0, FreeText(rect=(50, 450, 170, 470), text="typed over"))

    document = one(changed(pdf(paragraph(PROSE)), change))
    assert of(document, BlockKind.COMMENT) == ["Is Leo his cousin?"]
    assert of(document, BlockKind.TEXT_BOX) == ["typed over"]


def test_properties_and_attached_files() -> None:
    def change(writer: PdfWriter) -> None:
        writer.add_metadata({"/Title": "Referral of Leo Carr", "/Author": "Jo Roe"})
        writer.add_attachment("notes.txt", b"He is nine.")

    found = read(Source("draft.pdf", changed(pdf(paragraph(PROSE)), change)))
    assert of(found[0], BlockKind.PROPERTY)[:2] == ["Title: Referral of Leo Carr", "Author: Jo Roe"]
    assert [d.part for d in found] == ["body", "attachment: notes.txt"]
    assert found[1].text == "He is nine."


def test_a_file_pinned_to_a_page_is_read() -> None:
    found = read(Source("draft.pdf", changed(pdf(paragraph(PROSE)), pinned("notes.txt", b"He is nine."))))
    assert [(d.part, d.text) for d in found[1:]] == [("attachment: notes.txt", "He is nine.")]


def test_bookmarks_that_say_what_no_page_says() -> None:
    def change(writer: PdfWriter) -> None:
        for title in ("Referral of Leo Carr", PROSE.split(".")[0]):
            writer.add_outline_item(title=title, page_number=0)

    document = one(changed(pdf(paragraph(PROSE)), change))
    marks = [b for b in document.blocks_of(BlockKind.PROPERTY) if dict(b.where) == {"property": "bookmark"}]
    assert [document.words(b) for b in marks] == ["Bookmark: Referral of Leo Carr"]


def test_a_password_is_told() -> None:
    document = one(changed(pdf(paragraph(PROSE)), lambda writer: writer.encrypt("secret", algorithm="RC4-128")))
    assert "password" in document.gaps[0].why


def picture(canvas: Canvas) -> None:
    image = canvas.beginForm("x")
    del image
    canvas.endForm()
    for n in range(40):
        canvas.rect(60 + n, 400 + n, 30, 30, fill=1)


def test_a_page_without_text_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    document = one(pdf(picture))
    assert "pictures of pages" in document.gaps[0].why
    assert "ask whoever set this up" in document.gaps[0].why
    assert "pip" not in document.gaps[0].why
    document = one(pdf(paragraph(PROSE), picture))
    assert "1 page of 2 could not be checked: page 2 is a picture" in document.gaps[0].why
    assert not document.gaps[0].note


def test_a_page_read_by_machine_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "text_layer", lambda data, pages: pdf(paragraph("Read by machine, as it seems.")))
    document = one(pdf(picture))
    assert document.text.startswith("Read by machine")
    assert document.gaps[0].note


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.7\ngarbage" * 50, pdf(paragraph(PROSE))[:700]])
def test_damaged_files_say_so(data: bytes) -> None:
    document = one(data)
    assert document.text == ""
    assert ["damaged or empty" in gap.why for gap in document.gaps] == [True]


def test_what_is_read_of_a_damaged_file_is_not_all_and_says_so() -> None:
    whole = pdf(paragraph(PROSE))
    document = one(whole.replace(b"%PDF-", b"%XYZ-"))
    assert PROSE in " ".join(document.text.split())
    assert ["parts may be missing" in gap.why for gap in document.gaps] == [True]
    document = one(whole.replace(b"/Type /Page\n", b"/Type /Pale\n"))
    assert [gap.why for gap in document.gaps] == ["Page 1 is damaged and was not read."]


def test_too_many_pages_are_told() -> None:
    document = one(pdf(*[paragraph(PROSE)] * 5), Limits(pages=2))
    assert document.gaps[0].why == "Only the first 2 of 5 pages were read."


def test_many_pages_take_linear_time() -> None:
    data = pdf(*[both(*(paragraph(PROSE, y=780 - 40 * n) for n in range(18)))] * 60)
    began = time.process_time()
    one(data)
    assert time.process_time() - began < 5


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(20, 500), st.integers(20, 800), st.sampled_from(["Name:", "Sam", "a b c", "☐", "Age?", "x."])
        ),
        max_size=25,
    )
)
def test_no_word_is_lost(lines: list[tuple[float, float, str]]) -> None:
    data = pdf(text(*lines))
    with pypdfium2.PdfDocument(data) as file:
        words = sorted("".join(file[0].get_textpage().get_text_range().split()))
    document = one(data)
    shown = "".join(of(document, *(kind for kind in BlockKind if kind is not BlockKind.PROPERTY)))
    assert sorted("".join(c for c in shown if c.isalnum())) == [c for c in words if c.isalnum()]


def of_forms(*drawings: str, resources: str = "", page: str = "/X0 Do") -> bytes:
    """A page that draws the first of these forms; each can call its next as /X."""
    words = "BT /F 12 Tf 50 700 Td (Anna came late) Tj ET"
    font = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    every = "".join(f"/X{n} {n + 5} 0 R" for n in range(len(drawings)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<{font}/XObject<<{every}>>>>>>",
        stream(f"{words} {page}"),
    ]
    for n, drawn in enumerate(drawings):
        own = resources or f"/Resources<</XObject<</X {n + 6} 0 R>>>>"
        objects.append(stream(drawn, "/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + ("" if own == "none" else own)))
    out, offsets = "%PDF-1.7\n", []
    for n, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{n} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"trailer <</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def stream(content: str, extra: str = "") -> str:
    return f"<<{extra}/Length {len(content)}>>\nstream\n{content}\nendstream"


@pytest.mark.parametrize(
    "data",
    [
        of_forms(*["/X Do " * 10] * 30),
        of_forms(*["/#58 Do " * 10] * 30),
        of_forms(*[f"/X{n + 1} Do " * 10 for n in range(30)], resources="none"),
        of_forms(*["/X % as before\n Do " * 10] * 30),
    ],
)
def test_drawings_that_call_drawings_without_end_are_said(data: bytes) -> None:
    document = one(data)  # 10 to the power of 30 of them
    assert document.text == ""
    assert "draws far more than it shows" in document.gaps[0].why


@pytest.mark.parametrize(
    "data", [of_forms("0 0 9 9 re f", page="/X0 Do " * 400), of_forms("/X Do", "/X Do", "0 0 9 9 re f")]
)
def test_a_stamp_that_is_drawn_often_does_not_matter(data: bytes) -> None:
    document = one(data)
    assert (document.text, document.gaps) == ("Anna came late", ())


def scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 240)), 0, 0, *A4)


@pytest.mark.parametrize("draw", [scan, both(scan, text((200, 12, "Scanned with ScanMate 4")))])
def test_a_scanned_page_with_a_stamp_is_a_picture(draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    document = one(pdf(draw, draw, draw))
    assert "pictures of pages" in document.gaps[0].why
    assert "send the typed file instead" in document.gaps[0].why
    assert not document.has_words


def test_how_many_pages_were_not_read_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    document = one(pdf(paragraph(PROSE), scan, both(scan, paragraph(f"On Monday {PROSE}")), scan))
    assert "2 pages of 4 could not be checked: pages 2, 4 are pictures" in document.gaps[0].why
    assert document.has_words
