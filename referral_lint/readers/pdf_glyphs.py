"""Letters of a font that names none of them, from the order in which font makers put their glyphs."""

from __future__ import annotations

import re

from referral_lint.patterns import compiled

_GLYPH = compiled(r"\(cid:(\d+)\)")
_WORD = compiled(r"[^\W\d_]{3,}")
_VOWEL = compiled(r"[aeiouyà-öø-ÿ]", re.I)
_SHIFT = 29  # most TrueType fonts begin: .notdef, .null, CR, space, !, " … in the order of ASCII, whose space is 32


def letters_of_glyphs(text: str) -> str:
    """The text with each `(cid:N)`, as pdfplumber writes a glyph without a name, as the letter it stands for in most fonts.

    Empty if that gives no words, so that noise is never taken for text.
    """
    read = _GLYPH.sub(lambda found: _letter(int(found[1])), text)
    words = _WORD.findall(read)
    likely = sum(bool(_VOWEL.search(word)) for word in words) >= 0.8 * len(words)
    letters = sum(len(word) for word in words) >= 0.4 * len(re.sub(r"\s", "", read))
    return read if words and likely and letters else ""


def _letter(glyph: int) -> str:
    return chr(glyph + _SHIFT) if 3 <= glyph <= 97 else "\ufffd"
