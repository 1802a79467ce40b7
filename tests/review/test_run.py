"""A run: every file once, whatever it is; interrupted and gone on with, the results are those of an unbroken one."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from referral_lint.config import Config
from referral_lint.errors import ReferralLintError
from referral_lint.review.session import Options, Session
from referral_lint.review.store import NAME, TABLES, Store, reading
from tests.readers.wordfile import p, word

from .conftest import GOOD, POOR, Told


def rows(out):
    """Everything in the database but when it was done."""
    found = {}
    with reading(out) as db:
        for table in TABLES:
            cursor = db.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            found[table] = [tuple(v for v, n in zip(r, names, strict=True) if n != "seen") for r in cursor]
    return found


def test_every_file_is_looked_at_and_a_bad_one_listed_with_its_reason(review, folder, tmp_path):
    session, told = review(folder, tmp_path / "out")
    assert told.total == len(told.rows) == 17  # not the photograph
    assert session.unread == 1
    found = rows(tmp_path / "out")
    assert [row[3] for row in found["file"] if row[-1]] == [300]
    assert len(found["document"]) == 18  # two in the zip file
    assert {row[-2] for row in found["document"] if row[11]} == {"Bramley", "Northfield"}


def test_what_has_not_changed_is_not_done_again(review, folder, tmp_path):
    out = tmp_path / "out"
    review(folder, out)
    before = rows(out)
    _, told = review(folder, out)
    assert told.done == 0
    assert [bool(row.problem) for row in told.rows].count(True) == 1  # the damaged file is still one that was not read
    assert rows(out) == before
    changed = next((folder / "Bramley").glob("*.txt"))
    changed.write_text(POOR + "More.")
    next((folder / "Northfield").glob("*.txt")).unlink()
    (folder / "Northfield" / "new.txt").write_text(POOR)
    _, told = review(folder, out)
    assert told.done == 2
    assert len(rows(out)["file"]) == 17


def test_a_rule_switched_off_means_doing_it_again(folder, tmp_path, review):
    from referral_lint.review import same

    assert same.settings(Config()) != same.settings(Config(off=("vague-time",)))
    assert same.settings(Config()) != same.settings(Config(), show_text=True)


def test_a_decision_beside_a_draft_counts(review, tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text(POOR)
    review(folder, out)
    with reading(out) as db:
        rule, mark = db.execute("SELECT rule, fingerprint FROM finding WHERE rule = 'vague-frequency'").fetchone()
    lines = "\n".join(f'{k} = "{v}"' for k, v in (("fingerprint", mark), ("rule", rule), ("reason", "x"), ("by", "A")))
    (folder / ".referral-lint-waivers.toml").write_text(f"[[waiver]]\n{lines}\n")
    _, told = review(folder, out)
    assert told.done == 1
    assert [row[3] for row in rows(out)["finding"] if row[10]] == ["vague-frequency"]


def test_results_of_another_folder_are_not_written_over(review, folder, tmp_path):
    review(folder, tmp_path / "out")
    with pytest.raises(ReferralLintError, match="another folder"):
        review(folder / "Bramley", tmp_path / "out")


def test_two_runs_do_not_write_at_once(tmp_path):
    with closing(Store(tmp_path / NAME)), pytest.raises(ReferralLintError, match="another review"):
        Store(tmp_path / NAME)


def test_results_of_before_a_column_came_get_it(review, folder, tmp_path):
    out = tmp_path / "out"
    review(folder, out)
    new = rows(out)
    with closing(sqlite3.connect(out / NAME)) as db:
        db.execute("ALTER TABLE document DROP COLUMN danger_beside")
        db.execute("UPDATE file SET fingerprint = 'of an earlier program'")
        db.commit()
    review(folder, out)
    assert rows(out) == new


def test_a_database_of_something_else_is_left_alone(tmp_path):
    (tmp_path / NAME).write_bytes(b"not a database, not at all, of any kind" * 50)
    with pytest.raises(ReferralLintError, match="not a database"):
        Store(tmp_path / NAME)


def test_a_slow_file_is_listed_and_tried_again(folder, tmp_path):
    """With real workers. The limit is shorter than anything takes."""
    out, told = tmp_path / "out", Told()
    session = Session(folder / "Northfield", out, Config(off=()), Options(seconds=0.001, workers=1))
    keep = sorted((folder / "Northfield").iterdir())
    for path in keep[1:]:
        path.unlink()
    assert session.run(told) == 1
    assert "longer than" in told.rows[0].problem
    session = Session(folder / "Northfield", out, Config(off=()), Options(workers=1))
    assert session.run(told) == 0
    assert told.rows[-1].documents


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many") / "drafts"
    for n in range(90):
        place = folder / f"team {n % 3}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"draft {n}.txt").write_text(
            f"{POOR}\nHe said it {n} times on {1 + n % 28} March 2025.\n" * (1 + n % 6)
        )
    return folder


@pytest.fixture(scope="module")
def whole(many, tmp_path_factory):
    out = tmp_path_factory.mktemp("whole") / "out"
    process = start(many, out)
    said = process.communicate(timeout=120)[1]
    assert process.returncode == 0, said
    return out


def start(folder, out, *more):
    command = [sys.executable, "-m", "referral_lint", "review", str(folder), "-o", str(out), "--workers", "2", *more]
    env = {**os.environ, "XDG_CONFIG_HOME": str(folder.parent / "user")}  # one key for all of them
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=env, start_new_session=True, **quiet)


def break_off(process, out, ending):
    """End it at some moment after it has kept more than there was; gives what it said."""
    path, until = out / NAME, time.monotonic() + 60
    before = path.stat().st_size if path.exists() else 0
    while time.monotonic() < until and process.poll() is None:
        if path.exists() and path.stat().st_size > before + 20_000:
            break
        time.sleep(0.02)
    time.sleep(random.Random(before).uniform(0, 0.1))
    os.killpg(process.pid, ending)
    return process.communicate(timeout=60)[1]


@pytest.mark.parametrize(("ending", "times"), [(signal.SIGKILL, 2), (signal.SIGINT, 1)])
def test_killed_or_stopped_at_any_moment_it_goes_on_to_the_same_results(many, whole, tmp_path, ending, times):
    out = tmp_path / "out"
    for n in range(times):
        broken = start(many, out)
        said = break_off(broken, out, ending)
        if ending == signal.SIGINT:
            assert broken.returncode == 130, said
            assert "the same command goes on from here" in said
        else:  # on a fast machine the second may be done before it is killed
            assert broken.returncode in ((-ending,) if n == 0 else (-ending, 0)), said
    last = start(many, out)
    said = last.communicate(timeout=120)[1]
    assert last.returncode == 0, said
    assert rows(out) == rows(whole)
    assert len(rows(out)["file"]) == 90
    with closing(sqlite3.connect(out / NAME)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_scans_are_not_drafts_with_nothing_to_change(review, tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for n in range(6):
        (folder / f"scan {n}.docx").write_bytes(scanned("Form"))
    (folder / "cover.docx").write_bytes(scanned("Form", f"{GOOD} The form is below."))
    session, _ = review(folder, out)
    assert session.unread == 6
    found = rows(out)
    assert [row for row in found["file"] if "picture" in str(row)]
    page = (out / "index.html").read_text()
    assert "6 could not be read" in page
    assert "Fewer than 5 of them were read only in part" in page
    assert "Every document could be read" not in page


def scanned(title, words=""):
    """A Word file that holds the picture of a page, and above it these words."""
    page = (
        "<w:r><w:drawing><wp:inline xmlns:wp='http://x.example.org/wp'><wp:extent cx='6000000' cy='8000000'/>"
        "<a:blip/></wp:inline></w:drawing></w:r>"
    )
    properties = f"<dc:title>{title}</dc:title>"
    return word(p(words) + p(page), properties=properties)


def test_a_folder_that_may_not_be_read_is_said(review, tmp_path, monkeypatch):
    folder, out = tmp_path / "in", tmp_path / "out"
    (folder / "shut").mkdir(parents=True)
    (folder / "a.txt").write_text(POOR)
    refuse(monkeypatch, folder / "shut")
    session, _ = review(folder, out)
    assert session.unread == 1
    assert "1 folder may not be read" in (out / "index.html").read_text()
    refuse(monkeypatch, folder)
    with pytest.raises(ReferralLintError, match="you may not read this folder"):
        review(folder, tmp_path / "other")


def refuse(monkeypatch, folder):
    """As for anybody but root, who may read everything."""
    real = os.scandir

    def scandir(path="."):
        if os.fspath(path) == os.fspath(folder):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
