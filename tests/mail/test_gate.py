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
from referral_lint.mail.memory import Memory
from referral_lint.mail.message import Body, Mail
from referral_lint.mail.metrics import Metrics, parsed
from referral_lint.mail.policy import Found, Policies
from referral_lint.mail.records import Records
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

    def answer(self, judgement, mail, **can):
        async def judge(_job):
            if isinstance(judgement, Exception):
                raise judgement
            await asyncio.sleep(judgement if isinstance(judgement, int) else 0)
            return judgement

        async def run():
            gate = Gate(self.policies, self.desk, judge, 2, lambda: None)
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


def test_a_message_that_is_changed_again_and_again_is_asked_about_twice_and_no_more(trial):
    here = trial()
    changed = [replace(HELD, fingerprint=f"version {n}") for n in range(4)]
    assert [b"550" in here.answer(one, mail()) for one in changed] == [True, True, False, False]
    assert b"550" in here.answer(replace(HELD, fingerprint="other"), mail("Another matter"))


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
    assert {errand.kind: errand.to for errand, _ in here.errands()} == {
        "report": "jane@b.example", "release": "post@b.example",
    }  # fmt: skip
    assert b"550" in here.answer(Judgement(found=HELD.found, fingerprint="f2"), mail(), can_quarantine=False)


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


def test_deferred_once_where_that_was_chosen(trial):
    here = trial(on_failure="defer")
    assert b"451 4.7.1" in here.answer(Unjudged("time", ""), mail())
    assert here.answer(Unjudged("time", ""), mail()) == CONTINUE


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
    assert memory.known("f").asked
    memory.close()
    monkeypatch.setattr("time.time", lambda: 9e9)
    later = Memory(tmp_path / "m.sqlite")
    assert not later.known("f").asked
    later.close()


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


def test_counts_can_be_read_back(trial):
    here = trial()
    here.answer(HELD, mail())
    here.answer(HELD, mail())
    counts = parsed(here.desk.metrics.text())
    assert counts["messages"] == {"refuse, held": 1, "pass, sent again": 1}
    assert counts["verdicts"] == {"hold": 2}
    assert counts["seconds_count"][""] == 2
