"""The add-in in a real Thunderbird: what is written, what is asked, what is sent."""

import os
import shutil
import time
from pathlib import Path

import pytest

from referral_lint.addins import build
from tests.addins.thunderbird import Desk, Mailbox

TO = "Duty Team <duty@wendle.example.com>"
WORRY = (
    "Dear Duty Team,\n\nI am worried about Theo Marsh, who is frequently late. His mum has clearly lost interest.\n\n"
    "Jo Bell\nTeacher, Northfield School"
)
DANGER = (
    "Kayla is at home with her stepfather now and he has a knife. Please come at once, she is in immediate danger.\n\n"
    "Jo Bell"
)
PLAIN = "Hi all,\n\nThe next meeting is on 4 December at 3 pm in Room 2.\n\nJo"
PICTURES = os.environ.get("REFERRAL_LINT_PICTURES")  # a folder: what the window looks like is left there


@pytest.fixture(scope="module")
def mailbox():
    with Mailbox() as mailbox:
        yield mailbox
        mailbox.shutdown()


@pytest.fixture(scope="module")
def program(service, mailbox, tmp_path_factory):
    path = shutil.which("thunderbird")
    if path is None:
        message = "thunderbird is not installed"
        (pytest.fail if os.environ.get("REFERRAL_LINT_CI") else pytest.skip)(message)
    desk = Desk(path, tmp_path_factory.mktemp("thunderbird") / "profile", build.thunderbird(service.port), mailbox.port)
    yield desk
    desk.close()


@pytest.fixture
def desk(program, service, mailbox):
    mailbox.messages.clear()
    service.delay = 0.0
    yield program
    program.clear()


@pytest.fixture
def paired(desk, service):
    if not pairings(service):
        desk.write(to=TO, subject="Minutes of the meeting", body=PLAIN)
        desk.asked("not paired")
        desk.type("#code", service.programs.new_code())
        desk.press(".pairing button")
        assert desk.asked() == ""
    return desk


def pairings(service):
    return [program for program in service.programs.paired() if program.name == "Thunderbird"]


def sent(mailbox):
    until = time.monotonic() + 20
    while not mailbox.messages and time.monotonic() < until:
        time.sleep(0.1)
    (message,) = mailbox.messages
    return message


def picture(desk, name):
    if PICTURES:
        desk.picture(Path(PICTURES) / f"thunderbird-{name}.png")


def test_not_paired_is_said_and_it_can_be_sent(desk, service, mailbox):
    assert pairings(service) == []
    desk.write(to=TO, subject="A worry", body=WORRY)
    assert "You can send it all the same" in desk.asked("not paired")
    picture(desk, "unpaired")
    desk.press("#send")
    assert "frequently" in sent(mailbox).get_content()


def test_paired_in_the_window_and_sent_with_a_reason(desk, service, mailbox):
    desk.write(to=TO, subject="A worry", body=WORRY)
    desk.asked("not paired")
    desk.type("#code", service.programs.new_code())
    desk.press(".pairing button")
    said = desk.asked("Have another look")
    picture(desk, "asked")
    assert said.count("To change") == 3
    assert mailbox.messages == []
    desk.type("#reason", "The dates are in the list that you have – “list 2”.")
    desk.press("#send")
    message = sent(mailbox)
    assert message["X-Referral-Lint-Reason"] == "The dates are in the list that you have – “list 2”."
    assert len(pairings(service)) == 1


def test_back_to_the_message(paired, mailbox):
    paired.write(to=TO, subject="Kayla Marsh", body=WORRY)
    assert "Please look at this before you send it." in paired.asked("before you send")
    paired.press("#back")
    time.sleep(1)
    assert paired.letters() == 1
    assert mailbox.messages == []


def test_escape_is_back_to_the_message_too(paired, mailbox):
    paired.write(to=TO, subject="Kayla Marsh", body=WORRY)
    paired.asked("before you send")
    paired.key("Escape")
    time.sleep(1)
    assert paired.letters() == 1
    assert mailbox.messages == []


def test_a_part_that_was_not_looked_at_holds_nothing(paired, mailbox, tmp_path):
    picture = tmp_path / "hall.png"
    picture.write_bytes(Path("referral_lint/addins/shared/icon-16.png").read_bytes())
    paired.write(to=TO, subject="Minutes of the meeting", body=PLAIN, attachments=[str(picture)])
    assert paired.asked() == ""
    assert [part.get_filename() for part in sent(mailbox).iter_attachments()] == ["hall.png"]


def test_danger_goes_at_once(paired, mailbox):
    paired.write(to=TO, subject="Kayla Marsh", body=DANGER)
    assert paired.asked() == ""
    assert "X-Referral-Lint-Reason" not in sent(mailbox)


def test_what_is_nobodys_referral_goes_at_once(paired, mailbox):
    paired.write(to="Ann <ann@northfield-school.example.org>", subject="Minutes of the meeting", body=PLAIN)
    assert paired.asked() == ""
    assert sent(mailbox)["Subject"] == "Minutes of the meeting"


def test_a_page_and_its_attachment_are_looked_at(paired, mailbox, tmp_path):
    question = tmp_path / "Our question.txt"
    question.write_bytes(Path("samples/no-names-too-much.txt").read_bytes())
    body = "<p>The question is <b>attached</b>.</p>"
    paired.write(to=TO, subject="A question", body=body, html=True, attachments=[str(question)])
    said = paired.asked("Please look at this")
    assert "Stop and look · Our question.txt" in said
    assert "And 2 more times." in said
    picture(paired, "attachment")
    paired.press(".why")
    assert sent(mailbox)["X-Referral-Lint-Reason"] == "It cannot wait."


def test_too_slow_is_said_and_it_can_be_sent(paired, service, mailbox):
    service.delay = 8
    started = time.monotonic()
    paired.write(to=TO, subject="A worry", body=WORRY)
    paired.asked("took too long")
    assert time.monotonic() - started < 8
    paired.press("#send")
    assert "frequently" in sent(mailbox).get_content()


def test_not_running_is_said_and_it_can_be_sent(paired, service, mailbox):
    service.stop()
    try:
        paired.write(to=TO, subject="A worry", body=WORRY)
        assert "referral-lint is not running" in paired.asked("not checked")
        picture(paired, "off")
        paired.press("#send")
        assert "frequently" in sent(mailbox).get_content()
    finally:
        service.start()


def test_the_settings_say_how_it_is_and_forget_the_pairing(paired, service):
    assert "Messages are checked before they are sent." in paired.settings()
    assert "not paired with referral-lint yet" in paired.settings(press="Forget the pairing")
    for program in pairings(service):  # so that whatever comes after pairs again
        service.programs.remove(program.id)
