"""Files that a check leaves behind: whole or not at all, beside the draft, never over it."""

import io
import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from referral_lint.cli import run, saving
from referral_lint.writers.copies import is_annotated

REVIEW = "He is regularly late.\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.txt").write_text(REVIEW)
    document = docx.Document()
    document.add_paragraph(REVIEW.strip())
    document.save(tmp_path / "draft.docx")
    return tmp_path


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_a_report_goes_to_a_file(here, capsys):
    assert run(["check", "draft.txt", "--format", "json", "--output", "report.json"]) == 1
    assert capsys.readouterr() == ("", "Written: report.json\n")
    assert json.loads((here / "report.json").read_text())["documents"][0]["verdict"] == "review"


def test_a_report_never_replaces_a_draft(here, capsys):
    (here / "link.txt").symlink_to("draft.txt")
    assert run(["check", "draft.txt", "--output", "link.txt"]) == 2
    assert "the draft itself" in capsys.readouterr().err
    assert (here / "draft.txt").read_text() == REVIEW


def test_a_link_stays_a_link_to_the_report(here):
    (here / "shared.txt").write_text("old")
    (here / "link.txt").symlink_to("shared.txt")
    assert run(["check", "draft.txt", "--output", "link.txt"]) == 1
    assert (here / "link.txt").is_symlink()
    assert "regularly" in (here / "shared.txt").read_text()


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="/dev/null")
def test_what_is_thrown_away_is_thrown_away(monkeypatch):
    """As root a file put in its place would break the machine (/dev/null was once a report of ours)."""
    monkeypatch.setattr(Path, "replace", lambda *_: pytest.fail("something was put in its place"))
    assert run(["check", "draft.txt", "--output", "/dev/null"]) == 1
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="/dev/stdout")
def test_standard_output_may_be_named(here):
    command = [sys.executable, "-m", "referral_lint", "check", "draft.txt", "--output", "/dev/stdout"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=here, check=False)
    assert done.returncode == 1
    assert "regularly" in done.stdout
    assert done.stderr == "Written: /dev/stdout\n"


def test_a_report_that_cannot_be_written_leaves_nothing(here, capsys, monkeypatch):
    before = names(here)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    monkeypatch.setattr("pathlib.Path.replace", full)
    assert run(["check", "draft.txt", "--output", "report.txt"]) == 2
    assert "No space left" in capsys.readouterr().err
    assert names(here) == before
    assert run(["check", "draft.txt", "--output", "no/such/folder/report.txt"]) == 2
    assert "check its name, and that its folder is there" in capsys.readouterr().err


def test_a_word_draft_gets_an_annotated_copy(here, capsys):
    before = (here / "draft.docx").read_bytes()
    assert run(["check", "draft.docx", "--annotate"]) == 1
    copy = (here / "draft (checked - do not send).docx").read_bytes()
    assert "Written: draft (checked - do not send).docx" in capsys.readouterr().err
    assert is_annotated(copy)
    assert "twice a day" in "".join(comment.text for comment in docx.Document(io.BytesIO(copy)).comments)
    assert (here / "draft.docx").read_bytes() == before


def test_suggested_edits_come_with_a_copy(here):
    assert run(["check", "draft.docx", "--suggest-edits"]) == 1
    assert (here / "draft (checked - do not send).docx").exists()


def test_another_format_gets_its_report_beside_it(here):
    assert run(["check", "draft.txt", "--annotate"]) == 1
    page = here / "draft.txt (checked - do not send).html"
    assert "<mark" in page.read_text()
    assert is_annotated(page.read_bytes())


def test_a_copy_that_somebody_works_in_is_left_alone(here, capsys):
    name = "draft (checked - do not send).docx"
    assert run(["check", "draft.docx", "--annotate"]) == 1
    working = docx.Document(here / name)
    working.add_paragraph("The school nurse rang on Monday.")
    working.save(here / name)
    mine = (here / name).read_bytes()
    for number in (2, 3):
        with (here / f"draft (checked - do not send) {number}.docx").open("ab") as other:
            other.write(b"")  # there already, and not what would be written
        capsys.readouterr()
    assert run(["check", "draft.docx", "--annotate"]) == 1
    said = capsys.readouterr().err
    assert "Written: draft (checked - do not send) 4.docx" in said
    assert f"The earlier {name} was left as it is" in said
    assert (here / name).read_bytes() == mine
    assert is_annotated((here / "draft (checked - do not send) 4.docx").read_bytes())


