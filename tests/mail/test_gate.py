"""The gate: whatever breaks, the message goes and leaves a trace; what is held is remembered first."""

import asyncio
import json
import os
import sqlite3
from dataclasses import replace

import pytest

from referral_lint.config_keys import MailFilter
from referral_lint.errors import ReferralLintError
from referral_lint.mail import errands, records
from referral_lint.mail.decide import Judgement
from referral_lint.mail.errands import Errands
from referral_lint.mail.gate import Desk, Gate
from referral_lint.mail.memory import Memory, memory_in
from referral_lint.mail.message import Body, Mail
from referral_lint.mail.metrics import Metrics, parsed
from referral_lint.mail.policy import Found, Policies
from referral_lint.mail.records import Records
from referral_lint.mail.status import told
from referral_lint.workers import Unjudged

HELD = Judgement("hold", found=(Found("name-in-subject", "stop", "A name in the subject"),), fingerprint="f1")
CONTINUE = b"\0\0\0\1c"


class Trial:
    def __init__(self, folder, **settings):
        self.lines = []
        filled = {
            "mode": "ask",
            "seconds": 1,
            "report_from": "checks@b.example",
            "release_to": "post@b.example",
            **settings,
        }
        self.policies = Policies(MailFilter(**filled))
        self.desk = Desk(
            Memory(folder / "memory.sqlite"),
            Records(folder),
            Errands(folder / "errands"),
            Metrics(),
            self.lines.append,
            b"k",
        )
        self.folder = folder
        self.notes, self.takes_notes = [], True

    def wake(self):
        pass

    async def notify(self, note):
        if self.takes_notes:
            self.notes.append(note)
        return self.takes_notes

    def answer(self, judgement, mail, **can):
        async def judge(_job):
            if isinstance(judgement, Exception):
                raise judgement
            await asyncio.sleep(judgement if isinstance(judgement, int) else 0)
            return judgement

        async def run():
            gate = Gate(self.policies, self.desk, judge, 2, self)
            return await gate.answer(mail, **can)

        return asyncio.run(run())

    def records(self):
        return list(records.read(self.folder))

    def errands(self):
        return [errands.read(path) for path in self.desk.errands.waiting()]


@pytest.fixture
def trial(tmp_path):
    trials = []

    def made(**settings):
        trials.append(Trial(tmp_path, **settings))
        return trials[-1]

    yield made
    for one in trials:
        one.desk.memory.close()
        one.desk.records.close()


def mail(subject="Ann Lee", login="jane@b.example", queue_id="4F2A", **headers):
    body = Body()
    body.write(b"Hello.")
    lines = {"From": "a@b.example", "Subject": subject, "Message-ID": "<1@b.example>", **headers}
    return Mail(
        "a@b.example", ("c@d.example",), tuple((n, f" {v}") for n, v in lines.items()), body, login, "", queue_id
    )


def test_it_is_asked_once_and_then_goes(trial):
    here = trial()
    refusal = here.answer(HELD, mail())
    assert b"550 5.7.1 If anyone is in immediate danger" in refusal
    assert b"A name in the subject" in refusal
    assert b"Ann" not in refusal
    assert here.answer(HELD, mail(queue_id="5B")) == CONTINUE
    first, second = here.records()
    assert (first["action"], second["action"], second["why"]) == ("refuse", "pass", "sent again")
    assert first["number"].encode() in refusal
    ((errand, raw),) = here.errands()
    assert (errand.to, errand.action, errand.message_id) == ("jane@b.example", "refuse", "<1@b.example>")
    assert raw.endswith(b"\r\n\r\nHello.")


def test_each_message_is_asked_about_whatever_its_subject(trial):
    here = trial()
    others = [replace(HELD, fingerprint=f"about family {n}") for n in range(4)]
    assert all(b"550" in here.answer(one, mail("Request for a food parcel")) for one in others)
    assert here.answer(others[3], mail("Request for a food parcel")) == CONTINUE
    assert [record["why"] for record in here.records()] == ["held"] * 4 + ["sent again"]
    assert len(here.errands()) == 4


