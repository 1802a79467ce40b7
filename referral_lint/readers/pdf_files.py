"""Files inside a PDF: those attached to the whole, and those pinned to a place on a page."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from referral_lint.readers.parts import Parts
from referral_lint.readers.pdf_notes import annotations_on

_DAMAGED = "A file attached to this PDF is damaged and was not read."


def attached(pdf: Any, parts: Parts) -> None:
    """Reads the files attached to the document."""
    for number in range(min(pdf.count_attachments(), parts.limits.parts)):
        try:
            _read(pdf.get_attachment(number), parts)
        except pdfium.PdfiumError:
            parts.say(_DAMAGED)


def pinned(pdf: Any, page: Any, parts: Parts) -> None:
    """Reads the files that hang on a page as a paper clip or a drawing pin."""
    for _, annotation in annotations_on(page):
        if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_FILEATTACHMENT:
            continue
        file = raw.FPDFAnnot_GetFileAttachment(annotation)
        try:
            if file:
                _read(pdfium.PdfAttachment(file, pdf), parts)
            else:
                parts.say(_DAMAGED)
        except pdfium.PdfiumError:
            parts.say(_DAMAGED)


def _read(file: Any, parts: Parts) -> None:
    parts.attach(file.get_name() or "attachment", bytes(file.get_data()))
