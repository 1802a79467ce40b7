"""The filter behind a real Postfix: each mode, what is left alone, and what happens when the filter is in trouble."""

import os
import signal
import smtplib
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from referral_lint.mail.records import read
from tests.mail.postfix import Filter, Postfix, free_port

JANE, HUB = "jane@school.example.org", "hub@council.example.org"
CONFIG = """
mode = "tell"
seconds = 4
workers = 1
report_from = "checks@school.example.org"
release_to = "post@school.example.org"

[[mail.policy]]
mode = "ask"
mailboxes = "ask@school.example.org"

[[mail.policy]]
mode = "quarantine"
mailboxes = "hold@school.example.org"

[[mail.policy]]
mode = "monitor"
mailboxes = "watch@school.example.org"
"""
INSIDE = """
[sender]
domains = ["school.example.org"]
"""
PRIVATE = ("Theo", "Quill")


@pytest.fixture(scope="module")
def server():
    if not Path("/usr/sbin/postfix").exists() or os.geteuid() != 0:
        (pytest.fail if os.environ.get("REFERRAL_LINT_CI") else pytest.skip)(
            "postfix is not installed, or we are not root"
        )
    them = Postfix().start()
    yield them
    them.stop()


@pytest.fixture(scope="module")
def running(server):
    them = Filter(server, CONFIG + INSIDE).start()
    yield them
    assert them.stop() == 0
    assert not any(word in them.said() for word in (*PRIVATE, JANE, "council")), "no personal details in the log"


def draft(sender, subject="Theo Quill, born 3 May 2019", body="Theo is frequently late.", **headers):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, HUB, subject
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    return made


def send(server, made, login=JANE, sender=None, xclient=""):
    """The mail server's answer to a message: code and words."""
    with server.smtp(login) as client:
        if xclient:
            client.docmd("XCLIENT", xclient)
            client.ehlo_or_helo_if_needed()
        try:
            client.sendmail(made["From"] if sender is None else sender, [HUB], bytes(made))
        except smtplib.SMTPDataError as fault:
            return fault.smtp_code, fault.smtp_error.decode()
    return 250, ""


def new_mail(server, before, count):
    """The messages delivered since there were `before`, in any order, once there are `count` of them."""
    return server.wait_for(before + count, 40)[before:]


def last(running):
    return list(read(running.state))[-1]


def test_told(server, running):
    before = len(server.delivered())
    assert send(server, draft("tell@school.example.org"))[0] == 250
    mail = {one["To"]: one for one in new_mail(server, before, 2)}
    assert mail[HUB]["Subject"].startswith("Theo Quill")
    report = mail[JANE]
    assert report["Auto-Submitted"] == "auto-replied"
    assert report["References"] == mail[HUB]["Message-ID"]
    assert report["Return-Path"] == "<>"
    assert not any(word in report["Subject"] for word in PRIVATE)
    assert "name-in-subject" in report.get_body(("plain",)).get_content()
    assert (last(running)["action"], last(running)["why"]) == ("pass", "told")


def test_asked_and_then_sent_again(server, running):
    before = len(server.delivered())
    code, words = send(server, draft("ask@school.example.org"))
    assert code == 550
    assert "A name in the subject of an email" in words
    assert not any(word in words for word in PRIVATE)
    (report,) = new_mail(server, before, 1)
    assert report["To"] == JANE
    assert last(running)["number"] in report["Subject"]
    assert send(server, draft("ask@school.example.org"))[0] == 250
    (sent,) = new_mail(server, before + 1, 1)
    assert sent["To"] == HUB


def test_a_reason_lets_it_go_without_its_tag(server, running):
    before = len(server.delivered())
    reason = draft("ask@school.example.org", "Theo Quill, naïve [send: the team agreed]", "Another one.")
    assert send(server, reason)[0] == 250
    (sent,) = new_mail(server, before, 1)
    assert sent["Subject"] == "Theo Quill, naïve"
    assert last(running)["reason"] == "the team agreed"


