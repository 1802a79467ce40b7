"""Character recognition for pages that are pictures; only where the extra `ocr` and tesseract are installed."""

from __future__ import annotations

import importlib.util
import io
import logging
import shutil
from collections.abc import Sequence

PAGES = 10  # at 3 to 4 seconds a page; those after them count as unread
SECONDS = 60.0  # for one page


def available() -> bool:
    """Are the programs installed that read the words of a scanned page?"""
    return importlib.util.find_spec("ocrmypdf") is not None and shutil.which("tesseract") is not None


def text_layer(data: bytes, pages: Sequence[int]) -> bytes | None:
    """The PDF with text under the pictures of these pages, counted from 0; None if that did not work."""
    import ocrmypdf

    logging.getLogger("ocrmypdf").setLevel(logging.CRITICAL)
    out = io.BytesIO()
    try:
        ocrmypdf.ocr(
            io.BytesIO(data),
            out,
            language=["eng"],
            pages=",".join(str(n + 1) for n in pages[:PAGES]),
            force_ocr=True,
            output_type="pdf",
            optimize=0,
            jobs=1,
            progress_bar=False,
            tesseract_timeout=SECONDS,
        )
    except Exception:  # the recogniser and its helpers fail in many ways; the page then counts as unread
        return None
    return out.getvalue() or None
