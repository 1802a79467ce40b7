"""Old Word files, with a stand-in for LibreOffice."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from referral_lint import workers
from referral_lint.model import Document, Source
from referral_lint.readers import Limits, office, read
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


SLEEPS = (
    "import os, subprocess\nsubprocess.Popen(['sleep', '61.5'])\n(out.parent / 'pid').write_text('')\ntime.sleep(61)"
)


def left(folder: Path) -> list[Path]:
    return list(folder.glob("referral-lint-*"))


def sleepers() -> int:
    found = 0
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found += b"61.5" in file.read_bytes()
    return found


def test_nothing_is_left_of_a_conversion_that_ends_with_its_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker is killed in the middle of it: LibreOffice ends too, and the draft is gone from the disk."""
    stand_in(tmp_path, monkeypatch, SLEEPS)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    ready: Any = multiprocessing.get_context("fork").Event()
    worker = multiprocessing.get_context("fork").Process(target=_converting, args=(ready,))
    worker.start()
    assert ready.wait(20)
    until = time.monotonic() + 20
    while not list(tmp_path.glob("referral-lint-*/pid")) and time.monotonic() < until:
        time.sleep(0.05)
    (folder,) = left(tmp_path)
    assert (folder / "draft.doc").exists()
    worker.terminate()
    worker.join(20)
    assert left(tmp_path) == []
    assert not sleepers()


def _converting(ready: Any) -> None:
    signal.signal(signal.SIGTERM, workers._leave)
    tempfile.tempdir = None
    ready.set()
    doc()


def test_a_conversion_takes_no_longer_than_is_left_for_all_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, "time.sleep(60)")
    (document,) = read(Source("draft.doc", OLD), Limits(seconds=0.3))
    assert "too long" in document.gaps[0].why


def test_what_a_killed_process_left_is_removed_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name, age in (("referral-lint-old", 4_000), ("referral-lint-new", 10), ("other-old", 4_000)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "draft.doc").write_bytes(b"x")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    office.sweep()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other-old", "referral-lint-new"]
