"""What every reader promises: words where their blocks say, in order, and a way back."""

from __future__ import annotations

import io
from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest
from docx import Document as open_word
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_lint.model import Document, DocumentReport, Finding, Severity, Source, Span
from referral_lint.readers import FORMATS, office, read
from referral_lint.writers.annotate_docx import annotate
from tests.readers import odtfile, pdffile, wordfile
from tests.readers.test_xlsx import saved

LINES = ["We are asking for a visit this week.", "Isla told Ms Achebe that the flat is cold.", "She would like help."]
FORM = [["Name of child:", "Isla Pettigrew"], ["Seen by:", "Ms Achebe"]]


def _docx() -> bytes:
    return wordfile.word("".join(wordfile.p(line) for line in LINES) + wordfile.table(*FORM))


def _odt() -> bytes:
    return odtfile.odt("".join(odtfile.p(line) for line in LINES) + odtfile.table(*FORM))


def _rtf() -> bytes:
    rows = "".join(rf"\pard\intbl {a}\cell {b}\cell\row" for a, b in FORM)
    return ("{\\rtf1 " + "".join(rf"\pard {line}\par " for line in LINES) + rows + "}").encode()


def _xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in [[line] for line in LINES] + FORM:
        book.active.append(row)
    return saved(book)


def _csv() -> bytes:
    return "\n".join([f'"{line}",' for line in LINES] + [",".join(row) for row in FORM]).encode()


def _html() -> bytes:
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in FORM)
    return f"<html><body>{''.join(f'<p>{line}</p>' for line in LINES)}<table>{rows}</table></body></html>".encode()


def _txt() -> bytes:
    return "\n\n".join([*LINES, *("\t".join(row) for row in FORM)]).encode()


def _eml() -> bytes:
    head = "From: a@example.org\nTo: b@example.org\nSubject: Isla\nMIME-Version: 1.0\nContent-Type: text/plain\n\n"
    return head.encode() + _txt()


def _pdf() -> bytes:
    prose = [(60.0, 780.0 - 40 * n, line) for n, line in enumerate(LINES)]
    rows = [
        (x, 600.0 - 20 * n, words) for n, row in enumerate(FORM) for x, words in zip((60.0, 200.0), row, strict=True)
    ]
    return pdffile.pdf(pdffile.text(*prose, *rows))


MAKERS: dict[str, Callable[[], bytes]] = {
    "docx": _docx, "odt": _odt, "rtf": _rtf, "xlsx": _xlsx, "csv": _csv, "html": _html, "txt": _txt, "eml": _eml,
    "pdf": _pdf,
}  # fmt: skip


@pytest.fixture(params=MAKERS)
def document(request: pytest.FixtureRequest) -> Document:
    (made,) = read(Source(f"draft.{request.param}", MAKERS[request.param]()))
    return made


def test_every_word_is_in_a_block(document: Document) -> None:
    assert not document.gaps
    inside = " ".join(document.words(block) for block in document.blocks)
    for words in LINES + [cell for row in FORM for cell in row]:
        assert words.rstrip(":") in document.text
        assert all(word in inside for word in words.split())


def test_every_letter_is_in_exactly_one_block(document: Document) -> None:
    covered = [0] * len(document.text)
    for block in document.blocks:
        assert document.words(block).strip()
        for i in range(block.start, block.end):
            covered[i] += 1
    assert {covered[i] for i, char in enumerate(document.text) if char.isalnum()} == {1}


def test_every_place_can_be_said(document: Document) -> None:
    for block in document.blocks:
        place = document.locate(block.start, block.end)
        assert place
        assert all(isinstance(value, str) or value >= 1 for value in place.values())


def test_answers_belong_to_questions(document: Document) -> None:
    for block in document.blocks:
        if block.question is not None:
            assert document.blocks[block.question].end <= block.start


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    "data", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-1.7", b"{\\rtf1", b"\x00" * 50, b"<", b'"']
)
def test_rubbish_gives_a_gap_and_never_an_error(kind: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_PLACES", ())
    for document in read(Source("draft", data, kind)):
        assert document.text.strip() or document.gaps


# --- documents made at random

_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
_RUN = st.tuples(_WORDS, st.booleans(), st.booleans())
_PARAGRAPH = st.lists(_RUN, max_size=4)


@st.composite
def drafts(draw: st.DrawFn) -> tuple[bytes, list[str]]:
    """A Word file, and the words of its runs."""
    made, said = open_word(), []
    for _ in range(draw(st.integers(1, 4))):
        home = made.add_table(1, 2).rows[0].cells[draw(st.integers(0, 1))] if draw(st.booleans()) else made
        paragraph = home.add_paragraph(style=draw(st.sampled_from(["Normal", "Heading 1", "List Bullet"])))
        for words, bold, hidden in draw(_PARAGRAPH):
            run = paragraph.add_run(words)
            run.bold, run.font.hidden = bold, hidden
            said.append(words)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue(), said


@settings(max_examples=25, deadline=None)
@given(drafts())
def test_every_run_of_a_random_document_is_in_its_text(draft: tuple[bytes, list[str]]) -> None:
    data, said = draft
    (document,) = read(Source("draft.docx", data))
    assert all(words.strip() in document.text for words in said)
    for before, after in zip(document.blocks, document.blocks[1:], strict=False):
        assert before.end <= after.start


@settings(max_examples=25, deadline=None)
@given(drafts(), st.data())
def test_the_words_of_a_finding_are_under_its_comment(draft: tuple[bytes, list[str]], data: st.DataObject) -> None:
    source = Source("draft.docx", draft[0])
    (document,) = read(source)
    inside = [block for block in document.blocks if block.anchor and block.anchor[0] == 0]
    findings = []
    for block in inside[:5]:
        start = data.draw(st.integers(block.start, block.end - 1))
        span = Span(start, data.draw(st.integers(start + 1, block.end)))
        text = document.words(span)
        findings.append(Finding("invented", "jargon", Severity.FIX, escape(text), "", "", "", span, text))
    copy = annotate(source, DocumentReport(document, findings=tuple(findings)))
    (again,) = read(Source("draft.docx", copy))
    assert again.text == document.text
    assert again.blocks[0].kind == document.blocks[0].kind
