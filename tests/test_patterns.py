"""Patterns that are kept from one run to the next: the same as `re` makes them, and never a word of a draft."""

import gc
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from referral_lint import patterns
from referral_lint.patterns import Store

WRITTEN = [
    (r"(?i)\b(?P<day>\d{1,2})(?:st|nd)? (?P<month>[A-Z]\w+)\b", 0),
    (r"^(?:a|b)(?=c)(?<!d)é[^\W\d_]+$", re.M | re.I),
    (rb"\r?\n\.(?P<rest>.*)", re.S),
    ("", 0),
]


@pytest.fixture
def file(tmp_path):
    """A file in which the patterns above are kept."""
    store = Store({})
    for pattern, flags in WRITTEN:
        store.compiled(pattern, int(flags))
    path = tmp_path / "cache" / "patterns.bin"
    store.write(path)
    return path


@pytest.mark.parametrize(("pattern", "flags"), WRITTEN)
def test_what_is_read_back_is_what_re_makes_of_it(file, monkeypatch, pattern, flags):
    store = Store.read(file)
    monkeypatch.setattr(patterns, "_read", lambda *_: pytest.fail("read anew"))

    made, as_ever = store.compiled(pattern, int(flags)), re.compile(pattern, flags)

    assert made == as_ever
    assert (made.groupindex, made.groups, made.flags) == (as_ever.groupindex, as_ever.groups, as_ever.flags)


def test_every_pattern_that_is_loaded_is_what_re_makes_of_it(linter):
    loaded = [thing for thing in gc.get_objects() if isinstance(thing, re.Pattern)]
    assert len(loaded) > 500
    for pattern in loaded:
        assert Store({}).compiled(pattern.pattern, pattern.flags) == re.compile(pattern.pattern, pattern.flags)


def test_a_broken_pattern_is_a_fault_as_ever():
    with pytest.raises(re.error):
        Store({}).compiled("(")


def test_a_file_that_is_not_whole_is_not_used(file):
    file.write_bytes(file.read_bytes()[:-1])
    assert not Store.read(file)._kept


def test_the_file_of_another_python_is_not_used(file, monkeypatch):
    assert Store.read(file)._kept
    monkeypatch.setattr(sys, "version", "3.99.0 (another)")
    assert not Store.read(file)._kept


def test_the_file_is_written_only_when_there_is_something_new(file):
    store = Store.read(file)
    file.unlink()

    store.compiled(*WRITTEN[0])
    store.write(file)
    assert not file.exists()

    store.compiled(r"\bfresh\b")
    store.write(file)
    assert len(Store.read(file)._kept) == len(WRITTEN) + 1


def test_a_file_that_grew_too_large_begins_anew(file, monkeypatch):
    monkeypatch.setattr(patterns, "MOST", 100)
    store = Store.read(file)
    store.compiled(r"\bfresh\b")
    store.write(file)
    assert len(Store.read(file)._kept) == 1


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path, monkeypatch, capfd):
    (tmp_path / "plain").write_text("")
    monkeypatch.setattr(patterns, "_file", lambda: tmp_path / "plain" / "patterns.bin")
    patterns.compiled(r"\bsomething new\b")
    patterns.keep()
    assert capfd.readouterr() == ("", "")


def test_no_word_of_a_draft_is_kept(tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_text(
        "Dear Ms Quillfeather,\n\nRe: Zebediah Wimpole, born 3 May 2017\n\nZebediah (Zeb) was upset on Monday and his left knee hurt. "
        "Mrs Wimpole agreed that I write to you. Zeb’s OT (Ottoline Trewhella) and the WQX team know of it.\n\nOttoline\n",
        encoding="utf-8",
    )
    run = [sys.executable, "-m", "referral_lint", "check", str(draft)]
    folder = {"XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}

    first = subprocess.run(run, env={**os.environ, **folder}, capture_output=True, check=False)
    (file,) = (tmp_path / "referral-lint").glob("patterns-*.bin")
    kept = file.read_bytes()
    again = subprocess.run(run, env={**os.environ, **folder}, capture_output=True, check=False)

    assert again.stdout == first.stdout
    assert file.read_bytes() == kept
    for word in ("quillfeather", "zebediah", "wimpole", "trewhella", "wqx"):
        for written in (word, word.capitalize(), word.upper()):
            assert written.encode() not in kept
            assert written.encode(f"utf-32-{sys.byteorder[0]}e") not in kept


def test_the_patterns_of_our_modules_are_kept():
    """One that is read anew at each start slows every start. Below patterns.py there is no way to it."""
    package = Path(patterns.__file__).parent
    below = {
        package / f"{name}.py"
        for name in ("model", "errors", "files", "paths", "marks", "boxes", "wrapping", "phrasing")
    }
    read_anew = [
        f"{path.relative_to(package)}:{number}"
        for path in sorted(package.rglob("*.py"))
        if path not in below
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.match(r"[A-Za-z_]\w* = re\.compile\(", line)
    ]
    assert not read_anew
