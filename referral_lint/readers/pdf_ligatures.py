"""Letters that pdfium cannot name: “ff” in one glyph, which it gives as a control character; pdfplumber knows more fonts."""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Sequence
from typing import Any

from referral_lint.patterns import compiled
from referral_lint.readers.pdf_words import HYPHENS, Word

SECONDS = 3.0  # for all pages of one file: pdfplumber takes sixty times as long as pdfium
_UNNAMED = compiled(rf"[\x01-\x1f\x7f-\x9f]+(?<![{HYPHENS}])")
_MOST = 3  # letters of a ligature: ffi


class Ligatures:
    """The words of one file as pdfplumber reads them, asked for only on pages where pdfium leaves letters unnamed."""

    def __init__(self, data: bytes) -> None:
        self._data, self._left = data, SECONDS

    def named(self, lines: list[list[Word]], page: int) -> list[list[Word]]:
        """The page's words with their unnamed letters; without these letters where nobody can name them."""
        if not any(_UNNAMED.search(word.text) for line in lines for word in line):
            return lines
        others = self._words(page)
        read = [[_named(word, others) for word in line] for line in lines]
        return [words for line in read if (words := [word for word in line if word.text])]

    def _words(self, page: int) -> list[dict[str, Any]]:
        """pdfplumber's words of a page; none if it fails or the time is up."""
        if self._left <= 0:
            return []
        import pdfplumber  # only here: it takes long to load

        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
        began = time.monotonic()
        try:
            with pdfplumber.open(io.BytesIO(self._data), pages=[page + 1]) as pdf:
                return list(pdf.pages[0].extract_words())
        except Exception:  # damaged files break it in any way
            logging.getLogger(__name__).debug("a page could not be read again for its ligatures")
            return []
        finally:
            self._left -= time.monotonic() - began


def _named(word: Word, others: Sequence[dict[str, Any]]) -> Word:
    """The word as the other reader has it: the same letters around the unnamed ones, at the same place if in doubt."""
    known = _UNNAMED.split(word.text)
    if len(known) == 1:
        return word
    pattern = re.compile(rf"\w{{1,{_MOST * len(word.text)}}}".join(map(re.escape, known)))
    alike = [other for other in others if any(known) and pattern.fullmatch(other["text"])]
    if not alike:
        return word._replace(text="".join(known))
    return word._replace(text=min(alike, key=lambda other: _distance(word, other))["text"])


def _distance(word: Word, other: dict[str, Any]) -> float:
    """Between two words, by what does not depend on where a reader counts from: how far right, and how wide."""
    return abs(word.x0 - float(other["x0"])) + abs(word.x1 - float(other["x1"]))