def test_a_reason_lets_it_go_and_is_taken_out(trial):
    here = trial()
    answer = here.answer(HELD, mail("Ann Lee [send: the team agreed]"))
    assert answer.endswith(b"m\0\0\0\1Subject\0 Ann Lee\0" + CONTINUE)
    assert here.records()[0]["reason"] == "the team agreed"
    assert here.answer(HELD, mail("Ann Lee [send: the team agreed]"), can_change=False) == CONTINUE
    sealed = Judgement(found=HELD.found, sealed=True)
    assert here.answer(sealed, mail("Ann Lee [send: the team agreed]")) == CONTINUE
    assert "the team agreed" not in " ".join(here.lines)
    assert b"=?utf-8?" in here.answer(HELD, mail("Zoë [send: agreed]"))


def test_quarantine_tells_who_releases(trial):
    here = trial(mode="quarantine")
    answer = here.answer(HELD, mail())
    assert b"qreferral-lint number " in answer
    assert answer.endswith(CONTINUE)
    (note,) = here.notes
    assert (note.kind, note.to, note.queue_id, note.sender_is_told) == ("release", "post@b.example", "4F2A", True)
    ((report, _),) = here.errands()
    assert (report.kind, report.to, report.number) == ("report", "jane@b.example", note.number)
    assert b"550" in here.answer(Judgement(found=HELD.found, fingerprint="f2"), mail(), can_quarantine=False)


def test_who_releases_hears_that_nobody_else_was_told(trial):
    here = trial(mode="quarantine")
    here.answer(HELD, mail(login=""))
    assert not here.notes[0].sender_is_told
    assert here.errands() == []


def test_what_is_held_is_held_when_it_is_sent_again_and_all_are_told(trial):
    here = trial(mode="quarantine")
    for queue_id in ("4F2A", "4F2B"):
        assert b"qreferral-lint" in here.answer(HELD, mail(queue_id=queue_id))
    assert [(note.queue_id, note.again) for note in here.notes] == [("4F2A", False), ("4F2B", True)]
    assert here.notes[0].number == here.notes[1].number
    assert len(here.errands()) == 2
    assert here.answer(HELD, mail("Ann Lee [send: the team agreed]")).endswith(CONTINUE)
    assert here.records()[-1]["why"] == "reason given"


def test_nothing_is_held_where_nobody_can_be_told(trial):
    here = trial(mode="quarantine")
    here.takes_notes = False
    answer = here.answer(HELD, mail())
    assert b"Not sent yet" in answer
    assert here.records()[0]["number"].encode() in answer
    here.takes_notes = True
    assert here.answer(HELD, mail()) == CONTINUE  # as the refusal had promised
    assert here.notes == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Unjudged("crash", "It ended."), "crash"),
        (Unjudged("fault", "x"), "fault"),
        (30, "time"),
        (KeyError("Ann"), "KeyError"),
    ],
)
def test_what_cannot_be_judged_goes_with_a_record(trial, fault, said):
    here = trial()
    assert here.answer(fault, mail()) == CONTINUE
    (record,) = here.records()
    assert (record["action"], record["why"], record["fault"]) == ("pass", "unjudged", said)
    assert "Ann" not in json.dumps(record) + " ".join(here.lines)


def test_a_body_that_was_not_kept_goes(trial):
    here = trial()
    long = mail()
    long.body.lose()
    assert here.answer(HELD, long) == CONTINUE
    assert here.records()[0]["fault"] == "not kept"


def test_without_a_memory_nothing_is_held(trial, tmp_path):
    here = trial()
    here.desk.memory.close()
    assert here.answer(HELD, mail()) == CONTINUE
    here.desk.memory = Memory(None)
    here.desk.memory.remember = lambda *_: (_ for _ in ()).throw(sqlite3.OperationalError("disk full"))
    assert here.answer(HELD, mail()) == CONTINUE
    assert here.records()[1]["why"] == "not remembered"


