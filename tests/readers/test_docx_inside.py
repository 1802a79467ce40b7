"""What a Word document holds in parts of their own: files, diagrams, charts."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook

from referral_lint.engine import Linter
from referral_lint.model import BlockKind, Source
from referral_lint.readers import Limits, read
from referral_lint.readers.word.embedded import _native
from referral_lint.writers import annotator, as_one
from referral_lint.writers.annotate_docx import annotate
from tests.readers.test_docx import MINIMAL, doc, words
from tests.readers.test_xlsx import saved
from tests.readers.wordfile import zipped


def made(inside: Mapping[str, bytes], *links: str) -> bytes:
    """A Word file with these parts, which its body points at: "kind:target"."""
    pairs = [link.split(":") for link in links]
    points = "".join(f'<Relationship Id="{target}" Type="x/{kind}" Target="{target}"/>' for kind, target in pairs)
    relations = f"<Relationships>{points}</Relationships>".encode()
    body = MINIMAL % b"See the sheet."
    return zipped({"word/document.xml": body, "word/_rels/document.xml.rels": relations, **inside})


def with_sheet() -> bytes:
    book = Workbook()
    book.active.append(["Amina Yusuf"])
    other = book.create_sheet("Others")
    other.append(["Kai Osei"])
    other.sheet_state = "hidden"
    return made({"word/embeddings/list.xlsx": saved(book)}, "package:embeddings/list.xlsx")


def test_files_inside_are_read() -> None:
    main, sheet = read(Source("draft.docx", with_sheet()))
    assert (main.part, main.gaps, sheet.part) == ("body", (), "attachment: list.xlsx")
    assert "Amina Yusuf" in sheet.text
    assert words(sheet, BlockKind.HIDDEN) == ["Kai Osei"]


def test_files_in_files_in_files_end_somewhere() -> None:
    data = with_sheet()
    for _ in range(6):
        data = made({"word/embeddings/next.docx": data}, "package:embeddings/next.docx")
    *_, last = read(Source("draft.docx", data), Limits(depth=3))
    assert "beyond this depth" in last.gaps[0].why


def test_the_copy_says_what_is_in_the_files_inside() -> None:
    source = Source("draft.docx", with_sheet())
    documents = Linter().lint(source).documents
    assert annotator(documents)
    assert not annotator(documents[1:])
    (again, *_) = read(Source("copy.docx", annotate(source, as_one(documents))))
    assert again.text == documents[0].document.text
    found = [f for f in as_one(documents).findings if f.rule == "travels-unseen"]
    assert [(f.span, f.text) for f in found] == [(None, "Kai Osei")]
    assert found[0].message.startswith("In “list.xlsx”: ")


def test_a_file_that_windows_packed_is_taken_out() -> None:
    native = b"\0" * 6 + b"notes.txt\0C:\\notes.txt\0" + b"\0\0\3\0" + b"\4\0\0\0tmp\0" + b"\4\0\0\0He i"
    assert _native(native) == ("notes.txt", b"He i")


def test_an_object_that_cannot_be_opened_is_named() -> None:
    document = doc(made({"word/embeddings/x.bin": b"\xd0\xcf\x11\xe0 damaged"}, "oleObject:embeddings/x.bin"))
    assert document.gaps[0].what == "embedded file x.bin"


def test_words_of_diagrams_and_charts() -> None:
    told = b"<d xmlns:a='a'><a:p><a:r><a:t>Grandmother: </a:t></a:r><a:r><a:t>Joan</a:t></a:r></a:p></d>"
    shown = b"<c:strCache><c:pt><c:v>Autumn</c:v></c:pt></c:strCache><c:numCache><c:v>61</c:v></c:numCache>"
    parts = {"word/d.xml": told, "word/c.xml": b"<c xmlns:c='c'>" + shown + b"</c>"}
    document = doc(made(parts, "diagramData:d.xml", "chart:c.xml"))
    assert words(document, BlockKind.TEXT_BOX) == ["Grandmother: Joan", "Autumn"]
