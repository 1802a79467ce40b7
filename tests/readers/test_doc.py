"""Old Word files, with a stand-in for LibreOffice."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from referral_lint.model import Document, Source
from referral_lint.readers import office, read
from tests.readers.wordfile import p, word

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script")


def doc(data: bytes = OLD) -> Document:
    (document,) = read(Source("draft.doc", data))
    return document


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Puts a program in LibreOffice's place; `out` is where the converted file is wanted."""
    script = folder / "soffice"
    lead = "import pathlib, sys, time\nout = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
    script.write_text(f"#!{sys.executable}\n{lead}{code}\n")
    script.chmod(0o755)
    monkeypatch.setattr(office, "_PLACES", (str(script),))


def test_the_text_comes_from_the_converted_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.docx").write_bytes(word(p("Isla is cold at home.")))
    code = f"out.mkdir()\n(out / 'draft.docx').write_bytes(pathlib.Path({str(tmp_path / 'made.docx')!r}).read_bytes())"
    stand_in(tmp_path, monkeypatch, code)
    document = doc()
    assert document.text == "Isla is cold at home."
    assert document.sha256 == Source("", OLD).sha256
    assert [block.anchor for block in document.blocks] == [()]


def test_without_libreoffice_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_PLACES", ("no-such-program",))
    assert "save it as .docx" in doc().gaps[0].why


def test_a_file_that_cannot_be_opened_or_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "")
    assert "damaged" in doc().gaps[0].why
    stand_in(tmp_path, monkeypatch, "time.sleep(60)")
    monkeypatch.setattr(office, "_SECONDS", 0.2)
    assert "too long" in doc().gaps[0].why


def test_a_page_or_text_that_calls_itself_doc_is_read_as_what_it_is() -> None:
    assert doc(b"<html><body><p>Isla is cold at home.</p></body></html>").text.strip() == "Isla is cold at home."
    assert doc(rb"{\rtf1 Isla is cold at home.}").text == "Isla is cold at home."