def test_a_full_disk_holds_nothing_up_and_is_logged(trial, monkeypatch):
    here = trial(mode="monitor")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(here.desk.records, "add", full)
    monkeypatch.setattr(here.desk.records, "begin", full)
    assert here.answer(HELD, mail()) == CONTINUE
    assert any("No space left" in line for line in here.lines)


def test_left_alone_is_not_judged_but_recorded(trial):
    here = trial()
    assert here.answer(AssertionError("judged"), mail(**{"Auto-Submitted": "auto-replied"})) == CONTINUE
    assert here.records()[0]["why"] == "left alone: automatic"
    assert here.errands() == []


@pytest.mark.parametrize(("login", "told"), [("jane@b.example", True), ("", False)])
def test_only_a_known_sender_is_told_and_only_once(trial, login, told):
    here = trial(mode="tell")
    for _ in range(2):
        assert here.answer(HELD, mail(login=login)) == CONTINUE
    assert len(here.errands()) == (1 if told else 0)


def test_what_was_in_hand_is_written_down_by_the_next_run(trial, tmp_path):
    here = trial()
    here.desk.records.begin("4F2A")
    here.desk.records.begin("../../etc/passwd")
    with pytest.raises(ReferralLintError, match="another mail filter"):
        Records(tmp_path)
    here.desk.records.close()
    here.desk.records = Records(tmp_path)
    assert here.desk.records.broken_off() == 1
    assert here.desk.records.broken_off() == 0
    (record,) = here.records()
    assert (record["id"], record["action"]) == ("4F2A", "unknown")


def test_a_number_stays_the_same_and_old_ones_are_forgotten(tmp_path, monkeypatch):
    memory = Memory(tmp_path / "m.sqlite")
    number, new = memory.remember("f", "asked")
    assert new
    assert memory.remember("f", "asked") == (number, False)
    assert memory.asked("f")
    memory.close()
    monkeypatch.setattr("time.time", lambda: 9e9)
    later = Memory(tmp_path / "m.sqlite")
    assert not later.asked("f")
    later.close()


def test_a_damaged_memory_is_put_aside_and_begun_anew(tmp_path):
    lines = []
    (tmp_path / "memory.sqlite").write_bytes(b"nothing that a database would be" * 200)
    memory = memory_in(tmp_path, lines.append)
    assert memory.remember("f", "asked")[1]
    memory.close()
    assert "memory.sqlite: damaged" in lines[0]
    assert (tmp_path / "memory.damaged").exists()
    assert memory_in(tmp_path, lines.append).asked("f")


def test_a_memory_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "memory.sqlite").mkdir()
    with pytest.raises(ReferralLintError, match=r"memory\.sqlite: this file cannot be used \(unable to open"):
        memory_in(tmp_path, print)


def test_a_line_that_was_cut_short_spoils_no_other(trial, monkeypatch):
    here = trial()
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, line: write(file, line[:20]))
    with pytest.raises(OSError, match="No space left"):
        here.desk.records.add(id="1")
    monkeypatch.undo()
    here.desk.records.add(id="2")
    here.desk.records.add(id="3")
    assert [record["id"] for record in here.records()] == ["2", "3"]


def test_reports_that_nobody_took_are_told_of(trial):
    here = trial()
    here.answer(HELD, mail())
    here.desk.metrics.save(here.folder)
    assert "Reports that the mail server has not taken yet: 1" in told(here.folder)
    here.desk.errands.done(here.desk.errands.waiting()[0])
    assert not any("not taken" in line for line in told(here.folder))


def test_counts_can_be_read_back(trial):
    here = trial()
    here.answer(HELD, mail())
    here.answer(HELD, mail())
    counts = parsed(here.desk.metrics.text())
    assert counts["messages"] == {"refuse, held": 1, "pass, sent again": 1}
    assert counts["verdicts"] == {"hold": 2}
    assert counts["seconds_count"][""] == 2
