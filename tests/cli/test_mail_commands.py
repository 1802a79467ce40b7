"""`hook`, `milter --dry-run` and `init --postfix`: exit codes and what they print."""

import io
from pathlib import Path

import pytest

from referral_lint.cli import run

HEAD = "From: Ann Lee <a.lee@school.example>\nTo: hub@council.example\n"
READY = (Path(__file__).parents[2] / "samples" / "appointment.eml").read_text(encoding="utf-8")
STOP = f"{HEAD}Subject: Theo Quill, born 3 May 2019\n\nTheo was late on 3 May 2026.\n"
DANGER = f"{HEAD}Subject: Theo Quill\n\nHe has a knife and says he will kill her tonight. Please come now.\n"
UNREAD = (
    HEAD + "Subject: Form\nContent-Type: application/pdf; name=form.pdf\nContent-Disposition: attachment\n\nnot a PDF\n"
)
UNREAD_AND_STOP = UNREAD.replace("Subject: Form", "Subject: Theo Quill, late again")
CHAIRS = f"{HEAD}Subject: Chairs\n\nThe children need 30 chairs for the hall. Please send them by 4 December 2026.\n"
TELLS = f"{HEAD}Subject: Our call\n\nTheo was late on 3 May 2026 and his mum says that the flat is damp.\n"
AUTOMATIC = STOP.replace("Subject", "Auto-Submitted: auto-replied\nSubject")


@pytest.fixture
def hook(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)

    def call(text, *options):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        code = run(["hook", *options])
        return code, capsys.readouterr().out

    return call


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (STOP, ("--fail-on", "never"), 0),
        (DANGER, (), 0),
        (UNREAD, (), 3),
        (UNREAD, ("--unread-goes",), 0),
        (AUTOMATIC, (), 0),
        (TELLS, ("--recipient", "hub@council.example", "--recipient", "ann71@gmail.example", "--fail-on", "stop"), 1),
        (READY, ("--recipient", "hub@council.example", "--recipient", "ann71@gmail.example"), 0),
        (UNREAD_AND_STOP, ("--fail-on", "stop"), 3),
        (UNREAD_AND_STOP, ("--unread-goes",), 0),
    ],
)
def test_the_exit_code_says_whether_it_can_go(hook, text, options, code):
    assert hook(text, *options)[0] == code


def test_the_words_say_why_and_nothing_of_the_message(hook):
    code, out = hook(STOP, "--fail-on", "stop")
    assert code == 1
    assert "A name in the subject of an email" in out
    assert "Theo" not in out


def test_of_a_message_that_goes_because_of_an_unread_part_is_said_what_the_rest_shows(hook):
    code, out = hook(UNREAD_AND_STOP, "--fail-on", "stop")
    assert code == 3
    assert out.startswith("Not all of it could be read, so it can go.\nFound in the rest:\n1. A name in the subject")
    assert "Please look" not in out, "procmail would file it"
    assert "Theo" not in out
    assert hook(UNREAD, "--fail-on", "stop")[1] == "Not all of it could be read, so it can go.\n"
    assert "A name in the subject" in hook(UNREAD_AND_STOP, "--unread-goes")[1]


@pytest.mark.parametrize(
    "keys", ['[sender]\ndomains = ["school.example"]\n', '[recipients]\nsecure_domains = ["nhs.example"]\n']
)
def test_who_names_safe_addresses_is_asked_of_others_only_where_somebody_is_told_of(hook, tmp_path, keys):
    (tmp_path / "referral-lint.toml").write_text(keys)
    assert hook(CHAIRS, "--fail-on", "stop") == (0, "")
    assert hook(READY, "--fail-on", "stop") == (0, "")
    code, out = hook(TELLS, "--fail-on", "stop")
    assert code == 1
    assert "A way of sending that is not safe" in out
    assert hook(TELLS.replace("Our call", "[secure] Our call"), "--fail-on", "stop")[0] == 0


def test_a_mistake_in_the_configuration_is_2(hook, tmp_path):
    (tmp_path / "referral-lint.toml").write_text('[[mail.policy]]\nmode = "ask"\nrules = ["no-such-rule"]\n')
    assert hook(READY)[0] == 2


def test_its_own_failure_holds_nothing_back_where_only_yes_and_no_are_known(hook, tmp_path, monkeypatch):
    (tmp_path / "referral-lint.toml").write_text("fail_one = 3\n")
    assert hook(DANGER, "--unread-goes") == (0, "")
    assert hook(DANGER, "--unread-goes", "--config", "no-such-file.toml")[0] == 0
    (tmp_path / "referral-lint.toml").unlink()
    monkeypatch.setattr("referral_lint.cli.hook.asked", lambda *_: [][0])
    assert hook(DANGER, "--unread-goes") == (0, "")
    assert hook(DANGER)[0] == 2


