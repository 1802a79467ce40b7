"""`check`: what it reads, what it prints, and each of its exit codes."""

import io
import json
import os

import pytest

from referral_lint.cli import check as module
from referral_lint.cli import run
from referral_lint.cli.check import exit_code
from referral_lint.engine import Linter
from referral_lint.model import Document, DocumentReport, Finding, Gap, Report, Severity
from tests.readers.wordfile import p, word

READY = "Thank you for the call. The meeting is at 2pm on 3 December 2026 in the hall.\n"
REVIEW = "He is regularly late.\n"


@pytest.fixture
def draft(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def make(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return name

    return make


def checked(capsys, *arguments):
    code = run(["check", "--format", "json", *arguments])
    return code, json.loads(capsys.readouterr().out)


def test_a_ready_draft_is_0(draft, capsys):
    code, report = checked(capsys, draft("ready.txt", READY))
    assert (code, report["documents"][0]["verdict"]) == (0, "ready")


def test_something_to_change_is_1(draft, capsys):
    code, report = checked(capsys, draft("review.txt", REVIEW))
    assert (code, report["documents"][0]["verdict"]) == (1, "review")
    assert report["documents"][0]["findings"][0]["text"] == "regularly"


@pytest.mark.parametrize(("level", "code"), [("stop", 0), ("fix", 1), ("think", 1), ("never", 0)])
def test_fail_on_moves_the_line(draft, capsys, level, code):
    assert checked(capsys, "--fail-on", level, draft("review.txt", REVIEW))[0] == code


def test_something_unchecked_is_3_and_the_others_are_still_reported(draft, capsys):
    code, report = checked(capsys, "missing.txt", draft("ready.txt", READY))
    assert code == 3
    missing, ready = report["documents"]
    assert (missing["source"], missing["verdict"], missing["complete"]) == ("missing.txt", "unchecked", False)
    assert "no such file" in missing["gaps"][0]["why"]
    assert ready["verdict"] == "ready"


def test_a_finding_counts_before_a_gap(draft, capsys):
    assert checked(capsys, "missing.txt", draft("review.txt", REVIEW))[0] == 1


def test_never_failing_still_says_what_was_not_checked(capsys, draft):
    assert checked(capsys, "--fail-on", "never", "missing.txt")[0] == 3


@pytest.mark.parametrize("arguments", [["check"], ["check", "--nonsense"], ["no-such-command"], ["check", "--format"]])
def test_a_mistake_in_the_command_is_2(arguments, capsys):
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert err


def test_an_empty_file_is_a_gap(draft, capsys):
    code, report = checked(capsys, draft("empty.txt", ""))
    assert (code, report["documents"][0]["verdict"]) == (3, "unchecked")


def test_standard_input_under_a_name(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(REVIEW.encode())))
    code, report = checked(capsys, "-", "--stdin-filename", "letter.txt")
    assert (code, report["documents"][0]["source"]) == (1, "letter.txt")


def test_a_folder_is_read_to_its_depth(draft, capsys):
    draft("team/a.txt", READY)
    draft("team/older/b.txt", REVIEW)
    draft("team/.hidden/c.txt", REVIEW)
    draft("team/~$a.docx", "left behind")
    draft("team/photo.jpg", "not a document")
    code, report = checked(capsys, "team")
    assert code == 1
    assert [d["source"] for d in report["documents"]] == ["team/a.txt", "team/older/b.txt"]
    assert report["gaps"] == [
        {"what": "team", "why": "Passed over in this folder: 1 file that is not a document.", "note": True}
    ]


def test_a_folder_without_documents_says_so(draft, capsys, tmp_path):
    (tmp_path / "bare").mkdir()
    code, report = checked(capsys, "bare")
    assert code == 3
    assert "no document in this folder" in report["gaps"][0]["why"]


def test_a_name_that_no_system_takes_is_a_gap(capsys):
    code, report = checked(capsys, "a\0b.txt")
    assert (code, report["documents"][0]["verdict"]) == (3, "unchecked")


def report_of(severity=None, urgent=False, gap=False):
    found = (Finding("rule", "family", severity, "message", "suggestion", "why", "S1"),) if severity else ()
    gaps = (Gap("page 2", "It is a picture."),) if gap else ()
    return Report((DocumentReport(Document("a", "words", ()), urgent=urgent, findings=found, gaps=gaps),))


@pytest.mark.parametrize(
    ("severity", "urgent", "gap", "fail_on", "code"),
    [
        (Severity.STOP, False, False, "stop", 1),
        (Severity.STOP, True, False, "stop", 0),  # danger now: nothing in it is more than a thing to mend
        (Severity.STOP, True, False, "fix", 1),
        (Severity.FIX, False, False, "stop", 0),
        (Severity.THINK, False, False, "fix", 0),
        (Severity.THINK, False, False, "think", 1),
        (Severity.THINK, False, True, "fix", 3),
        (None, False, True, "never", 3),
        (None, False, False, "think", 0),
    ],
)
def test_exit_codes(severity, urgent, gap, fail_on, code):
    assert exit_code(report_of(severity, urgent, gap), fail_on) == code


def test_a_fault_of_ours_is_one_sentence(monkeypatch, capsys, draft):
    def broken(*_):
        raise RuntimeError("Jay Bright, 3 Mill Lane")

    monkeypatch.setattr(module, "checked", broken)
    assert run(["check", draft("a.txt", READY)]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "RuntimeError" in err
    assert "Jay" not in err


def test_a_fault_of_ours_is_shown_to_those_who_ask(monkeypatch, draft):
    def broken(*_):
        raise RuntimeError("here")

    monkeypatch.setattr(module, "checked", broken)
    monkeypatch.setenv("REFERRAL_LINT_DEBUG", "1")
    with pytest.raises(RuntimeError, match="here"):
        run(["check", draft("a.txt", READY)])


def test_stopped_by_hand_is_130(monkeypatch, draft):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "checked", stopped)
    assert run(["check", draft("a.txt", READY)]) == 130


def test_the_rules_can_be_chosen(draft, capsys):
    name = draft("review.txt", REVIEW)
    assert checked(capsys, "--off", "vague-frequency", name)[0] == 0
    assert checked(capsys, "--rule", "vague-time", name)[0] == 0
    code, report = checked(capsys, "--rule", "vague-frequency", "--rule", "vague-time", name)
    assert (code, len(report["documents"][0]["findings"])) == (1, 1)


@pytest.mark.parametrize("option", ["--rule", "--off"])
def test_a_rule_that_there_is_not_is_2(draft, capsys, option):
    assert run(["check", option, "vague-frequencey", draft("a.txt", READY)]) == 2
    assert "did you mean vague-frequency" in capsys.readouterr().err


@pytest.mark.parametrize(("given", "agency"), [("health", "health"), ("Northfield Housing Team", "housing")])
def test_the_reader_can_be_named(draft, capsys, given, agency):
    code, report = checked(capsys, "--to", given, "--nation", "wales", draft("a.txt", READY))
    assert code == 0
    assert [r["agency"] for r in report["documents"][0]["recipients"]] == [agency]


def test_a_reader_of_no_known_kind_is_2(draft, capsys):
    assert run(["check", "--to", "Wobbly", draft("a.txt", READY)]) == 2
    assert "children's social care" in capsys.readouterr().err


def test_a_hostile_name_does_not_command_the_terminal(capsys):
    run(["check", "--config", "a\x1b[31m\nb.toml", "x.txt"])
    assert "\x1b" not in capsys.readouterr().err


def test_a_file_that_takes_all_memory_does_not_stop_the_next(monkeypatch, capsys, draft):
    whole = Linter.lint

    def greedy(self, source):
        if "large" in source.name:
            raise MemoryError
        return whole(self, source)

    monkeypatch.setattr(Linter, "lint", greedy)
    assert run(["check", draft("large.txt", READY), draft("a.txt", READY)]) == 3
    assert "not enough memory" in capsys.readouterr().out


def test_a_folder_that_may_not_be_read_is_no_empty_one(draft, capsys, monkeypatch, tmp_path):
    (tmp_path / "shut").mkdir()
    real = os.scandir

    def scandir(path="."):
        if str(path) == "shut":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    code, report = checked(capsys, "shut")
    assert code == 3
    assert [gap["why"][:28] for gap in report["gaps"]] == ["You may not read this folder"]


def test_a_word_file_with_a_picture_alone_was_not_read(draft, capsys, tmp_path):
    title = "<dc:title>Form of 3 May</dc:title>"
    picture = p("<w:r><w:drawing><a:blip/></w:drawing></w:r>")
    (tmp_path / "form.docx").write_bytes(word(picture, properties=title))
    code, report = checked(capsys, "form.docx")
    (document,) = report["documents"]
    assert (code, document["verdict"], document["characters"]) == (3, "unchecked", 20)
