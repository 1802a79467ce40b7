"""Reports on their way: handed to a program, kept until it takes them, given up when they are old."""

import asyncio
import os
import sys
import time

import pytest

from referral_lint.config import Config
from referral_lint.config_keys import MailFilter
from referral_lint.mail.errands import DAYS, Errand, Errands
from referral_lint.mail.metrics import Metrics, parsed
from referral_lint.mail.outbox import Outbox

NOTE = Errand("release", "post@school.example", "quarantine", "held", "123456", "4F2A")
TAKES = (
    sys.executable,
    "-c",
    "import sys; open(sys.argv[1], 'wb').write(repr(sys.argv[2:]).encode() + sys.stdin.buffer.read())",
)
STUCK = (sys.executable, "-c", "import time; time.sleep(60)")


@pytest.fixture
def errands(tmp_path):
    return Errands(tmp_path / "errands")


def run(errands, *program):
    """What the outbox counted and logged while it looked once through what waits."""
    lines, metrics = [], Metrics()
    config = Config(mail=MailFilter(sendmail=program, report_from="checks@school.example"))

    async def once():
        task = asyncio.create_task(Outbox(errands, config, metrics, lines.append).deliver_all())
        end = time.monotonic() + 20
        while not parsed(metrics.text()).get("reports") and not lines and time.monotonic() < end:
            await asyncio.sleep(0.02)
        task.cancel()

    asyncio.run(once())
    return parsed(metrics.text()).get("reports"), lines


def test_it_is_handed_over_with_an_empty_sender_and_then_gone(errands, tmp_path):
    errands.add(NOTE)
    assert run(errands, *TAKES, str(tmp_path / "taken")) == ({"sent": 1}, [])
    taken = (tmp_path / "taken").read_text()
    assert taken.startswith("['-i', '-f', '<>', '--', 'post@school.example']")
    assert "postsuper -H 4F2A" in taken
    assert errands.waiting() == []


@pytest.mark.parametrize("program", ["/bin/false", "/no/such/program"])
def test_what_is_not_taken_waits(errands, program):
    errands.add(NOTE)
    counts, lines = run(errands, program)
    assert counts == {"failed": 1}
    assert "it waits" in lines[0]
    assert ("program ended with 1" in lines[0]) is (program == "/bin/false")
    assert "Permission" not in lines[0]
    assert "school" not in lines[0]
    assert len(errands.waiting()) == 1


def test_what_is_damaged_or_old_is_given_up(errands):
    errands.add(NOTE)
    (old,) = errands.waiting()
    then = time.time() - DAYS * 86_400 - 60
    os.utime(old, (then, then))
    (old.parent / "0-damaged.errand").write_bytes(b"{}\n")
    counts, lines = run(errands, "/bin/false")
    assert counts == {"given up": 1}
    assert ["given up" in line for line in lines] == [True, True]
    assert "4F2A" in lines[1]
    assert errands.waiting() == []


@pytest.mark.parametrize(
    ("program", "taken"),
    [(("/bin/false",), False), (("/no/such/program",), False), (STUCK, False), (TAKES, True)],
)
def test_a_note_is_handed_over_at_once_or_not_at_all(errands, tmp_path, monkeypatch, program, taken):
    if taken:
        program = (*program, str(tmp_path / "taken"))
    else:
        monkeypatch.setattr("referral_lint.mail.outbox.SECONDS_FOR_A_NOTE", 0.5)
    lines = []
    config = Config(mail=MailFilter(sendmail=program, report_from="checks@school.example"))
    assert asyncio.run(Outbox(errands, config, Metrics(), lines.append).notify(NOTE)) is taken
    assert ["nobody could be told" in line for line in lines] == [True] * (not taken)
    assert errands.waiting() == []


def test_nobody_else_can_read_them(errands):
    errands.add(NOTE, b"words")
    assert (errands.waiting()[0].parent.stat().st_mode & 0o777) == 0o700
