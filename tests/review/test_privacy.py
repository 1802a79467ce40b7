"""Nobody's name, and no words of a draft, in anything that a review writes, unless it was asked for."""

import csv
import sqlite3
import stat
from contextlib import closing

import pytest

from referral_lint.review.privacy import Names, masked_name, masked_words, may_be_kept
from referral_lint.review.store import NAME
from referral_lint.review.tables import defused

from .conftest import POOR, message


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Theo Marsh referral.docx", "●●● referral.docx"),
        ("MASH form THEO-MARSH 2014-03-12 v2 final.pdf", "MASH form ●●● v2 final.pdf"),
        ("letter_about_Grace.eml", "letter about ●●●.eml"),
        ("attachment: Theo's plan.docx", "attachment: ●●● plan.docx"),
        ("Ó Súilleabháin.TheoMarsh", "●●●"),
        ("message 2 > attachment: scan.pdf", "message 2 > attachment: scan.pdf"),
    ],
)
def test_a_file_keeps_only_the_words_about_the_paperwork(name, shown):
    assert masked_name(name) == shown


def test_words_of_a_draft_lose_everything_personal():
    text = "Theo's mum, Ms Quill, of 4 Elm Road AB1 2CD, rang 01632 960001 on 3/4/2025 about the EHCP; theo is late."
    shown = masked_words(text, ["Theo Marsh"])
    for gone in ("Theo", "theo", "Quill", "Elm", "AB1", "960001", "2025"):
        assert gone not in shown
    assert "EHCP" in shown
    assert "is late" in shown


@pytest.mark.parametrize(
    ("term", "kept"), [("EHCP", True), ("TM", False), ("TJM", False), ("MARSH", False), ("CPOMS", True), ("XQ", False)]
)
def test_a_short_form_that_could_be_a_person_is_not_kept(term, kept):
    assert may_be_kept(term, ["Theo James Marsh"]) is kept


def test_codes_need_the_key():
    assert Names(b"1" * 32).code("file", "a") != Names(b"2" * 32).code("file", "a")


def everything(out):
    return {path: path.read_bytes().lower() for path in out.rglob("*") if path.is_file()}


def test_no_name_and_no_words_in_anything_written(review, folder, tmp_path):
    out = tmp_path / "out"
    (folder / "Bramley" / "nested.eml").write_bytes(message("Theo Marsh is frequently late.\n" * 3))
    review(folder, out, parquet=True)
    for path, data in everything(out).items():
        for word in (b"theo", b"marsh", b"in denial", b"frequently"):
            assert word not in data, (path, word)


def test_a_folder_named_after_a_child_is_masked(review, tmp_path):
    folder = tmp_path / "in"
    for team in ("Theo Marsh", "Bramley School"):
        (folder / team).mkdir(parents=True)
        for n in range(6):
            (folder / team / f"{n}.txt").write_text(f"{POOR}\n{n}\n")
    review(folder, tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text()
    assert "Bramley School" in page
    assert "Theo" not in page
    assert "Folder " in page


def test_with_show_text_names_and_words_are_there(review, folder, tmp_path):
    out = tmp_path / "out"
    review(folder, out, show_text=True)
    assert "Theo Marsh referral" in (out / "index.html").read_text()
    with closing(sqlite3.connect(out / NAME)) as db:
        assert ("frequently",) in db.execute("SELECT words FROM finding").fetchall()


def test_only_the_owner_can_read_it(review, folder, tmp_path):
    out = tmp_path / "out"
    review(folder, out, parquet=True, sample=3)
    for path in [out, *out.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize("text", ["=1+1", "+44", "-x", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "\rx"])
def test_a_formula_is_no_formula_any_more(text):
    assert defused(text) == f"'{text}"
    assert defused(-3) == -3


def test_a_file_name_that_is_a_formula(review, tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "=HYPERLINK(1).txt").write_text(POOR)
    review(folder, out, show_text=True)
    with (out / "csv" / "file.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == ["'=HYPERLINK(1).txt"]