def test_a_copy_that_says_the_same_is_not_written_twice(here):
    for _ in range(2):
        assert run(["check", "draft.txt", "--annotate"]) == 1
    assert names(here) == {"draft.txt", "draft.docx", "draft.txt (checked - do not send).html"}


def test_a_numbered_copy_is_not_checked_again(here, capsys):
    (here / "draft (checked - do not send) 2.docx").write_bytes((here / "draft.docx").read_bytes())
    assert run(["check", ".", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [d["source"] for d in report["documents"]] == ["draft.docx", "draft.txt"]


@pytest.mark.parametrize("more", [[], ["--format", "text"], ["--annotate"]])
@pytest.mark.parametrize("name", ["c.docx", "c.PDF", "c.eml"])
def test_a_report_cannot_be_a_word_file(here, capsys, name, more):
    assert run(["check", "draft.docx", "--output", name, *more]) == 2
    assert "use --annotate, which says what it called the copy" in capsys.readouterr().err
    assert names(here) == {"draft.txt", "draft.docx"}


@pytest.mark.parametrize(
    ("name", "more", "start"),
    [
        ("report.html", [], "<!DOCTYPE html>"),
        ("report.JSON", [], "{"),
        ("report.txt", [], "draft.txt"),
        ("report", [], "draft.txt"),
        ("report.html", ["--format", "text"], "draft.txt"),
    ],
)
def test_the_ending_says_what_a_report_looks_like(here, name, more, start):
    assert run(["check", "draft.txt", "--output", name, *more]) == 1
    assert (here / name).read_text().startswith(start)


def test_a_draft_that_cannot_be_read_gets_no_copy(here, capsys):
    (here / "empty.docx").write_bytes(b"")
    before = names(here)
    assert run(["check", "empty.docx", "nowhere.docx", "--annotate"]) == 3
    assert "nothing could be read here" in capsys.readouterr().err
    assert names(here) == before


def test_standard_input_has_no_beside(capsys):
    assert run(["check", "-", "--annotate"]) == 2
    assert "save the draft first" in capsys.readouterr().err


def test_copies_of_ours_are_not_checked_again(here, capsys):
    assert run(["check", ".", "--annotate"]) == 1
    capsys.readouterr()
    assert run(["check", ".", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [d["source"] for d in report["documents"]] == ["draft.docx", "draft.txt"]
    assert "2 checked copies" in report["gaps"][0]["why"]


def test_a_copy_that_is_named_is_checked_and_called_what_it_is(here, capsys):
    name = "draft (checked - do not send).docx"
    assert run(["check", "draft.docx", "--annotate"]) == 1
    before = (here / name).read_bytes()
    capsys.readouterr()
    assert run(["check", name, "--annotate"]) == 1
    out, err = capsys.readouterr()
    assert "This is a checked copy" in out
    assert "draft (checked - do not send) 2.docx" in err
    assert (here / name).read_bytes() == before
    assert run(["check", "draft.docx"]) == 1
    assert "checked copy" not in capsys.readouterr().out


def test_a_copy_that_was_given_another_name_is_known(here, capsys):
    assert run(["check", "draft.docx", "--annotate"]) == 1
    (here / "draft (checked - do not send).docx").rename(here / "to the team.docx")
    capsys.readouterr()
    assert run(["check", "to the team.docx", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["gaps"][0]["note"]
    assert "Do not send it" in report["gaps"][0]["why"]


def test_what_goes_wrong_with_a_copy_does_not_lose_the_findings(monkeypatch, capsys):
    def broken(*_):
        raise saving.ReferralLintError("This cannot be annotated.")

    monkeypatch.setattr(saving, "_copy", broken)
    assert run(["check", "draft.docx", "--annotate"]) == 1
    out, err = capsys.readouterr()
    assert "regularly" in out
    assert "This cannot be annotated." in err
