"""Two letters in one glyph that pdfium cannot name are read all the same."""

import io

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from referral_lint.model import Source
from referral_lint.readers import pdf_ligatures, read
from tests.readers.pdffile import pdf


def letter(code, glyph):
    """A page whose font calls character `code` by a name that pdfium does not know, as fonts of typesetters do."""
    line = rf"(Her sta\{code:03o} and the o\{code:03o}ice know.) Tj ET"
    drawn = pdf(lambda canvas: canvas._code.append(f"BT /F1 10 Tf 1 0 0 1 60 700 Tm {line}"))
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(drawn))
    names = DictionaryObject({NameObject("/Type"): NameObject("/Encoding")})
    names[NameObject("/Differences")] = ArrayObject([NumberObject(code), NameObject(glyph)])
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        font.get_object()[NameObject("/Encoding")] = names
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def first_line(data):
    return read(Source("letter.pdf", data))[0].text.split("\n")[0]


@pytest.mark.parametrize("code", [11, 12, 14, 28, 31])
def test_the_word_is_whole(code):
    assert first_line(letter(code, "/f_f")) == "Her staff and the office know."


def test_where_nobody_can_name_it_the_rest_of_the_word_stays_one_word():
    assert first_line(letter(31, "/nobodyknows")) == "Her sta and the oice know."


def test_no_more_time_than_allowed(monkeypatch):
    monkeypatch.setattr(pdf_ligatures, "SECONDS", 0.0)
    assert first_line(letter(31, "/f_f")) == "Her sta and the oice know."
