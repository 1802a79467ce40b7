"""Copies have a name that says what they are, are known again, and are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from referral_lint.marks import CHECKED_COPY
from referral_lint.writers.copies import annotated_name, is_annotated
from tests.readers.wordfile import p, word, zipped


def test_the_name_says_what_it_is() -> None:
    assert annotated_name(Path("a/draft.docx")) == Path("a/draft (checked - do not send).docx")
    assert annotated_name(Path("draft.v2.pdf")).name == "draft.v2 (checked - do not send).pdf"


@pytest.mark.parametrize(
    "name", ["draft.docx", "draft (checked - do not send).docx", "draft (checked - do not send) 3.docx"]
)
def test_the_copy_of_a_copy_is_called_so_once(name: str) -> None:
    assert annotated_name(Path(name)).name == "draft (checked - do not send).docx"


@pytest.mark.parametrize(
    "data",
    [
        zipped({"docProps/custom.xml": CHECKED_COPY.encode()}),
        b"%PDF-1.7 /Keywords (" + CHECKED_COPY.encode() + b")",
    ],
)
def test_a_copy_is_known_by_its_bytes(data: bytes) -> None:
    assert is_annotated(data)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"Dear colleague", word(p("A draft.")), word(p("x"))[:200]])
def test_other_files_are_no_copies(data: bytes) -> None:
    assert not is_annotated(data)
