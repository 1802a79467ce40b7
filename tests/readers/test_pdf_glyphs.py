"""Glyph numbers become letters only where that gives words."""

import pytest

from referral_lint.readers.pdf_glyphs import letters_of_glyphs


def glyphs(text):
    return "".join(char if char == "\n" else f"(cid:{ord(char) - 29})" for char in text)


@pytest.mark.parametrize(
    "text", ["Jay was not brought to clinic.", "VAT Code", "Mum's words:\n“no”".replace("“no”", "no")]
)
def test_the_usual_order_gives_words(text):
    assert letters_of_glyphs(glyphs(text)) == text


@pytest.mark.parametrize("text", ["(cid:310)(cid:60)\n(cid:310)(cid:60)", "(cid:19)(cid:20)(cid:25)", "(cid:3)"])
def test_noise_is_no_text(text):
    assert letters_of_glyphs(text) == ""
