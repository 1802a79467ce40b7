"""PDF files: the text of every page in reading order, form fields, comments, hidden text and attachments."""

from __future__ import annotations

import io
import logging
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from statistics import median
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from referral_lint.model import Block, BlockKind, Document, Gap, Source
from referral_lint.phrasing import ASK_FOR_PICTURES
from referral_lint.readers import Limits, Unreadable, gaps, ocr
from referral_lint.readers.detect import PDF
from referral_lint.readers.layout import blocks_of
from referral_lint.readers.parts import Parts
from referral_lint.readers.pdf_drawings import measure_drawings
from referral_lint.readers.pdf_files import attached, pinned
from referral_lint.readers.pdf_glyphs import letters_of_glyphs
from referral_lint.readers.pdf_ligatures import Ligatures
from referral_lint.readers.pdf_page import Page, PageLine, mark_repeated, read_page
from referral_lint.readers.pdf_rows import LineText
from referral_lint.readers.pdf_streams import measure

SECONDS = 12.0  # for all pages of one file
_PROPERTIES = ("Title", "Author", "Subject", "Keywords")
_MOST_BOOKMARKS = 300
_LARGE = 1.15  # times the usual letters; Word has titles of 13 points over words of 11
_XFA = "This form can only be shown by Adobe Reader. Print it to PDF there, and check that file."
_PROTECTED = "The PDF is protected with a password, so it was not checked. Check it before you protect it."
_GUESSED = "The file does not name its letters; they were worked out from their order, and there may be mistakes."
_LOOK = f"Open the file and read it there yourself before you send it. {gaps.TYPED}"
_MACHINE = "It was read by machine, and there may be mistakes, above all in tick boxes."
logging.getLogger("pypdfium2").setLevel(logging.ERROR)  # its warnings are about its own build


def read(source: Source, limits: Limits) -> Iterable[Document]:
    """The document, then the files attached to it. Raises `Unreadable` with the reason if it cannot be opened."""
    parts = Parts(source, limits)
    document = _read(source, limits, parts)
    if parts.documents:
        document = replace(document, part="body")
    return [replace(document, gaps=(*document.gaps, *parts.gaps)), *parts.documents]


def _read(source: Source, limits: Limits, parts: Parts) -> Document:
    measure(source.data, limits)
    measure_drawings(source.data, limits)
    try:
        pdf = pdfium.PdfDocument(source.data)
    except pdfium.PdfiumError as fault:
        return _plainly(source, limits, locked="assword" in str(fault))
    with pdf:
        form = _form(pdf, parts)
        pages = _pages(pdf, form, limits, parts)
        properties = _properties(pdf)
        attached(pdf, parts)
    if any(page.garbled for page in pages) and not any(page.has_text for page in pages):
        known = _by_its_fonts(source, limits)
        if known is not None:
            return known
    blank = [n for n, page in enumerate(pages) if page.picture or page.garbled]
    if blank:
        pages = _by_machine(source, pages, blank, parts)
    if not any(page.has_text for page in pages) and not parts.gaps:
        return _plainly(source, limits)
    return _document(source, pages, properties, limits, parts)


def _form(pdf: Any, parts: Parts) -> Any:
    kind = pdf.get_formtype()
    if kind == raw.FORMTYPE_NONE:
        return None
    if kind == raw.FORMTYPE_XFA_FULL:
        parts.say(_XFA)
    try:
        pdf.init_forms()
    except pdfium.PdfiumError:
        parts.say("The form's fields are damaged and were not read.")
    return pdf.formenv


def _pages(pdf: Any, form: Any, limits: Limits, parts: Parts) -> list[Page]:
    pages: list[Page] = []
    until = time.monotonic() + SECONDS
    ligatures = Ligatures(parts.source.data)
    for number in range(min(len(pdf), limits.pages)):
        if time.monotonic() > until:
            parts.say(f"Only the first {number} of {len(pdf)} pages were read: the file takes very long.")
            return pages
        try:
            page = pdf[number]
            pages.append(read_page(page, number, form, ligatures))
            pinned(pdf, page, parts)
            page.close()
        except pdfium.PdfiumError:
            parts.say(f"Page {number + 1} is damaged and was not read.")
            pages.append(Page())
    if len(pdf) > limits.pages:
        parts.say(f"Only the first {limits.pages} of {len(pdf)} pages were read.")
    return pages


