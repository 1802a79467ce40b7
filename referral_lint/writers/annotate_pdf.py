"""The annotated copy of a PDF: a highlight with a note on the very words of each open finding, and a page at the end."""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Highlight, Popup
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, FloatObject, NameObject, TextStringObject

from referral_lint.errors import ReferralLintError
from referral_lint.marks import CHECKED_COPY, OUR_NAME
from referral_lint.model import UNSEEN, Block, Document, DocumentReport, Finding, Severity, Source, Span
from referral_lint.writers.copies import QUOTED
from referral_lint.writers.page.wording import DANGER, SEVERITIES
from referral_lint.writers.pdf_sheet import add_sheets

Rect = tuple[float, float, float, float]  # left, bottom, right, top in points

_COLOUR = {Severity.STOP: "f4a29a", Severity.FIX: "fde08a", Severity.THINK: "b8d4fa"}
_WIDE, _HIGH = 240.0, 120.0  # points of a note's window


def annotate(source: Source, report: DocumentReport, suggest_edits: bool = False) -> bytes:
    """The same PDF with a note on the words of each open finding, by "referral-lint".

    What has no place on a page that is shown (the document as a whole, hidden words, comments) is said on a page at the
    end. A PDF has no tracked changes: a certain replacement is named in the note. Raises `ReferralLintError`.
    """
    del suggest_edits
    try:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(source.data)))
        spots, rest = _spots(source.data, report)
        for page, boxes, finding in spots:
            _mark(writer, page, boxes, finding)
        said = [[DANGER]] if report.in_danger else []
        said += [list(_remark(one, report.document)) for one in sorted(rest, key=lambda one: -one.severity.rank)]
        if said:
            add_sheets(writer, "What the check found besides", said)
        writer.add_metadata({"/Checked": CHECKED_COPY})
        out = io.BytesIO()
        writer.write(out)
    except (PyPdfError, pdfium.PdfiumError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise ReferralLintError("this PDF is damaged or protected and cannot be annotated", source.name) from fault
    # As metadata it may be written with escapes; a comment after the end is found as it is.
    return out.getvalue() + f"\n% {CHECKED_COPY}\n".encode()


def _mark(writer: PdfWriter, page: int, boxes: list[Rect], finding: Finding) -> None:
    """One highlight over all the boxes of a finding on a page, with its note in a window of its own."""
    around = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    corners = [n for x0, y0, x1, y1 in boxes for n in (x0, y1, x1, y1, x0, y0, x1, y0)]
    highlight = Highlight(
        rect=around,
        quad_points=ArrayObject(FloatObject(n) for n in corners),
        highlight_color=_COLOUR[finding.severity],
        printing=True,
        title_bar=OUR_NAME,
    )
    highlight[NameObject("/Contents")] = TextStringObject("\n".join(_lines(finding)))
    parent = writer.add_annotation(page_number=page, annotation=highlight)
    width = float(writer.pages[page].mediabox.right)
    left = min(around[2] + 10, max(width - _WIDE, 0))
    window = Popup(rect=(left, around[1] - _HIGH, left + _WIDE, around[1]), parent=parent)
    parent[NameObject("/Popup")] = writer.add_annotation(page_number=page, annotation=window).indirect_reference


# --- where the words stand


def _spots(data: bytes, report: DocumentReport) -> tuple[list[tuple[int, list[Rect], Finding]], list[Finding]]:
    """(page, boxes, finding) for what can be shown, and the findings that cannot."""
    placed: list[tuple[int, list[Rect], Finding]] = []
    rest: list[Finding] = []
    with pdfium.PdfDocument(data) as pdf:
        for finding in report.open_findings:
            boxes = _boxes(pdf, report.document, finding.span) if finding.span else {}
            placed += [(page, found, finding) for page, found in boxes.items()]
            if not boxes:
                rest.append(finding)
    return placed, rest


def _boxes(pdf: pdfium.PdfDocument, document: Document, span: Span) -> dict[int, list[Rect]]:
    """The boxes around the words of a span, by page."""
    found: dict[int, list[Rect]] = defaultdict(list)
    for block in document.blocks:
        if block.start < span.end and span.start < block.end and block.kind not in UNSEEN:
            for page, index, count in _runs(block, span):
                found[page] += _rects(pdf, page, index, count)
    return {page: boxes for page, boxes in found.items() if boxes}


def _runs(block: Block, span: Span) -> Iterator[tuple[int, int, int]]:
    """(page, first character on it, how many) for the characters of a span in a block, from the block's anchor."""
    runs = [block.anchor[n : n + 3] for n in range(0, len(block.anchor) - 2, 3)]
    for n, (page, index, offset) in enumerate(runs):
        end = runs[n + 1][2] if n + 1 < len(runs) else block.end - block.start
        first, last = max(span.start - block.start, offset), min(span.end - block.start, end)
        if last > first:
            yield page, index + first - offset if index >= 0 else index, last - first


def _rects(pdf: pdfium.PdfDocument, number: int, index: int, count: int) -> list[Rect]:
    page = pdf[number]
    textpage = page.get_textpage()
    try:
        if index < 0:
            return _field_rect(page, -1 - index)
        count = min(count, textpage.count_chars() - index)
        boxes = [textpage.get_rect(n) for n in range(textpage.count_rects(index, count))] if count > 0 else []
        return [(left, bottom, right, top) for left, bottom, right, top in boxes if right > left and top > bottom]
    finally:
        textpage.close()
        page.close()


def _field_rect(page: pdfium.PdfPage, number: int) -> list[Rect]:
    """The box of a form field, which is annotation `number` of its page."""
    annotation = raw.FPDFPage_GetAnnot(page, number)
    rect = raw.FS_RECTF()
    found = bool(annotation) and bool(raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)))
    if annotation:
        raw.FPDFPage_CloseAnnot(annotation)
    return [(rect.left, rect.bottom, rect.right, rect.top)] if found else []


# --- what is said


def _lines(finding: Finding, words: str = "", place: str = "") -> list[str]:
    at = f", at “{words}”" if words else ""
    lines = [f"{SEVERITIES[finding.severity]}{place}{at}: {finding.message}"]
    if finding.replacement and finding.replacement not in finding.suggestion:
        lines.append(f"Put: {finding.replacement}")
    return [*lines, finding.suggestion] if finding.suggestion else lines


def _remark(finding: Finding, document: Document) -> Iterable[str]:
    """What the page at the end says of a finding: with its words and its page, where it has any."""
    page = document.locate(*finding.span).get("page") if finding.span else None
    return _lines(finding, " ".join(finding.text.split())[:QUOTED], f" on page {page}" if page else "")
