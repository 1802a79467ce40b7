"""The annotated copy of a PDF: the highlight lies on the very words, and the rest is on a page at the end."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from referral_lint.errors import ReferralLintError
from referral_lint.model import Document, DocumentReport, Finding, Severity, Source, Span
from referral_lint.readers import read
from referral_lint.writers.annotate_pdf import annotate
from referral_lint.writers.copies import is_annotated
from tests.readers.pdffile import both, paragraph, pdf, text
from tests.readers.test_pdf import PROSE, form


def finding(document: Document, words: str) -> Finding:
    at = document.text.index(words)
    span = Span(at, at + len(words)) if words else None
    return Finding(
        rule="invented", family="acronym", severity=Severity.FIX, message="Write this out.",
        suggestion="Use the full name.", why="", source="", span=span, text=words,
    )  # fmt: skip


def annotated(data: bytes, *words: str) -> bytes:
    source = Source("draft.pdf", data)
    (document,) = read(source)
    return annotate(source, DocumentReport(document, findings=tuple(finding(document, each) for each in words)))


def highlights(data: bytes) -> list[tuple[int, DictionaryObject]]:
    return [
        (n, note.get_object())
        for n, page in enumerate(PdfReader(io.BytesIO(data)).pages)
        for note in page.get("/Annots", [])
        if note.get_object()["/Subtype"] == "/Highlight"
    ]


def under(data: bytes, page: int, note: DictionaryObject) -> str:
    """The words in the boxes of a highlight."""
    corners = [float(n) for n in note["/QuadPoints"]]
    with pypdfium2.PdfDocument(data) as file:
        textpage = file[page].get_textpage()
        boxes = [corners[n : n + 8] for n in range(0, len(corners), 8)]
        return " ".join(textpage.get_text_bounded(b[0], b[5], b[2], b[1]).strip() for b in boxes)


def test_the_highlight_lies_on_the_words() -> None:
    data = pdf(paragraph(PROSE), both(paragraph(PROSE), text((60, 500, "Name: Robin Marsh"), (300, 500, "Age: 9"))))
    out = annotated(data, "school nurse", "he was tired", "Robin Marsh", "Age:")
    found = highlights(out)
    assert [under(out, page, note) for page, note in found] == [
        "school nurse",
        "he was tired",
        "Robin Marsh",
        "Age:",
    ]
    assert [page for page, _ in found] == [0, 0, 1, 1]
    assert found[0][1]["/Contents"] == "To change: Write this out.\nUse the full name."
    assert found[0][1]["/T"] == "referral-lint"


def test_words_over_two_lines_get_two_boxes() -> None:
    out = annotated(pdf(text((60, 700, "She told me that"), (60, 688, "he was tired."))), "that\nhe was")
    ((page, note),) = highlights(out)
    assert under(out, page, note) == "that he was"
    assert len(note["/QuadPoints"]) == 16


def test_a_form_field_is_highlighted() -> None:
    ((_, note),) = highlights(annotated(pdf(form), "Robin Marsh"))
    left, bottom, right, top = (float(n) for n in note["/Rect"])
    assert left < 160 < 340 < right
    assert bottom < 705 < top


def test_the_whole_document_is_spoken_of_on_a_page_at_the_end() -> None:
    out = annotated(pdf(paragraph(PROSE)), "")
    assert highlights(out) == []
    pages = PdfReader(io.BytesIO(out)).pages
    assert len(pages) == 2
    assert "To change: Write this out." in pages[1].extract_text()


def test_danger_comes_first_on_that_page() -> None:
    source = Source("draft.pdf", pdf(paragraph(PROSE)))
    (document,) = read(source)
    out = annotate(source, DocumentReport(document, urgent=True))
    assert "If anyone is in immediate danger ring 999" in PdfReader(io.BytesIO(out)).pages[1].extract_text()


def test_many_remarks_take_several_pages() -> None:
    out = annotated(pdf(paragraph(PROSE)), *[""] * 60)
    assert len(PdfReader(io.BytesIO(out)).pages) > 3


def test_the_copy_is_known_and_reads_the_same() -> None:
    data = pdf(paragraph(PROSE))
    out = annotated(data, "school nurse")
    assert is_annotated(out)
    assert not is_annotated(data)
    assert PROSE.split()[:10] == read(Source("draft.pdf", out))[0].text.split()[:10]


def test_a_damaged_file_is_refused_in_words() -> None:
    document = read(Source("draft.pdf", pdf(paragraph(PROSE))))[0]
    report = DocumentReport(document, findings=(finding(document, "nurse"),))
    with pytest.raises(ReferralLintError, match="cannot be annotated"):
        annotate(Source("draft.pdf", b"%PDF-1.4 no more"), report)