def _properties(pdf: Any) -> list[tuple[str, str]]:
    """The file's properties and the titles in its table of contents, as label and words."""
    found = [(name, pdf.get_metadata_value(name)) for name in _PROPERTIES]
    found += [("Bookmark", mark.get_title()) for mark in islice(pdf.get_toc(), _MOST_BOOKMARKS)]
    tidy = ((label, " ".join(words.split())) for label, words in found)
    return [(label, words) for label, words in tidy if any(c.isalnum() for c in words)]


# --- pages without text


def _by_machine(source: Source, pages: list[Page], blank: list[int], parts: Parts) -> list[Page]:
    """The pages with those that are pictures read by character recognition, where that is installed."""
    read = ocr.text_layer(source.data, blank) if ocr.available() else None
    if read is not None:
        with pdfium.PdfDocument(read) as pdf:
            ligatures = Ligatures(read)  # one for the file: its time is for all pages
            again = {n: read_page(pdf[n], n, None, ligatures) for n in blank}
        done = [n for n in blank if again[n].has_text]
        if done:
            parts.say(f"{_page_names(done)} {_are_pictures(done)}. {_MACHINE}", note=True)
            pages = [again[n] if n in done else page for n, page in enumerate(pages)]
            blank = [n for n in blank if n not in done]
    if blank:
        parts.say(f"{_why(pages, blank)}. {_LOOK} {ASK_FOR_PICTURES if read is None else ''}".strip())
    return pages


def _why(pages: Sequence[Page], blank: Sequence[int]) -> str:
    if all(pages[n].garbled for n in blank):
        return f"The file does not name the letters on {_page_names(blank).lower()}, so they could not be checked"
    if len(blank) == len(pages):
        return "This PDF holds pictures of pages, not text, so it could not be checked"
    count = "1 page" if len(blank) == 1 else f"{len(blank)} pages"
    return (
        f"{count} of {len(pages)} could not be checked: {_page_names(blank).lower()} {_are_pictures(blank)}, not text"
    )


def _are_pictures(numbers: Sequence[int]) -> str:
    return "is a picture" if len(numbers) == 1 else "are pictures"


def _page_names(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(n + 1) for n in numbers[:10]) + (" and others" if len(numbers) > 10 else "")
    return f"{'Page' if len(numbers) == 1 else 'Pages'} {shown}"


def _plainly(source: Source, limits: Limits, *, locked: bool = False) -> Document:
    """What two more patient readers find in a damaged file, without places: pdfplumber, then pypdf.

    `locked`: pdfium asks for a password; some such files open with an empty one.
    """
    until = time.monotonic() + SECONDS
    text = next(
        (found for engine in (_by_pdfplumber, _by_pypdf) if (found := _joined(engine, source, limits, until)).strip()),
        "",
    )
    if not text and locked:
        raise Unreadable(_PROTECTED)
    if not text:
        raise Unreadable("The PDF is damaged or empty: no text could be read. Save it again and try once more.")
    state = "is locked in an unusual way" if locked else "is damaged"
    gap = Gap(source.name, f"The PDF {state}. What could be read of it was checked; parts may be missing.")
    blocks = tuple(replace(block, where=(("page", 1),)) for block in blocks_of(text))
    return Document(source.name, text, blocks, PDF, sha256=source.sha256, gaps=(gap,))


def _by_its_fonts(source: Source, limits: Limits) -> Document | None:
    """The text as pdfplumber reads it, which knows more fonts; None if it cannot name the letters either."""
    text = _joined(_by_pdfplumber, source, limits, time.monotonic() + SECONDS)
    said: tuple[Gap, ...] = ()
    if "(cid:" in text:
        text = letters_of_glyphs(text)
        said = (Gap(source.name, _GUESSED, note=True),)
    if not text.strip():
        return None
    blocks = tuple(replace(block, where=(("page", 1),)) for block in blocks_of(text))
    return Document(source.name, text, blocks, PDF, sha256=source.sha256, gaps=said)


def _joined(engine: Callable[[bytes], Iterator[str]], source: Source, limits: Limits, until: float) -> str:
    """The pages that the engine reads before it breaks or the time is up."""
    texts: list[str] = []
    try:
        for text in islice(engine(source.data), limits.pages):
            texts.append(text)
            if time.monotonic() > until:
                break
    except Exception:  # damaged files break it in any way
        logging.getLogger(__name__).debug("a damaged PDF ended the reading")
    return "\n\n".join(texts)[: limits.characters]


def _by_pdfplumber(data: bytes) -> Iterator[str]:
    import pdfplumber  # only here, as is pypdf below: both take long to load

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            yield page.extract_text() or ""


