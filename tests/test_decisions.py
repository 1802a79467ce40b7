"""Kept decisions: what was kept verifies, what was tampered with is found, what was erased leaves a tombstone."""

import json
import sqlite3
import stat
from datetime import UTC, date, datetime, timedelta

import pytest

from referral_lint.cli import run
from referral_lint.config import Config
from referral_lint.decisions import Decisions, decisions_from
from referral_lint.errors import ReferralLintError

KEY = b"k" * 32
NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path):
    decisions = Decisions(tmp_path / "kept" / "decisions.sqlite", KEY, keep_days=3650)
    for n in range(1, 4):
        decisions.keep(f"Record {n}", f"Decision to share information {n}\n")
    return decisions


def tampered(kept, *statements, triggers=False):
    with sqlite3.connect(kept.file) as db:
        if not triggers:
            db.execute("DROP TRIGGER only_grows")
            db.execute("DROP TRIGGER only_erases")
        for statement in statements:
            db.execute(statement)
    db.close()
    return kept.faults()


def test_what_was_kept_is_there_and_verifies(kept):
    assert [(e.number, e.title) for e in kept.entries()] == [(1, "Record 1"), (2, "Record 2"), (3, "Record 3")]
    assert kept.faults() == []
    assert stat.S_IMODE(kept.file.stat().st_mode) == 0o600


def test_nothing_kept_yet_is_no_fault(tmp_path):
    nothing = Decisions(tmp_path / "none.sqlite", KEY)
    assert nothing.entries() == []
    assert nothing.faults() == []
    assert not nothing.file.exists()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE entries SET words = 'other' WHERE number = 2", "words of entry 2 were changed"),
        ("UPDATE entries SET title = 'other' WHERE number = 2", "words of entry 2 were changed"),
        ("UPDATE entries SET kept = '2020-01-01' WHERE number = 2", "Entry 2 was changed"),
        ("UPDATE entries SET words = NULL, salt = NULL WHERE number = 2", "nothing says why"),
        ("DELETE FROM entries WHERE number = 2", "missing before number 3"),
        ("DELETE FROM entries WHERE number = 3", "at the end are missing"),
        ("DELETE FROM entries", "at the end are missing"),
        ("DELETE FROM head", "at the end are missing"),
    ],
)
def test_tampering_is_found(kept, statement, found):
    assert found in " ".join(tampered(kept, statement))


def test_who_has_not_the_key_cannot_seal_anew(kept):
    assert "sealed with another key" in " ".join(Decisions(kept.file, b"x" * 32).faults())


@pytest.mark.parametrize("statement", ["DELETE FROM entries", "UPDATE entries SET words = 'x'"])
def test_the_file_itself_only_grows(kept, statement):
    with pytest.raises(sqlite3.IntegrityError):
        tampered(kept, statement, triggers=True)


def test_an_erasure_leaves_a_tombstone_that_verifies(kept):
    kept.erase(2, "asked for by the family")
    assert kept.faults() == []
    second, *_, last = kept.entries()[1:]
    assert second.words is None
    assert (last.kind, last.about, last.words) == ("erasure", 2, "asked for by the family")
    assert b"share information 2" not in kept.file.read_bytes()
    assert b"share information 3" in kept.file.read_bytes()
    with pytest.raises(ReferralLintError):
        kept.erase(2, "again")


def test_what_is_past_its_day_is_erased(tmp_path):
    decisions = Decisions(tmp_path / "d.sqlite", KEY, keep_days=30)
    decisions.keep("Old", "old words", now=NOW - timedelta(days=31))
    decisions.keep("New", "new words", now=NOW)
    assert [e.words for e in decisions.entries(today=date(2026, 11, 24)) if e.kind == "note"] == [None, "new words"]
    assert decisions.faults() == []


def test_nought_days_keep_for_ever(tmp_path):
    decisions = Decisions(tmp_path / "d.sqlite", KEY, keep_days=0)
    decisions.keep("Old", "old words", now=NOW - timedelta(days=5000))
    assert decisions.entries()[0].words == "old words"


def test_a_file_that_is_none_is_said(tmp_path):
    file = tmp_path / "d.sqlite"
    file.write_bytes(b"no database at all" * 100)
    with pytest.raises(ReferralLintError, match="damaged"):
        Decisions(file, KEY).entries()


def test_the_command_lists_shows_exports_verifies_and_erases(capsys, tmp_path):
    kept = decisions_from(Config())
    kept.keep("Record 4711", "Decision to share information\n")
    assert run(["decisions", "list"]) == 0
    assert "Record 4711" in capsys.readouterr().out
    assert run(["decisions", "show", "1"]) == 0
    assert "Decision to share" in capsys.readouterr().out
    assert run(["decisions", "export", "--output", str(tmp_path / "all.json")]) == 0
    assert json.loads((tmp_path / "all.json").read_text())[0]["title"] == "Record 4711"
    assert run(["decisions", "verify"]) == 0
    assert run(["decisions", "erase", "1", "--reason", "no longer needed"]) == 0
    capsys.readouterr()
    assert run(["decisions", "list"]) == 0
    assert "(erased)" in capsys.readouterr().out
    assert run(["decisions", "verify"]) == 0
    tampered(kept, "DELETE FROM entries WHERE number = 2")
    assert run(["decisions", "verify"]) == 1
    assert run(["decisions", "show", "9"]) == 2
    assert run(["decisions", "erase", "9", "--reason", "x"]) == 2
