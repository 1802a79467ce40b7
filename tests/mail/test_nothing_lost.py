"""The filter is killed and started again while messages come: each is where it should be, once, and accounted for.

`tests/benchmarks/mail_lost.py` does the same with 2,000 messages and ten kills, and prints the figures.
"""

import re
import smtplib
import subprocess
import sys
import threading
import time
from collections import Counter
from queue import Empty, SimpleQueue

import pytest

from referral_lint.mail.records import read
from tests.mail.postfix import Filter, Postfix

CLIENTS = 8
CONFIG = """
workers = 1
own_networks = "127.0.0.0/8"
report_from = "checks@school.example.org"
release_to = "post@school.example.org"

[[mail.policy]]
mode = "ask"
mailboxes = "ask@school.example.org"
rules = "vague-frequency"

[[mail.policy]]
mode = "quarantine"
mailboxes = "hold@school.example.org"
rules = "vague-frequency"
"""
MAILBOXES = (
    "plain@school.example.org",
    "ask@school.example.org",
    "hold@school.example.org",
    "plain@school.example.org",
)


class Senders:
    """Mail programs that send each message until it is accepted or, once, refused; they count what they were told."""

    def __init__(self, port: int, messages: int) -> None:
        self.port = port
        self.left: SimpleQueue[int] = SimpleQueue()
        for n in range(messages):
            self.left.put(n)
        self.accepted: Counter[int] = Counter()
        self.refused: Counter[int] = Counter()
        self.threads = [threading.Thread(target=self._run, daemon=True) for _ in range(CLIENTS)]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    @property
    def done(self) -> int:
        return len(self.accepted)

    def _run(self) -> None:
        """A connection a message, as mail programs do; for the rest of one, Postfix asks no filter that failed in it."""
        while True:
            try:
                number = self.left.get_nowait()
            except Empty:
                return
            while not self.accepted[number]:
                try:
                    with smtplib.SMTP("127.0.0.1", self.port, timeout=60) as client:
                        self._send(client, number)
                    self.accepted[number] += 1
                except smtplib.SMTPDataError as fault:
                    if fault.smtp_code == 550:
                        self.refused[number] += 1  # and the sender sends it again, as it is
                except (OSError, smtplib.SMTPException):
                    time.sleep(0.05)

    def _send(self, client: smtplib.SMTP, number: int) -> None:
        sender = MAILBOXES[number % len(MAILBOXES)]
        words = "He is frequently late." if number % len(MAILBOXES) else "The meeting is at 2pm on 3 December 2026."
        head = f"From: {sender}\r\nTo: office@council.example.org\r\nSubject: Note {number}\r\nX-Number: {number}"
        client.sendmail(sender, ["office@council.example.org"], f"{head}\r\n\r\n{words} ({number})\r\n")


@pytest.fixture
def mail_server(needs_program):
    needs_program("postfix")
    server = Postfix().start()
    yield server
    server.stop()


def kill_and_restart(senders: Senders, running: Filter, messages: int, kills: int) -> None:
    for nth in range(1, kills + 1):
        while senders.done < messages * nth / (kills + 1):
            time.sleep(0.01)
        running.kill()
        running.start(ready="")


def test_nothing_is_lost_whenever_the_filter_is_killed(mail_server):
    run(mail_server, messages=240, kills=3)


def run(mail_server: Postfix, messages: int, kills: int) -> str:
    """Send, kill, restart, count. Returns the figures."""
    running = Filter(mail_server, CONFIG, sendmail=["/bin/true"])  # notes would be counted as messages
    running.keep_socket()
    running.start()
    senders = Senders(mail_server.port, messages)
    began = time.monotonic()
    senders.start()
    try:
        kill_and_restart(senders, running, messages, kills)
        for thread in senders.threads:
            thread.join(300)
        took = time.monotonic() - began
        held = mail_server.held()
        at_once = mail_server.wait_for(messages - len(held), 60)
        for queue_id in held:
            mail_server.release(queue_id)
        delivered = mail_server.wait_for(messages, 60)
    finally:
        running.stop()
    assert senders.accepted == Counter(range(messages))
    assert Counter(int(one["X-Number"]) for one in delivered) == senders.accepted, "a message was lost, or came twice"
    assert len(at_once) == messages - len(held)
    assert mail_server.queued() == 0
    assert {number % len(MAILBOXES) for number in senders.refused} == {1}, "only the mailbox in ask mode refuses"
    assert max(senders.refused.values()) == 1, "refused once and no more"
    told = account(mail_server, running, delivered)
    assert told.pop("without any trace") == 0
    assert told["refuse"] >= len(senders.refused) > 0
    assert told["quarantine"] >= len(held) > 0
    assert told["missed"] < messages / 4, "while it starts again, messages wait for it"
    return f"{messages} messages, {kills} kills, {took:.0f} s: refused once {len(senders.refused)}, held {len(held)}; {dict(told)}"


def account(mail_server: Postfix, running: Filter, delivered: list) -> Counter[str]:
    """How each delivered message is accounted for: by a record, or by the mail server's log and `--missed`."""
    records = list(read(running.state))
    known = {record["id"] for record in records}
    log = mail_server.base / "mail.log"
    command = [sys.executable, "-m", "referral_lint", "milter", "--config", running.path, "--missed", log]
    missed = set(subprocess.run(command, capture_output=True, text=True, check=False).stdout.split())
    counts: Counter[str] = Counter(record["action"] for record in records)
    counts["missed"] = len(missed)
    for message in delivered:
        queue_id = re.search(r"id ([A-Z0-9]+)", str(message["Received"]))[1]
        counts["without any trace"] += queue_id not in known and queue_id not in missed
    return counts
