"""Copies have a name that says what they are, are known again, and are written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from referral_lint.marks import CHECKED_COPY
from referral_lint.writers.copies import annotated_name, is_annotated, write_whole
from tests.readers.wordfile import p, word, zipped


def test_the_name_says_what_it_is() -> None:
    assert annotated_name(Path("a/draft.docx")) == Path("a/draft (checked - do not send).docx")
    assert annotated_name(Path("draft.v2.pdf")).name == "draft.v2 (checked - do not send).pdf"


def test_a_copy_of_a_copy_has_yet_another_name() -> None:
    once = annotated_name(Path("draft.docx"))
    assert annotated_name(once) != once


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


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "copy.docx"
    write_whole(target, b"first")
    assert target.read_bytes() == b"first"

    def full(self: Path, other: Path) -> Path:
        raise OSError("No space left")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"second")
    assert [f.name for f in tmp_path.iterdir()] == ["copy.docx"]
    assert target.read_bytes() == b"first"


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_process_killed_while_it_writes_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "copy.docx"
    target.write_bytes(b"whole")
    loop = "from pathlib import Path\nfrom referral_lint.writers.copies import write_whole\nprint('', flush=True)\n"
    loop += f"while True: write_whole(Path({str(target)!r}), b'whole' + b'!' * 3_000_000)"
    for pause in (0.0, 0.005, 0.02):
        process = subprocess.Popen([sys.executable, "-c", loop], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(pause)
        process.kill()
        process.communicate()
        assert len(target.read_bytes()) in (5, 3_000_005)


@pytest.mark.skipif(os.name != "posix", reason="pipes with a name")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as reader:
        read = reader.submit(pipe.read_bytes)
        write_whole(pipe, b"all of it")
        assert read.result(10) == b"all of it"
    assert pipe.is_fifo()
    assert [file.name for file in tmp_path.iterdir()] == ["pipe"]
