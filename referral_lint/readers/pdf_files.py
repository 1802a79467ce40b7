"""Files inside a PDF: those attached to the whole, and those pinned to a place on a page."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from referral_lint.readers.parts import Parts

_MOST = 2_000  # annotations of one page that are looked at
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
    for number in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FILEATTACHMENT:
                file = raw.FPDFAnnot_GetFileAttachment(annotation)
                if file:
                    _read(pdfium.PdfAttachment(file, pdf), parts)
                else:
                    parts.say(_DAMAGED)
        except pdfium.PdfiumError:
            parts.say(_DAMAGED)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _read(file: Any, parts: Parts) -> None:
    parts.attach(file.get_name() or "attachment", bytes(file.get_data()))
