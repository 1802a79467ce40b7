"""A file is there whole or not at all, whatever ends the program that writes it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from referral_lint.files import write_new, write_whole, writing


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
    loop = "from pathlib import Path\nfrom referral_lint.files import write_whole\nprint('', flush=True)\n"
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


@pytest.mark.skipif(os.name != "posix", reason="rights of files")
def test_what_only_its_owner_may_read(tmp_path: Path) -> None:
    with writing(tmp_path / "own") as out:
        out.write(b"words")
    write_new(tmp_path / "team", b"key", 0o660)
    write_whole(tmp_path / "report", b"page")
    mask = os.umask(0o077)
    os.umask(mask)
    rights = [(tmp_path / name).stat().st_mode & 0o777 for name in ("own", "team", "report")]
    assert rights == [0o600, 0o660 & ~mask, 0o644 & ~mask]


def test_a_new_file_replaces_none(tmp_path: Path) -> None:
    write_new(tmp_path / "key", b"first", 0o600)
    write_new(tmp_path / "key", b"second", 0o600)
    assert (tmp_path / "key").read_bytes() == b"first"
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_nothing_is_put_there_if_the_writing_breaks(tmp_path: Path) -> None:
    def begun() -> None:
        with writing(tmp_path / "half") as out:
            out.write(b"half")
            raise OSError("No space left")

    with pytest.raises(OSError, match="No space"):
        begun()
    assert list(tmp_path.iterdir()) == []