def test_a_folder_of_past_messages(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    past = tmp_path / "past"
    past.mkdir()
    for name, text in {"a": READY, "b": STOP, "c": STOP, "d": DANGER, "e": AUTOMATIC, "f": UNREAD}.items():
        (past / f"{name}.eml").write_text(text)
    assert run(["milter", "--dry-run", str(past)]) == 0
    out = capsys.readouterr().out
    assert "Theo" not in out
    assert "e.eml: left alone (automatic)" in out
    rows = {line.split()[0]: line.split() for line in out.splitlines() if line.split()}
    #                goes, told, refused, held, left alone
    assert rows["monitor"][1:] == ["5", "0", "0", "0", "1"]
    assert rows["ask"][1:] == ["2", "2", "1", "0", "1"]
    assert rows["quarantine"][1:] == ["1", "2", "0", "2", "1"]
    assert sum(map(int, rows["tell"][1:])) == 6


def test_the_lines_for_postfix(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["init", "--postfix"]) == 0
    out = capsys.readouterr().out
    assert "smtpd_milters = unix:referral-lint/milter.sock" in out
    assert "ListenStream=/var/spool/postfix/referral-lint/milter.sock" in out
    assert "ProtectSystem=strict" in out
    assert not (tmp_path / "referral-lint.toml").exists()
    (tmp_path / "referral-lint.toml").write_text('[mail]\nsocket = "inet:127.0.0.1:8899"\n')
    assert run(["init", "--postfix"]) == 0
    out = capsys.readouterr().out
    assert "smtpd_milters = inet:127.0.0.1:8899" in out
    assert "ListenStream=127.0.0.1:8899" in out


def test_the_lines_for_systemd_say_whole_paths_and_let_the_mail_server_see_its_addresses(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["init", "--postfix"]) == 0
    usual = capsys.readouterr().out
    assert "StateDirectory=referral-lint\n" in usual
    assert "PrivateNetwork" not in usual
    assert "systemctl restart referral-lint.service" in usual
    assert "milter_command_timeout = 10s" in usual
    (tmp_path / "referral-lint.toml").write_text('[mail]\nstate = "state"\n')
    assert run(["init", "--postfix"]) == 0
    own = capsys.readouterr().out
    assert f"--home {tmp_path}/state " in own
    assert f"-m 0750 {tmp_path}/state\n" in own
    assert f"ReadWritePaths={tmp_path}/state " in own
    assert "StateDirectory=" not in own


def test_what_went_past_it_is_known_from_the_journal_too(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "referral-lint.toml").write_text('[mail]\nstate = "state"\n')
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "records.jsonl").write_text('{"id": "4F2A"}\n')
    lines = "".join(
        f"Nov 30 15:05:0{n} mail postfix/submission/smtpd[12]: {queue_id}: client=far.example[192.0.2.9]\n"
        for n, queue_id in enumerate(("4F2A", "4F2B"))
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    assert run(["milter", "--missed", "-"]) == 1
    assert capsys.readouterr().out == "4F2B\n"


@pytest.mark.parametrize("socket", ["", "unix:", "inet:127.0.0.1", "inet:127.0.0.1:0", "tcp:1"])
def test_a_place_that_is_none(capsys, socket, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["milter", "--socket", socket or "x"]) == 2
    assert "unix:PATH or inet:HOST:PORT" in capsys.readouterr().err


def test_nothing_there_yet(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "referral-lint.toml").write_text('[mail]\nstate = "state"\nsocket = "unix:none.sock"\n')
    assert run(["milter", "--status"]) == 1
    assert capsys.readouterr().out == "The filter does not answer.\nIt has counted nothing yet.\n"


def test_a_folder_without_messages_is_no_dry_run(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "past").mkdir()
    (tmp_path / "past" / "letter.docx").write_bytes(b"PK")
    assert run(["milter", "--dry-run", "past"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "past: there is no message in this folder" in err


def test_without_records_nothing_can_have_been_missed(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "referral-lint.toml").write_text('[mail]\nstate = "state"\n')
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run(["milter", "--missed", "-"]) == 2
    assert "has it run yet" in capsys.readouterr().err
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "records.jsonl").write_text("")
    assert run(["milter", "--missed", "-"]) == 0
    assert capsys.readouterr() == ("", "No message went past the filter.\n")
