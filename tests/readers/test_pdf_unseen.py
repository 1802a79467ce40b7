"""What a PDF carries and does not show, and what it must not unpack to."""

from __future__ import annotations

import time
import zlib

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, RectangleObject, StreamObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from referral_lint.model import BlockKind
from tests.readers.pdffile import Draw, both, box, changed, laid_over, pdf, text, turned
from tests.readers.test_pdf import of, one

SECRET = both(text((60, 780, "We write about Jay.")), text((60, 700, "His aunt drinks.")))
PLACE = (55, 690, 320, 715)


@pytest.mark.parametrize("kind", ["Square", "Ink", "Stamp", "Highlight", "FreeText", "Redact"])
def test_words_under_something_laid_on_the_page_are_covered(kind: str) -> None:
    document = one(changed(pdf(SECRET), laid_over(kind, PLACE)))
    assert of(document, BlockKind.COVERED) == ["His aunt drinks."]
    assert of(document, BlockKind.PARAGRAPH) == ["We write about Jay."]


def test_a_mark_for_redaction_that_nobody_applied_covers_words_that_can_be_read() -> None:
    def clear(writer: PdfWriter) -> None:
        laid_over("Redact", PLACE)(writer)
        del writer.pages[0]["/Annots"][0].get_object()["/AP"]

    assert of(one(changed(pdf(SECRET), clear)), BlockKind.COVERED) == ["His aunt drinks."]


def _line(canvas: Canvas) -> None:
    canvas.setLineWidth(14)
    canvas.line(55, 703, 320, 703)


def _picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (20, 20))), 55, 690, 265, 25)


def _form(canvas: Canvas) -> None:
    canvas.beginForm("box")
    box(55, 690, 265, 25)(canvas)
    canvas.endForm()
    canvas.doForm("box")


@pytest.mark.parametrize("cover", [_line, _picture, _form])
def test_words_under_a_thick_line_a_picture_or_a_drawing_within_are_covered(cover: Draw) -> None:
    assert of(one(pdf(both(SECRET, cover))), BlockKind.COVERED) == ["His aunt drinks."]


def test_black_words_on_a_black_ground_are_covered() -> None:
    page = both(text((60, 780, "We write about Jay.")), box(55, 690, 265, 25), text((60, 700, "His aunt drinks.")))
    assert of(one(pdf(page)), BlockKind.COVERED) == ["His aunt drinks."]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_what_is_cut_off_is_hidden_however_the_page_is_turned(degrees: int) -> None:
    page = both(text((60, 700, "Name:"), (120, 700, "Leo"), (60, 40, "Below the cut")), box(118, 697, 50, 14))
    document = one(turned(pdf(page), degrees, (20, 100, 500, 800)))
    assert of(document, BlockKind.COVERED) == ["Leo"]
    assert of(document, BlockKind.HIDDEN) == ["Below the cut"]
    assert of(document, BlockKind.PARAGRAPH, BlockKind.QUESTION) == ["Name:"]


def test_words_in_a_layer_that_is_switched_off_are_hidden() -> None:
    def change(writer: PdfWriter) -> None:
        layer = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/OCG")}))
        layers, off = ArrayObject([layer]), DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
        root = {NameObject("/OCGs"): layers, NameObject("/D"): off}
        writer._root_object[NameObject("/OCProperties")] = DictionaryObject(root)
        page = writer.pages[0]
        page["/Resources"][NameObject("/Properties")] = DictionaryObject({NameObject("/L"): layer})
        drawn = StreamObject()
        drawn.set_data(b"BT /F1 10 Tf 60 700 Td (Shown) Tj ET /OC /L BDC BT /F1 10 Tf 60 600 Td (Not shown) Tj ET EMC")
        page[NameObject("/Contents")] = writer._add_object(drawn)

    assert of(one(changed(pdf(SECRET), change)), BlockKind.HIDDEN) == ["Not shown"]


def test_a_page_too_large_to_draw_is_still_read() -> None:
    def widen(writer: PdfWriter) -> None:
        writer.pages[0].mediabox = RectangleObject((0, 0, 14_000, 14_000))

    document = one(changed(pdf(both(SECRET, box(55, 690, 265, 25))), widen))
    assert of(document, BlockKind.COVERED) == ["His aunt drinks."]


@pytest.mark.parametrize("times", [1, 2])
def test_a_stream_that_unpacks_to_gigabytes_is_not_opened(times: int) -> None:
    packed = b"BT (a) Tj ET " * (30_000_000 // 13 if times == 1 else 10_000_000)
    for _ in range(times):
        packed = zlib.compress(packed, 9)
    began = time.process_time()
    document = one(b"%PDF-1.4\n4 0 obj<</Filter/FlateDecode>>stream\n" + packed + b"\nendstream endobj")
    assert document.text == ""
    assert "unpacks" in document.gaps[0].why
    assert time.process_time() - began < 2