def _by_pypdf(data: bytes) -> Iterator[str]:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        yield page.extract_text()


# --- the whole document


@dataclass
class _Builder:
    """The text as it grows, with the places that its characters came from."""

    chunks: list[str] = field(default_factory=list)
    size: int = 0
    runs: list[tuple[int, int, int]] = field(default_factory=list)  # (offset, page, index on the page)
    pages: list[tuple[int, int]] = field(default_factory=list)  # (offset, page) of each line
    known: list[Block] = field(default_factory=list)

    def add(self, line: PageLine, gap: str, level: int = 0) -> None:
        self.write(gap if self.size else "")
        start = self.size
        self.pages.append((start, line.page))
        self.runs += [(start + offset, line.page, index) for offset, index in line.text.runs]
        self.write(line.text.text)
        if line.kind is not None:
            self.known.append(Block(start, self.size, line.kind, level=level))

    def write(self, text: str) -> None:
        self.chunks.append(text)
        self.size += len(text)

    def placed(self, block: Block) -> Block:
        """The block with its page, and its anchor: page, index and offset in the block, for each run of characters."""
        at = bisect_right(self.pages, block.start, key=lambda line: line[0]) - 1
        first = max(bisect_right(self.runs, block.start, key=lambda run: run[0]) - 1, 0)
        anchor: list[int] = []
        for offset, page, index in self.runs[first : first + 2_000]:
            if offset >= block.end:
                break
            skip = max(block.start - offset, 0)
            anchor += (page, index + skip if index >= 0 else index, max(offset - block.start, 0))
        return replace(block, where=(("page", self.pages[max(at, 0)][1] + 1),), anchor=tuple(anchor))


def _document(
    source: Source, pages: list[Page], properties: list[tuple[str, str]], limits: Limits, parts: Parts
) -> Document:
    mark_repeated(pages)
    _mark_titles(pages)
    build = _Builder()
    body = [line for page in pages for line in page.lines if line.kind in (None, BlockKind.HEADING)]
    for before, line in zip([None, *body], body, strict=False):
        build.add(line, _gap(before, line), level=1)
        if build.size > limits.characters:
            parts.say(gaps.too_long(source.name, limits.characters).why)
            break
    for line in _unread_so_far(pages):
        build.add(line, "\n\n")
    shown = " ".join("".join(build.chunks).split())
    for label, words in properties:
        if label != "Bookmark" or words not in shown:  # most only repeat a heading
            line = PageLine(LineText(f"{label}: {words}"), max(len(pages) - 1, 0), kind=BlockKind.PROPERTY)
            build.add(line, "\n\n")
    text = "".join(build.chunks)
    blocks = tuple(
        _as_property(block, text) if block.kind is BlockKind.PROPERTY else build.placed(block)
        for block in blocks_of(text, form=any(page.filled for page in pages), known=build.known)
    )
    return Document(source.name, text, blocks, PDF, sha256=source.sha256)


def _as_property(block: Block, text: str) -> Block:
    label = text[block.start : block.end].partition(":")[0].lower()
    return replace(block, where=(("property", label),), anchor=())


def _unread_so_far(pages: Iterable[Page]) -> Iterable[PageLine]:
    """What is no running text: page headers and footers, then what is hidden or written beside."""
    pages = list(pages)
    edges = (BlockKind.PAGE_HEADER, BlockKind.PAGE_FOOTER)
    yield from (line for page in pages for line in page.lines if line.kind in edges)
    yield from (line for page in pages for line in page.extras)


def _gap(before: PageLine | None, line: PageLine) -> str:
    if before is None:
        return ""
    if before.page == line.page:
        return "\n\n" if line.apart else "\n"
    # A sentence may go on overleaf.
    goes_on = not before.text.text.endswith((".", "!", "?", ":")) and line.text.text[:1].islower()
    return "\n" if goes_on else "\n\n"


def _mark_titles(pages: Iterable[Page]) -> None:
    """Short lines in letters clearly larger than the rest are headings."""
    lines = [line for page in pages for line in page.lines if line.size and line.text.text]
    usual = median(line.size for line in lines) if lines else 0.0
    for line in lines:
        text = line.text.text
        large = line.size >= _LARGE * usual and len(text.split()) <= 12
        plain = not text.endswith((".", "?", ":", ",")) and not any(c.isdigit() or c == "," for c in text)
        if line.kind is None and large and plain and "  " not in text and " | " not in text:
            line.kind = BlockKind.HEADING