@pytest.mark.parametrize("sender", ["ask@school.example.org", "hold@school.example.org"])
@pytest.mark.parametrize(
    "body",
    [
        "He has a knife and says he will kill her tonight. Please come now.",
        "This is a child protection referral. He was hit.",
    ],
)
def test_danger_and_protection_go_at_once(server, running, sender, body):
    before = len(server.delivered())
    assert send(server, draft(sender, body=body))[0] == 250
    assert HUB in {one["To"] for one in new_mail(server, before, 2)}
    assert last(running)["why"] in ("danger", "protection")
    assert server.held() == []


def test_an_order_goes_to_any_address(server, running):
    chairs = draft("hold@school.example.org", "Chairs", "The children need 30 chairs for the hall by 4 December 2026.")
    before = len(server.delivered())
    assert send(server, chairs, login="")[0] == 250
    (sent,) = new_mail(server, before, 1)
    assert sent["To"] == HUB
    assert "insecure-route" not in last(running)["rules"]
    told = draft(
        "ask@school.example.org", "Our call", "Theo came in without a coat on 3 May 2026. His mum asked for help."
    )
    code, words = send(server, told, login="")
    assert code == 550
    assert "A way of sending that is not safe" in words
    assert "insecure-route" in last(running)["rules"]


@pytest.mark.parametrize("sender", ["ask@school.example.org", "hold@school.example.org"])
def test_an_unread_part_may_tell_of_danger_so_it_goes_and_its_sender_is_told_of_the_rest(server, running, sender):
    scan = draft(sender, body="Please see the scan.")
    scan.add_attachment(b"%PDF-1.4 cut short", maintype="application", subtype="pdf", filename="scan.pdf")
    before = len(server.delivered())
    assert send(server, scan)[0] == 250
    mail = {one["To"]: one for one in new_mail(server, before, 2)}
    assert server.held() == []
    words = mail[JANE].get_body(("plain",)).get_content()
    assert "Not all of it could be read, so it was not held up." in words
    assert "name-in-subject" in words
    assert HUB in mail
    assert last(running)["why"] == "not all read"


def test_held_until_released(server, running):
    before = len(server.delivered())
    assert send(server, draft("hold@school.example.org"))[0] == 250
    notes = {one["To"]: one for one in new_mail(server, before, 2)}
    assert set(notes) == {JANE, "post@school.example.org"}
    (queue_id,) = server.held()
    note = notes["post@school.example.org"]
    assert queue_id in note.get_content()
    assert not any(word in note.as_string() for word in PRIVATE)
    assert "gets an email about it" in note.get_content()
    assert "do not send it again as it is" in notes[JANE].get_body(("plain",)).get_content()
    assert send(server, draft("hold@school.example.org"))[0] == 250
    again = {one["To"]: one for one in new_mail(server, before + 2, 2)}
    assert "let only one of them go" in again["post@school.example.org"].get_content()
    assert len(server.held()) == 2
    server.release(queue_id)
    (sent,) = new_mail(server, before + 4, 1)
    assert sent["To"] == HUB
    server.remove(server.held())


def test_what_nobody_could_be_told_of_is_refused_and_not_held(server):
    there = Postfix(milter=f"inet:127.0.0.1:{free_port()}").start()
    other = Filter(there, CONFIG.replace('mode = "tell"', 'mode = "quarantine"'), sendmail=["/bin/false"])
    other.start()
    try:
        assert send(there, draft("a@school.example.org"))[0] == 550
        assert there.held() == []
        assert "nobody could be told that it is held" in other.said()
        assert send(there, draft("a@school.example.org"))[0] == 250
    finally:
        other.stop()
        there.stop()


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"sender": ""}, "bounce"),
        ({"login": "", "xclient": "ADDR=192.0.2.9 NAME=far.example"}, "inbound"),
        ({"made": draft("ask@school.example.org", Auto_Submitted="auto-replied")}, "automatic"),
    ],
)
def test_left_alone(server, running, how, why):
    before = len(server.delivered())
    assert send(server, **{"made": draft("ask@school.example.org"), **how})[0] == 250
    (sent,) = new_mail(server, before, 1)
    assert sent["To"] == HUB
    assert last(running)["why"] == f"left alone: {why}"


def test_without_a_login_nobody_is_told(server, running):
    before = len(server.delivered())
    assert send(server, draft("tell@school.example.org"), login="")[0] == 250
    assert [one["To"] for one in new_mail(server, before, 1)] == [HUB]
    assert last(running)["report"] is False


def test_what_goes_with_a_large_attachment(server, running):
    large = draft("watch@school.example.org")
    large.add_attachment(os.urandom(18_600_000), maintype="application", subtype="zip", filename="photos.zip")
    assert len(bytes(large)) > 25_000_000
    before = len(server.delivered())
    assert send(server, large)[0] == 250
    (sent,) = new_mail(server, before, 1)
    (part,) = sent.iter_attachments()
    assert len(part.get_content()) == 18_600_000
    assert last(running)["action"] == "pass"


def children(pid):
    """Every process below this one."""
    found = [
        int(one) for one in subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    ]
    return found + [grandchild for child in found for grandchild in children(child)]


def workers(running):
    """The processes that check: the youngest generation below the filter."""
    below = children(running.process.pid)
    return [
        pid for pid in below if not children(pid) and b"multiprocessing" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


def another():
    """A message that was not asked about before, nor under this subject."""
    return draft("ask@school.example.org", f"Theo Quill, born 3 May 2019 ({time.monotonic()})")


@pytest.mark.parametrize(("number", "fault"), [(signal.SIGSTOP, ("time",)), (signal.SIGKILL, ("", "time", "crash"))])
def test_a_stuck_or_dead_worker_holds_nothing_up(server, running, number, fault):
    for pid in workers(running):
        os.kill(pid, number)
    began = time.monotonic()
    assert send(server, draft("ask@school.example.org", body=f"Signal {number}."), login="")[0] in (250, 550)
    assert time.monotonic() - began < 25  # the limit is 4 seconds; this machine may be busy
    assert last(running).get("fault", "") in fault
    end = time.monotonic() + 120
    while send(server, another(), login="")[0] != 550:
        assert time.monotonic() < end, "the worker was not replaced"
    assert send(server, draft("watch@school.example.org", body="Thank you."))[0] == 250


def asked(running, *options):
    command = [sys.executable, "-m", "referral_lint", "milter", "--config", running.path, *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_while_it_is_down_messages_go_and_are_listed(server, running):
    assert asked(running, "--status").returncode == 0
    before = len(server.delivered())
    running.kill()
    try:
        assert asked(running, "--status").returncode == 1
        assert send(server, draft("ask@school.example.org", body="Nobody looks."))[0] == 250
        (sent,) = new_mail(server, before, 1)
        missed = asked(running, "--missed", server.base / "mail.log")
        assert missed.returncode == 1
        assert len(missed.stdout.split()) >= 1
        assert all(queue_id in str(sent["Received"]) for queue_id in missed.stdout.split()[-1:])
    finally:
        running.start()
    status = asked(running, "--status")
    assert status.stdout.startswith("The filter answers.\nSince ")


def test_a_filter_that_is_stuck_delays_danger_by_seconds_and_no_more(server, running):
    made = draft("ask@school.example.org", body="He has a knife and says he will kill her tonight. Please come now.")
    os.kill(running.process.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        with server.smtp(JANE) as client:
            for _ in range(2):  # it waits once a connection
                client.sendmail(JANE, [HUB], bytes(made))
        assert time.monotonic() - began < 15
    finally:
        os.kill(running.process.pid, signal.SIGCONT)


def test_over_a_network_socket_too(server):  # `server`: so that it is skipped where there is no Postfix
    other = Postfix(milter=f"inet:127.0.0.1:{free_port()}").start()
    there = Filter(other, 'mode = "ask"\nworkers = 1\n').start()
    try:
        assert send(other, draft("ask@school.example.org"))[0] == 550
        assert asked(there, "--status").stdout.startswith("The filter answers.")
    finally:
        there.stop()
        other.stop()
